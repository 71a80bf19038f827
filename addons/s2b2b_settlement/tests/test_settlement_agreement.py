from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SettlementCommon


@tagged("post_install", "-at_install")
class TestSettlementAgreement(SettlementCommon):
    def setUp(self):
        super().setUp()
        self._rule(10)
        self._delivered((self.jam, 10))
        self._delivered((self.tea, 1))
        self.settlement = self._generate(self.supplier)

    def _line(self, kind, product):
        return self.settlement.line_ids.filtered(
            lambda line: line.kind == kind and line.product_id == product
        )

    def test_states_are_not_written_by_hand(self):
        with self.assertRaises(AccessError):
            self.settlement.stage = "confirmed"
        with self.assertRaises(AccessError):
            self.settlement.copy({"stage": "confirmed"})
        with self.assertRaises(AccessError):
            self.settlement.amount_total = 1.0
        line = self._line("goods", self.jam)
        for vals in ({"amount": 1.0}, {"state": "agreed"}, {"kind": "penalty"}):
            with self.assertRaises(UserError):
                line.write(vals)
        self.settlement.action_send()
        with self.assertRaises(UserError):
            self.settlement.date_to = self._day(0)

    def test_draft_is_not_confirmed(self):
        with self.assertRefused("Draft"):
            self.settlement.action_confirm()

    def test_sending_sets_the_last_day_and_mails(self):
        self.settlement.action_send()
        self.assertEqual(self.settlement.state, "sent")
        self.assertEqual(self.settlement.confirm_by, self._day(7))
        message = self.settlement.message_ids.filtered("attachment_ids")
        self.assertEqual(message.partner_ids, self.supplier)
        self.assertTrue(message.attachment_ids.raw.startswith(b"%PDF"))

    def test_empty_statement_is_not_sent(self):
        empty = self.settlements.create(
            {
                "partner_id": self.supplier.id,
                "currency_id": self.company.currency_id.id,
                "date_from": "2021-01-01",
                "date_to": "2021-01-31",
            }
        )
        with self.assertRefused("no lines"):
            empty.action_send()

    def test_confirming_agrees_to_all_lines(self):
        self.settlement.action_send()
        self.settlement.action_confirm()
        self.settlement.action_confirm()
        self.assertEqual(self.settlement.state, "confirmed")
        self.assertEqual(set(self.settlement.line_ids.mapped("state")), {"agreed"})
        self.assertEqual(self.settlement.confirmed_by_id, self.env.user.partner_id)

    def test_disputed_lines_move_with_their_commission_to_the_next_statement(self):
        self.settlement.action_send()
        tea = self._line("goods", self.tea)
        self.settlement.action_dispute(tea.ids, "Two boxes, not one")
        fee = self._line("commission", self.tea)
        self.assertEqual((self.settlement.state, fee.state), ("disputed", "disputed"))
        self.assertEqual(self.settlement.amount_disputed, 6.99)
        self.assertTrue(self.settlement.activity_ids)
        self.settlement.action_confirm()
        self.assertEqual(self._amounts(self.settlement), {"goods": 100.0, "commission": -10.0})
        self.assertEqual(self.settlement.moved_line_ids, tea | fee)
        later = self._generate(self.supplier, period=(self._day(0), self._day(0)))
        self.assertEqual(later.line_ids, tea | fee)
        self.assertEqual((tea.origin_settlement_id, tea.state), (self.settlement, "disputed"))
        self.assertIn("Two boxes", " ".join(tea.message_ids.mapped("body")))
        tea.action_release()
        self.assertEqual((tea.state, fee.state), ("open", "open"))

    def test_nothing_agreed_is_not_confirmed(self):
        self.settlement.action_send()
        self.settlement.action_dispute()
        with self.assertRefused("agreed"):
            self.settlement.action_confirm()

    def test_lines_of_another_statement_are_not_disputed_here(self):
        self.settlement.action_send()
        other = self.env["s2b2b.settlement.line"].search(
            [("settlement_id", "!=", self.settlement.id)], limit=1
        )
        with self.assertRaises(UserError):
            self.settlement.action_dispute([other.id or 0], "Wrong")

    def test_line_added_by_hand_counts_and_can_be_deleted(self):
        line = self.env["s2b2b.settlement.line"].create(
            {
                "settlement_id": self.settlement.id,
                "kind": "penalty",
                "name": "Late delivery",
                "amount": -5,
            }
        )
        self.assertEqual(line.partner_id, self.supplier)
        self.assertEqual(self.settlement.amount_other, -5.0)
        with self.assertRaises(UserError):
            self._line("goods", self.jam).unlink()
        line.unlink()
        self.assertEqual(self.settlement.amount_other, 0.0)

    def test_silence_confirms_after_two_reminders_where_it_is_switched_on(self):
        self.settlement.action_send()
        last = self.settlement.confirm_by
        self._run_silent(last + timedelta(days=1))
        self.assertEqual(self.settlement.state, "sent")
        self.company.settlement_silence_confirms = True
        self._run_silent(last - timedelta(days=3))
        self._run_silent(last - timedelta(days=1))
        self._run_silent(last - timedelta(days=1))
        self.assertEqual(self.settlement.reminder_count, 2)
        self._run_silent(last)
        self.assertEqual(self.settlement.state, "sent")
        self._run_silent(last + timedelta(days=1))
        self.assertEqual(self.settlement.state, "confirmed")
        self.assertFalse(self.settlement.confirmed_by_id)

    def _run_silent(self, today):
        company_class = self.registry["res.company"]
        self.patch(company_class, "_get_settlement_today", lambda _company: today)
        with self.enter_registry_test_mode():
            self.env.ref("s2b2b_settlement.cron_confirm_silent").method_direct_trigger()
