"""How like two names are, in any script, whatever the order of their words."""

from .references import words

_COMMON = frozenset(
    {"AND", "CO", "COMPANY", "CORP", "GMBH", "INC", "LIMITED", "LLC", "LLP", "LTD", "PLC", "PTE"}
    | {"SA", "SARL", "SPA", "THE", "UND"}
)


def name_parts(text: str | None) -> frozenset[str]:
    """Return what tells a name from others: its words, or pairs of signs of other scripts.

    >>> sorted(name_parts("The Jackson & Ella W. Co. Ltd"))
    ['ELLA', 'JACKSON']
    >>> sorted(name_parts("上海货运"))
    ['上海', '海货', '货运']
    """
    parts: set[str] = set()
    for word in words(text):
        if word.isascii():
            parts.update({word} - _COMMON if len(word) > 1 else ())
        else:
            parts.update(word[place : place + 2] for place in range(max(len(word) - 1, 1)))
    return frozenset(parts)


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return from 0 to 1 how like two names are.

    That is the mean of what they share, of the shorter one and of both together.

    >>> likeness(name_parts("Dixmit"), name_parts("Dixmit Consulting"))
    0.75
    """
    shared = len(one & other)
    if not shared:
        return 0.0
    return (shared / min(len(one), len(other)) + shared / len(one | other)) / 2
