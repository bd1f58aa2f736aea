"""The ready-made tokens of a record, by column: every engine stores these and splits them at spaces."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from portal.plugins import SearchDocument
from search import analysis

LONGEST_WORD = 100
"""Letters; longer ones are no words, and no text index takes them whole."""
COLUMNS = ("name", "concepts", "text", "exact")


@dataclass(frozen=True, slots=True)
class DocumentTokens:
    """Space-separated tokens of each column; ``words`` are the folded words with how often each stands there."""

    name: str
    concepts: str
    text: str
    exact: str
    words: Counter[str]

    def column(self, name: str) -> str:
        """Return one column's tokens."""
        value: str = getattr(self, name)
        return value

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns, in the order of ``COLUMNS``."""
        return tuple(self.column(name) for name in COLUMNS)


def tokens_of(document: SearchDocument) -> DocumentTokens:
    """Return a document's tokens: each text analysed in its own language, phone numbers beside the name."""
    columns: dict[str, dict[str, None]] = {name: {} for name in COLUMNS}
    words: Counter[str] = Counter()
    for language, fields in document.fields.items():
        for field, text in fields.items():
            column = columns[field if field in columns else "text"]
            for word in analysis.analyse(text, language):
                if len(word.exact) > LONGEST_WORD:
                    continue
                column.update(dict.fromkeys(word.tokens))
                columns["exact"][word.exact] = None
                words[analysis.folded_word(word.exact, language)] += 1
    for number in document.numbers:
        columns["name"].update(dict.fromkeys(analysis.digits_of(number)))
    joined = {name: " ".join(found) for name, found in columns.items()}
    return DocumentTokens(words=words, **joined)
