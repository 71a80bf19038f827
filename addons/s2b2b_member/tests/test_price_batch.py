from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.product.models.product_pricelist import ProductPricelist

from .common import MemberCommon


@tagged("post_install", "-at_install")
class TestPriceBatch(MemberCommon):
    """The prices of an order are core's, line by line, with one search of rules for all lines."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._member(grade_id=cls.gold.id)
        cls.pricelist = cls.tier_lists["Gold"]
        above = cls.env["product.category"].create({"name": "Glass"})
        below = cls.env["product.category"].create({"name": "Vases", "parent_id": above.id})
        cls.goods = cls.env["product.product"].create(
            [
                {"name": f"Goods {n}", "list_price": 10 + n, "categ_id": (above, below)[n % 2].id}
                for n in range(8)
            ]
        )
        template = cls.env["product.template"].create(
            {
                "name": "In two sizes",
                "list_price": 50,
                "attribute_line_ids": [
                    Command.create(
                        {
                            "attribute_id": cls._attribute().id,
                            "value_ids": [Command.set(cls._attribute().value_ids.ids)],
                        }
                    )
                ],
            }
        )
        cls.goods |= template.product_variant_ids
        rules = [
            {"applied_on": "2_product_category", "categ_id": above.id, "percent_price": 12},
            {
                "applied_on": "2_product_category",
                "categ_id": below.id,
                "percent_price": 20,
                "min_quantity": 10,
            },
            {
                "applied_on": "1_product",
                "product_tmpl_id": cls.goods[0].product_tmpl_id.id,
                "percent_price": 30,
                "min_quantity": 5,
            },
            {
                "applied_on": "0_product_variant",
                "product_tmpl_id": template.id,
                "product_id": template.product_variant_ids[1].id,
                "percent_price": 33,
            },
            {
                "applied_on": "1_product",
                "product_tmpl_id": cls.goods[3].product_tmpl_id.id,
                "percent_price": 99,
                "date_end": "2020-01-01",
            },
        ]
        cls.env["product.pricelist.item"].create(
            [
                {"pricelist_id": cls.pricelist.id, "compute_price": "percentage", **rule}
                for rule in rules
            ]
        )

    @classmethod
    def _attribute(cls):
        found = cls.env["product.attribute"].search([("name", "=", "Batch size")])
        return found or cls.env["product.attribute"].create(
            {
                "name": "Batch size",
                "value_ids": [Command.create({"name": "S"}), Command.create({"name": "L"})],
            }
        )

    def _order_of_all(self):
        return self.env["sale.order"].create(
            {
                "partner_id": self.member.id,
                "order_line": [
                    Command.create({"product_id": product.id, "product_uom_qty": quantity})
                    for product in self.goods
                    for quantity in (1, 5, 12)
                ],
            }
        )

    def _by_core(self, order):
        """The price of each line as core finds it alone."""
        prices = []
        for line in order.order_line:
            rules = ProductPricelist._get_applicable_rules(
                order.pricelist_id, line.product_id, order.date_order
            )
            rule = next(
                r for r in rules if r._is_applicable_for(line.product_id, line.product_uom_qty)
            )
            prices.append(
                rule._compute_price(
                    line.product_id, line.product_uom_qty, line.product_uom_id, order.date_order
                )
            )
        return prices

    def _count_searches(self, call):
        with patch.object(
            ProductPricelist,
            "_get_applicable_rules",
            autospec=True,
            side_effect=ProductPricelist._get_applicable_rules,
        ) as searched:
            result = call()
        return searched.call_count, result

    def test_prices_of_a_new_order_are_cores_with_one_search(self):
        count, order = self._count_searches(self._order_of_all)
        self.assertEqual(order.pricelist_id, self.pricelist)
        self.assertEqual(order.order_line.mapped("price_unit"), self._by_core(order))
        self.assertGreater(len(set(order.order_line.mapped("price_unit"))), 10)
        self.assertEqual(count, 1)

    def test_prices_that_are_updated_are_cores_with_one_search(self):
        order = self._order_of_all()
        self.pricelist.item_ids[0].percent_price = 40
        before = self._by_core(order)
        count, _none = self._count_searches(order._recompute_prices)
        self.assertEqual(order.order_line.mapped("price_unit"), before)
        self.assertEqual(count, 1)

    def test_rule_made_after_the_order_counts_for_the_next_one(self):
        self._order_of_all()
        self.env["product.pricelist.item"].create(
            {
                "pricelist_id": self.pricelist.id,
                "applied_on": "1_product",
                "product_tmpl_id": self.goods[2].product_tmpl_id.id,
                "compute_price": "fixed",
                "fixed_price": 1,
            }
        )
        order = self._order_of_all()
        own = order.order_line.filtered(lambda line: line.product_id == self.goods[2])
        self.assertEqual(set(own.mapped("price_unit")), {1})

    def test_lines_do_not_keep_the_batch(self):
        order = self._order_of_all()
        self.assertNotIn("s2b2b_price_batch", order.order_line.env.context)
