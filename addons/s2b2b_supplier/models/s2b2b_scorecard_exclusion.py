from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError


class S2b2bScorecardExclusion(models.Model):
    """Purchase lines that a manager keeps out of the scores, and why. It can be lifted again."""

    _name = "s2b2b.scorecard.exclusion"
    _description = "Exclusion from Scoring"
    _inherit = ["mail.thread"]
    _order = "id desc"
    _rec_name = "order_id"

    order_id = fields.Many2one("purchase.order", required=True, index=True, ondelete="cascade")
    partner_id = fields.Many2one(
        related="order_id.partner_id.commercial_partner_id",
        string="Supplier",
        store=True,
        index=True,
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    whole_order = fields.Boolean(help="Also lines that are added to the order later.")
    line_ids = fields.Many2many("purchase.order.line", string="Lines")
    reason = fields.Char(required=True, tracking=True)
    user_id = fields.Many2one(
        "res.users", string="Excluded By", required=True, default=lambda self: self.env.user
    )
    contest_id = fields.Many2one(
        "s2b2b.scorecard.contest", string="Because of", index="btree_not_null"
    )
    active = fields.Boolean(default=True, tracking=True)
    lifted_by_id = fields.Many2one("res.users", tracking=True)
    lifted_at = fields.Datetime(tracking=True)

    @api.model
    def _exclude(self, lines, reason, *, whole_orders=False, contest=None):
        """Keeps lines out of the scores, each order with a record of its own; cards follow.

        Lines that are excluded already stay as they are.
        """
        self._check_manager()
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Give the reason of the exclusion: it is kept."))
        # sudo: the group was checked; it does not need to include rights on purchase orders
        lines = lines.sudo().filtered(
            lambda line: not line.score_exclusion_id and not line.display_type
        )
        if not lines:
            raise UserError(self.env._("All of these lines are excluded already."))
        # sudo: managers exclude by this verb only, which has checked that they are
        made = self.sudo().create(
            [
                {
                    "order_id": order.id,
                    "line_ids": [Command.set(own.ids)],
                    "whole_order": whole_orders,
                    "reason": reason,
                    "user_id": self.env.uid,
                    "contest_id": contest.id if contest else False,
                }
                for order, own in lines.grouped("order_id").items()
            ]
        )
        for exclusion in made:
            exclusion.line_ids._write_guarded({"score_exclusion_id": exclusion.id})
        made._follow(self.env._("Excluded from scoring: %s", reason))
        return self.browse(made.ids)

    def action_lift(self):
        """The lines count again."""
        self._check_manager()
        # sudo: as in _exclude
        records = self.sudo().filtered("active")
        lines = records._find_excluded()
        lines._write_guarded({"score_exclusion_id": False})
        records.write(
            {
                "active": False,
                "lifted_by_id": self.env.uid,
                "lifted_at": fields.Datetime.now(),
            }
        )
        records._follow(self.env._("The exclusion from scoring was lifted"), lines)

    def _find_excluded(self):
        return self.env["purchase.order.line"].search([("score_exclusion_id", "in", self.ids)])

    def _follow(self, cause, lines=None):
        """Leaves a note on the orders and evaluates the cards that count the lines."""
        for exclusion in self:
            exclusion.order_id._message_log(body=cause, author_id=self.env.user.partner_id.id)
        self.env["s2b2b.scorecard"]._evaluate_again(lines or self.line_ids, cause)

    @api.model
    def _check_manager(self):
        if not self.env.su and not self.env.user.has_group("s2b2b_supplier.group_manager"):
            raise AccessError(
                self.env._("Only supplier managers decide on what counts in the scores.")
            )
