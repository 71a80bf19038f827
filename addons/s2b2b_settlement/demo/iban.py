"""Account numbers that are right in form and belong to nobody."""


def make_iban(country, account):
    """Return the IBAN of ``account`` in ``country``, its check digits by ISO 7064 (mod 97-10).

    >>> make_iban("GB", "NWBK60161331926819")
    'GB29NWBK60161331926819'
    """
    digits = "".join(str(int(char, 36)) for char in f"{account}{country}00")
    return f"{country}{98 - int(digits) % 97:02d}{account}"
