"""The check digits of official numbers, country by country."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from itertools import cycle
from typing import Final, TypeAlias

Check: TypeAlias = Callable[[str], bool]
"""Takes a number as it is written."""


def _digits(value: str) -> list[int]:
    return [int(c) for c in value if c.isdigit()]


def _weighted(digits: Sequence[int], weights: Sequence[int]) -> int:
    return sum(digit * weight for digit, weight in zip(digits, cycle(weights)))


def _varied(digits: Sequence[int]) -> bool:
    return len(set(digits)) > 1


def _day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def luhn(digits: Sequence[int]) -> bool:
    """Check the sum that cards, Canadian and Swedish numbers end with."""
    doubled = (d if i % 2 == 0 else d * 2 - 9 * (d > 4) for i, d in enumerate(reversed(digits)))
    return sum(doubled) % 10 == 0


_TURN: Final = "1576283094"


def _product(a: int, b: int) -> int:
    # In the group of a pentagon's turns and flips, the numbers from 5 are flips.
    turned = (a + b) % 5 if a < 5 else (a - b) % 5
    return turned + 5 * ((a < 5) is not (b < 5))


def _verhoeff(digits: Sequence[int]) -> bool:
    check = 0
    for at, digit in enumerate(reversed(digits)):
        for _ in range(at % 8):
            digit = int(_TURN[digit])
        check = _product(check, digit)
    return check == 0


def is_aadhaar(value: str) -> bool:
    """Check an Indian Aadhaar number: 12 digits, the last by Verhoeff."""
    digits = _digits(value)
    return len(digits) == 12 and digits[0] > 1 and _varied(digits) and _verhoeff(digits)


def is_cpf(value: str) -> bool:
    """Check a Brazilian CPF: 11 digits, the last two modulo 11."""
    digits = _digits(value)
    if len(digits) != 11 or not _varied(digits):
        return False
    return all(
        _weighted(digits[:n], range(n + 1, 1, -1)) * 10 % 11 % 10 == digits[n] for n in (9, 10)
    )


def is_steuer_id(value: str) -> bool:
    """Check a German tax id: 11 digits, one digit twice or thrice among ten, check by ISO 7064."""
    digits = _digits(value)
    if len(digits) != 11 or digits[0] == 0 or len(set(digits[:10])) not in (8, 9):
        return False
    product = 10
    for digit in digits[:10]:
        product = ((digit + product) % 10 or 10) * 2 % 11
    return (11 - product) % 10 == digits[10]


def is_dni(value: str) -> bool:
    """Check a Spanish DNI or NIE: its letter is the number modulo 23."""
    number, letter = re.sub(r"\W", "", value[:-1]).upper(), value[-1].upper()
    number = {"X": "0", "Y": "1", "Z": "2"}.get(number[0], number[0]) + number[1:]
    return number.isdigit() and "TRWAGMYFPDXBNJZSQVHLCKE"[int(number) % 23] == letter


_ODD: Final = (
    1,
    0,
    5,
    7,
    9,
    13,
    15,
    17,
    19,
    21,
    2,
    4,
    18,
    20,
    11,
    3,
    6,
    8,
    12,
    14,
    16,
    10,
    22,
    25,
    24,
    23,
)


def is_codice_fiscale(value: str) -> bool:
    """Check an Italian codice fiscale by its last letter."""
    places = [int(c) if c.isdigit() else ord(c) - 65 for c in value.upper()]
    total = sum(_ODD[place] if at % 2 == 0 else place for at, place in enumerate(places[:15]))
    return len(places) == 16 and total % 26 == places[15]


def is_insee(value: str) -> bool:
    """Check a French social security number: 13 digits and their key modulo 97."""
    compact = re.sub(r"\W", "", value).upper().replace("2A", "19", 1).replace("2B", "18", 1)
    return (
        len(compact) == 15
        and compact.isdigit()
        and 97 - int(compact[:13]) % 97 == int(compact[13:])
    )


def is_fodselsnummer(value: str) -> bool:
    """Check a Norwegian number: a date, and two digits modulo 11."""
    digits = _digits(value)
    if len(digits) != 11 or not 1 <= digits[0] % 4 * 10 + digits[1] <= 31:
        return False
    first = (*(3, 7, 6, 1, 8, 9, 4, 5, 2), 1)
    second = (*(5, 4, 3, 2, 7, 6, 5, 4, 3, 2), 1)
    return _weighted(digits[:10], first) % 11 == 0 and _weighted(digits, second) % 11 == 0


def is_personnummer(value: str) -> bool:
    """Check a Swedish number: a date and a Luhn digit."""
    digits = _digits(value)[-10:]
    return (
        len(digits) == 10
        and _day(2000, digits[2] * 10 + digits[3], (digits[4] * 10 + digits[5]) % 60 or 99)
        and luhn(digits)
    )


def is_hetu(value: str) -> bool:
    """Check a Finnish code: a date and a character modulo 31."""
    digits = value[:6] + value[7:10]
    if not digits.isdigit() or not _day(2000, int(digits[2:4]), int(digits[:2])):
        return False
    return "0123456789ABCDEFHJKLMNPRSTUVWXY"[int(digits) % 31] == value[-1].upper()


def is_cpr(value: str) -> bool:
    """Check the date of a Danish number."""
    digits = _digits(value)
    return len(digits) == 10 and _day(2000, digits[2] * 10 + digits[3], digits[0] * 10 + digits[1])


def is_pesel(value: str) -> bool:
    """Check a Polish PESEL by its last digit."""
    digits = _digits(value)
    return (
        len(digits) == 11
        and _varied(digits)
        and _weighted(digits, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)) % 10 == 0
    )


def is_bsn(value: str) -> bool:
    """Check a Dutch BSN modulo 11."""
    digits = _digits(value)
    return (
        len(digits) == 9
        and _varied(digits)
        and _weighted(digits, (9, 8, 7, 6, 5, 4, 3, 2, -1)) % 11 == 0
    )


def is_ahv(value: str) -> bool:
    """Check a Swiss AHV number by its EAN digit."""
    digits = _digits(value)
    return len(digits) == 13 and _weighted(digits[:12], (1, 3)) % 10 == -digits[12] % 10


def is_sin(value: str) -> bool:
    """Check a Canadian number by its Luhn digit."""
    digits = _digits(value)
    return len(digits) == 9 and _varied(digits) and luhn(digits)
