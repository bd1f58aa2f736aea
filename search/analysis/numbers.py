"""Numbers as tokens, so that a telephone number is found however it was grouped and by its last digits."""

from __future__ import annotations

import re
from typing import Final

_GAP = r"(?: ?[/\-–] ?|[ \u00a0.]|[ .]?\(|\)[ /-]?)"
NUMBER: Final = rf"\+?\d+(?:{_GAP}\d+)*"
_NUMBER = re.compile(NUMBER)
_RUN = re.compile(r"\d+")
_DATE = re.compile(r"\d{1,2}[. ]{1,2}\d{1,2}[. ]{1,2}(?:19|20)?\d\d$|(?:19|20)\d\d[/\-–](?:19|20)?\d\d$")
TAIL: Final = 6  # digits that two spellings of one telephone number always share
LONGEST: Final = 15


def digits_of(text: str) -> list[str]:
    """Return the numbers of a text as digits: a telephone number whole and its last six digits, and each
    group of a number that may be something else. Two spellings of one telephone number share an entry.
    """
    found: list[str] = []
    for match in _NUMBER.finditer(text):
        for _, _, forms in split_number(match[0]):
            found += forms
    return list(dict.fromkeys(found))


def split_number(text: str) -> list[tuple[int, int, tuple[str, ...]]]:
    """Return what a run of digits and gaps holds: start, end and forms of one number, or of each group."""
    runs = [(run.start(), run.end(), _ascii(run[0])) for run in _RUN.finditer(text)]
    whole = "".join(digits for _, _, digits in runs)
    if not TAIL <= len(whole) <= LONGEST or _DATE.match(text):
        return [(start, end, _forms(digits)) for start, end, digits in runs]
    is_phone = text.startswith(("+", "0", "116")) or len(runs) == 1
    groups = () if is_phone else tuple(digits for _, _, digits in runs if len(digits) > 1)
    return [(0, len(text), tuple(dict.fromkeys((*_forms(whole), *groups))))]


def _forms(digits: str) -> tuple[str, ...]:
    """Return a number and its last six digits; a run that is no number is cut."""
    digits = digits[:LONGEST]
    return (digits, digits[-TAIL:]) if len(digits) > TAIL else (digits,)


def _ascii(digits: str) -> str:
    """Return decimal digits of any script as 0 to 9."""
    return "".join(str(int(digit)) for digit in digits)


def number_token(digits: str) -> str:
    """Return the token of a number: "nx" and a letter for each digit, a for 0 to j for 9."""
    return "nx" + "".join(chr(97 + int(digit)) for digit in digits)
