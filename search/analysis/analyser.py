"""Texts and queries as words with tokens: the one way in which everything searchable is read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from search.analysis import dictionary
from search.analysis.letters import APOSTROPHES, JOINERS, MARKS, folded_word, latin_letters, normalise
from search.analysis.numbers import NUMBER, number_token, split_number
from search.analysis.stems import stem_of, stems_of, without_article
from search.analysis.stop_words import is_function_word

# Prefixes by script; the first of each takes the words of its script in a text of another script.
LANGUAGES: Final = {
    "latin": ("en", "sr", "sl", "sq", "hu", "ro", "rom", "tr", "de", "fr"),
    "cyrillic": ("sr", "mk", "bg", "uk", "ru"),
    "arabic": ("ar", "fa"),
    "other": ("zz",),
}
PREFIXES: Final = {"sr-latn": "sr", "sr-cyrl": "sr", "bs": "sr", "hr": "sr", "cnr": "sr", "me": "sr"}
SCRIPTS: Final = {"LATIN": "latin", "CYRILLIC": "cyrillic", "ARABIC": "arabic"}

_LETTER = r"[^\W\d_]"
_WORD = rf"{_LETTER}(?:{_LETTER}|[{MARKS}{JOINERS}]|[{APOSTROPHES}](?={_LETTER}))*"
_PIECES = re.compile(rf"(?P<number>{NUMBER})|{_WORD}")
_SUFFIXED = re.compile(rf"[{APOSTROPHES}](?:s|\w+)$", re.IGNORECASE)


class Word(NamedTuple):
    """A word of a text: where it stands (offsets into the text), its exact form, its index tokens.

    ``exact`` is normalised and lower-case, not folded; of a number its digits. ``tokens`` are a to z only.
    """

    start: int
    end: int
    exact: str
    tokens: tuple[str, ...]


class QueryWord(NamedTuple):
    """A word of a query: as typed, its exact form, and its tokens in every language its script allows.

    ``is_stop`` is true for a function word of one of these languages; words that mean something to us in
    one of the others are not in the lists. In a query of nothing else no word is a stop word.
    """

    start: int
    end: int
    text: str
    exact: str
    tokens: tuple[str, ...]
    is_stop: bool


def analyse(text: str, language: str) -> list[Word]:
    """Return the words of a text with their tokens in its language (a code such as "sr-cyrl").

    A word in a script that the language does not have is read in the first language of that script.
    Raises nothing, whatever the text holds.
    """
    prefix = prefix_of(language)
    return [
        Word(start, end, exact, tokens or _text_tokens(exact, prefix))
        for start, end, exact, tokens in _pieces(text, prefix)
    ]


def analyse_query(text: str) -> list[QueryWord]:
    """Return the words of a query; a document that has one of a word's tokens has the word."""
    words = [
        QueryWord(
            start, end, text[start:end], exact, tokens or _query_tokens(exact), not tokens and _is_stop(exact)
        )
        for start, end, exact, tokens in _pieces(text, "")
    ]
    if all(word.is_stop for word in words):
        return [word._replace(is_stop=False) for word in words]
    return words


def query_languages(text: str) -> tuple[str, ...]:
    """Return the prefixes of the languages that the scripts of the text's words allow, without repeats."""
    found = (_languages_of(exact) for _, _, exact, tokens in _pieces(text, "") if not tokens)
    return tuple(dict.fromkeys(language for languages in found for language in languages))


def is_known(word: str) -> bool:
    """Tell whether a word is a form in the dictionary of any language that its script allows."""
    exact = normalise(word)
    if not exact:
        return False
    return any(dictionary.knows(folded_word(exact, one), one) for one in _languages_of(exact)) or _is_stop(
        exact
    )


def folded_forms(exact: str) -> tuple[str, ...]:
    """Return the different keys that a normalised word has in the languages that its script allows."""
    return tuple(dict.fromkeys(folded_word(exact, language) for language in _languages_of(exact)))


def prefix_of(language: str) -> str:
    """Return the prefix of a language's tokens: one for both Serbian scripts and for Bosnian."""
    code = language.lower().replace("_", "-")
    return PREFIXES.get(code) or code.partition("-")[0]


@lru_cache(maxsize=50_000)
def word_tokens(exact: str, prefix: str) -> tuple[str, ...]:
    """Return the tokens of a normalised word in one language: stems of its lemmas, then of the form."""
    folded = folded_word(exact, prefix)
    known = dictionary.lemmas_of(folded, prefix)
    if not known and prefix == "ar":
        known = dictionary.lemmas_of(without_article(folded), prefix)
    lemmas = [stem_of(lemma, prefix) for lemma in known]
    stems = map(latin_letters, (*lemmas, *stems_of(exact, folded, prefix)))
    return tuple(dict.fromkeys(f"{prefix}x{stem}" for stem in stems if stem))


@lru_cache(maxsize=20_000)
def _query_tokens(exact: str) -> tuple[str, ...]:
    """Return a word's tokens in every language that its script allows."""
    found = (word_tokens(exact, language) for language in _languages_of(exact))
    return tuple(dict.fromkeys(token for tokens in found for token in tokens))


@lru_cache(maxsize=20_000)
def _is_stop(exact: str) -> bool:
    """Tell whether a normalised word is a function word of a language that its script allows."""
    return any(is_function_word(exact, folded_word(exact, one), one) for one in _languages_of(exact))


@lru_cache(maxsize=200_000)
def _text_tokens(exact: str, prefix: str) -> tuple[str, ...]:
    """Return the tokens of a word in a text of a language, or in the first language of the word's script."""
    allowed = _languages_of(exact)
    return word_tokens(exact, prefix if prefix in allowed else allowed[0])


def _languages_of(exact: str) -> tuple[str, ...]:
    """Return the languages that the first letter's script allows."""
    return LANGUAGES[_script(exact[0])] if exact else ()


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    """Return the script of a letter: latin, cyrillic, arabic or other."""
    return SCRIPTS.get(unicodedata.name(letter, "").partition(" ")[0], "other")


def _pieces(text: str, prefix: str) -> Iterator[tuple[int, int, str, tuple[str, ...]]]:
    """Give start, end, exact form of each word, and the tokens of each number."""
    for match in _PIECES.finditer(text):
        if match["number"]:
            for start, end, forms in split_number(match[0]):
                tokens = tuple(number_token(form) for form in forms)
                yield match.start() + start, match.start() + end, forms[0], tokens
        elif exact := _exact(match[0], prefix):
            yield match.start(), match.end(), exact, ()


@lru_cache(maxsize=200_000)
def _exact(word: str, prefix: str) -> str:
    """Return the exact form of a word as it stands in a text; "Women's" counts as "women"."""
    suffixed = prefix in {"", "en", "tr"} and word[-2:-1] in APOSTROPHES and word[-1:].isascii()
    bare = _SUFFIXED.sub("", word) if suffixed else word
    return normalise(bare, prefix)
