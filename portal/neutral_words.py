"""Words that must not stand in titles, paths or file names: a browser's history keeps those (safety R7)."""

from __future__ import annotations

import unicodedata

# Stems by language; a stem with "^" counts only where a word begins, so that "therapy" is no hit for "rape".
STEMS: dict[str, str] = {
    "en": "traffick victim violen abus shelter ^rape ^raping prostitut exploit polic astra atina",
    "sr-latn": "trgovin žrtv nasil zlostav zlorab prihvatiliš sigurna-kuć prostitu ^siluj silovan iskoriš "
    "eksploat bekstvo pobeg polici astra atina ključ",
    "sr-cyrl": "трговин жртв насиљ злостав злорабљ прихватилишт проститу ^силуј силован искориш склониш "
    "полициј астра атина кључ",
    "sl": "trgovin žrtv nasil zlorab zatočišč zaveti varna-hiš prostitu posilst posilj izkorišč pobeg polici",
    "sq": "trafik viktim dhun abuz strehim prostitu policia",
    "hu": "emberkeres áldozat erőszak bántalm menedék prostitu rendőr",
    "ro": "trafic victim violen abuz adăpost prostitu viol poliți",
    "bs": "trgovin žrtv nasil zlostav prihvatiliš sigurna-kuć polici",
    "mk": "трговија жртв насил злоупотреб засолниш проститу полици",
    "bg": "трафик жертв насили убежищ проститу полици тръговия",
    "uk": "торгівл жертв насиль притул проститу поліці",
    "ru": "торговл жертв насили убежищ проститу полиц",
    "ar": "اتجار ضحية ضحايا عنف شرطة مأوى",
    "fa": "قاچاق قربانی خشونت پلیس پناهگاه",
    "tr": "ticareti mağdur kurban şiddet sığınma fuhuş polis",
    "de": "menschenhandel opfer gewalt missbrauch frauenhaus prostitu polizei",
    "fr": "victim violence abus prostitu exploit polic",
    "shared": "хора трафик жрт порабо zrtv zrtve nasilje kljuc eksploat",
}


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _holds(text: str, stem: str) -> bool:
    if not stem.startswith("^"):
        return stem in text
    start = text.find(stem[1:])
    while start >= 0:
        if start == 0 or not text[start - 1].isalpha():
            return True
        start = text.find(stem[1:], start + 1)
    return False


def telling_words(text: str) -> tuple[str, ...]:
    """Return the stems of any language that ``text`` holds; an empty tuple means it may stand in a history."""
    plain = _plain(text)
    stems = dict.fromkeys(stem for words in STEMS.values() for stem in _plain(words).split())
    return tuple(stem.lstrip("^") for stem in stems if _holds(plain, stem))
