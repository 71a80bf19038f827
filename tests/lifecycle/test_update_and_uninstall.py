"""An administrator updates the modules, and takes them out again: nothing of ours stays behind."""

import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import psycopg2
import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "bin"))

from devkit import odoo_run, results
from devkit.paths import addon_names

OURS = """
    SELECT table_name FROM information_schema.tables WHERE table_name LIKE 's2b2b%'
    UNION
    SELECT table_name || '.' || column_name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name LIKE '%s2b2b%'
    UNION
    SELECT module || '.' || name FROM ir_model_data WHERE module LIKE 's2b2b%'
    UNION
    SELECT model FROM ir_model WHERE model LIKE 's2b2b%'
"""
RECORDS = "SELECT module, name, model, res_id FROM ir_model_data WHERE module LIKE 's2b2b%'"


@pytest.fixture
def odoo(conf):
    """Runs an Odoo command to its end; its log must be clean."""

    def run(*arguments):
        done = subprocess.run(
            odoo_run.command(*arguments, "-c", str(conf)),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        troubles = [line for line in done.stdout.splitlines() if odoo_run.TROUBLE.match(line)]
        assert not results.unexplained(troubles)
        assert done.returncode == 0, done.stdout[-2000:]

    return run


@pytest.fixture
def query(conf):
    def rows(statement):
        parser = ConfigParser(interpolation=None)
        parser.read(conf)
        options = parser["options"]
        with (
            psycopg2.connect(
                dbname=options["db_name"],
                host=options["db_host"],
                port=options["db_port"],
                user=options["db_user"],
            ) as connection,
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
            return set(cursor.fetchall())

    return rows


def test_updating_again_leaves_every_record_where_it_was(odoo, query):
    before = query(RECORDS)
    odoo("module", "upgrade", *addon_names())
    assert before
    assert query(RECORDS) == before


def test_uninstalling_in_reverse_order_leaves_nothing_of_ours(odoo, query):
    assert query(OURS)
    for name in ("s2b2b_settlement", "s2b2b_order", "s2b2b_member", "s2b2b_supplier"):
        odoo("module", "uninstall", name)
    assert query(OURS) == set()
