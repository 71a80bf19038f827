from datetime import date, timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.s2b2b_order.tests.common import OrderCommon


class SettlementCommon(OrderCommon):
    """A platform that has suppliers deliver goods and settles them, with commission where a rule
    says so."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.settlements = cls.env["s2b2b.settlement"]
        cls.rules = cls.env["s2b2b.commission.rule"]
        cls.supplier = cls._supplier("Ashford Foods")
        cls.supplier.email = "office@ashford.example.com"
        cls.jam = cls._goods("Jam", 20.0)
        cls.tea = cls._goods("Tea", 30.0)
        cls._offer(cls.supplier, cls.jam, 10.0)
        cls._offer(cls.supplier, cls.tea, 7.77)
        cls.company.self_billing_journal_id = cls.env["account.journal"].create(
            {
                "name": "Self-billing",
                "code": "SELF",
                "type": "purchase",
                "is_self_billing": True,
                "company_id": cls.company.id,
            }
        )
        cls.settlement_user = new_test_user(
            cls.env, "test_settlement_user", "s2b2b_settlement.group_user"
        )
        last = fields.Date.context_today(cls.company).replace(day=1) - timedelta(days=1)
        cls.period = (last.replace(day=1), last)

    @classmethod
    def get_default_groups(cls):
        return super().get_default_groups() | cls.env.ref("s2b2b_settlement.group_manager")

    @classmethod
    def _in_period(cls, day=10) -> date:
        """A day of the period that is settled."""
        return cls.period[0].replace(day=day)

    @classmethod
    def _rule(cls, percent=10.0, name="Standard", **vals):
        return cls.rules.create({"name": name, "percent": percent, **vals})

    @classmethod
    def _accepted(cls, *lines, supplier=None, **vals):
        """The accepted purchase order of a member's order of ``lines`` (product, quantity)."""
        order = cls._sale(*lines, **vals)
        purchase = order.supplier_order_ids.filtered(
            lambda p: p.partner_id == (supplier or cls.supplier)
        )
        purchase._supplier_accept()
        return purchase

    @classmethod
    def _delivered(cls, *lines, day=None, supplier=None, taxes=None, **vals):
        """As ``_accepted``, and all of it has arrived on ``day`` (in the period without one)."""
        purchase = cls._accepted(*lines, supplier=supplier, **vals)
        if taxes:
            purchase.order_line.tax_ids = [Command.set(taxes.ids)]
        purchase._supplier_deliver(date=day or cls._in_period())
        return purchase

    @classmethod
    def _returned(cls, purchase, quantity, day=None):
        """``quantity`` of the first line goes back to the supplier and is refunded."""
        picking = purchase.picking_ids.filtered(lambda p: p.state == "done")[:1]
        wizard = cls.env["stock.return.picking"].create({"picking_id": picking.id})
        for line in wizard.product_return_moves:
            first = line.product_id == purchase.order_line[:1].product_id
            line.write({"quantity": quantity if first else 0.0, "to_refund": True})
        back = wizard._create_return()
        for move in back.move_ids:
            move.write({"quantity": move.product_uom_qty, "picked": True})
        back.button_validate()
        back.date_done = fields.Datetime.to_datetime(day or cls._in_period(20)) + timedelta(hours=9)
        return back

    @classmethod
    def _generate(cls, partners=None, side="supplier", period=None):
        return cls.settlements._generate(side, *(period or cls.period), partners)

    @classmethod
    def _confirmed(cls, self_billed=True):
        """The supplier's settlement of the period, confirmed."""
        if self_billed:
            cls.supplier.billing_mode = "self_billed"
        settlement = cls._generate(cls.supplier)
        settlement.action_send()
        settlement.action_confirm()
        return settlement

    def _amounts(self, settlement):
        """{kind: sum of the lines}."""
        sums = {}
        for line in settlement.line_ids:
            sums[line.kind] = round(sums.get(line.kind, 0.0) + line.amount, 2)
        return sums
