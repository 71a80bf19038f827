from odoo import api, fields, models
from odoo.exceptions import UserError

PURCHASE = "purchase"
# Compared by identity: a caller from outside can name the key, but can never send this object.
_ENTERING = object()


class PurchaseOrder(models.Model):
    _inherit = ["purchase.order", "s2b2b.guarded"]
    _name = "purchase.order"
    _guarded_fields = {
        "gate_override_reason": None,
        "gate_override_user_id": None,
        "gate_override_partner_id": None,
    }

    gate_policy = fields.Selection(related="company_id.supplier_gate_policy")
    gate_message = fields.Char(compute="_compute_gate_message", groups="base.group_user")
    gate_override_reason = fields.Char(copy=False, readonly=True, groups="base.group_user")
    gate_override_user_id = fields.Many2one(
        "res.users",
        string="Gate Overridden By",
        copy=False,
        readonly=True,
        groups="base.group_user",
    )
    gate_override_partner_id = fields.Many2one(
        "res.partner",
        string="Gate Overridden For",
        copy=False,
        readonly=True,
        groups="base.group_user",
    )
    supplier_grade_id = fields.Many2one(
        related="partner_id.commercial_partner_id.supplier_grade_id", groups="base.group_user"
    )

    @api.depends("partner_id", "company_id", "amount_untaxed", "state", "gate_override_partner_id")
    def _compute_gate_message(self):
        open_orders = self.filtered(lambda o: o.state in ("draft", "sent", "to approve"))
        (self - open_orders).gate_message = False
        reasons = open_orders._gate_reasons()
        for order in open_orders:
            order.gate_message = reasons.get(order) or order._grade_warning()

    def _grade_warning(self):
        # sudo: a buyer is warned by grades that only supplier management maintains
        supplier = self.sudo().partner_id.commercial_partner_id
        grade = supplier.with_company(self.company_id).supplier_grade_id
        if self.gate_policy == "off" or grade.purchase_policy != "warn":
            return False
        return self.env._(
            "%(name)s has grade %(grade)s.", name=self.partner_id.name, grade=grade.name
        )

    def _gate_reasons(self):
        """{order: why its supplier is unfit for it}, for those where that is not overridden."""
        reasons = {}
        for company, orders in self.grouped("company_id").items():
            if company.supplier_gate_policy != "off":
                reasons.update(orders._find_gate_reasons(company))
        return reasons

    def _find_gate_reasons(self, company):
        asked = self.filtered(
            lambda order: (
                order.partner_id
                and order.partner_id.commercial_partner_id != order._gate_overridden_supplier()
            )
        )
        exposures = asked.partner_id._supplier_exposures(company, without=asked._origin)
        reasons = {}
        for order in asked:
            amount = order._gate_amount()
            found = order.partner_id._supplier_unfit_reasons(
                company, order.order_line.product_id, amount, exposures
            )
            if reason := found[order.partner_id.id]:
                reasons[order] = reason
        return reasons

    def _gate_amount(self):
        """The untaxed amount in the company's currency."""
        return self.currency_id._convert(
            self.amount_untaxed,
            self.company_id.currency_id,
            self.company_id,
            self.date_order or fields.Date.context_today(self),
        )

    def _gate_overridden_supplier(self):
        """The supplier for which a manager has opened the gate of this order."""
        # sudo: portal users and salespeople may cause the check, but may not read who opened it
        return self.sudo().gate_override_partner_id

    def action_override_gate(self):
        """Opens the dialogue that asks a manager for the reason."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "s2b2b_supplier.s2b2b_gate_override_action"
            ),
            "context": {"default_order_id": self.id},
        }

    def _override_gate(self, reason):
        """Lets this order pass for its present supplier; the chatter keeps who, why and what."""
        self.ensure_one()
        stopped = self._gate_reasons().get(self)
        if not stopped and self._is_gated():
            stopped = self.env._("in advance, for what is added to the confirmed order")
        if not stopped:
            raise UserError(
                self.env._("Nothing stops %s: there is nothing to override.", self.name)
            )
        if not (reason or "").strip():
            raise UserError(self.env._("Give the reason of the override: it is logged."))
        self._write_guarded(
            {
                "gate_override_reason": reason.strip(),
                "gate_override_user_id": self.env.uid,
                "gate_override_partner_id": self.partner_id.commercial_partner_id.id,
            }
        )
        self.message_post(
            body=self.env._(
                "Supplier gate overridden by %(user)s: %(reason)s (%(stopped)s)",
                user=self.env.user.name,
                reason=reason.strip(),
                stopped=stopped,
            )
        )

    def _confirmation_error_message(self):
        """Gate, point three: the message of the confirmation button."""
        return super()._confirmation_error_message() or self._gate_error()

    def _gate_error(self):
        if self.company_id.supplier_gate_policy != "block":
            return False
        reason = self._gate_reasons().get(self)
        return reason and self.env._(
            "%(order)s cannot be confirmed. %(reason)s A supplier manager can override this.",
            order=self.name,
            reason=reason,
        )

    @api.model_create_multi
    def create(self, vals_list):
        entering = self.with_context(s2b2b_gate=_ENTERING)
        orders = self.browse(super(PurchaseOrder, entering).create(vals_list).ids)
        orders.filtered(lambda order: order.state == PURCHASE)._enter_purchase()
        return orders

    def write(self, vals):
        """Gate, point four: approving and writing the state go round the confirmation."""
        if vals.get("state") != PURCHASE:
            return super().write(vals)
        entering = self.filtered(lambda order: order.state != PURCHASE)
        # What is confirmed is looked at as a whole below, not line by line before.
        orders = self.with_context(s2b2b_gate=_ENTERING) if entering == self else self
        result = super(PurchaseOrder, orders).write(vals)
        entering._enter_purchase()
        return result

    def _is_entering_purchase(self):
        return self.env.context.get("s2b2b_gate") is _ENTERING

    def _enter_purchase(self):
        """What every way into the state of a confirmed order has in common."""
        for order in self:
            if error := order._gate_error():
                raise UserError(error)
        self._log_gate_warnings()
        self.order_line._snapshot_first_promise()

    def _log_gate_warnings(self):
        for order, reason in self._gate_reasons().items():
            order._message_log(
                body=self.env._("Confirmed although the supplier gate warned: %s", reason)
            )

    def _add_supplier_to_product(self):
        """Gate, point five: core must not make an unfit vendor a seller of the product again."""
        unfit = self.filtered(
            lambda order: (
                order._is_supplier_eliminated()
                or (order.company_id.supplier_gate_policy != "off" and order._gate_unfit_supplier())
            )
        )
        return super(PurchaseOrder, self - unfit)._add_supplier_to_product()

    def _is_supplier_eliminated(self):
        """An eliminated supplier stays out of the product's sellers whatever the gate does."""
        # sudo: the status decides, also for a user who may not read it
        return self.sudo().partner_id.commercial_partner_id.supplier_status == "eliminated"

    def _gate_unfit_supplier(self):
        """Whether the supplier is unfit for these products, overridden or not."""
        reasons = self.partner_id._supplier_unfit_reasons(
            self.company_id, self.order_line.product_id
        )
        return any(reasons.values())
