from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user, tagged

from ..tools.retail import COLUMNS, group_documents, read_lines
from .common import MemberCommon

ROWS = """\
540001,L-MUG,RED MUG,6,2026-03-02 09:00:00,2.55,71001,USA
540001,L-TIN,CAKE TIN,2,2026-03-02 09:00:00,10.00,71001,USA
C540002,L-MUG,RED MUG,-1,2026-03-05 10:00:00,2.55,71001,USA
540003,L-TIN,CAKE TIN,4,2026-06-25 11:00:00,10.00,71002,EIRE
"""


@tagged("post_install", "-at_install")
class TestHistoryLoading(MemberCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.loader = cls.env["s2b2b.history.loader"]
        cls.documents = cls._read(ROWS)

    @classmethod
    def _read(cls, rows):
        lines = read_lines([",".join(COLUMNS) + "\n", *rows.splitlines(True)], "sales.csv")
        return list(group_documents(lines))

    def _load(self, documents=None, shift=timedelta(), **options):
        return self.loader._load_documents(
            documents or self.documents, shift, paid_until=self.today, **options
        )

    def _move(self, number):
        return self.env["account.move"].search(
            [("history_ref", "=", number), ("company_id", "=", self.env.company.id)]
        )

    def test_loading_is_refused_while_credit_is_checked(self):
        self.env.company.member_credit_policy = "block"
        with self.assertRefused("Switch the credit check"):
            self._load()

    def test_loading_is_refused_without_chart_of_accounts(self):
        self.env.company.chart_template = False
        with self.assertRefused("has no chart of accounts"):
            self._load()

    def test_portal_does_not_see_the_number_in_the_file(self):
        portal = new_test_user(self.env, "stranger", groups="base.group_portal")
        moves = self.env["account.move"].with_user(portal)
        self.assertEqual(moves.fields_get(["history_ref"]), {})

    def test_sales_become_orders_and_posted_invoices_with_tax(self):
        loaded = self._load()
        self.assertEqual(loaded[:5], (2, 2, 1, 4, 2))
        invoice = self._move("540001")
        self.assertEqual((invoice.state, invoice.move_type), ("posted", "out_invoice"))
        self.assertEqual(invoice.amount_untaxed, 35.30)
        taxes = invoice.invoice_line_ids.tax_ids
        self.assertEqual(taxes, self.env.company.account_sale_tax_id)
        self.assertAlmostEqual(invoice.amount_tax, 35.30 * taxes.amount / 100, 2)
        self.assertEqual(invoice.invoice_date, fields.Date.to_date("2026-03-02"))
        order = invoice.invoice_line_ids.sale_line_ids.order_id
        self.assertEqual((order.state, order.invoice_status), ("sale", "invoiced"))
        self.assertEqual(order.amount_total, invoice.amount_total)
        self.assertEqual(order.date_order, fields.Datetime.to_datetime("2026-03-02 09:00:00"))

    def test_rows_taken_back_become_a_credit_note_without_order(self):
        self._load()
        note = self._move("C540002")
        self.assertEqual((note.state, note.move_type), ("posted", "out_refund"))
        self.assertEqual(note.amount_untaxed, 2.55)
        self.assertFalse(note.invoice_line_ids.sale_line_ids)

    def test_members_and_products_are_made_once(self):
        self._load()
        members = self.env["res.partner"].search([("member_ref", "in", ["71001", "71002"])])
        self.assertEqual(members.mapped("is_member"), [True, True])
        self.assertEqual(set(members.country_id.mapped("code")), {"US", "IE"})
        products = self.env["product.product"].search([("default_code", "like", "L-%")])
        self.assertEqual(set(products.mapped("name")), {"Red mug", "Cake tin"})

    def test_known_member_and_product_are_used(self):
        member = self._member("Known Gifts", member_ref="71002")
        product = self.env["product.product"].create({"name": "My tin", "default_code": "L-TIN"})
        self._load()
        self.assertEqual(self._move("540003").partner_id, member)
        self.assertEqual(self._move("540003").invoice_line_ids.product_id, product)

    def test_what_is_due_is_paid_and_the_rest_is_open(self):
        self._load()
        self.assertIn(self._move("540001").payment_state, ("paid", "in_payment"))
        self.assertEqual(self._move("540001").amount_residual, 0)
        self.assertEqual(self._move("540003").payment_state, "not_paid")

    def test_same_documents_again_add_nothing(self):
        self._load()
        again = self._load()
        self.assertEqual(again[:5], (0, 0, 0, 0, 0))
        self.assertEqual(again.known, self.documents)
        self.assertEqual(len(self._move("540001")), 1)

    def test_document_with_other_lines_is_named_and_left_alone(self):
        self._load()
        other = self._read(ROWS.splitlines()[0] + "\n")
        self.assertEqual(self._load(other).other, other)
        self.assertEqual(len(self._move("540001").invoice_line_ids), 2)

    def test_another_company_can_load_the_same_file(self):
        self._load()
        company = self.setup_other_company()["company"]
        loaded = self.loader.with_company(company)._load_documents(
            self.documents, timedelta(), paid_until=self.today
        )
        self.assertEqual(loaded.invoices, 2)

    def test_dates_are_moved_by_the_shift(self):
        self._load(shift=timedelta(weeks=2))
        self.assertEqual(self._move("540001").date, fields.Date.to_date("2026-03-16"))

    def test_invoices_alone_where_orders_are_not_wanted(self):
        self.assertEqual(self._load(orders=False).orders, 0)
        self.assertFalse(self._move("540001").invoice_line_ids.sale_line_ids)

    def test_fiscal_position_of_the_member_maps_its_taxes(self):
        exempt = self.env["account.fiscal.position"].create(
            {"name": "No tax", "company_id": self.env.company.id}
        )
        member = self._member("Abroad Ltd", member_ref="71002")
        member.property_account_position_id = exempt
        self._load()
        self.assertEqual(self._move("540003").amount_tax, 0)
        self.assertEqual(self._move("540003").fiscal_position_id, exempt)

    def test_journal_of_loaded_sales_is_their_own(self):
        own = self.env["account.journal"].search([("type", "=", "sale")])
        self._load()
        journal = self._move("540001").journal_id
        self.assertNotIn(journal, own)
        self.assertEqual(self._move("C540002").journal_id, journal)
        self.assertEqual(self.env["s2b2b.history.accounting"]._get_journal("sale"), journal)

    def test_loaded_history_earns_a_tier(self):
        self._load()
        member = self.env["res.partner"].search([("member_ref", "=", "71001")])
        self.silver.min_amount = 30
        self._evaluate(member)
        self.assertEqual(member.grade_id, self.silver)
        self.assertEqual(member.member_amount, 32.75)

    def test_queries_do_not_grow_with_the_lines_of_a_batch(self):
        def count(documents):
            start = self.env.cr.sql_log_count
            self._load(documents)
            self.env.flush_all()
            return self.env.cr.sql_log_count - start

        def batch(number, size):
            return self._read(
                "".join(
                    f"{number},L-MUG,RED MUG,{n},2026-06-29 09:00:00,2.55,71001,United Kingdom\n"
                    for n in range(1, size + 1)
                )
            )

        count(batch(540100, 2))
        self.assertLessEqual(count(batch(540102, 60)), count(batch(540101, 6)) + 10)
