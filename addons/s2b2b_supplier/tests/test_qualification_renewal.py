from dateutil.relativedelta import relativedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import SupplierCommon


@tagged("post_install", "-at_install")
class TestQualificationRenewal(SupplierCommon):
    def setUp(self):
        super().setUp()
        self.company.write({"s2b2b_start_date": self._day(-90), "renewal_lead_days": 60})
        self.food = self._category()
        self.supplier = self._supplier(
            supplier_valid_until=self._day(50), supplier_category_ids=[Command.set(self.food.ids)]
        )

    def _run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("s2b2b_supplier.cron_open_renewals").method_direct_trigger()
        self.env.invalidate_all()

    def _renewals(self, supplier=None):
        return self.env["s2b2b.qualification"].search(
            [("partner_id", "=", (supplier or self.supplier).id), ("kind", "!=", "initial")]
        )

    def test_buyers_do_not_open_renewals(self):
        with self.assertRaises(AccessError):
            self.supplier.with_user(self.buyer).action_supplier_renew()

    def test_renewal_is_opened_ahead_once_with_the_present_terms(self):
        self._run_cron()
        self._run_cron()
        renewal = self._renewals()
        self.assertRecordValues(
            renewal, [{"state": "draft", "kind": "renewal", "category_ids": self.food.ids}]
        )
        self.assertEqual(renewal.activity_ids.date_deadline, self._day(50))

    def test_supplier_is_told_with_its_link_and_may_send(self):
        self.supplier.email = "office@ashford.example"
        self._run_cron()
        renewal = self._renewals()
        mail = self.env["mail.mail"].search([("res_id", "=", renewal.id)], limit=1)
        self.assertIn("/supplier/application/", mail.body_html)
        values = renewal._get_applicant_values()
        self.assertTrue(values["awaits_applicant"])
        renewal._resubmit("Still jam", [])
        self.assertEqual(renewal.state, "submitted")

    def test_nothing_is_opened_that_is_not_due(self):
        far = self._supplier("Far", supplier_valid_until=self._day(61))
        gone = self._supplier("Gone", supplier_valid_until=self._day(10))
        gone._supplier_eliminate("Fraud")
        busy = self._supplier("Busy", supplier_valid_until=self._day(10))
        self._qualification(busy, "submitted", kind="renewal")
        self._run_cron()
        self.assertFalse(self._renewals(far) | self._renewals(gone))
        self.assertEqual(len(self._renewals(busy)), 1)

    def test_installed_alone_it_opens_nothing(self):
        for vals in ({"renewal_lead_days": 0}, {"s2b2b_start_date": False}):
            self.company.write({"renewal_lead_days": 60, "s2b2b_start_date": self._day(-90)})
            self.company.write(vals)
            self._run_cron()
            with self.subTest(vals=vals):
                self.assertFalse(self._renewals())

    def test_company_that_approved_it_renews_it(self):
        other = self.env["res.company"].create(
            {"name": "Other", "s2b2b_start_date": self._day(-90), "renewal_lead_days": 60}
        )
        record = self._qualification(self._supplier("Theirs", status="none"), "audit")
        record.company_id = other
        record.with_user(self.supplier_manager).with_context(
            allowed_company_ids=[self.company.id, other.id]
        ).sudo().action_approve()
        record.partner_id._supplier_set_validity(self._day(20))
        self._run_cron()
        self.assertEqual(self._renewals(record.partner_id).company_id, other)
        self.assertEqual(self._renewals().company_id, self.company)

    def test_renewal_in_time_goes_on_where_the_approval_ends(self):
        record = self._qualification(self.supplier, "audit", kind="renewal")
        record.with_user(self.supplier_manager).action_approve()
        self.assertEqual(
            self.supplier.supplier_valid_until, self._day(50) + relativedelta(months=12)
        )

    def test_button_opens_the_renewal_filled_in(self):
        action = self.supplier.with_user(self.supplier_user).action_supplier_renew()
        values = self.env["s2b2b.qualification"].with_context(**action["context"]).create({})
        self.assertRecordValues(
            values,
            [{"partner_id": self.supplier.id, "kind": "renewal", "category_ids": self.food.ids}],
        )

    def test_button_opens_the_qualification_under_way(self):
        record = self._qualification(self.supplier, "review", kind="renewal")
        action = self.supplier.with_user(self.supplier_user).action_supplier_renew()
        self.assertEqual(action["res_id"], record.id)

    def test_suspended_supplier_is_requalified(self):
        self.supplier._supplier_suspend("Fire")
        action = self.supplier.action_supplier_renew()
        self.assertEqual(action["context"]["default_kind"], "requalification")

    def _requalified(self):
        """The requalification of the suspended supplier, to be decided on."""
        self.company.supplier_gate_policy = "block"
        self.supplier._supplier_set_validity(self._day(-1))
        self.supplier._supplier_suspend("Fire")
        self.assertTrue(self._unfit())
        record = self._qualification(
            self.supplier,
            "audit",
            kind="requalification",
            category_ids=[Command.set(self.food.ids)],
        )
        return record.with_user(self.supplier_manager)

    def _unfit(self):
        product = self._product(categ_id=self.food.id)
        return self.supplier._supplier_unfit_reasons(self.company, product)[self.supplier.id]

    def test_requalification_brings_a_suspended_supplier_back_through_the_gate(self):
        self._requalified().action_approve("Rebuilt")
        self.assertRecordValues(
            self.supplier,
            [
                {
                    "supplier_status": "qualified",
                    "supplier_status_reason": "Rebuilt",
                    "supplier_valid_until": self.today + relativedelta(months=12),
                }
            ],
        )
        self.assertFalse(self._unfit())

    def test_rejected_requalification_leaves_a_supplier_suspended(self):
        self._requalified().action_reject("Not rebuilt")
        self.assertEqual(self.supplier.supplier_status, "suspended")
        self.assertTrue(self._unfit())

    def test_cooling_off_time_comes_before_readmission(self):
        self.company.readmission_months = 6
        self.supplier._supplier_eliminate("Cold chain broken")
        record = self._qualification(self.supplier, kind="requalification")
        with self.assertRaisesRegex(UserError, "readmitted from"):
            record.action_submit()
        with freeze_time(fields.Datetime.now() + relativedelta(months=6, days=1)):
            record.action_submit()
            record.action_start_review()
            record.with_user(self.auditor).action_start_audit()
            record.with_user(self.supplier_manager).action_approve()
        self.assertEqual(self.supplier.supplier_status, "qualified")

    def test_no_requalification_is_approved_within_the_cooling_off_time(self):
        record = self._qualification(self.supplier, "audit", kind="requalification")
        self.supplier._supplier_eliminate("Cold chain broken")
        with self.assertRaisesRegex(UserError, "readmitted from"):
            record.with_user(self.supplier_manager).action_approve()

    def test_credit_record_of_the_last_approval_stands_on_the_supplier(self):
        record = self._qualification(
            self.supplier,
            "audit",
            kind="renewal",
            credit_source="Creditsafe",
            credit_score="B+",
            credit_limit=5000,
            credit_date=self._day(-3),
        )
        self.assertFalse(self.supplier.supplier_credit_source)
        record.with_user(self.supplier_manager).action_approve()
        self.supplier.invalidate_recordset()
        self.assertRecordValues(
            self.supplier,
            [
                {
                    "supplier_credit_source": "Creditsafe",
                    "supplier_credit_score": "B+",
                    "supplier_credit_limit": 5000,
                    "supplier_credit_date": self._day(-3),
                }
            ],
        )
