"""The concept lexicon: what words mean, what loads change, and what editors keep."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from directory.actions.loading import LEXICON_FOLDER
from portal import languages
from portal.plugins import registry
from search.analysis import analyse_query
from search.lexicon import find_concepts, spellings, term_words
from search.lexicon_actions import delete_term, load_lexicon, save_concept, save_term
from search.lexicon_files import (
    ConceptRecord,
    Lexicon,
    TermRecord,
    UnreadableLexicon,
    read_lexicon,
    read_pack_lexicon,
)
from search.lexicon_models import Concept, ConceptTerm

SMALL = Lexicon(
    (ConceptRecord("boat", "A boat", "need:boat"), ConceptRecord("sea", "The sea", "need:sea")),
    (TermRecord("boat", "en", "rowing boat"), TermRecord("sea", "en", "ocean")),
)


def concepts(text: str) -> list[str]:
    return [match.concept for match in find_concepts(analyse_query(text))]


def cries(text: str) -> list[bool]:
    return [match.is_distress for match in find_concepts(analyse_query(text))]


def term(text: str) -> ConceptTerm:
    return ConceptTerm.objects.select_related("concept").get(text=text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tražim sigurnu kuću", ["shelter"]),
        ("trazim sigurnu kucu", ["shelter"]),
        ("тражим сигурну кућу", ["shelter"]),
        ("smještaj", ["shelter"]),
        ("smeštaja", ["shelter"]),
        ("potrebujem odvetnika", ["legal"]),
        ("без полиции", ["no-police"]),
        ("blue bicycle", []),
    ],
)
@pytest.mark.django_db
def test_find_concepts_in_any_script_and_form(text: str, found: list[str]) -> None:
    assert concepts(text) == found


@pytest.mark.django_db
def test_find_concepts_takes_the_longest_phrase() -> None:
    assert concepts("police") == ["police"]
    assert concepts("help without police") == ["help", "no-police"]
    assert concepts("tuđa nega i pomoć") == ["disability"]


@pytest.mark.django_db
def test_find_concepts_skips_function_words_inside_a_phrase_only() -> None:
    assert concepts("uzeli su mi juče pasoš") != concepts("uzeli su mi pasoš") == ["papers-taken"]


@pytest.mark.django_db
def test_find_concepts_says_where_and_what_it_leads_to() -> None:
    (match,) = find_concepts(analyse_query("i need a safe house"))
    assert (match.first, match.last, match.links) == (3, 4, (("need", "shelter"),))


@pytest.mark.django_db
def test_find_concepts_one_word_of_distress_yields_to_what_else_is_asked() -> None:
    assert cries("pomoć") == [True]
    assert cries("pomoć advokat") == [False, False]
    assert cries("он меня убьет") == [True]


@pytest.mark.django_db
def test_find_concepts_of_mixed_languages() -> None:
    assert concepts("no policija") == ["no-police"]
    assert concepts("without policije please") == ["no-police"]


@pytest.mark.django_db
def test_find_concepts_turns_round_after_a_negation() -> None:
    assert concepts("bez inspektora") == ["no-police"]
    assert concepts("sutra inspektor") == ["police"]


@pytest.mark.django_db
def test_spellings_are_the_folded_words_of_all_phrases() -> None:
    assert {"skloniste", "policije", "frauenhaus", "utlevelemet"} <= set(spellings())


@pytest.mark.django_db
def test_find_concepts_of_nothing_is_nothing() -> None:
    assert find_concepts([]) == []


@pytest.mark.django_db
def test_find_concepts_asks_one_query(count_queries) -> None:
    words = analyse_query("nemam gde da spavam noćas")
    find_concepts(words)
    with count_queries() as seen:
        find_concepts(words)
    assert len(seen) == 1


@pytest.mark.django_db
def test_find_concepts_does_not_match_a_short_stem() -> None:
    load_lexicon(
        Lexicon((ConceptRecord("cat", "Cat", "need:cat"),), (TermRecord("cat", "sr-latn", "mačka"),)),
        source="x",
    )
    assert concepts("mačka") == ["cat"]
    load_lexicon(
        Lexicon((ConceptRecord("net", "Net", "need:net"),), (TermRecord("net", "sr-latn", "oko"),)),
        source="y",
    )
    assert concepts("oka") == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words", ["pomoć bez prijave policiji", "help without reporting to the police", "brez klica policije"]
)
def test_find_concepts_without_reaches_over_one_noun(words) -> None:
    assert "no-police" in concepts(words)
    assert "police" not in concepts(words)


@pytest.mark.django_db
def test_find_concepts_other_negations_do_not_reach_over_a_noun() -> None:
    assert "police" in concepts("nije pomogla policija")


def test_term_words_keep_negations_and_leave_function_words_out() -> None:
    assert [form for form, _tokens in term_words("nemam gde da spavam", "sr-latn")] == ["nemam", "spavam"]
    assert [form for form, _tokens in term_words("without the police", "en")] == ["without", "police"]
    assert [form for form, _tokens in term_words("u opasnosti", "sr-latn")] == ["u", "opasnosti"]


@pytest.mark.django_db
def test_load_lexicon_twice_changes_nothing() -> None:
    load_lexicon(SMALL, source="test")
    report = load_lexicon(SMALL, source="test")
    assert (report.created, report.updated, report.removed, report.unchanged) == (0, 0, 0, 4)


@pytest.mark.django_db
def test_load_lexicon_keeps_an_edited_concept() -> None:
    load_lexicon(SMALL, source="test")
    boat = Concept.objects.get(key="boat")
    boat.links = "need:ship"
    save_concept(boat)
    changed = Lexicon((ConceptRecord("boat", "A boat", "need:canoe"),), SMALL.terms)
    assert load_lexicon(changed, source="test").kept == 1
    assert Concept.objects.get(key="boat").links == "need:ship"


@pytest.mark.django_db
def test_load_lexicon_updates_a_concept_that_nobody_edited() -> None:
    load_lexicon(SMALL, source="test")
    load_lexicon(Lexicon((ConceptRecord("boat", "A boat", "need:canoe"),), SMALL.terms), source="test")
    assert Concept.objects.get(key="boat").links == "need:canoe"


@pytest.mark.django_db
def test_load_lexicon_does_not_bring_back_what_an_editor_deleted_or_changed() -> None:
    load_lexicon(SMALL, source="test")
    delete_term(term("ocean"))
    boat = term("rowing boat")
    boat.text = "sailing boat"
    save_term(boat)
    load_lexicon(SMALL, source="test")
    texts = ConceptTerm.objects.filter(concept__key__in=("boat", "sea")).values_list("text", flat=True)
    assert list(texts) == ["sailing boat"]
    assert term("sailing boat").source == ""


@pytest.mark.django_db
def test_load_lexicon_takes_out_what_its_source_dropped_unless_reviewed() -> None:
    load_lexicon(SMALL, source="test")
    read = term("ocean")
    read.reviewed = True
    save_term(read)
    report = load_lexicon(Lexicon(SMALL.concepts), source="test")
    assert (report.removed, report.kept) == (1, 1)
    assert not ConceptTerm.objects.filter(text="rowing boat").exists()
    assert term("ocean").reviewed


@pytest.mark.django_db
def test_load_lexicon_leaves_other_sources_alone() -> None:
    before = ConceptTerm.objects.count()
    load_lexicon(SMALL, source="test")
    load_lexicon(Lexicon(), source="test")
    assert ConceptTerm.objects.count() == before


@pytest.mark.django_db
def test_load_lexicon_refuses_an_unknown_concept_and_changes_nothing() -> None:
    with pytest.raises(UnreadableLexicon):
        load_lexicon(Lexicon(SMALL.concepts, (TermRecord("moon", "en", "moon"),)), source="test")
    assert not Concept.objects.filter(key="boat").exists()


@pytest.mark.django_db
def test_an_edit_is_found_at_once_and_its_rollback_too() -> None:
    assert concepts("ocean") == []
    load_lexicon(SMALL, source="test")
    assert concepts("ocean") == ["sea"]
    delete_term(term("ocean"))
    assert concepts("ocean") == []


def test_read_lexicon_names_every_wrong_row(tmp_path: Path) -> None:
    (tmp_path / "terms").mkdir()
    (tmp_path / "concepts.csv").write_text("key,links,is_distress,label_en\nboat,boats,,A boat\n")
    (tmp_path / "terms" / "xx.csv").write_text("concept,text,reviewed\nboat,boat,0\n")
    (tmp_path / "terms" / "en.csv").write_text("concept,text,reviewed\nmoon,,0\n")
    with pytest.raises(UnreadableLexicon) as refused:
        read_lexicon(tmp_path)
    assert len(refused.value.problems) == 3


def test_read_pack_lexicon_without_a_file_is_empty(tmp_path: Path) -> None:
    assert read_pack_lexicon(tmp_path) == Lexicon()


@pytest.mark.django_db
@pytest.mark.parametrize(("country", "word"), [("RS", "nsz"), ("SI", "zrsz")])
def test_words_of_a_country_pack_are_loaded_with_it(country: str, word: str) -> None:
    pack = next(pack for pack in registry.countries if pack.country.code == country)
    delivered = read_pack_lexicon(pack.data).terms
    assert len(delivered) >= 10
    for each in delivered:
        row = ConceptTerm.objects.get(concept__key=each.concept, language=each.language, text=each.text)
        assert row.source not in ("", "lexicon")
    assert concepts(word) == ["employment-office"]


def test_delivered_lexicon_covers_needs_and_languages() -> None:
    lexicon = read_lexicon(LEXICON_FOLDER)
    with (LEXICON_FOLDER.parent / "taxonomy_terms.csv").open(encoding="utf-8") as file:
        needs = {row["slug"] for row in csv.DictReader(file) if row["taxonomy"] == "needs"}
    led_to = {link.removeprefix("need:") for concept in lexicon.concepts for link in concept.links.split()}
    written = Counter(term.language for term in lexicon.terms)
    assert needs - led_to == set()
    assert set(written) == set(languages.CODES) - {"sr-cyrl"}
    assert len(lexicon.concepts) >= 45
    assert len(lexicon.terms) >= 1800
    assert min(written.values()) >= 100
    assert not any(term.reviewed for term in lexicon.terms)
