from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ..tools.fitness import Standing, unfit
from ..tools.roles import may

STATUS = [
    ("none", "Not a Supplier"),
    ("applicant", "Applicant"),
    ("qualified", "Qualified"),
    ("conditional", "Conditional"),
    ("suspended", "Suspended"),
    ("eliminated", "Eliminated"),
]
ROLES = [
    ("admin", "Administrator"),
    ("orders", "Orders"),
    ("catalogue", "Catalogue"),
    ("finance", "Finance"),
    ("viewer", "Viewer"),
]
MANAGER = "s2b2b_supplier.group_manager"


class ResPartner(models.Model):
    _inherit = ["res.partner", "s2b2b.guarded", "s2b2b.supplier.lifecycle"]
    _name = "res.partner"
    _guarded_fields = {
        "supplier_status": None,
        "supplier_status_before": None,
        "supplier_status_cause": None,
        "supplier_status_reason": None,
        "supplier_status_date": None,
        "supplier_score": None,
        "supplier_is_rated": None,
        "supplier_grade_id": None,
        "supplier_suspended_category_ids": None,
        "supplier_valid_until": MANAGER,
        "supplier_category_ids": MANAGER,
        "supplier_max_amount": MANAGER,
        "supplier_max_currency_id": MANAGER,
    }

    supplier_status = fields.Selection(
        STATUS,
        default="none",
        required=True,
        index=True,
        copy=False,
        tracking=True,
        readonly=True,
        groups="base.group_user",
    )
    supplier_status_before = fields.Selection(
        STATUS, string="Status before Suspension", copy=False, groups="base.group_user"
    )
    supplier_status_cause = fields.Selection(
        [("manual", "Decision"), ("certificate", "Certificate"), ("validity", "Validity")],
        string="Cause of Suspension",
        copy=False,
        groups="base.group_user",
        help="A suspension for a certificate ends by itself once a renewal is verified.",
    )
    supplier_status_reason = fields.Char(
        copy=False, tracking=True, readonly=True, groups="base.group_user"
    )
    supplier_status_date = fields.Datetime(
        string="Status Since", copy=False, readonly=True, groups="base.group_user"
    )
    supplier_valid_until = fields.Date(
        string="Qualified Until", copy=False, tracking=True, groups="base.group_user"
    )
    supplier_category_ids = fields.Many2many(
        "product.category",
        "s2b2b_partner_category_rel",
        string="Qualified Categories",
        copy=False,
        tracking=True,
        groups="base.group_user",
        help="Product categories, sub-categories included, that it may supply; empty: all.",
    )
    supplier_suspended_category_ids = fields.Many2many(
        "product.category",
        "s2b2b_partner_suspended_category_rel",
        string="Suspended Categories",
        copy=False,
        tracking=True,
        readonly=True,
        groups="base.group_user",
        help="Categories for which a required certificate has expired.",
    )
    supplier_max_amount = fields.Monetary(
        string="Largest Order",
        currency_field="supplier_max_currency_id",
        copy=False,
        tracking=True,
        groups="base.group_user",
        help="Untaxed amount up to which a conditional supplier may get an order; 0: no limit.",
    )
    supplier_max_currency_id = fields.Many2one(
        "res.currency",
        string="Currency of the Largest Order",
        default=lambda self: self.env.company.currency_id,
        copy=False,
        groups="base.group_user",
    )
    supplier_score = fields.Float(
        company_dependent=True, copy=False, digits=(5, 1), groups="base.group_user"
    )
    supplier_is_rated = fields.Boolean(
        string="Rated", company_dependent=True, copy=False, groups="base.group_user"
    )
    supplier_grade_id = fields.Many2one(
        "s2b2b.supplier.grade",
        company_dependent=True,
        copy=False,
        groups="base.group_user",
    )
    supplier_closed_from = fields.Date(string="Closed From", copy=False)
    supplier_closed_to = fields.Date(string="Closed Until", copy=False)
    supplier_role = fields.Selection(
        ROLES,
        string="Role in the Supplier Portal",
        copy=False,
        groups="base.group_user",
        help="What this contact may do in the portal for its company; without a role it may look.",
    )
    delivery_area_ids = fields.Many2many(
        "s2b2b.delivery.area",
        string="Delivery Areas",
        groups="s2b2b_supplier.group_user,purchase.group_purchase_user",
        help="Empty: delivers anywhere.",
    )
    supplier_certificate_ids = fields.One2many(
        "s2b2b.certificate",
        "partner_id",
        string="Certificates",
        groups="s2b2b_supplier.group_user",
    )
    supplier_certificate_count = fields.Integer(
        compute="_compute_supplier_counts", groups="s2b2b_supplier.group_user"
    )
    supplier_qualification_count = fields.Integer(
        compute="_compute_supplier_counts", groups="s2b2b_supplier.group_user"
    )
    supplier_scorecard_count = fields.Integer(
        compute="_compute_supplier_counts", groups="s2b2b_supplier.group_user"
    )
    supplier_stock_count = fields.Integer(
        compute="_compute_supplier_counts", groups="s2b2b_supplier.group_user"
    )

    # The duplicate check of applications: the tax number without spaces, dots and dashes.
    _supplier_tax_number_idx = models.Index(
        "(regexp_replace(upper(vat), '[^A-Z0-9]', '', 'g')) WHERE vat IS NOT NULL"
    )

    def _compute_supplier_counts(self):
        for name, model in (
            ("supplier_certificate_count", "s2b2b.certificate"),
            ("supplier_qualification_count", "s2b2b.qualification"),
            ("supplier_scorecard_count", "s2b2b.scorecard"),
            ("supplier_stock_count", "s2b2b.supplier.stock"),
        ):
            groups = self.env[model]._read_group(
                [("partner_id", "in", self.ids)], ["partner_id"], ["__count"]
            )
            counts = {partner.id: count for partner, count in groups}
            for partner in self:
                partner[name] = counts.get(partner.id, 0)

    @api.constrains("supplier_closed_from", "supplier_closed_to")
    def _check_supplier_closed(self):
        for partner in self:
            first, last = partner.supplier_closed_from, partner.supplier_closed_to
            if bool(first) != bool(last) or (first and first > last):
                raise ValidationError(
                    self.env._("A closure needs a first day and a last day that is not before it.")
                )

    @api.constrains("parent_id", "is_company")
    def _check_supplier_is_commercial(self):
        for partner in self:
            if partner.supplier_status != "none" and partner.commercial_partner_id != partner:
                raise ValidationError(
                    self.env._(
                        "%(name)s is a supplier of its own and cannot become a contact of "
                        "another company.",
                        name=partner.name,
                    )
                )

    def action_supplier_decision(self):
        """Opens the dialogue that asks for the reason of a change of status."""
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "s2b2b_supplier.s2b2b_supplier_decision_action"
            ),
            "context": {
                "default_partner_ids": self.commercial_partner_id.ids,
                "default_verb": self.env.context.get("supplier_verb"),
            },
        }

    def _supplier_unfit_reasons(self, company, products=None, amount=None, exposures=None):
        """Why these partners may not get an order of ``company``: {partner id: text or False}.

        ``products`` are what is ordered (all of it has to be allowed), ``amount`` its untaxed sum
        in the company's currency, ``exposures`` what ``_supplier_exposures`` gives, where the
        caller has it. Answers for the batch from fields that are read together: once they are
        cached, asking again without an amount costs no query. Where the gate is off, everybody is
        fit.
        """
        if company.supplier_gate_policy == "off":
            return dict.fromkeys(self.ids, False)
        found = self._supplier_find_unfit(company, products, amount, exposures)
        # sudo: the reason may name what a buyer may not read
        partners = self.sudo().with_company(company)
        return {
            partner.id: partner.commercial_partner_id._unfit_text(found[partner.id])
            if found[partner.id]
            else False
            for partner in partners
        }

    def _supplier_find_unfit(self, company, products=None, amount=None, exposures=None):
        """{partner id: ``Unfit`` or None}, whatever the gate of the company does about it."""
        # sudo: the status stops every order, also of a user who may not read it; only codes go out
        partners = self.sudo().with_company(company)
        paths = {categ._supplier_path() for categ in products.categ_id} if products else ()
        if products and any(not product.categ_id for product in products):
            paths |= {()}
        if exposures is None and amount is not None:
            exposures = partners._supplier_exposures(company)
        today = fields.Date.context_today(partners)
        found = {}
        for partner in partners:
            supplier = partner.commercial_partner_id
            limit, opened = (exposures or {}).get(supplier.id, (None, 0))
            found[partner.id] = unfit(
                replace(supplier._prepare_standing(), exposure_limit=limit, open_amount=opened),
                sorted(paths),
                supplier._amount_to_compare(amount, company),
                exposure=None if amount is None else Decimal(str(amount)),
                today=today,
                qualification_required=company.supplier_qualification_required,
            )
        return found

    def _prepare_standing(self):
        limited = self.supplier_status == "conditional" and self.supplier_max_amount > 0
        return Standing(
            status=self.supplier_status,
            valid_until=self.supplier_valid_until or None,
            categories=frozenset(self.supplier_category_ids.ids),
            suspended_categories=frozenset(self.supplier_suspended_category_ids.ids),
            max_amount=Decimal(str(self.supplier_max_amount)) if limited else None,
            purchase_policy=self.supplier_grade_id.purchase_policy or "allow",
        )

    def _amount_to_compare(self, amount, company):
        if amount is None or self.supplier_status != "conditional":
            return None
        currency = self.supplier_max_currency_id or company.currency_id
        today = fields.Date.context_today(self)
        return Decimal(str(company.currency_id._convert(amount, currency, company, today)))

    def _unfit_text(self, reason):
        """The reason for people; each code of ``tools.fitness`` has its sentence."""
        values = {"name": self.name, "detail": self._unfit_detail(reason)}
        texts = {
            "suspended": self.env._("%(name)s is suspended: %(detail)s", **values),
            "eliminated": self.env._("%(name)s is eliminated: %(detail)s", **values),
            "none": self.env._("%(name)s is not a qualified supplier.", **values),
            "applicant": self.env._("The application of %(name)s is not decided yet.", **values),
            "expired": self.env._("The qualification of %(name)s ended on %(detail)s.", **values),
            "suspended_category": self.env._(
                "%(name)s lacks a valid certificate for %(detail)s.", **values
            ),
            "category": self.env._("%(name)s is not qualified for %(detail)s.", **values),
            "amount": self.env._("%(name)s may get orders up to %(detail)s only.", **values),
            "exposure": self.env._(
                "This order and what is open with %(name)s exceed its exposure limit of "
                "%(detail)s.",
                **values,
            ),
            "grade": self.env._("The grade %(detail)s of %(name)s forbids orders.", **values),
        }
        return texts[reason.code]

    def _unfit_detail(self, reason):
        match reason.code:
            case "suspended" | "eliminated":
                return self.supplier_status_reason or ""
            case "expired":
                return format_date(self.env, self.supplier_valid_until)
            case "suspended_category" | "category":
                category = self.env["product.category"].browse(reason.category or ())
                return category.display_name or self.env._("products without a category")
            case "amount":
                return self.supplier_max_currency_id.format(self.supplier_max_amount)
            case "exposure":
                return self.supplier_credit_currency_id.format(self.supplier_credit_limit)
            case "grade":
                return self.supplier_grade_id.name
        return ""

    def _supplier_may(self, capability):
        """Whether this contact may do it for its company in the portal.

        The company's own login is its administrator; contacts without a role only look.
        """
        # sudo: roles are not for the portal to read; only the answer goes out
        contact = self.sudo()
        own_login = contact == contact.commercial_partner_id
        return may(contact.supplier_role or ("admin" if own_login else "viewer"), capability)

    def _supplier_is_closed(self, day):
        """Whether the supplier has announced that it is closed on ``day``."""
        supplier = self.commercial_partner_id
        first, last = supplier.supplier_closed_from, supplier.supplier_closed_to
        return bool(first and first <= day <= last)

    def _supplier_next_open_day(self, day):
        """``day``, or the first one after it on which the supplier is open again."""
        if not self._supplier_is_closed(day):
            return day
        return self.commercial_partner_id.supplier_closed_to + timedelta(days=1)
