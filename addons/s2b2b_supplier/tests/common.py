from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import Command, fields
from odoo.tests import TransactionCase, new_test_user
from odoo.tools import SQL

PDF = b"%PDF-1.4\n% a test\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 16


class SupplierCommon(TransactionCase):
    """Suppliers, their papers, offers, orders and receipts, in words of the business.

    Other modules stack their own common class on top of it; all records are the tests' own.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.company = cls.env.company
        cls.partner_model = cls.env["res.partner"]
        # What is required, and what is switched on, is up to each test.
        cls.company.write(
            {
                "s2b2b_start_date": False,
                "supplier_gate_policy": "off",
                "supplier_qualification_required": False,
                "supplier_template_id": False,
            }
        )
        cls.env["s2b2b.certificate.type"].search([]).action_archive()
        groups = {
            "user": "s2b2b_supplier.group_user",
            "manager": "s2b2b_supplier.group_manager",
            "buyer": "purchase.group_purchase_user",
        }
        cls.supplier_user, cls.supplier_manager, cls.buyer = (
            new_test_user(cls.env, f"test_supplier_{name}", group) for name, group in groups.items()
        )
        cls.auditor = new_test_user(
            cls.env, "test_supplier_auditor", "s2b2b_supplier.group_manager"
        )
        cls.today = fields.Date.context_today(cls.company)

    @classmethod
    def _day(cls, days):
        """The day so many days from today; negative: in the past."""
        return cls.today + timedelta(days=days)

    @classmethod
    def _month(cls, back=1):
        """(first day, last day) of the last month; ``back``: of one before."""
        day = cls.today - relativedelta(months=back)
        return day + relativedelta(day=1), day + relativedelta(day=31)

    @classmethod
    def _supplier(cls, name="Ashford Foods", status="qualified", **terms):
        partner = cls.partner_model.create(
            {"name": name, "is_company": True, "supplier_rank": 1, "country_id": cls._gb().id}
        )
        verbs = {
            "applicant": partner._supplier_apply,
            "qualified": partner._supplier_qualify,
            "conditional": partner._supplier_condition,
            "suspended": partner._supplier_suspend,
            "eliminated": partner._supplier_eliminate,
        }
        if status != "none":
            verbs[status]("For the test", **terms)
        return partner

    @classmethod
    def _gb(cls):
        return cls.env.ref("base.uk")

    @classmethod
    def _portal_user(cls, supplier, login, role=False):
        contact = cls.partner_model.create(
            {
                "name": login,
                "parent_id": supplier.id,
                "email": f"{login}@example.com",
                "supplier_role": role,
            }
        )
        return new_test_user(cls.env, login, "base.group_portal", partner_id=contact.id)

    @classmethod
    def _certificate_type(cls, name="Trade Licence", **values):
        return cls.env["s2b2b.certificate.type"].create(
            {"name": name, "number_format": "none", **values}
        )

    @classmethod
    def _certificate(cls, supplier, kind, expiry=None, state="verified", number="N-1", **values):
        certificate = cls.env["s2b2b.certificate"].create(
            {
                "partner_id": supplier.id,
                "type_id": kind.id,
                "number": number,
                "expiry_date": expiry or cls._day(365),
                **values,
            }
        )
        if state != "draft":
            certificate.action_submit()
        if state == "verified":
            certificate.action_verify()
        return certificate

    @classmethod
    def _qualification(cls, supplier, state="draft", **values):
        """A qualification as far as ``audit``; the auditor audits, so that others may decide."""
        record = cls.env["s2b2b.qualification"].create({"partner_id": supplier.id, **values})
        steps = ["action_submit", "action_start_review", "action_start_audit"]
        for step in steps[: ["draft", "submitted", "review", "audit"].index(state)]:
            getattr(record.with_user(cls.auditor), step)()
        return record

    @classmethod
    def _category(cls, name="Food", parent=None):
        return cls.env["product.category"].create(
            {"name": name, "parent_id": parent.id if parent else False}
        )

    @classmethod
    def _product(cls, name="Marmalade", **values):
        return cls.env["product.product"].create(
            {"name": name, "type": "consu", "is_storable": True, **values}
        )

    @classmethod
    def _offer(cls, supplier, product, price=10.0, min_qty=0.0, delay=2, **values):
        return cls.env["product.supplierinfo"].create(
            {
                "partner_id": supplier.id,
                "product_tmpl_id": product.product_tmpl_id.id,
                "price": price,
                "min_qty": min_qty,
                "delay": delay,
                **values,
            }
        )

    @classmethod
    def _order(cls, supplier, quantities, promised=None, confirm=True, **values):
        """A purchase order of ``{product: quantity}``, promised for a day."""
        promised = fields.Datetime.to_datetime(promised or cls._day(0)) + timedelta(hours=12)
        order = cls.env["purchase.order"].create(
            {
                "partner_id": supplier.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "product_qty": quantity,
                            "price_unit": 10.0,
                            "date_planned": promised,
                        }
                    )
                    for product, quantity in quantities.items()
                ],
                **values,
            }
        )
        if confirm:
            order.button_confirm()
        return order

    @classmethod
    def _receive(cls, order, quantities=None, day=None):
        """Receives ``{product: quantity}`` (None: everything) of an order on a day."""
        picking = order.picking_ids.filtered(lambda p: p.state not in ("done", "cancel"))
        for move in picking.move_ids:
            wanted = move.product_uom_qty if quantities is None else quantities[move.product_id]
            move.write({"quantity": wanted, "picked": True})
        picking.supplier_arrival_date = day or cls._day(0)
        picking.with_context(skip_backorder=True).button_validate()
        return picking

    @classmethod
    def _copy_rows(cls, record, times, **columns):
        """Ids of ``times`` copies of a record's row; ``columns`` are the SQL of copy ``n``."""
        cls.env.flush_all()
        cls.env.cr.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND table_name = %s AND column_name <> 'id'",
            [record._table],
        )
        names = [name for (name,) in cls.env.cr.fetchall()]
        rows = cls.env.execute_query(
            SQL(
                "INSERT INTO %s (%s) SELECT %s FROM %s, generate_series(1, %s) n"
                " WHERE id = %s ORDER BY n RETURNING id",
                SQL.identifier(record._table),
                SQL(", ").join(map(SQL.identifier, names)),
                SQL(", ").join(columns.get(name) or SQL.identifier(name) for name in names),
                SQL.identifier(record._table),
                times,
                record.id,
            )
        )
        return [row_id for (row_id,) in rows]
