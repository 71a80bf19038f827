"""bin/bench: what our code costs, as a ratio to a floor that is measured in the same run.

``tests/bench/bench_<name>.py`` has ``run(env, report)``; ``ADDONS`` names what its database holds
(none: no database, ``env`` is None), ``DEMO`` whether with demo data. The database is dropped.
"""

import argparse
import contextlib
import importlib.util
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from . import bootstrap
from .console import Fail, run_command, say
from .paths import ROOT, addon_names, addons_path, cache_dir

FOLDER = ROOT / "tests/bench"


def main() -> int:
    return run_command(_main)


def _main() -> int:
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("names", nargs="*", help="only these (default: all)")
    bootstrap.add_source_options(parser)
    options = parser.parse_args()
    addons = bootstrap.enter(options)
    known = {f.stem.removeprefix("bench_"): f for f in sorted(FOLDER.glob("bench_*.py"))}
    unknown = set(options.names) - set(known)
    if unknown:
        raise Fail(
            f"There is no bench {', '.join(sorted(unknown))}; there are: {', '.join(known)}."
        )
    report = Report()
    for name in options.names or known:
        say(f"\n{name}")
        _run(name, _load(known[name]), addons, report)
    return report.conclude()


def _load(file: Path):
    sys.path.insert(0, str(FOLDER))
    spec = importlib.util.spec_from_file_location(file.stem, file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _run(name: str, module, addons: list[str], report: "Report") -> None:
    wanted = getattr(module, "ADDONS", ())
    if not wanted:
        module.run(None, report)
        return
    from . import postgres
    from .databases import Databases

    home = cache_dir() / "test"
    cluster = postgres.Cluster(home / "postgresql", throw_away=True)
    databases = Databases(cluster.start(), home, addons, os.environ[bootstrap.VERSION])
    database = f"bench_{os.getpid()}_{name}"
    try:
        wanted = tuple(addon_names()) if wanted == "all" else wanted
        template = databases.template(wanted, demo=getattr(module, "DEMO", False))
        conf = databases.copy(template, database)
        with _environment(conf, database, addons) as env:
            module.run(env, report)
    finally:
        databases.drop(database)
        cluster.stop()


@contextlib.contextmanager
def _environment(conf: Path, database: str, addons: list[str]):
    """An environment of the superuser; what is not committed is rolled back."""
    from odoo import SUPERUSER_ID, api
    from odoo.modules.registry import Registry
    from odoo.tools import config

    path = addons_path([Path(a) for a in addons])
    config.parse_config(["-c", str(conf), f"--addons-path={path}", "--log-level=error"])

    with Registry(database).cursor() as cr:
        try:
            yield api.Environment(cr, SUPERUSER_ID, {})
        finally:
            cr.rollback()


class Report:
    """Prints what a bench measures; a ratio is the sturdy figure, seconds are of this machine."""

    def __init__(self) -> None:
        self.above: list[str] = []

    def time(self, call: Callable[[], object], times: int = 5) -> float:
        """Seconds of the median of ``times`` calls."""
        seconds = []
        for _ in range(times):
            started = time.perf_counter()
            call()
            seconds.append(time.perf_counter() - started)
        return median(seconds)

    def times(self, *calls: Callable[[], object], times: int = 5) -> list[float]:
        """Seconds of the median of each call; they take turns, so a busy moment meets all."""
        rounds = [[self.time(call, 1) for call in calls] for _ in range(times)]
        return [median(seconds) for seconds in zip(*rounds, strict=True)]

    def ratio(
        self, what: str, ours: float, floor: float, floor_is: str, limit: float | None = None
    ):
        """``ours`` seconds against the seconds of the floor; says so when above ``limit``."""
        ratio = ours / floor
        bound = (
            "" if limit is None else f", limit {limit:g}x: {'ok' if ratio <= limit else 'ABOVE'}"
        )
        if limit is not None and ratio > limit:
            self.above.append(f"{what}: {ratio:.2f}x, limit {limit:g}x")
        say(f"  {what}: {ratio:.2f}x {floor_is}  ({ours:.4f} s / {floor:.4f} s{bound})")

    def figure(self, what: str, value) -> None:
        say(f"  {what}: {value}")

    def conclude(self) -> int:
        """The exit code: 1 where a ratio is above its limit, which is said again."""
        if self.above:
            say("\nAbove the limit:\n" + "\n".join(f"  {line}" for line in self.above))
        return 1 if self.above else 0
