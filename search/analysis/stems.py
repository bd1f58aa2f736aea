"""Stems of folded words, so that a form that no dictionary has still meets its other forms."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

from Stemmer import Stemmer

from portal.folding import fold
from search.analysis.suffixes import ENDINGS, without_each_ending, without_ending

# Snowball knows these languages with their marks, or needs none.
SNOWBALL: Final = {
    "en": "english", "sr": "serbian", "hu": "hungarian", "ro": "romanian", "ru": "russian",
    "tr": "turkish", "de": "german", "fr": "french",
}  # fmt: skip
LARGE: Final = frozenset({"en", "sr", "sl"})  # large dictionaries: the bare form is no token
MANY: Final = frozenset({"hu", "tr", "sq", "rom", "fa"})  # ending on ending: every stem that may be
_VOICED = str.maketrans("bcdg", "pctk")
_AR_PREFIXES = ("وال", "بال", "كال", "فال", "ولل", "لل", "ال")
_AR_SUFFIXES = ("اتها", "ها", "ات", "ان", "ين", "ون", "تي", "ته", "يه", "تها", "ه", "ي")
_local = threading.local()


def stems_of(exact: str, folded: str, language: str) -> tuple[str, ...]:
    """Return the stems of a word: of its folded form, and where they differ of the form with its marks."""
    if language in MANY:
        stems = [_devoiced(stem, language) for stem in without_each_ending(folded, language)]
    else:
        stems = [stem_of(folded, language)]
    if exact != folded and language in {"hu", "ro", "tr"}:
        stems.append(_devoiced(fold(_snowball(language, exact)), language))
    if language not in LARGE:
        stems.append(folded)
    return tuple(dict.fromkeys(stems))


def stem_of(word: str, language: str) -> str:
    """Return the stem of a folded word; the word itself where the language has no rules."""
    if language in MANY:
        return _devoiced(word, language)
    if language in ENDINGS:
        return without_ending(word, language)
    if language in OWN:
        return OWN[language](word)
    return _snowball(language, word) if language in SNOWBALL else word


def _devoiced(stem: str, language: str) -> str:
    """Return a Turkish stem with its last letter as the base form has it (kitabı, kitap)."""
    return stem[:-1] + stem[-1].translate(_VOICED) if language == "tr" and stem else stem


def without_article(word: str) -> str:
    """Return a folded Arabic word without article and the particles written with it; two letters stay."""
    for prefix in _AR_PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= 2:
            return word[len(prefix) :]
    return word


def without_affixes(word: str) -> str:
    """Return a folded Arabic word without article, particles and one ending; three letters stay."""
    word = without_article(word)
    for suffix in _AR_SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            return word[: -len(suffix)]
    return word


def _serbian(word: str) -> str:
    """Return Snowball's stem of a folded Serbian word, shorter by what comes and goes (siguran, sigurna)."""
    stem = _snowball("sr", _short(word))
    bare = stem[:-1] if len(stem) > 3 and stem[-1] in "aeiou" else stem
    return _short(bare)


def _short(word: str) -> str:
    """Return a word without the a before its last letter, where Serbian lets it go."""
    return word[:-2] + word[-1] if len(word) > 4 and word[-2:] in {"an", "ac", "ak"} else word


def _russian(word: str) -> str:
    """Return Snowball's stem without the vowel that comes and goes (ребенок, ребенка)."""
    stem = _snowball("ru", word)
    return stem[:-2] + stem[-1] if len(stem) > 4 and stem[-2:] in {"ок", "ек", "ец"} else stem


def _snowball(language: str, word: str) -> str:
    """Return Snowball's stem; stemmers are not shared between threads and keep no cache of their own."""
    stemmers: dict[str, Stemmer] = _local.__dict__
    if language not in stemmers:
        stemmers[language] = Stemmer(SNOWBALL[language], 0)
    stem: str = stemmers[language].stemWord(word)
    return stem


OWN: Final[dict[str, Callable[[str], str]]] = {"ar": without_affixes, "sr": _serbian, "ru": _russian}
