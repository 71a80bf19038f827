from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common_portal import PortalCommon

URL = "/my/supplier/profile/bank"
OLD, NEW = "GB33BUKB20201555555555", "GB29NWBK60161331926819"


@tagged("post_install", "-at_install")
class TestBankChange(PortalCommon):
    """Nobody is paid to another account before two people have looked at it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        group = "s2b2b_supplier.group_user,account.group_validate_bank_account"
        cls.clerk, cls.second = (new_test_user(cls.env, f"bank_{n}", group) for n in ("one", "two"))
        banks = cls.env["res.partner.bank"].with_user(cls.second).sudo()
        cls.old = banks.create({"partner_id": cls.a.id, "acc_number": OLD})
        cls.old.allow_out_payment = True

    def setUp(self):
        super().setUp()
        self._login(self.user_a)

    def _ask(self, number=NEW, user=None, **form):
        login = (user or self.user_a).login
        answer = self._post(URL, {"acc_number": number, "password": login, **form})
        self.env.invalidate_all()
        return answer

    def _change(self):
        return self.env["s2b2b.bank.change"].search([("partner_id", "=", self.a.id)], limit=1)

    def _checked(self, user=None):
        self._ask()
        change = self._change().with_user(user or self.clerk)
        change.verification = "Called Ms Ashford on the number in the contract"
        change.action_check()
        return change

    def test_role_password_and_number_are_checked_before_anything_is_asked(self):
        for role in ("orders", "catalogue", "viewer"):
            user = self._portal_user(self.a, f"portal_{role}", role=role)
            self._login(user)
            self.assertEqual(self._ask(user=user).status_code, 403)
        self._login(self.user_a)
        self.assertIn("password is wrong", self._ask(password="wrong").text)
        for number in ("GB28NWBK60161331926819", "12", "", "<b>", "6222021234567890"):
            with self.subTest(number=number):
                self.assertIn("is-invalid", self._ask(number).text)
        self.assertFalse(self._change())

    def test_another_supplier_sees_nothing_of_it(self):
        self._ask()
        self._login(self.user_b)
        self.assertNotIn("6819", self.url_open("/my/supplier/profile").text)
        with self.assertRaises(AccessError):
            self._change().with_user(self.user_b).read(["acc_number"])
        with self.assertRaises(AccessError):
            self._change().with_user(self.user_a).action_check()

    def test_present_account_stays_until_approval_and_the_page_shows_only_its_end(self):
        change = self._checked()
        self.assertTrue(self.old.allow_out_payment)
        self.assertEqual(self.a.bank_ids, self.old)
        text = self.url_open("/my/supplier/profile").text
        self.assertIn("Verified", text)
        self.assertNotIn(NEW, text)
        self.assertNotIn(OLD, text)
        change.with_user(self.second).action_approve()
        self.assertFalse(self.old.allow_out_payment)
        new = change.bank_id
        self.assertRecordValues(new, [{"sanitized_acc_number": NEW, "allow_out_payment": True}])
        self.env.invalidate_all()
        self.assertEqual(self.a.bank_ids[:1], new)

    def test_one_person_alone_does_not_bring_it_through(self):
        change = self._checked()
        with self.assertRaises(UserError):
            change.action_approve()
        own = self.env["s2b2b.bank.change"].with_user(self.second)
        change._refuse("Start again")
        self.env.flush_all()
        own = own.create({"partner_id": self.a.id, "acc_number": NEW, "acc_holder_name": "A"})
        own.with_user(self.clerk).verification = "Letter"
        own.with_user(self.clerk).action_check()
        with self.assertRaises(UserError):
            own.action_approve()
        self.assertTrue(self.old.allow_out_payment)

    def test_approval_needs_the_right_to_validate_accounts(self):
        change = self._checked()
        with self.assertRaises(AccessError):
            change.with_user(self.supplier_user).action_approve()

    def test_verification_is_written_down_first(self):
        self._ask()
        with self.assertRaises(UserError):
            self._change().with_user(self.clerk).action_check()

    def test_verified_number_is_not_changed_behind_the_second_persons_back(self):
        change = self._checked()
        with self.assertRaises(UserError):
            change.acc_number = "GB94BARC10201530093459"
        with self.assertRaises(AccessError):
            change.write({"state": "approved"})
        self.assertIn("being decided", self._ask("GB94BARC10201530093459").text)

    def test_newer_wish_replaces_one_that_nobody_has_verified(self):
        self._ask("GB94BARC10201530093459")
        self._ask()
        states = self.env["s2b2b.bank.change"].search([("partner_id", "=", self.a.id)])
        self.assertEqual(states.mapped("state"), ["proposed", "withdrawn"])

    @mute_logger("odoo.sql_db")
    def test_two_open_changes_of_one_supplier_cannot_be(self):
        self._ask()
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.env["s2b2b.bank.change"].create(
                {"partner_id": self.a.id, "acc_number": OLD, "acc_holder_name": "A"}
            )

    def test_administrators_are_told_and_reasons_reach_them(self):
        finance = self._portal_user(self.a, "portal_finance", role="finance")
        self._login(finance)
        self._ask(user=finance)
        notice = self.env["mail.message"].search([("subject", "=", "Your bank account")], limit=1)
        self.assertEqual(notice.notified_partner_ids, self.user_a.partner_id)
        self.assertIn("portal_finance", notice.body)
        self._change().with_user(self.clerk)._refuse("The holder is somebody else")
        self.assertIn("somebody else", self.url_open("/my/supplier/profile").text)

    def test_wrong_number_is_refused_for_staff_too(self):
        with self.assertRaises(ValidationError):
            self.env["s2b2b.bank.change"].create(
                {"partner_id": self.a.id, "acc_number": "GB00", "acc_holder_name": "A"}
            )
