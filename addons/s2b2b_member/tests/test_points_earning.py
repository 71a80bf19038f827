from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import MemberCommon


class PointsCommon(MemberCommon):
    """A company that counts points, and a Gold member that gets half as many again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.company.write({"member_points": True, "points_rate": 1, "points_value": 0.1})
        cls.gold.points_multiplier = 1.5
        cls.member = cls._member(grade_id=cls.gold.id)
        cls.entries = cls.env["s2b2b.points.entry"]

    def _of(self, member=None):
        return self.entries.search([("partner_id", "=", (member or self.member).id)], order="id")

    def _balance(self, member=None):
        member = member or self.member
        card = self._card(member)
        entries = self._of(member)
        balance = sum(entries.mapped("remaining"))
        self.assertEqual(balance, sum(entries.mapped("quantity")), "the ledger adds up")
        self.assertEqual(card.points, max(balance, 0), "the card mirrors the ledger")
        return balance

    def _card(self, member):
        cards = self.env["loyalty.card"].search(
            [("partner_id", "=", member.id), ("program_id.is_member_points", "=", True)]
        )
        self.assertLessEqual(len(cards), 1)
        return cards

    def _reward_order(self, amount=1000, partner=None, **vals):
        """An order with the discount for all points of its member, as the button claims it."""
        order = self._order(partner or self.member, amount, **vals)
        order._update_programs_and_rewards()
        card = self._card(self.member)
        reward = card.program_id.reward_ids
        self.assertIn(reward, order._get_claimable_rewards()[card])
        order._apply_program_reward(reward, card)
        return order

    def _gift_order(self, points):
        """An order of the member that takes a gift for ``points``."""
        card = self._card(self.member)
        gift = self.env["loyalty.reward"].create(
            {
                "program_id": card.program_id.id,
                "reward_type": "product",
                "reward_product_id": self.product_b.id,
                "required_points": points,
            }
        )
        order = self._order(self.member, 1000)
        order._update_programs_and_rewards()
        order._apply_program_reward(gift, card)
        return order

    def _paid_invoice(self, amount, day="2026-06-01", **vals):
        invoice = self._invoice(self.member, amount, day, **vals)
        self._pay(invoice, day)
        return invoice

    def _credit(self, invoice, amount=None, post=True):
        refund = invoice._reverse_moves([{"invoice_date": invoice.invoice_date}])
        if amount is not None:
            refund.invoice_line_ids.price_unit = amount
        if post:
            refund.action_post()
        return refund

    def _undo_payment(self, invoice):
        invoice.line_ids.remove_move_reconcile()


@tagged("post_install", "-at_install")
class TestPointsEarning(PointsCommon):
    def test_without_the_switch_nothing_is_earned(self):
        self.company.member_points = False
        self._paid_invoice(1000)
        self.assertFalse(self._of())

    def test_customer_that_is_no_member_earns_nothing(self):
        self.member.is_member = False
        self._paid_invoice(1000)
        self.assertFalse(self._of())

    def test_invoice_before_the_start_date_earns_nothing(self):
        self.company.s2b2b_start_date = "2026-06-02"
        self._paid_invoice(1000)
        self.assertFalse(self._of())

    def test_posted_or_partly_paid_invoice_has_earned_nothing_yet(self):
        invoice = self._invoice(self.member, 1000, "2026-06-01")
        self._pay(invoice, "2026-06-01", 999)
        self.assertFalse(self._of())
        self._pay(invoice, "2026-06-02")
        self.assertEqual(self._balance(), 1500)

    def test_paid_invoice_earns_once_with_the_multiplier_of_the_tier(self):
        invoice = self._paid_invoice(1000)
        self.assertRecordValues(
            self._of(),
            [{"kind": "purchase", "quantity": 1500, "move_id": invoice.id, "rate": 1.5}],
        )
        invoice._invoice_paid_hook()
        invoice.browse()._invoice_paid_hook()
        self.assertEqual(self._balance(), 1500)

    def test_contact_of_a_member_earns_for_the_company(self):
        invoice = self._invoice(self._contact(self.member), 100, "2026-06-01")
        self._pay(invoice, "2026-06-01")
        self.assertEqual(self._balance(), 150)

    def test_undone_payment_takes_them_back_and_the_next_one_brings_them_again(self):
        invoice = self._paid_invoice(1000)
        expiry = self._of().expiry_date
        self._undo_payment(invoice)
        self.assertEqual(self._balance(), 0)
        self.member.grade_id = self.diamond
        self._pay(invoice, "2026-06-05")
        self.assertEqual(self._balance(), 1500, "at the rate of its first payment")
        self.assertEqual(self._of().mapped("kind"), ["purchase", "reverse", "reverse"])
        self.assertEqual(self._of().filtered("remaining").expiry_date, expiry)

    def test_credit_note_takes_back_in_proportion(self):
        invoice = self._paid_invoice(1000)
        self._credit(invoice, 250)
        self.assertEqual(self._balance(), 1125)
        self._credit(invoice, 750)
        self.assertEqual(self._balance(), 0)

    def test_draft_credit_note_takes_nothing_and_a_cancelled_one_gives_back(self):
        refund = self._credit(self._paid_invoice(1000), 400, post=False)
        self.assertEqual(self._balance(), 1500)
        refund.action_post()
        self.assertEqual(self._balance(), 900)
        refund.button_draft()
        self.assertEqual(self._balance(), 1500)

    def test_invoice_closed_by_its_credit_note_earns_nothing(self):
        invoice = self._invoice(self.member, 1000, "2026-06-01")
        invoice._reverse_moves([{"invoice_date": "2026-06-02"}], cancel=True)
        self.assertEqual(invoice.payment_state, "reversed")
        self.assertFalse(self._of())

    def test_part_credited_before_the_rest_is_paid_earns_for_the_rest(self):
        invoice = self._invoice(self.member, 1000, "2026-06-01")
        refund = self._credit(invoice, 400)
        (invoice + refund).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        ).reconcile()
        self._pay(invoice, "2026-06-02")
        self.assertEqual(self._balance(), 900)

    def test_free_credit_note_counts_for_the_invoice_it_is_set_against(self):
        invoice = self._invoice(self.member, 1000, "2026-06-01")
        refund = self._invoice(self.member, 300, "2026-06-01", kind="out_refund")
        (invoice + refund).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        ).reconcile()
        self._pay(invoice, "2026-06-02")
        self.assertEqual(self._balance(), 1050)

    def test_invoice_set_to_draft_loses_its_points(self):
        invoice = self._paid_invoice(1000)
        invoice.button_draft()
        self.assertEqual(self._balance(), 0)

    def test_points_spent_before_they_are_taken_back_leave_a_debt_that_is_paid_first(self):
        invoice = self._paid_invoice(1000)
        self.entries._grant("adjust", self.member, -1500, "Spent", "spent")
        self._credit(invoice)
        self.assertEqual(self._balance(), -1500)
        self._paid_invoice(1200)
        self.assertEqual(self._balance(), 300)

    def test_order_invoiced_in_parts_and_credited_by_the_order_is_counted_once(self):
        self.product_a.write({"invoice_policy": "delivery", "type": "service"})
        order = self._order(self.member, 100)
        line = order.order_line
        line.product_uom_qty = 10
        line.price_unit = 100
        order.action_confirm()
        for delivered in (4, 10):
            line.qty_delivered = delivered
            invoice = order._create_invoices()
            invoice.action_post()
            self._pay(invoice, invoice.invoice_date)
        self.assertEqual(self._balance(), 1500)
        line.qty_delivered = 8
        refund = order._create_invoices(final=True)
        self.assertEqual(refund.move_type, "out_refund")
        refund.action_post()
        self.assertEqual(self._balance(), 1200)

    def test_activity_gives_once_for_a_key_and_never_less_than_a_point(self):
        other = self._member("Other Member")
        for _time in range(2):
            self.entries._points_grant(self.member | other, 40, "Trade fair", "fair")
        self.assertEqual((self._balance(), self._balance(other)), (40, 40))
        self.assertEqual(set(self._of(other).mapped("kind")), {"activity"})
        with self.assertRaises(UserError):
            self.entries._points_grant(self.member, 0, "Nothing", "nothing")

    def test_ledger_is_only_added_to(self):
        self.entries._points_grant(self.member, 40, "Trade fair", "fair")
        for change in (
            lambda: self._of().write({"quantity": 400}),
            lambda: self._of().unlink(),
        ):
            with self.assertRaises(UserError):
                change()
        self._card(self.member).points = 1000
        self.assertEqual(self._balance(), 40)

    def test_card_is_not_changed_by_cores_own_wizard(self):
        self.entries._points_grant(self.member, 40, "Trade fair", "fair")
        wizard = self.env["loyalty.card.update.balance"].create(
            {"card_id": self._card(self.member).id, "new_balance": 99, "description": "x"}
        )
        with self.assertRaises(UserError):
            wizard.action_update_card_point()

    def test_members_that_are_merged_have_one_card_with_all_points(self):
        twin = self._member("Riverside Gifts Ltd")
        self.entries._points_grant(self.member | twin, 40, "Trade fair", "fair")
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.member | twin).ids, self.member
        )
        self.assertEqual(self._balance(), 80)
        self.entries._points_grant(self.member, 1, "Survey", "survey")
        self.assertEqual(self._balance(), 81)

    def test_foreign_invoice_earns_by_the_companys_currency(self):
        currency = self.setup_other_currency("EUR", rates=[("2026-01-01", 2.0)])
        self._paid_invoice(1000, currency_id=currency.id)
        self.assertEqual(self._balance(), 750)

    def test_other_company_counts_its_own_points(self):
        other = self.env["res.company"].create({"name": "Second", "member_points": True})
        self.entries.with_company(other)._points_grant(self.member, 7, "Fair", "fair")
        self._paid_invoice(100)
        self.assertEqual(self.member.points_balance, 150)
        self.assertEqual(self.member.with_company(other).points_balance, 7)

    def test_invoice_lines_without_points_program_need_no_card(self):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.member.id,
                "order_line": [Command.create({"product_id": self.product_a.id})],
            }
        )
        order.action_confirm()
        self.assertFalse(self._of())
