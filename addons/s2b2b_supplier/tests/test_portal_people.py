from datetime import datetime, timedelta

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common_portal import PortalCommon

URL = "/my/supplier/people"


@tagged("post_install", "-at_install")
class TestPortalPeople(PortalCommon):
    """A supplier's administrator looks after its own people, and after nobody else's."""

    def setUp(self):
        super().setUp()
        self.clerk = self._portal_user(self.a, "portal_clerk", role="orders")
        self._login(self.user_a)

    def _act(self, user, action, **form):
        answer = self._post(f"{URL}/{user.partner_id.id}/{action}", form)
        self.env.invalidate_all()
        return answer

    def _invite(self, email="new@ashford.example", role="catalogue", name="Nora New"):
        answer = self._post(URL, {"name": name, "email": email, "role": role})
        self.env.invalidate_all()
        return answer

    def _contact(self, email="new@ashford.example"):
        return self.env["res.partner"].search(
            [("email", "=", email), ("parent_id", "=", self.a.id)]
        )

    def test_only_administrators_see_and_change_people(self):
        for role in ("orders", "catalogue", "finance", "viewer", False):
            user = self._portal_user(self.a, f"portal_{role}", role=role)
            self._login(user)
            with self.subTest(role=role):
                self.assertEqual(self.url_open(URL).status_code, 403)
                self.assertEqual(self._invite().status_code, 403)
                self.assertEqual(self._act(user, "role", role="admin").status_code, 403)
                self.assertEqual(self._act(self.user_a, "close").status_code, 403)
                self.assertEqual(user.partner_id.supplier_role, role)
        self.assertFalse(self._contact())
        self.assertTrue(self.user_a.active)

    def test_people_of_another_supplier_and_our_staff_are_out_of_reach(self):
        staff = new_test_user(self.env, "staff_of_ours", "base.group_user")
        staff.partner_id.parent_id = self.a
        for user in (self.user_b, staff):
            for action in ("role", "close", "open"):
                with self.subTest(user=user.login, action=action):
                    answer = self._act(user, action, role="viewer")
                    self.assertIn("none of yours", answer.text)
        self.assertEqual(self.user_b.partner_id.supplier_role, "admin")
        self.assertTrue(staff.active)
        self.assertNotIn("portal_user_b", self.url_open(URL).text)

    def test_roles_are_written_through_the_page_only(self):
        contact = self.clerk.partner_id.with_user(self.clerk)
        with self.assertRaises(AccessError):
            contact.write({"supplier_role": "admin"})

    def test_unknown_role_is_refused(self):
        self.assertIn("no such role", self._act(self.clerk, "role", role="owner").text)
        self.assertIn("a role", self._invite(role="owner").text)
        self.assertEqual(self.clerk.partner_id.supplier_role, "orders")

    def test_last_administrator_stays(self):
        for action in ("role", "close"):
            with self.subTest(action=action):
                answer = self._act(self.user_a, action, role="viewer")
                self.assertIn("stay administrator", answer.text)
        self._act(self.clerk, "role", role="admin")
        self._act(self.user_a, "role", role="viewer")
        self.assertEqual(self.user_a.partner_id.supplier_role, "viewer")
        self.assertEqual(self.url_open(URL).status_code, 403)

    def test_closed_administrator_does_not_count_as_one(self):
        self._act(self.clerk, "role", role="admin")
        self.clerk.active = False
        self.assertIn("stay administrator", self._act(self.user_a, "close").text)

    def test_invited_person_gets_a_login_with_the_role(self):
        self._invite()
        contact = self._contact()
        self.assertRecordValues(contact, [{"name": "Nora New", "supplier_role": "catalogue"}])
        self.assertTrue(contact.user_ids._is_portal())
        self.assertIn("Invited", self.url_open(URL).text)
        self.assertIn("Nora New", self.a.message_ids[0].body)

    def test_answer_does_not_tell_who_has_a_login_elsewhere(self):
        self.user_b.login = "known@brent.example"
        before = self.url_open(URL).text.count("Invited")
        known = self._invite("known@brent.example", name="Same Name")
        unknown = self._invite("unknown@brent.example", name="Same Name")
        self.assertEqual(known.url, unknown.url)
        text = self.url_open(URL).text
        self.assertEqual(text.count("Invited"), before + 2)
        self.assertEqual(self.user_b.partner_id.parent_id, self.b)
        self.assertFalse(self._contact("known@brent.example").user_ids)
        for email in ("known@brent.example", "unknown@brent.example"):
            self._post(f"{URL}/{self._contact(email).id}/close")
        self.env.invalidate_all()
        self.assertNotIn("Same Name", self.url_open(URL).text)

    def test_same_address_is_not_invited_twice_and_not_without_end(self):
        self._invite()
        self.assertIn("already", self._invite().text)
        for number in range(20):
            self._invite(f"p{number}@ashford.example")
        self.assertIn("call us", self._invite("one@more.example").text)
        self.assertFalse(self._contact("one@more.example"))

    def test_closing_ends_the_login_and_its_keys_and_opening_brings_it_back(self):
        keys = self.env(user=self.clerk)["res.users.apikeys"].sudo()
        keys._generate("rpc", "ERP", datetime.now() + timedelta(days=1))
        self.authenticate(self.clerk.login, self.clerk.login)
        self._login(self.user_a)
        self._act(self.clerk, "close")
        self.assertFalse(self.clerk.active)
        self.assertFalse(keys.search([("user_id", "=", self.clerk.id)]))
        self.assertIn("Closed", self.url_open(URL).text)
        self._act(self.clerk, "open")
        self.assertTrue(self.clerk.active)
