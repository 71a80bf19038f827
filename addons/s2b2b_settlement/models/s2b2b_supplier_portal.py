from odoo import api, models


class SupplierPortal(models.AbstractModel):
    _inherit = "s2b2b.supplier.portal"

    @api.model
    def _get_tasks(self, supplier):
        """Statements that wait for the supplier's answer are to be done as well."""
        tasks = super()._get_tasks(supplier)
        if not self.env.user.partner_id._may_see_supplier_money():
            return tasks
        waiting = self.env["s2b2b.settlement"].search(
            [("side", "=", "supplier"), ("partner_id", "=", supplier.id), ("state", "=", "sent")]
        )
        tasks += [
            {
                "text": self.env._("Statement %(name)s waits for your answer", name=item.name),
                "url": item.access_url,
                "urgent": item._get_days_left() <= 2,
            }
            for item in waiting
        ]
        return sorted(tasks, key=lambda task: not task["urgent"])
