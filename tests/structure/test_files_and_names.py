"""Small files, one model each; every test runs; nothing unfinished."""

import ast
import re

import pytest
from source import ADDONS, ROOT, classes, is_extension, python_files, tree, xml, xml_files

FILE_LINES = 350
TOOL_LINES = 300
TEST_LINES = 300
FUNCTION_LINES = 50
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")
ALL_FILES = [f for a in ADDONS for f in python_files(a)]
TEST_FILES = [f for a in ADDONS for f in python_files(a, tests=True)]


def ids(file):
    return str(file.relative_to(ROOT / "addons"))


@pytest.mark.parametrize("file", ALL_FILES, ids=ids)
def test_file_is_short(file):
    limit = TOOL_LINES if "tools" in file.parts else FILE_LINES
    assert len(file.read_text().splitlines()) <= limit


@pytest.mark.parametrize("file", TEST_FILES, ids=ids)
def test_test_file_is_about_one_thing(file):
    assert len(file.read_text().splitlines()) <= TEST_LINES


@pytest.mark.parametrize("file", ALL_FILES, ids=ids)
def test_functions_are_short(file):
    long = {
        node.name: node.end_lineno - node.lineno + 1
        for node in ast.walk(tree(file))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno + 1 > FUNCTION_LINES
    }
    assert not long


@pytest.mark.parametrize("file", [f for f in ALL_FILES if "models" in f.parts], ids=ids)
def test_model_file_holds_one_model_and_its_lines(file):
    """A topic that extends a model may have a file of its own: ``<model>_<topic>.py``."""
    found = [
        (name or inherit, is_extension(name, inherit)) for _, _, name, inherit in classes(file)
    ]
    own = [n if isinstance(n, str) else n[0] for n, _ in found]
    if own:
        stem, extension = own[0].replace(".", "_"), found[0][1]
        assert file.stem == stem or (extension and file.stem.startswith(f"{stem}_"))
        assert all(n.startswith(own[0]) for n in own), own


@pytest.mark.parametrize("file", [f for f in ALL_FILES if "models" in f.parts], ids=ids)
def test_model_class_says_what_it_is_in_the_business(file):
    for node, _kind, name, inherit in classes(file):
        if not is_extension(name, inherit):
            assert ast.get_docstring(node), node.name


@pytest.mark.parametrize("addon", ADDONS, ids=lambda a: a.name)
def test_every_test_file_is_imported(addon):
    for folder in {f.parent for f in python_files(addon, tests=True)}:
        text = (folder / "__init__.py").read_text()
        for file in folder.glob("test_*.py"):
            assert re.search(rf"\b{file.stem}\b", text), file


@pytest.mark.parametrize("file", TEST_FILES, ids=ids)
def test_test_classes_are_only_tagged(file):
    """Any other decorator may give a function instead of the class, and none of its tests runs."""
    for node in tree(file).body:
        if isinstance(node, ast.ClassDef):
            given = [
                ast.unparse(d.func if isinstance(d, ast.Call) else d) for d in node.decorator_list
            ]
            assert set(given) <= {"tagged", "dataclass"}, node.name


@pytest.mark.parametrize("file", ALL_FILES + TEST_FILES, ids=ids)
def test_nothing_is_unfinished(file):
    assert not UNFINISHED.search(file.read_text())


@pytest.mark.parametrize("addon", ADDONS, ids=lambda a: a.name)
def test_xml_ids_are_given_once_a_file(addon):
    for file in xml_files(addon):
        given = [r.get("id") for r in xml(file).iterfind(".//record")]
        given = [g for g in given if g]
        assert len(given) == len(set(given)), file


def test_public_names_of_tools_are_documented_and_typed():
    for file in [f for f in ALL_FILES if "tools" in f.parts]:
        for node in tree(file).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                assert ast.get_docstring(node), f"{file}: {node.name}"
                assert node.returns is not None, f"{file}: {node.name}"
