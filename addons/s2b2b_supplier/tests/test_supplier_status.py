from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import SupplierCommon


@tagged("post_install", "-at_install")
class TestSupplierStatus(SupplierCommon):
    def test_status_is_refused_outside_the_verbs(self):
        partner = self._supplier(status="none")
        for record in (partner, partner.sudo(), partner.with_user(self.supplier_manager)):
            who = {"user": record.env.user.login, "su": record.env.su}
            with self.subTest(**who), self.assertRaises(AccessError):
                record.write({"supplier_status": "qualified"})

    def test_creating_with_a_status_is_refused(self):
        with self.assertRaises(AccessError):
            self.partner_model.create({"name": "Sly", "supplier_status": "qualified"})

    def test_context_default_does_not_set_a_status(self):
        partner = self.partner_model.with_context(default_supplier_status="qualified").create(
            {"name": "Sly", "is_company": True}
        )
        self.assertEqual(partner.supplier_status, "none")

    def test_user_default_does_not_set_a_status(self):
        self.env["ir.default"].set("res.partner", "supplier_status", "qualified", user_id=True)
        self.assertEqual(self.partner_model.create({"name": "Sly"}).supplier_status, "none")

    def test_context_key_as_rpc_can_send_it_opens_nothing(self):
        partner = self._supplier(status="none")
        for sent in (True, "object", {"id": 1}):
            with self.assertRaises(AccessError):
                partner.with_context(s2b2b_verb=sent).write({"supplier_status": "qualified"})

    def test_write_through_the_user_is_refused(self):
        with self.assertRaises(AccessError):
            self.buyer.sudo().write({"supplier_status": "qualified"})

    def test_merging_contacts_leaves_the_supplier_what_it_is(self):
        supplier, other = self._supplier(), self.partner_model.create({"name": "Twice"})
        merge = self.env["base.partner.merge.automatic.wizard"].create({})
        with self.assertRaises(AccessError), self.cr.savepoint():
            merge._merge((supplier | other).ids, other)
        merge._merge((supplier | other).ids, supplier)
        self.assertEqual(supplier.supplier_status, "qualified")
        self.assertFalse(other.exists())

    def test_terms_are_for_managers(self):
        partner = self._supplier().with_user(self.buyer)
        with self.assertRaises(AccessError):
            partner.write({"supplier_valid_until": self._day(900)})
        manager = self.env["res.users"].browse(self.supplier_manager.id)
        manager.sudo().group_ids += self.env.ref("base.group_partner_manager")
        partner.with_user(manager).write({"supplier_valid_until": self._day(900)})
        self.assertEqual(partner.supplier_valid_until, self._day(900))

    def test_suspension_keeps_reason_and_ends_where_it_began(self):
        partner = self._supplier(status="conditional")
        partner._supplier_suspend("Glass in the jam")
        self.assertRecordValues(
            partner,
            [{"supplier_status": "suspended", "supplier_status_reason": "Glass in the jam"}],
        )
        partner._supplier_reinstate("New filling line")
        self.assertRecordValues(
            partner,
            [{"supplier_status": "conditional", "supplier_status_reason": "New filling line"}],
        )

    def test_verbs_act_on_the_commercial_partner(self):
        partner = self._supplier()
        contact = self.partner_model.create({"name": "Joan", "parent_id": partner.id})
        contact._supplier_suspend("Unreachable")
        self.assertEqual(partner.supplier_status, "suspended")
        self.assertEqual(contact.supplier_status, "none")

    def test_verbs_refuse_a_status_they_do_not_start_from(self):
        suspended, eliminated, qualified = (
            self._supplier(status=status) for status in ("suspended", "eliminated", "qualified")
        )
        for verb in (
            suspended._supplier_suspend,
            qualified._supplier_reinstate,
            eliminated._supplier_reinstate,
            eliminated._supplier_suspend,
            eliminated._supplier_qualify,
            eliminated._supplier_eliminate,
        ):
            with self.subTest(verb=verb.__name__), self.assertRaises(UserError):
                verb("Because")

    def test_a_reason_is_asked_for(self):
        partner = self._supplier()
        for reason in ("", "   ", None, False):
            with self.assertRaises(UserError):
                partner._supplier_suspend(reason)

    def test_batch_of_different_statuses_takes_one_verb(self):
        partners = self._supplier(status="qualified") | self._supplier(status="conditional")
        partners._supplier_suspend("Strike")
        self.assertEqual(set(partners.mapped("supplier_status")), {"suspended"})
        partners._supplier_reinstate("Over")
        self.assertEqual(partners.mapped("supplier_status"), ["qualified", "conditional"])

    def test_change_of_status_leaves_a_trace(self):
        partner = self._supplier().with_context(tracking_disable=False)
        self.env.flush_all()
        self.cr.precommit.run()
        before = partner.message_ids
        partner._supplier_suspend("Late again")
        self.env.flush_all()
        self.cr.precommit.run()
        tracked = (partner.message_ids - before).tracking_value_ids
        self.assertIn("Late again", tracked.mapped("new_value_char"))

    def test_supplier_cannot_become_a_contact(self):
        parent, partner = self._supplier("Parent"), self._supplier("Child")
        partner.is_company = True
        with self.assertRaises(ValidationError):
            partner.write({"is_company": False, "parent_id": parent.id})

    def test_closure_needs_both_days_in_order(self):
        partner = self._supplier()
        for first, last in ((self._day(0), False), (self._day(2), self._day(1))):
            with self.assertRaises(ValidationError):
                partner.write({"supplier_closed_from": first, "supplier_closed_to": last})
        partner.write({"supplier_closed_from": self._day(1), "supplier_closed_to": self._day(1)})
        self.assertTrue(partner._supplier_is_closed(self._day(1)))
        self.assertFalse(partner._supplier_is_closed(self._day(2)))

    def test_decision_dialogue_is_for_managers(self):
        partner = self._supplier()
        vals = {"partner_ids": partner.ids, "verb": "suspend", "reason": "Late"}
        wizard = self.env["s2b2b.supplier.decision"].with_user(self.supplier_user)
        for verb in ("suspend", "reinstate"):
            with self.assertRaises(AccessError):
                wizard.create({**vals, "verb": verb}).action_apply()
        with self.assertRaises(AccessError):
            wizard.with_user(self.buyer).create(vals)
        wizard = self.env["s2b2b.supplier.decision"].with_user(self.supplier_manager).create(vals)
        wizard.action_apply()
        self.assertEqual(partner.supplier_status, "suspended")

    def test_order_of_which_part_has_come_is_left_alone(self):
        partner, product = self._supplier(), self._product()
        order = self._order(partner, {product: 5}, promised=self._day(10))
        self._receive(order, {product: 2})
        self.company.open_order_policy = "hold"
        partner._supplier_suspend("Fire")
        self.assertFalse(order.activity_ids)

    def test_buyers_are_asked_about_open_orders_where_the_policy_says_so(self):
        partner, product = self._supplier(), self._product()
        order = self._order(partner, {product: 5}, promised=self._day(10))
        self.company.open_order_policy = "hold"
        partner._supplier_suspend("Fire")
        self.assertEqual(order.activity_ids.mapped("note"), ["<p>Fire</p>"])
