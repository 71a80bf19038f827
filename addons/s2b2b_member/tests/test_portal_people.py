from odoo.http import Request
from odoo.tests import HttpCase, new_test_user, tagged

from .common import MemberCommon

PEOPLE = "/my/membership/people"
APPROVALS = "/my/membership/approvals"


@tagged("post_install", "-at_install")
class TestPortalPeople(HttpCase, MemberCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member, cls.other = cls._member(), cls._member("Other Member")
        cls.admin = cls._login("people-admin", cls.member, "admin")
        cls.buyer = cls._login("people-buyer", cls.member, "buyer", member_order_limit=500)
        cls.approver = cls._login("people-approver", cls.member, "approver")
        cls.stranger = cls._login("people-stranger", cls.other, "admin")

    @classmethod
    def _login(cls, login, member, role, **vals):
        user = new_test_user(
            cls.env,
            login,
            password=login,
            groups="base.group_portal",
            company_id=cls.env.company.id,
            company_ids=[(6, 0, cls.env.company.ids)],
        )
        user.partner_id.write({"parent_id": member.id, "member_role": role, **vals})
        return user.partner_id

    def _get(self, person, path=PEOPLE):
        login = person.user_ids.login
        self.authenticate(login, login)
        return self.url_open(path)

    def _post(self, person, path, **data):
        login = person.user_ids.login
        self.authenticate(login, login)
        return self.url_open(path, data={"csrf_token": Request.csrf_token(self), **data})

    def _held(self):
        order = self._order(self.buyer, 800)
        order.action_confirm()
        return order

    def test_only_the_administrator_keeps_the_people(self):
        for person in (self.buyer, self.approver):
            with self.subTest(person=person.name):
                self.assertEqual(self._get(person).status_code, 404)
                path = f"{PEOPLE}/{person.id}/save"
                self.assertEqual(self._post(person, path, role="admin").status_code, 404)
                invite = self._post(person, f"{PEOPLE}/invite", name="X", email="x@example.com")
                self.assertEqual(invite.status_code, 404)
        self.assertEqual(self.buyer.member_role, "buyer")

    def test_administrator_of_another_member_reaches_nobody(self):
        for verb in ("save", "close"):
            path = f"{PEOPLE}/{self.buyer.id}/{verb}"
            self.assertEqual(self._post(self.stranger, path, role="viewer").status_code, 404)
        self.assertNotIn(self.buyer.name, self._get(self.stranger).text)
        self.assertEqual(self.buyer.member_role, "buyer")

    def test_person_is_invited_with_role_and_limit(self):
        answer = self._post(
            self.admin,
            f"{PEOPLE}/invite",
            name="Nia New",
            email="nia@example.com",
            role="buyer",
            limit="250,50",
        )
        self.assertIn("done=invited", answer.url)
        person = self.member.child_ids.filtered(lambda p: p.name == "Nia New")
        self.assertRecordValues(person, [{"member_role": "buyer", "member_order_limit": 250.5}])
        self.assertTrue(person.has_member_login)

    def test_bad_invitations_are_refused_and_keep_nothing(self):
        for data in (
            {"name": "X", "email": "x@example.com", "role": ""},
            {"name": "", "email": "x@example.com"},
            {"name": "X", "email": "x at example"},
            {"name": "X", "email": "x@example.com", "role": "king"},
            {"name": "X", "email": "x@example.com", "limit": "-1"},
            {"name": "X", "email": "x@example.com", "limit": "much"},
            {"name": "X", "email": "x@example.com", "limit": "nan"},
        ):
            with self.subTest(data=data):
                data = {"role": "buyer", **data}
                answer = self._post(self.admin, f"{PEOPLE}/invite", **data)
                self.assertIn("alert-danger", answer.text)
        self.assertFalse(self.member.child_ids.filtered(lambda p: p.name == "X"))

    def test_nobody_learns_which_address_has_a_login_elsewhere(self):
        self.stranger.user_ids.sudo().login = "taken@example.com"
        pages = []
        for name, email in (("Nia New", "nia@example.com"), ("Tim Taken", "taken@example.com")):
            data = {"name": name, "email": email, "role": "buyer"}
            answer = self._post(self.admin, f"{PEOPLE}/invite", **data)
            self.assertIn("done=invited", answer.url)
            row = answer.text[answer.text.index(name) :][:600]
            pages.append("No login" in row)
        self.assertEqual(*pages)
        taken = self.member.child_ids.filtered(lambda p: p.name == "Tim Taken")
        self.assertFalse(taken.has_member_login)
        self.assertIn("Tim Taken", "".join(self.member.activity_ids.mapped("summary")))

    def test_role_is_changed_and_login_closed(self):
        self._post(self.admin, f"{PEOPLE}/{self.buyer.id}/save", role="viewer", limit="")
        self.assertRecordValues(self.buyer, [{"member_role": "viewer", "member_order_limit": 0}])
        self._post(self.admin, f"{PEOPLE}/{self.buyer.id}/close")
        self.assertFalse(self.buyer.has_member_login)
        self.assertFalse(self.buyer.member_role)

    def test_last_administrator_stays(self):
        for verb in ("save", "close"):
            path = f"{PEOPLE}/{self.admin.id}/{verb}"
            self.assertIn("alert-danger", self._post(self.admin, path, role="viewer").text)
        self.assertEqual(self.admin.member_role, "admin")

    def test_only_approvers_of_the_member_see_and_answer(self):
        order = self._held()
        for person in (self.buyer, self.stranger):
            answer = self._post(person, f"{APPROVALS}/{order.id}/approve")
            self.assertEqual(answer.status_code, 404)
        self.assertNotIn(order.name, self._get(self.stranger, APPROVALS).text)
        self.assertEqual(self._get(self.buyer, APPROVALS).status_code, 404)
        self.assertEqual(order.hold_reason, "member_approval")

    def test_approver_finds_the_order_and_approves_it(self):
        order = self._held()
        self.assertIn(APPROVALS, self._get(self.approver, "/my/membership").text)
        self.assertIn(order.name, self._get(self.approver, APPROVALS).text)
        self._post(self.approver, f"{APPROVALS}/{order.id}/approve")
        self.assertEqual(order.state, "sale")
        self.assertEqual(order.member_approver_id, self.approver)

    def test_approver_declines_with_a_reason(self):
        order = self._held()
        self._post(self.approver, f"{APPROVALS}/{order.id}/decline", reason="Too much")
        self.assertEqual(order.state, "cancel")
        gone = self._post(self.approver, f"{APPROVALS}/{order.id}/approve")
        self.assertEqual(gone.status_code, 404)

    def test_buyer_who_signs_a_quotation_above_its_limit_does_not_confirm_it(self):
        order = self._order(self.member, 800, require_signature=True)
        order.action_quotation_sent()
        order.with_user(self.buyer.user_ids).sudo()._validate_order()
        self.assertEqual(order.s2b2b_contact_id, self.buyer)
        self.assertEqual(order.hold_reason, "member_approval")
