"""How much of what a supplier owes us is set off against what we owe it."""


def netting(payable: int, receivable: int) -> int:
    """Return what is transferred from the receivable to the payable account.

    :param payable: open amount that we owe on the payable account, in the smallest unit of the
        currency; negative: the supplier owes us there (refunds)
    :param receivable: open amount that the supplier owes us on the receivable account; negative:
        we owe it there (credit notes)
    :return: positive: so much of the receivable is paid by keeping back the payable; negative: so
        much is owed more. Afterwards what we owe is in one open amount on the payable account, or
        what the supplier owes is left where it is and is carried over.

    >>> netting(100, 12), netting(5, 12), netting(-3, 12), netting(100, -4)
    (12, 5, 0, -4)
    """
    if receivable <= 0:
        return receivable
    return max(0, min(payable, receivable))
