from odoo.tests import tagged

from .common_portal import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalOverview(PortalCommon):
    def _page(self, user=None):
        self._login(user or self.user_a)
        return self.url_open("/my/supplier").text

    def test_reason_of_a_suspension_is_told_and_other_reasons_are_not(self):
        self.assertNotIn("For the test", self._page())
        self.a._supplier_suspend("Licence <expired>")
        page = self._page()
        self.assertIn("You get no new orders.", page)
        self.assertIn("Licence &lt;expired&gt;", page)

    def test_supplier_without_deliveries_is_not_rated(self):
        self.assertIn("Not rated yet", self._page())

    def test_score_and_grade_are_those_of_the_last_period(self):
        product = self._product()
        month = self._month()
        for _number in range(6):
            self._receive(self._order(self.a, {product: 5}, promised=month[1]), day=month[1])
        self.env["s2b2b.scorecard"]._evaluate(self.a, *month)
        self.assertTrue(self.a.supplier_is_rated)
        page = self._page()
        self.assertIn(f"{self.a.supplier_score:.1f}", page)
        self.assertIn(self.a.supplier_grade_id.name, page)
        self.assertNotIn("Not rated yet", page)

    def test_tasks_name_what_is_missing_ending_expired_or_rejected(self):
        missing = self._certificate_type("Missing Licence", required=True)
        ending, expired, rejected = (
            self._certificate(self.a, self._certificate_type(f"{name} Licence"), **values)
            for name, values in {
                "Ending": {"expiry": self._day(20)},
                "Expired": {"expiry": self._day(1)},
                "Rejected": {"state": "submitted"},
            }.items()
        )
        expired._expire()
        rejected.action_reject("Not legible")
        tasks = self.env["s2b2b.supplier.portal"]._get_tasks(self.a)
        texts = [task["text"] for task in tasks]
        self.assertEqual(len(texts), 4)
        for name in (missing.name, ending.type_id.name, expired.type_id.name):
            self.assertTrue(any(name in text for text in texts), name)
        self.assertFalse(tasks[-1]["urgent"])
        self.assertIn(ending.type_id.name, tasks[-1]["text"])

    def test_renewal_under_way_is_no_task(self):
        kind = self._certificate_type()
        self._certificate(self.a, kind, expiry=self._day(5))
        self._certificate(self.a, kind, expiry=self._day(400), state="submitted", number="N-2")
        self.assertFalse(self.env["s2b2b.supplier.portal"]._get_tasks(self.a))

    def test_wrong_closures_are_refused_and_stay_in_the_form(self):
        self._login(self.user_a)
        for first, last in (
            (str(self._day(5)), str(self._day(3))),
            (str(self._day(5)), ""),
            ("tomorrow", "2026-13-40"),
        ):
            with self.subTest(first=first, last=last):
                data = {"closed_from": first, "closed_to": last}
                page = self._post("/my/supplier/closure", data).text
                self.assertIn("text-danger", page)
                self.assertIn(first, page)
                self.assertFalse(self.a.supplier_closed_from)

    def test_closure_is_announced_and_taken_back(self):
        self._login(self.user_a)
        data = {"closed_from": str(self._day(3)), "closed_to": str(self._day(5))}
        self._post("/my/supplier/closure", data)
        self.env.invalidate_all()
        self.assertTrue(self.a._supplier_is_closed(self._day(4)))
        self._post("/my/supplier/closure", {"closed_from": "", "closed_to": ""})
        self.env.invalidate_all()
        self.assertFalse(self.a.supplier_closed_from)

    def test_home_shows_the_card_to_suppliers_only(self):
        self._login(self.user_a)
        self.assertIn('href="/my/supplier"', self.url_open("/my").text)
        stranger = self._supplier("Member Company", status="none")
        self._login(self._portal_user(stranger, "portal_stranger"))
        self.assertNotIn('href="/my/supplier"', self.url_open("/my").text)
