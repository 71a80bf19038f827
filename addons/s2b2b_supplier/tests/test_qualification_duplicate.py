from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SupplierCommon

VAT = "GB980780684"


@tagged("post_install", "-at_install")
class TestQualificationDuplicate(SupplierCommon):
    """A vendor we buy from already applies: people decide that it is the same company."""

    def setUp(self):
        super().setUp()
        self.vendor = self._supplier("Kendal", status="none")
        self.vendor.write({"vat": VAT, "phone": "1"})
        self.applicant = self._supplier("Kendal Mint", status="none")
        self.applicant.write({"vat": VAT, "phone": "2", "email": "ann@kendal.example.com"})
        self.contact = self.partner_model.create({"name": "Ann", "parent_id": self.applicant.id})
        self.kind = self._certificate_type()
        self.paper = self._certificate(self.applicant, self.kind)
        self.record = self._qualification(self.applicant, "submitted", contact_id=self.contact.id)

    def _use_existing(self, user=None):
        self.record.with_user(user or self.supplier_user).action_use_existing()

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_buyers_do_not_move_applications(self):
        with self.assertRaises(AccessError):
            self._use_existing(self.buyer)
        self.assertEqual(self.record.partner_id, self.applicant)

    def test_application_goes_on_with_the_company_that_is_known(self):
        self.assertEqual(self.record.existing_partner_id, self.vendor)
        self._use_existing()
        self.assertRecordValues(
            self.vendor,
            [
                {
                    "supplier_status": "applicant",
                    "phone": "1",
                    "email": "ann@kendal.example.com",
                    "supplier_certificate_ids": self.paper.ids,
                    "child_ids": self.contact.ids,
                }
            ],
        )
        self.assertRecordValues(
            self.record,
            [
                {
                    "partner_id": self.vendor.id,
                    "contact_id": self.contact.id,
                    "state": "submitted",
                    "certificate_ids": self.paper.ids,
                }
            ],
        )
        self.assertRecordValues(self.applicant, [{"active": False, "supplier_status": "none"}])
        with self.assertRaisesRegex(UserError, "no existing company"):
            self._use_existing()

    def test_nothing_is_moved_while_it_is_not_clear_to_whom(self):
        self._supplier("Third", status="none").vat = VAT
        self.env.invalidate_all()
        self.assertFalse(self.record.existing_partner_id)
        with self.assertRaises(UserError):
            self._use_existing()

    def test_company_that_is_a_supplier_is_not_offered(self):
        self.vendor._supplier_qualify("Known well")
        self.env.invalidate_all()
        self.assertFalse(self.record.existing_partner_id)
