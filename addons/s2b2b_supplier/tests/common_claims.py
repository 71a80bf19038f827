from datetime import datetime, timedelta

from odoo import fields

from .common import PDF, SupplierCommon

# A Monday: the company of the tests works from 8 to 12 and from 13 to 17, in UTC.
MONDAY = datetime(2026, 3, 2)


class ClaimCommon(SupplierCommon):
    """Claims on receipts, in a company with plain office hours."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id = cls.env["resource.calendar"].create(
            {"name": "Office", "tz": "UTC", "company_id": cls.company.id}
        )
        cls.company.claim_answer_hours = 16
        cls.a = cls._supplier("Ashford Foods")
        cls.tea = cls._product("Tea")

    @classmethod
    def _received(cls, supplier=None, quantity=10, **values):
        """An order of tea, received today; the order."""
        order = cls._order(supplier or cls.a, {cls.tea: quantity}, **values)
        cls._receive(order)
        return order

    @classmethod
    def _claim(cls, order=None, supplier=None, opened=None, **values):
        """A claim on an order's receipt, else on the supplier; ``opened``: hours of MONDAY."""
        line = order.order_line if order else cls.env["purchase.order.line"]
        vals = {
            "move_id": line.move_ids.filtered(lambda m: m.state == "done")[:1].id,
            "purchase_line_id": line.id,
            "quantity": 2,
            "description": "Two boxes are crushed.",
            **({} if order else {"partner_id": (supplier or cls.a).id}),
            **values,
        }
        if vals["description"] is None:
            del vals["description"]
        if opened is None:
            return cls.env["s2b2b.claim"].create(vals)
        vals["opened_at"] = MONDAY + timedelta(hours=opened)
        return cls.env["s2b2b.claim"]._create_guarded([vals])

    @classmethod
    def _answered(cls, order=None, **values):
        claim = cls._claim(order, **values)
        claim.action_answer()
        return claim

    @classmethod
    def _accounting(cls):
        """A chart of accounts, where the database has none yet."""
        if not cls.company.chart_template:
            cls.env["account.chart.template"].try_loading("generic_coa", cls.company)

    @staticmethod
    def _files(*names):
        return [(name, PDF) for name in names]

    @classmethod
    def _now(cls):
        return fields.Datetime.now()
