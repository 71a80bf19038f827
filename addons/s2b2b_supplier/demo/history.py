"""Orders of the last months with their receipts, so that there is something to score."""

from dateutil.relativedelta import relativedelta

from odoo import Command, fields

from . import claims, rectification, scores

MONTHS = 4
VARIETY = 3
# Days after the promise on which the deliveries of a supplier arrived, and what was short, in turn.
PUNCTUALITY = {
    "exotic_liquids": ([0, -1, 0, 0, -1, 0, 1, 0], [0]),
    "tokyo_traders": ([0, -1, 0, 4, 0, 0], [0, 0, 0, 2]),
    "specialty_biscuits": ([0, 0, 0, 1], [0]),
    "cajun_delights": ([6, 0, 9, 2], [0, 3]),
    "pb_knackebrod": ([0, 0, None, 0, 0], [0]),
}


def tell(env):
    """Buys from each supplier for some months in the current company, receives, and evaluates;
    then claims what was wrong, asks the weakest to do better, and hears what they say about it.

    A company without a warehouse cannot receive: it has no history.
    """
    own = [("company_id", "=", env.company.id)]
    if not env["stock.warehouse"].search_count(own, limit=1):
        return
    today = fields.Date.context_today(env["res.company"])
    for name, (delays, shortages) in PUNCTUALITY.items():
        supplier = env.ref(f"s2b2b_supplier.supplier_{name}")
        if env["purchase.order"].search_count([("partner_id", "=", supplier.id), *own], limit=1):
            continue
        _buy(env, supplier, today, delays, shortages)
    env.company.rectification_policy = "draft"
    list(env["s2b2b.scorecard"]._evaluate_company(env.company, today))
    claims.tell(env)
    rectification.tell(env)
    scores.tell(env)


def _buy(env, supplier, today, delays, shortages):
    variants = _find_offers(env, supplier).product_tmpl_id.product_variant_id
    for number in range(2 * MONTHS):
        promised = today - relativedelta(days=15 * number + 4)
        order = env["purchase.order"].create(
            {
                "partner_id": supplier.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": variant.id,
                            "product_qty": 10,
                            "date_planned": fields.Datetime.to_datetime(promised)
                            + relativedelta(hours=12),
                        }
                    )
                    for variant in variants
                ],
            }
        )
        order.button_confirm()
        order.write({"date_approve": promised - relativedelta(days=7)})
        _receive(order, promised, delays[number % len(delays)], shortages[number % len(shortages)])


def _find_offers(env, supplier):
    """A few of what the supplier offers this company, else of what it offers to all."""
    offers, by_supplier = env["product.supplierinfo"], [("partner_id", "=", supplier.id)]
    own = [*by_supplier, ("company_id", "=", env.company.id)]
    common = [*by_supplier, ("company_id", "=", False)]
    return offers.search(own, limit=VARIETY) or offers.search(common, limit=VARIETY)


def _receive(order, promised, delay, shortage):
    """Receives everything but ``shortage`` of each line; nothing where ``delay`` is None."""
    if delay is None:
        return
    for move in order.picking_ids.move_ids:
        move.write({"quantity": move.product_uom_qty - shortage, "picked": True})
    order.picking_ids.supplier_arrival_date = promised + relativedelta(days=delay)
    order.picking_ids.with_context(skip_backorder=True).button_validate()
