"""What a supplier's own people may do in the portal."""

from __future__ import annotations

CAPABILITIES = frozenset({"orders", "catalogue", "finance", "certificates", "company"})

_ROLES: dict[str, frozenset[str]] = {
    "admin": CAPABILITIES,
    "orders": frozenset({"orders", "company"}),
    "catalogue": frozenset({"catalogue"}),
    "finance": frozenset({"finance"}),
    "viewer": frozenset(),
}


def may(role: str, capability: str) -> bool:
    """Whether ``role`` has ``capability``; everybody may look, nobody unknown may change.

    >>> may("catalogue", "catalogue"), may("catalogue", "orders"), may("", "orders")
    (True, False, False)
    """
    if capability not in CAPABILITIES:
        raise ValueError(f"unknown capability {capability!r}")
    return capability in _ROLES.get(role, frozenset())
