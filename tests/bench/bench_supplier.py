"""Scoring 1,000 suppliers over 12 periods and 500,000 receipt lines, against plain SQL.

The floor of gathering and deciding is one statement that reads the same rows; that of the whole
run is the same statement and an INSERT … SELECT of the rows that the run has written.
Beside it stands, without a limit, the ratio to a statement that sums by product too, as the
measure of prices needs it.
"""

import time
from datetime import date

from dateutil.relativedelta import relativedelta

from odoo.tools import SQL

ADDONS = ("s2b2b_supplier",)
SUPPLIERS = 1_000
PERIODS = 12
RECEIPT_LINES = 500_000
LINES_PER_ORDER = 5
PRODUCTS = 400
FIRST = date(2025, 1, 1)
TABLES = ("s2b2b_scorecard", "s2b2b_scorecard_line")


def _period(number):
    first = FIRST + relativedelta(months=number)
    return first, first + relativedelta(months=1, days=-1)


def run(env, report):
    suppliers = _make_world(env)
    report.figure("purchase lines", _count(env, "purchase_order_line"))
    periods = [_period(number) for number in range(PERIODS)]
    year = (periods[0][0], periods[-1][1])
    floor, fuller, gathered = report.times(
        lambda: _read(env, *year),
        lambda: _read(env, *year, by_product=True),
        lambda: _prepare(env, suppliers, periods),
    )
    report.ratio("gather and decide", gathered, floor, "one statement", limit=3)
    report.ratio("the same, summed by product too", gathered, fuller, "one statement")
    report.figure("queries", _queries(env, suppliers, periods))
    whole = _timed(lambda: _evaluate(env, suppliers, periods))
    written = _write(env)
    report.ratio(
        "whole run, writing included", whole, floor + written, "statement and insert", limit=3
    )
    again = _timed(lambda: _evaluate(env, suppliers, periods))
    report.ratio("again, nothing changed", again, floor, "one statement")
    floor, single = report.times(
        lambda: _read(env, *periods[0]), lambda: _prepare(env, suppliers, periods[:1])
    )
    report.ratio("one period alone", single, floor, "one statement", limit=3)
    report.figure("cards and lines", ", ".join(str(_count(env, table)) for table in TABLES))


def _evaluate(env, suppliers, periods):
    env["s2b2b.scorecard"]._evaluate_periods(suppliers, periods)
    env.flush_all()


def _prepare(env, suppliers, periods):
    cards = env["s2b2b.scorecard"]
    for evaluation in cards._open_evaluations(suppliers, periods):
        cards._prepare_cards(evaluation, suppliers)


def _queries(env, suppliers, periods):
    """Queries for few suppliers and for all, of one period and of all."""
    counts = []
    for batch, chosen in ((suppliers[:10], 1), (suppliers, 1), (suppliers, PERIODS)):
        before = env.cr.sql_log_count
        _prepare(env, batch, periods[:chosen])
        counts.append(env.cr.sql_log_count - before)
    few, many, year = counts
    return f"{few} for 10 suppliers and a period, {many} for all, {year} for all periods"


def _read(env, first, last, *, by_product=False):
    """The floor: every line with its receipt, summed by supplier and period."""
    env.cr.execute(
        SQL(
            """
            SELECT partner.commercial_partner_id, date_trunc('month', pol.first_promised_date), %s,
                   COUNT(*), SUM(move.quantity),
                   SUM(move.quantity) FILTER (
                       WHERE picking.supplier_arrival_date <= pol.first_promised_date),
                   SUM(pol.price_subtotal / po.currency_rate)
              FROM purchase_order_line pol
              JOIN purchase_order po ON po.id = pol.order_id
              JOIN res_partner partner ON partner.id = po.partner_id
              JOIN product_product product ON product.id = pol.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
         LEFT JOIN stock_move move ON move.purchase_line_id = pol.id AND move.state = 'done'
         LEFT JOIN stock_picking picking ON picking.id = move.picking_id
             WHERE po.state = 'purchase' AND template.type = 'consu'
               AND pol.first_promised_date BETWEEN %s AND %s
          GROUP BY 1, 2, 3
            """,
            SQL("pol.product_id") if by_product else SQL("NULL::int"),
            first,
            last,
        )
    )
    return env.cr.fetchall()


def _write(env):
    """Seconds of inserting what the run has written once more, in one statement a table."""
    env.flush_all()
    for table in TABLES:
        env.cr.execute(
            SQL(
                "CREATE TEMP TABLE %s ON COMMIT DROP AS SELECT * FROM %s",
                SQL.identifier(f"copy_of_{table}"),
                SQL.identifier(table),
            )
        )
    env.cr.execute("SAVEPOINT floor; DELETE FROM s2b2b_scorecard")
    seconds = _timed(lambda: [_insert(env, table) for table in TABLES])
    env.cr.execute("ROLLBACK TO SAVEPOINT floor")
    return seconds


def _insert(env, table):
    env.cr.execute(
        SQL(
            "INSERT INTO %s SELECT * FROM %s",
            SQL.identifier(table),
            SQL.identifier(f"copy_of_{table}"),
        )
    )


def _timed(call):
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def _count(env, table):
    env.cr.execute(SQL("SELECT COUNT(*) FROM %s", SQL.identifier(table)))
    return env.cr.fetchone()[0]


def _make_world(env):
    """Suppliers and products by the ORM, orders and receipts by SQL."""
    suppliers = env["res.partner"].create(
        [{"name": f"Supplier {n}", "is_company": True} for n in range(SUPPLIERS)]
    )
    suppliers._supplier_qualify("For the bench")
    products = env["product.product"].create(
        [{"name": f"Article {n}", "type": "consu"} for n in range(PRODUCTS)]
    )
    env["product.supplierinfo"].create(
        [
            {
                "partner_id": suppliers[(n * 7 + turn * 13) % SUPPLIERS].id,
                "product_tmpl_id": product.product_tmpl_id.id,
                "price": 9 + turn,
            }
            for n, product in enumerate(products)
            for turn in range(5)
        ]
    )
    env["s2b2b.kpi"].with_context(active_test=False).search([]).active = True
    env.flush_all()
    names = _names(env, suppliers, products)
    for statement in (ORDERS, ORDER_LINES, PICKINGS, MOVES):
        env.cr.execute(statement, names)
        env.cr.execute("ANALYZE")
    env.invalidate_all()
    _settle(env)
    return suppliers


def _settle(env):
    """As a database in use has it: what was written is committed, and vacuumed."""
    env.cr.commit()
    connection = env.cr._cnx
    connection.autocommit = True
    env.cr.execute("VACUUM ANALYZE")
    connection.autocommit = False


def _names(env, suppliers, products):
    warehouse = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1)
    return {
        "orders": RECEIPT_LINES // LINES_PER_ORDER,
        "per_order": LINES_PER_ORDER,
        "partners": suppliers.ids,
        "partner_count": len(suppliers),
        "products": products.ids,
        "product_count": len(products),
        "first": FIRST,
        "company": env.company.id,
        "currency": env.company.currency_id.id,
        "uom": products[0].uom_id.id,
        "type": warehouse.in_type_id.id,
        "source": env.ref("stock.stock_location_suppliers").id,
        "target": warehouse.lot_stock_id.id,
    }


ORDERS = """
    INSERT INTO purchase_order (name, partner_id, company_id, currency_id, currency_rate, state,
                                date_order, date_approve, date_planned, picking_type_id)
    SELECT 'BENCH' || n, (%(partners)s)[1 + n %% %(partner_count)s], %(company)s, %(currency)s, 1,
           'purchase', day - 10, day - 10, day, %(type)s
      FROM generate_series(0, %(orders)s - 1) n,
           LATERAL (SELECT %(first)s::date + n * 365 / %(orders)s AS day) due
"""
ORDER_LINES = """
    INSERT INTO purchase_order_line (order_id, partner_id, company_id, product_id, product_uom_id,
                                     name, sequence, product_qty, product_uom_qty,
                                     price_unit, price_subtotal, date_planned, first_promised_date,
                                     first_promised_qty)
    SELECT po.id, po.partner_id, po.company_id,
           (%(products)s)[1 + (po.id * 5 + n) %% %(product_count)s], %(uom)s, 'Article', 10,
           10, 10, 8 + (po.id + n) %% 5, 10 * (8 + (po.id + n) %% 5), po.date_planned,
           po.date_planned::date, 10
      FROM purchase_order po, generate_series(1, %(per_order)s) n
     WHERE po.name LIKE 'BENCH%%'
"""
PICKINGS = """
    INSERT INTO stock_picking (name, origin, partner_id, company_id, state, move_type, location_id,
                               location_dest_id, picking_type_id, scheduled_date, date_done,
                               supplier_arrival_date)
    SELECT 'IN/' || po.name, po.name, po.partner_id, po.company_id, 'done', 'direct', %(source)s,
           %(target)s, %(type)s, po.date_planned, po.date_planned + INTERVAL '9 days',
           po.date_planned::date + po.id %% 7 - 4
      FROM purchase_order po
     WHERE po.name LIKE 'BENCH%%'
"""
MOVES = """
    INSERT INTO stock_move (picking_id, purchase_line_id, product_id, product_uom, product_uom_qty,
                            product_qty, quantity, state, date, company_id, location_id,
                            location_dest_id, procure_method, reference, picked)
    SELECT picking.id, pol.id, pol.product_id, pol.product_uom_id, 10, 10,
           CASE WHEN pol.id %% 23 = 0 THEN 7 ELSE 10 END, 'done', picking.date_done,
           pol.company_id, %(source)s, %(target)s, 'make_to_stock', po.name, TRUE
      FROM purchase_order_line pol
      JOIN purchase_order po ON po.id = pol.order_id
      JOIN stock_picking picking ON picking.origin = po.name
     WHERE po.name LIKE 'BENCH%%'
"""
