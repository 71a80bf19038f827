"""For tests that run beside Odoo, not inside it: the database that ``bin/test`` made for them."""

from pathlib import Path

import pytest


def pytest_addoption(parser):
    parser.addoption("--s2b2b-conf", help="configuration file of the database to run on")


@pytest.fixture(scope="session")
def conf(request) -> Path:
    given = request.config.getoption("--s2b2b-conf")
    if not given:
        pytest.fail("run these tests by bin/test: they need a database of their own")
    return Path(given)
