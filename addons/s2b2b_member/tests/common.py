from contextlib import contextmanager

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.account.tests.common import AccountTestInvoicingCommon


class MemberCommon(AccountTestInvoicingCommon):
    """A company with four tiers and builders for members, their orders, invoices and payments."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.to_date("2026-06-30")
        cls.env["res.partner.grade"].search([]).active = False
        cls.tier_lists = {
            name: cls._tier_list(name, percent)
            for name, percent in (("Silver", 5), ("Gold", 10), ("Diamond", 15))
        }
        cls.normal = cls._tier("Normal", 1)
        cls.silver = cls._tier("Silver", 2, min_amount=1000)
        cls.gold = cls._tier("Gold", 3, min_amount=5000, min_orders=2)
        cls.diamond = cls._tier("Diamond", 4, min_amount=20000, min_orders=4, min_months=6)

    @classmethod
    def get_default_groups(cls):
        groups = super().get_default_groups()
        for xmlid in ("s2b2b_member.group_manager", "sales_team.group_sale_manager"):
            groups |= cls.env.ref(xmlid)
        return groups

    @classmethod
    def _tier_list(cls, name, percent):
        return cls.env["product.pricelist"].create(
            {
                "name": f"{name} prices",
                "company_id": False,
                "currency_id": cls.env.company.currency_id.id,
                "sequence": 100,
                "item_ids": [
                    Command.create({"compute_price": "percentage", "percent_price": percent})
                ],
            }
        )

    @classmethod
    def _tier(cls, name, rank, **vals):
        return cls.env["res.partner.grade"].create(
            {
                "name": name,
                "rank": rank,
                "sequence": 100 - rank,
                "currency_id": cls.env.company.currency_id.id,
                "default_pricelist_id": cls.tier_lists.get(name, cls.env["product.pricelist"]).id,
                **vals,
            }
        )

    @classmethod
    def _member(cls, name="Riverside Gifts", **vals):
        return cls.env["res.partner"].create(
            {
                "name": name,
                "is_company": True,
                "is_member": True,
                "email": f"{name.split()[0].lower()}@example.com",
                **vals,
            }
        )

    @classmethod
    def _contact(cls, member, name="Robin Reed", **vals):
        return cls.env["res.partner"].create({"name": name, "parent_id": member.id, **vals})

    @classmethod
    def _invoice(cls, member, amount, date, *, kind="out_invoice", post=True, **vals):
        invoice = cls.env["account.move"].create(
            {
                "move_type": kind,
                "partner_id": member.id,
                "invoice_date": date,
                "invoice_line_ids": [
                    Command.create({"name": "Goods", "price_unit": amount, "tax_ids": False})
                ],
                **vals,
            }
        )
        if post:
            invoice.action_post()
        return invoice

    @classmethod
    def _pay(cls, invoice, date, amount=None):
        vals = {"payment_date": date}
        if amount is not None:
            vals["amount"] = amount
        cls.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create(vals)._create_payments()

    @classmethod
    def _order(cls, member, amount, **vals):
        """A quotation over ``amount`` without tax."""
        return cls.env["sale.order"].create(
            {
                "partner_id": member.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": cls.product_a.id,
                            "product_uom_qty": 1,
                            "price_unit": amount,
                            "tax_ids": False,
                        }
                    )
                ],
                **vals,
            }
        )

    @contextmanager
    def assertRefused(self, text, error=UserError):
        """Expects an error whose message contains ``text``; what was done until then is undone."""
        with self.assertRaises(error) as caught:
            yield
        self.assertIn(text, str(caught.exception))

    def _evaluate(self, members=None, today=None):
        return self.env["res.partner.grade"]._evaluate_members(members, today or self.today)
