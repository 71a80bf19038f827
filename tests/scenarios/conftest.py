"""A real Odoo on the demo data, reached as its users reach it: pages, JSON-2, nothing else.

``conf`` is the configuration file of a fresh copy of the demo database; ``bin/test`` made it.
"""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "bin"))
pytest.register_assert_rewrite("clients", "goods", "money")

from clients import Portal, Staff  # noqa: E402 (the path above comes first)
from devkit import odoo_run, results  # noqa: E402


@pytest.fixture(scope="session")
def address(conf, tmp_path_factory):
    """Starts Odoo with its websocket and gives its address; the log is read when it has ended."""
    port = odoo_run.free_port()
    url = f"http://127.0.0.1:{port}"
    log = tmp_path_factory.mktemp("odoo") / "server.log"
    process = odoo_run.start_server(log, "-c", str(conf), f"--http-port={port}")
    try:
        odoo_run.wait_until_ready(process, url, log)
        yield url
    finally:
        odoo_run.stop(process)
    troubles = [line for line in log.read_text().splitlines() if odoo_run.TROUBLE.match(line)]
    assert not results.unexplained(troubles)


@pytest.fixture(scope="session")
def staff(address):
    """Gives a JSON-2 client for the login of an employee."""
    clients = {}

    def client(login: str) -> Staff:
        if login not in clients:
            clients[login] = Staff(address, login, login)
        return clients[login]

    return client


@pytest.fixture
def portal(address):
    """Gives a browser-like session, logged in to the portal."""
    return lambda login=None: Portal(address, login, login)
