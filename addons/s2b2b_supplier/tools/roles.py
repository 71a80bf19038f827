"""What a supplier's own people may do in the portal."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

CAPABILITIES = frozenset(
    {"orders", "catalogue", "finance", "certificates", "company", "profile", "bank", "people"}
)

_ROLES: dict[str, frozenset[str]] = {
    "admin": CAPABILITIES,
    "orders": frozenset({"orders", "company"}),
    "catalogue": frozenset({"catalogue"}),
    "finance": frozenset({"finance", "bank"}),
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


def is_role(role: str) -> bool:
    """Whether there is such a role.

    >>> is_role("finance"), is_role("owner")
    (True, False)
    """
    return role in _ROLES


def leaves_admin(roles: Mapping[Hashable, str], person: Hashable, role: str | None) -> bool:
    """Whether somebody administers the company once ``person`` has ``role`` (None: no login).

    ``roles`` are those of all who can log in.

    >>> leaves_admin({"ann": "admin", "bob": "orders"}, "ann", "viewer")
    False
    >>> leaves_admin({"ann": "admin", "bob": "orders"}, "bob", None)
    True
    """
    after = {**roles, person: role}
    return "admin" in after.values()
