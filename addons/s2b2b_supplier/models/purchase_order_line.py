from odoo import api, fields, models


class PurchaseOrderLine(models.Model):
    _inherit = ["purchase.order.line", "s2b2b.guarded"]
    _name = "purchase.order.line"
    _guarded_fields = {
        "first_promised_date": None,
        "first_promised_qty": None,
        "score_exclusion_id": None,
    }

    first_promised_date = fields.Date(
        string="First Promise",
        copy=False,
        readonly=True,
        index="btree_not_null",
        help="The day promised when the order was confirmed. Performance is measured against it, "
        "whatever is agreed, or moved, later.",
    )
    score_exclusion_id = fields.Many2one(
        "s2b2b.scorecard.exclusion",
        string="Excluded from Scoring",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups="s2b2b_supplier.group_user",
        help="The line does not count in the supplier's scores, for the reason given there.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.filtered(lambda line: line.order_id.state == "purchase")._snapshot_first_promise()
        return lines

    def _snapshot_first_promise(self):
        """Keeps the promised day, once; the day is the one of the company's time zone."""
        lines = self.filtered(
            lambda line: (
                line.date_planned and not line.display_type and not line.first_promised_date
            )
        )
        for day, same in lines.grouped(lambda line: line._local_promise()).items():
            # sudo: whoever confirms, buyer or supplier, the snapshot is the system's
            same.sudo()._write_guarded({"first_promised_date": day})
        lines._join_exclusions()

    def _local_promise(self):
        """The promised day; one on which the supplier is known to be closed is moved behind it."""
        zone = self.company_id.partner_id.tz or "UTC"
        planned = fields.Datetime.context_timestamp(self.with_context(tz=zone), self.date_planned)
        # sudo: closed days are the supplier's own; only the day goes out
        return self.order_id.partner_id.sudo()._supplier_next_open_day(planned.date())

    def _join_exclusions(self):
        """Lines that are added to an order which is excluded as a whole are excluded with it."""
        # sudo: whoever adds the lines, the exclusion of their order holds for them
        lines = self.sudo()
        whole = lines.env["s2b2b.scorecard.exclusion"].search(
            [("order_id", "in", lines.order_id.ids), ("whole_order", "=", True)]
        )
        by_order = lines.grouped("order_id")
        for exclusion in whole:
            by_order[exclusion.order_id]._write_guarded({"score_exclusion_id": exclusion.id})
