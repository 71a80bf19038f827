"""How far an order is, told from how far each of its parts is."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

Stage = Literal["pending", "accepted", "preparing", "shipped", "delivered"]
State = Literal[
    "none",
    "allocated",
    "accepted",
    "preparing",
    "partly_shipped",
    "shipped",
    "partly_delivered",
    "delivered",
    "exception",
]
STAGES: tuple[Stage, ...] = ("pending", "accepted", "preparing", "shipped", "delivered")


@dataclass(frozen=True, slots=True)
class Part:
    """What one supplier, or the own warehouse, has to do for an order.

    :param stage: what all of the part has reached
    :param is_shipped_partly: something of it has left
    :param is_delivered_partly: something of it has arrived
    """

    stage: Stage
    is_shipped_partly: bool = False
    is_delivered_partly: bool = False


def fulfilment_state(
    parts: Collection[Part], *, is_waiting: bool = False, is_exception: bool = False
) -> State:
    """Return how far the order is.

    :param parts: the parts that are placed
    :param is_waiting: something of the order is placed with nobody yet
    :param is_exception: somebody has to decide before it can go on
    """
    if is_exception:
        return "exception"
    if not parts:
        return "none"
    reached = min(STAGES.index(part.stage) for part in parts)
    furthest = max(STAGES.index(part.stage) for part in parts)
    if is_waiting:
        reached = 0
    if reached == STAGES.index("delivered"):
        return "delivered"
    if furthest == STAGES.index("delivered") or any(part.is_delivered_partly for part in parts):
        return "partly_delivered"
    if reached == STAGES.index("shipped"):
        return "shipped"
    if furthest == STAGES.index("shipped") or any(part.is_shipped_partly for part in parts):
        return "partly_shipped"
    if furthest == STAGES.index("preparing"):
        return "preparing"
    return "accepted" if reached else "allocated"
