"""bin/test: sets up what it needs, then runs every test; its last line is the count.

Order: structure and pure tests without a database, each module alone on its own database, all of
them together with the browser tours, the story over HTTP on the demo data, Odoo's own tests of
what we extend, and at last updating and uninstalling.
"""

import argparse
import contextlib
import importlib.util
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from . import bootstrap
from .console import Fail, Progress, run_command, say, step
from .paths import ADDONS, MODULES, ROOT, addon_names, cache_dir

TOURS = "test_ui*.py"
TEST_SECONDS = 900  # for the slowest test on a slow machine, its class's preparation included
CORE = ("purchase", "purchase_stock")  # Odoo's own, which pass with s2b2b_supplier installed


def main() -> int:
    return run_command(_main)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bin/test", description=__doc__)
    parser.add_argument(
        "parts",
        nargs="*",
        help="only these: addons, or pure, together, story, core, lifecycle (default: all)",
    )
    parser.add_argument(
        "--fast", action="store_true", help="pure tests and the main ones of each module"
    )
    parser.add_argument("-k", metavar="EXPRESSION", help="only the tests that pytest's -k selects")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1))
    bootstrap.add_source_options(parser)
    return parser


@dataclass(frozen=True)
class Group:
    """One pytest process. ``addons`` are installed in its database; none: it has no database."""

    name: str
    paths: tuple[str, ...]
    addons: tuple[str, ...] = ()
    demo: bool = False
    browser: bool = False
    server: bool = False  # runs against a real server instead of inside Odoo
    fast: bool = False  # only what is tagged so
    core: bool = False  # Odoo's own tests
    ignore: tuple[str, ...] = ()


def _groups(options, core_paths: tuple[str, ...]) -> list[list[Group]]:
    """Groups in the order of the run; the ones of one list may run side by side."""
    names = [m for m in addon_names() if (ADDONS / m / "tests").is_dir()]
    paths = {m: f"addons/{m}/tests" for m in names}
    everything, all_paths = tuple(addon_names()), tuple(paths.values())
    pure = Group("pure", ("tests/structure", "tests/properties"))
    if options.fast:
        halves = [
            Group(f"fast, {half}", paths, everything, ignore=(TOURS,), fast=True)
            for half, paths in (("one", all_paths[::2]), ("two", all_paths[1::2]))
        ]
        return [[*halves, pure]]
    together = Group("together", (*all_paths, "tests/whole"), everything, browser=True)
    story = Group("story", ("tests/scenarios",), everything, demo=True, browser=True, server=True)
    core = Group("core", core_paths, ("s2b2b_supplier",), core=True)
    lifecycle = Group("lifecycle", ("tests/lifecycle",), everything, server=True)
    if options.parts:
        known = {g.name: g for g in (pure, together, story, core, lifecycle)}
        known |= {m: Group(m, (paths[m],), (m,), browser=True) for m in names}
        if unknown := set(options.parts) - set(known):
            raise Fail(f"There is no {', '.join(sorted(unknown))}; there are: {', '.join(known)}.")
        return [[known[part]] for part in options.parts]
    alone = [Group(m, (paths[m],), (m,), ignore=(TOURS,)) for m in names if m in MODULES]
    return [[pure], alone, [together, story, core, lifecycle]]


def _core_paths(addons: list[str]) -> tuple[str, ...]:
    """The test folders of Odoo's own modules, wherever this Odoo keeps them."""
    homes = [*addons, *importlib.util.find_spec("odoo.addons").submodule_search_locations]
    folders = [Path(home, module, "tests") for module in CORE for home in homes]
    return tuple(str(folder) for folder in folders if folder.is_dir())


def _main() -> int:
    options = _parser().parse_args()
    addons = bootstrap.enter(options)
    from . import browser, postgres
    from .databases import Databases
    from .results import Results

    results = Results()
    groups = _groups(options, _core_paths(addons))
    home = cache_dir() / "test"
    cluster = postgres.Cluster(home / "postgresql", throw_away=True)
    chromium = browser.ensure() if any(g.browser for step_ in groups for g in step_) else None
    with step("Starting PostgreSQL"):
        server = cluster.start()
    try:
        databases = Databases(server, home, addons, os.environ[bootstrap.VERSION])
        runner = Runner(options, databases, results, chromium)
        for side_by_side in groups:
            with ThreadPoolExecutor(options.jobs) as pool:
                list(pool.map(runner.run, side_by_side))
        results.check_log("install", databases.warnings)
        databases.forget_old()
    finally:
        cluster.stop()
    results.report()
    return 1 if results.failed else 0


class Runner:
    """Prepares the database of a group, runs pytest on it and collects what came out."""

    def __init__(self, options, databases, results, chromium: str | None) -> None:
        self.options = options
        self.databases = databases
        self.results = results
        self.chromium = chromium
        self.home = databases.home / f"run-{os.getpid()}"
        self.home.mkdir(parents=True, exist_ok=True)

    def run(self, group: Group) -> None:
        from .results import Results

        slug = group.name.replace(", ", "-")
        junit, log, warnings = (self.home / f"{slug}.{end}" for end in ("xml", "out", "warnings"))
        with self._database(group, slug) as arguments:
            progress = Progress(f"Testing {group.name}")
            done = self._pytest(group, arguments, junit, log, warnings)
        mine = Results()
        mine.add(junit, group.name, done.returncode)
        if warnings.exists():
            mine.check_log(group.name, warnings.read_text().splitlines())
        if mine.failed:
            say(log.read_text(errors="replace"))
        if group.core and mine.skips:
            mine.skips = [f"{group.name}: {mine.skipped} tests that Odoo itself leaves out"]
        progress.close(f"{mine.passed} passed, {mine.failed} failed, {mine.skipped} skipped")
        self._judge_browser(group)
        for name in ("passed", "failed", "skipped", "failures", "skips"):
            setattr(self.results, name, getattr(self.results, name) + getattr(mine, name))

    def _judge_browser(self, group: Group) -> None:
        from .browser import MISSING

        if group.browser and not self.chromium:
            judge = self.results.fail if os.environ.get("CI") else self.results.skip
            judge(f"{group.name}: {MISSING}")

    @contextlib.contextmanager
    def _database(self, group: Group, slug: str):
        if not group.addons:
            yield ["-p", "no:odoo"]
            return
        template = self.databases.template(group.addons, demo=group.demo, warm=group.browser)
        name = f"run_{os.getpid()}_{slug.replace('-', '_')}"
        conf = self.databases.copy(template, name)
        try:
            if group.server:
                beside = ("-p", "no:odoo", "-p", "tests.plugins.database")
                yield [*beside, f"--s2b2b-conf={conf}"]
            else:
                yield [
                    *("-p", "tests.plugins.odoo_log", f"--odoo-config={conf}"),
                    *(f"--odoo-database={name}", "--odoo-http", "--odoo-log-level=warn"),
                ]
        finally:
            self.databases.drop(name)

    def _pytest(self, group: Group, arguments: list[str], junit: Path, log: Path, warnings: Path):
        options = [f"--ignore-glob=*/{pattern}" for pattern in group.ignore]
        if group.fast:
            options += ["-p", "tests.plugins.fast"]
        if group.browser and not self.chromium:
            options.append(f"--ignore-glob=*/{TOURS}")
        selection = ["-k", self.options.k] if self.options.k else []
        environ = {
            **os.environ,
            "HYPOTHESIS_PROFILE": "fast" if self.options.fast else "full",
            "PYTHONPATH": str(ROOT),
            "S2B2B_LOG_WARNINGS": str(warnings),
            # Odoo's source may be reached by a link, which pytest takes for another file.
            "PY_IGNORE_IMPORTMISMATCH": "1" if group.core else "0",
        }
        command = [sys.executable, "-m", "pytest", "-q", "--tb=short", f"--junitxml={junit}"]
        # What hangs ends the run with everybody's stack instead of the patience of the machine.
        command += [f"--timeout={TEST_SECONDS}", "--timeout-method=thread"]
        with log.open("w") as out:
            return subprocess.run(
                [*command, *arguments, *options, *selection, *group.paths],
                cwd=ROOT,
                env=environ,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
