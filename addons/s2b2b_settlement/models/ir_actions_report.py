import io

from odoo import models

STATEMENT = "s2b2b_settlement.report_settlement"


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _pre_render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        """Statements are drawn by reportlab: neither templates nor wkhtmltopdf are involved."""
        if self._get_report(report_ref).report_name != STATEMENT:
            return super()._pre_render_qweb_pdf(report_ref, res_ids=res_ids, data=data)
        ids = [res_ids] if isinstance(res_ids, int) else res_ids
        settlements = self.env["s2b2b.settlement"].browse(ids)
        settlements.check_access("read")
        lang = (data or {}).get("lang")
        return {
            settlement.id: {
                "stream": io.BytesIO(settlement._get_pdf(lang)),
                "attachment": None,
            }
            for settlement in settlements
        }, "pdf"
