"""Letters made comparable: normalised for the exact form, folded for stems, Latin for tokens."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from portal.folding import fold

APOSTROPHES: Final = "'’‘ʼʹ′`´＇"
JOINERS: Final = "\u00ad\u034f\u061c\u200b-\u200f\u2060\ufeff"
MARKS: Final = "\u0300-\u036f\u0483-\u0489\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
TATWEEL: Final = "\u0640"
LONGEST: Final = 60  # letters of a word that count; longer runs are no words

_DROPPED = re.compile(f"[{APOSTROPHES}{JOINERS}{TATWEEL}\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
_UNIFIED = str.maketrans(
    {
        "ё": "е", "ґ": "г", "ѐ": "е", "ѝ": "и",
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ۍ": "ي", "ک": "ك", "ڪ": "ك",
        "ة": "ه", "ۀ": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه", "ؤ": "و", "ئ": "ي",
    }
)  # fmt: skip
_UNMARKED = str.maketrans({"ѓ": "г", "ќ": "к", "ї": "і"})
_STRESS = re.compile("[\u0300\u0301]")
_EKAVIAN = re.compile(r"i?je(?=.)")
_CONSONANT = frozenset("bcdfghklmnprstvz")

# Tokens hold a to z only: every engine keeps such a word whole, whatever its tables of Unicode are.
_CYRILLIC_SIGNS = "абвгдезијклмнопрстуфхцйыіґ"
_CYRILLIC_NAMES = "a b v g d e z i j k l m n o p r s t u f h c y yq iq gq"
_CYRILLIC = dict(zip(_CYRILLIC_SIGNS, _CYRILLIC_NAMES.split(" "), strict=True)) | {
    "ж": "zq", "ч": "cq", "ш": "sq", "щ": "stq", "ъ": "aq", "ь": "jq", "э": "eq", "ю": "juq", "я": "jaq",
    "є": "jeq", "ї": "jiq", "љ": "ljq", "њ": "njq", "ѕ": "dzq", "џ": "dq", "ђ": "djq", "ћ": "tjq",
}  # fmt: skip
_ARABIC_SIGNS = "ابتدرزسفقكلمنهويجحخشصضطظعغثذءپچژگ"
_ARABIC_NAMES = "a b t d r z s f q k l m n h w y j hq kh sq sh dh th zh ag gh tq dq ae p c jq g"
_ARABIC = dict(zip(_ARABIC_SIGNS, _ARABIC_NAMES.split(" "), strict=True))
_LATIN_OF = _CYRILLIC | _ARABIC


def normalise(word: str, language: str = "") -> str:
    """Return a word as its exact form: one spelling of each letter, lower-case, letters only, not folded.

    Vowel marks, tatweel, joiners, soft hyphens and apostrophes are gone; ё is е, ґ is г; Arabic and
    Persian forms of one letter are one letter. ``language`` "tr" lowers I to ı. May be empty.
    """
    if word.isascii() and word.isalpha() and language != "tr":
        return word.lower()
    word = unicodedata.normalize("NFKC", word)
    if language == "tr":
        word = word.replace("I", "ı").replace("İ", "i")
    lowered = unicodedata.normalize("NFC", word.lower().replace("i̇", "i"))
    lowered = _DROPPED.sub("", lowered).translate(_UNIFIED)
    return "".join(sign for sign in lowered if sign.isalpha())


@lru_cache(maxsize=65536)
def folded_word(word: str, language: str) -> str:
    """Return the key of a normalised word in a language: no marks, Serbian in Latin letters and ekavian.

    Cyrillic of bg, mk, uk and ru stays Cyrillic, Arabic stays Arabic. At most 60 letters.
    """
    word = word[:LONGEST]
    if language in {"bg", "mk", "uk", "ru"}:
        bare = _STRESS.sub("", unicodedata.normalize("NFC", word)).translate(_UNMARKED)
        return "".join(sign for sign in bare if sign.isalpha())
    bare = _bare(word)
    return _ekavian(bare.replace("dj", "d")) if language == "sr" else bare


@lru_cache(maxsize=65536)
def _bare(word: str) -> str:
    """Return the letters of a folded word."""
    folded = fold(word)
    return folded if folded.isalpha() else "".join(sign for sign in folded if sign.isalpha())


def _ekavian(word: str) -> str:
    """Return a folded Serbian word with ije and je as e; never at its end (policije is not police)."""
    if "je" not in word:
        return word

    def shorten(found: re.Match[str]) -> str:
        before = word[found.start() - 1 : found.start()]
        return "e" if found[0] == "ije" or before in _CONSONANT else found[0]

    return _EKAVIAN.sub(shorten, word)


def latin_letters(word: str) -> str:
    """Return letters of any script as a to z, different words as different strings; else nothing is lost."""
    if word.isascii() and (word.isalpha() or not word):
        return word.lower()
    return "".join(_latin(sign) for sign in word)


def _latin(sign: str) -> str:
    """Return one letter in a to z: by the tables, else q and its code in letters a to p."""
    if "a" <= sign <= "z":
        return sign
    return _LATIN_OF.get(sign) or "q" + "".join(chr(97 + int(digit, 16)) for digit in f"{ord(sign):x}")
