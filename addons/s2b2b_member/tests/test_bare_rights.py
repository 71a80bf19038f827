from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from .common import MemberCommon


@tagged("post_install", "-at_install")
class TestBareRights(MemberCommon):
    """Whoever has the rights of this module, and no others, can do its work."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = {"company_id": cls.env.company.id, "company_ids": cls.env.company.ids}
        cls.clerk, cls.manager = (
            new_test_user(cls.env, f"bare_{name}", groups=f"s2b2b_member.group_{name}", **company)
            for name in ("user", "manager")
        )
        cls.env.company.member_credit_policy = "approve"
        cls.env.company.member_points = True
        cls.member = cls._member(grade_id=cls.silver.id, credit_limit=100)
        cls.env["s2b2b.segment"].create({"name": "Big", "domain": "[('member_amount', '>=', 0)]"})
        cls.order = cls._order(cls.member, 150)
        cls.order.action_confirm()
        cls.env["res.partner.grade"]._evaluate_members(cls.member)
        cls.request = cls.order.credit_request_ids

    def _open(self, action, user):
        """Loads the views of an action and reads what each shows, as the web client does."""
        model = self.env[action["res_model"]].with_user(user)
        views = [(view_id or False, mode) for view_id, mode in action["views"]]
        for mode, view in model.get_views(views)["views"].items():
            names = {
                node.get("name")
                for node in etree.fromstring(view["arch"]).iter("field")
                if not any(a.tag == "field" for a in node.iterancestors())
            }
            if mode != "search" and not model._transient:
                model.web_search_read([], {name: {} for name in names & model._fields.keys()})

    def _open_menus(self, user):
        self.env.flush_all()
        self.env.invalidate_all()
        menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
        root = self.env.ref("s2b2b_member.menu_root").id
        self.assertIn(root, menus)
        opened = 0
        for menu_id in menus[root]["children"]:
            menu = menus[menu_id]
            with self.subTest(user=user.login, menu=menu["name"]):
                records = self.env[menu["action_model"]].with_user(user)
                action = records.browse(menu["action_id"])._get_action_dict()
                if menu["action_model"] == "ir.actions.client":
                    self.env["s2b2b.member.dashboard"].with_user(user).get_dashboard()
                    continue
                if menu["action_model"] == "ir.actions.server":
                    action = self.env["s2b2b.tier.preview"].with_user(user).action_open()
                self._open(action, user)
                opened += 1
        return opened

    def test_clerk_opens_every_menu_that_it_is_shown(self):
        self.assertGreater(self._open_menus(self.clerk), 7)

    def test_manager_opens_every_menu_that_it_is_shown(self):
        self.assertGreater(self._open_menus(self.manager), 8)

    def test_manager_approves_credit_and_the_order_is_released(self):
        self.assertEqual(self.order.hold_reason, "credit")
        self.request.with_user(self.manager).action_approve()
        self.assertEqual(self.order.state, "sale")

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_clerk_approves_no_credit(self):
        with self.assertRaises(AccessError):
            self.request.with_user(self.clerk).action_approve()
        self.assertEqual(self.order.state, "draft")

    def test_cards_count_the_orders_on_hold(self):
        for user in (self.clerk, self.manager):
            self.env.invalidate_all()
            self.assertEqual(self.silver.with_user(user).hold_count, 1)

    def test_manager_makes_the_price_lists_of_the_tiers(self):
        wizard = Form(self.env["s2b2b.tier.pricelist"].with_user(self.manager))
        with wizard.line_ids.edit(0) as line:
            line.percent_1 = 3
        wizard.save().action_apply()
        self.assertEqual(self.normal.default_pricelist_id.item_ids.percent_price, 3)

    def test_manager_books_points(self):
        wizard = self.env["s2b2b.points.adjust"].with_user(self.manager)
        wizard.create(
            {"member_ids": self.member.ids, "points": 5, "reason": "Fair", "key": "k"}
        ).action_book()
        self.assertEqual(self.member.points_balance, 5)

    def test_member_page_opens(self):
        for user in (self.clerk, self.manager):
            self.env.invalidate_all()
            form = Form(self.member.with_user(user))
            self.assertEqual(form.grade_id, self.silver)
