"""Who gets in, and where: the first page for everybody, the API for staff."""

import pytest
from clients import Refused


def test_login_page_answers_without_login(portal):
    assert portal().page("/web/login").xpath("//input[@name='password']")


def test_staff_reads_by_json2_with_a_key_of_its_own(staff):
    installed = staff("admin").read(
        "ir.module.module", [["name", "like", "s2b2b_%"], ["state", "=", "installed"]], "name"
    )
    assert {m["name"] for m in installed} >= {
        "s2b2b_supplier",
        "s2b2b_member",
        "s2b2b_order",
        "s2b2b_settlement",
    }


def test_wrong_key_is_refused(staff, address):
    client = staff("admin")
    key, client.key = client.key, "0" * 40
    try:
        with pytest.raises(Refused):
            client.read("res.partner", [], "name")
    finally:
        client.key = key
