"""Which bank lines pay which open items, and how sure that is.

In this order: what the payer quotes (one or several payments, one or several items); partner and
amount; partner and a sum of items or of payments; then, only as suggestions, what is near. Every
rule first takes what is *unique*, and only that may be posted without a person:

- by reference, when the payment names exactly these items, no other open item bears the
  references, no other payment names the items, and the amount fits;
- by amount, when exactly one open item of that partner and currency has it;
- by sum, when no other set of that partner's open items, credit notes included, gives it, within
  the tolerance where there is one; proven up to the bounds of :mod:`.subset_sums`, else not.

Uniqueness is judged against everything that is open, whether another payment takes it or not. Two
payments for one item are never unique, and what the payer quotes is never overruled. Matches do
not overlap; what is in none of them is left over with the reason. The work grows linearly with the
numbers of entries and candidates: both are indexed, and every search has a bound.
"""

from collections.abc import Iterable
from datetime import date

from .matching_amount import amount_claims, payments_by_group, suggest_by_amount
from .matching_board import Board
from .matching_leftovers import leftovers
from .matching_model import Candidate, Entry, Key, Leftover, Match, Result, Rules
from .matching_near import suggest_near
from .matching_prepare import prepare
from .matching_reference import reference_claims, suggest_by_reference
from .matching_sum import suggest_by_sum, sum_claims
from .reason import Reason

__all__ = [
    "Candidate",
    "Entry",
    "Key",
    "Leftover",
    "Match",
    "Reason",
    "Result",
    "Rules",
    "match",
]


def match(
    entries: Iterable[Entry], candidates: Iterable[Candidate], rules: Rules, *, today: date
) -> Result:
    """Return which ``entries`` pay which ``candidates`` under ``rules``, and what is left over.

    The same input in any order gives the same answer. ``today`` dates the entries that have no
    date. Raises ``ValueError`` when a key comes twice on one side or an amount is no integer.
    """
    board = Board(prepare(entries, candidates, today), rules)
    board.settle(reference_claims(board))
    groups = payments_by_group(board)
    board.settle(amount_claims(board, groups))
    board.settle(sum_claims(board, groups))
    for suggest in (suggest_by_reference, suggest_by_amount, suggest_by_sum, suggest_near):
        suggest(board)
    return Result(tuple(board.matches), tuple(leftovers(board)))
