from odoo import fields, models
from odoo.fields import Domain


class ResPartner(models.Model):
    """Vendors that may be chosen at all, to be searched by."""

    _inherit = "res.partner"

    is_supplier_fit = fields.Boolean(
        string="May Get Orders",
        compute="_compute_is_supplier_fit",
        search="_search_is_supplier_fit",
        groups="base.group_user",
        help="By status, validity and grade; categories and amounts are a matter of the order.",
    )

    def _compute_is_supplier_fit(self):
        found = self._supplier_find_unfit(self._get_gate_company())
        for partner in self:
            partner.is_supplier_fit = not found[partner.id]

    def _search_is_supplier_fit(self, operator, value):
        if operator != "in":
            return NotImplemented
        unfit = Domain("commercial_partner_id", "any", self._unfit_domain())
        wanted = {bool(each) for each in value}
        if len(wanted) > 1:
            return Domain.TRUE
        return ~unfit if True in wanted else unfit

    def _unfit_domain(self):
        company = self._get_gate_company()
        # sudo: grades block whoever may read them
        grades = self.env["s2b2b.supplier.grade"].sudo()
        blocking = grades.search([("purchase_policy", "=", "block")])
        approved = Domain("supplier_status", "in", ["qualified", "conditional"])
        over = Domain("supplier_valid_until", "<", fields.Date.context_today(self))
        unfit = Domain("supplier_status", "in", ["suspended", "eliminated"]) | (approved & over)
        if company.supplier_qualification_required:
            unfit |= Domain("supplier_status", "in", ["none", "applicant"])
        if blocking:
            here = self.with_company(company).sudo()  # sudo: only ids go out
            graded = here.search(approved & Domain("supplier_grade_id", "in", blocking.ids))
            unfit |= Domain("id", "in", graded.ids)
        return unfit

    def _get_gate_company(self):
        """The company of the order for which a vendor is chosen, else the user's."""
        asked = self.env.context.get("supplier_gate_company")
        companies = self.env.companies.filtered(lambda company: company.id == asked)
        return companies or self.env.company
