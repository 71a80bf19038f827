from stdnum import ean

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import escape_psql

from ..tools.similarity import Known, gtin_forms, match, words
from ..tools.table import plain

MOST_COMPARED = 200
WORDS = 4


class S2b2bProductProposal(models.Model):
    """A product that a supplier would like to deliver and that we may not have yet."""

    _name = "s2b2b.product.proposal"
    _inherit = ["mail.thread", "mail.activity.mixin", "s2b2b.guarded"]
    _description = "Product Proposal"
    _order = "id desc"
    _check_company_auto = True
    _guarded_fields = {
        "state": None,
        "product_id": None,
        "match_kind": None,
        "reason": None,
        "decided_by_id": None,
        "decided_on": None,
    }
    _frozen_states = frozenset({"merged", "accepted", "refused"})
    _frozen_fields = frozenset(
        {"partner_id", "name", "barcode", "product_code", "price", "min_qty", "delay"}
    )

    name = fields.Char(string="Product", required=True, tracking=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Supplier",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('supplier_status', '!=', 'none')]",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    contact_id = fields.Many2one("res.partner", string="Proposed by", ondelete="set null")
    barcode = fields.Char(string="Barcode (GTIN)", index="btree_not_null", tracking=True)
    product_code = fields.Char(string="Supplier's Code")
    category_id = fields.Many2one("product.category", ondelete="restrict")
    description = fields.Text()
    image_ids = fields.Many2many("ir.attachment", string="Pictures", bypass_search_access=True)
    image_1920 = fields.Image(string="Picture", compute="_compute_image_1920")
    price = fields.Float(min_display_digits="Product Price")
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.company.currency_id
    )
    min_qty = fields.Float(string="Minimum", digits="Product Unit")
    delay = fields.Integer(string="Lead Time", default=1, help="Days from order to arrival.")
    product_uom_id = fields.Many2one(
        "uom.uom",
        string="Unit",
        required=True,
        default=lambda self: self.env.ref("uom.product_uom_unit"),
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("merged", "Merged"),
            ("accepted", "Accepted"),
            ("refused", "Refused"),
        ],
        default="draft",
        required=True,
        index=True,
        tracking=True,
        copy=False,
    )
    match_kind = fields.Selection(
        [
            ("barcode", "Same Barcode"),
            ("code", "Same Supplier's Code"),
            ("near", "Near Names"),
            ("none", "Unknown"),
        ],
        string="Match",
        compute="_compute_matches",
        compute_sudo=True,
    )
    match_ids = fields.Many2many(
        "product.product", string="Like", compute="_compute_matches", compute_sudo=True
    )
    merge_product_id = fields.Many2one(
        "product.product",
        string="Merge into",
        check_company=True,
        domain="[('purchase_ok', '=', True)]",
        help="The product that it really is; merging adds the supplier's offer to it.",
    )
    product_id = fields.Many2one(
        "product.product", string="Our Product", readonly=True, copy=False, check_company=True
    )
    reason = fields.Char(string="Reason of Refusal", readonly=True, copy=False, tracking=True)
    decided_by_id = fields.Many2one("res.users", string="Decided by", readonly=True, copy=False)
    decided_on = fields.Datetime(readonly=True, copy=False)

    _open_barcode_unique = models.UniqueIndex(
        "(partner_id, company_id, barcode) WHERE state IN ('draft', 'submitted')"
        " AND barcode IS NOT NULL",
        "This supplier has proposed a product with this barcode already.",
    )
    # Two proposals of one product accepted at one moment: neither sees the product of the other.
    _accepted_barcode_unique = models.UniqueIndex(
        "(ltrim(barcode, '0')) WHERE state = 'accepted' AND product_id IS NOT NULL "
        "AND barcode IS NOT NULL AND barcode != ''",
        "A product with this barcode was accepted meanwhile. Merge the proposal into it.",
    )
    _figures_positive = models.Constraint(
        "CHECK(price >= 0 AND min_qty >= 0 AND delay >= 0)",
        "Price, minimum and lead time cannot be negative.",
    )

    @api.constrains("barcode")
    def _check_barcode(self):
        for proposal in self:
            if proposal.barcode and not ean.is_valid(proposal.barcode):
                raise ValidationError(
                    self.env._("%s is no GTIN: its check digit is wrong.", proposal.barcode)
                )

    @api.depends("image_ids")
    def _compute_image_1920(self):
        for proposal in self:
            # sudo: the pictures belong to a proposal that the user may read
            proposal.image_1920 = proposal.image_ids.sudo()[:1].datas

    @api.depends("name", "barcode", "product_code", "partner_id", "state")
    def _compute_matches(self):
        for proposal in self:
            if proposal.state not in ("draft", "submitted"):
                proposal.match_kind, proposal.match_ids = False, False
                continue
            found = proposal._match()
            proposal.match_kind = found.kind
            proposal.match_ids = self.env["product.product"].browse(found.keys)

    def _match(self):
        """What the proposal may be among the products that its numbers and words find."""
        products = self._find_candidates()
        offers = self._find_own_offers(products)
        codes = {}
        for offer in offers:
            for variant in offer.product_id or offer.product_tmpl_id.product_variant_ids:
                codes.setdefault(variant.id, set()).add(offer.product_code)
        known = [
            Known(p.id, p.name, p.barcode or "", frozenset(codes.get(p.id, ()))) for p in products
        ]
        return match(self.name or "", self.barcode or "", self.product_code or "", known)

    def _find_candidates(self):
        model = self.env["product.product"]
        sure = Domain("barcode", "in", gtin_forms(self.barcode or ""))
        if self.product_code and self.partner_id:
            own = Domain("partner_id", "child_of", self.partner_id.ids)
            sure |= Domain(
                "seller_ids", "any", own & Domain("product_code", "=", self.product_code)
            )
        names = [escape_psql(word) for word in words(self.name or "")[:WORDS]]
        near = Domain.OR([Domain("name", "ilike", word) for word in names] or [Domain.FALSE])
        ours = Domain("company_id", "in", [False, self.company_id.id])
        return model.search(ours & sure) | model.search(ours & near, limit=MOST_COMPARED)

    def _find_own_offers(self, products):
        return self.env["product.supplierinfo"].search(
            Domain("partner_id", "child_of", self.partner_id.ids)
            & Domain("product_tmpl_id", "in", products.product_tmpl_id.ids)
        )

    def action_submit(self):
        self._check_state("draft")
        for proposal in self:
            if not proposal.price:
                raise UserError(self.env._("%s: the price is missing.", proposal.name))
        self._write_guarded({"state": "submitted"})

    def action_merge(self):
        """It is a product of ours: only the supplier's offer is added to it."""
        self._lock_submitted()
        for proposal in self:
            product = proposal.merge_product_id
            if not product and proposal.match_kind in ("barcode", "code"):
                product = proposal.match_ids[:1]
            if not product:
                raise UserError(self.env._("Choose the product that it is merged into."))
            proposal._add_offer(product)
            proposal._close("merged", product)

    def action_accept(self):
        """It is new: the product is made with its offer, to be priced before it is sold."""
        self._lock_submitted()
        for proposal in self:
            if proposal.match_kind == "barcode":
                raise UserError(
                    self.env._(
                        "There is a product with this barcode: %s. Merge the proposal into it.",
                        proposal.match_ids[:1].display_name,
                    )
                )
            # sudo: who may decide on proposals need not be allowed to make products otherwise
            product = self.env["product.product"].sudo().create(proposal._prepare_product_vals())
            proposal._add_offer(product)
            proposal._close("accepted", product)

    def action_refuse(self):
        """Asks for the reason; the supplier reads it."""
        return self.env["s2b2b.refusal"]._open(self)

    def _refuse(self, reason):
        self._lock_submitted()
        for proposal in self:
            proposal._close("refused", self.env["product.product"], reason)

    def _check_state(self, *states):
        self.check_access("write")
        if any(proposal.state not in states for proposal in self):
            raise UserError(self.env._("Some of these proposals are at another stage already."))

    def _lock_submitted(self):
        """Of two who decide at once one wins, the other is told."""
        self.check_access("write")
        self.lock_for_update(allow_referencing=True)
        self._check_state("submitted")

    def _prepare_product_vals(self):
        # sudo: the pictures belong to the proposal
        picture = self.image_ids.sudo()[:1]
        return {
            "name": self.name,
            "type": "consu",
            "is_storable": True,
            "purchase_ok": True,
            "sale_ok": False,
            "barcode": self.barcode,
            "uom_id": self.product_uom_id.id,
            "description_purchase": self.description,
            "image_1920": picture.datas,
            **({"categ_id": self.category_id.id} if self.category_id else {}),
        }

    def _prepare_offer_vals(self, product):
        return {
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "product_tmpl_id": product.product_tmpl_id.id,
            "product_id": product.id,
            "product_code": self.product_code,
            "product_name": False if product.name == self.name else self.name,
            "price": self.price,
            "currency_id": self.currency_id.id,
            "min_qty": self.min_qty,
            "delay": self.delay,
            "product_uom_id": self._offer_unit(product).id,
        }

    def _offer_unit(self, product):
        if self.product_uom_id._root() != product.uom_id._root():
            raise UserError(
                self.env._(
                    "%(product)s is not counted in %(unit)s.",
                    product=product.display_name,
                    unit=self.product_uom_id.name,
                )
            )
        return self.product_uom_id

    def _add_offer(self, product):
        """One offer, also where the supplier has one for this quantity already."""
        # sudo: who may decide on proposals need not be allowed to edit prices otherwise
        proposal = self.sudo()
        vals = proposal._prepare_offer_vals(product)
        same = proposal._find_own_offers(product).filtered(
            lambda offer: (
                offer.product_id in (product, product.browse())
                and offer.min_qty == self.min_qty
                and offer.currency_id == self.currency_id
                and offer.company_id in (self.company_id, self.company_id.browse())
            )
        )[:1]
        if same:
            same.write({name: vals[name] for name in ("price", "delay", "product_code")})
        else:
            same.create(vals)

    def _close(self, state, product, reason=False):
        self._write_guarded(
            {
                "state": state,
                "product_id": product.id,
                "reason": reason,
                "decided_by_id": self.env.uid,
                "decided_on": fields.Datetime.now(),
            }
        )
        self._tell_supplier()

    def _tell_supplier(self):
        local = self.with_context(lang=self.partner_id.lang)
        values = {"name": self.name, "reason": self.reason or ""}
        if self.state == "refused":
            body = local.env._("Your proposal %(name)s was refused: %(reason)s", **values)
        else:
            body = local.env._("Your proposal %(name)s is part of our catalogue now.", **values)
        self.partner_id._tell_portal("catalogue", local.env._("Your proposal"), body)

    @api.model
    def _clean_barcode(self, text):
        """The digits of a barcode as people type it."""
        return "".join(plain(text).replace("-", " ").split())
