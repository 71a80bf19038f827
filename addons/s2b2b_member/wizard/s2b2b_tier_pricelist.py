from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command

COLUMNS = [f"percent_{place}" for place in range(1, 9)]


class S2b2bTierPricelist(models.TransientModel):
    """One table of discounts, product category by tier; it makes or renews the tiers' price lists.

    The columns are the tiers, the lowest first.
    """

    _name = "s2b2b.tier.pricelist"
    _description = "Tier Price Lists"

    line_ids = fields.One2many("s2b2b.tier.pricelist.line", "wizard_id")
    left_out_note = fields.Char(compute="_compute_left_out_note")

    def _compute_left_out_note(self):
        rest = self.env["res.partner.grade"]._get_ladder_grades()[len(COLUMNS) :]
        self.left_out_note = bool(rest) and self.env._(
            "The table has %(places)s columns. Without one, and left as they are: %(tiers)s.",
            places=len(COLUMNS),
            tiers=", ".join(rest.mapped("name")),
        )

    @api.model
    def _get_columns(self):
        """``{name of the column: its tier}``"""
        grades = self.env["res.partner.grade"]._get_ladder_grades()
        return dict(zip(COLUMNS, grades, strict=False))

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        if "line_ids" in fields_list:
            values["line_ids"] = [Command.create(row) for row in self._prepare_rows()]
        return values

    @api.model
    def _prepare_rows(self):
        """The discounts of today; where a tier has none for a category, what it gives for all."""
        everything = self.env["product.category"]
        columns = self._get_columns()
        given = {name: grade._get_discounts() for name, grade in columns.items()}
        categories = everything.union(*(c for percents in given.values() for c in percents))
        return [
            {
                "category_id": category.id,
                **{n: p.get(category, p.get(everything, 0)) for n, p in given.items()},
            }
            for category in [everything, *categories]
        ]

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return (*key, *((n, grade.name) for n, grade in self._get_columns().items()))

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Names the columns after the tiers, and leaves out those that no tier has."""
        arch, view = super()._get_view(view_id, view_type, **options)
        columns = self._get_columns()
        for name in COLUMNS:
            for node in arch.findall(f".//field[@name='{name}']"):
                if name in columns:
                    node.set("string", f"{columns[name].name} (%)")
                else:
                    node.getparent().remove(node)
        return arch, view

    def action_apply(self):
        self.env["res.partner.grade"].check_access("write")
        for name, grade in self._get_columns().items():
            grade._apply_discounts({line.category_id: line[name] for line in self.line_ids})
        return {"type": "ir.actions.act_window_close"}

    @api.constrains("line_ids")
    def _check_categories(self):
        for wizard in self:
            categories = wizard.line_ids.mapped("category_id.id")
            rows = wizard.line_ids.filtered("category_id")
            if len(rows) != len(set(categories)):
                raise ValidationError(self.env._("Each product category has one row."))
            if len(wizard.line_ids) - len(rows) > 1:
                raise ValidationError(self.env._("The discount on all other products has one row."))


class S2b2bTierPricelistLine(models.TransientModel):
    """The discounts on the sales price of a category's products, a column each tier."""

    _name = "s2b2b.tier.pricelist.line"
    _description = "Line of Tier Price Lists"

    wizard_id = fields.Many2one("s2b2b.tier.pricelist", required=True, ondelete="cascade")
    category_id = fields.Many2one("product.category", string="Product Category")
    percent_1 = fields.Float(digits=(5, 2))
    percent_2 = fields.Float(digits=(5, 2))
    percent_3 = fields.Float(digits=(5, 2))
    percent_4 = fields.Float(digits=(5, 2))
    percent_5 = fields.Float(digits=(5, 2))
    percent_6 = fields.Float(digits=(5, 2))
    percent_7 = fields.Float(digits=(5, 2))
    percent_8 = fields.Float(digits=(5, 2))

    @api.constrains(*COLUMNS)
    def _check_percents(self):
        columns = self.env["s2b2b.tier.pricelist"]._get_columns()
        for line in self:
            wrong = [grade.name for name, grade in columns.items() if not 0 <= line[name] < 100]
            if wrong:
                raise ValidationError(
                    self.env._(
                        "%(category)s, %(tiers)s: a discount is at least 0 %% and below 100 %%.",
                        category=line.category_id.name or self.env._("All Other Products"),
                        tiers=", ".join(wrong),
                    )
                )
