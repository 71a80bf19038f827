"""Why a plan is what it is: English text that the glue can translate from its code."""

from typing import Any


class Reason(str):
    """The English sentence of a decision, with the ``code`` and ``params`` it was made from.

    It compares, sorts and stores as its text. Whoever shows it in another language looks the code
    up and fills in the params, whose keys (offers, suppliers) are those of the caller.
    """

    code: str
    params: dict[str, Any]

    def __new__(cls, code: str, template: str, **params: Any) -> "Reason":
        """Fill ``params`` into the ``template`` of ``code``."""
        reason = super().__new__(cls, template.format(**params))
        reason.code = code
        reason.params = params
        return reason

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle and copy with code and params."""
        return _restore, (str(self), self.code, self.params)


def _restore(text: str, code: str, params: dict[str, Any]) -> Reason:
    reason = str.__new__(Reason, text)
    reason.code, reason.params = code, params
    return reason
