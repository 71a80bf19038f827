"""Which period a statement covers."""

from datetime import date, timedelta

_FIRST_MONDAY = date(2024, 1, 1)


def period_before(policy: str, today: date) -> tuple[date, date]:
    """Return first and last day of the last period that is over on ``today``.

    :param policy: ``weekly`` (Monday to Sunday), ``fortnightly`` (two such weeks, counted from
        1 January 2024, so that everybody has the same ones) or ``monthly``
    :raise ValueError: on another policy

    >>> period_before("monthly", date(2026, 3, 31))
    (datetime.date(2026, 2, 1), datetime.date(2026, 2, 28))
    """
    if policy == "monthly":
        last = today.replace(day=1) - timedelta(days=1)
        return last.replace(day=1), last
    days = {"weekly": 7, "fortnightly": 14}.get(policy)
    if not days:
        raise ValueError(f"There are no periods of policy {policy!r}.")
    elapsed = (today - _FIRST_MONDAY).days % days
    first = today - timedelta(days=elapsed + days)
    return first, first + timedelta(days=days - 1)
