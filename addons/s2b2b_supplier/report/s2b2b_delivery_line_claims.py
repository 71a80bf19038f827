from odoo import models
from odoo.tools import SQL


class S2b2bDeliveryLine(models.Model):
    _inherit = "s2b2b.delivery.line"
    _depends = {
        "s2b2b.claim": ["kind", "product_uom_id", "purchase_line_id", "quantity", "state"],
    }

    def _faults_sql(self):
        """Goods that are claimed are faulty, unless the claim was refused."""
        return SQL(
            """
            %s
            UNION ALL
            SELECT claim.purchase_line_id, NULL,
                   claim.quantity::float * unit.factor::float / own_unit.factor::float
              FROM s2b2b_claim claim
              JOIN uom_uom unit ON unit.id = claim.product_uom_id
              JOIN product_product product ON product.id = claim.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
              JOIN uom_uom own_unit ON own_unit.id = template.uom_id
             WHERE claim.purchase_line_id IS NOT NULL AND claim.state <> 'refused'
               AND claim.kind IN ('quality', 'damage', 'wrong_item')
            """,
            super()._faults_sql(),
        )
