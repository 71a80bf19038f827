from odoo import models


class UomUom(models.Model):
    _inherit = "uom.uom"

    def _root(self):
        """The id of the unit that all units of its kind lead to: they convert into each other."""
        return int((self.parent_path or f"{self.id}/").split("/", 1)[0])
