"""Makes the Python environment of the project and goes on inside it.

The environment is built once per (requirements, Python, Odoo); the command then replaces itself by
the same command on the environment's Python, so that the rest may import what is installed there.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from . import odoo_source
from .console import Fail, step
from .paths import ROOT, cache_dir

MARK = "S2B2B_ENVIRONMENT"  # the addon folders of the source, once we are inside
VERSION = "S2B2B_ODOO_VERSION"
PYTHONS = ("python3.12", "python3.11", "python3.13")
REQUIREMENTS = (ROOT / "requirements.txt", ROOT / "requirements-dev.txt")


def add_source_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("where Odoo 19 comes from (default: found, else fetched)")
    group.add_argument("--odoo", type=Path, metavar="PATH", help="an Odoo 19 that is already there")
    group.add_argument("--debs", type=Path, metavar="DIR", help="folder with saved Debian packages")


def enter(options: argparse.Namespace) -> list[str]:
    """Returns inside the environment, with the addon folders that come with Odoo's source."""
    if os.environ.get(MARK):
        return [a for a in os.environ[MARK].split(os.pathsep) if a]
    cache = cache_dir()
    debs = options.debs.resolve() if options.debs else None
    source = odoo_source.find(cache, options.odoo, debs)
    python = _environment(cache, source)
    addons = os.pathsep.join(str(a) for a in source.addons) or os.pathsep
    environ = {k: v for k, v in os.environ.items() if k not in ("PGDATABASE", "PYTHONPATH")}
    environ |= {MARK: addons, VERSION: source.version}
    return os.execve(python, [str(python), *sys.argv], environ)


def _environment(cache: Path, source: odoo_source.Source) -> Path:
    base = _python()
    pins = b"".join(r.read_bytes() for r in REQUIREMENTS)
    key = hashlib.sha256(pins + base.encode() + str(source.package).encode()).hexdigest()[:12]
    venv = cache / f"venv-{key}"
    python = venv / "bin/python"
    ready = venv / ".ready"
    if not ready.exists():
        shutil.rmtree(venv, ignore_errors=True)
        with step("Making the Python environment"):
            _create(base, venv)
            _install(python)
        _make_odoo_importable(venv, python, source)
        ready.touch()
    return python


def _python() -> str:
    """This Python where it fits, else one of the fitting ones that really starts."""
    if (3, 11) <= sys.version_info[:2] <= (3, 13):
        return sys.executable
    for name in PYTHONS:
        path = shutil.which(name)
        if path and not subprocess.run([path, "-c", ""], capture_output=True).returncode:
            return path
    raise Fail("Python 3.11, 3.12 or 3.13 is needed:  apt-get install python3 python3-venv")


def _create(base: str, venv: Path) -> None:
    command = [base, "-m", "venv", venv]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode and "ensurepip" in done.stdout + done.stderr:
        _install_system_venv()
        done = subprocess.run([*command, "--clear"], capture_output=True, text=True)
    if done.returncode:
        raise Fail(f"{base} -m venv failed:\n{done.stdout}{done.stderr}")


def _install_system_venv() -> None:
    """Debian keeps ensurepip in a package of its own."""
    if os.getuid() or not shutil.which("apt-get"):
        raise Fail("Python has no venv here; this brings it:  sudo apt-get install python3-venv")
    subprocess.run(["apt-get", "-qq", "update"], check=True)
    subprocess.run(["apt-get", "-qq", "install", "-y", "python3-venv"], check=True)


def _install(python: Path) -> None:
    lists = [word for r in REQUIREMENTS for word in ("-r", str(r))]
    command = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *lists]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise Fail(f"pip could not install the requirements:\n{done.stderr[-3000:]}")


def _make_odoo_importable(venv: Path, python: Path, source: odoo_source.Source) -> None:
    """Links the package alone: what lies beside it (Debian's other packages) stays invisible."""
    links = venv / "odoo-link"
    links.mkdir(exist_ok=True)
    link = links / "odoo"
    if link.is_symlink():
        link.unlink()
    link.symlink_to(source.package, target_is_directory=True)
    site = next((venv / "lib").glob("python3*/site-packages"))
    (site / "odoo-link.pth").write_text(f"{links}\n")
    command = venv / "bin/odoo"
    command.write_text(f"#!{python}\nimport sys\n\nfrom odoo.cli import main\n\nsys.exit(main())\n")
    command.chmod(0o755)
