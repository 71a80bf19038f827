from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools.catalogue_world import Change, Terms


class S2b2bOfferChange(models.Model):
    """A change of an offer that a supplier asks for and a buyer has to approve."""

    _name = "s2b2b.offer.change"
    _inherit = ["s2b2b.guarded"]
    _description = "Requested Change of an Offer"
    _order = "id desc"
    _rec_name = "product_tmpl_id"
    _check_company_auto = True
    _guarded_fields = {"state": None, "decided_by_id": None, "decided_on": None, "reason": None}

    partner_id = fields.Many2one(
        "res.partner", string="Supplier", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, index=True, ondelete="cascade")
    offer_id = fields.Many2one(
        "product.supplierinfo", index=True, ondelete="cascade", help="Empty: a new offer."
    )
    product_tmpl_id = fields.Many2one(
        "product.template", string="Product", required=True, ondelete="cascade", check_company=True
    )
    product_id = fields.Many2one(
        "product.product", string="Variant", ondelete="cascade", check_company=True
    )
    kind = fields.Selection(
        [("new", "New Offer"), ("price", "Price Rise"), ("terms", "Worse Terms")], required=True
    )
    product_code = fields.Char(string="Supplier's Code")
    price = fields.Float(min_display_digits="Product Price", required=True)
    old_price = fields.Float(min_display_digits="Product Price", help="When it was asked for.")
    price_change = fields.Float(string="Change", compute="_compute_price_change", store=True)
    currency_id = fields.Many2one("res.currency", required=True)
    product_uom_id = fields.Many2one("uom.uom", string="Unit", required=True)
    min_qty = fields.Float(string="Minimum", digits="Product Unit")
    old_min_qty = fields.Float(string="Old Minimum", digits="Product Unit")
    delay = fields.Integer(string="Lead Time")
    old_delay = fields.Integer(string="Old Lead Time")
    contact_id = fields.Many2one("res.partner", string="Asked by", ondelete="set null")
    state = fields.Selection(
        [
            ("pending", "To Approve"),
            ("approved", "Approved"),
            ("refused", "Refused"),
            ("withdrawn", "Withdrawn"),
        ],
        default="pending",
        required=True,
        index=True,
    )
    reason = fields.Char(string="Reason of Refusal")
    decided_by_id = fields.Many2one("res.users", string="Decided by", readonly=True)
    decided_on = fields.Datetime(readonly=True)

    _pending_offer_unique = models.UniqueIndex(
        "(offer_id) WHERE state = 'pending' AND offer_id IS NOT NULL",
        "A change of this offer waits already.",
    )

    @api.depends("price", "old_price", "kind")
    def _compute_price_change(self):
        for change in self:
            old = change.old_price
            change.price_change = (change.price - old) / old if old else 0

    @api.model
    def _request(self, supplier, changes, contact):
        """Stores what waits: ``tools.catalogue_world`` changes, those of one batch together."""
        return self._create_guarded(
            [self._prepare_request_vals(supplier, change, contact) for change in changes]
        )

    @api.model
    def _prepare_request_vals(self, supplier, change, contact):
        before, after = change.before, change.after
        return {
            "partner_id": supplier.id,
            "company_id": self.env.company.id,
            "offer_id": change.offer,
            "product_tmpl_id": change.product[0],
            "product_id": change.product[1] or False,
            "kind": change.waits,
            "product_code": after.supplier_code,
            "price": float(after.price),
            "old_price": float(before.price) if before else 0,
            "currency_id": after.currency,
            "product_uom_id": after.unit,
            "min_qty": float(after.min_qty),
            "old_min_qty": float(before.min_qty) if before else 0,
            "delay": after.delay,
            "old_delay": before.delay if before else 0,
            "contact_id": contact.id,
        }

    @api.model
    def _find_pending(self, supplier):
        return self.search(
            Domain("partner_id", "=", supplier.id)
            & Domain("company_id", "=", self.env.company.id)
            & Domain("state", "=", "pending")
        )

    def _key(self):
        """What a plan knows the request by: the offer, or the place of a new one."""
        if self.offer_id:
            return self.offer_id.id
        quantity = self.env["s2b2b.supplier.portal"]._exact_quantity(self.min_qty)
        product = (self.product_tmpl_id.id, self.product_id.id or 0)
        return (product, quantity, self.currency_id.id, self.product_uom_id.id)

    @api.model
    def _get_pending(self, supplier):
        """{key: terms} of what the supplier has asked for and nobody has decided."""
        return {change._key(): change._prepare_terms() for change in self._find_pending(supplier)}

    def _prepare_terms(self):
        portal = self.env["s2b2b.supplier.portal"]
        return Terms(
            price=portal._exact_price(self.price),
            min_qty=portal._exact_quantity(self.min_qty),
            delay=self.delay,
            currency=self.currency_id.id,
            unit=self.product_uom_id.id,
            supplier_code=self.product_code or "",
        )

    @api.model
    def _withdraw(self, supplier, keys):
        """Takes requests back, because the supplier has asked for something else since."""
        if keys:
            wanted = set(keys)
            found = self._find_pending(supplier).filtered(lambda change: change._key() in wanted)
            found._write_guarded({"state": "withdrawn"})
            found.flush_recordset()  # before the new request, which the unique index would refuse

    def action_approve(self):
        """Lets the changes count; they are all still to be approved, or none is."""
        self._decide("approved")
        portal = self.env["s2b2b.supplier.portal"]
        for (company, supplier), changes in self.grouped(
            lambda change: (change.company_id, change.partner_id)
        ).items():
            # sudo: whoever approves need not be allowed to edit prices otherwise
            pages = portal.sudo().with_company(company)
            pages._apply_changes(supplier, [change._prepare_change() for change in changes])
        self._tell_suppliers()

    def _prepare_change(self):
        """The change as it is applied; an offer that is gone meanwhile becomes a new one."""
        offer = self.offer_id
        before = self.env["s2b2b.supplier.portal"]._prepare_known_offer(offer) if offer else None
        return Change(
            row=self.id,
            offer=offer.id or None,
            product=(self.product_tmpl_id.id, self.product_id.id or 0),
            before=before and before.terms,
            after=self._prepare_terms(),
        )

    def action_refuse(self):
        """Asks for the reason; the supplier reads it."""
        return self.env["s2b2b.refusal"]._open(self)

    def _refuse(self, reason):
        self._decide("refused", reason)
        self._tell_suppliers()

    def _decide(self, state, reason=False):
        """Of two who decide at once the second waits here, and is told."""
        self.check_access("write")
        self.lock_for_update(allow_referencing=True)
        if any(change.state != "pending" for change in self):
            raise UserError(self.env._("Some of these changes were decided already."))
        self._write_guarded(
            {
                "state": state,
                "reason": reason,
                "decided_by_id": self.env.uid,
                "decided_on": fields.Datetime.now(),
            }
        )

    def _tell_suppliers(self):
        """One message to each supplier, however many of its changes were decided."""
        groups = defaultdict(lambda: self.browse())
        for change in self:
            groups[change.partner_id] |= change
        for supplier, changes in groups.items():
            changes._tell_supplier(supplier)

    def _tell_supplier(self, supplier):
        local = self.with_context(lang=supplier.lang)
        names = ", ".join(local.product_tmpl_id[:5].mapped("name"))
        values = {"count": len(self), "names": names, "reason": self[:1].reason or ""}
        if self[:1].state == "approved":
            body = local.env._("%(count)s changes of your offers count now: %(names)s", **values)
        else:
            body = local.env._(
                "%(count)s changes of your offers were refused: %(names)s. Reason: %(reason)s",
                **values,
            )
        supplier._tell_portal("catalogue", local.env._("Your catalogue"), body)
