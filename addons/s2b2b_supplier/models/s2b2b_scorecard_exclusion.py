from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError


class S2b2bScorecardExclusion(models.Model):
    """What a manager keeps out of the scores, and why. It can be lifted again.

    Purchase lines here, of one order each; claims are added by another file.
    """

    _name = "s2b2b.scorecard.exclusion"
    _description = "Exclusion from Scoring"
    _inherit = ["mail.thread"]
    _order = "id desc"
    _rec_name = "order_id"

    order_id = fields.Many2one("purchase.order", index=True, ondelete="cascade")
    partner_id = fields.Many2one(
        "res.partner", string="Supplier", compute="_compute_owner", store=True, index=True
    )
    company_id = fields.Many2one("res.company", compute="_compute_owner", store=True, index=True)
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

    @api.depends("order_id.partner_id.commercial_partner_id", "order_id.company_id")
    def _compute_owner(self):
        for exclusion in self.filtered("order_id"):
            exclusion.partner_id = exclusion.order_id.partner_id.commercial_partner_id
            exclusion.company_id = exclusion.order_id.company_id

    @api.model
    def _exclude(self, lines, reason, *, whole_orders=False, contest=None):
        """Keeps lines out of the scores, each order with a record of its own; cards follow.

        Lines that are excluded already stay as they are.
        """
        reason = self._check_reason(reason)
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
        lines = records._release()
        records.write(
            {
                "active": False,
                "lifted_by_id": self.env.uid,
                "lifted_at": fields.Datetime.now(),
            }
        )
        records._follow(self.env._("The exclusion from scoring was lifted"), lines)

    def _release(self):
        """Lets what is excluded count again; returns the lines."""
        by_these = [("score_exclusion_id", "in", self.ids)]
        lines = self.env["purchase.order.line"].search(by_these)
        lines._write_guarded({"score_exclusion_id": False})
        return lines

    def _follow(self, cause, lines=None):
        """Leaves a note on the orders and evaluates the cards that count the lines."""
        for exclusion in self.filtered("order_id"):
            exclusion.order_id._message_log(body=cause, author_id=self.env.user.partner_id.id)
        self.env["s2b2b.scorecard"]._evaluate_again(lines or self.line_ids, cause)

    @api.model
    def _check_reason(self, reason):
        self._check_manager()
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Give the reason of the exclusion: it is kept."))
        return reason

    @api.model
    def _check_manager(self):
        if not self.env.su and not self.env.user.has_group("s2b2b_supplier.group_manager"):
            raise AccessError(
                self.env._("Only supplier managers decide on what counts in the scores.")
            )
