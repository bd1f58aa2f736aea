"""Stems of folded words, so that a form that no dictionary has still meets its other forms."""

from __future__ import annotations

import threading
from typing import Final

from Stemmer import Stemmer

from portal.folding import fold
from search.analysis.suffixes import ENDINGS, without_ending

SNOWBALL: Final = {
    "en": "english", "hu": "hungarian", "ro": "romanian", "ru": "russian", "ar": "arabic", "fa": "persian",
    "tr": "turkish", "de": "german", "fr": "french",
}  # fmt: skip
_PERSIAN = str.maketrans({"ي": "ی", "ك": "ک"})
_ARABIC = str.maketrans(
    {"ی": "ي", "ک": "ك", "أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "ى": "ي", "ئ": "ي", "ؤ": "و"}
)
_local = threading.local()


def stem_of(word: str, language: str) -> str:
    """Return the stem of a folded word; the word itself where the language has no rules."""
    if language in ENDINGS:
        return without_ending(word, language)
    if language not in SNOWBALL:
        return word
    if language == "fa":
        return _snowball("fa", word.translate(_PERSIAN)).translate(_ARABIC)
    stem = _snowball(language, word)
    return stem if stem.isascii() or language in {"ru", "ar"} else fold(stem)


def _snowball(language: str, word: str) -> str:
    """Return Snowball's stem; stemmers are not shared between threads and keep no cache of their own."""
    stemmers: dict[str, Stemmer] = _local.__dict__
    if language not in stemmers:
        stemmers[language] = Stemmer(SNOWBALL[language], 0)
    stem: str = stemmers[language].stemWord(word)
    return stem
