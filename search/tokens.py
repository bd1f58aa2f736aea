"""The ready-made tokens of a record, by column: every engine stores these and splits them at spaces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from portal.plugins import SearchDocument
from search import analysis
from search.analysis import Word

LONGEST_WORD = 100
"""Letters; longer ones are no words, and no text index takes them whole."""
COLUMNS = ("name", "concepts", "text", "exact")


@dataclass(frozen=True, slots=True)
class DocumentTokens:
    """Space-separated tokens of each column; ``words`` are all words by language, as often as they stand there."""

    name: str
    concepts: str
    text: str
    exact: str
    words: Mapping[str, list[Word]]

    def column(self, name: str) -> str:
        """Return one column's tokens."""
        value: str = getattr(self, name)
        return value

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns, in the order of ``COLUMNS``."""
        return self.name, self.concepts, self.text, self.exact

    def uses(self) -> Counter[str]:
        """Return the folded words with how often each stands there."""
        return Counter(
            analysis.folded_word(word.exact, language)
            for language, words in self.words.items()
            for word in words
        )


def tokens_of(document: SearchDocument) -> DocumentTokens:
    """Return a document's tokens: each text analysed in its own language, phone numbers beside the name."""
    columns: dict[str, dict[str, None]] = {name: {} for name in COLUMNS}
    by_language: dict[str, list[Word]] = {}
    for language, fields in document.fields.items():
        for field, text in fields.items():
            column = columns[field if field in columns else "text"]
            words = [word for word in analysis.analyse(text, language) if len(word.exact) <= LONGEST_WORD]
            for word in words:
                column.update(dict.fromkeys(word.tokens))
            columns["exact"].update(dict.fromkeys([word.exact for word in words]))
            by_language.setdefault(language, []).extend(words)
    for number in document.numbers:
        columns["name"].update(dict.fromkeys(map(analysis.number_token, analysis.digits_of(number))))
    joined = {name: " ".join(found) for name, found in columns.items()}
    return DocumentTokens(words=by_language, **joined)
