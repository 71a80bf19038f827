from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import SupplierCommon

OWN = (
    "s2b2b.certificate",
    "s2b2b.scorecard",
    "s2b2b.scorecard.contest",
    "s2b2b.scorecard.line",
    "s2b2b.scorecard.revision",
    "s2b2b.supplier.stock",
)
CLOSED = (
    "s2b2b.qualification",
    "s2b2b.qualification.line",
    "s2b2b.qualification.template",
    "s2b2b.qualification.criterion",
    "s2b2b.kpi",
    "s2b2b.api.request",
    "s2b2b.application.attempt",
    "s2b2b.offer.import",
    "s2b2b.delivery.line",
    "s2b2b.delivery.area",
    "s2b2b.gate.override",
    "s2b2b.supplier.elimination",
    "s2b2b.supplier.elimination.line",
    "s2b2b.supplier.decision",
    "s2b2b.scorecard.evaluate",
    "s2b2b.scorecard.exclude",
    "s2b2b.scorecard.exclusion",
)


@tagged("post_install", "-at_install", "fast")
class TestAccessRights(SupplierCommon):
    def setUp(self):
        super().setUp()
        self.a, self.b = self._supplier("A"), self._supplier("B")
        self.portal = self._portal_user(self.a, "portal_a", role="admin")
        self.employee = new_test_user(self.env, "test_employee", "base.group_user")
        product = self._product()
        for supplier in self.a | self.b:
            self._certificate(supplier, self._certificate_type(supplier.name))
            self._offer(supplier, product)
            vals = {"available_qty": 5}
            self.env["s2b2b.supplier.stock"]._report(supplier.id, product.id, self.company.id, vals)
            self._contested(supplier, product)
        self._qualification(self.a, "submitted", kind="renewal")
        muted = mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
        self.enterContext(muted)

    def _contested(self, supplier, product):
        """A card with a line that was contested, and revised."""
        cards, period = self.env["s2b2b.scorecard"], (self._day(-30), self._day(0))
        order = self._order(supplier, {product: 2}, promised=self._day(-5))
        line = cards._evaluate(supplier, *period).line_ids[0]
        self.env["s2b2b.scorecard.contest"]._contest(
            line, "Wrong", order.order_line, supplier.child_ids[:1]
        )
        self._receive(order, day=self._day(-5))
        cards._evaluate(supplier, *period)

    def _of(self, model, supplier):
        return self.env[model].search([("partner_id", "=", supplier.id)])

    def test_portal_supplier_sees_its_own_and_only_that(self):
        for model in OWN:
            with self.subTest(model=model):
                own, other = self._of(model, self.a), self._of(model, self.b)
                self.assertTrue(own and other)
                found = self.env[model].with_user(self.portal).search([])
                self.assertEqual(found.partner_id, self.a)
                own.with_user(self.portal).read(["partner_id"])
                with self.assertRaises(AccessError):
                    other.with_user(self.portal).read(["partner_id"])

    def test_portal_supplier_writes_nothing_by_rpc(self):
        for model in OWN:
            own = self._of(model, self.a).with_user(self.portal)
            for way in (
                lambda record: record.write({"partner_id": self.b.id}),
                lambda record: record.unlink(),
                lambda record: record.copy(),
            ):
                with self.subTest(model=model), self.assertRaises(AccessError):
                    way(own[:1])

    def test_portal_supplier_changes_no_price_list_by_rpc(self):
        own = self._of("product.supplierinfo", self.a).with_user(self.portal)
        new = {"partner_id": self.a.id, "product_tmpl_id": own.sudo().product_tmpl_id.id}
        for name, way in {
            "write": lambda: own.write({"price": 1}),
            "stock": lambda: own.write({"available_qty": 99}),
            "unlink": own.unlink,
            "create": lambda: own.create(new),
        }.items():
            with self.subTest(way=name), self.assertRaises(AccessError):
                way()

    def test_portal_and_employees_are_shut_out_of_the_back_office(self):
        for model in (*CLOSED, "s2b2b.certificate"):
            for user in (self.portal, self.employee):
                if (model, user) == ("s2b2b.certificate", self.portal):
                    continue
                for operation in ("read", "write", "create", "unlink"):
                    with self.subTest(model=model, user=user.login, operation=operation):
                        self.assertFalse(self.env[model].with_user(user).has_access(operation))

    def test_public_actions_of_documents_are_refused_to_the_portal(self):
        certificate = self._of("s2b2b.certificate", self.a).with_user(self.portal)
        qualification = self._of("s2b2b.qualification", self.a).with_user(self.portal)
        for action in (
            certificate.action_verify,
            certificate.action_submit,
            certificate.action_draft,
            lambda: certificate.action_reject("No"),
            qualification.action_submit,
            qualification.action_start_review,
            qualification.action_start_audit,
            qualification.action_approve,
            qualification.action_cancel,
            lambda: qualification.action_reject("No"),
            lambda: qualification.action_request_changes("No"),
            qualification.action_load_checklist,
        ):
            name = getattr(action, "__name__", "?")
            with self.subTest(action=name), self.assertRaises(AccessError):
                action()

    def test_portal_does_not_read_what_the_platform_thinks_of_it(self):
        partner = self.a.with_user(self.portal)
        for name in ("supplier_status_reason", "supplier_max_amount", "supplier_score"):
            with self.subTest(name=name), self.assertRaises(AccessError):
                partner.read([name])
        certificate = self._of("s2b2b.certificate", self.a).with_user(self.portal)
        with self.assertRaises(AccessError):
            certificate.read(["verified_by_id"])

    def test_user_changes_no_configuration(self):
        for model in ("s2b2b.certificate.type", "s2b2b.kpi", "s2b2b.supplier.grade"):
            records = self.env[model].with_user(self.supplier_user)
            with self.subTest(model=model):
                self.assertTrue(records.has_access("read"))
                self.assertFalse(records.has_access("write"))
                self.assertFalse(records.has_access("create"))

    def test_buyer_reads_stock_but_does_not_report_it(self):
        stock = self._of("s2b2b.supplier.stock", self.a).with_user(self.buyer)
        self.assertEqual(stock.available_qty, 5)
        with self.assertRaises(AccessError):
            stock.available_qty = 500

    def test_employee_still_reads_contacts_and_price_lists_whole(self):
        self._read_ours(self.a.with_user(self.employee))
        offers = self.env["product.supplierinfo"].search([("partner_id", "=", self.a.id)])
        self._read_ours(offers.with_user(self.buyer))
        order = self._order(self.a, {self._product("Tea"): 1}).with_user(self.buyer)
        self._read_ours(order)
        self._read_ours(order.order_line)

    def _read_ours(self, records):
        fields_ = records._fields
        names = [n for n in records.fields_get() if "s2b2b_supplier" in fields_[n]._modules]
        self.assertTrue(names)
        records.read(names)
