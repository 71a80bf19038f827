"""Manifests say what is there, and everything that is there is in a manifest."""

import re

import polib
import pytest
from source import ADDONS, manifest, xml_files

GROUPS_OF_DATA = ("security", "data", "views")


@pytest.fixture(params=ADDONS, ids=lambda a: a.name)
def addon(request):
    return request.param


def test_manifest_has_what_an_administrator_looks_for(addon):
    content = manifest(addon)
    assert content["license"] == "LGPL-3"
    assert re.fullmatch(r"19\.0\.\d+\.\d+\.\d+", content["version"])
    assert len(content["summary"]) > 20
    assert content["author"] and content["category"] and content["depends"]


def test_manifest_lists_each_data_file_once_and_only_existing_ones(addon):
    listed = [*manifest(addon).get("data", []), *manifest(addon).get("demo", [])]
    assert len(listed) == len(set(listed))
    assert not [f for f in listed if not (addon / f).is_file()]
    there = {str(f.relative_to(addon)) for f in xml_files(addon)}
    assert not there - set(listed) - _in_tests(addon, there)


def _in_tests(addon, files):
    return {f for f in files if f.split("/")[0] == "tests"}


def test_manifest_loads_security_first(addon):
    folders = [f.split("/")[0] for f in manifest(addon).get("data", [])]
    if "security" in folders:
        first_other = next((i for i, f in enumerate(folders) if f != "security"), len(folders))
        assert "security" not in folders[first_other:]


def test_assets_that_are_named_exist(addon):
    for files in manifest(addon).get("assets", {}).values():
        for file in files:
            pattern = file if isinstance(file, str) else file[-1]
            if pattern.startswith(addon.name + "/"):
                assert list(addon.glob(pattern.removeprefix(addon.name + "/"))), pattern


def test_module_has_icon_readme_and_tests(addon):
    glue = len(addon.name.split("_")) > 2
    assert (addon / "tests/__init__.py").exists()
    assert (addon / "readme/DESCRIPTION.md").exists()
    if not glue:
        assert (addon / "static/description/icon.png").exists()
        assert (addon / "static/description/index.html").exists()


def test_chinese_is_complete(addon):
    pot = addon / f"i18n/{addon.name}.pot"
    po = addon / "i18n/zh_CN.po"
    if not pot.exists() and len(addon.name.split("_")) > 2:
        return  # glue without any text of its own
    template = {entry.msgid for entry in polib.pofile(str(pot))}
    chinese = polib.pofile(str(po))
    translated = {e.msgid for e in chinese if e.msgstr and not e.fuzzy and not e.obsolete}
    assert not template - translated
    assert not {e.msgid for e in chinese if not e.obsolete} - template
