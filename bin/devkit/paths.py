"""Where things lie: the checkout, the cache (may be deleted at any time) and the data (may not)."""

import hashlib
import os
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ADDONS = ROOT / "addons"
MODULES = ("s2b2b_supplier", "s2b2b_member", "s2b2b_order", "s2b2b_settlement")


def _base(variable: str, for_root: str, xdg: str, xdg_default: str) -> Path:
    """PostgreSQL refuses to run as root, and the account it then gets cannot enter root's home."""
    if os.environ.get(variable):
        base = Path(os.environ[variable])
    elif os.getuid() == 0:
        base = Path(for_root)
    else:
        base = Path(os.environ.get(xdg) or Path.home() / xdg_default) / "s2b2b"
    base.mkdir(parents=True, exist_ok=True)
    return base.resolve()


def cache_dir() -> Path:
    return _base("S2B2B_CACHE", "/var/cache/s2b2b", "XDG_CACHE_HOME", ".cache")


def data_dir() -> Path:
    return _base("S2B2B_DATA", "/var/lib/s2b2b", "XDG_DATA_HOME", ".local/share")


def socket_dir(owner: Path) -> Path:
    """A short folder for the socket of ``owner``: its path has some 100 bytes at most."""
    name = hashlib.sha256(str(owner).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"s2b2b-{os.getuid()}-{name}"


def addons_path(source_addons: list[Path]) -> str:
    return ",".join(str(p) for p in [ADDONS, *source_addons])


def addon_names() -> list[str]:
    """Every addon of the checkout, the four modules in the order of their dependencies first."""
    glue = sorted(p.parent.name for p in ADDONS.glob("*/__manifest__.py"))
    return [m for m in MODULES if m in glue] + [g for g in glue if g not in MODULES]


def digest_of(folders: list[Path], *, leave_out: tuple[str, ...] = ()) -> str:
    """One hash over the files of ``folders``; parts named in ``leave_out`` do not count."""
    total = hashlib.sha256()
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            parts = file.relative_to(folder).parts
            if not file.is_file() or "__pycache__" in parts or set(parts) & set(leave_out):
                continue
            total.update(f"{folder.name}/{'/'.join(parts)}\0".encode())
            total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()[:16]
