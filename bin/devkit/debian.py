"""Odoo 19 from Debian: saved packages, or the mirror that this machine's apt is configured for.

Odoo 19 is only in sid. Nothing is installed into the system: packages are verified by apt, then
unpacked into the cache. What Odoo's package links to (fonts, jQuery) comes from the stable
release, because the links fit its file names and not sid's.
"""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from .console import Fail

STABLE = "trixie"
LINKED = (
    "fonts-font-awesome",
    "fonts-inconsolata",
    "fonts-montserrat",
    "fonts-ocr-b",
    "fonts-roboto-unhinted",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
)
SUITES = {"odoo-19": "sid", **dict.fromkeys(LINKED, STABLE)}
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")

APT_CONF = """\
Dir::Etc::sourcelist "{apt}/sources.list";
Dir::Etc::sourceparts "-";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::State "{apt}/state";
Dir::State::status "{apt}/status";
Dir::State::lists "{apt}/lists";
Dir::Cache "{apt}/cache";
Acquire::Languages "none";
Acquire::Retries "3";
APT::Sandbox::User "";
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
"""


def collect(debs: Path, saved: Path | None) -> None:
    """Fills ``debs`` with the packages: those that ``saved`` has, the others from the mirror."""
    debs.mkdir(parents=True, exist_ok=True)
    if saved:
        _take_saved(debs, saved)
    missing = [name for name in SUITES if not list(debs.glob(f"{name}_*.deb"))]
    if missing:
        _download(debs, missing)


def unpack(debs: Path, target: Path) -> str:
    """Unpacks every package of ``debs`` to ``target`` and gives the version of Odoo's package."""
    temporary = target.with_name(target.name + ".part")
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(parents=True)
    for deb in sorted(debs.glob("*.deb")):
        subprocess.run(["dpkg-deb", "-x", deb, temporary], check=True)
    packages = temporary / "usr/lib/python3/dist-packages"
    _mend(packages)
    shutil.rmtree(target, ignore_errors=True)
    temporary.rename(target)
    odoo_deb = max(debs.glob("odoo-19_*.deb"))
    return _output(["dpkg-deb", "-f", odoo_deb, "Version"])


def _mend(packages: Path) -> None:
    """Debian's package lacks one script, without which the back office's assets do not build."""
    script = packages / "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"
    if not script.exists():
        script.parent.mkdir(parents=True, exist_ok=True)
        script.write_text("/* left out by Debian; it only blurs the background of video calls */\n")


def _take_saved(debs: Path, saved: Path) -> None:
    found = sorted(saved.glob("*.deb"))
    if not found:
        raise Fail(f"--debs {saved}: there is no .deb file in this folder.")
    _verify(saved)
    for deb in found:
        shutil.copy(deb, debs / deb.name)


def _verify(saved: Path) -> None:
    sums = saved / "SHA256SUMS"
    if not sums.exists():
        return
    for line in sums.read_text().splitlines():
        expected, name = line.split(maxsplit=1)
        file = saved / name.lstrip("*")
        if file.exists() and hashlib.sha256(file.read_bytes()).hexdigest() != expected:
            raise Fail(f"{file} does not have the checksum that {sums} gives for it.")


def _download(debs: Path, names: list[str]) -> None:
    mirror = _mirror()
    apt = debs.parent / "apt"
    for folder in ("lists/partial", "cache/archives/partial", "state"):
        (apt / folder).mkdir(parents=True, exist_ok=True)
    (apt / "status").touch()
    arch = _output(["dpkg", "--print-architecture"])
    keyring = _keyring(apt)
    (apt / "sources.list").write_text(
        "".join(
            f"deb [arch={arch} signed-by={keyring}] {mirror} {suite} main\n"
            for suite in sorted(set(SUITES.values()))
        )
    )
    (apt / "apt.conf").write_text(APT_CONF.format(apt=apt))
    command = ["apt-get", "-c", apt / "apt.conf", "-q"]
    _quiet([*command, "update"], debs)
    _quiet([*command, "download", *(f"{name}/{SUITES[name]}" for name in names)], debs)


def _mirror() -> str:
    """The Debian mirror of this machine's own apt, or of ``DEBIAN_MIRROR``."""
    if os.environ.get("DEBIAN_MIRROR"):
        return os.environ["DEBIAN_MIRROR"]
    if shutil.which("apt-get"):
        for uri in _output(["apt-get", "indextargets", "--format", "$(REPO_URI)"]).splitlines():
            if uri.rstrip("/").endswith("/debian"):
                return uri
    raise Fail(NO_SOURCE)


def _keyring(apt: Path) -> Path:
    """Debian's archive keys; Ubuntu has them in a package of its own signed archive."""
    if KEYRING.exists():
        return KEYRING
    unpacked = apt / "keyring"
    if not (unpacked / KEYRING.relative_to("/")).exists():
        unpacked.mkdir(exist_ok=True)
        _quiet(["apt-get", "-q", "download", "debian-archive-keyring"], unpacked)
        _quiet(["dpkg-deb", "-x", *unpacked.glob("*.deb"), unpacked], unpacked)
    return unpacked / KEYRING.relative_to("/")


def _quiet(command: list, folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        said = (done.stdout + done.stderr)[-1500:]
        raise Fail(f"{' '.join(map(str, command))} failed:\n{said}\n\n{NO_SOURCE}")


def _output(command: list) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


NO_SOURCE = """\
Odoo 19 Community was not found on this machine, and no configured package mirror has it.
Any one of these helps:
  --odoo PATH   an Odoo 19 that is already there: a source checkout, or the `odoo` command
  --debs DIR    a folder with Debian's saved package odoo-19_*.deb
  DEBIAN_MIRROR=...   the address of a Debian mirror with the suites sid and trixie
Official ways to get Odoo 19:
  https://github.com/odoo/odoo (branch 19.0)   https://www.odoo.com/page/download
  https://packages.debian.org/sid/odoo-19      https://nightly.odoo.com"""
