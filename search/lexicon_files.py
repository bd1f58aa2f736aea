"""Reading a lexicon's files: concepts.csv and terms/<language>.csv, or the one lexicon.csv of a country pack."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError

from portal import languages
from search.lexicon_models import check_links

LONGEST = 120


@dataclass(frozen=True, slots=True)
class ConceptRecord:
    """A concept as a file delivers it; ``links`` are separated by spaces."""

    key: str
    name: str
    links: str
    is_distress: bool = False
    links_only: bool = False


@dataclass(frozen=True, slots=True)
class TermRecord:
    """A word or phrase for a concept in a language of the catalogue."""

    concept: str
    language: str
    text: str
    reviewed: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What one source delivers."""

    concepts: tuple[ConceptRecord, ...] = ()
    terms: tuple[TermRecord, ...] = ()


@dataclass
class UnreadableLexicon(Exception):
    """A lexicon that cannot be used; ``problems`` name file, row and reason."""

    problems: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return "\n".join(self.problems)


def read_lexicon(folder: Path) -> Lexicon:
    """Read concepts.csv and terms/<language>.csv. Raises ``UnreadableLexicon`` naming every wrong row."""
    problems: list[str] = []
    concepts = tuple(_concepts(folder / "concepts.csv", problems))
    terms = [
        term
        for path in sorted((folder / "terms").glob("*.csv"))
        for term in _terms(path, path.stem, problems)
    ]
    known = {concept.key for concept in concepts}
    problems += [
        f"terms/{one.language}.csv: no concept {one.concept!r}" for one in terms if one.concept not in known
    ]
    if problems:
        raise UnreadableLexicon(problems)
    return Lexicon(concepts, _once(terms))


def read_pack_lexicon(data: Path) -> Lexicon:
    """Read a country pack's ``lexicon.csv`` (concept, language, text, reviewed); none is an empty lexicon.

    Raises ``UnreadableLexicon`` naming every wrong row.
    """
    path = data / "lexicon.csv"
    if not path.is_file():
        return Lexicon()
    problems: list[str] = []
    terms = _once(_terms(path, "", problems))
    if problems:
        raise UnreadableLexicon(problems)
    return Lexicon(terms=terms)


def _once(terms: Iterable[TermRecord]) -> tuple[TermRecord, ...]:
    """Return the terms without repeats of one text, which differ in the reviewed mark only."""
    return tuple({(term.concept, term.language, term.text): term for term in terms}.values())


def _rows(path: Path, columns: set[str], problems: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if missing := columns - set(reader.fieldnames or ()):
            problems.append(f"{path.name}: no column {', '.join(sorted(missing))}")
            return
        for row in reader:
            yield reader.line_num, {name: (row.get(name) or "").strip() for name in reader.fieldnames or ()}


def _concepts(path: Path, problems: list[str]) -> Iterator[ConceptRecord]:
    for number, row in _rows(path, {"key", "links", "is_distress", "label_en"}, problems):
        try:
            check_links(row["links"])
        except ValidationError as error:
            problems.append(f"{path.name}, row {number}: {' '.join(error.messages)}")
            continue
        yield ConceptRecord(
            row["key"],
            row["label_en"],
            row["links"],
            row["is_distress"] == "yes",
            row.get("links_only") == "yes",
        )


def _terms(path: Path, language: str, problems: list[str]) -> Iterator[TermRecord]:
    columns = {"concept", "text"} if language else {"concept", "language", "text"}
    for number, row in _rows(path, columns, problems):
        term = TermRecord(
            row["concept"], language or row["language"], row["text"], row.get("reviewed") == "1"
        )
        if term.language not in languages.BY_CODE:
            problems.append(f"{path.name}, row {number}: {term.language!r} is no language of the catalogue")
        elif not 0 < len(term.text) <= LONGEST:
            problems.append(f"{path.name}, row {number}: a text has 1 to {LONGEST} characters")
        else:
            yield term
