"""Folding of names to search keys: any script, with or without diacritics, gives the same key."""

from __future__ import annotations

import re
import unicodedata

_SERBIAN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "ђ": "dj", "е": "e", "ж": "z", "з": "z", "и": "i",
    "ј": "j", "к": "k", "л": "l", "љ": "lj", "м": "m", "н": "n", "њ": "nj", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "ћ": "c", "у": "u", "ф": "f", "х": "h", "ц": "c", "ч": "c", "џ": "dz", "ш": "s",
}  # fmt: skip
_PLAIN = {"đ": "dj", "ð": "dj", "ł": "l", "ß": "ss", "ı": "i"}
_TABLE = str.maketrans({**_SERBIAN, **_PLAIN})
_GAPS = re.compile(r"[^\w]+", re.UNICODE)


def fold(text: str) -> str:
    """Return ``text`` in lower-case Latin letters without marks, words split by one space.

    Serbian Cyrillic becomes Latin and đ becomes dj. Other scripts keep their letters.
    """
    lowered = unicodedata.normalize("NFKC", text).casefold().translate(_TABLE)
    bare = "".join(sign for sign in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(sign))
    return _GAPS.sub(" ", bare.translate(_TABLE)).strip()
