from dateutil.relativedelta import relativedelta

from odoo import fields, models

from .s2b2b_qualification import OPEN


class ResPartner(models.Model):
    """What the last qualification says about a supplier, and how the next one begins."""

    _inherit = "res.partner"

    supplier_credit_source = fields.Char(
        string="Credit Information From",
        compute="_compute_supplier_credit",
        groups="s2b2b_supplier.group_user",
    )
    supplier_credit_score = fields.Char(
        string="Credit Score",
        compute="_compute_supplier_credit",
        groups="s2b2b_supplier.group_user",
    )
    supplier_credit_date = fields.Date(
        string="Credit Information Of",
        compute="_compute_supplier_credit",
        groups="s2b2b_supplier.group_user",
    )
    supplier_credit_limit = fields.Monetary(
        string="Exposure Limit",
        compute="_compute_supplier_credit",
        currency_field="supplier_credit_currency_id",
        groups="s2b2b_supplier.group_user",
    )
    supplier_credit_currency_id = fields.Many2one(
        "res.currency",
        string="Currency of the Exposure Limit",
        compute="_compute_supplier_credit",
        groups="s2b2b_supplier.group_user",
    )
    supplier_credit_adverse = fields.Text(
        string="Adverse Entries",
        compute="_compute_supplier_credit",
        groups="s2b2b_supplier.group_user",
    )

    def _compute_supplier_credit(self):
        """The credit record of the last approval."""
        approvals = self.env["s2b2b.qualification"]
        last = approvals._find_last_approvals(self._origin)
        for partner in self:
            record = last.get(partner._origin, approvals)
            partner.supplier_credit_source = record.credit_source
            partner.supplier_credit_score = record.credit_score
            partner.supplier_credit_date = record.credit_date
            partner.supplier_credit_limit = record.credit_limit
            partner.supplier_credit_currency_id = record.currency_id
            partner.supplier_credit_adverse = record.credit_adverse

    def action_supplier_renew(self):
        """Opens the qualification under way, else a new one filled in from the last."""
        self.ensure_one()
        supplier = self.commercial_partner_id
        qualifications = self.env["s2b2b.qualification"]
        qualifications.check_access("create")
        running = qualifications.search(
            [("partner_id", "=", supplier.id), ("state", "in", OPEN)], limit=1
        )
        last = qualifications._find_last_approvals(supplier).get(supplier, qualifications)
        vals = qualifications._prepare_renewal_vals(supplier, last)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Qualification of %s", supplier.name),
            "res_model": "s2b2b.qualification",
            "views": [(False, "form")],
            "res_id": running.id,
            "context": {f"default_{name}": value for name, value in vals.items()},
        }

    def _supplier_may(self, capability):
        """An eliminated supplier keeps its orders, papers and claims, but offers nothing."""
        # sudo: the status is not for the portal to read; only the answer goes out
        supplier = self.sudo().commercial_partner_id
        if capability == "catalogue" and supplier.supplier_status == "eliminated":
            return False
        return super()._supplier_may(capability)

    def _supplier_grade_payment_term(self, company):
        """The payment terms that the supplier's grade brings with it; empty: its own hold."""
        # sudo: a buyer gets terms by grades that only supplier management maintains
        supplier = self.sudo().commercial_partner_id
        return supplier.with_company(company).supplier_grade_id.payment_term_id

    def _supplier_mail_partner_ids(self):
        """Ids for the mail templates: the supplier's administrators, else the company itself."""
        # sudo: roles are not for everybody to read, the mails go out all the same
        supplier = self.sudo()
        admins = supplier.child_ids.filtered(lambda c: c.supplier_role == "admin" and c.email)
        return ",".join(str(partner.id) for partner in admins or supplier)

    def _supplier_readmission_day(self, company):
        """The first day on which ``company`` may readmit this eliminated supplier, or None."""
        if self.supplier_status != "eliminated" or not self.supplier_status_date:
            return None
        since = fields.Datetime.context_timestamp(self, self.supplier_status_date).date()
        return since + relativedelta(months=company.readmission_months)
