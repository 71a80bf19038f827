"""Reads the addons as source: what the structure tests ask about, without importing anything."""

import ast
import functools
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

ROOT = Path(__file__).parents[2]
ADDONS = sorted(p.parent for p in (ROOT / "addons").glob("*/__manifest__.py"))
PRODUCT_FOLDERS = ("models", "wizard", "controllers", "report", "tools", "cli", "demo")


@functools.cache
def manifest(addon: Path) -> dict:
    return ast.literal_eval((addon / "__manifest__.py").read_text())


def python_files(addon: Path, *, tests: bool = False) -> list[Path]:
    return [
        f
        for f in sorted(addon.rglob("*.py"))
        if ("tests" in f.relative_to(addon).parts) == tests and "migrations" not in f.parts
    ]


@functools.cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text())


def imported_names(file: Path) -> set[str]:
    """Dotted names of absolute imports; relative ones as ``.name``."""
    names = set()
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            names.add(base)
            separator = "" if base.endswith(".") else "."
            names.update(f"{base}{separator}{alias.name}" for alias in node.names)
    return names


@dataclass(frozen=True)
class Model:
    """A model that an addon defines; ``kind`` is Model, TransientModel or AbstractModel."""

    name: str
    kind: str
    fields: tuple[str, ...]
    file: Path
    addon: Path

    @property
    def xmlid(self) -> str:
        return "model_" + self.name.replace(".", "_")


def _constant(body: list[ast.stmt], name: str):
    for node in body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", None) == name:
            return ast.literal_eval(node.value)
    return None


def _fields(body: list[ast.stmt]) -> tuple[str, ...]:
    return tuple(
        node.targets[0].id
        for node in body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Call)
        and ast.unparse(node.value.func).startswith("fields.")
    )


@functools.cache
def classes(file: Path) -> list[tuple[ast.ClassDef, str, str | None, object]]:
    """Odoo model classes of a file: (class, kind, _name, _inherit)."""
    found = []
    for node in tree(file).body:
        if not isinstance(node, ast.ClassDef):
            continue
        kinds = [ast.unparse(b).removeprefix("models.") for b in node.bases]
        kind = next((k for k in kinds if k in ("Model", "TransientModel", "AbstractModel")), None)
        if kind:
            found.append(
                (node, kind, _constant(node.body, "_name"), _constant(node.body, "_inherit"))
            )
    return found


def is_extension(name: str | None, inherit: object) -> bool:
    """Tell whether a class with this ``_name`` and ``_inherit`` extends a model that is there."""
    return not name or name == inherit or (isinstance(inherit, list) and name in inherit)


def models(addon: Path) -> list[Model]:
    """The models that ``addon`` defines, not those that it extends."""
    return [
        Model(name, kind, _fields(node.body), file, addon)
        for file in python_files(addon)
        for node, kind, name, inherit in classes(file)
        if not is_extension(name, inherit)
    ]


def xml_files(addon: Path) -> list[Path]:
    return [f for f in sorted(addon.rglob("*.xml")) if "static" not in f.relative_to(addon).parts]


@functools.cache
def xml(file: Path) -> etree._ElementTree:
    return etree.parse(str(file))


def records(addon: Path, model: str):
    for file in xml_files(addon):
        yield from xml(file).iterfind(f".//record[@model='{model}']")


def field_text(record, name: str) -> str:
    node = record.find(f"field[@name='{name}']")
    if node is None:
        return ""
    return node.get("ref") or node.get("eval") or "".join(node.itertext())
