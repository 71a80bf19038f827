from odoo.tests import tagged

from .common_portal import PortalCommon

URL = "/my/supplier/profile"


@tagged("post_install", "-at_install")
class TestPortalProfile(PortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        areas = cls.env["s2b2b.delivery.area"]
        cls.area = areas.create({"name": "Islands", "country_ids": cls._gb().ids})
        cls.a.vat = "GB123456782"

    def setUp(self):
        super().setUp()
        self._login(self.user_a)

    def _save(self, path="", **form):
        answer = self._post(f"{URL}{path}", form)
        self.env.invalidate_all()
        return answer

    def test_role_decides_what_may_be_changed(self):
        for role in ("orders", "catalogue", "finance", "viewer"):
            self._login(self._portal_user(self.a, f"portal_{role}", role=role))
            with self.subTest(role=role):
                self.assertEqual(self.url_open(URL).status_code, 200)
                self.assertEqual(self._save(phone="1").status_code, 403)
                expected = 200 if role == "catalogue" else 403
                self.assertEqual(self._save("/areas").status_code, expected)
        self.assertFalse(self.a.phone)

    def test_another_supplier_changes_only_its_own(self):
        self._login(self.user_b)
        self._save(phone="999", id=str(self.a.id), partner_id=str(self.a.id))
        self.assertFalse(self.a.phone)
        self.assertNotIn("Ashford", self.url_open(URL).text)

    def test_contact_data_changes_with_a_note_but_never_the_identity(self):
        self._save(phone="+44 20 1", city="Ashford", name="Evil", vat="X", supplier_status="none")
        self.assertRecordValues(
            self.a,
            [{"phone": "+44 20 1", "city": "Ashford", "name": "Ashford Foods"}],
        )
        self.assertEqual(self.a.vat, "GB123456782")
        self.assertIn("portal_user_a", "".join(self.a.message_ids.mapped("body")))

    def test_wrong_mail_address_is_shown_again(self):
        self.assertIn("is-invalid", self._save(email="nobody").text)

    def test_delivery_areas_are_chosen_from_ours(self):
        self._save("/areas", area=str(self.area.id))
        self.assertEqual(self.a.delivery_area_ids, self.area)
        self._save("/areas", area="999999")
        self.assertFalse(self.a.delivery_area_ids)
