"""Members at scale: evaluating 100,000 of them over 1,000,000 invoices, prices, and credit.

The floor of an evaluation is the one aggregate that has to read these invoices, and one ``UPDATE``
that writes the same figures. The floor of pricing is plain core with an ordinary price list.
"""

from contextlib import contextmanager
from datetime import date
from unittest.mock import patch

from odoo.fields import Command
from odoo.tools import SQL

from odoo.addons.product.models.product_pricelist import ProductPricelist as CorePricelist
from odoo.addons.sale.models.sale_order_line import SaleOrderLine as CoreLine

ADDONS = ("s2b2b_member",)
MEMBERS = 100_000
INVOICES = 1_000_000
LINES = 200
DEBTORS = 1_000
TODAY = date(2026, 6, 30)


def run(env, report):
    env.company.s2b2b_start_date = False
    _tiers(env)
    _price(env, report)
    _make_members(env)
    _make_invoices(env)
    _evaluate(env, report)
    _expose(env, report)


def _tiers(env):
    grades = env["res.partner.grade"].search([])
    grades.active = False
    for rank, (name, amount) in enumerate(
        (("Normal", 0), ("Silver", 5_000), ("Gold", 20_000), ("Diamond", 80_000)), 1
    ):
        grades.create(
            {
                "name": name,
                "rank": rank,
                "min_amount": amount,
                "min_orders": 2 if amount else 0,
                "currency_id": env.company.currency_id.id,
            }
        )._apply_flat_discount(rank)


def _make_members(env):
    env.cr.execute(
        """
        INSERT INTO res_partner (name, complete_name, is_company, is_member, active, type,
                                 autopost_bills)
        SELECT 'Member ' || n, 'Member ' || n, TRUE, TRUE, TRUE, 'contact', 'ask'
          FROM generate_series(1, %s) n
        """,
        [MEMBERS],
    )
    env.cr.execute("UPDATE res_partner SET commercial_partner_id = id WHERE is_member")
    env.invalidate_all()


def _make_invoices(env):
    """Invoices of two years, each tenth a credit note, unevenly spread over the members."""
    journal = env["account.journal"].create({"name": "Bench", "code": "BEN", "type": "sale"})
    env.flush_all()
    env.cr.execute(
        SQL(
            """
            INSERT INTO account_move (
                   name, state, move_type, journal_id, company_id, currency_id, date, invoice_date,
                   invoice_date_due, partner_id, commercial_partner_id, auto_post, payment_state,
                   amount_untaxed, amount_untaxed_signed, amount_total, amount_total_signed)
            WITH members AS (
                SELECT id, row_number() OVER (ORDER BY id) AS n
                  FROM res_partner WHERE is_member)
            SELECT 'BEN/' || i, 'posted', kind, %(journal)s, %(company)s, %(currency)s, day, day,
                   day + 30, m.id, m.id, 'no', 'not_paid', amount, sign * amount, amount,
                   sign * amount
              FROM (SELECT i,
                           CASE WHEN i %% 10 = 0 THEN 'out_refund' ELSE 'out_invoice' END AS kind,
                           CASE WHEN i %% 10 = 0 THEN -1 ELSE 1 END AS sign,
                           %(today)s::date - (i * 7919 %% 730)::int AS day,
                           (i * 31 %% 9000 + 50)::numeric AS amount,
                           (power((i * 104729 %% 1000003)::float / 1000003, 1.5) * %(members)s)::int
                               AS pick
                      FROM generate_series(1::bigint, %(invoices)s) i) AS made
              JOIN members m ON m.n = pick + 1
            """,
            journal=journal.id,
            company=env.company.id,
            currency=env.company.currency_id.id,
            today=TODAY,
            members=MEMBERS,
            invoices=INVOICES,
        )
    )
    env.cr.execute("ANALYZE")
    env.invalidate_all()


def _evaluate(env, report):
    grades = env["res.partner.grade"]
    figures = env["s2b2b.member.figures"]

    def aggregated():
        return env.execute_query(_aggregate())

    def decide():
        return grades._decide_tiers(None, TODAY, grades._get_ladder())

    before = env.cr.sql_log_count
    decide()
    all_queries = env.cr.sql_log_count - before
    before = env.cr.sql_log_count
    few = env["res.partner"].search([("is_member", "=", True)], limit=100)
    figures._gather(few, TODAY)
    report.figure(
        "queries of all members, of 100", f"{all_queries}, {env.cr.sql_log_count - before}"
    )
    aggregate, ours = report.times(aggregated, decide, times=7)
    report.ratio(f"gather and decide {MEMBERS:,} members", ours, aggregate, "the aggregate", 2)
    first = report.time(lambda: grades._evaluate_members(None, TODAY), 1)
    report.figure("first run, in which every member is placed", f"{first:.1f} s")
    again = report.time(lambda: grades._evaluate_members(None, TODAY), 3)
    update = report.time(lambda: env.cr.execute(_rewrite()), 3)
    floor = aggregate + update
    report.ratio("whole run", again, floor, "the aggregate and one UPDATE", 3)


def _aggregate():
    """What anybody who wants these figures has to read."""
    return SQL(
        """
        SELECT commercial_partner_id,
               SUM(amount_untaxed_signed) FILTER (WHERE invoice_date > %(start)s),
               COUNT(*) FILTER (WHERE invoice_date > %(start)s AND move_type = 'out_invoice'),
               MIN(invoice_date) FILTER (WHERE move_type = 'out_invoice')
          FROM account_move
         WHERE state = 'posted' AND move_type IN ('out_invoice', 'out_refund')
           AND invoice_date <= %(today)s
         GROUP BY commercial_partner_id
        """,
        start=TODAY.replace(year=TODAY.year - 1),
        today=TODAY,
    )


def _rewrite():
    return SQL(
        """
        UPDATE s2b2b_member_figures AS f
           SET (amount, order_count, month_count, at_risk, missing, date)
             = (n.amount, n.order_count, n.month_count, n.at_risk, n.missing, n.date)
          FROM (SELECT * FROM s2b2b_member_figures) AS n
         WHERE n.id = f.id
        """
    )


@contextmanager
def _plain_core():
    """Core's own way, without our batch."""
    pricelist = type_of("product.pricelist")
    line = type_of("sale.order.line")
    with (
        patch.object(pricelist, "_get_applicable_rules", CorePricelist._get_applicable_rules),
        patch.object(line, "_compute_pricelist_item_id", CoreLine._compute_pricelist_item_id),
    ):
        yield


def type_of(name):
    """The class of a model in the registry of the bench."""
    return _MODELS[name]


_MODELS = {}


def _price(env, report):
    """A Gold member's list has the flat discount and 300 rules for single products."""
    _MODELS.update({name: type(env[name]) for name in ("product.pricelist", "sale.order.line")})
    products = env["product.product"].create(
        [{"name": f"Article {n}", "list_price": 5 + n / 7} for n in range(LINES)]
    )
    gold = env["res.partner.grade"].search([("name", "=", "Gold")])
    ordinary = env["product.pricelist"].create(
        {
            "name": "Ordinary",
            "item_ids": [Command.create({"compute_price": "percentage", "percent_price": 3})],
        }
    )
    for pricelist in (gold.default_pricelist_id, ordinary):
        env["product.pricelist.item"].create(
            [
                {
                    "pricelist_id": pricelist.id,
                    "applied_on": "1_product",
                    "product_tmpl_id": product.product_tmpl_id.id,
                    "compute_price": "fixed",
                    "fixed_price": 4,
                    "min_quantity": 50,
                }
                for product in products[::2]
            ]
        )
    customer = env["res.partner"].create({"name": "Customer", "is_company": True})
    customer.specific_property_product_pricelist = ordinary
    member = env["res.partner"].create(
        {"name": "Gold member", "is_company": True, "is_member": True, "grade_id": gold.id}
    )
    orders = {partner: _order(env, partner, products) for partner in (customer, member)}

    def price(order):
        def call():
            env.invalidate_all()
            order._recompute_prices()

        return call

    with _plain_core():
        floor = report.time(price(orders[customer]), 5)
        orders[member]._recompute_prices()
        by_core = orders[member].order_line.mapped("price_unit")
    ours = report.time(price(orders[member]), 5)
    report.ratio(f"price {LINES} lines of a Gold member", ours, floor, "plain core", 1)
    same = by_core == orders[member].order_line.mapped("price_unit")
    report.figure("prices equal to core's line by line", same)
    create = report.time(lambda: _order(env, member, products), 3)
    with _plain_core():
        plain = report.time(lambda: _order(env, customer, products), 3)
    report.ratio(f"create an order of {LINES} lines", create, plain, "plain core", 1)


def _order(env, partner, products):
    order = env["sale.order"].create(
        {
            "partner_id": partner.id,
            "order_line": [
                Command.create({"product_id": product.id, "product_uom_qty": 1 + n % 60})
                for n, product in enumerate(products)
            ],
        }
    )
    env.flush_all()
    return order


def _expose(env, report):
    members = env["res.partner"].search([("is_member", "=", True)], limit=DEBTORS)
    counts = []
    for some in (members[:10], members):
        env.flush_all()
        env.invalidate_all()
        before = env.cr.sql_log_count
        some._credit_exposure()
        counts.append(env.cr.sql_log_count - before)
    seconds = report.time(members._credit_exposure, 3)
    report.figure(
        f"credit exposure of 10, of {DEBTORS:,} members",
        f"{counts[0]}, {counts[1]} queries, {seconds:.3f} s",
    )
