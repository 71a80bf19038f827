import importlib
import importlib.util
import re
from pathlib import Path

import stdnum
from stdnum import ean, lei, numdb
from stdnum.ch import uid
from stdnum.cn import uscc
from stdnum.eu import vat as eu_vat
from stdnum.exceptions import InvalidChecksum, InvalidComponent, InvalidFormat, InvalidLength
from stdnum.exceptions import ValidationError as InvalidNumber
from stdnum.tw import ubn
from stdnum.util import get_cc_module

from odoo import models
from odoo.exceptions import ValidationError

REGISTER = re.compile(r"(?:[a-z]{2}_?\.)?[a-z][a-z0-9_]{1,30}")
FOLDER = Path(stdnum.__file__).parent


class S2b2bCertificateType(models.Model):
    """How the number of a certificate is checked; every check is one of python-stdnum."""

    _inherit = "s2b2b.certificate.type"

    def _validate_number(self, number, partner):
        """The number in its compact form; ``ValidationError`` says what is wrong with it.

        ``number_format`` selects ``_number_checks_<format>(partner)``, which returns what has a
        ``validate`` like the modules of python-stdnum; one that accepts the number is enough.
        None of them: there is nothing to check by.
        """
        self.ensure_one()
        problem = None
        for check in getattr(self, f"_number_checks_{self.number_format}")(partner):
            try:
                return _with_data(check.validate, number)
            except InvalidNumber as error:
                problem = problem or error
        if not problem:
            return number
        raise ValidationError(
            self.env._(
                "%(number)s is not a valid number for “%(type)s”: %(problem)s",
                number=number,
                type=self.name,
                problem=self._number_problem(problem),
            )
        ) from problem

    def _number_problem(self, error):
        texts = {
            InvalidChecksum: self.env._("a character is wrong or two are swapped (check digit)."),
            InvalidLength: self.env._("it is too long or too short."),
            InvalidFormat: self.env._("it has characters or an order that are not allowed."),
            InvalidComponent: self.env._(
                "a part of it, such as the country or region, does not exist."
            ),
        }
        return texts.get(type(error), self.env._("it is not well formed."))

    def _number_checks_none(self, partner):
        return []

    def _number_checks_national(self, partner):
        return [_Ein] if partner.country_id.code == "US" else self._number_checks_vat(partner)

    def _number_checks_vat(self, partner):
        """The tax number of the country; more than one where people and companies differ."""
        code = partner.country_id.code
        if not code:
            return []
        if code in MORE_THAN_ONE:
            return [_register(name) for name in MORE_THAN_ONE[code]]
        return list(filter(None, [COUNTRIES.get(code) or get_cc_module(code.lower(), "vat")]))

    def _number_checks_eu_vat(self, partner):
        return [eu_vat]

    def _number_checks_cn_uscc(self, partner):
        return [uscc]

    def _number_checks_gln(self, partner):
        return [_Gln]

    def _number_checks_lei(self, partner):
        return [lei]

    def _number_checks_stdnum(self, partner):
        return [self._find_register(self.number_register)]

    def _find_register(self, name):
        """The check of a register by its name in python-stdnum, or None."""
        if not REGISTER.fullmatch(name or ""):
            return None
        return _register(name)


def _with_data(call, *args):
    """Calls into python-stdnum, whose data files Odoo's import hook hides from it."""
    try:
        return call(*args)
    except FileNotFoundError:
        for file in FOLDER.rglob("*.dat"):
            with file.open(encoding="utf-8") as lines:
                name = file.relative_to(FOLDER).with_suffix("").as_posix()
                numdb._open_databases.setdefault(name, numdb.read(lines))
        return call(*args)


def _register(name):
    if name in REGISTERS:
        return REGISTERS[name]
    parts = name.split(".")
    if len(parts) > 1 and not importlib.util.find_spec(f"stdnum.{parts[0]}"):
        return None
    if not importlib.util.find_spec(f"stdnum.{name}"):
        return None
    module = _with_data(importlib.import_module, f"stdnum.{name}")
    return module if hasattr(module, "validate") else None


class _Ein:
    """US employer numbers: nine digits, the first two are an office of the tax authority.

    The offices that python-stdnum lists are older than these.
    """

    UNUSED = frozenset({0, 7, 8, 9, 17, 18, 19, 28, 29, 49, 69, 70, 78, 79, 89, 96, 97})

    @classmethod
    def validate(cls, number):
        compact = number.replace("-", "").replace(" ", "")
        if not compact.isdecimal():
            raise InvalidFormat
        if len(compact) != 9:
            raise InvalidLength
        if int(compact[:2]) in cls.UNUSED:
            raise InvalidComponent
        return compact


class _Gln:
    """GLNs are EANs of thirteen digits; python-stdnum also takes the shorter ones."""

    @staticmethod
    def validate(number):
        compact = ean.validate(number)
        if len(compact) != 13:
            raise InvalidLength
        return compact


class _Uid:
    """Swiss company numbers are written without their prefix as well."""

    @staticmethod
    def validate(number):
        compact = uid.compact(number)
        return uid.validate(f"CHE{compact}" if compact.isdecimal() else compact)


class _Ubn:
    """Numbers given out in Taiwan since 2023 divide by five; python-stdnum 1 asks for ten."""

    @staticmethod
    def validate(number):
        compact = ubn.compact(number)
        if len(compact) != 8:
            raise InvalidLength
        if not compact.isdecimal():
            raise InvalidFormat
        total = ubn.calc_checksum(compact)
        if total % 5 and not (compact[6] == "7" and (total + 1) % 5 == 0):
            raise InvalidChecksum
        return compact


class _VietnamTin:
    """Ten digits of a company, with three of a branch, or the twelve of a person since 2025."""

    FORMAT = re.compile(r"\d{10}(-?\d{3})?|\d{12}")

    @classmethod
    def validate(cls, number):
        compact = number.strip()
        if not cls.FORMAT.fullmatch(compact):
            raise InvalidFormat
        return compact


# Where python-stdnum is stricter, or older, than the register itself.
COUNTRIES = {"VN": _VietnamTin, "TW": _Ubn}
REGISTERS = {"ch.uid": _Uid, "tw.ubn": _Ubn}
MORE_THAN_ONE = {
    "DE": ("de.vat", "de.stnr"),
    "DO": ("do.rnc", "do.cedula"),
    "TH": ("th.tin",),
}
