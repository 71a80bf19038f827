from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.s2b2b_supplier.tools.scoring import Measure

from ..tools.acceptance import Asked, acceptance, accepted_share

REFUSED = ("refused", "timeout")


class S2b2bKpi(models.Model):
    """The measure of answers: how much of what was asked for suppliers accepted, in time."""

    _inherit = "s2b2b.kpi"

    key = fields.Selection(
        selection_add=[("acceptance", "Acceptance of Orders")], ondelete={"acceptance": "cascade"}
    )

    def _measure_acceptance(self, evaluation):
        """Accepted shares over the order lines whose answer was due in the period."""
        lines = self._find_asked_lines(
            evaluation.suppliers, evaluation.company, evaluation.date_from, evaluation.date_to
        )
        now = fields.Datetime.now()
        measures = {}
        suppliers = lines.grouped(lambda line: line.order_id.partner_id.commercial_partner_id)
        for supplier, asked in suppliers.items():
            accepted, count = acceptance((self._prepare_asked(line) for line in asked), now)
            measures[supplier.id] = Measure(self.key, accepted, count, count)
        return measures

    @api.model
    def _find_asked_lines(self, suppliers, company, date_from, date_to, counted=True):
        """The lines whose answer was due in a period and is decided, but excluded ones.

        What the platform took back before the supplier's time was over does not count.
        """
        start, end = company._get_day_bounds(date_from, date_to)
        domain = (
            Domain("order_id.partner_id.commercial_partner_id", "in", suppliers.ids)
            & Domain("company_id", "=", company.id)
            & Domain("order_id.supplier_answer", "not in", [False, "proposed"])
            & Domain("order_id.accept_deadline", ">=", start)
            & Domain("order_id.accept_deadline", "<", end)
            & Domain("asked_qty", ">", 0)
        )
        if counted:
            domain &= Domain("score_exclusion_id", "=", False)
        now = fields.Datetime.now()
        lines = self.env["purchase.order.line"].search(domain)
        return lines.filtered(
            lambda line: (
                not line.order_id._is_taken_back()
                and accepted_share(self._prepare_asked(line), now) is not None
            )
        )

    @api.model
    def _prepare_asked(self, line):
        order = line.order_id
        is_silent = order.supplier_answer in ("pending", "timeout")
        return Asked(
            quantity=line.asked_qty,
            accepted=0 if order.supplier_answer in REFUSED else line.accepted_qty,
            deadline=order.accept_deadline,
            answered=None if is_silent else order.answered_at,
        )

    def _evidence_acceptance(self, line):
        card = line.scorecard_id
        # sudo: which lines were counted; the list reads them with the user's own rights
        lines = self.sudo()._find_asked_lines(
            card.partner_id, card.company_id, card.date_from, card.date_to
        )
        view = self.env.ref("s2b2b_order.purchase_order_line_view_list_acceptance")
        return {
            "type": "ir.actions.act_window",
            "name": line.kpi_name,
            "res_model": "purchase.order.line",
            "views": [(view.id, "list")],
            "domain": [("id", "in", lines.ids)],
            "context": {"create": False},
        }
