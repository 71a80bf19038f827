from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..tools.fitness import unfit


class ResCompany(models.Model):
    _inherit = "res.company"

    def _check_may_switch_gate(self):
        if not (
            self.env.user.has_group("base.group_system")
            and self.env.user.has_group("s2b2b_supplier.group_manager")
        ):
            raise AccessError(
                self.env._("Only an administrator who manages suppliers switches the gate on.")
            )

    def _preview_supplier_gate(self, since, qualification_required):
        """Whom the gate would stop: rows of ``partner_id``, ``order_count``, ``open_count``.

        Of the vendors with confirmed orders since the day ``since`` or with open quotations, those
        with most orders first. ``provisional`` proposes who may go on: known, and without a status.
        """
        self._check_may_switch_gate()
        today = fields.Date.context_today(self)
        orders = self._count_purchases(
            Domain("state", "=", "purchase") & Domain("date_approve", ">=", since)
        )
        opened = self._count_purchases(Domain("state", "in", ("draft", "sent", "to approve")))
        stopped = [
            vendor
            for vendor in orders.keys() | opened.keys()
            if unfit(
                vendor._prepare_standing(),
                today=today,
                qualification_required=qualification_required,
            )
        ]
        return [
            {
                "partner_id": vendor.id,
                "order_count": orders.get(vendor, 0),
                "open_count": opened.get(vendor, 0),
                "provisional": vendor.supplier_status == "none" and vendor in orders,
            }
            for vendor in sorted(stopped, key=lambda v: (-orders.get(v, 0), v.name or "", v.id))
        ]

    def _count_purchases(self, domain):
        """{vendor: number of this company's orders}; contacts count for their company."""
        counts = {}
        # sudo: the rights were checked; an administrator need not be a buyer
        orders = self.env["purchase.order"].sudo()
        for partner, count in orders._read_group(
            domain & Domain("company_id", "=", self.id), ["partner_id"], ["__count"]
        ):
            vendor = partner.commercial_partner_id
            counts[vendor] = counts.get(vendor, 0) + count
        return counts

    def _switch_supplier_gate_on(self, policy, qualification_required, vendors, valid_until):
        """Lets ``vendors`` supply provisionally until the day ``valid_until``, then switches on."""
        self._check_may_switch_gate()
        today = fields.Date.context_today(self)
        if valid_until <= today:
            raise UserError(
                self.env._("The provisional qualification has to end on a day to come.")
            )
        if refused := vendors.filtered(lambda vendor: vendor.supplier_status != "none"):
            raise UserError(
                self.env._(
                    "%s: only vendors without a status are qualified provisionally.",
                    ", ".join(refused.mapped("display_name")),
                )
            )
        if vendors:
            vendors._supplier_condition(
                self.env._("Supplied before the gate was switched on; the audit follows."),
                supplier_valid_until=valid_until,
            )
        self.write(
            {
                "supplier_gate_policy": policy,
                "supplier_qualification_required": qualification_required,
                "s2b2b_start_date": self.s2b2b_start_date or today,
            }
        )
