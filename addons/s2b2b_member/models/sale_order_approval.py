from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

OPEN_STATES = ("draft", "sent")
REASON = "member_approval"
MANAGER = "s2b2b_member.group_manager"
AT_PAGE = "s2b2b_at_page"
KEPT = ("member_approver_id", "member_approved_amount")


class SaleOrder(models.Model):
    """Orders are the member company's; above a person's limit its own approver agrees first."""

    _inherit = "sale.order"

    s2b2b_contact_id = fields.Many2one(
        "res.partner",
        "Ordered By",
        index="btree_not_null",
        copy=False,
        tracking=True,
        help="The person at the member who has placed the order.",
    )
    member_approver_id = fields.Many2one(
        "res.partner", string="Approved By", copy=False, readonly=True, tracking=True
    )
    member_approved_amount = fields.Monetary(
        copy=False, readonly=True, currency_field="hold_currency_id"
    )

    @api.model_create_multi
    def create(self, vals_list):
        """An order of a member's contact becomes the company's, and names the contact."""
        orders = super().create([self._get_company_vals(vals) for vals in vals_list])
        if not self.env.su and orders.filtered(lambda order: any(order[n] for n in KEPT)):
            orders._refuse_agreement()
        return orders

    def write(self, vals):
        """What the member's people did is theirs: its own approver agrees, no seller writes it."""
        if not self.env.su and not set(KEPT).isdisjoint(vals):
            self._refuse_agreement()
        if "s2b2b_contact_id" in vals:
            self._check_contact_change(vals["s2b2b_contact_id"])
        return super().write(vals)

    @api.onchange("partner_id")
    def _onchange_member_contact(self):
        """As at creation: staff choose the person, the order is its company's."""
        contact = self.partner_id
        if contact and self._is_members_contact(contact):
            self.s2b2b_contact_id = contact
            self.partner_id = contact.commercial_partner_id

    def action_confirm(self):
        """Orders that the member's own approver has to agree to are held."""
        waiting = self.filtered(
            lambda order: order.state in OPEN_STATES and order._needs_member_approval()
        )
        waiting._hold_for_approval()
        passing = self - waiting
        if passing or not waiting:
            return super(SaleOrder, passing).action_confirm()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "title": self.env._("On hold"),
                "message": self.env._("The member's own approver has to agree first."),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_approve_for_member(self):
        """What the member's approver has agreed to in another way, written down by a manager."""
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only member managers approve for a member."))
        for order in self:
            order._approve_for_member()
        return True

    def _refuse_agreement(self):
        raise AccessError(self.env._("Only the member's own approver agrees to its orders."))

    def _check_contact_change(self, contact_id):
        """Another person may have a higher limit: who has placed an order is not rewritten."""
        if self.env.su or self.env.user.has_group(MANAGER):
            return
        for order in self:
            given = order.s2b2b_contact_id
            # sudo: users are not for everybody who sells
            placed_itself = order.create_uid.sudo().share
            fixed = placed_itself or order.hold_reason == REASON or order.state not in OPEN_STATES
            if given and given.id != contact_id and fixed:
                raise AccessError(
                    self.env._("%s: only member managers change who has ordered.", order.name)
                )

    def _check_step_into_sale(self):
        """Not only the button: whatever takes an order into ``sale`` waits for the approver."""
        waiting = self.filtered(lambda order: order._needs_member_approval())
        if waiting:
            raise UserError(
                self.env._(
                    "The member's own approver has to agree first: %s.",
                    ", ".join(waiting.mapped("name")),
                )
            )
        return super()._check_step_into_sale()

    def _get_signing_refusal(self):
        """Why the user of the portal may not order for its company by signing; False: it may."""
        self.ensure_one()
        user, member = self._get_user_at_page(), self.partner_id.commercial_partner_id
        own = user._is_portal() and user.partner_id.commercial_partner_id == member
        if own and member.is_member and not user.partner_id._member_may("order"):
            return self.env._("Your company has not given you the right to order.")
        return False

    def _validate_order(self):
        """Whoever signs or pays in the portal is the person who orders."""
        for order in self:
            refusal = order._get_signing_refusal()
            if refusal:
                raise UserError(refusal)
        user = self._get_user_at_page()
        contact = user.partner_id
        if user._is_portal():
            # sudo: the portal user who signs an order has no right to write on it
            own = self.sudo().filtered(
                lambda o: (
                    not o.s2b2b_contact_id
                    and o.partner_id.commercial_partner_id == contact.commercial_partner_id
                    and o.partner_id.commercial_partner_id.is_member
                )
            )
            own.s2b2b_contact_id = contact
        unknown = self.filtered(lambda order: order._is_beyond_unknown_signer())
        unknown._hold_for_approval()
        return super(SaleOrder, self - unknown)._validate_order() if self - unknown else None

    @api.model
    def _get_user_at_page(self):
        """Whoever signs: pages of the portal go on as superuser and say who it was."""
        user_id = self.env.context.get(AT_PAGE)
        # sudo: read to decide what it may do
        return self.env["res.users"].sudo().browse(user_id) if user_id else self.env.user

    def _is_beyond_unknown_signer(self):
        """Whether somebody who is not logged in signs for more than the lowest limit there is."""
        member = self.partner_id.commercial_partner_id
        if self.s2b2b_contact_id or not (
            self._get_user_at_page()._is_public() and member.is_member
        ):
            return False
        # sudo: the limits of the member's people are not for the public, but decide for it
        limits = member.sudo().child_ids.filtered("member_order_limit").mapped("member_order_limit")
        compare = self.company_id.currency_id.compare_amounts
        return bool(limits) and compare(self._get_company_amount(), min(limits)) > 0

    @api.model
    def _is_members_contact(self, partner):
        company = partner.commercial_partner_id
        return partner != company and company.is_member

    @api.model
    def _get_company_vals(self, vals):
        contact = self.env["res.partner"].browse(vals.get("partner_id") or [])
        if not contact or not self._is_members_contact(contact):
            return vals
        changed = {**vals, "partner_id": contact.commercial_partner_id.id}
        changed.setdefault("s2b2b_contact_id", contact.id)
        if contact.type == "delivery":
            changed.setdefault("partner_shipping_id", contact.id)
        return changed

    def _needs_member_approval(self):
        """Whether the amount is beyond what the person who orders may order alone."""
        self.ensure_one()
        # sudo: limits are not for everybody who sells
        contact = self.s2b2b_contact_id.sudo()
        limit = contact.member_order_limit
        if not limit or contact._member_may("approve"):
            return False
        if contact.commercial_partner_id != self.partner_id.commercial_partner_id:
            return False
        currency = self.company_id.currency_id
        return (
            currency.compare_amounts(
                self._get_company_amount(), max(limit, self.member_approved_amount)
            )
            > 0
        )

    def _get_company_amount(self):
        return self.amount_total / (self.currency_rate or 1)

    def _hold_for_approval(self):
        """Keeps the orders unconfirmed, and tells the member's approvers once."""
        for order in self.filtered(lambda o: o.hold_reason != REASON):
            # sudo: the portal user who places an order has no right to write on it
            order.sudo().write(
                {"hold_reason": REASON, "hold_amount": 0, "hold_date": fields.Datetime.now()}
            )
            order._tell_approvers()

    def _tell_approvers(self):
        self.ensure_one()
        # sudo: roles are not for everybody to read, but decide who is told
        people = self.partner_id.commercial_partner_id.sudo().child_ids
        approvers = people.filtered(lambda p: p.email and p._member_may("approve"))
        if approvers:
            self.sudo().message_notify(  # sudo: as above
                partner_ids=approvers.ids,
                subject=self.env._("Order %s needs your approval", self.name),
                body=self.env._(
                    "%(person)s has placed the order %(order)s. It is above the limit of this "
                    "person: please approve or decline it on the page of your membership.",
                    person=self.s2b2b_contact_id.name or self.signed_by or "–",
                    order=self.name,
                ),
            )

    def _check_waiting_for_member(self):
        self.ensure_one()
        self.lock_for_update()
        if self.hold_reason != REASON or self.state not in OPEN_STATES:
            raise UserError(self.env._("This order does not wait for an approval."))

    def _approve_for_member(self):
        """The member's approver agrees to an order above the limit of who has placed it."""
        self._check_waiting_for_member()
        person = self.env.user.partner_id
        self._message_log(body=self.env._("Approved for the member by %(name)s.", name=person.name))
        # sudo: nobody writes these by hand; the caller has checked who agrees
        self.sudo().write(
            {
                "hold_reason": False,
                "hold_date": False,
                "member_approver_id": person.id,
                "member_approved_amount": self._get_company_amount(),
            }
        )
        self._go_on_after_approval()

    def _go_on_after_approval(self):
        """Confirms the order; what does not pass its other checks says so and waits for staff."""
        try:
            with self.env.cr.savepoint():
                self.action_confirm()
        except UserError as error:
            self._message_log(body=str(error))

    def _decline_for_member(self, reason=""):
        """The member's approver does not agree: the order is cancelled."""
        self._check_waiting_for_member()
        self._message_log(
            body=self.env._(
                "Declined for the member by %(name)s. %(reason)s",
                name=self.env.user.partner_id.name,
                reason=reason.strip()[:500],
            )
        )
        self._action_cancel()
