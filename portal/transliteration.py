"""Serbian Latin to Cyrillic for display, because no library knows the exceptions of real published text.

Stored text stays Latin; what is shown in Cyrillic is made here. Left as they are: addresses of pages and
mail, placeholders, HTML, Roman numerals, units, codes, the names of ``data/transliteration_keep.txt`` and
every word with letters that Serbian does not have. Never đ from "dj". An editor marks a further border
inside a digraph with a zero width non-joiner (n, U+200C, j).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from html import unescape
from pathlib import Path

from portal.roman_numerals import is_numeral

DATA = Path(__file__).parent / "data"
LETTERS = dict(zip("abvgdđežzijklmnoprstćufhcčš", "абвгдђежзијклмнопрстћуфхцчш", strict=True))
LETTERS |= {latin.upper(): cyrillic.upper() for latin, cyrillic in LETTERS.items()}
DIGRAPHS = {"lj": "љ", "nj": "њ", "dž": "џ"}
LIGATURE_LETTERS = "dž Dž DŽ lj Lj LJ nj Nj NJ"
LIGATURES = dict(zip(map(ord, "ǆǅǄǉǈǇǌǋǊ"), LIGATURE_LETTERS.split(), strict=True))
ACCENTED = "aeiour"
SERBIAN_ACCENTS = set("\u0302\u0311\u0304\u030f")  # circumflex, inverted breve, macron, double grave
ENDINGS = "(?:ima|om|em|ov|ova|ove|ovi|ovu|a|e|i|u)?"
UNITS = "km/h km² km2 km m² m2 m³ m3 cm² cm mm m kWh kW kg mg dl ml g l h min GHz MHz Hz GB MB kB TB °C"
TLDS = "rs si org com net eu info int edu gov ba hr mk bg hu ro de at uk fr it ch us io app"
FILES = "pdf doc docx xls xlsx csv png jpg jpeg svg html htm zip txt odt ods mp3 mp4 json xml"

WORD = r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*"
TAG = r"""<!--.*?-->|</?[A-Za-z](?:[^<>"']|"[^"]*"|'[^']*')*>"""
URL_REST = r"""[^\s<>"„“”«»]*[^\s<>"„“”«».,;:!?)\]}…']"""
TLD_CHOICE = TLDS.replace(" ", "|")
PLAIN = (
    TAG,
    r"&(?:[A-Za-z][A-Za-z0-9]*|\#\d+|\#[xX][0-9A-Fa-f]+);",
    r"\{\{.*?\}\}|\{%.*?%\}|\{\#.*?\#\}|\$?\{[A-Za-z0-9_.!:\[\]]*\}",
    r"%\([^)\s]*\)[-#0+]*\d*(?:\.\d+)?[diouxXeEfFgGcrsa]",
    r"(?<!\d)%(?:\d+\$)?(?:\.\d+)?[sdifr](?![^\W\d_])",
    rf"(?<!\w)[A-Za-z][A-Za-z0-9+.-]*://{URL_REST}",
    rf"(?<!\w)(?:mailto|tel|sms|geo|data):{URL_REST}",
    r"[\w.+-]*\w@[\w-]+(?:\.[\w-]+)*\w",
    rf"(?<![\w.-])www\.{URL_REST}",
    rf"(?<![\w.-])(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+(?:{TLD_CHOICE})(?![\w-])(?:/{URL_REST})?",
    rf"(?<![\w.-])[\w-]+\.(?:{FILES.replace(' ', '|')})(?!\w)",
    r"(?<!\w)[@\#][^\W\d]\w*",
)


def to_cyrillic(text: str) -> str:
    """Return Serbian Latin text in Cyrillic, normalised to NFC; everything that is no Serbian word stays.

    Raises nothing; text that is Cyrillic already comes back unchanged.
    """
    text = unicodedata.normalize("NFC", text).translate(LIGATURES)
    parts: list[str] = []
    last = 0
    for match in _tokens().finditer(text):
        parts.append(text[last : match.start()])
        word = match["word"]
        keep = word is None or is_numeral(text, match.start(), match.end())
        parts.append(match[0] if keep else _word(match[0]))
        last = match.end()
    return re.sub("(?<=[ндлНДЛ])\u200c(?=[јжЈЖ])", "", "".join([*parts, text[last:]]))


def to_cyrillic_html(html: str) -> str:
    """Return HTML with its Serbian text in Cyrillic; tags, attributes and comments stay byte for byte.

    Left alone besides: script, style, code, kbd, samp, var, ``translate="no"``, class ``notranslate``, and
    elements whose ``lang`` is not Serbian. Entities of letters (``&scaron;``) become letters first.
    """
    html = re.sub(r"&\#?\w+;", _letter_of_entity, html)
    parts: list[str] = []
    open_here = last = 0
    skipping = ""
    for match in re.finditer(TAG, html, re.DOTALL):
        if skipping:
            open_here += _depth_change(match[0], skipping)
            if open_here:
                continue
            parts.append(html[last : match.end()])
            skipping, last = "", match.end()
        elif name := _skipped_element(match[0]):
            parts.append(to_cyrillic(html[last : match.start()]))
            skipping, open_here, last = name, 1, match.start()
    rest = html[last:]
    return "".join([*parts, rest if skipping else to_cyrillic(rest)])


@cache
def _tokens() -> re.Pattern[str]:
    """Everything that is looked at, one alternative each, what is to be kept first."""
    names = _lines("transliteration_keep.txt")
    capitals = "|".join(re.escape(name) for name in names if name.isupper())
    products = "|".join(re.escape(name) for name in names if not name.isupper())
    units = "|".join(re.escape(unit) for unit in UNITS.split())
    keep = [
        *PLAIN,
        rf"(?<!\w)(?:{capitals})(?!\w)",
        rf"(?<!\w)(?i:{products}){ENDINGS}(?!\w)",
        rf"(?<!\w)(?!\d{{4}}[ \u00a0]?g\b)\d+(?:[.,]\d+)*[ \u00a0]?(?:{units})(?!\w)",
        r"(?<!\w)(?:[A-Z]{1,3}\d+[A-Z0-9]*|[2-6]G)(?!\w)",
    ]
    return re.compile("|".join(f"(?:{one})" for one in keep) + f"|(?P<word>{WORD})", re.DOTALL)


def _lines(file: str) -> list[str]:
    """Return the entries of a data file, longest first, without comments."""
    lines = (line.strip() for line in (DATA / file).read_text(encoding="utf-8").splitlines())
    return sorted((line for line in lines if line and not line.startswith("#")), key=len, reverse=True)


@cache
def _borders() -> re.Pattern[str]:
    """Match the first letter of a digraph that is two letters, by the list of stems."""
    alternatives = []
    for line in _lines("transliteration_stems.txt"):
        before, after = line.removeprefix("^").split("|")
        start = r"\b" if line.startswith("^") else ""
        alternatives.append(f"(?<={start}{before})(?={after})")
    return re.compile("|".join(alternatives))


def _word(word: str) -> str:
    """Return one word in Cyrillic, or as it is when it is not Serbian."""
    if any(_is_foreign(letter) for letter in word):
        return word
    borders = {match.start() for match in _borders().finditer(word.lower())}
    out: list[str] = []
    at = 0
    while at < len(word):
        pair = DIGRAPHS.get(word[at : at + 2].lower())
        if pair and at + 1 not in borders:
            out.append(pair.upper() if word[at].isupper() else pair)
            at += 2
        else:
            out.append(_letter(word[at]))
            at += 1
    return "".join(out)


def _letter(letter: str) -> str:
    """Return one letter in Cyrillic; an accent that Serbian writes over a vowel stays over it."""
    if letter in LETTERS:
        return LETTERS[letter]
    base, marks = _taken_apart(letter)
    return LETTERS[base] + marks if marks and base in LETTERS else letter


def _taken_apart(letter: str) -> tuple[str, str]:
    """Return a letter without its marks, and the marks."""
    parts = unicodedata.normalize("NFD", letter)
    return parts[:1], parts[1:]


def _is_foreign(letter: str) -> bool:
    """Tell whether a letter is Latin but not one that Serbian has (q, ü, é, ł …)."""
    if letter in LETTERS or "LATIN" not in unicodedata.name(letter, ""):
        return False
    base, marks = _taken_apart(letter)
    return base.lower() not in ACCENTED or not marks or not SERBIAN_ACCENTS.issuperset(marks)


def _letter_of_entity(match: re.Match[str]) -> str:
    """Return the Serbian letter that an entity stands for, else the entity itself."""
    letter = unescape(match[0])
    return letter if letter in LETTERS else match[0]


def _skipped_element(tag: str) -> str:
    """Return the name of an element that opens here and whose text must stay, else an empty string."""
    opening = re.match(r"<([A-Za-z][\w-]*)", tag)
    if not opening or tag.endswith("/>"):
        return ""
    name = opening[1].lower()
    if name in {
        "br",
        "img",
        "hr",
        "input",
        "meta",
        "link",
        "source",
        "wbr",
        "col",
        "area",
        "base",
        "embed",
        "track",
    }:
        return ""
    language = re.search(r"""\slang\s*=\s*["']?([A-Za-z-]+)""", tag)
    foreign = language is not None and language[1].lower().split("-")[0] != "sr"
    marked = re.search(r"""\stranslate\s*=\s*["']?no\b|\sclass\s*=\s*["'][^"']*\bnotranslate\b""", tag, re.I)
    return name if foreign or marked or name in {"script", "style", "code", "kbd", "samp", "var"} else ""


def _depth_change(tag: str, name: str) -> int:
    """Return +1 when ``tag`` opens another element of that name, -1 when it closes one, else 0."""
    found = re.match(r"<(/?)([A-Za-z][\w-]*)", tag)
    if not found or found[2].lower() != name or tag.endswith("/>"):
        return 0
    return -1 if found[1] else 1
