"""Runs Odoo: its configuration file, installing with progress, a server until it answers."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from .console import Fail, Progress
from .paths import addons_path
from .postgres import Server

LOADING = re.compile(r"Loading module (\S+) \((\d+)/(\d+)\)")
TROUBLE = re.compile(r"^\d{4}-\d\d-\d\d \S+ \d+ (WARNING|ERROR|CRITICAL) ")


def write_conf(file: Path, server: Server, data: Path, addons: list[str], **extra: str) -> Path:
    """A configuration file for ``server``; the interface is named, because 19 warns without it."""
    options = {
        "addons_path": addons_path([Path(a) for a in addons]),
        "data_dir": str(data),
        "http_interface": "127.0.0.1",
        **server.options(),
        **extra,
    }
    lines = "".join(f"{key} = {value}\n" for key, value in options.items())
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    file.write_text(f"[options]\n{lines}")
    return file


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-W", "ignore::DeprecationWarning", _script(), *arguments]


def _script() -> str:
    return str(Path(sys.executable).with_name("odoo"))


def install(title: str, log: Path, *arguments: str) -> list[str]:
    """Runs an install or update to its end and gives the warnings of its log.

    Raises ``Fail`` with the last errors when it does not succeed.
    """
    progress = Progress(title)
    process = subprocess.Popen(
        command(*arguments, "--stop-after-init", "--no-http"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    troubles = []
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as out, _stopping(process):
        for line in process.stdout:
            out.write(line)
            if TROUBLE.match(line):
                troubles.append(line.rstrip())
            if found := LOADING.search(line):
                progress.update(int(found[2]) - 1, int(found[3]), found[1])
        process.wait()
    failed = process.returncode or any(" ERROR " in t or " CRITICAL " in t for t in troubles)
    progress.close("failed" if failed else "done")
    if failed:
        raise Fail(f"{title} failed; the whole log is {log}\n" + "\n".join(troubles[-12:]))
    return troubles


@contextlib.contextmanager
def _stopping(process: subprocess.Popen):
    try:
        yield
    finally:
        stop(process)


def stop(process: subprocess.Popen) -> None:
    """Ends Odoo cleanly; one that does not end is killed."""
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def start_server(log: Path, *arguments: str, own_group: bool = True) -> subprocess.Popen:
    """Starts Odoo; in a group of its own, so that the terminal's Ctrl-C reaches only us."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a") as out:
        return subprocess.Popen(
            command(*arguments),
            stdout=out,
            stderr=out,
            start_new_session=own_group,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )


def wait_until_ready(process: subprocess.Popen, url: str, log: Path, seconds: int = 180) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise Fail(f"Odoo ended before it answered; its log {log} says:\n{_tail(log)}")
        if _answers(f"{url}/web/login"):
            return
        time.sleep(0.5)
    raise Fail(
        f"Odoo did not answer at {url} within {seconds} s; its log {log} says:\n{_tail(log)}"
    )


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return answer.status == 200
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def _tail(log: Path, lines: int = 15) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
