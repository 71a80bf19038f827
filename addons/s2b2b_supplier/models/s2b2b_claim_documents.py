from odoo import fields, models
from odoo.fields import Command


class S2b2bClaim(models.Model):
    _inherit = "s2b2b.claim"

    return_picking_id = fields.Many2one(
        "stock.picking", string="Return", readonly=True, copy=False, check_company=True
    )
    replacement_id = fields.Many2one(
        "purchase.order", string="Replacement Order", readonly=True, copy=False, check_company=True
    )
    credit_move_id = fields.Many2one(
        "account.move",
        string="Credit Note",
        readonly=True,
        copy=False,
        check_company=True,
        index="btree_not_null",
    )

    def action_open_return(self):
        return self.return_picking_id._get_records_action()

    def action_open_replacement(self):
        return self.replacement_id._get_records_action()

    def action_open_credit(self):
        return self.credit_move_id._get_records_action()

    def _make_documents(self, plan):
        """Makes what ``plan`` asks for and is not there yet.

        The user who decides need be neither warehouse keeper nor buyer nor accountant: what
        follows from the decision is made for them as drafts, to be gone on with by those.
        """
        self.ensure_one()
        vals = {}
        # sudo: as said above; the right to decide was checked by the caller
        claim = self.sudo().with_company(self.company_id)
        if plan.returned and not self.return_picking_id:
            vals["return_picking_id"] = claim._create_return(plan).id
        if plan.replaced and not self.replacement_id:
            vals["replacement_id"] = claim._create_replacement(plan).id
        if plan.credits and not self.credit_move_id and not claim._is_settled_elsewhere(plan):
            vals["credit_move_id"] = claim._create_credit_note(plan).id
        if vals:
            self._write_guarded(vals)

    def _is_settled_elsewhere(self, plan):
        """Whether the credits of ``plan`` go into another document than a credit note of their
        own; the settlement module puts them into the next statement."""
        return False

    def _find_receipt_moves(self):
        """{done receipt move: what is left to return of it, in the claim's unit}."""
        moves = self.move_id or self.purchase_line_id.move_ids.filtered(
            lambda move: move.state == "done" and not move._is_purchase_return()
        )
        left = {}
        for move in moves.filtered(lambda move: move.state == "done"):
            back = move.returned_move_ids.filtered(lambda m: m.state != "cancel")
            quantity = move.quantity - sum(
                m.product_uom._compute_quantity(m.product_uom_qty, move.product_uom) for m in back
            )
            left[move] = move.product_uom._compute_quantity(
                quantity, self.product_uom_id or move.product_uom
            )
        return left

    def _get_returnable(self):
        """The most that one receipt still has to return; None: there is no receipt."""
        # sudo: whether goods can go back is a matter of the warehouse, which others may not read
        left = self.sudo()._find_receipt_moves()
        return max(left.values(), default=None)

    def _create_return(self, plan):
        """The return transfer by core's own wizard: stock, value and received quantity follow."""
        left = self._find_receipt_moves()
        move = max(left, key=left.get)
        wizard = self.env["stock.return.picking"].create({"picking_id": move.picking_id.id})
        quantity = self.product_uom_id._compute_quantity(float(plan.returned), move.product_uom)
        for line in wizard.product_return_moves:
            line.quantity = quantity if line.move_id == move else 0.0
            line.to_refund = plan.return_refunds
        picking = wizard._create_return()
        picking.origin = f"{picking.origin}, {self.name}"
        return picking

    def _create_replacement(self, plan):
        """A request for the same goods without price; the buyer confirms it."""
        order = self.env["purchase.order"].create(
            {
                **self._prepare_replacement_vals(),
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.product_id.id,
                            "product_qty": float(plan.replaced),
                            "product_uom_id": self.product_uom_id.id,
                        }
                    )
                ],
            }
        )
        # Written once the line is there: a price given at creation is replaced by core's.
        order.order_line.write({"price_unit": 0.0, "discount": 0.0})
        return order

    def _prepare_replacement_vals(self):
        origin = self.purchase_id
        vals = {
            "partner_id": (origin.partner_id or self.partner_id).id,
            "company_id": self.company_id.id,
            "currency_id": self.currency_id.id,
            "origin": self.name,
            "replaced_claim_id": self.id,
        }
        if origin:
            vals["picking_type_id"] = origin.picking_type_id.id
            vals["dest_address_id"] = origin.dest_address_id.id
        return vals

    def _create_credit_note(self, plan):
        """A draft credit note of the vendor, with core's values of the order where there is one."""
        vals = self.purchase_id._prepare_invoice() if self.purchase_id else {}
        vals.update(
            {
                "move_type": "in_refund",
                "partner_id": vals.get("partner_id")
                or self.partner_id.address_get(["invoice"])["invoice"],
                "company_id": self.company_id.id,
                "currency_id": self.currency_id.id,
                "ref": self.name,
                "invoice_origin": ", ".join(filter(None, [self.purchase_id.name, self.name])),
                "narration": False,
                "invoice_line_ids": [
                    Command.create(self._prepare_credit_line_vals(credit, plan.return_refunds))
                    for credit in plan.credits
                ],
            }
        )
        return self.env["account.move"].create(vals)

    def _prepare_credit_line_vals(self, credit, is_returned):
        """A line of the credit note.

        Only goods that go back take from what the order was billed: what is credited and kept
        stays received and billed, at another price.
        """
        line = self.purchase_line_id
        vals = {
            "name": self._get_credit_text(credit),
            "quantity": float(credit.quantity),
            "price_unit": float(credit.price),
            "tax_ids": [Command.set(line.tax_ids.ids)],
        }
        if credit.key != "goods":
            return vals
        if is_returned and line:
            unit = self.product_uom_id._compute_quantity(vals["quantity"], line.product_uom_id)
            return {
                **line._prepare_account_move_line(),
                "quantity": unit,
                "price_unit": line.price_unit,
                "discount": line.discount,
            }
        return {
            **vals,
            "product_id": self.product_id.id,
            "product_uom_id": self.product_uom_id.id,
        }

    def _get_credit_text(self, credit):
        texts = {
            "goods": self.product_id.display_name or self.name,
            "cut": self.env._("Price cut, claim %s", self.name),
            "freight": self.env._("Freight, claim %s", self.name),
        }
        return texts[credit.key]
