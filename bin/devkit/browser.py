"""The browser of the tours: Debian's chromium, installed where we may."""

import os
import shutil
import subprocess

from .console import step

MISSING = (
    "no browser: the tours did not run; this brings one:"
    "  sudo apt-get install chromium fonts-noto-cjk"
)


def find() -> str | None:
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if path := shutil.which(name):
            return path
    return None


def ensure() -> str | None:
    """The browser's path; installs it where apt and the rights for it are there."""
    found = find()
    if found or os.getuid() or not shutil.which("apt-get"):
        return found
    with step("Installing chromium"):
        for command in (["update"], ["install", "-y", "--no-install-recommends", *_PACKAGES]):
            done = subprocess.run(["apt-get", "-qq", *command], capture_output=True)
            if done.returncode:
                return None
    return find()


_PACKAGES = ("chromium", "fonts-noto-cjk")
