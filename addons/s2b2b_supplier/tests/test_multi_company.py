from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import SupplierCommon


@tagged("post_install", "-at_install")
class TestMultiCompany(SupplierCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create({"name": "Other Platform"})
        cls.other_manager = new_test_user(
            cls.env,
            "test_other_manager",
            "s2b2b_supplier.group_manager",
            company_id=cls.other.id,
            company_ids=[(6, 0, cls.other.ids)],
        )

    def test_documents_of_another_company_are_closed(self):
        supplier, product = self._supplier(), self._product()
        self.env["s2b2b.supplier.stock"]._report(
            supplier.id, product.id, self.company.id, {"available_qty": 5}
        )
        self.env["s2b2b.scorecard"]._evaluate(supplier, self._day(-30), self._day(0))
        self._order(supplier, {product: 1}, promised=self._day(-3))
        self._qualification(supplier, kind="renewal")
        for model in (
            "s2b2b.qualification",
            "s2b2b.scorecard",
            "s2b2b.scorecard.line",
            "s2b2b.supplier.stock",
            "s2b2b.delivery.line",
        ):
            with self.subTest(model=model), mute_logger("odoo.addons.base.models.ir_rule"):
                records = self.env[model].search([("partner_id", "=", supplier.id)])
                self.assertTrue(records)
                self.assertFalse(self.env[model].with_user(self.other_manager).search([]) & records)
                with self.assertRaises(AccessError):
                    records[:1].with_user(self.other_manager).read(["partner_id"])

    def test_gate_is_each_companys_own(self):
        supplier = self._supplier(status="suspended")
        self.other.supplier_gate_policy = "block"
        self.assertFalse(supplier._supplier_unfit_reasons(self.company)[supplier.id])
        self.assertTrue(supplier._supplier_unfit_reasons(self.other)[supplier.id])

    def test_stock_is_each_companys_own(self):
        supplier, product = self._supplier(), self._product()
        model = self.env["s2b2b.supplier.stock"]
        for company, quantity in ((self.company, 5), (self.other, 8)):
            model._report(supplier.id, product.id, company.id, {"available_qty": quantity})
        for company, quantity in ((self.company, 5), (self.other, 8)):
            free = model._get_free(supplier, product, company)
            self.assertEqual(free[supplier.id, product.id][0], quantity)

    def test_status_is_the_groups(self):
        supplier = self._supplier(status="conditional")
        self.assertEqual(supplier.with_company(self.other).supplier_status, "conditional")
