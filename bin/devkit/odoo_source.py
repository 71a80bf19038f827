"""Finds Odoo 19: where it is told, on the PATH, in the cache, or from Debian's packages."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from . import debian
from .console import Fail, step


@dataclass(frozen=True)
class Source:
    """``package`` is the folder ``odoo``; ``addons`` are further addon folders of a checkout."""

    package: Path
    addons: tuple[Path, ...]
    version: str


def find(cache: Path, given: Path | None, debs: Path | None) -> Source:
    if given:
        return _from_path(given)
    on_path = shutil.which("odoo")
    if on_path and not debs:
        try:
            return _from_path(Path(on_path))
        except Fail:
            pass  # another series, or a broken command: not what we look for
    return _from_debian(cache, debs)


def _from_path(path: Path) -> Source:
    path = path.expanduser().resolve()
    if not path.exists():
        raise Fail(f"--odoo {path}: there is no such file or folder.")
    if not path.is_dir():
        return _checked(_package_of_command(path))
    return _checked(path if (path / "release.py").exists() else path / "odoo")


def _package_of_command(command: Path) -> Path:
    """The package that a console script would import: its first line names the Python."""
    first = command.read_bytes().split(b"\n", 1)[0].decode(errors="replace")
    interpreter = first[2:].strip().split() if first.startswith("#!") else []
    if not interpreter:
        raise Fail(f"--odoo {command}: this is neither an Odoo checkout nor the `odoo` command.")
    code = "import odoo, os; print(os.path.dirname(odoo.__file__ or list(odoo.__path__)[0]))"
    done = subprocess.run(
        [*interpreter, "-c", code], capture_output=True, text=True, cwd="/", check=False
    )
    if done.returncode:
        raise Fail(f"--odoo {command}: its Python cannot import odoo.\n{done.stderr[-500:]}")
    return Path(done.stdout.strip())


def _checked(package: Path) -> Source:
    release = package / "release.py"
    if not release.exists():
        raise Fail(f"{package} is not Odoo: it has no release.py.")
    found = re.search(r"^version_info\s*=\s*\((\d+),\s*(\d+)", release.read_text(), re.M)
    if not found or found.groups() != ("19", "0"):
        raise Fail(
            f"{package} is not Odoo 19.0: {release} says {found and '.'.join(found.groups())}."
        )
    beside = package.parent / "addons"
    extra = (beside,) if (beside / "account/__manifest__.py").exists() else ()
    if not extra and not (package / "addons/account/__manifest__.py").exists():
        raise Fail(f"{package} has no addons: the module account is neither in it nor beside it.")
    return Source(package, extra, "19.0")


def _from_debian(cache: Path, saved: Path | None) -> Source:
    target = cache / "odoo-19"
    mark = target / ".version"
    if not mark.exists():
        with step("Getting Odoo 19 (about 120 MB)"):
            debian.collect(cache / "debs", saved)
        with step("Unpacking Odoo 19"):
            version = debian.unpack(cache / "debs", target)
            mark.write_text(version)
            shutil.rmtree(cache / "debs")
    source = _checked(target / "usr/lib/python3/dist-packages/odoo")
    return Source(source.package, source.addons, mark.read_text())
