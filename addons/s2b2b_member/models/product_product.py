from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..tools.access import Buyer, Offered, refusal


class ProductProduct(models.Model):
    _inherit = "product.product"

    @api.model
    def _get_access_domain(self, partner):
        """The domain of the products that ``partner`` may buy today; ``_get_refusals`` says why."""
        buyer = self._prepare_buyer(partner)
        latest = fields.Date.context_today(self) + timedelta(days=buyer.early_days)
        domain = Domain("min_grade_id", "=", False)
        if buyer.rank is not None:
            domain |= Domain("min_grade_id.rank", "<=", buyer.rank)
        return domain & (Domain("launch_date", "=", False) | Domain("launch_date", "<=", latest))

    def _get_refusals(self, partner):
        """Why ``partner`` may not buy these products today: ``{product: text}``."""
        buyer = self._prepare_buyer(partner)
        today = fields.Date.context_today(self)
        # sudo: what a product asks for is not for everybody who sells, that it refuses is
        found = {p: refusal(p.sudo()._prepare_offered(), buyer, today=today) for p in self}
        return {p: self._get_refusal_text(reason) for p, reason in found.items() if reason}

    @api.model
    def _prepare_buyer(self, partner):
        # sudo: the tiers are read for whoever buys or sells
        grade = partner.commercial_partner_id.sudo().grade_id
        if not (grade and partner.commercial_partner_id.is_member):
            return Buyer()
        return Buyer(grade.rank, grade.early_access_days)

    def _prepare_offered(self):
        grade = self.min_grade_id
        return Offered(grade.rank if grade else None, grade.name or "", self.launch_date or None)

    @api.model
    def _get_refusal_text(self, reason):
        if reason.code == "tier":
            return self.env._("Only for members from tier %s on.", reason.params["tier"])
        return self.env._("Not sold before %s.", format_date(self.env, reason.params["day"]))
