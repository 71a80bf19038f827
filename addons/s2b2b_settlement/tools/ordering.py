"""A total order over keys of any kind, so that equal input in any order gives equal answers."""

from collections.abc import Hashable
from numbers import Real
from typing import Any


def order_key(key: Hashable) -> tuple[Any, ...]:
    """Return what ``key`` is sorted by.

    Numbers come first by value, then strings, then tuples by their items, then anything else by
    the name of its type and its ``repr``.

    >>> sorted(["b", 10, "a", 9], key=order_key)
    [9, 10, 'a', 'b']
    """
    if isinstance(key, Real):
        return (0, key)
    if isinstance(key, str):
        return (1, key)
    if isinstance(key, tuple):
        return (2, tuple(order_key(item) for item in key))
    return (3, type(key).__qualname__, repr(key))
