from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ..tools.open_orders import can_stop


class S2b2bSupplierEliminationLine(models.Model):
    """What becomes of one open order of a supplier that is to be eliminated."""

    _name = "s2b2b.supplier.elimination.line"
    _description = "Open Order of an Elimination"
    _order = "order_id, id"

    elimination_id = fields.Many2one(
        "s2b2b.supplier.elimination", required=True, index=True, ondelete="cascade"
    )
    state = fields.Selection(related="elimination_id.state")
    order_id = fields.Many2one(
        "purchase.order", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    user_id = fields.Many2one(related="order_id.user_id", string="Buyer")
    date_planned = fields.Datetime(related="order_id.date_planned", string="Promised")
    currency_id = fields.Many2one(related="order_id.currency_id")
    amount_untaxed = fields.Monetary(related="order_id.amount_untaxed")
    action = fields.Selection(
        [("finish", "Finish"), ("reallocate", "Give to Others"), ("cancel", "Cancel")],
        required=True,
    )
    proposal = fields.Char(string="Why Proposed", readonly=True)

    _one_per_order = models.Constraint(
        "UNIQUE(elimination_id, order_id)", "An order stands in the plan once."
    )

    @api.constrains("action")
    def _check_action(self):
        for line in self:
            # sudo: the stage follows shipments that the user may not read
            if line.action != "finish" and not can_stop(line.order_id.sudo()._supplier_stage()):
                raise ValidationError(
                    self.env._(
                        "%s has left the supplier in part or in whole: it can only be finished.",
                        line.order_id.name,
                    )
                )

    def write(self, vals):
        if not self.env.su and any(line.state != "proposed" for line in self):
            raise UserError(self.env._("The plan is decided and stays as it is."))
        return super().write(vals)

    @api.model
    def _reason_texts(self, reason):
        """The proposal's reason in the reader's language; each code has its sentence."""
        params = {name: format_date(self.env, day) for name, day in reason.params.items()}
        texts = {
            "request": self.env._("Nothing is ordered yet: the request is withdrawn."),
            "waiting": self.env._("Not accepted yet: somebody else can deliver it."),
            "in_time": self.env._("Accepted and not due yet: what is prepared is still taken."),
            "overdue": self.env._(
                "Accepted but overdue since %(day)s: somebody else can deliver it.",
                day=params.get("day", ""),
            ),
            "partial": self.env._("Part of it is on its way or here: it cannot be taken back."),
            "shipped": self.env._("It is on its way: it cannot be taken back."),
        }
        return texts[reason.code]
