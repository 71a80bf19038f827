from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

from ..tools.bank import BankFileError, read

_lt = LazyTranslate(__name__)

TEXTS = {
    "empty": _lt("The file is empty."),
    "too_large": _lt("The file has %(size)s bytes; %(limit)s is the most."),
    "unsupported": _lt(
        "The format is not supported yet: %(format)s. Ask the bank for camt.053 or camt.054 "
        "(ISO 20022 XML)."
    ),
    "unknown": _lt(
        "This is no bank file that can be read. Ask the bank for camt.053 or camt.054 (ISO 20022 "
        "XML)."
    ),
    "not_xml": _lt("The XML is broken or cut off (line %(line)s): %(detail)s"),
    "doctype": _lt("The file declares a document type or entities, which no bank does."),
    "no_statement": _lt("The file holds no statement."),
    "missing": _lt("The %(tag)s is missing."),
    "bad_amount": _lt("“%(value)s” is not an amount."),
    "bad_date": _lt("“%(value)s” is not a date."),
    "bad_sign": _lt("“%(value)s” is neither CRDT nor DBIT."),
    "other_currency": _lt("The amount is in %(currency)s, the account in %(expected)s."),
    "unbalanced": _lt(
        "The opening balance %(opening)s and the entries %(total)s make %(sum)s, but the closing "
        "balance is %(closing)s."
    ),
}


class BankFile(models.AbstractModel):
    """A bank file as it comes from outside: read, or refused in the reader's language."""

    _name = "s2b2b.bank.file"
    _description = "Bank File"

    @api.model
    def _read(self, name, content):
        """Return the statements of ``content``; raise ``UserError`` with the place at fault."""
        try:
            return read(name, content)
        except BankFileError as error:
            raise UserError(self._get_fault_text(name, error)) from error

    def _get_fault_text(self, name, error):
        reason = error.reason
        # The texts are marked where they stand, by _lt: the code of a reason picks one here.
        # pylint: disable-next=translation-contains-variable,translation-not-lazy
        text = self.env._(TEXTS[reason.code]) % reason.params
        return ": ".join(filter(None, [name, self._get_place_text(error), text]))

    def _get_place_text(self, error):
        parts = []
        if error.statement:
            parts.append(self.env._("statement %s", error.statement))
        if error.entry:
            parts.append(self.env._("entry %s", error.entry))
        if error.tag:
            parts.append(error.tag)
        return ", ".join(parts)
