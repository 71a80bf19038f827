from decimal import Decimal

from odoo import fields, models
from odoo.exceptions import UserError

from ..tools.claims import DECIDED, Terms, next_state, plan_documents
from .s2b2b_claim import RESOLUTIONS


class S2b2bClaim(models.Model):
    _inherit = "s2b2b.claim"

    resolution = fields.Selection(RESOLUTIONS, copy=False, tracking=True)
    resolution_quantity = fields.Float(
        string="Quantity Settled",
        digits="Product Unit",
        copy=False,
        help="Empty: the claimed quantity.",
    )
    resolution_amount = fields.Monetary(
        string="Amount Settled",
        copy=False,
        help="Of a price cut, or of a refund of something without a price; untaxed.",
    )
    resolution_note = fields.Text(string="Decision", copy=False, help="The supplier reads it.")
    return_goods = fields.Boolean(
        string="Goods Go Back",
        default=True,
        copy=False,
        help="What is replaced goes back to the supplier.",
    )
    freight_bearer = fields.Selection(
        [("supplier", "Supplier"), ("platform", "Platform")],
        string="Freight Borne By",
        default="supplier",
        required=True,
        copy=False,
    )
    freight_amount = fields.Monetary(
        string="Freight", copy=False, help="What the supplier bears goes into its credit note."
    )
    resolved_at = fields.Datetime(string="Decided On", readonly=True, copy=False)
    resolved_by_id = fields.Many2one(
        "res.users", string="Decided By", readonly=True, copy=False, tracking=True
    )

    _resolution_positive = models.Constraint(
        "CHECK(resolution_quantity >= 0 AND resolution_amount >= 0 AND freight_amount >= 0)",
        "What is settled cannot be negative.",
    )

    def action_resolve(self):
        """Decides as set in “Resolution”, and makes the documents; of two people one wins."""
        self.check_access("write")
        self._lock()
        for claim in self:
            claim._check_step(claim._get_verb())
        self._claim_resolve()

    def _claim_resolve(self):
        """Decides claims by their resolution and makes what follows from it.

        A second call finds them decided and makes only what is missing: nothing comes twice.
        """
        self._lock()
        todo = self.filtered(lambda claim: claim.state not in DECIDED)
        now = fields.Datetime.now()
        for claim, hours in todo._get_worked_hours("opened_at", now).items():
            verb = claim._get_verb()
            claim._check_step(verb)
            claim._write_guarded(
                {
                    "state": next_state(verb, claim.state),
                    "resolved_at": now,
                    "resolved_by_id": self.env.uid,
                    "resolution_hours": hours,
                }
            )
        for claim in self:
            claim._make_documents(claim._plan_documents())
        todo.activity_feedback(["mail.mail_activity_data_todo"])
        todo._mail_supplier("s2b2b_supplier.mail_claim_decided")

    def _get_verb(self):
        if not self.resolution:
            raise UserError(self.env._("%s: choose the resolution first.", self.display_name))
        return "refuse" if self.resolution == "reject" else "resolve"

    def _plan_documents(self):
        """What is to be made, decided by ``tools.claims``."""
        self.ensure_one()
        try:
            return plan_documents(self._prepare_terms())
        except ValueError as error:
            raise UserError(self._terms_text(error.args[0])) from error

    def _prepare_terms(self):
        quantity = self.resolution_quantity or self.quantity
        # What a decided claim has sent back already needs no room on the receipt any more.
        returnable = quantity if self.return_picking_id else self._get_returnable()
        return Terms(
            resolution=self.resolution,
            quantity=Decimal(str(quantity)),
            price=Decimal(str(self._get_unit_price())),
            amount=Decimal(str(self.resolution_amount)),
            returnable=None if returnable is None else Decimal(str(returnable)),
            claimed=Decimal(str(self.quantity)) if self.quantity else None,
            claimed_amount=Decimal(str(self.amount)) if self.amount else None,
            left=self._get_left(),
            return_goods=self.return_goods,
            freight=Decimal(str(self.freight_amount)),
            freight_bearer=self.freight_bearer,
        )

    def _terms_text(self, reason):
        texts = {
            "no_receipt": self.env._(
                "Goods go back from a receipt: there is none with %(quantity)g left to return.",
                quantity=reason.params.get("quantity", 0),
            ),
            "no_product": self.env._("A replacement needs a product and a quantity."),
            "no_amount": self.env._("A price cut needs its amount."),
            "no_credit": self.env._("A refund needs a quantity at a price, or an amount."),
            "negative": self.env._("What is settled cannot be negative."),
            **self._limit_texts(reason.params),
        }
        return texts[reason.code]

    def _limit_texts(self, params):
        quantity = params.get("quantity", 0)
        # A currency formats floats only; nothing is computed with it.
        amount = self.currency_id.format(float(params.get("amount", 0)))
        return {
            "above_claim": self.env._("Only %(quantity)g is claimed.", quantity=quantity),
            "above_left": self.env._(
                "Only %(quantity)g of the order line is left: the rest is settled or returned.",
                quantity=quantity,
            ),
            "above_amount": self.env._("Only %(amount)s is claimed.", amount=amount),
            "above_value": self.env._(
                "Only %(amount)s of the order line's value is left to be credited.", amount=amount
            ),
        }

    def _lock(self):
        """Whoever decides about these, or about their order lines, at one moment is told."""
        claims = self.sorted("id")
        claims.lock_for_update(allow_referencing=True)
        # sudo: who decides need be no buyer; nothing of the lines is changed or shown
        claims.sudo().purchase_line_id._lock_for_claims()
        claims.invalidate_recordset()
