from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

INTERNAL = "base.group_user"
STAFF = "s2b2b_member.group_user"


class ResPartner(models.Model):
    _inherit = "res.partner"

    is_member = fields.Boolean(
        string="Member", tracking=True, help="Takes part in tiers, credit checks and points."
    )
    member_ref = fields.Char(string="Member Number", copy=False, index="btree_not_null")
    grade_id = fields.Many2one(copy=False, index="btree_not_null")
    grade_locked = fields.Boolean(
        string="Tier Locked",
        copy=False,
        tracking=True,
        groups=INTERNAL,
        help="The evaluation leaves the tier as it is.",
    )
    grade_since = fields.Date(string="Tier Since", copy=False, readonly=True, groups=INTERNAL)
    grade_review_date = fields.Date(
        string="Tier Review",
        copy=False,
        groups=INTERNAL,
        help="From this day on the tier may fall by one, if the member was told before.",
    )
    grade_change_ids = fields.One2many(
        "s2b2b.grade.change", "partner_id", string="Tier Changes", groups=STAFF
    )
    grade_change_count = fields.Integer(compute="_compute_grade_change_count", groups=STAFF)
    member_figures_ids = fields.One2many(
        "s2b2b.member.figures", "partner_id", string="Figures", groups=STAFF
    )
    member_currency_id = fields.Many2one(
        "res.currency", compute="_compute_member_figures", compute_sudo=True, groups=STAFF
    )
    member_amount = fields.Monetary(
        string="Purchases (12 Months)",
        compute="_compute_member_figures",
        compute_sudo=True,
        search="_search_member_amount",
        currency_field="member_currency_id",
        groups=STAFF,
    )
    member_order_count = fields.Integer(
        string="Invoices (12 Months)",
        compute="_compute_member_figures",
        compute_sudo=True,
        groups=STAFF,
    )
    grade_at_risk = fields.Boolean(
        string="Tier at Risk",
        compute="_compute_member_figures",
        compute_sudo=True,
        search="_search_grade_at_risk",
        groups=STAFF,
    )
    tier_notice = fields.Char(compute="_compute_tier_notice", compute_sudo=True, groups=STAFF)
    member_role = fields.Selection(
        "_selection_member_role",
        string="Role at the Member",
        groups=INTERNAL,
        help="What this person may do for its company in the portal.",
    )
    member_order_limit = fields.Float(
        string="Order Limit",
        groups=INTERNAL,
        help="Orders of this person above it need the company's own approver; 0: no limit.",
    )

    _member_idx = models.Index("(commercial_partner_id) WHERE is_member")

    @api.model
    def _selection_member_role(self):
        return [
            ("admin", self.env._("Administrator")),
            ("buyer", self.env._("Buyer")),
            ("approver", self.env._("Approver")),
            ("finance", self.env._("Finance")),
            ("viewer", self.env._("Viewer")),
        ]

    def _compute_grade_change_count(self):
        counts = dict(
            self.env["s2b2b.grade.change"]._read_group(
                [("partner_id", "in", self.ids)], ["partner_id"], ["__count"]
            )
        )
        for partner in self:
            partner.grade_change_count = counts.get(partner, 0)

    @api.depends("member_figures_ids")
    def _compute_member_figures(self):
        currency = self.env["res.partner.grade"]._get_tier_currency()
        for partner in self:
            figures = partner.commercial_partner_id.member_figures_ids
            partner.member_currency_id = figures.currency_id or currency
            partner.member_amount = figures.amount
            partner.member_order_count = figures.order_count
            partner.grade_at_risk = figures.at_risk

    def _search_member_amount(self, operator, value):
        if operator not in ("<", "<=", ">", ">=", "in", "not in"):
            return NotImplemented
        return [("member_figures_ids", "any", [("amount", operator, value)])]

    def _search_grade_at_risk(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("member_figures_ids", "any", [("at_risk", "in", list(value))])]

    @api.depends("member_figures_ids", "grade_review_date")
    @api.depends_context("lang")
    def _compute_tier_notice(self):
        for partner in self:
            member = partner.commercial_partner_id
            figures = member.member_figures_ids
            partner.tier_notice = figures.at_risk and self.env._(
                "%(missing)s more by %(date)s keeps %(tier)s",
                missing=figures._get_missing_text(),
                date=format_date(self.env, member.grade_review_date),
                tier=member.grade_id.name,
            )

    @api.constrains("grade_id")
    def _check_grade_company(self):
        for partner in self:
            company = partner.grade_id.company_id
            if company and (company != self.env.company or partner.company_id - company):
                raise ValidationError(
                    self.env._(
                        "The tier %(tier)s belongs to %(company)s only.",
                        tier=partner.grade_id.name,
                        company=company.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """A tier given at creation brings its benefits, as one that is written later does."""
        plain = [{n: v for n, v in vals.items() if n != "grade_id"} for vals in vals_list]
        partners = super().create(plain)
        partners._number_members()
        partners._drop_own_grade()
        by_grade = defaultdict(self.browse)
        for partner, vals in zip(partners, vals_list, strict=True):
            by_grade[vals.get("grade_id") or partner.grade_id.id] |= partner
        for grade_id, some in by_grade.items():
            if grade_id:
                some._change_grade(self.env["res.partner.grade"].browse(grade_id), some)
        return partners

    def write(self, vals):
        """A tier belongs to the company: written on a contact, it is the company that changes."""
        asked = "grade_id" in vals
        grade = self.env["res.partner.grade"].browse(vals.get("grade_id") or [])
        rest = {name: value for name, value in vals.items() if name != "grade_id"}
        result = super().write(rest) if rest or not asked else True
        if vals.get("is_member"):
            self._number_members()
        if {"parent_id", "is_company"} & vals.keys():
            self._drop_own_grade()
        if asked:
            self._change_grade(grade)
        return result

    def action_view_grade_changes(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("s2b2b_member.grade_change_action")
        return {**action, "domain": [("partner_id", "=", self.id)], "context": {}}

    def _number_members(self):
        for member in self.filtered(lambda p: p.is_member and not p.member_ref):
            # Whoever may make somebody a member need not be allowed to change sequences.
            member.member_ref = self.env["ir.sequence"].sudo().next_by_code("s2b2b.member")

    def _drop_own_grade(self):
        """A contact has the tier of its company, never one of its own."""
        contacts = self.filtered(lambda p: p.grade_id and p.commercial_partner_id != p)
        if contacts:
            contacts._write_past_tiers({"grade_id": False})

    def _write_past_tiers(self, vals):
        # The write of this class would come back here.
        # pylint: disable=super-method-mismatch
        return super().write(vals)

    def _change_grade(self, grade, new=None):
        """Gives the companies of ``self`` a tier, or none, by hand, with all that comes with it.

        :param new: partners just made: whatever tier they show, they had none before
        """
        companies = self.commercial_partner_id
        none = grade.browse()
        former = {c: none if new and c in new else c.grade_id for c in companies}
        former = {company: old for company, old in former.items() if old != grade}
        agreed = companies._get_agreed_pricelists()
        companies._write_past_tiers({"grade_id": grade.id})
        for company, pricelist in agreed.items():
            # Core has put the tier's list over the one agreed with this member.
            company._write_past_tiers({"specific_property_product_pricelist": pricelist.id})
        self.env["s2b2b.tier.benefit"]._grant(grade, companies)
        members = self.browse(c.id for c in former if c.is_member)
        if members:
            members._start_tier_term(grade)
            changes = self.env["s2b2b.grade.change"]
            changes._record_manual({m: former[m] for m in members}, grade)

    def _start_tier_term(self, grade):
        today = fields.Date.context_today(self)
        # Also those who may edit the contact only: the dates follow from the tier.
        self.sudo().write(
            {
                "grade_since": grade and today,
                "grade_review_date": grade and grade._get_next_review_date(today),
            }
        )

    def _get_agreed_pricelists(self):
        """Price lists in this company that were agreed with the member: no tier has them."""
        given = self.env["s2b2b.tier.benefit"]._get_given().pricelists
        lists = {partner: partner.specific_property_product_pricelist for partner in self}
        return {
            p: pricelist for p, pricelist in lists.items() if pricelist.id not in {False, *given}
        }
