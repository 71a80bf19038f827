"""Test databases: a template for each set of modules, kept by a hash of what it was made from."""

import ast
import contextlib
import fcntl
import functools
import hashlib
import shutil
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from . import odoo_run
from .paths import ADDONS, digest_of
from .postgres import Server

NO_CODE = ("tests", "readme")


@functools.cache
def manifest(addon: str) -> dict:
    return ast.literal_eval((ADDONS / addon / "__manifest__.py").read_text())


def own_and_core(addons: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Splits what ``addons`` need, themselves included, into our addons and core's."""
    own, core, queue = [], set(), list(addons)
    while queue:
        name = queue.pop()
        if not (ADDONS / name).exists():
            core.add(name)
        elif name not in own:
            own.append(name)
            queue += manifest(name)["depends"]
    return sorted(own), sorted(core)


@dataclass
class Databases:
    """Makes, copies and removes databases on ``server``; ``home`` holds files and logs."""

    server: Server
    home: Path
    addons: list[str]
    version: str
    warnings: list[str] = field(default_factory=list)

    def copy(self, template: str, name: str) -> Path:
        """A database ``name`` like ``template``, files included; gives its configuration file."""
        self.drop(name)
        self.server.create(name, template)
        source = self.home / "files/filestore" / template
        if source.exists():
            subprocess.run(["cp", "-al", source, source.with_name(name)], check=True)
        return self.conf(name)

    def drop(self, name: str) -> None:
        self.server.drop(name)
        shutil.rmtree(self.home / "files/filestore" / name, ignore_errors=True)
        self._conf_file(name).unlink(missing_ok=True)

    def _conf_file(self, name: str) -> Path:
        return self.home / f"{name}.conf"

    def conf(self, name: str) -> Path:
        return odoo_run.write_conf(
            self._conf_file(name),
            self.server,
            self.home / "files",
            self.addons,
            db_name=name,
            dbfilter=f"^{name}$",
            max_cron_threads="0",
            list_db="False",
        )

    def template(self, addons: tuple[str, ...], *, demo: bool = False, warm: bool = False) -> str:
        """The template with ``addons`` installed; made on top of the one that has only core."""
        own, core = own_and_core(addons)
        with_demo = ["--with-demo"] if demo else []
        base = self._kept(
            f"{self.version} {core} {demo}",
            f"Core modules{' with demo data' if demo else ''}",
            None,
            ["-i", ",".join(["base", *core]), *with_demo],
        )
        digest = digest_of([ADDONS / a for a in own], leave_out=NO_CODE)
        return self._kept(
            f"{base} {own} {digest} {warm}",
            ", ".join(addons),
            base,
            ["-i", ",".join(own), *with_demo],
            warm=warm,
        )

    def _kept(
        self, key: str, title: str, base: str | None, arguments: list[str], *, warm: bool = False
    ):
        name = "tpl_" + hashlib.sha256(key.encode()).hexdigest()[:16]
        with self._alone(name):
            if name not in self.server.databases():
                self._make(name, title, base, arguments, warm=warm)
        return name

    @contextlib.contextmanager
    def _alone(self, name: str):
        """One maker at a time; a second one, in any process, waits and finds it made."""
        locks = self.home / "locks"
        locks.mkdir(exist_ok=True)
        (locks / name).touch()
        with (locks / name).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _make(self, name: str, title: str, base: str | None, arguments: list[str], *, warm: bool):
        making = f"{name}_making"
        if base:
            self.copy(base, making)
        else:
            self.drop(making)
            self.server.create(making)
        log = self.home / f"log/{name}.log"
        conf = str(self.conf(making))
        found = odoo_run.install(f"Installing {title}", log, "-c", conf, "-d", making, *arguments)
        if base:
            self.warnings += found
        if warm:
            self._warm(conf)
        self._rename(making, name)

    @staticmethod
    def _warm(conf: str) -> None:
        """Builds the assets, which the first browser test would otherwise wait for."""
        code = "env['ir.qweb']._pregenerate_assets_bundles(); env.cr.commit()"
        subprocess.run(
            odoo_run.command("shell", "-c", conf, "--no-http", "--log-level=error"),
            input=code,
            text=True,
            check=True,
            capture_output=True,
        )

    def _rename(self, old: str, new: str) -> None:
        from psycopg2 import sql

        query = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        self.server.execute(query.format(sql.Identifier(old), sql.Identifier(new)))
        self._conf_file(old).unlink(missing_ok=True)
        files = self.home / "files/filestore"
        shutil.rmtree(files / new, ignore_errors=True)  # of a cluster that is gone
        if (files / old).exists():
            (files / old).rename(files / new)

    def forget_old(self, days: int = 2) -> None:
        """Removes templates and output unused for ``days``: the cache does not grow forever."""
        oldest = time.time() - days * 86400
        for name in self.server.databases():
            lock = self.home / "locks" / name
            if name.startswith("tpl_") and lock.exists() and lock.stat().st_mtime < oldest:
                self.drop(name)
                lock.unlink()
        for folder in self.home.glob("run-*"):
            if folder.stat().st_mtime < oldest:
                shutil.rmtree(folder, ignore_errors=True)
