"""How people write places: scripts, missing diacritics, ijekavian, words around the name; all become keys."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.folding import fold

# Letters that Serbian Cyrillic lacks, as Russian, Ukrainian, Bulgarian and Macedonian write our names.
_CYRILLIC = {
    "ё": "e", "й": "j", "щ": "sc", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "ju", "я": "ja", "і": "i",
    "ї": "ji", "є": "je", "ґ": "g", "ѓ": "dj", "ќ": "c", "ѕ": "dz",
}  # fmt: skip
_ARABIC = {
    "ا": "a", "أ": "a", "إ": "a", "آ": "a", "ب": "b", "پ": "p", "ت": "t", "ث": "t", "ج": "j", "چ": "ch",
    "ح": "h", "خ": "kh", "د": "d", "ذ": "d", "ر": "r", "ز": "z", "ژ": "z", "س": "s", "ش": "sh", "ص": "s",
    "ض": "d", "ط": "t", "ظ": "z", "ع": "", "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ک": "k", "گ": "g",
    "ل": "l", "م": "m", "ن": "n", "ه": "h", "ة": "a", "و": "w", "ي": "y", "ی": "y", "ى": "a", "ء": "",
}  # fmt: skip
_LETTERS = str.maketrans({**_CYRILLIC, **_ARABIC})
# Words that stand before or after a name and are no part of it, folded.
AROUND = frozenset(
    (
        *("opstina", "opcina", "obcina", "grad", "mesto", "selo", "naselje", "varos", "gradska", "gradske"),
        *("kod", "blizu", "u", "v", "pri", "na", "iz", "near", "in", "of", "the"),
        *("town", "city", "village", "municipality", "srbija", "serbia", "slovenija", "slovenia"),
    )
)
_SAINT = re.compile(r"\b(?:sv|st) ")
# Applied to both sides, so what they change matters only where it differs: đ or dj or d, lj, nj, ije or je or e.
_LOOSE = (
    (re.compile(r"ij?e"), "e"),
    (re.compile(r"(?<=[bcdfghklmnprstvz])j(?=e)"), ""),
    (re.compile(r"(?<=[dln])j"), ""),
    (re.compile(r"(?:sh|sch|sz)"), "s"),
    (re.compile(r"(?:tch|ch|cz|ts|tz)"), "c"),
    (re.compile(r"(?:zh)"), "z"),
    (re.compile(r"y"), "j"),
    (re.compile(r"w"), "v"),
)


def key_of(name: str) -> str:
    """Return a name as it is compared: Latin letters, lower case, no marks, one space between words."""
    return fold(name.casefold().translate(_LETTERS))


def loose_key(key: str) -> str:
    """Return what stays the same when a name is heard and written down: Indija for Inđija, Celle for Celje."""
    for pattern, letters in _LOOSE:
        key = pattern.sub(letters, key)
    return key


def keys_of(typed: str) -> Iterator[str]:
    """Yield the keys to look for: as typed, with saints written out, without the words around the name."""
    key = key_of(typed)
    yield key
    if (saint := _SAINT.sub("sveti ", key)) != key:
        yield saint
    words = key.split()
    while words and words[0] in AROUND:
        words.pop(0)
    while words and words[-1] in AROUND:
        words.pop()
    if words and " ".join(words) != key:
        yield " ".join(words)
    if "," in typed and (first := key_of(typed.split(",")[0])):
        yield first
