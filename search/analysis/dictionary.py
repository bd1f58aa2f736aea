"""Forms and lemmas of words, folded, from memory-mapped files that every worker shares."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import marisa_trie

from search.analysis.letters import folded_word, normalise

# Cyrillic and Arabic letters are stored as one byte each: a third of the size.
_BYTE_OF = {0x400 + at: 0x20 + at for at in range(0x60)} | {0x620 + at: 0x20 + at for at in range(0x2B)}
_BYTE_OF |= dict(zip(map(ord, "پچژگ"), map(ord, "pcjg"), strict=True))
DATA: Final = Path(__file__).parent.parent / "data"
FOLDER: Final = DATA / "lemmas"
WHOLE: Final = ("sr", "sl", "en")
"""Languages of which the files have every form, not only those that endings do not reach."""
ONE_BYTE: Final = 224  # rules below this number are one byte long, the others two
RULES: Final = ONE_BYTE + 32 * 256


@cache
def languages() -> frozenset[str]:
    """Return the languages that have a dictionary."""
    return frozenset(file.stem for file in FOLDER.glob("*.marisa"))


@cache
def _load(language: str) -> tuple[marisa_trie.BytesTrie, tuple[tuple[int, str], ...]]:
    """Return the dictionary of a language and its rules: letters to cut, letters to add."""
    trie = marisa_trie.BytesTrie().mmap(str(FOLDER / f"{language}.marisa"))
    lines = (FOLDER / f"{language}.rules").read_text(encoding="utf-8").splitlines()
    return trie, tuple((int(cut), added) for cut, _, added in (line.partition(" ") for line in lines))


@cache
def _irregular() -> dict[tuple[str, str], str]:
    """Return the base forms of irregular forms of our own words that no rule reaches."""
    lines = (DATA / "irregular_forms.tsv").read_text(encoding="utf-8").splitlines()
    found = {}
    for language, form, base in (line.split("\t") for line in lines if line and not line.startswith("#")):
        folded, lemma = (folded_word(normalise(word, language), language) for word in (form, base))
        found[language, folded] = lemma
    return found


def lemmas_of(word: str, language: str) -> tuple[str, ...]:
    """Return the folded lemmas of a folded word; none when the dictionary does not know it."""
    lemma = _irregular().get((language, word))
    if lemma is not None:
        return (lemma,)
    if language not in languages():
        return ()
    trie, rules = _load(language)
    found = trie.get(stored(word))
    if not found:
        return ()
    applied = (rules[decode_rule(value)] for value in found)
    return tuple(word[: len(word) - cut] + added for cut, added in applied)


def knows(word: str, language: str) -> bool:
    """Tell whether a folded word is a form in the dictionary of the language."""
    return language in languages() and stored(word) in _load(language)[0]


def stored(word: str) -> str:
    """Return a folded word as the files keep it."""
    return word if word.isascii() else word.translate(_BYTE_OF)


def encode_rule(number: int) -> bytes:
    """Return the bytes under which a rule is stored; raises ``ValueError`` when there are too many."""
    if number >= RULES:
        raise ValueError(f"rule {number} of at most {RULES}")
    if number < ONE_BYTE:
        return bytes([number])
    return bytes([ONE_BYTE + (number - ONE_BYTE) // 256, (number - ONE_BYTE) % 256])


def decode_rule(value: bytes) -> int:
    """Return the number of the rule that ``encode_rule`` stored."""
    if len(value) == 1:
        return value[0]
    return ONE_BYTE + (value[0] - ONE_BYTE) * 256 + value[1]
