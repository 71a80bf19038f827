from dateutil.relativedelta import relativedelta

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import SupplierCommon


@tagged("post_install", "-at_install")
class TestSupplierDashboard(SupplierCommon):
    def setUp(self):
        super().setUp()
        self.model = self.env["s2b2b.supplier.dashboard"]

    def _page(self):
        return self.model.with_user(self.supplier_user).get_dashboard()

    def _tiles(self):
        return {tile["key"]: tile for part in self._page()["sections"] for tile in part["tiles"]}

    def _counts(self):
        return {key: tile["count"] for key, tile in self._tiles().items()}

    def test_page_is_for_supplier_management(self):
        portal = self._portal_user(self._supplier(), "portal_a", role="admin")
        for user in (self.buyer, portal):
            with self.assertRaises(AccessError):
                self.model.with_user(user).get_dashboard()

    def test_tiles_count_what_waits_ends_and_is_in_trouble(self):
        before = self._counts()
        self._qualification(self._supplier(status="none"), "submitted")
        self._qualification(self._supplier(status="none"), "audit")
        supplier = self._supplier(supplier_valid_until=self._day(60))
        self._supplier(supplier_valid_until=self._day(61))
        kind = self._certificate_type()
        self._certificate(supplier, kind, expiry=self._day(60))
        later = self._certificate_type("Hygiene")
        self._certificate(supplier, later, number="N-2", expiry=self._day(61))
        self._certificate(supplier, kind, number="N-3", state="submitted")
        self._supplier(status="suspended")
        self.env["s2b2b.supplier.elimination"]._propose(supplier, "Fraud")
        grown = {key: count - before[key] for key, count in self._counts().items()}
        self.assertEqual(
            {key: count for key, count in grown.items() if count},
            {
                "applications": 1,
                "decisions": 1,
                "verify": 1,
                "eliminations": 1,
                "certificates": 1,
                "validity": 1,
                "suspended": 1,
            },
        )

    def test_each_tile_opens_the_list_it_counts(self):
        self._qualification(self._supplier(status="none"), "submitted")
        self._supplier(status="suspended")
        for key, tile in self._tiles().items():
            with self.subTest(key=key):
                action = tile["action"]
                found = self.env[action["res_model"]].with_user(self.supplier_user)
                self.assertEqual(found.search_count(action["domain"]), tile["count"])
                self.assertEqual(action["views"][-1][1], "form")

    def _rectification(self, supplier, month, state="issued"):
        """A rectification about one month; ``state``: ``draft``, ``issued`` and what follows."""
        first, last = self._month(month)
        record = self.env["s2b2b.rectification"].create(
            {
                "partner_id": supplier.id,
                "date_from": first,
                "date_to": last,
                "line_ids": [Command.create({"name": "Labels"})],
            }
        )
        if state != "draft":
            record.action_issue()
        if state == "overdue":
            record._lapse()
        return record

    def test_suppliers_under_rectification_are_counted_once_and_not_by_their_drafts(self):
        before = self._counts()["rectification"]
        twice, late, drafted, over = (self._supplier(f"Rectified {number}") for number in range(4))
        self._rectification(twice, 1)
        self._rectification(twice, 2)
        self._rectification(late, 1, "overdue")
        self._rectification(drafted, 1, "draft")
        ended = self._rectification(over, 1, "overdue")
        ended.review_note = "Nothing has come."
        ended.action_reject()
        tile = self._tiles()["rectification"]
        self.assertEqual(tile["count"] - before, 2)
        listed = self.partner_model.search(tile["action"]["domain"])
        self.assertEqual(listed & (twice | late | drafted | over), twice | late)

    def test_paper_with_a_verified_renewal_or_of_an_eliminated_supplier_ends_unnoticed(self):
        kind = self._certificate_type()
        renewed, waiting, gone = (self._supplier(f"Papers {number}") for number in range(3))
        for supplier in (renewed, waiting, gone):
            self._certificate(supplier, kind, expiry=self._day(30))
        self._certificate(renewed, kind, number="N-2")
        renewal = self._certificate(waiting, kind, number="N-2", state="submitted")
        gone._supplier_eliminate("Fraud")
        ours = renewed | waiting | gone
        self.assertEqual(self._ending() & ours, waiting)
        renewal.action_verify()
        self.assertFalse(self._ending() & ours)

    def _ending(self):
        domain = self._tiles()["certificates"]["action"]["domain"]
        return self.env["s2b2b.certificate"].search(domain).partner_id

    def test_suppliers_are_counted_by_grade(self):
        best = self.env["s2b2b.supplier.grade"].search([], limit=1)
        before = {row["label"]: row["count"] for row in self._page()["grades"]}
        supplier = self._supplier()
        self._supplier("New")
        supplier._write_guarded({"supplier_is_rated": True, "supplier_grade_id": best.id})
        after = {row["label"]: row["count"] for row in self._page()["grades"]}
        self.assertEqual(after["A"] - before["A"], 1)
        self.assertEqual(after["Not rated"] - before["Not rated"], 1)

    def test_grade_movement_compares_the_last_two_closed_periods(self):
        self.company.s2b2b_start_date = self.today - relativedelta(months=12)
        older, newer = [
            days for days in self.company._scorecard_periods(self.today) if days[1] < self.today
        ][-2:]
        grades = self.env["s2b2b.supplier.grade"].search([])
        up, down, same = (self._supplier(name) for name in ("Up", "Down", "Same"))
        for (first, last), scores in (
            (older, {up: (60, 2), down: (90, 0), same: (71, 1)}),
            (newer, {up: (75, 1), down: (40, 3), same: (80, 1)}),
        ):
            self.env["s2b2b.scorecard"].create(
                [
                    {
                        "partner_id": supplier.id,
                        "company_id": self.company.id,
                        "date_from": first,
                        "date_to": last,
                        "is_rated": True,
                        "score": value,
                        "grade_id": grades[grade].id,
                    }
                    for supplier, (value, grade) in scores.items()
                ]
            )
        movement = self._page()["movement"]
        rows = [(r["name"], r["before"], r["after"], r["change"]) for r in movement["rows"]]
        self.assertEqual(rows, [("Down", "A", "D", "-50.0"), ("Up", "C", "B", "+15.0")])
        self.assertEqual((movement["up"], movement["down"]), (1, 1))

    def test_without_a_start_date_nothing_has_moved(self):
        self.assertEqual(self._page()["movement"], {"up": 0, "down": 0, "rows": []})
