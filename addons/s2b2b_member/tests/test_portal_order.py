from odoo.http import Request
from odoo.tests import JsonRpcException, new_test_user, tagged
from odoo.tools import mute_logger

from .test_portal import PortalCommon

SIGNATURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAA"
    "AABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestPortalOrder(PortalCommon):
    """Who may order for a member signs its quotations on core's page; nobody else does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.portal.partner_id
        cls.env.company.portal_confirmation_sign = True
        cls.order = cls._order(cls.member, 800, require_signature=True, require_payment=False)
        cls.order.action_quotation_sent()
        cls.order._portal_ensure_token()

    def _sign(self, login="riverside", order=None):
        order = order or self.order
        self.authenticate(login, login) if login else self.authenticate(None, None)
        return self.make_jsonrpc_request(
            f"/my/orders/{order.id}/accept",
            {"access_token": order.access_token, "name": "R. Reed", "signature": SIGNATURE},
        )

    def _decline(self):
        self.authenticate("riverside", "riverside")
        return self.url_open(
            f"/my/orders/{self.order.id}/decline?access_token={self.order.access_token}",
            data={"csrf_token": Request.csrf_token(self), "decline_message": "No"},
        )

    def test_people_without_the_task_neither_sign_nor_decline_nor_pay(self):
        for role in ("viewer", "finance", False):
            self.person.member_role = role
            with self.subTest(role=role):
                self.assertIn("right to order", self._sign()["error"])
                self._decline()
                with (
                    mute_logger("odoo.http"),
                    self.assertRaisesRegex(JsonRpcException, "ValidationError"),
                ):
                    self.make_jsonrpc_request(
                        f"/my/orders/{self.order.id}/transaction",
                        {"access_token": self.order.access_token},
                    )
                self.assertEqual(self.order.state, "sent")
                self.assertFalse(self.order.signature)

    def test_buyer_signs_and_is_named(self):
        self.person.member_role = "buyer"
        self.assertNotIn("error", self._sign())
        self.assertEqual(self.order.state, "sale")
        self.assertEqual(self.order.s2b2b_contact_id, self.person)

    def test_buyer_above_its_limit_waits_for_the_approver(self):
        self.person.write({"member_role": "buyer", "member_order_limit": 500})
        self._sign()
        self.assertEqual((self.order.state, self.order.hold_reason), ("sent", "member_approval"))

    def test_signature_by_the_link_of_the_mail_above_the_limit_waits(self):
        self._contact(self.member, "Ash", member_role="approver", email="ash@example.com")
        self.person.write({"member_role": "buyer", "member_order_limit": 500})
        self._sign(login=None)
        self.assertEqual((self.order.state, self.order.hold_reason), ("sent", "member_approval"))
        self.order._approve_for_member()
        self.assertEqual(self.order.state, "sale")

    def test_signature_by_the_link_within_every_limit_confirms(self):
        self.person.write({"member_role": "buyer", "member_order_limit": 900})
        self._sign(login=None)
        self.assertEqual(self.order.state, "sale")

    def test_user_of_another_company_with_the_link_is_nobody_of_the_member(self):
        other = new_test_user(
            self.env, "portal_other", password="portal_other", groups="base.group_portal"
        )
        self.assertFalse(self.order.with_user(other).sudo()._get_signing_refusal())
        self.member.is_member = False
        self.assertNotIn("error", self._sign())
        self.assertEqual(self.order.state, "sale")
