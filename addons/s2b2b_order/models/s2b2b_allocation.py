from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.allocation import allocate
from ..tools.allocation_case import build_case


class Allocation(models.Model):
    """Who is to deliver what of an order: every offer there was, what was chosen, and why."""

    _name = "s2b2b.allocation"
    _inherit = ["mail.thread", "mail.activity.mixin", "s2b2b.guarded"]
    _description = "Allocation"
    _order = "is_urgent desc, id desc"
    _rec_name = "order_id"
    _guarded_fields = {"state": None, "status": None, "is_automatic": None}

    order_id = fields.Many2one(
        "sale.order", "Sales Order", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(related="order_id.partner_id", store=True)
    order_type_id = fields.Many2one(related="order_id.order_type_id", store=True)
    is_urgent = fields.Boolean(readonly=True)
    policy_id = fields.Many2one("s2b2b.allocation.policy", readonly=True)
    round = fields.Integer(readonly=True, help="1: the first allocation of the order.")
    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("applied", "Applied"),
            ("superseded", "Superseded"),
            ("cancelled", "Cancelled"),
        ],
        default="proposed",
        required=True,
        readonly=True,
        tracking=True,
        copy=False,
        index=True,
    )
    status = fields.Selection(
        [("optimal", "Optimal"), ("feasible", "Best found in time"), ("greedy", "Approximate")],
        "Solution",
        readonly=True,
        help="Optimal: no plan serves more, or as much for less.",
    )
    objective = fields.Monetary(
        readonly=True, help="What the plan costs by the policy: price, lateness, grade."
    )
    bound = fields.Monetary(readonly=True, help="No plan that serves as much costs less than this.")
    margin_percent = fields.Float(readonly=True, digits=(5, 1))
    is_automatic = fields.Boolean("Applied by Itself", readonly=True)
    review_reason = fields.Char(readonly=True, help="Why it waits for somebody to look at it.")
    line_ids = fields.One2many("s2b2b.allocation.line", "allocation_id", "Offers")
    chosen_line_ids = fields.One2many(
        "s2b2b.allocation.line", "allocation_id", domain=[("is_chosen", "=", True)]
    )
    purchase_ids = fields.One2many("purchase.order", "allocation_id", "Purchase Orders")
    purchase_count = fields.Integer(compute="_compute_purchase_count")
    supplier_count = fields.Integer(compute="_compute_counts", store=True)
    has_shortage = fields.Boolean(compute="_compute_counts", store=True)

    @api.depends("purchase_ids")
    def _compute_purchase_count(self):
        for allocation in self:
            allocation.purchase_count = len(allocation.purchase_ids)

    @api.depends("line_ids.is_chosen", "line_ids.is_shortage")
    def _compute_counts(self):
        for allocation in self:
            chosen = allocation.line_ids.filtered("is_chosen")
            allocation.supplier_count = len(chosen.supplier_id)
            allocation.has_shortage = any(allocation.line_ids.mapped("is_shortage"))

    @api.depends("order_id.name", "round")
    def _compute_display_name(self):
        for allocation in self:
            allocation.display_name = f"{allocation.order_id.name} / {allocation.round}"

    def action_apply(self):
        """Order what is chosen from the suppliers."""
        self.check_access("write")
        self._apply()
        return True

    def action_propose_again(self):
        """Make a new proposal from what is known now; this one is superseded."""
        self.check_access("write")
        proposals = self._propose(self.order_id)
        return proposals[:1]._get_records_action() if len(proposals) == 1 else True

    def action_view_purchases(self):
        self.ensure_one()
        return self.purchase_ids._get_records_action(name=self.env._("Purchase Orders"))

    @api.model
    def _propose(self, orders):
        """Propose an allocation of what is missing on each of ``orders``.

        Earlier proposals that were not applied are superseded. Orders that miss nothing, have no
        order type or belong to a company that does not allocate get none. What cannot be served,
        comes too late or earns too little is raised as an alert.

        :return: the new allocations, in state ``proposed``
        """
        proposals = self.browse()
        orders = orders.filtered(lambda order: order._is_allocated())
        for company, batch in orders.grouped("company_id").items():
            # sudo: who sells need not have the right to see suppliers and what they ask
            planner = self.sudo().with_company(company)
            planner = planner.with_context(lang=company._get_staff_language())
            allocations = planner._propose_batch(batch.with_env(planner.env))
            proposals |= allocations.sudo(self.env.su)
        return proposals

    def _propose_batch(self, orders):
        """Propose for orders of one company; urgent ones choose first."""
        given = self.env["s2b2b.allocation.input"]._prepare_allocation_input(orders)
        orders.allocation_ids._supersede()
        waiting = orders.filtered(lambda order: given.needs.get(order.id))
        vals_list = [
            self._prepare_allocation_vals(order, given, *self._decide(order, given))
            for order in waiting.sorted(lambda order: (not order.is_urgent, order.id))
        ]
        allocations = self.browse(self._create_guarded(vals_list).ids)
        allocations._check_findings()
        return allocations

    def _decide(self, order, given):
        """Return the case of ``order`` and the plan for it, and take what the plan uses.

        A supplier that may not get an order of the planned amount is left out, and the rest
        planned again.
        """
        policy = order._get_allocation_policy()
        today = fields.Date.context_today(self)
        while True:
            case = self._prepare_case(order, given)
            plan = allocate(
                case.demands,
                case.offers,
                case.suppliers,
                policy._get_parameters(order.company_id.currency_id),
                today=today,
                time_limit=policy.time_limit,
            )
            barred = self._get_barred_by_amount(order, given, case.shares(plan))
            if not barred:
                break
            given.barred[order.id].update(barred)
        bids = {bid.key: bid for bid in given.bids}
        for share in case.shares(plan):
            pool = (bids[share.bid].supplier, bids[share.bid].product)
            if given.free.get(pool) is not None:
                given.free[pool] -= share.quantity
        return case, plan

    def _prepare_case(self, order, given):
        barred = given.barred[order.id]
        return build_case(
            given.needs[order.id],
            [bid for bid in given.bids if bid.key not in barred],
            given.vendors[order.id],
            free=given.free,
            lots=given.lots,
            precision=self.env["decimal.precision"].precision_get("Product Unit"),
            decimals=order.company_id.currency_id.decimal_places,
        )

    def _get_barred_by_amount(self, order, given, shares):
        """Return {bid: reason} of the suppliers whose part of the plan is more than they may get.

        Only a closed gate bars.
        """
        if order.company_id.supplier_gate_policy != "block":
            return {}
        bids = {bid.key: bid for bid in given.bids}
        amounts = {}
        for share in shares:
            bid = bids[share.bid]
            amounts.setdefault(bid.supplier, 0.0)
            amounts[bid.supplier] += bid.price * share.quantity
        reasons = {}
        for supplier in self.env["res.partner"].browse(amounts):
            unfit = supplier._supplier_unfit_reasons(order.company_id, amount=amounts[supplier.id])
            if unfit[supplier.id]:
                reasons[supplier.id] = unfit[supplier.id]
        return {bid.key: reasons[bid.supplier] for bid in given.bids if bid.supplier in reasons}

    def _prepare_allocation_vals(self, order, given, case, plan):
        policy = order._get_allocation_policy()
        lines = self.env["s2b2b.allocation.line"]._prepare_plan_vals(order, given, case, plan)
        unit = 10**order.company_id.currency_id.decimal_places
        vals = {
            "order_id": order.id,
            "is_urgent": order.is_urgent,
            "policy_id": policy.id,
            "round": order._get_next_round(),
            "status": plan.status,
            "objective": float(plan.objective) / unit,
            "bound": float(plan.bound) / unit,
            "margin_percent": self._get_margin_percent(order, lines),
            "line_ids": [fields.Command.create(line) for line in lines],
        }
        reason = self._get_review_reason(order, policy, vals)
        return {**vals, "review_reason": reason, "is_automatic": not reason}

    def _get_margin_percent(self, order, lines):
        """Return what is left of the selling price of what is chosen, in percent of it."""
        sold = cost = 0.0
        for vals in lines:
            line = self.env["sale.order.line"].browse(vals["sale_line_id"])
            if vals.get("seller_id") and vals["quantity"] and line.product_uom_qty:
                ordered = line.product_uom_id._compute_quantity(
                    line.product_uom_qty, line.product_id.uom_id, round=False
                )
                sold += line.price_subtotal / order.currency_rate * vals["quantity"] / ordered
                cost += vals["price_landed"] * vals["quantity"]
        return 100 * (sold - cost) / sold if sold else 0.0

    def _get_review_reason(self, order, policy, vals):
        """Return why the plan is not to be applied by itself; False if it may be."""
        if not policy._is_applied_by_itself(order.company_id):
            return self.env._("Allocations are reviewed here.")
        if policy.min_margin_percent and vals["margin_percent"] < policy.min_margin_percent:
            return self.env._(
                "The margin is %(margin).1f %%, less than %(minimum).1f %%.",
                margin=vals["margin_percent"],
                minimum=policy.min_margin_percent,
            )
        if vals["round"] > policy.max_rounds + 1:
            return self.env._(
                "It was allocated again %(count)s times already.", count=policy.max_rounds
            )
        return False

    def _check_findings(self):
        """Raise an alert for what comes late by the plans or earns too little."""
        alerts = self.env["s2b2b.order.alert"]
        for allocation in self:
            late = allocation.line_ids.filtered(lambda line: line.is_chosen and line.is_late)
            if late:
                alerts._raise_delay(allocation.order_id, max(late.mapped("arrival_date")))
            policy = allocation.policy_id
            if policy.min_margin_percent > allocation.margin_percent:
                alerts._raise_price(allocation.order_id, allocation.review_reason)

    def _ask_for_review(self):
        """Ask somebody to look at proposals that are not applied by themselves."""
        # sudo: whoever confirms the order need not have a say in who delivers it
        proposals = self.sudo()
        for allocation in proposals:
            allocation.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Review the allocation"),
                note=allocation.review_reason,
                user_id=allocation.order_id._get_responsible().id,
            )
        proposals.env["s2b2b.order.alert"]._check_missing(proposals.order_id)

    def _supersede(self):
        self.filtered(lambda a: a.state == "proposed")._write_guarded({"state": "superseded"})

    def _cancel(self):
        self.filtered(lambda a: a.state == "proposed")._write_guarded({"state": "cancelled"})

    def _apply(self):
        """Place what is chosen with the suppliers, all of it or nothing.

        Applying again changes nothing. The stock of the suppliers is taken before it is summed up,
        so that of two allocations at one moment only one gets the last pieces.
        """
        # sudo: who may apply an allocation need not be a buyer; purchases follow from the plan
        for allocation in self.sudo().sorted("id"):
            allocation.lock_for_update(allow_referencing=True)
            if allocation.state == "applied":
                continue
            allocation._check_applicable()
            allocation._take_stock()
            allocation._write_guarded({"state": "applied"})
            allocation.activity_feedback(["mail.mail_activity_data_todo"])
            allocation.order_id.order_line._place_chosen()
            allocation.order_id._after_placing(allocation)

    def _take_stock(self):
        """Take what is chosen from the suppliers' stock, or say what is no longer there."""
        self.ensure_one()
        quantities = {}
        for line in self.chosen_line_ids:
            pair = line.supplier_id.id, line.product_id.id
            quantities[pair] = quantities.get(pair, 0.0) + line.quantity
        missing = self.env["s2b2b.supplier.stock"]._take(quantities, self.company_id)
        if missing:
            supplier_id, product_id = min(missing)
            raise UserError(
                self.env._(
                    "%(supplier)s no longer has %(product)s as planned: propose again.",
                    supplier=self.env["res.partner"].browse(supplier_id).name,
                    product=self.env["product.product"].browse(product_id).display_name,
                )
            )

    def _check_applicable(self):
        self.ensure_one()
        if self.state != "proposed":
            raise UserError(
                self.env._("Allocation %(name)s is no longer proposed.", name=self.display_name)
            )
        if self.order_id.state != "sale":
            raise UserError(
                self.env._("Confirm %(order)s before it is allocated.", order=self.order_id.name)
            )
        missing = self.order_id.order_line._get_missing_quantities()
        for line, chosen in self.chosen_line_ids.grouped("sale_line_id").items():
            if line.product_id.uom_id.compare(sum(chosen.mapped("quantity")), missing[line]) > 0:
                raise UserError(
                    self.env._(
                        "More of %(product)s is chosen than the order misses.",
                        product=line.product_id.display_name,
                    )
                )
