import csv
import tempfile
from argparse import Namespace
from pathlib import Path
from unittest.mock import patch

from odoo.tests import tagged

from ..cli import load_history
from ..tools.retail import COLUMNS
from .common import MemberCommon
from .test_history_loading import ROWS

BAD = """\
540004,L-MUG,RED MUG,6,2026-03-09 09:00:00,2.55,,United Kingdom
540004,POST,POSTAGE,1,2026-03-09 09:00:00,18.00,71001,United Kingdom
540004,L-MUG,RED MUG,1,2026-03-09 09:00:00,0.0,71001,United Kingdom
"""


@tagged("post_install", "-at_install")
class TestHistoryCommand(MemberCommon):
    def setUp(self):
        super().setUp()
        self.enterContext(self.enter_registry_test_mode())
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.said = []
        self.enterContext(patch.object(load_history, "say", self._say))

    def _say(self, text, end="\n"):
        self.said.append(text)

    def _file(self, rows, name="sales.csv"):
        path = self.folder / name
        path.write_text(",".join(COLUMNS) + "\n" + rows)
        return path

    def _run(self, *files, **changed):
        options = {
            "database": self.env.cr.dbname,
            "files": files,
            "company": self.env.company.name,
            "report": self.folder / "skipped.csv",
            "batch": 2,
            "no_orders": False,
            "recent": False,
            **changed,
        }
        self.env.flush_all()
        loading = load_history.Loading(Namespace(**options))
        result = loading.run()
        self.env.invalidate_all()
        return result, loading.counts

    def _report(self):
        with (self.folder / "skipped.csv").open(newline="") as file:
            return list(csv.DictReader(file))

    def test_one_bad_file_among_good_ones_loads_nothing(self):
        bad = self._file("540009,L-M", name="cut.csv")
        result, counts = self._run(self._file(ROWS), bad)
        self.assertIn("cut.csv ends in the middle of row 2", result)
        self.assertIn("Nothing was loaded", result)
        self.assertEqual(sum(counts.values()), 0)
        self.assertFalse(self.env["account.move"].search([("history_ref", "=", "540001")]))

    def test_unknown_company_is_refused_and_the_known_are_named(self):
        result, _counts = self._run(self._file(ROWS), company="Nobody Ltd")
        self.assertIn("--company NAME", result)
        self.assertIn(self.env.company.name, result)

    def test_company_that_checks_credit_is_refused(self):
        self.env.company.member_credit_policy = "block"
        result, _counts = self._run(self._file(ROWS))
        self.assertIn("Switch the credit check", result)

    def test_bad_rows_are_reported_and_the_others_loaded(self):
        result, counts = self._run(self._file(ROWS + BAD))
        self.assertEqual(result, 0)
        self.assertEqual((counts["invoices"], counts["credit_notes"]), (2, 1))
        reasons = [(row["Row"], row["Reason"]) for row in self._report()]
        self.assertEqual(reasons, [("6", "no_customer"), ("7", "service"), ("8", "zero_price")])
        self.assertIn("Skipped 3 rows", self.said[-1])

    def test_same_file_twice_adds_nothing(self):
        path = self._file(ROWS)
        self._run(path)
        _result, counts = self._run(path, path)
        self.assertEqual((counts["invoices"], counts["lines"], counts["known"]), (0, 0, 6))
        self.assertEqual(self._report(), [])

    def test_loading_goes_on_where_it_was_stopped(self):
        lines = ROWS.splitlines(keepends=True)
        self._run(self._file("".join(lines[:2]), name="first.csv"))
        _result, counts = self._run(self._file(ROWS))
        self.assertEqual((counts["invoices"], counts["credit_notes"], counts["known"]), (1, 1, 1))

    def test_number_that_comes_again_with_another_customer_is_reported(self):
        again = "540001,L-MUG,RED MUG,1,2026-03-02 09:00:00,2.55,71002,United Kingdom\n"
        _result, counts = self._run(self._file(ROWS + again), batch=50)
        self.assertEqual(counts["invoices"], 2)
        self.assertEqual([row["Reason"] for row in self._report()], ["other"])

    def test_document_that_the_books_refuse_does_not_stop_the_others(self):
        closed = self.company_data["default_account_revenue"].copy({"active": False})
        self.env["product.product"].create(
            {"name": "Tin", "default_code": "L-TIN", "property_account_income_id": closed.id}
        )
        _result, counts = self._run(self._file(ROWS))
        self.assertEqual((counts["invoices"], counts["credit_notes"]), (0, 1))
        self.assertEqual({row["Reason"] for row in self._report()}, {"refused"})

    def test_recent_moves_the_last_sale_into_the_last_seven_days(self):
        self._run(self._file(ROWS), recent=True)
        move = self.env["account.move"].search([("history_ref", "=", "540003")])
        today = self.env.cr.now().date()
        self.assertIn((today - move.date).days, range(1, 8))

    def test_progress_reaches_the_end(self):
        self._run(self._file(ROWS))
        self.assertTrue(any("100.0% of 4 rows" in text for text in self.said))
