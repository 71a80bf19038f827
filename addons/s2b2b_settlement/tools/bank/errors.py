"""What is wrong with a bank file, and where."""

from typing import Any

from ..reason import Reason

TEMPLATES: dict[str, str] = {
    "empty": "The file is empty.",
    "too_large": "The file has {size} bytes; {limit} is the most.",
    "unsupported": "The format is not supported: {format}. A camt.053 or camt.054 file is needed.",
    "unknown": "This is no bank file that can be read. A camt.053 or camt.054 file is needed.",
    "not_xml": "The XML is broken or cut off (line {line}): {detail}",
    "doctype": "The file declares a document type or entities, which no bank does.",
    "no_statement": "The file holds no statement.",
    "missing": "The {tag} is missing.",
    "bad_amount": "{value!r} is not an amount.",
    "bad_date": "{value!r} is not a date.",
    "bad_sign": "{value!r} is neither CRDT nor DBIT.",
    "other_currency": "The amount is in {currency}, the account in {expected}.",
    "unbalanced": "The opening balance {opening} and the entries {total} make {sum}, but the "
    "closing balance is {closing}.",
}


class BankFileError(ValueError):
    """A bank file that cannot be read as it stands; nothing of it may be used.

    ``reason`` tells what is wrong, ``statement``, ``entry`` (counted from 1) and ``tag`` where.
    """

    def __init__(
        self,
        code: str,
        *,
        statement: str | None = None,
        entry: int | None = None,
        tag: str | None = None,
        **params: Any,
    ) -> None:
        """Fill ``params`` into the sentence of ``code``."""
        self.statement, self.entry, self.tag = statement, entry, tag
        self.reason = Reason(code, TEMPLATES[code], **{"tag": tag, **params})
        super().__init__(": ".join(filter(None, [self.place, self.reason])))

    @property
    def place(self) -> str:
        """Where the fault is, as far as it is known."""
        parts = [
            self.statement and f"statement {self.statement}",
            self.entry and f"entry {self.entry}",
            self.tag,
        ]
        return ", ".join(filter(None, parts))
