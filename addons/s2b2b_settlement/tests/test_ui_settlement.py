from odoo.tests import HttpCase, tagged

from .common import SettlementCommon


@tagged("post_install", "-at_install")
class TestUiSettlement(SettlementCommon, HttpCase):
    def test_supplier_disputes_one_line_and_confirms_the_rest(self):
        user = self._portal_user(self.supplier, "tour_supplier", role="finance")
        self._rule(10)
        self._delivered((self.jam, 10), (self.tea, 1))
        settlement = self._generate(self.supplier)
        settlement.action_send()
        self.start_tour("/my/supplier", "s2b2b_settlement_answer", login=user.login)
        self.assertEqual(settlement.state, "confirmed")
        self.assertEqual(settlement.amount_total, 90.0)
        self.assertEqual(set(settlement.moved_line_ids.mapped("reason")), {"Two boxes were sent"})
