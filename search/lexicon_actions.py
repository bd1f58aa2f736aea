"""Every change of the lexicon: loading what a source delivers, saving and deleting what an editor writes."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from django.db import transaction

from search.analysis import ANALYSIS_VERSION
from search.lexicon import term_words
from search.lexicon_files import ConceptRecord, Lexicon, TermRecord, UnreadableLexicon
from search.lexicon_models import Concept, ConceptTerm, LexiconSource, LexiconVersion

Place = tuple[str, str, str]


@dataclass
class LexiconReport:
    """How many concepts and terms a load made, changed, left as they were, kept as edited here, took out."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: int = 0
    removed: int = 0


def load_lexicon(lexicon: Lexicon, *, source: str) -> LexiconReport:
    """Load what ``source`` delivers, all or nothing; doing it twice changes nothing.

    An editor's work stays: an edited concept, a changed, removed or reviewed term, a term of their own.
    Raises ``UnreadableLexicon`` when a term names a concept that nobody has delivered.
    """
    report = LexiconReport()
    with transaction.atomic():
        concepts = {concept.key: concept for concept in Concept.objects.all()}
        for record in lexicon.concepts:
            concepts[record.key] = _load_concept(concepts.get(record.key), record, report)
        if unknown := sorted({term.concept for term in lexicon.terms} - set(concepts)):
            raise UnreadableLexicon([f"{source}: no concept {key!r}" for key in unknown])
        _load_terms(lexicon.terms, source, concepts, report)
        if report.created or report.updated or report.removed:
            _renew_version()
    return report


def save_concept(concept: Concept) -> None:
    """Save an editor's concept; a later load keeps it as it is."""
    with transaction.atomic():
        concept.save()
        _renew_version()


def save_term(term: ConceptTerm) -> None:
    """Save an editor's word or phrase. One whose text changed is the editor's from then on."""
    with transaction.atomic():
        stored = ConceptTerm.objects.filter(pk=term.pk).first() if term.pk else None
        if stored is None or _place(stored) != _place(term):
            term.source = ""
        term.words, term.analysis = term_words(term.text, term.language), ANALYSIS_VERSION
        term.save()
        _renew_version()


def review_terms(terms: Iterable[ConceptTerm]) -> int:
    """Mark words as read by somebody who speaks their language; a later load keeps them. Return how many."""
    return ConceptTerm.objects.filter(pk__in=[term.pk for term in terms]).update(reviewed=True)


def delete_concept(concept: Concept) -> None:
    """Delete a concept with its words; a later load of its source brings a delivered one back, empty of words."""
    with transaction.atomic():
        concept.delete()
        _renew_version()


def delete_term(term: ConceptTerm) -> None:
    """Delete a word or phrase; a later load does not bring it back."""
    with transaction.atomic():
        term.delete()
        _renew_version()


def _load_concept(stored: Concept | None, record: ConceptRecord, report: LexiconReport) -> Concept:
    values = {name: getattr(record, name) for name in ("name", "links", "is_distress", "links_only")}
    if stored is None:
        report.created += 1
        new = Concept(key=record.key, **values)
        new.loaded_digest = _concept_digest(new)
        new.save()
        return new
    if stored.loaded_digest != _concept_digest(stored):
        report.kept += 1
        return stored
    if all(getattr(stored, name) == value for name, value in values.items()):
        report.unchanged += 1
        return stored
    for name, value in values.items():
        setattr(stored, name, value)
    stored.loaded_digest = _concept_digest(stored)
    stored.save()
    report.updated += 1
    return stored


def _load_terms(
    terms: tuple[TermRecord, ...], source: str, concepts: dict[str, Concept], report: LexiconReport
) -> None:
    memory, _created = LexiconSource.objects.get_or_create(name=source)
    before = set(memory.delivered)
    wanted = {(term.concept, term.language, term.text): term for term in terms}
    stored = {_place(term): term for term in ConceptTerm.objects.select_related("concept")}
    gone = [term for place, term in stored.items() if term.source == source and place not in wanted]
    taken_out = [term.pk for term in gone if not term.reviewed]
    ConceptTerm.objects.filter(pk__in=taken_out).delete()
    missing = [term for place, term in wanted.items() if place not in stored]
    new = [term for term in missing if _digest(*_record_place(term)) not in before]
    ConceptTerm.objects.bulk_create(_term(term, source, concepts) for term in new)
    read = [stored[place].pk for place, term in wanted.items() if place in stored and term.reviewed]
    newly_read = ConceptTerm.objects.filter(pk__in=read, source=source, reviewed=False).update(reviewed=True)
    report.created += len(new)
    report.updated += newly_read
    report.removed += len(taken_out)
    report.kept += len(missing) - len(new) + len(gone) - len(taken_out)
    report.unchanged += len(wanted) - len(missing) - newly_read
    memory.delivered = sorted(_digest(*place) for place in wanted)
    memory.save()


def _term(record: TermRecord, source: str, concepts: dict[str, Concept]) -> ConceptTerm:
    return ConceptTerm(
        concept=concepts[record.concept],
        language=record.language,
        text=record.text,
        reviewed=record.reviewed,
        source=source,
        words=term_words(record.text, record.language),
        analysis=ANALYSIS_VERSION,
    )


def _place(term: ConceptTerm) -> Place:
    return (term.concept.key, term.language, term.text)


def _record_place(term: TermRecord) -> Place:
    return (term.concept, term.language, term.text)


def _digest(*words: str) -> str:
    return blake2b("\0".join(words).encode(), digest_size=6).hexdigest()


def _concept_digest(concept: Concept) -> str:
    flags = f"{concept.is_distress} {concept.links_only}"
    return _digest(concept.name, concept.links, flags)


def _renew_version() -> None:
    """Give the lexicon a number that it never had: not even after a rollback is it taken for another."""
    LexiconVersion.objects.update_or_create(pk=1, defaults={"version": secrets.randbits(62)})
