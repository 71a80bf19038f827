from odoo import fields, models

CANCELLED = "cancel"


class PurchaseOrder(models.Model):
    """The day an order was cancelled: what was overdue by then was not delivered."""

    _inherit = "purchase.order"

    promise_cancelled_date = fields.Date(
        string="Cancelled On",
        copy=False,
        readonly=True,
        groups="base.group_user",
        help="Lines whose promised day was over by then count as not delivered; cancelled earlier "
        "they do not count.",
    )

    def write(self, vals):
        """Cancelling does not take back that the goods, or the answer, did not come in time."""
        leaving = self.browse()
        if vals.get("state") == CANCELLED:
            leaving = self.filtered(
                # sudo: the day is not for all who may cancel
                lambda order: order.state == "purchase" or not order.sudo().promise_cancelled_date
            )
        result = super().write(vals)
        if leaving:
            # sudo: whoever cancels, the day is the system's
            leaving.sudo()._write_guarded(
                {"promise_cancelled_date": fields.Date.context_today(self)}
            )
        return result

    def _enter_purchase(self):
        """Confirmed again, the order is measured by what comes of it."""
        # sudo: as above
        again = self.sudo().filtered("promise_cancelled_date")
        if again:
            again._write_guarded({"promise_cancelled_date": False})
        return super()._enter_purchase()
