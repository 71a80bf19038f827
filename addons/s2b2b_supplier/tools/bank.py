"""Numbers of bank accounts as people type them."""

from __future__ import annotations

import re

_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{10,30}")
_LENGTHS = {
    country: int(length)
    for country, length in re.findall(
        r"([A-Z]{2})(\d{2})",
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 "
        "EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 "
        "IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 "
        "NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 "
        "TN24 TR26 UA29 VA22 VG24 XK20",
    )
}
_PLAIN = re.compile(r"[A-Z0-9]{4,34}")


def clean_account(text: str) -> str:
    """The number without what people put between its groups.

    >>> clean_account("gb29 nwbk-6016 1331 9268 19")
    'GB29NWBK60161331926819'
    """
    return re.sub(r"[\s.\-]", "", text).upper()


def account_kind(number: str) -> str:
    """``iban`` (check digits right), ``plain``, or ``wrong``, of a cleaned number.

    What begins as an IBAN has to have the length of its country and right check digits (ISO 13616,
    modulo 97).

    >>> account_kind("GB29NWBK60161331926819"), account_kind("GB28NWBK60161331926819")
    ('iban', 'wrong')
    >>> account_kind("6222021234567890"), account_kind("12")
    ('plain', 'wrong')
    """
    if _IBAN.fullmatch(number):
        if _LENGTHS.get(number[:2]) != len(number):
            return "wrong"
        turned = number[4:] + number[:4]
        digits = "".join(str(int(mark, 36)) for mark in turned)
        return "iban" if int(digits) % 97 == 1 else "wrong"
    return "plain" if _PLAIN.fullmatch(number) and any(m.isdigit() for m in number) else "wrong"


def masked(number: str) -> str:
    """The number as it may stand on a page: only its end.

    >>> masked("GB29NWBK60161331926819")
    '•••• 6819'
    """
    return f"•••• {number[-4:]}" if number else ""
