from odoo import models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    """Gifts that members choose for their points."""

    _inherit = "sale.order"

    def _get_reward_values_product(self, reward, coupon, product=None, **kwargs):
        """Core gives as many gifts as all the points pay for; members choose each one."""
        values = super()._get_reward_values_product(reward, coupon, product=product, **kwargs)
        if coupon.program_id.is_member_points and not reward.clear_wallet:
            for vals in values:
                vals["product_uom_qty"] = reward.reward_product_qty
                vals["points_cost"] = reward.required_points
        return values

    def _find_gifts(self):
        """What the points of the member pay for: ``{key: (reward, product)}``, cheapest first.

        Left out is what the member may not buy today.
        """
        self.ensure_one()
        card = self._find_free_points_card()
        if not card:
            return {}
        rewards = self._get_claimable_rewards(forced_coupons=card)[card]
        gifts = [
            (reward, product)
            for reward in rewards.sorted(lambda r: (r.required_points, r.id))
            for product in reward.reward_product_ids.filtered("active")
        ]
        products = self.env["product.product"].union(*(product for _reward, product in gifts))
        refused = products._get_refusals(self.partner_id)
        return {
            f"{reward.id}-{product.id}": (reward, product)
            for reward, product in gifts
            if product not in refused
        }

    def _take_gift(self, key):
        """Puts a gift on the order, by its key; its points are spent with the order."""
        self.ensure_one()
        self._update_programs_and_rewards()
        gift = self._find_gifts().get(key)
        if not gift:
            raise UserError(self._get_gift_refusal())
        reward, product = gift
        card = self._find_free_points_card()
        error = self._apply_program_reward(reward, card, product=product).get("error")
        if error:
            raise UserError(error)

    def _get_gift_refusal(self):
        return self.env._("This gift is not offered any more, or your points do not pay for it.")
