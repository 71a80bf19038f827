from odoo.tests import freeze_time, tagged

from .common import SupplierCommon


@tagged("post_install", "-at_install")
class TestCertificateExpiry(SupplierCommon):
    def setUp(self):
        super().setUp()
        self.company.s2b2b_start_date = self._day(-1)
        self.licence = self._certificate_type(required=True, reminder_days="30,7")
        self.supplier = self._supplier()

    def _run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("s2b2b_supplier.cron_check_certificates").method_direct_trigger()
        self.env.invalidate_all()

    def _reminders(self):
        return self.env["mail.mail"].search([("subject", "like", "expires on")])

    def test_expiry_suspends_with_a_reason_that_names_the_certificate(self):
        certificate = self._certificate(self.supplier, self.licence, expiry=self._day(0))
        self._run_cron()
        self.assertEqual(self.supplier.supplier_status, "qualified")
        with freeze_time(self._day(1)):
            self._run_cron()
        self.assertEqual(certificate.state, "expired")
        self.assertEqual(self.supplier.supplier_status, "suspended")
        self.assertIn("Trade Licence N-1", self.supplier.supplier_status_reason)

    def test_type_that_is_not_required_suspends_nobody(self):
        self.licence.required = False
        self._certificate(self.supplier, self.licence, expiry=self._day(0))
        with freeze_time(self._day(1)):
            self._run_cron()
        self.assertEqual(self.supplier.supplier_status, "qualified")

    def test_category_that_needed_it_is_suspended_alone(self):
        food, tools = self._category("Food"), self._category("Tools")
        self.licence.category_ids = food
        self._certificate(self.supplier, self.licence, expiry=self._day(0))
        with freeze_time(self._day(1)):
            self._run_cron()
            self.company.supplier_gate_policy = "block"
            jam, saw = self._product("Jam", categ_id=food.id), self._product(categ_id=tools.id)
            unfit = [
                self.supplier._supplier_unfit_reasons(self.company, product)[self.supplier.id]
                for product in (jam, saw)
            ]
        self.assertEqual(self.supplier.supplier_status, "qualified")
        self.assertIn("Food", unfit[0])
        self.assertFalse(unfit[1])

    def _open_order(self, product):
        return self._order(self.supplier, {product: 5}, promised=self._day(10))

    def _expire_tomorrow(self):
        self.company.open_order_policy = "hold"
        self._certificate(self.supplier, self.licence, expiry=self._day(0))
        with freeze_time(self._day(1)):
            self._run_cron()

    def test_only_orders_of_a_category_that_needed_it_are_held(self):
        food, tools = self._category("Food"), self._category("Tools")
        self.licence.category_ids = food
        jam = self._product("Jam", categ_id=self._category("Jams", food).id)
        saw = self._product("Saw", categ_id=tools.id)
        held, mixed, free = (self._open_order(product) for product in (jam, saw, saw))
        mixed.order_line.copy({"order_id": mixed.id, "product_id": jam.id})
        self._expire_tomorrow()
        self.assertEqual([len(order.activity_ids) for order in (held, mixed, free)], [1, 1, 0])
        self.assertIn("Trade Licence N-1 expired", held.activity_ids.note)
        with freeze_time(self._day(2)):
            self._run_cron()
        self.assertEqual(len(held.activity_ids), 1, "it is asked about once")

    def test_all_orders_of_a_supplier_suspended_as_a_whole_are_held_once(self):
        food = self._category("Food")
        hygiene = self._certificate_type("Hygiene", required=True, category_ids=food.ids)
        self._certificate(self.supplier, hygiene, expiry=self._day(0), number="H-1")
        jam, saw = self._product("Jam", categ_id=food.id), self._product("Saw")
        orders = self._open_order(jam), self._open_order(saw)
        self._expire_tomorrow()
        self.assertEqual(self.supplier.supplier_status, "suspended")
        self.assertEqual(self.supplier.supplier_suspended_category_ids, food)
        self.assertEqual([len(order.activity_ids) for order in orders], [1, 1])

    def test_renewal_in_time_keeps_the_status_for_the_grace_period(self):
        self.company.renewal_grace_days = 10
        self._certificate(self.supplier, self.licence, expiry=self._day(0))
        self._certificate(
            self.supplier, self.licence, number="N-2", expiry=self._day(400), state="submitted"
        )
        with freeze_time(self._day(10)):
            self._run_cron()
            self.assertEqual(self.supplier.supplier_status, "qualified")
        with freeze_time(self._day(11)):
            self._run_cron()
            self.assertEqual(self.supplier.supplier_status, "suspended")

    def test_renewal_after_expiry_has_no_grace(self):
        self._certificate(self.supplier, self.licence, expiry=self._day(0))
        with freeze_time(self._day(1)):
            self._certificate(self.supplier, self.licence, number="N-2", state="submitted")
            self._run_cron()
        self.assertEqual(self.supplier.supplier_status, "suspended")

    def test_verified_renewal_lifts_the_suspension(self):
        self._certificate(self.supplier, self.licence, expiry=self._day(0))
        with freeze_time(self._day(1)):
            self._run_cron()
            renewal = self._certificate(
                self.supplier, self.licence, number="N-2", state="submitted"
            )
            self.assertEqual(self.supplier.supplier_status, "suspended")
            renewal.with_user(self.supplier_user).action_verify()
        self.assertEqual(self.supplier.supplier_status, "qualified")

    def test_verified_renewal_lifts_the_suspension_of_its_categories(self):
        self.licence.category_ids = self._category()
        self._certificate(self.supplier, self.licence, expiry=self._day(0))
        with freeze_time(self._day(1)):
            self._run_cron()
            self.assertEqual(
                self.supplier.supplier_suspended_category_ids, self.licence.category_ids
            )
            self._certificate(self.supplier, self.licence, number="N-2")
        self.assertFalse(self.supplier.supplier_suspended_category_ids)

    def test_renewal_does_not_lift_a_suspension_by_decision(self):
        self._certificate(self.supplier, self.licence)
        self.supplier._supplier_suspend("Fraud")
        self._certificate(self.supplier, self.licence, number="N-2")
        self.assertEqual(self.supplier.supplier_status, "suspended")

    def test_each_reminder_goes_out_once(self):
        self._certificate(self.supplier, self.licence, expiry=self._day(60))
        sent = []
        for day in (29, 30, 31, 32, 52, 53, 54):
            with freeze_time(self._day(day)):
                before = self._reminders()
                self._run_cron()
                sent.append(len(self._reminders() - before))
        self.assertEqual(sent, [0, 1, 0, 0, 0, 1, 0])

    def test_missed_days_send_the_nearest_reminder_only(self):
        self._certificate(self.supplier, self.licence, expiry=self._day(60))
        with freeze_time(self._day(55)):
            self._run_cron()
            self._run_cron()
        self.assertEqual(len(self._reminders()), 1)

    def test_renewal_that_waits_stops_the_reminders(self):
        self._certificate(self.supplier, self.licence, expiry=self._day(5))
        self._certificate(
            self.supplier, self.licence, number="N-2", expiry=self._day(400), state="submitted"
        )
        self._run_cron()
        self.assertFalse(self._reminders())

    def test_reminder_goes_to_the_suppliers_administrators(self):
        admin = self._portal_user(self.supplier, "portal_admin", role="admin").partner_id
        self._portal_user(self.supplier, "portal_viewer", role="viewer")
        self._certificate(self.supplier, self.licence, expiry=self._day(5))
        self._run_cron()
        self.assertEqual(self._reminders().recipient_ids, admin)

    def test_end_of_the_qualification_suspends(self):
        self.supplier._supplier_set_validity(self._day(0))
        with freeze_time(self._day(1)):
            self._run_cron()
        self.assertEqual(self.supplier.supplier_status, "suspended")
        self.assertEqual(self.supplier.supplier_status_cause, "validity")

    def test_running_again_changes_nothing(self):
        self._certificate(self.supplier, self.licence, expiry=self._day(0))
        with freeze_time(self._day(1)):
            self._run_cron()
            since = self.supplier.supplier_status_date
        with freeze_time(self._day(2)):
            self._run_cron()
        self.assertEqual(self.supplier.supplier_status_date, since)

    def _suspend_for_certificate(self):
        self._certificate(self.supplier, self.licence, expiry=self._day(0))
        with freeze_time(self._day(1)):
            self._run_cron()
        self.assertEqual(self.supplier.supplier_status_cause, "certificate")

    def test_company_that_has_not_begun_suspends_and_reminds_nobody(self):
        certificate = self._certificate(self.supplier, self.licence, expiry=self._day(0))
        self._certificate(self._supplier(), self.licence, number="N-2", expiry=self._day(5))
        for start in (False, self._day(9)):
            self.env["res.company"].search([]).s2b2b_start_date = start
            with freeze_time(self._day(1)):
                self._run_cron()
            self.assertEqual(certificate.state, "verified")
            self.assertEqual(self.supplier.supplier_status, "qualified")
            self.assertFalse(self._reminders())

    def test_supplier_of_a_company_that_has_not_begun_is_left_alone(self):
        other = self.env["res.company"].create({"name": "Later"})
        self.supplier.company_id = other
        self._certificate(self.supplier, self.licence, expiry=self._day(0))
        with freeze_time(self._day(1)):
            self._run_cron()
        self.assertEqual(self.supplier.supplier_status, "qualified")

    def test_manager_takes_a_suspension_for_a_certificate_over(self):
        self._suspend_for_certificate()
        self.supplier._supplier_suspend("Fraud")
        self.assertRecordValues(
            self.supplier,
            [
                {
                    "supplier_status": "suspended",
                    "supplier_status_cause": "manual",
                    "supplier_status_before": "qualified",
                    "supplier_status_reason": "Fraud",
                }
            ],
        )
        with freeze_time(self._day(1)):
            self._certificate(self.supplier, self.licence, number="N-2")
            self._run_cron()
        self.assertEqual(self.supplier.supplier_status, "suspended")
        self.supplier._supplier_reinstate("Cleared up")
        self.assertEqual(self.supplier.supplier_status, "qualified")

    def test_type_that_is_required_no_more_lifts_what_it_had_suspended(self):
        for change in ({"required": False}, {"active": False}):
            with self.subTest(**change):
                self.licence.write({"required": True, "active": True})
                self.supplier = self._supplier()
                self._suspend_for_certificate()
                self.licence.write(change)
                with freeze_time(self._day(2)):
                    self._run_cron()
                self.assertEqual(self.supplier.supplier_status, "qualified")

    def test_categories_are_free_again_once_their_type_is_not_required(self):
        self.licence.category_ids = self._category()
        self._certificate(self.supplier, self.licence, expiry=self._day(0))
        with freeze_time(self._day(1)):
            self._run_cron()
            self.assertTrue(self.supplier.supplier_suspended_category_ids)
            self.licence.required = False
            self._run_cron()
        self.assertFalse(self.supplier.supplier_suspended_category_ids)

    def test_grace_is_that_of_the_company_that_approved_last(self):
        other = self.env["res.company"].create({"name": "Approver", "renewal_grace_days": 10})
        self.company.renewal_grace_days = 0
        self._certificate(self.supplier, self.licence, expiry=self._day(0))
        renewal = {"number": "N-2", "expiry": self._day(400), "state": "submitted"}
        self._certificate(self.supplier, self.licence, **renewal)
        audited = self._qualification(self.supplier)
        audited._write_guarded({"company_id": other.id, "state": "approved"})
        for day, status in ((10, "qualified"), (11, "suspended")):
            with freeze_time(self._day(day)):
                self._run_cron()
            self.assertEqual(self.supplier.supplier_status, status)
