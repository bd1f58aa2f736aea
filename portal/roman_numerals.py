"""Tells Roman numerals from Serbian words: "I" is also the word "and", "VI" in capitals the word "you"."""

from __future__ import annotations

import re

NUMERAL = re.compile(r"(?=[IVXLCDM])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
ORDINAL_NOUNS = "stepen razred kategorij faz klas kvartal tromeseč polugod vek sprat svetsk"
LABELS = "glav odelj poglavlj deo del tom faz kategorij stepen aneks prilog tačk član nivo razred grup"
RULERS = "petar petr aleksand stefan uroš pavl jovan josif elizabet karl fridrih"
LETTERS = r"[^\W\d_]+"
NEIGHBOUR = 40  # characters looked at on either side


def is_numeral(text: str, start: int, end: int) -> bool:
    """Tell whether the word ``text[start:end]`` is a Roman numeral there.

    Numerals of I, V, X always are, but for I, V and VI, where the neighbours decide; with L, C, D, M only
    beside an X ("MCMXC"), so that LI, MI, DIV stay words.
    """
    word = text[start:end]
    if not NUMERAL.fullmatch(word) or (set(word) & set("LCDM") and "X" not in word):
        return False
    if word not in {"I", "V", "VI"}:
        return True
    before, after = text[max(0, start - NEIGHBOUR) : start], text[end : end + NEIGHBOUR]
    previous = _found(rf"({LETTERS})[ \u00a0]+$", before)
    following = _found(rf"^[ \u00a0]+({LETTERS})", after)
    if _in_range(before, after) or _starts(following, ORDINAL_NOUNS):
        return True
    if word == "VI":
        return not (_shouted(previous) or _shouted(following))
    if _is_initial(before, after, previous):
        return False
    return word == "V" or _is_first(before, after, previous, following)


def _is_first(before: str, after: str, previous: str, following: str) -> bool:
    """Tell the numeral "I" from the conjunction "I"."""
    if any("\u0400" <= letter <= "\u04ff" for letter in previous + following):
        return True  # Latin left over between Cyrillic words is a numeral
    if not previous:
        whole_line = not before.strip(" ") or before.endswith("\n")
        return whole_line and bool(re.match(r"[.)]?\s*$|[.)]\s", after))
    goes_on_large = following[:1].isupper() or bool(re.match(r"\s*[{%<„\"“&(\d]", after))
    if _shouted(previous) and goes_on_large:
        return False
    if _starts(previous, LABELS) or _starts(previous, RULERS):
        return True
    return not (previous[0].isupper() and goes_on_large)


def _is_initial(before: str, after: str, previous: str) -> bool:
    """Tell whether "V." or "I." is a name's first letter ("ul. V. Karadžića", "M.V. Petrović", "V.D.")."""
    if re.match(rf"\.{LETTERS}", after) or re.search(r"[^\W\d_]\.$", before):
        return True
    heading = not before.strip() or before.rstrip(" ").endswith("\n")
    named = re.match(r"\.[ \u00a0]+[^\W\d_a-zčćđšž]", after)
    return bool(named) and not heading and not _starts(previous, LABELS)


def _in_range(before: str, after: str) -> bool:
    """Tell whether the numeral stands in a range, a fraction or alone in brackets: I–IV, I/II, (I)."""
    other = r"(?:[IVX]+|\d+)"
    return bool(
        re.match(rf"\s?[–—/-]\s?{other}(?!\w)", after)
        or re.search(rf"(?<!\w){other}\s?[–—/-]\s?$", before)
        or (before.endswith("(") and after.startswith(")"))
    )


def _found(pattern: str, text: str) -> str:
    """Return the first group of a search, or an empty string."""
    match = re.search(pattern, text)
    return match[1] if match else ""


def _starts(word: str, stems: str) -> bool:
    """Tell whether a word begins with one of the stems (separated by spaces)."""
    return bool(word) and word.lower().startswith(tuple(stems.split()))


def _shouted(word: str) -> bool:
    """Tell whether a word of two letters or more is all capitals and no numeral."""
    return len(word) > 1 and word.isupper() and not NUMERAL.fullmatch(word)
