"""The life of a supplier: which verb leads from which status to which."""

from __future__ import annotations

NONE = "none"
APPLICANT = "applicant"
QUALIFIED = "qualified"
CONDITIONAL = "conditional"
SUSPENDED = "suspended"
ELIMINATED = "eliminated"

MANUAL = "manual"
"""The cause of a suspension that somebody decided, and that only somebody ends."""

_ACTIVE = frozenset({NONE, APPLICANT, QUALIFIED, CONDITIONAL})

# verb: (the statuses it starts from, the status it leads to; None: the one before)
_VERBS: dict[str, tuple[frozenset[str], str | None]] = {
    "apply": (frozenset({NONE}), APPLICANT),
    "withdraw": (frozenset({APPLICANT}), NONE),
    "qualify": (_ACTIVE | {SUSPENDED}, QUALIFIED),
    "condition": (_ACTIVE | {SUSPENDED}, CONDITIONAL),
    "suspend": (_ACTIVE, SUSPENDED),
    "hold": (frozenset({SUSPENDED}), SUSPENDED),
    "reinstate": (frozenset({SUSPENDED}), None),
    "eliminate": (_ACTIVE | {SUSPENDED}, ELIMINATED),
    "readmit": (frozenset({ELIMINATED}), QUALIFIED),
    "readmit_condition": (frozenset({ELIMINATED}), CONDITIONAL),
}


def next_status(verb: str, status: str, previous: str | None = None) -> str | None:
    """The status after ``verb``, or None where the verb is refused.

    ``previous`` is the status before a suspension, to which ``reinstate`` leads back.
    An eliminated supplier comes back only by the two ``readmit`` verbs.

    >>> next_status("suspend", "qualified")
    'suspended'
    >>> next_status("reinstate", "suspended", "conditional")
    'conditional'
    >>> next_status("reinstate", "eliminated") is None
    True
    """
    sources, target = _VERBS[verb]
    if status not in sources:
        return None
    return target or previous or QUALIFIED


def suspension_verb(status: str, present_cause: str | None, cause: str) -> str:
    """The verb that suspends for ``cause``.

    A decision takes a suspension over that would end by itself (for a certificate, or because the
    validity is over); any other cause, and a second decision, finds the supplier suspended.

    >>> suspension_verb("suspended", "certificate", "manual")
    'hold'
    >>> suspension_verb("suspended", "manual", "manual")
    'suspend'
    """
    by_itself = status == SUSPENDED and present_cause not in (None, MANUAL)
    return "hold" if by_itself and cause == MANUAL else "suspend"
