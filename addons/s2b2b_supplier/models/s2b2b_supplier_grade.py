from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..tools.banding import Band, band_for, check_bands


class S2b2bSupplierGrade(models.Model):
    """A band of scores and what follows from it. The bands cover 0 to 100 without gap."""

    _name = "s2b2b.supplier.grade"
    _description = "Supplier Grade"
    _order = "low desc, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    color = fields.Integer()
    low = fields.Float(
        string="From Score",
        required=True,
        digits=(5, 1),
        help="The grade holds from this score up to, but without, the next grade's.",
    )
    high = fields.Float(string="To Score", compute="_compute_high", digits=(5, 1))
    purchase_policy = fields.Selection(
        [("allow", "Allow"), ("warn", "Warn"), ("block", "Block")],
        default="allow",
        required=True,
        help="Block: where the supplier gate is on, suppliers of this grade are unfit. "
        "Warn: their orders show a warning.",
    )
    exposure = fields.Integer(
        string="Order of Exposure",
        help="Where the company buys by grade, offers of the lowest number come first, those of "
        "suppliers without a grade last; the price decides within a grade.",
    )
    payment_term_id = fields.Many2one(
        "account.payment.term",
        string="Payment Terms",
        ondelete="restrict",
        domain="[('company_id', '=', False)]",
        help="Purchase orders of suppliers of this grade get these terms; empty: their own.",
    )
    rectification = fields.Boolean(
        help="A supplier that falls to this grade is asked to rectify what is weak."
    )
    description = fields.Text(translate=True, help="Shown to the suppliers that have the grade.")

    @api.depends("low", "active")
    def _compute_high(self):
        highs = {band.key: band.high for band in self._prepare_bands()}
        for grade in self:
            grade.high = highs.get(grade._origin.id, 100)

    @api.constrains("low", "active")
    def _check_bands(self):
        self._refuse_bad_bands(self._prepare_bands())

    @api.ondelete(at_uninstall=False)
    def _unlink_except_needed(self):
        remaining = self._prepare_bands(without=self)
        if remaining:
            self._refuse_bad_bands(remaining)

    @api.model
    def _prepare_bands(self, without=None):
        """The active grades as bands; each ends where the next one begins."""
        # sudo: grading needs all of them, whoever causes it
        grades = (self.sudo().search(Domain.TRUE) - (without or self.browse())).sorted("low")
        highs = [*grades.mapped("low")[1:], 100.0]
        return [
            Band(key=grade.id, low=grade.low, high=high)
            for grade, high in zip(grades, highs, strict=True)
        ]

    @api.model
    def _refuse_bad_bands(self, bands):
        try:
            check_bands(bands)
        except ValueError as error:
            raise ValidationError(self._band_text(error.args[0])) from error

    @api.model
    def _band_text(self, reason):
        texts = {
            "bottom": self.env._("The lowest grade has to begin at 0."),
            "empty": self.env._("Two grades cannot begin at the same score, and none at 100."),
            "reversed": self.env._("A grade has to begin between 0 and 100."),
            "overlap": self.env._("A grade has to begin between 0 and 100."),
        }
        return texts.get(reason.code, str(reason))

    @api.model
    def _find_grade(self, value, bands):
        """The id of the grade of a score, False for what is not rated."""
        band = band_for(value, bands)
        return band.key if band else False
