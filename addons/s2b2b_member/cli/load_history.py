"""odoo load_history: takes whole files of past sales into a company's books."""

import argparse
import csv
import sys
import time
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from itertools import chain
from pathlib import Path

import psycopg2

from odoo import SUPERUSER_ID, api
from odoo.cli import Command
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tools import config, split_every

BATCH = 200
REPORT = "load_history_skipped.csv"


class LoadHistory(Command):
    """Load past sales from files of order lines: members, products, orders, invoices, payments"""

    name = "load_history"

    def run(self, args):
        """Checks all files first, then loads them batch by batch; run again, it goes on."""
        options = self._parse(args)
        try:
            sys.exit(Loading(options).run())
        except KeyboardInterrupt:
            sys.exit("\nStopped. What is loaded stays; run the command again to go on.")
        except psycopg2.OperationalError as error:
            sys.exit(f"\nThe database does not answer: {error}What is loaded stays.")

    def _parse(self, args):
        parser = argparse.ArgumentParser(prog=self.prog, description=self.__doc__)
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="CSV, also gzipped")
        parser.add_argument("-c", "--config", help="configuration file of Odoo")
        parser.add_argument("-d", "--database", required=True)
        parser.add_argument("--company", help="its name (default: the only company there is)")
        parser.add_argument("--report", type=Path, default=Path(REPORT), help=f"({REPORT})")
        parser.add_argument("--batch", type=int, default=BATCH, help=f"documents each ({BATCH})")
        parser.add_argument("--no-orders", action="store_true", help="invoices only")
        parser.add_argument(
            "--recent", action="store_true", help="move dates by weeks: the last sale was last week"
        )
        options, rest = parser.parse_known_args(args)
        given = ["-c", options.config] if options.config else []
        given += ["-d", options.database, "--no-http", "--log-level=warn"]
        config.parse_config([*given, *rest], setup_logging=True)
        return options


class Loading:
    """One run of the command."""

    def __init__(self, options):
        self.options = options
        self.registry = Registry(options.database)
        self.counts = dict.fromkeys(
            ("orders", "invoices", "credit_notes", "lines", "payments", "known", "skipped"), 0
        )

    def run(self):
        # The addon can be imported once the registry has put its path in place.
        from odoo.addons.s2b2b_member.tools import retail, retail_file

        self.retail, self.retail_file = retail, retail_file
        try:
            company_id = self._find_company()
            files = [retail_file.check_file(path) for path in self.options.files]
        except (retail_file.UnreadableFile, UserError) as error:
            return f"{error}\nNothing was loaded."
        self.today = date.today()
        self.shift = self._get_shift(files)
        self.progress = Progress(sum(file.rows for file in files))
        with self._open_report():
            for documents in self._get_batches(files):
                self._load(company_id, documents)
        self.progress.close()
        self._say_counts()
        return 0

    def _find_company(self):
        with self.registry.cursor(readonly=True) as cr:
            known = api.Environment(cr, SUPERUSER_ID, {})["res.company"].search([])
            name = self.options.company
            company = known.filtered(lambda c: c.name == name) if name else known
            if len(company) != 1:
                names = ", ".join(known.mapped("name"))
                raise UserError(f"Say which company:  --company NAME   ({names})")
            company.env["s2b2b.history.loader"].with_company(company)._check_company()
            return company.id

    def _get_shift(self, files):
        last = max((file.last for file in files if file.last), default=None)
        if not self.options.recent or not last:
            return timedelta()
        return timedelta(weeks=((self.today - last.date()).days - 1) // 7)

    @contextmanager
    def _open_report(self):
        with self.options.report.open("w", encoding="utf-8", newline="") as file:
            self.report = csv.writer(file)
            self.report.writerow(["File", "Row", "Reason", "Text", "Content"])
            yield

    def _get_batches(self, files):
        """Lists of documents, each number once in a list."""
        # By file: one that is given twice must not make documents with twice the lines.
        documents = chain.from_iterable(
            self.retail.group_documents(self._get_lines(file)) for file in files
        )
        for some in split_every(self.options.batch, documents):
            batch = {}
            for document in some:
                if document.invoice in batch:
                    yield list(batch.values())
                    batch = {}
                batch[document.invoice] = document
            yield list(batch.values())

    def _get_lines(self, file):
        """The rows that are sales; the others go to the report."""
        for row in self.retail_file.read_file(file):
            self.progress.advance()
            if isinstance(row, self.retail.Line):
                yield row
            else:
                self._skip(row.file, row.number, row.reason.code, row.reason, *row.row)

    def _skip(self, *values):
        self.report.writerow(values)
        self.counts["skipped"] += 1

    def _load(self, company_id, documents):
        """Loads a batch in its own transaction; one that is refused is loaded one by one."""
        try:
            self._count(self._load_batch(company_id, documents))
        except UserError as error:
            if len(documents) == 1:
                self._refuse(documents[0], "refused", str(error))
            else:
                for document in documents:
                    self._load(company_id, [document])

    def _load_batch(self, company_id, documents):
        # Leaving the cursor's block commits: each batch stays, whatever comes after it, and the
        # memory that its records took is given back.
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"allowed_company_ids": [company_id]})
            load = partial(
                env["s2b2b.history.loader"]._load_documents,
                documents,
                self.shift,
                paid_until=self.today,
                orders=not self.options.no_orders,
            )
            return retrying(load, env)

    def _count(self, loaded):
        for name in ("orders", "invoices", "credit_notes", "lines", "payments"):
            self.counts[name] += getattr(loaded, name)
        self.counts["known"] += len(loaded.known)
        for document in loaded.other:
            self._refuse(document, "other", "Loaded before, with other lines.")

    def _refuse(self, document, code, text):
        for line in document.lines:
            self._skip(line.file, line.number, code, text, document.invoice, line.code)

    def _say_counts(self):
        say(
            "Loaded {invoices} invoices, {credit_notes} credit notes ({lines} lines), {orders} "
            "orders, {payments} payments; {known} documents were there before.".format(
                **self.counts
            )
        )
        say(f"Skipped {self.counts['skipped']} rows; why: {self.options.report}")


class Progress:
    """One line that is rewritten on a terminal, and written in hundredths elsewhere."""

    WIDTH = 30

    def __init__(self, total):
        self.total = total
        self.done = 0
        self.started = time.monotonic()
        self._shown = -1
        self._live = sys.stdout.isatty()

    def advance(self):
        self.done += 1
        share = 1000 * self.done // self.total
        if share != self._shown and (self._live or share % 10 == 0):
            self._shown = share
            self._show(share / 1000)

    def _show(self, share):
        seconds = time.monotonic() - self.started
        left = seconds / share - seconds if share else 0
        bar = ("#" * int(share * self.WIDTH)).ljust(self.WIDTH, ".")
        text = f"[{bar}] {share:6.1%} of {self.total} rows, {left / 60:.0f} min left"
        say(f"\r{text}  " if self._live else text, end="" if self._live else "\n")

    def close(self):
        seconds = time.monotonic() - self.started
        say("\n" * self._live + f"{self.done} rows in {seconds:.0f} s")


def say(text, end="\n"):
    sys.stdout.write(text + end)
    sys.stdout.flush()
