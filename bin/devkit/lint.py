"""bin/lint: the lints that block: ruff, its formatter, and pylint-odoo's mandatory messages."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from . import bootstrap
from .console import run_command, say
from .paths import ADDONS, ROOT, addon_names


def main() -> int:
    return run_command(_main)


def _main() -> int:
    parser = argparse.ArgumentParser(prog="bin/lint", description=__doc__)
    bootstrap.add_source_options(parser)
    bootstrap.enter(parser.parse_args())
    tools = Path(sys.executable).parent
    addons = [str(ADDONS / name) for name in addon_names()]
    commands = (
        [tools / "ruff", "check", "."],
        [tools / "ruff", "format", "--check", "."],
        [tools / "pylint", "--rcfile", ROOT / ".pylintrc", "-j", str(os.cpu_count()), *addons],
    )
    failed = [c[0].name for c in commands if subprocess.run(c, cwd=ROOT).returncode]
    say(f"lint: {'failed: ' + ', '.join(failed) if failed else 'clean'}")
    return 1 if failed else 0
