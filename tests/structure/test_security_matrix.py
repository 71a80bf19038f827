"""Each model says who may do what, keeps companies apart, and is tested."""

import csv
import re

import pytest
from source import ADDONS, field_text, models, python_files, records

MODELS = [m for a in ADDONS for m in models(a) if m.kind != "AbstractModel"]
PORTAL = "base.group_portal"


def access_rows(addon):
    file = addon / "security/ir.model.access.csv"
    return list(csv.DictReader(file.open())) if file.exists() else []


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.name)
def test_model_has_access_rows_for_named_groups(model):
    rows = [r for r in access_rows(model.addon) if r["model_id:id"].endswith(model.xmlid)]
    assert rows
    assert all(r["group_id:id"] for r in rows), "a row without a group is for everybody"


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.name)
def test_model_with_a_company_has_a_company_rule(model):
    if "company_id" not in model.fields or model.kind == "TransientModel":
        return
    rules = [
        r
        for r in records(model.addon, "ir.rule")
        if field_text(r, "model_id").endswith(model.xmlid)
    ]
    assert any("company_ids" in field_text(r, "domain_force") for r in rules)


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.name)
def test_model_is_named_in_a_test(model):
    texts = [f.read_text() for a in ADDONS for f in python_files(a, tests=True)]
    assert any(model.name in t for t in texts), f"no test speaks of {model.name}"


@pytest.mark.parametrize("addon", ADDONS, ids=lambda a: a.name)
def test_portal_may_only_read_and_only_by_a_rule(addon):
    ruled = {
        field_text(r, "model_id").split(".")[-1]
        for r in records(addon, "ir.rule")
        if PORTAL in field_text(r, "groups")
    }
    for row in access_rows(addon):
        if row["group_id:id"] != PORTAL:
            continue
        rights = [row[f"perm_{p}"] for p in ("read", "write", "create", "unlink")]
        assert rights == ["1", "0", "0", "0"], row
        model = row["model_id:id"].split(".")[-1]
        assert model in ruled or "no rule:" in row["name"], row


@pytest.mark.parametrize("addon", ADDONS, ids=lambda a: a.name)
def test_sudo_has_its_reason_beside_it(addon):
    bare = []
    for file in python_files(addon):
        lines = file.read_text().splitlines()
        for number, line in enumerate(lines):
            near = line + (lines[number - 1] if number else "")
            if re.search(r"\.sudo\(\)", line) and "#" not in near:
                bare.append(f"{file.name}:{number + 1}")
    assert not bare
