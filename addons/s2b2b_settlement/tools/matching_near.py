"""Suggestions for people to decide: something is near, and the amount fits."""

from collections.abc import Callable
from functools import cache

from .likeness import likeness, name_parts
from .matching_amount import looked_at
from .matching_board import Board, Claim
from .matching_reasons import because
from .references import is_near, normalise

Parts = Callable[[str | None], frozenset[str]]

NUMBER = 0.45
REFERENCE = 0.4
NAME = 0.35
AMOUNT_ALONE = 0.2
LIKE = 0.6
"""From this likeness on, a name is near."""


def suggest_near(board: Board) -> None:
    """Match what quotes a number without its letters, a reference with a slip, or a like name."""
    parts = cache(name_parts)
    for entry in board.open_entries():
        claim = _by_number(board, entry) or _by_likeness(board, entry, parts)
        if claim:
            board.commit(claim, unique=False)


def _by_number(board: Board, entry: int) -> Claim | None:
    facts = board.facts
    statement = facts.entries[entry]
    quoted = facts.numbers.named_in(statement.reference, structured=True)
    quoted |= facts.numbers.named_in(statement.text, structured=False)
    bearers = sorted(set().union(*map(facts.numbers.bearers, quoted)))
    items = [item for item in bearers if _available(board, entry, item)]
    chosen = board.choose(entry, items)
    if not chosen:
        return None
    others = tuple(item for item in items if item not in chosen)
    return Claim((entry,), tuple(chosen), "near", NUMBER, because("near_reference"), others)


def _available(board: Board, entry: int, item: int) -> bool:
    free = item not in board.paid
    return free and board.compatible(entry, item) and board.in_window(entry, item)


def _by_likeness(board: Board, entry: int, parts: Parts) -> Claim | None:
    pool = board.facts.currencies.get(board.facts.entries[entry].currency)
    fitting = looked_at(board, entry, pool) if pool else []
    items = [item for item in fitting if board.compatible(entry, item)]
    ranked = sorted(
        ((*_nearness(board, entry, item, parts), item) for item in items),
        key=lambda near: (-near[0], near[2]),
    )
    if not ranked or not ranked[0][0]:
        return _by_amount_alone(board, entry, items)
    best, code, item = ranked[0]
    rivals = [other for near, _code, other in ranked[1:] if near == best]
    if any(board.facts.items[other].partner != board.facts.items[item].partner for other in rivals):
        board.note(entry, because("several_near"))
        return None
    return Claim((entry,), (item,), "near", round(best, 2), because(code), tuple(rivals))


def _nearness(board: Board, entry: int, item: int, parts: Parts) -> tuple[float, str]:
    """Return the confidence in an item that fits, 0 when nothing is near, and what is near."""
    statement, candidate = board.facts.entries[entry], board.facts.items[item]
    if is_near(normalise(statement.reference), normalise(candidate.reference)):
        return REFERENCE, "near_reference"
    like = likeness(parts(statement.name or statement.text), parts(candidate.name))
    return (NAME * like, "near_name") if like >= LIKE else (0.0, "near_name")


def _by_amount_alone(board: Board, entry: int, items: list[int]) -> Claim | None:
    if len(items) != 1:
        return None
    return Claim((entry,), tuple(items), "near", AMOUNT_ALONE, because("amount_alone"))
