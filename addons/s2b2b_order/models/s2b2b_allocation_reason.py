from odoo import api, models
from odoo.tools import LazyTranslate

from ..tools.stepping import from_steps

_lt = LazyTranslate(__name__)

CHOSEN = ("only_offer", "cheapest", "cheaper_used_up", "best_total")
QUANTITIES = ("minimum", "most", "quantity", "left")
AMOUNTS = ("saving", "fixed_cost")
TEXTS = {
    "price_unknown": _lt("Its price is not known."),
    "no_stock": _lt("Nothing is available."),
    "no_capacity": _lt("%(supplier)s has no capacity."),
    "no_share": _lt("What one supplier may have of the product is less than one lot."),
    "minimum_above_demand": _lt("Its minimum of %(minimum)s is more than the %(most)s asked for."),
    "minimum_above_stock": _lt("Its minimum of %(minimum)s is more than the %(most)s available."),
    "minimum_above_capacity": _lt(
        "Its minimum of %(minimum)s is more than the capacity of %(most)s."
    ),
    "minimum_above_share": _lt(
        "Its minimum of %(minimum)s is more than one supplier's share of %(most)s."
    ),
    "only_offer": _lt("Chosen: no other offer of the product can be used."),
    "cheapest": _lt("Chosen: no other offer of the product costs less."),
    "cheaper_used_up": _lt(
        "Chosen: %(other)s, %(difference)s cheaper a unit, has no more to give."
    ),
    "best_total": _lt(
        "Chosen: %(other)s is %(difference)s cheaper a unit, but not in the whole order."
    ),
    "too_expensive": _lt("Costs %(difference)s more a unit than %(other)s."),
    "too_late": _lt(
        "Arrives %(days_late)s days after the wanted date: counted in, it costs %(difference)s"
        " more a unit than %(other)s."
    ),
    "lower_grade": _lt(
        "Its supplier's grade is lower: with that, costs %(difference)s more a unit than %(other)s."
    ),
    "same_cost": _lt("Costs the same as %(other)s, which was chosen."),
    "stock_used_up": _lt("What is available is taken, %(left)s left."),
    "capacity_used_up": _lt("The capacity of %(supplier)s is taken, %(left)s left."),
    "share_used_up": _lt("What %(supplier)s may have of the product is taken, %(left)s left."),
    "minimum_above_rest": _lt(
        "Its minimum of %(minimum)s is more than the %(left)s left to serve."
    ),
    "too_small": _lt("It could give %(most)s at most, and the line is not to be split."),
    "fixed_cost": _lt(
        "Would save %(saving)s, less than the %(fixed_cost)s that an order at %(supplier)s costs."
    ),
    "other_total": _lt("Other offers together serve more or cost less."),
}
ASKED_BEFORE = _lt("%(supplier)s was asked for this line before and could not serve it.")
OTHER_LINE = _lt("Used for another line of the order.")


class AllocationReason(models.AbstractModel):
    """Says in the reader's language why an offer was chosen or not."""

    _name = "s2b2b.allocation.reason"
    _description = "Reasons of an Allocation"

    @api.model
    def _get_texts(self, given, case, plan):
        """Return {(need, bid): text} of ``plan``; what cannot be used at all is left out."""
        shares = {(share.need, share.bid) for share in case.shares(plan)}
        bids = {bid.key: bid for bid in given.bids}
        texts = {}
        for need, ware in case.wares.items():
            for bid in bids.values():
                if bid.product != ware[0]:
                    continue
                reason = plan.reasons.get((bid.key, ware))
                chosen = (need, bid.key) in shares
                texts[need, bid.key] = self._get_text(bid, case, reason, chosen)
        return texts

    def _get_text(self, bid, case, reason, chosen):
        if reason is None:
            return self._fill(ASKED_BEFORE, {"supplier": self._name_supplier(bid.supplier)})
        if reason.code in CHOSEN and not chosen:
            return self._fill(OTHER_LINE, {})
        if reason.code not in TEXTS:
            return str(reason)
        return self._fill(TEXTS[reason.code], self._get_params(bid, case, reason))

    def _fill(self, template, params):
        # The texts are marked where they stand, by _lt: the code of a reason picks one here.
        # pylint: disable-next=translation-contains-variable,translation-not-lazy
        return self.env._(template) % params

    def _get_params(self, bid, case, reason):
        """Return the params of ``reason`` for people: units, money and names."""
        step = case.steps[bid.product]
        params = dict(reason.params)
        for key in QUANTITIES:
            if key in params:
                params[key] = f"{from_steps(params[key], step):g}"
        currency = self.env.company.currency_id
        cent = 10**-currency.decimal_places
        for key in AMOUNTS:
            if key in params:
                params[key] = currency.format(float(params[key]) * cent)
        if "difference" in params:
            params["difference"] = currency.format(float(params["difference"]) * cent / float(step))
        if "supplier" in params:
            params["supplier"] = self._name_supplier(params["supplier"])
        if "other" in params:
            params["other"] = self._name_offer(params["other"])
        return params

    def _name_supplier(self, supplier):
        return self.env["res.partner"].browse(supplier).name

    def _name_offer(self, offer):
        (seller, _product), _ware = offer
        return self.env["product.supplierinfo"].browse(seller).partner_id.name
