"""Dependencies point one way, and what decides knows nothing of Odoo."""

import sys

import pytest
from source import ADDONS, ROOT, imported_names, manifest, python_files

OUTSIDE = {"s2b2b_order": {"highspy", "numpy"}, "s2b2b_settlement": {"lxml"}}
TOOLS = [(a, f) for a in ADDONS for f in python_files(a) if "tools" in f.relative_to(a).parts]
GLUE_LINES = 150


def ids(pair):
    return str(pair[1].relative_to(ROOT / "addons"))


@pytest.mark.parametrize("pair", TOOLS, ids=ids)
def test_tools_import_the_standard_library_and_their_siblings_only(pair):
    addon, file = pair
    allowed = sys.stdlib_module_names | OUTSIDE.get(addon.name, set())
    strangers = {
        name
        for name in imported_names(file)
        if not name.startswith(".") and name.split(".")[0] not in allowed
    }
    climbing = {name for name in imported_names(file) if name.startswith("...")}
    assert not strangers | climbing


@pytest.mark.parametrize("pair", TOOLS, ids=ids)
def test_tools_know_neither_clock_nor_chance(pair):
    _addon, file = pair
    text = file.read_text()
    assert "random" not in imported_names(file)
    assert "logging" not in imported_names(file)
    for call in (".today()", ".now()", "time.time()", "utcnow()"):
        assert call not in text


@pytest.mark.parametrize("addon", ADDONS, ids=lambda a: a.name)
def test_imports_of_our_addons_follow_the_manifest(addon):
    reachable = {addon.name}
    queue = [addon.name]
    by_name = {a.name: a for a in ADDONS}
    while queue:
        for name in manifest(by_name[queue.pop()])["depends"]:
            if name in by_name and name not in reachable:
                reachable.add(name)
                queue.append(name)
    for file in [*python_files(addon), *python_files(addon, tests=True)]:
        used = {n.split(".")[2] for n in imported_names(file) if n.startswith("odoo.addons.s2b2b")}
        assert used <= reachable, file


def test_supplier_and_member_do_not_know_each_other():
    for mine, other in (("supplier", "member"), ("member", "supplier")):
        addon = ROOT / "addons" / f"s2b2b_{mine}"
        for file in [*addon.rglob("*.py"), *addon.rglob("*.xml"), *addon.rglob("*.csv")]:
            assert f"s2b2b_{other}" not in file.read_text(), file


@pytest.mark.parametrize("addon", ADDONS, ids=lambda a: a.name)
def test_wizards_controllers_and_reports_leave_deciding_to_models(addon):
    for file in python_files(addon):
        if file.relative_to(addon).parts[0] in ("wizard", "controllers", "report"):
            assert not {
                n for n in imported_names(file) if ".tools" in n and "odoo.tools" not in n
            }, file


def test_glue_is_small_and_installs_itself():
    for addon in ADDONS:
        if len(addon.name.split("_")) < 3:
            continue
        lines = sum(len(f.read_text().splitlines()) for f in python_files(addon))
        assert manifest(addon).get("auto_install"), addon.name
        assert lines <= GLUE_LINES, addon.name
