"""What was said about the scores: an order that no longer counts, and a supplier that objects."""

from odoo import fields

EXCUSE = "Our dock was closed for the stocktaking: the lorry was sent back."
OBJECTION = (
    "Both lorries waited at your gate from eight in the morning: the driver's log lies with your "
    "dock."
)


def tell(env):
    """Once for the current company, where its suppliers have been scored."""
    exclusions = env["s2b2b.scorecard.exclusion"].with_context(active_test=False)
    if exclusions.search_count([("company_id", "=", env.company.id)], limit=1):
        return
    late = _find_late(env, "tokyo_traders", [])
    if newest := late[:1].order_id:
        manager = exclusions.with_user(env.ref("base.user_admin")).with_company(env.company)
        manager._exclude(late.filtered(lambda line: line.order_id == newest), EXCUSE)
    _contest(env, "cajun_delights")


def _contest(env, name):
    """The objection of a supplier to how punctual it was in the last period that is over."""
    card = env["s2b2b.scorecard"].search(
        [
            ("partner_id", "=", env.ref(f"s2b2b_supplier.supplier_{name}").id),
            ("company_id", "=", env.company.id),
            ("date_to", "<", fields.Date.context_today(env.company)),
        ],
        order="date_to desc",
        limit=1,
    )
    line = card.line_ids.filtered(lambda row: row.kpi_key == "on_time")
    period = [
        ("first_promised_date", ">=", card.date_from),
        ("first_promised_date", "<=", card.date_to),
    ]
    contests = env["s2b2b.scorecard.contest"]
    if line and not contests._find_problem(line):
        late = _find_late(env, name, period)
        contests._contest(line, OBJECTION, late[:2], card.partner_id)


def _find_late(env, name, domain):
    """The purchase lines of a supplier that came too late, the newest first."""
    deliveries = env["s2b2b.delivery.line"].search(
        [
            ("partner_id", "=", env.ref(f"s2b2b_supplier.supplier_{name}").id),
            ("company_id", "=", env.company.id),
            ("is_due", "=", True),
            ("on_time", "<", 1),
            *domain,
        ],
        order="first_promised_date desc, id desc",
    )
    return deliveries.purchase_line_id
