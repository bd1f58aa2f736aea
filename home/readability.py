"""How plain a text is, in figures (R75): words a sentence, and LIX beside one reference text in each language.

LIX is words a sentence plus the share of words longer than six letters in per cent. It differs by language for
the very same sentences, so a text is measured against ``data/reading/reference.json``: the same simple
sentences in each language.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from portal import languages
from portal.transliteration import to_cyrillic

REFERENCE = Path(__file__).parent / "data" / "reading" / "reference.json"
MOST_ON_AVERAGE = 12  # words a sentence
MOST_IN_A_SENTENCE = 20  # words
MOST_ABOVE_REFERENCE = 20  # LIX
LONG = 6  # letters; a longer word is a long one
LEAST_FOR_LIX = 5  # sentences; the LIX of fewer says nothing

# A mark ends a sentence before a space, unless a small letter or a figure follows ("30. julij", "čl. 50").
END = re.compile(r"(?<=[.!?:;؟؛…])[\"'”“»’)]*\s+")
WORD = re.compile(r"[^\W_]+(?:['’ʼ\u2011-][^\W_]+)*")
TAG = re.compile(r"<[^>]+>")
BREAK = re.compile(r"</(?:p|li|h[1-6])>|<br\s*/?>", re.IGNORECASE)
# Parts of a stream that are no running text of the page: keys, sources, headings, names of laws.
NO_TEXT = frozenset({"key", "source", "law", "heading", "organization", "date", "checked", "type", "id"})


@dataclass(frozen=True, slots=True)
class Reading:
    """The figures of a text. ``average`` and ``longest`` are words a sentence; an empty text has none."""

    sentences: int
    average: float
    longest: int
    lix: float
    words: int = 0


def measure(text: str, language: str) -> Reading:
    """Return the figures of a text; a line break ends a sentence, mark-up is left out.

    ``language`` is a code of the catalogue; at present sentences end alike in all of them.
    """
    languages.get(language)
    counted = [words for sentence in sentences(text) if (words := _words(sentence))]
    words = [word for sentence in counted for word in sentence]
    if not words:
        return Reading(0, 0.0, 0, 0.0)
    average = len(words) / len(counted)
    long_words = sum(sum(map(str.isalnum, word)) > LONG for word in words)
    lix = average + 100 * long_words / len(words)
    return Reading(len(counted), round(average, 1), max(map(len, counted)), round(lix, 1), words=len(words))


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, without mark-up."""
    found: list[str] = []
    for line in TAG.sub("", BREAK.sub("\n", text)).splitlines():
        start = 0
        for end in END.finditer(line):
            after = line[end.end() : end.end() + 1]
            if not (after.islower() or after.isdigit()):
                found.append(line[start : end.end()].strip())
                start = end.end()
        found.append(line[start:].strip())
    return [sentence for sentence in found if sentence]


def too_long(text: str) -> list[str]:
    """Return the sentences of a text that have more words than R75 allows."""
    return [each for each in sentences(text) if len(_words(each)) > MOST_IN_A_SENTENCE]


def highest_lix(language: str) -> float | None:
    """Return the highest LIX that R75 allows in a language; ``None`` where we have no reference text."""
    text = _references().get(language)
    return None if text is None else round(measure(text, language).lix + MOST_ABOVE_REFERENCE, 1)


def faults(reading: Reading, language: str) -> list[str]:
    """Return which limits of R75 a text breaks: "average", "longest", "lix"; none when it is plain."""
    limit = highest_lix(language)
    is_hard = limit is not None and reading.sentences >= LEAST_FOR_LIX and reading.lix > limit
    broken = {
        "average": reading.average > MOST_ON_AVERAGE,
        "longest": reading.longest > MOST_IN_A_SENTENCE,
        "lix": is_hard,
    }
    return [name for name, is_broken in broken.items() if is_broken]


def stream_text(raw: Any) -> str:
    """Return the running text of a raw stream, a line for each block or item of a list."""
    return "\n".join(_texts(raw))


def _texts(raw: Any) -> Iterable[str]:
    if isinstance(raw, str):
        yield raw
    elif isinstance(raw, Mapping) and raw.get("type") == "insert":
        return
    elif isinstance(raw, Mapping):
        for name, value in raw.items():
            if name not in NO_TEXT:
                yield from _texts(value)
    elif isinstance(raw, Iterable):
        for item in raw:
            yield from _texts(item)


def _words(sentence: str) -> list[str]:
    """Return the words of a sentence; marks above and below letters, as Arabic vowels, are left out."""
    letters = unicodedata.normalize("NFC", sentence)
    return WORD.findall("".join(letter for letter in letters if not unicodedata.combining(letter)))


@cache
def _references() -> Mapping[str, str]:
    """Return the reference text by language; a script that is derived gets the derived one."""
    stored: dict[str, str] = json.loads(REFERENCE.read_text(encoding="utf-8"))
    derived = {
        language.code: to_cyrillic(stored[language.derived_from])
        for language in languages.CATALOGUE
        if language.derived_from in stored
    }
    return {**derived, **stored}
