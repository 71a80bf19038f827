"""What a public application has to contain before anything of it is stored."""

import re
from collections.abc import Mapping

__all__ = ["LENGTHS", "REQUIRED", "check", "clean", "record_number", "tax_number_keys"]

REQUIRED = ("company_name", "country_id", "vat", "contact_name", "email", "trade")
LENGTHS = {
    "company_name": 120,
    "vat": 40,
    "contact_name": 80,
    "email": 120,
    "phone": 40,
    "street": 120,
    "zip": 20,
    "city": 80,
    "website": 200,
    "trade": 120,
    "introduction": 2000,
}
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]{2,}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def clean(form: Mapping[str, str]) -> dict[str, str]:
    """Return the known fields of a form as trimmed text without control characters."""
    names = [*LENGTHS, "country_id"]
    return {name: _CONTROL.sub("", str(form.get(name) or "")).strip() for name in names}


def check(values: Mapping[str, str]) -> dict[str, str]:
    """Return what is wrong with cleaned ``values``: {field: ``missing``, ``long``, ``format``}."""
    errors = {name: "missing" for name in REQUIRED if not values.get(name)}
    for name, limit in LENGTHS.items():
        if len(values.get(name, "")) > limit:
            errors[name] = "long"
    if values.get("email") and "email" not in errors and not _EMAIL.fullmatch(values["email"]):
        errors["email"] = "format"
    if values.get("country_id") and not record_number(values["country_id"]):
        errors["country_id"] = "format"
    return errors


def record_number(text: str) -> int:
    """Return the number of a record as a form sends it back; 0 for whatever cannot be one.

    >>> record_number("42"), record_number("4 2"), record_number("9" * 5000)
    (42, 0, 0)
    """
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else 0


def tax_number_keys(number: str, country_code: str) -> frozenset[str]:
    """Return the compact forms under which a tax number may be stored, with and without prefix.

    >>> sorted(tax_number_keys("gb 980-7806.84", "GB"))
    ['980780684', 'GB980780684']
    """
    compact = re.sub(r"[^A-Z0-9]", "", number.upper())
    if not compact:
        return frozenset()
    code = country_code.upper()
    bare = compact.removeprefix(code) if code else compact
    return frozenset({compact, bare, code + bare} - {""})
