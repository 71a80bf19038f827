from odoo import fields, models
from odoo.exceptions import UserError


class StockPicking(models.Model):
    _inherit = "stock.picking"

    is_urgent = fields.Boolean("Urgent", readonly=True)

    def _carry_urgency(self, is_urgent):
        """Make open transfers urgent or ordinary; done ones keep what they were."""
        open_pickings = self.filtered(lambda picking: picking.state not in ("done", "cancel"))
        open_pickings.move_ids.is_urgent = is_urgent
        open_pickings.write({"is_urgent": is_urgent, "priority": "1" if is_urgent else "0"})

    def _action_done(self):
        """The stated day of arrival counts, not the click; who waits for the goods is told."""
        res = super()._action_done()
        done = self.filtered(lambda picking: picking.state == "done")
        for picking in done.filtered("supplier_arrival_date"):
            order = picking.move_ids.purchase_line_id.order_id[:1]
            if order.is_allocated:
                picking.date_done = order._get_moment(picking.supplier_arrival_date)
        arrived = done.move_ids.filtered(
            lambda move: move.state == "done" and move.location_id.usage == "supplier"
        )
        arrived.purchase_line_id.order_id._register_arrival(arrived)
        return res

    def _validate_arrived(self, moves, day):
        """Validate of these transfers what ``moves`` have as done; the rest is a backorder.

        :param day: when it arrived
        """
        self.supplier_arrival_date = day
        open_moves = self.move_ids.filtered(lambda move: move.state not in ("done", "cancel"))
        (open_moves - moves).picked = False
        moves.picked = True
        quiet = self.with_context(skip_backorder=True, skip_sms=True)
        if quiet.button_validate() is not True or any(p.state != "done" for p in self):
            raise UserError(
                self.env._("Validate %(names)s in Inventory.", names=", ".join(self.mapped("name")))
            )
