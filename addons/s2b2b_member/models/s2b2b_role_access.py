from odoo import api, fields, models
from odoo.fields import Domain


class S2b2bRoleAccess(models.AbstractModel):
    """Documents that a company's own people see by their role in it; rules ask for the field."""

    _name = "s2b2b.role.access"
    _description = "Access by Role in the Own Company"

    is_open_to_user = fields.Boolean(
        string="Open to the User",
        compute="_compute_is_open_to_user",
        search="_search_is_open_to_user",
        compute_sudo=True,
        help="Whether the user's role in its own company lets it see this document.",
    )

    @api.depends_context("uid")
    def _compute_is_open_to_user(self):
        closed = self.filtered_domain(self._get_closed_domain())
        closed.is_open_to_user = False
        (self - closed).is_open_to_user = True

    @api.model
    def _search_is_open_to_user(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return ~self._get_closed_domain()

    @api.model
    def _get_closed_domain(self):
        """Documents of the user's own company that its role there keeps from it. Hook."""
        return Domain.FALSE
