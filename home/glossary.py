"""Finds the words of the glossary in texts, so that each is explained where it first stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from portal import languages
from portal.localized import LocalizedText, choose
from portal.transliteration import to_cyrillic

MOST_IN_A_PLACE = 2


@dataclass(frozen=True, slots=True)
class Word:
    """A word and what it means, both in the language of the page; ``anchor`` is its id on the list."""

    anchor: str
    term: LocalizedText
    meaning: LocalizedText


class Finder:
    """Finds words of the glossary in the texts of one page, each word once.

    ``terms`` are rows of the glossary; ``inside`` is the language of the page. A word without a form in this
    language is not found.
    """

    def __init__(self, terms: Iterable[Any], inside: str) -> None:
        self._open = [(pattern, term) for term in terms if (pattern := _pattern(term, inside))]
        self._inside = inside

    def found_in(self, *texts: str) -> Sequence[Word]:
        """Return the words that stand in these texts and in none before them, two at most."""
        text = "\n".join(texts)
        found = [(pattern, term) for pattern, term in self._open if pattern.search(text)][:MOST_IN_A_PLACE]
        self._open = [pair for pair in self._open if pair not in found]
        return [word_of(term, self._inside) for _, term in found]


def word_of(term: Any, language: str, inside: str = "") -> Word:
    """Return a row of the glossary for a reader of ``language``, on a page written in ``inside``."""
    inside = inside or language
    return Word(
        anchor=f"w-{term.key}",
        term=choose(term.term, language).read_in(inside),
        meaning=choose(term.meaning, language).read_in(inside),
    )


def _pattern(term: Any, language: str) -> re.Pattern[str] | None:
    derived = languages.get(language).derived_from
    forms = set(_forms(term, language)) | {to_cyrillic(form) for form in _forms(term, derived)}
    if not forms:
        return None
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)


def _forms(term: Any, language: str) -> list[str]:
    return [form for form in (term.term.get(language, ""), *term.forms.get(language, ())) if form]
