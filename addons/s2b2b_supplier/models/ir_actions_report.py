import io

from odoo import models

SCORECARD = "s2b2b_supplier.report_scorecard"


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _pre_render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        """Scorecards are drawn by reportlab: neither templates nor wkhtmltopdf are involved."""
        if self._get_report(report_ref).report_name != SCORECARD:
            return super()._pre_render_qweb_pdf(report_ref, res_ids=res_ids, data=data)
        ids = [res_ids] if isinstance(res_ids, int) else res_ids
        cards = self.env["s2b2b.scorecard"].browse(ids)
        cards.check_access("read")
        lang = (data or {}).get("lang") or self.env.lang
        return {
            card.id: {"stream": io.BytesIO(card._get_pdf(lang)), "attachment": None}
            for card in cards
        }, "pdf"
