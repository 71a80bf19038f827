from odoo.tests import tagged

from .common_portal import PortalCommon


@tagged("post_install", "-at_install")
class TestUiSupplier(PortalCommon):
    def test_company_applies_mends_a_mistake_and_is_an_applicant(self):
        self._certificate_type(required=True, number_format="national")
        self.company.supplier_applications = True
        self.start_tour("/supplier/apply", "s2b2b_supplier_apply")
        partner = self.partner_model.search([("name", "=", "Kendal Mint")])
        self.assertEqual(partner.supplier_status, "applicant")
        self.assertEqual(partner.supplier_certificate_ids.state, "submitted")
        self.assertEqual(partner.supplier_certificate_ids.attachment_ids.name, "licence.pdf")

    def test_supplier_renews_a_licence_and_reports_stock(self):
        kind = self._certificate_type(required=True)
        self._certificate(self.a, kind, expiry=self._day(5))
        self._offer(self.a, self._product())
        self.start_tour("/my/supplier", "s2b2b_supplier_self_service", login=self.user_a.login)
        renewal = self.a.supplier_certificate_ids.filtered(lambda paper: paper.number == "N-2")
        self.assertEqual(renewal.state, "submitted")
        stock = self.env["s2b2b.supplier.stock"].search([("partner_id", "=", self.a.id)])
        self.assertEqual(stock.available_qty, 80)
