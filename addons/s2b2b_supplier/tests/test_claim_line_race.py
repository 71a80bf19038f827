from odoo import Command
from odoo.tests import tagged

from .common_race import RaceCommon


@tagged("post_install", "-at_install")
class TestClaimLineRace(RaceCommon):
    """Two claims on one order line."""

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cursor:
            env = self._open(cursor)
            self.partner_id = env["res.partner"].create({"name": "Race", "is_company": True}).id
            product = env["product.product"].create({"name": "Repair", "type": "service"})
            self.template_id = product.product_tmpl_id.id
            line = {"product_id": product.id, "product_qty": 10, "price_unit": 1}
            order = env["purchase.order"].create(
                {"partner_id": self.partner_id, "order_line": [Command.create(line)]}
            )
            order.order_line.qty_received = 10
            self.order_id = order.id
            claims = env["s2b2b.claim"].create(
                [
                    {
                        "purchase_line_id": order.order_line.id,
                        "quantity": 6,
                        "description": "Race",
                        "resolution": "replace",
                        "return_goods": False,
                    }
                ]
                * 2
            )
            claims.action_answer()
            self.claim_ids = claims.ids
        self.addCleanup(self._clean_up)

    def _clean_up(self):
        with self.registry.cursor() as cursor:
            env = self._open(cursor)
            claims = env["s2b2b.claim"].browse(self.claim_ids)
            replacements = claims.replacement_id
            mails = [("model", "=", claims._name), ("res_id", "in", claims.ids)]
            env["mail.mail"].search(mails).unlink()
            claims._write_guarded({"state": "open", "replacement_id": False})
            claims.unlink()
            orders = env["purchase.order"].browse(self.order_id) | replacements
            orders.button_cancel()
            orders.unlink()
            env["product.template"].browse(self.template_id).unlink()
            env["res.partner"].browse(self.partner_id).unlink()

    def test_of_two_claims_on_one_line_the_second_sees_what_the_first_got(self):
        one, two = (("s2b2b.claim", id_) for id_ in self.claim_ids)
        self._race(one, two, lambda claim: claim.action_resolve(), "Only 4 of the order line")
