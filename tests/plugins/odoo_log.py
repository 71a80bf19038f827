"""Writes down what Odoo logs as a warning or worse while tests run; bin/test judges it afterwards.

What a test expects and mutes (``mute_logger``, ``assertLogs``) does not arrive here.
"""

import logging
import os

import pytest


class _Collector(logging.Handler):
    def __init__(self, path: str) -> None:
        super().__init__(logging.WARNING)
        self.path = path
        self.test = "collection"

    def emit(self, record: logging.LogRecord) -> None:
        first_lines = " | ".join(record.getMessage().splitlines()[:4])
        with open(self.path, "a") as out:
            out.write(f"{record.levelname} {record.name}: {first_lines}  [{self.test}]\n")


_collector = None


def pytest_sessionstart(session):
    global _collector
    if path := os.environ.get("S2B2B_LOG_WARNINGS"):
        _collector = _Collector(path)
        logging.getLogger().addHandler(_collector)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    if _collector:
        _collector.test = item.nodeid
