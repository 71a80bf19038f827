from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools.claims import DECIDED, next_state
from ..tools.uploads import Upload, check_uploads

KINDS = [
    ("quality", "Quality"),
    ("quantity", "Quantity"),
    ("damage", "Damage"),
    ("wrong_item", "Wrong Item"),
    ("service", "Service"),
]
STATES = [
    ("open", "Open"),
    ("answered", "Answered"),
    ("escalated", "Escalated"),
    ("resolved", "Resolved"),
    ("refused", "Refused"),
]
RESOLUTIONS = [
    ("replace", "Replace"),
    ("return_refund", "Return and Refund"),
    ("refund", "Refund"),
    ("price_cut", "Price Cut"),
    ("reject", "Reject"),
]
IDENTITY = frozenset(
    {"partner_id", "company_id", "purchase_line_id", "move_id", "picking_id", "product_id"}
)


class S2b2bClaim(models.Model):
    """What is wrong with a delivery, the supplier's answer, and what comes of it."""

    _name = "s2b2b.claim"
    _description = "Supplier Claim"
    _inherit = ["mail.thread", "mail.activity.mixin", "s2b2b.guarded"]
    _order = "opened_at desc, id desc"
    _check_company_auto = True
    _rec_names_search = ["name", "partner_id", "purchase_id"]
    _guarded_fields = dict.fromkeys(
        (
            "state",
            "opened_at",
            "answer_deadline",
            "first_response_at",
            "escalated_at",
            "resolved_at",
            "resolved_by_id",
            "response_hours",
            "resolution_hours",
            "supplier_closed_from",
            "supplier_closed_to",
            "offered_resolution",
            "offered_amount",
            "return_picking_id",
            "replacement_id",
            "credit_move_id",
            "score_exclusion_id",
        )
    )
    _frozen_states = DECIDED
    _frozen_fields = frozenset(
        {
            "kind",
            "quantity",
            "product_uom_id",
            "amount",
            "currency_id",
            "description",
            "attachment_ids",
            "resolution",
            "resolution_quantity",
            "resolution_amount",
            "resolution_note",
            "return_goods",
            "freight_bearer",
            "freight_amount",
        }
    )

    name = fields.Char(default="/", required=True, copy=False, readonly=True)
    kind = fields.Selection(KINDS, required=True, default="quality", tracking=True)
    state = fields.Selection(
        STATES, default="open", required=True, index=True, copy=False, readonly=True, tracking=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Supplier",
        compute="_compute_from_line",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('parent_id', '=', False)]",
        tracking=True,
    )
    picking_id = fields.Many2one(
        "stock.picking",
        string="Receipt",
        compute="_compute_picking_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        check_company=True,
        domain="[('state', '=', 'done'), ('picking_type_code', 'in', ('incoming', 'dropship'))]",
    )
    move_id = fields.Many2one(
        "stock.move",
        string="Receipt Line",
        index="btree_not_null",
        check_company=True,
        domain="[('state', '=', 'done'), ('purchase_line_id', '!=', False),"
        " ('picking_id', '=?', picking_id)]",
    )
    purchase_line_id = fields.Many2one(
        "purchase.order.line",
        string="Order Line",
        compute="_compute_purchase_line_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        check_company=True,
        domain="[('state', '=', 'purchase'), ('partner_id', 'child_of', partner_id or [])]",
    )
    purchase_id = fields.Many2one(
        related="purchase_line_id.order_id", store=True, index="btree_not_null"
    )
    product_id = fields.Many2one(
        "product.product",
        compute="_compute_from_line",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        check_company=True,
    )
    quantity = fields.Float(string="Claimed Quantity", digits="Product Unit", tracking=True)
    product_uom_id = fields.Many2one(
        "uom.uom",
        string="Unit",
        compute="_compute_from_line",
        store=True,
        readonly=False,
        precompute=True,
    )
    currency_id = fields.Many2one(
        "res.currency",
        compute="_compute_from_line",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    amount = fields.Monetary(
        string="Claimed Amount",
        compute="_compute_amount",
        store=True,
        readonly=False,
        tracking=True,
        help="Untaxed value of what is claimed: the quantity at the order's price.",
    )
    report = fields.Text(
        string="Customer's Report",
        help="Stays inside. The description takes it over without names, addresses and numbers.",
    )
    description = fields.Text(
        compute="_compute_description",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="What the supplier reads.",
    )
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "s2b2b_claim_attachment_rel",
        string="Photos and Papers",
        copy=False,
        help="The supplier sees them in its portal.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        tracking=True,
    )
    opened_at = fields.Datetime(
        default=fields.Datetime.now, required=True, readonly=True, copy=False, index=True
    )

    _quantity_positive = models.Constraint("CHECK(quantity >= 0)", "A quantity cannot be negative.")

    @api.depends("move_id")
    def _compute_picking_id(self):
        for claim in self:
            claim.picking_id = claim.move_id.picking_id or claim.picking_id

    @api.depends("move_id")
    def _compute_purchase_line_id(self):
        for claim in self:
            claim.purchase_line_id = claim.move_id.purchase_line_id or claim.purchase_line_id

    @api.depends("purchase_line_id", "picking_id", "company_id")
    def _compute_from_line(self):
        for claim in self:
            line, picking = claim.purchase_line_id, claim.picking_id
            source = line.order_id.partner_id or picking.partner_id
            claim.partner_id = source.commercial_partner_id or claim.partner_id
            claim.product_id = line.product_id or claim.product_id
            claim.product_uom_id = line.product_uom_id or claim.product_id.uom_id
            claim.currency_id = line.currency_id or claim.company_id.currency_id

    @api.depends("quantity", "purchase_line_id")
    def _compute_amount(self):
        for claim in self:
            if claim.purchase_line_id:
                value = claim.quantity * claim._get_unit_price()
                claim.amount = claim.currency_id.round(value) if claim.currency_id else value
            else:
                claim.amount = claim.amount

    @api.depends("report")
    def _compute_description(self):
        for claim in self:
            taken_over = claim._get_text_for_supplier(claim.report)
            claim.description = claim.description or taken_over

    @api.constrains("partner_id", "purchase_line_id", "move_id", "product_id")
    def _check_one_supplier(self):
        # sudo: who handles claims need be neither buyer nor warehouse keeper
        for claim in self.sudo():
            line, move = claim.purchase_line_id, claim.move_id
            if line and line.order_id.partner_id.commercial_partner_id != claim.partner_id:
                raise ValidationError(self.env._("The order line is of another supplier."))
            if move and move.purchase_line_id != line:
                raise ValidationError(self.env._("Receipt line and order line do not belong."))
            if line and claim.product_id != line.product_id:
                raise ValidationError(self.env._("The order line is of another product."))

    @api.constrains("attachment_ids")
    def _check_attachments(self):
        for claim in self:
            # sudo: only names and first bytes of what the user has just attached are looked at
            files = claim.sudo().attachment_ids
            problem = check_uploads([Upload(file.name, file.raw or b"") for file in files])
            if problem:
                raise ValidationError(self.env["s2b2b.certificate"]._upload_text(problem))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("name", "/") == "/":
                vals["name"] = self.env["ir.sequence"].next_by_code(self._name) or "/"
        claims = super().create(vals_list)
        claims._adopt_attachments()
        claims._start_clock()
        claims._mail_supplier("s2b2b_supplier.mail_claim_opened")
        return claims

    def write(self, vals):
        if not self._is_verb() and IDENTITY & vals.keys():
            self._refuse_other_identity(vals)
        result = super().write(vals)
        if "attachment_ids" in vals:
            self._adopt_attachments()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_open(self):
        if any(claim.state != "open" for claim in self):
            raise UserError(self.env._("A claim that was answered is evidence and is kept."))

    def _check_step(self, verb):
        # Checked here as well: these methods are open to RPC, and what follows may write nothing.
        self.check_access("write")
        states = dict(self._fields["state"]._description_selection(self.env))
        for claim in self:
            values = {"name": claim.name, "state": states[claim.state]}
            if claim.state in DECIDED:
                raise UserError(
                    self.env._(
                        "%(name)s: %(user)s has decided already (%(state)s).",
                        user=claim.resolved_by_id.name,
                        **values,
                    )
                )
            if not next_state(verb, claim.state):
                raise UserError(
                    self.env._("%(name)s is “%(state)s”; this action does not apply.", **values)
                )

    def _refuse_other_identity(self, vals):
        """Who has read a claim has read it: it cannot become another supplier's."""
        for claim in self:
            for name in IDENTITY & vals.keys():
                if claim[name].id and claim[name].id != vals[name]:
                    raise UserError(
                        self.env._("%s was sent already; open another claim.", claim.name)
                    )

    def _get_unit_price(self):
        """The order's price of one unit of the claim, after discount."""
        # sudo: the price of what is claimed, for whoever handles the claim
        line = self.sudo().purchase_line_id
        if not line or not self.product_uom_id:
            return 0.0
        price = line.price_unit * (1 - (line.discount or 0.0) / 100)
        return line.product_uom_id._compute_price(price, self.product_uom_id)

    def _adopt_attachments(self):
        """Files uploaded before the claim was saved become readable through it."""
        for claim in self:
            # sudo: the user's own uploads that belong to nothing yet, and only those
            claim.sudo().attachment_ids.filtered(
                lambda a: not a.res_id and a.create_uid == self.env.user
            ).write({"res_model": self._name, "res_id": claim.id})
