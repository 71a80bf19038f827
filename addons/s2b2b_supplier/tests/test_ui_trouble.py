from odoo.tests import tagged

from .common_portal import PortalCommon
from .common_rectification import RectificationCommon


@tagged("post_install", "-at_install")
class TestUiTrouble(PortalCommon, RectificationCommon):
    """What went wrong, in the browser: the supplier's pages and the manager's dashboard."""

    def test_supplier_answers_a_claim_after_mending_the_offer(self):
        claim = self._claim(self._received(self.a))
        self.start_tour("/my/supplier/claims", "s2b2b_supplier_claim", login=self.user_a.login)
        self.assertEqual(claim.state, "answered")
        self.assertEqual((claim.offered_resolution, claim.offered_amount), ("price_cut", 12.5))

    def test_supplier_plans_how_to_do_better(self):
        record = self._issued(self.a)
        url = "/my/supplier/rectifications"
        self.start_tour(url, "s2b2b_supplier_rectification", login=self.user_a.login)
        self.assertEqual(record.state, "answered")
        self.assertEqual(record.line_ids.action, "A second truck.")

    def test_supplier_contests_a_late_delivery(self):
        self.company.supplier_contest_days = 90
        self._delivered([4])
        card = self._evaluate()
        self.start_tour("/my/supplier/scores", "s2b2b_supplier_contest", login=self.user_a.login)
        contest = card.contest_ids
        self.assertEqual(contest.state, "open")
        self.assertEqual(len(contest.line_ids), 1)

    def test_manager_decides_a_claim_from_the_dashboard(self):
        claim = self._answered(self._received(self.a))
        claim.write({"resolution": "reject", "resolution_note": "Within the tolerance."})
        url = "/odoo/s2b2b-supplier-dashboard"
        self.start_tour(url, "s2b2b_supplier_dashboard", login=self.supplier_manager.login)
        self.assertEqual(claim.state, "refused")
        self.assertEqual(claim.resolved_by_id, self.supplier_manager)
