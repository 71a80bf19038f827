from odoo.tests import new_test_user, tagged

from .common import TwoOffersCommon


@tagged("post_install", "-at_install")
class TestClaimPrivacy(TwoOffersCommon):
    """A supplier does not learn from a claim which member has ordered."""

    def setUp(self):
        super().setUp()
        self.member.name = "华联商贸有限公司"
        self.buyer = self.env["res.partner"].create(
            {"name": "张伟", "parent_id": self.member.id, "phone": "13800138000"}
        )

    def _claim(self, purchase):
        user = new_test_user(self.env, "test_claims_only", "s2b2b_supplier.group_user")
        return (
            self.env["s2b2b.claim"]
            .with_user(user)
            .create(
                {
                    "purchase_line_id": purchase.order_line.id,
                    "quantity": 1,
                    "report": "张伟说华联商贸有限公司收到的灯坏了，电话13800138000",
                }
            )
        )

    def test_names_of_the_member_that_has_ordered_go_out_of_its_report(self):
        order = self._sale((self.lamp, 2))
        claim = self._claim(self._purchase(order, self.cheap))
        self.assertEqual(claim.description, "…说…收到的灯坏了，电话…")

    def test_names_go_also_where_the_goods_pass_the_platforms_warehouse(self):
        order = self._sale((self.lamp, 2))
        purchase = self._purchase(order, self.cheap)
        purchase.dest_address_id = False
        self.assertEqual(self._claim(purchase).description, "…说…收到的灯坏了，电话…")

    def test_names_of_a_member_that_has_ordered_nothing_here_stay(self):
        order = self._sale((self.lamp, 2))
        self._sale((self.lamp, 2), partner_id=self._member("Quay Shop").id)
        claim = self._claim(self._purchase(order, self.cheap))
        claim.description = "As at Quay Shop"
        self.assertEqual(claim._get_text_for_supplier(claim.description), "As at Quay Shop")
