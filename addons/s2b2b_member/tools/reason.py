"""Why an answer is what it is: English text that the glue translates by its code."""

from typing import Any


class Reason(str):
    """The English sentence, with the ``code``, ``template`` and ``params`` it was made from.

    It compares, sorts and stores as its text. Whoever shows it in another language looks the
    ``code`` up and fills in ``params``, whose keys (suppliers, tiers) are those of the caller.
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
