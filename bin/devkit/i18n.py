"""bin/i18n: writes each addon's template of terms and brings its Chinese file in line with it.

Translations that are there stay; new terms come in empty, terms that are gone go. The tests refuse
a template that is behind the code and a Chinese file with an empty term.
"""

import argparse
import os
import subprocess
from pathlib import Path

from . import bootstrap
from .console import Fail, run_command, say, step
from .paths import ADDONS, addon_names, cache_dir

LANGUAGE = "zh_CN"


def main() -> int:
    return run_command(_main)


def _main() -> int:
    parser = argparse.ArgumentParser(prog="bin/i18n", description=__doc__)
    parser.add_argument("modules", nargs="*", help="only these addons (default: all)")
    bootstrap.add_source_options(parser)
    options = parser.parse_args()
    addons = bootstrap.enter(options)
    from . import odoo_run, postgres
    from .databases import Databases

    names = options.modules or addon_names()
    home = cache_dir() / "test"
    cluster = postgres.Cluster(home / "postgresql", throw_away=True)
    server = cluster.start()
    try:
        databases = Databases(server, home, addons, os.environ[bootstrap.VERSION])
        template = databases.template(tuple(addon_names()))
        for name in names:
            (ADDONS / name / "i18n").mkdir(exist_ok=True)
        export = odoo_run.command("i18n", "export", "-c", str(databases.conf(template)), *names)
        with step("Exporting terms"):
            done = subprocess.run(export, capture_output=True, text=True)
        if done.returncode:
            raise Fail(done.stderr[-2000:])
    finally:
        cluster.stop()
    empty = sum(_bring_in_line(ADDONS / name / "i18n", name) for name in names)
    return 1 if empty else 0


def _bring_in_line(folder: Path, name: str) -> int:
    """Merges the template into the Chinese file; gives the number of empty terms."""
    import polib

    pot = folder / f"{name}.pot"
    if not pot.exists():
        return 0
    template = polib.pofile(str(pot))
    for header in ("POT-Creation-Date", "PO-Revision-Date"):
        template.metadata.pop(header, None)  # a date would change the file at every export
    template.save()
    file = folder / f"{LANGUAGE}.po"
    known = {}
    if file.exists() and file.stat().st_size:
        known = {e.msgid: e.msgstr for e in polib.pofile(str(file)) if e.msgstr}
    for entry in template:
        entry.msgstr = known.get(entry.msgid, "")
    template.metadata["Language"] = LANGUAGE
    template.save(str(file))
    empty = [e.msgid for e in template if not e.msgstr]
    say(f"{name}: {len(template)} terms, {len(empty)} without Chinese")
    return len(empty)
