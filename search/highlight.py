"""Found words, marked in a text of any language: in Python, so that every engine's findings look the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from portal.folding import fold
from portal.localized import LocalizedText
from search.analysis import Word, analyse, analyse_query

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Card = TypeVar("Card", bound="DataclassInstance")
Spans = tuple[tuple[int, int], ...]
SHORTEST = 3
"""How many letters a typed beginning of a word must have to be marked."""
SNIPPET = 180
"""About how many characters of a long text are shown."""


class MarkedText(LocalizedText):
    """A text with the places in it that are marked; shown with its own language, as any text is."""

    __slots__ = ("spans",)
    spans: Spans

    @classmethod
    def of(cls, text: LocalizedText, spans: Spans) -> MarkedText:
        """Return ``text`` with these places marked; they do not overlap and stand in order."""
        made: MarkedText = cls(text.text, text.language, text.asked)
        made.spans = spans
        return made

    def read_in(self, asked: str) -> LocalizedText:
        """Return the same marked text for a reader, or a place, of another language."""
        return MarkedText.of(super().read_in(asked), self.spans)

    def __html__(self) -> SafeString:
        parts, end = [], 0
        for start, stop in self.spans:
            parts += [conditional_escape(self.text[end:start])]
            parts += [format_html("<mark>{}</mark>", self.text[start:stop])]
            end = stop
        inner = mark_safe("".join([*parts, conditional_escape(self.text[end:])]))
        if not self.is_fallback:
            return inner
        return format_html('<span lang="{}" dir="{}">{}</span>', self.tag, self.direction, inner)


class Marker:
    """Marks the words of one search, in any of their forms: the same tokens find a record and mark its text."""

    def __init__(self, words: str) -> None:
        typed = analyse_query(words)
        content = [word for word in typed if not word.is_stop] or typed
        self._by_token: dict[str, int] = {}
        self._beginnings: list[tuple[str, int]] = []
        for number, word in enumerate(content):
            self._beginnings.append((fold(word.exact), number))
            for token in word.tokens:
                self._by_token.setdefault(token, number)

    def __call__(self, text: LocalizedText) -> LocalizedText:
        """Return a text with its found words marked."""
        spans = tuple((start, stop) for start, stop, _ in self._found(text.text, text.language))
        return MarkedText.of(text, spans) if spans else text

    def count(self, text: str, language: str) -> int:
        """Return how many different words of the search stand in ``text``."""
        return len({number for _, _, number in self._found(text, language)})

    def best(self, texts: Sequence[str], language: str) -> int:
        """Return the place of the text with most of the words, the first of equals; -1 when none has any."""
        counts = [self.count(text, language) for text in texts]
        most = max(counts, default=0)
        return counts.index(most) if most else -1

    def snippet(self, text: LocalizedText) -> LocalizedText:
        """Return the part of a long text around its first found word, marked."""
        whole = text.text
        found = self._found(whole, text.language)
        if len(whole) <= SNIPPET:
            return self(text)
        start = _word_start(whole, max(0, (found[0][0] if found else 0) - SNIPPET // 3))
        stop = _word_stop(whole, min(len(whole), start + SNIPPET))
        cut = "…" * (start > 0) + whole[start:stop].strip() + "…" * (stop < len(whole))
        return self(LocalizedText(cut, text.language, text.asked))

    def _found(self, text: str, language: str) -> list[tuple[int, int, int]]:
        """Return where words of the search stand in ``text``: start, stop, which word."""
        if not self._beginnings:
            return []
        found = ((word.start, word.end, self._number(word)) for word in analyse(text, language))
        return [(start, stop, number) for start, stop, number in found if number >= 0]

    def _number(self, word: Word) -> int:
        """Return which word of the search this is: one of its forms, or one that begins so; -1 for none."""
        for token in word.tokens:
            if token in self._by_token:
                return self._by_token[token]
        folded = fold(word.exact)
        longer = ((begin, number) for begin, number in self._beginnings if len(begin) >= SHORTEST)
        return next((number for begin, number in longer if folded.startswith(begin)), -1)


def _word_start(text: str, near: int) -> int:
    """Return the start of the sentence or word at ``near``."""
    if near == 0:
        return 0
    sentence = max(text.rfind(mark, max(0, near - SNIPPET // 3), near) for mark in (". ", "! ", "? ", "؟ "))
    return sentence + 2 if sentence >= 0 else text.find(" ", near) + 1


def _word_stop(text: str, near: int) -> int:
    """Return the end of the word at ``near``."""
    if near >= len(text):
        return len(text)
    space = text.rfind(" ", 0, near)
    return space if space > 0 else near


def mark_fields(card: Card, names: Iterable[str], mark: Marker) -> Card:
    """Return a card (a dataclass) with the named texts marked."""
    texts = {name: getattr(card, name) for name in names}
    return replace(
        card, **{name: mark(text) for name, text in texts.items() if isinstance(text, LocalizedText)}
    )
