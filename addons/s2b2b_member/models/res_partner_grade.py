import gc
import logging
from contextlib import contextmanager
from functools import partial

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..tools.tiering import tier_for

_logger = logging.getLogger(__name__)

MANAGER = "s2b2b_member.group_manager"
GRANTED = ("default_pricelist_id", "credit_limit", "payment_term_id", "user_id", "company_id")


class ResPartnerGrade(models.Model):
    _inherit = "res.partner.grade"

    company_id = fields.Many2one(default=False)
    rank = fields.Integer(
        help="The higher, the better. Tiers are reached in this order; a tier without a rank and "
        "without thresholds is only given by hand.",
    )
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.company.currency_id
    )
    min_amount = fields.Monetary(
        string="Purchases", help="Invoiced in the last 12 months, untaxed, less credit notes."
    )
    min_orders = fields.Integer(
        string="Invoices", help="Posted invoices of the last 12 months; credit notes do not count."
    )
    min_months = fields.Integer(
        string="Months as Member", help="Full months since the member's first invoice."
    )
    min_paid_on_time = fields.Float(
        string="Paid on Time (%)",
        help="Of the invoices that fell due in the last 12 months, the share paid by the due date.",
    )
    credit_limit = fields.Monetary(help="What a member of this tier may owe and have on order.")
    credit_policy = fields.Selection(
        "_selection_credit_policy",
        help="Not checked, checked against the limit, or paid before delivery. "
        "Empty: a credit limit that is set is checked.",
    )
    payment_term_id = fields.Many2one(
        "account.payment.term", string="Payment Terms", ondelete="restrict"
    )
    user_id = fields.Many2one(
        "res.users", string="Account Manager", domain=[("share", "=", False)], ondelete="restrict"
    )
    points_multiplier = fields.Float(default=1.0, help="Points earned are multiplied by this.")
    early_access_days = fields.Integer(
        string="Early Access (Days)", help="Days before others from which new goods can be ordered."
    )
    review_months = fields.Integer(
        string="Reviewed Every (Months)",
        default=12,
        help="A member keeps its tier at least this long, then it may fall by one.",
    )
    notice_days = fields.Integer(
        string="Notice (Days)",
        default=30,
        help="A member is told what it lacks at least this long before it loses the tier.",
    )
    change_count = fields.Integer(compute="_compute_change_count")

    _thresholds_not_negative = models.Constraint(
        "CHECK(min_amount >= 0 AND min_orders >= 0 AND min_months >= 0)",
        "Thresholds cannot be negative.",
    )
    _percent_of_paid_on_time = models.Constraint(
        "CHECK(min_paid_on_time BETWEEN 0 AND 100)",
        "Paid on time is a percentage between 0 and 100.",
    )
    _benefits_not_negative = models.Constraint(
        "CHECK(credit_limit >= 0 AND points_multiplier >= 0 AND early_access_days >= 0)",
        "Benefits cannot be negative.",
    )
    _terms_of_review = models.Constraint(
        "CHECK(review_months > 0 AND notice_days >= 0)",
        "A tier is reviewed every month at most, and its notice cannot be negative.",
    )

    @api.model
    def _selection_credit_policy(self):
        return [
            ("none", self.env._("Not checked")),
            ("limit", self.env._("Credit limit")),
            ("prepaid", self.env._("Prepaid")),
        ]

    def _compute_change_count(self):
        counts = dict(
            self.env["s2b2b.grade.change"]._read_group(
                [("to_grade_id", "in", self.ids)], ["to_grade_id"], ["__count"]
            )
        )
        for grade in self:
            grade.change_count = counts.get(grade, 0)

    def _check_access(self, operation):
        """Core lets salespeople edit tiers; here a tier is credit and prices of all who have it."""
        result = super()._check_access(operation)
        if result or operation == "read" or self.env.user.has_group(MANAGER):
            return result
        text = self.env._("Only member managers change tiers.")
        return self, partial(AccessError, text)

    def write(self, vals):
        """Members who have the tier get its new benefits at once."""
        benefits = self.env["s2b2b.tier.benefit"]
        given = benefits._get_given()
        result = super().write(vals)
        if not {*GRANTED, "currency_id"}.isdisjoint(vals):
            for grade in self:
                benefits._grant(grade, grade._get_holders(), given)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_use(self):
        used = self.filtered(lambda grade: grade._get_holders())
        if used:
            raise UserError(
                self.env._(
                    "Members still have the tier %(tiers)s. Move them first, or archive it.",
                    tiers=", ".join(used.mapped("name")),
                )
            )

    def action_view_changes(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("s2b2b_member.grade_change_action")
        return {**action, "domain": [("to_grade_id", "=", self.id)], "context": {}}

    @api.model
    def _evaluate_members(self, members=None, today=None):
        """Moves members to the tier that their figures of 12 months earn.

        :param members: the members to look at; all of them without
        :param today: the day to decide for
        :return: the ``s2b2b.grade.change`` records made
        """
        today = today or fields.Date.context_today(self)
        rows, decisions = self._decide_tiers(members, today, self._get_ladder())
        return self.env["s2b2b.grade.change"]._apply_decisions(rows, decisions, today)

    @api.model
    def _decide_tiers(self, members, today, ladder):
        """What ``members`` (None: all) did, and what ``ladder`` gives each. Changes nothing.

        :return: a list of ``MemberRow`` and ``{partner id: Decision}``
        """
        rated = any(rung.tier.min_paid_on_time for rung in ladder.rungs)
        with _without_collector():
            rows = self.env["s2b2b.member.figures"]._gather(members, today, rated=rated)
            return rows, {row.partner_id: tier_for(row, ladder, row, today=today) for row in rows}

    @api.model
    def _cron_evaluate_grades(self):
        companies = self.env["res.company"].search([("member_evaluation", "=", True)])
        if not companies:
            return
        members = self.env["res.partner"].search(
            [("is_member", "=", True), ("company_id", "in", [False, *companies.ids])]
        )
        changes = self._evaluate_members(members)
        _logger.info("Tiers: %s members evaluated, %s moved", len(members), len(changes))

    @api.model
    def _archive_unused_bronze(self):
        """The fourth tier that core ships has no place here, unless somebody already has it."""
        bronze = self.env.ref("partnership.res_partner_grade_data_bronze", raise_if_not_found=False)
        if bronze and not bronze._get_holders():
            bronze.active = False

    @api.model
    def _get_tier_currency(self):
        return self._get_ladder_grades().currency_id[:1] or self.env.company.currency_id

    def _get_next_review_date(self, today):
        return today + relativedelta(months=self.review_months or 12)

    def _get_holders(self):
        # Whoever changes a tier changes it for every member that has it.
        partners = self.env["res.partner"].sudo()
        return partners.with_context(active_test=False).search([("grade_id", "in", self.ids)])

    def _get_discounts(self):
        """What the tier's price list takes off: ``{product category (none: all): percent}``."""
        return {
            item.categ_id: item.percent_price
            for item in self.default_pricelist_id.item_ids
            if _is_flat(item)
        }

    def _apply_flat_discount(self, percent):
        self._apply_discounts({self.env["product.category"]: percent})

    def _apply_discounts(self, percents):
        """Makes the tier's price list, or renews it.

        Rules for single products, quantities, dates or other kinds of price stay as they are.

        :param percents: ``{product category (none: all): percent off the sales price}``
        """
        self.ensure_one()
        pricelist = self.default_pricelist_id
        if not pricelist:
            pricelist = self.env["product.pricelist"].create(self._prepare_pricelist_vals())
            self.default_pricelist_id = pricelist
        known = {item.categ_id: item for item in pricelist.item_ids if _is_flat(item)}
        pricelist.item_ids = [
            *(
                Command.delete(item.id)
                for category, item in known.items()
                if category not in percents
            ),
            *(
                Command.update(known[category].id, {"percent_price": percent})
                if category in known
                else Command.create(_prepare_flat_item(category, percent))
                for category, percent in percents.items()
            ),
        ]

    def _prepare_pricelist_vals(self):
        return {
            "name": self.env._("%(tier)s members", tier=self.name),
            "company_id": self.company_id.id,
            "currency_id": self.currency_id.id,
            "sequence": 100 + self.rank,
        }


def _is_flat(item):
    return (
        item.applied_on in ("3_global", "2_product_category")
        and item.compute_price == "percentage"
        and not (item.min_quantity or item.date_start or item.date_end)
    )


def _prepare_flat_item(category, percent):
    return {
        "applied_on": "2_product_category" if category else "3_global",
        "categ_id": category.id,
        "compute_price": "percentage",
        "percent_price": percent,
    }


@contextmanager
def _without_collector():
    """Builds very many small objects that hold no cycles: looking for some takes a third more time.

    Core's ``disabling_gc`` leaves the collector off after an error.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
