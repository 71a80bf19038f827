from odoo import fields, models
from odoo.exceptions import UserError

from ..tools.points import Booking, spent


class SaleOrder(models.Model):
    """Points are spent as rewards of an order, from the one card of the member company."""

    _inherit = "sale.order"

    def write(self, vals):
        result = super().write(vals)
        if "state" in vals:
            self._follow_points()
        return result

    def _update_programs_and_rewards(self):
        """Core looks for cards of the contact who orders: members have one for the company."""
        self.ensure_one()
        member = self.partner_id.commercial_partner_id
        if self.company_id.member_points and member.is_member:
            card = self._get_points_card(member)
            if card and card not in self.applied_coupon_ids:
                self.applied_coupon_ids += card
        return super()._update_programs_and_rewards()

    def _get_points_card(self, member):
        # sudo: the program belongs to the set-up, whoever sells
        return self.env["loyalty.card"].search(
            [
                ("partner_id", "=", member.id),
                ("program_id.is_member_points", "=", True),
                ("company_id", "=", self.company_id.id),
                ("points", ">", 0),
            ],
            limit=1,
        )

    def _find_free_points_card(self):
        """The card of the member that orders, with points to spend.

        Empty where points are set aside already, for an order of the member that waits.
        """
        self.ensure_one()
        member = self.partner_id.commercial_partner_id
        if not (self.company_id.member_points and member.is_member):
            return self.env["loyalty.card"]
        card = self._get_points_card(member)
        waiting = [
            ("coupon_id", "in", card.ids),
            ("order_id.state", "in", ("draft", "sent")),
            ("order_id.hold_reason", "!=", False),
            ("order_id", "not in", self._origin.ids),
        ]
        if card and self.env["sale.order.line"].search_count(waiting, limit=1):
            return card.browse()
        return card

    def _find_points_reward(self):
        """The card of the member that orders, and the discount that each of its points gives."""
        card = self._find_free_points_card()
        return card, card.program_id.reward_ids.filtered(
            lambda r: r.reward_type == "discount" and r.discount_mode == "per_point"
        )[:1]

    def _get_points_worth(self):
        """What all points of the member take off, in the currency of the order; 0: no points."""
        card, reward = self._find_points_reward()
        if not reward:
            return 0.0
        points = card.points // reward.required_points * reward.required_points
        return reward.currency_id._convert(
            reward.discount * points,
            self.currency_id,
            self.company_id,
            fields.Date.context_today(self),
        )

    def _use_points_of_member(self):
        """Takes the discount for the points of the member off the order; they are spent with it."""
        self.ensure_one()
        self._update_programs_and_rewards()
        card, reward = self._find_points_reward()
        if reward and reward in self._get_claimable_rewards().get(card, reward.browse()):
            self._apply_program_reward(reward, card)

    def _follow_points(self):
        """Books the difference between what orders cost in points and what was booked for them."""
        for company, orders in self.grouped("company_id").items():
            if company.member_points:
                # sudo: whoever sells or cancels need not see the ledger
                rows = orders.sudo()._prepare_points_bookings()
                self.env["s2b2b.points.entry"]._book(company, rows)

    def _prepare_points_bookings(self):
        entries = self.env["s2b2b.points.entry"].search([("order_id", "in", self.ids)], order="id")
        by_order = entries.grouped("order_id")
        rows = []
        for order in self.sorted("id"):
            booked = by_order.get(order, entries.browse())
            missing = -order._count_points_spent() - sum(booked.mapped("quantity"))
            if missing:
                rows.append(order._prepare_points_row(booked, missing))
        return rows

    def _count_points_spent(self):
        """What the rewards cost, in whole points, less what was credited of them.

        An order that does not hold costs nothing.
        """
        self.ensure_one()
        lines = self.order_line.filtered("coupon_id.program_id.is_member_points")
        if self.state != "sale" or not lines:
            return 0
        owners = lines.coupon_id.partner_id.commercial_partner_id
        if owners != self.partner_id.commercial_partner_id:
            raise UserError(
                self.env._(
                    "%(order)s: points pay only for the orders of the member that has them.",
                    order=self.name,
                )
            )
        rewards = lines.grouped(lambda line: line.reward_identifier_code or line)
        return spent(some._get_points_reward() for some in rewards.values())

    def _prepare_points_row(self, booked, missing):
        booking = Booking(
            key=f"order:{self.id}:{len(booked)}" if booked else f"order:{self.id}",
            account=(booked[:1].partner_id or self.partner_id).commercial_partner_id.id,
            quantity=missing,
            expires=self.company_id._get_points_expiry(),
            returned=booked._get_net_taken(booked),
            covered=True,
        )
        vals = {
            "kind": "redeem" if missing < 0 else "reverse",
            "name": self.name,
            "order_id": self.id,
            "user_id": self.env.uid,
        }
        return booking, vals
