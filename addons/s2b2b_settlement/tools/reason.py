"""Why an answer is what it is: English text that the glue translates by its code."""

from typing import Any


class Reason(str):
    """The English sentence, with the ``code``, ``template`` and ``params`` it was made from.

    It compares, sorts and stores as its text. Whoever shows it in another language looks the
    ``code`` up and fills in ``params``, whose keys are those of the caller and whose amounts are
    integers of the currency's smallest unit.

    >>> reason = Reason("late", "{days} days late", days=3)
    >>> reason, reason.code, reason.params
    ('3 days late', 'late', {'days': 3})
    """

    code: str
    template: str
    params: dict[str, Any]

    def __new__(cls, code: str, template: str, /, **params: Any) -> "Reason":
        """Fill ``params`` into ``template``, in the syntax of ``str.format``."""
        reason = super().__new__(cls, template.format_map(params))
        reason.code, reason.template, reason.params = code, template, params
        return reason

    def __getnewargs_ex__(self) -> tuple[tuple[str, str], dict[str, Any]]:
        """Let copies and pickles keep code and params."""
        return (self.code, self.template), self.params
