from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .common import SupplierCommon


@tagged("post_install", "-at_install")
class TestSupplierSwitchOn(SupplierCommon):
    """A company that buys already switches the gate on, knowing whom it stops."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "base.group_system,s2b2b_supplier.group_manager"
        cls.admin = new_test_user(cls.env, "switch_admin", groups=groups)
        cls.product = cls._product()
        cls.known = cls._supplier("Known Vendor", status="none")
        cls._order(cls.known, {cls.product: 3})
        cls.asked = cls._supplier("Only Asked", status="none")
        cls.quotation = cls._order(cls.asked, {cls.product: 1}, confirm=False)
        cls.fit = cls._supplier("Fit Vendor")
        cls._order(cls.fit, {cls.product: 1})

    def _wizard(self, user=None, **vals):
        model = self.env["s2b2b.supplier.switch.on"].with_user(user or self.admin)
        return model.create(vals)

    def _lines(self, wizard):
        return {line.partner_id: line for line in wizard.line_ids}

    def test_only_administrators_who_manage_suppliers_may(self):
        system = new_test_user(self.env, "only_system", groups="base.group_system")
        for user in (system, self.supplier_manager, self.buyer):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._wizard(user)
        with self.assertRaises(AccessError):
            self.env["s2b2b.supplier.switch.on.line"].with_user(self.supplier_manager).create(
                {"partner_id": self.known.id}
            )
        self.assertEqual(self.company.supplier_gate_policy, "off")

    def test_preview_names_whom_the_gate_would_stop_and_changes_nothing(self):
        lines = self._lines(self._wizard())
        self.assertTrue(lines[self.known].provisional)
        self.assertEqual(lines[self.known].order_count, 1)
        self.assertFalse(lines[self.asked].provisional)
        self.assertEqual(lines[self.asked].open_count, 1)
        self.assertNotIn(self.fit, lines)
        self.assertEqual(self.known.supplier_status, "none")
        self.assertEqual(self.company.supplier_gate_policy, "off")

    def test_preview_follows_what_is_asked_for(self):
        form = Form(self.env["s2b2b.supplier.switch.on"].with_user(self.admin))
        stopped = form.stopped_count
        form.qualification_required = False
        self.assertLess(form.stopped_count, stopped)

    def test_vendors_go_on_provisionally_and_the_others_are_stopped(self):
        wizard = self._wizard(policy="block")
        wizard.action_switch_on()
        self.assertEqual(self.known.supplier_status, "conditional")
        self.assertEqual(self.known.supplier_valid_until, wizard.valid_until)
        self.assertEqual(self.company.supplier_gate_policy, "block")
        self.assertEqual(self.company.s2b2b_start_date, self.today)
        self._order(self.known, {self.product: 1})
        with self.assertRaises(UserError):
            self.quotation.button_confirm()

    def test_another_companys_orders_do_not_count(self):
        other = self.env["res.company"].create({"name": "Other Platform"})
        self.admin.company_ids += other
        wizard = self.env["s2b2b.supplier.switch.on"].with_user(self.admin).with_company(other)
        self.assertFalse(wizard.create({}).line_ids)

    def test_end_in_the_past_and_vendors_with_a_status_are_refused(self):
        with self.assertRaisesRegex(UserError, "day to come"):
            self._wizard(valid_until=self.today).action_switch_on()
        wizard = self._wizard()
        self._lines(wizard)[self.known].partner_id = self.fit
        with self.assertRaisesRegex(UserError, "without a status"):
            wizard.action_switch_on()
        self.assertEqual(self.company.supplier_gate_policy, "off")
