"""What can be checked in a text without asking anybody: numbers that are written instead of chosen."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bs4 import BeautifulSoup

# A number as one writes it: it opens with + or 0 and has at least six digits more.
NUMBER = re.compile(r"(?<![\w./-])(?:\+|0)\d(?:[ /().-]{0,2}\d){5,}(?![\w/]|[.-]\d)")


def numbers_in(texts: Iterable[str]) -> list[str]:
    """Return numbers that are written into a text instead of chosen from the directory, each once."""
    found = (match.group().strip() for text in texts for match in NUMBER.finditer(_plain(text)))
    return list(dict.fromkeys(found))


def _plain(text: str) -> str:
    return BeautifulSoup(text, "html.parser").get_text(" ") if "<" in text else text
