"""bin/serve: from nothing to a running platform with its demo story, in one command."""

import argparse
import contextlib
import fcntl
import signal
from pathlib import Path

from . import bootstrap
from .console import Fail, run_command, say, step
from .paths import ADDONS, ROOT, addon_names, data_dir, digest_of

MARK = "bin/serve "  # the database's comment begins so; then comes the code that it holds
INSTALLING = "installing"
LOGINS = """
  administrator   admin       admin
  buyer           buyer       buyer        purchase, suppliers, scorecards
  accountant      accountant  accountant   settlements, bank, reconciliation
  supplier        supplier1   supplier1    portal of Exotic Liquids
  supplier        supplier2   supplier2    portal of Tokyo Traders
  member (Gold)   member1     member1      portal, quick order at the Gold price
  member          member2     member2      portal
"""
TRY_FIRST = """
  1. member1: Place an order, type "urgent", at {url}/my/order/new and keep its page open.
  2. supplier1 and supplier2: accept it at {url}/my/supplier/orders, one of them only in part.
  3. Watch the member's page change by itself; ship with a tracking number.
  4. admin: Sales > Orders > the order > Allocation shows who got what, and why.
  5. accountant: Invoicing > S2B2B > Settlements, then import the bank file of the demo.
"""


def main() -> int:
    return run_command(_main)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bin/serve", description="Runs S2B2B on Odoo 19 with its demo data on this machine."
    )
    parser.add_argument("--reset", action="store_true", help="begin anew: the data is deleted")
    parser.add_argument(
        "--db", metavar="URI", help="an existing PostgreSQL, postgresql://user:password@host/name"
    )
    parser.add_argument("--port", type=int, default=8069, help="HTTP port (8069)")
    parser.add_argument(
        "--no-demo", action="store_true", help="install the modules without demo data"
    )
    bootstrap.add_source_options(parser)
    return parser


def _main() -> int:
    options = _parser().parse_args()
    addons = bootstrap.enter(options)
    from . import odoo_run

    if not odoo_run.port_is_free(options.port):
        raise Fail(f"Port {options.port} is taken by another program:  bin/serve --port 8070")
    home = data_dir()
    signal.signal(signal.SIGTERM, _interrupt)
    say("S2B2B for Odoo 19")
    with _only_one(home), _database(options, home) as (server, name):
        conf = odoo_run.write_conf(
            home / "odoo.conf",
            server,
            home / "files",
            addons,
            db_name=name,
            dbfilter=f"^{name}$",
            http_port=str(options.port),
            list_db="False",
        )
        _install(server, name, conf, home, demo=not options.no_demo)
        _serve(conf, home / "server.log", f"http://localhost:{options.port}")
    return 0


def _interrupt(_signum, _frame):
    raise KeyboardInterrupt


@contextlib.contextmanager
def _only_one(home: Path):
    with (home / "serve.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Fail(f"bin/serve is already running with the data in {home}.") from None
        yield


@contextlib.contextmanager
def _database(options, home: Path):
    """The server and the name of the database, emptied first where --reset asks for it."""
    from . import postgres

    cluster = None
    if options.db:
        server, name = postgres.from_uri(options.db)
    else:
        cluster = postgres.Cluster(home / "postgresql", throw_away=False)
        with step("Starting PostgreSQL"):
            server = cluster.start()
        name = None
    name = name or "s2b2b"
    try:
        if options.reset and name in server.databases():
            _reset(server, name)
        if name not in server.databases():
            server.create(name)
        yield server, name
    finally:
        if cluster:
            cluster.stop()


def _reset(server, name: str) -> None:
    """Deletes only a database that this command made, or an empty one."""
    if _tables(server, name) and _served_code(server, name) is None:
        raise Fail(f"--reset: the database {name} was not made by bin/serve; it stays as it is.")
    server.drop(name)


def _tables(server, name: str) -> int:
    query = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
    return server.execute(query, database=name)[0][0]


def _served_code(server, name: str) -> str | None:
    """The code that this command last installed there, ``installing``, or None: not ours."""
    query = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
    comment = server.execute(query, (name,))[0][0] or ""
    return comment.removeprefix(MARK) if comment.startswith(MARK) else None


def _mark(server, name: str, code: str) -> None:
    from psycopg2 import sql

    query = sql.SQL("COMMENT ON DATABASE {} IS {}")
    server.execute(query.format(sql.Identifier(name), sql.Literal(MARK + code)))


def _install(server, name: str, conf: Path, home: Path, *, demo: bool) -> None:
    """Installs a new database; updates one whose modules have changed since."""
    from . import odoo_run

    code = digest_of([ADDONS], leave_out=("tests", "readme"))
    served = _served_code(server, name)
    if served == code:
        return
    if served == INSTALLING:  # an installation was broken off: nothing in there is the user's
        server.drop(name)
        server.create(name)
    elif served is None and _tables(server, name):
        raise Fail(f"The database {name} holds something else; name another one in --db URI.")
    modules = ",".join(addon_names())
    if served in (None, INSTALLING):
        _mark(server, name, INSTALLING)
        title = "Installing the modules" + (" with demo data" if demo else "")
        arguments = ["-i", modules, "--load-language=en_US,zh_CN"]
        arguments += ["--with-demo"] if demo else []
    else:
        title = "Updating the modules"
        arguments = ["-u", modules, "--i18n-overwrite"]
    odoo_run.install(title, home / "install.log", "-c", str(conf), "-d", name, *arguments)
    _mark(server, name, code)


def _serve(conf: Path, log: Path, url: str) -> None:
    from . import odoo_run

    log.write_text("")
    process = odoo_run.start_server(log, "-c", str(conf))
    try:
        with step("Starting Odoo"):
            odoo_run.wait_until_ready(process, url, log)
        say(f"\nS2B2B runs at  {url}   (Ctrl-C stops it; log: {log})\n")
        say(f"Logins (who, login, password):{LOGINS}")
        say(f"What to try first:{TRY_FIRST.format(url=url)}")
        say(f"Bank file of the demo and guide: {ROOT / 'README.md'}")
        process.wait()
        raise Fail(f"Odoo ended by itself; see {log}")
    except KeyboardInterrupt:
        say("\nStopping ...")
    finally:
        with _uninterrupted():
            odoo_run.stop(process)


@contextlib.contextmanager
def _uninterrupted():
    """A second Ctrl-C must not leave a server behind."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
