"""The samples in ``config/`` start as they are; only the database and the ports are the test's."""

import configparser
import time

import pytest
import requests
import websocket
from devkit import odoo_run
from devkit.paths import ROOT

SAMPLES = ROOT / "config"
OPTIONS = {
    "db_host": "--db_host",
    "db_port": "--db_port",
    "db_user": "--db_user",
    "db_password": "--db_password",
    "db_name": "--database",
    "data_dir": "--data-dir",
    "addons_path": "--addons-path",
}


@pytest.fixture
def started(conf, tmp_path):
    """Starts Odoo by a sample and gives two ports: of the pages, and of the live channel."""
    running = []
    given = configparser.ConfigParser(interpolation=None)
    given.read(conf)
    mine = [f"{OPTIONS[k]}={v}" for k, v in given["options"].items() if k in OPTIONS]

    def start(sample: str) -> tuple[int, int]:
        page, live = odoo_run.free_port(), odoo_run.free_port()
        ports = [f"--http-port={page}", f"--gevent-port={live}"]
        log = tmp_path / "server.log"
        process = odoo_run.start_server(log, "-c", str(SAMPLES / sample), *mine, *ports)
        running.append(process)
        odoo_run.wait_until_ready(process, f"http://127.0.0.1:{page}", log)
        return page, live

    yield start
    for process in running:
        odoo_run.stop(process)


def _answers(port: int) -> dict:
    return requests.get(f"http://127.0.0.1:{port}/web/health", timeout=60).json()


def _goes_live(port: int) -> bool:
    """Whether a browser's live connection is taken; the process for it comes up a little later."""
    for _ in range(120):
        try:
            channel = websocket.create_connection(f"ws://127.0.0.1:{port}/websocket", timeout=30)
        except ConnectionRefusedError:
            time.sleep(0.5)
            continue
        channel.close()
        return True
    return False


def test_single_machine_serves_pages_and_the_live_channel(started):
    page, _live = started("odoo.conf")
    assert _answers(page) == {"status": "pass"}
    assert _goes_live(page)


def test_workers_serve_pages_and_the_live_channel_on_its_own_port(started):
    page, live = started("odoo-workers.conf")
    assert _answers(page) == {"status": "pass"}
    assert _goes_live(live)
