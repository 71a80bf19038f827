from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SupplierCommon


@tagged("post_install", "-at_install")
class TestSupplierElimination(SupplierCommon):
    def setUp(self):
        super().setUp()
        self.supplier, self.other = self._supplier("Ashford"), self._supplier("Brent")
        self.product = self._product()
        self._offer(self.supplier, self.product)
        self.supplier_manager.group_ids += self.env.ref("purchase.group_purchase_user")
        self.model = self.env["s2b2b.supplier.elimination"]

    def _propose(self, proposer=None, supplier=None):
        record = self.model._propose(supplier or self.supplier, "Fraud", proposer=proposer)
        return record.with_user(self.supplier_manager)

    def _actions(self, record):
        return dict(record.line_ids.mapped(lambda line: (line.order_id, line.action)))

    def test_user_proposes_but_does_not_decide(self):
        wizard = self.env["s2b2b.supplier.decision"].with_user(self.supplier_user)
        vals = {"partner_ids": self.supplier.ids, "verb": "eliminate", "reason": "Fraud"}
        action = wizard.create(vals).action_apply()
        record = self.model.with_user(self.supplier_user).browse(action["res_id"])
        self.assertRecordValues(
            record, [{"partner_id": self.supplier.id, "proposed_by_id": self.supplier_user.id}]
        )
        for decide in (record.action_decide, record.action_refuse):
            with self.assertRaises(AccessError):
                decide()
        self.assertEqual(self.supplier.supplier_status, "qualified")

    def test_nobody_writes_a_proposal_or_its_state_by_hand(self):
        record = self._propose()
        with self.assertRaises(AccessError):
            self.model.with_user(self.supplier_manager).create(
                {"partner_id": self.other.id, "reason": "Fraud"}
            )
        for vals in ({"state": "decided"}, {"proposed_by_id": False}, {"is_automatic": True}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                record.write(vals)
        with self.assertRaises(UserError):
            record.sudo().unlink()

    def test_proposer_does_not_decide(self):
        record = self._propose(proposer=self.supplier_manager)
        for decide in (record.action_decide, record.action_refuse):
            with self.assertRaisesRegex(UserError, "you proposed it"):
                decide()
        record.with_user(self.auditor).action_decide()
        self.assertEqual(self.supplier.supplier_status, "eliminated")

    def test_proposal_of_the_system_is_decided_by_any_manager(self):
        record = self._propose()
        self.assertTrue(record.is_automatic)
        self.assertTrue(record.activity_ids)
        record.action_decide()
        self.assertRecordValues(
            record, [{"state": "decided", "decided_by_id": self.supplier_manager.id}]
        )
        self.assertFalse(record.activity_ids)
        self.assertRecordValues(
            self.supplier, [{"supplier_status": "eliminated", "supplier_status_reason": "Fraud"}]
        )

    def test_supplier_is_proposed_once_and_not_when_it_is_gone(self):
        record = self._propose()
        self.assertFalse(self._propose())
        record.action_decide()
        self.assertFalse(self._propose())
        self.assertFalse(self._propose(supplier=self._supplier("Vendor", status="none")))
        with self.assertRaises(UserError):
            self.model._propose(self.other, " ")

    def test_second_decision_is_told_who_was_first(self):
        record = self._propose()
        record.action_decide()
        with self.assertRaisesRegex(UserError, "test_supplier_manager .* has decided already"):
            record.with_user(self.auditor).action_decide()

    def test_keeping_the_supplier_needs_a_reason_and_changes_nothing(self):
        record = self._propose()
        with self.assertRaises(UserError):
            record.action_refuse()
        record.decision_reason = "It was the carrier"
        record.action_refuse()
        self.assertEqual(self.supplier.supplier_status, "qualified")
        self.assertTrue(self.product.seller_ids)
        with self.assertRaises(UserError):
            record.decision_reason = "Because"

    def test_taking_a_proposal_back_makes_room_for_another(self):
        self._propose(proposer=self.supplier_manager).action_cancel()
        self.assertTrue(self._propose())

    def test_plan_proposes_by_the_state_of_each_order(self):
        request = self._order(self.supplier, {self.product: 1}, confirm=False)
        due = self._order(self.supplier, {self.product: 2}, promised=self._day(5))
        late = self._order(self.supplier, {self.product: 3}, promised=self._day(-5))
        partial = self._order(self.supplier, {self.product: 4}, promised=self._day(-5))
        self._receive(partial, {self.product: 1})
        done = self._order(self.supplier, {self.product: 5})
        self._receive(done)
        record = self._propose()
        self.assertEqual(
            self._actions(record),
            {request: "cancel", due: "finish", late: "reallocate", partial: "finish"},
        )
        record.action_decide()
        self.assertEqual(
            (request | due | late | partial).mapped("state"),
            ["cancel", "purchase", "cancel", "purchase"],
        )
        self.assertIn("Buy elsewhere", late.activity_ids.summary)

    def test_plan_is_the_managers_to_change_within_what_is_possible(self):
        due = self._order(self.supplier, {self.product: 2}, promised=self._day(5))
        partial = self._order(self.supplier, {self.product: 4}, promised=self._day(-5))
        self._receive(partial, {self.product: 1})
        record = self._propose()
        lines = record.line_ids.grouped("order_id")
        with self.assertRaises(ValidationError):
            lines[partial].action = "cancel"
        lines[due].action = "cancel"
        record.action_decide()
        self.assertEqual(due.state, "cancel")
        with self.assertRaises(UserError):
            lines[due].action = "finish"

    def test_orders_that_moved_on_ask_for_a_fresh_plan(self):
        late = self._order(self.supplier, {self.product: 3}, promised=self._day(-5))
        record = self._propose()
        self._receive(late, {self.product: 1})
        with self.assertRaisesRegex(UserError, "refresh"):
            record.action_decide()
        record.action_refresh()
        new = self._order(self.supplier, {self.product: 1}, promised=self._day(5))
        with self.assertRaisesRegex(UserError, "refresh"):
            record.action_decide()
        record.action_refresh()
        self.assertEqual(self._actions(record), {late: "finish", new: "finish"})
        record.action_decide()

    def test_products_without_a_second_source_are_named(self):
        shared, stopped = self._product("Shared"), self._product("Stopped")
        for product in (shared, stopped):
            self._offer(self.supplier, product)
        self._offer(self.other, shared)
        self._offer(self._supplier("Out", status="suspended"), stopped)
        record = self._propose()
        self.assertEqual(record.product_ids, self.product.product_tmpl_id | stopped.product_tmpl_id)
        self.assertEqual(record.offer_count, 3)

    def _single_sourced(self):
        return self.product.product_tmpl_id in self._propose().product_ids

    def test_offers_that_do_not_hold_today_are_no_second_source(self):
        self._offer(self.other, self.product, date_end=self._day(-1))
        self._offer(self.other, self.product, date_start=self._day(1))
        self.assertTrue(self._single_sourced())

    def test_offer_of_another_company_is_no_second_source(self):
        there = self.env["res.company"].create({"name": "There"})
        self._offer(self.other, self.product, company_id=there.id)
        self.assertTrue(self._single_sourced())

    def test_offer_of_the_own_company_is_a_second_source(self):
        self._offer(self.other, self.product, company_id=self.company.id)
        self.assertFalse(self._single_sourced())

    def test_company_that_has_begun_needs_a_second_source_of_its_own(self):
        self.product.seller_ids.company_id = False
        self._offer(self.other, self.product, company_id=self.company.id)
        self.env["res.company"].create({"name": "There", "s2b2b_start_date": self._day(-9)})
        self.assertTrue(self._single_sourced())

    def test_unfit_vendor_is_no_second_source_even_while_the_gate_is_off(self):
        tools = self._category("Tools")
        for terms in (
            {"status": "suspended"},
            {"status": "applicant"},
            {"supplier_category_ids": tools.ids},
            {"supplier_valid_until": self._day(-1)},
        ):
            with self.subTest(**terms), self.cr.savepoint() as savepoint:
                self.company.supplier_qualification_required = True
                self._offer(self._supplier("Unfit", **terms), self.product)
                self.assertTrue(self._single_sourced())
                savepoint.rollback()

    def _readmitted(self):
        old = self._offer(self.supplier, self._product("Old"))
        old.action_archive()
        self._propose().action_decide()
        self.supplier._supplier_readmit("Two years later")
        return old

    def test_restoring_offers_is_for_managers_and_after_readmission(self):
        self._propose().action_decide()
        with self.assertRaises(UserError):
            self.supplier.with_user(self.supplier_manager).action_restore_offers()
        self.supplier._supplier_readmit("Two years later")
        with self.assertRaises(AccessError):
            self.supplier.with_user(self.supplier_user).action_restore_offers()
        self.assertFalse(self.product.seller_ids)

    def test_readmitted_supplier_gets_back_the_offers_that_the_elimination_archived(self):
        old = self._readmitted()
        supplier = self.supplier.with_user(self.supplier_manager)
        self.assertEqual(supplier.supplier_lost_offer_count, 1)
        supplier.action_restore_offers()
        self.assertEqual(self.product.seller_ids.partner_id, self.supplier)
        self.assertFalse(old.active, "it was archived before")
        self.env.invalidate_all()
        self.assertFalse(supplier.supplier_lost_offer_count)

    def test_offer_restored_and_archived_by_hand_stays_archived(self):
        self._readmitted()
        offer = self.product.seller_ids.with_context(active_test=False).search(
            [("partner_id", "=", self.supplier.id), ("is_archived_by_exit", "=", True)]
        )
        offer.action_unarchive()
        offer.action_archive()
        self.supplier.action_restore_offers()
        self.assertFalse(offer.active)

    def test_offers_are_archived_and_do_not_creep_back(self):
        order = self._order(self.supplier, {self.product: 1}, confirm=False)
        record = self._propose()
        record.line_ids.action = "finish"
        record.action_decide()
        self.assertFalse(self.product.seller_ids)
        self.assertFalse(self.product._select_seller(quantity=1))
        for policy in ("off", "warn"):
            with self.subTest(policy=policy):
                self.company.supplier_gate_policy = policy
                order.copy().button_confirm()
                self.assertFalse(self.product.seller_ids)

    def test_eliminated_supplier_gets_no_offer_by_any_door(self):
        contact = self.partner_model.create({"name": "Joan", "parent_id": self.supplier.id})
        offer, foreign = self.product.seller_ids, self._offer(self._supplier("Brook"), self.product)
        self._propose().action_decide()
        doors = {
            "by hand": lambda: self._offer(self.supplier, self.product),
            "of a contact": lambda: self._offer(contact, self.product),
            "restored": offer.action_unarchive,
            "moved": lambda: foreign.write({"partner_id": self.supplier.id}),
        }
        for name, door in doors.items():
            with self.subTest(door=name), self.assertRaisesRegex(ValidationError, "eliminated"):
                door()
        names = ["partner_id/.id", "product_tmpl_id/.id", "price"]
        row = [str(self.supplier.id), str(self.product.product_tmpl_id.id), "3"]
        loaded = self.env["product.supplierinfo"].load(names, [row])
        self.assertFalse(loaded["ids"])
        self.assertIn("eliminated", loaded["messages"][0]["message"])
        self.assertFalse(self._offer(self.supplier, self.product, active=False).active)
        offer.price = 3

    def test_supplier_and_buyers_are_told(self):
        admin = self._portal_user(self.supplier, "portal_admin", role="admin").partner_id
        order = self._order(
            self.supplier, {self.product: 1}, promised=self._day(5), user_id=self.buyer.id
        )
        self._propose().action_decide()
        mail = self.env["mail.mail"].search([("subject", "like", "end our cooperation")])
        self.assertEqual(mail.recipient_ids, admin)
        self.assertIn("requalification", mail.body_html)
        notice = self.env["mail.message"].search([("subject", "=", "Ashford is eliminated")])
        self.assertIn(self.buyer.partner_id, notice.notified_partner_ids)
        self.assertIn("Fraud", order.message_ids[0].body)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_orders_of_another_company_follow_though_the_manager_does_not_see_them(self):
        there = self.env["res.company"].create({"name": "There"})
        order = self._order(
            self.supplier,
            {self.product: 1},
            confirm=False,
            company_id=there.id,
            picking_type_id=self.env["stock.picking.type"]
            .search([("company_id", "=", there.id), ("code", "=", "incoming")], limit=1)
            .id,
        )
        record = self._propose()
        self.env.invalidate_all()
        self.assertFalse(record.line_ids)
        line = record.sudo()._find_lines()
        self.assertEqual(line.order_id, order)
        with self.assertRaises(AccessError):
            line.with_user(self.supplier_manager).read(["action"])
        record.action_decide()
        self.assertEqual(order.state, "cancel")
