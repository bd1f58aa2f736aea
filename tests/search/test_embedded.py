"""The embedded engine: stored and found again, in order, fresh after each change."""

from __future__ import annotations

import contextlib
import gc
import json
from dataclasses import replace

import pytest
from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from portal.plugins import (
    Answer,
    Conditions,
    FacetValues,
    IndexSource,
    RangeValues,
    SearchDocument,
    SearchQuery,
)
from search import vocabulary
from search.codec import decode, encode
from search.models import IndexPosting
from search.packing import pack, pack_words, unpack, unpack_words

DatabaseEngine = import_string(settings.SEARCH_ENGINE)  # the one of the database that the tests run on
pytestmark = pytest.mark.django_db

WOMEN = FacetValues(frozenset({"female"}), frozenset({"diverse"}))


def document(key: str, name: str = "", static_key: str = "", **values: object) -> SearchDocument:
    fields = {"sr-latn": {"name": name}} if name else {}
    return SearchDocument("thing", key, fields=fields, static_key=static_key or key, **values)


@pytest.fixture
def engine() -> DatabaseEngine:
    engine = DatabaseEngine()
    engine.clear("thing")
    return engine


def keys(engine: DatabaseEngine, **values: object) -> list[str]:
    return [hit.key for hit in engine.search(SearchQuery("thing", **values)).hits]


def test_document_survives_the_table_whole_but_for_its_texts():
    whole = SearchDocument(
        "thing",
        "one",
        facets={"need": FacetValues(frozenset({"a"}), frozenset({"b"}), Answer.ASK)},
        alternatives=(Conditions({"gender": WOMEN}, {"age": RangeValues(16, None)}, True),),
        static_key="1",
        ask_always=True,
        round_the_clock=True,
        uncounted=frozenset({"area"}),
        numbers=("116 000",),
        specialised=True,
    )
    assert decode(json.loads(encode(whole))) == whole
    assert encode(replace(whole, fields={"sl": {"name": "Zavetišče"}})) == encode(whole)


@pytest.mark.parametrize("odd", ['"', "\\", "\n", "\u2028", "{", "}", "ж", "\ud800", ""])
def test_document_with_odd_letters_survives_the_packed_row(odd):
    whole = SearchDocument(
        odd,
        odd,
        facets={odd: FacetValues(frozenset({odd}), frozenset({odd + "b"}))},
        alternatives=(Conditions({odd: WOMEN}, {odd: RangeValues(None, -3)}), Conditions()),
        static_key=odd,
        uncounted=frozenset({odd}),
        numbers=(odd,),
    )
    content, columns = unpack(pack(encode(whole), (odd, "b", "", "c")))
    assert (decode(content), columns) == (whole, (odd, "b", "", "c"))


def test_search_orders_matches_before_ask_first_then_by_static_key(engine):
    asks = document("a", static_key="0", alternatives=(Conditions({"gender": WOMEN}, limited=True),))
    late = document("b", static_key="2", alternatives=(Conditions({"gender": WOMEN}),))
    early = document("c", static_key="1", alternatives=(Conditions({"gender": WOMEN}),))
    engine.index([asks, late, early])
    assert keys(engine, chosen={"gender": "female"}) == ["c", "b", "a"]
    assert keys(engine) == ["a", "c", "b"]


def test_search_sees_each_change_at_once(engine):
    engine.index([document("a"), document("b")])
    other = DatabaseEngine()
    assert keys(other) == ["a", "b"]
    engine.remove("thing", ["a", "unknown"])
    assert keys(other) == ["b"]
    engine.index([document("c")])
    assert keys(other) == ["b", "c"]
    engine.clear("thing")
    assert keys(other) == []


def test_search_finds_words_in_any_script_with_or_without_marks(engine):
    engine.index([document("a", "Sigurna kuća"), document("b", "Posao")])
    for words in ("kuća", "kuca", "кућа", "KUĆA", "sig kuc"):
        assert keys(engine, words=words) == ["a"]


def test_search_orders_by_how_many_words_are_found(engine):
    engine.index([document("a", "Plava kapija"), document("b", "Most"), document("c", "Most i kapija")])
    assert keys(engine, words="kapija most") == ["c", "a", "b"]
    assert keys(engine, words="kapija most nigdina") == ["c"]


def test_search_distress_lifts_the_round_the_clock_services(engine):
    engine.index([document("a", "Pomoć u kući"), document("b", "Linija", round_the_clock=True)])
    result = engine.search(SearchQuery("thing", words="pomoć"))
    assert ([hit.key for hit in result.hits], result.is_distress) == (["b"], True)


def test_search_restrict_looks_only_inside_and_judges_nothing(engine):
    inside = document("a", facets={"audience": FacetValues(frozenset({"everyone"}))})
    outside = document("b", facets={"audience": FacetValues(frozenset({"professionals"}))})
    engine.index([inside, outside])
    result = engine.search(SearchQuery("thing", restrict={"audience": "everyone"}))
    assert ([hit.key for hit in result.hits], result.match_total, result.left_out_total) == (["a"], 1, 0)


def test_search_pages_without_losing_or_repeating(engine):
    engine.index([document(f"{number:02}") for number in range(7)])
    pages = [keys(engine, offset=offset, limit=3) for offset in (0, 3, 6)]
    assert pages == [["00", "01", "02"], ["03", "04", "05"], ["06"]]


def test_search_says_what_is_left_out_and_by_which_filter(engine):
    engine.index([document("a", alternatives=(Conditions({"gender": WOMEN}),)), document("b")])
    result = engine.search(SearchQuery("thing", chosen={"gender": "male"}))
    assert (result.left_out, result.left_out_total, result.ask_total) == ({"gender": 1}, 1, 1)


def test_health_is_silent_when_the_table_answers(engine):
    assert engine.health() == ""


@pytest.mark.parametrize("words", ['"', "*", "(", "&", "|", "!", "AND NOT", "/re/", "\x00", "😀", "'; drop"])
def test_search_takes_any_words(engine, words):
    engine.index([document("a", "Posao")])
    assert keys(engine, words=words) in ([], ["a"])


def test_search_forgets_what_a_rolled_back_transaction_showed(engine):
    engine.index([document("a")])
    with contextlib.suppress(RuntimeError), transaction.atomic():
        engine.index([document("b")])
        assert keys(engine) == ["a", "b"]
        raise RuntimeError
    engine.index([document("c")])
    assert keys(engine) == ["a", "c"]


def test_rebuild_gathers_words_the_same_whatever_shelves_and_batches(engine, monkeypatch):
    texts = ("kuća vrata", "vrata hrana", "hrana kuća vrata")
    things = [document(str(number), text) for number, text in enumerate(texts)]

    def found() -> list[list[str]]:
        engine.rebuild([IndexSource("thing", lambda wanted: things if wanted is None else [])])
        return [keys(engine, words=word, as_typed=True) for word in ("kuća", "vrata", "hrana")]

    at_once = found()
    assert [sorted(one) for one in at_once] == [["0", "2"], ["0", "1", "2"], ["1", "2"]]
    monkeypatch.setattr("search.engines.database.BATCH", 1)
    assert found() == at_once
    monkeypatch.setattr("search.engines.words.FEW", 0)
    assert found() == at_once
    monkeypatch.setattr("search.engines.words.SHELVES", 1)
    assert found() == at_once


def test_rebuild_finds_what_the_same_documents_written_later_are_found_by(engine):
    """A word often in one text, in many records, in two languages; numbers of two spellings; telephone numbers."""
    fields = {
        "en": {
            "name": "Women's house 12 345 678",
            "concepts": "shelter",
            "text": "the house, the HOUSE 12345678",
        },
        "sr-latn": {"name": "Sigurna kuća za house", "text": "kuće 116 000"},
        "sr-cyrl": {"name": "Сигурна кућа", "other": "кућама"},
    }
    every = [document(f"{number:03}", "Posao") for number in range(20)]
    every += [SearchDocument("thing", key, fields, static_key=key, numbers=("011 123 456",)) for key in "xy"]
    asked = (
        "house",
        "houses",
        "kuća",
        "кућа",
        "kuce",
        "posao",
        "shelter",
        "12345678",
        "345678",
        "345",
        "116000",
    )
    asked += ("011123456", "123456", "women", "houses posao", "the", "sigurno")

    def found() -> list[object]:
        return [engine.search(SearchQuery("thing", words)) for words in asked]

    engine.index(every)
    later = found()
    engine.rebuild([IndexSource("thing", lambda wanted: every if wanted is None else [])])
    assert IndexPosting.objects.exists()
    assert found() == later
    assert [len(each.hits) for each in later] == [2, 2, 2, 2, 2, 20, 2, 2, 2, 2, 2, 2, 2, 2, 22, 2, 2]
    uses = vocabulary.counts()
    assert (uses["house"], uses["kuce"], uses["posao"], "za" in uses) == (8, 2, 20, False)


def test_vocabulary_is_what_was_built_and_what_came_later(engine):
    engine.rebuild([IndexSource("thing", lambda wanted: [document("a", "Posao posao kuća da")])])
    vocabulary.forget()
    assert vocabulary.counts() == {"posao": 2, "kuca": 1}
    engine.index([document("b", "Posao vrata vrata")])
    vocabulary.forget()
    assert vocabulary.counts() == {"posao": 2, "kuca": 1, "vrata": 2}
    engine.rebuild([IndexSource("thing", lambda wanted: [])])
    vocabulary.forget()
    assert vocabulary.counts() == {}


@pytest.mark.parametrize("uses", [{}, {"a": 1}, {"жена": 3, "kuća": 4_000_000_000}])
def test_words_survive_their_packed_row(uses):
    assert unpack_words(pack_words(uses)) == uses


def test_rebuild_that_fails_leaves_the_collector_on(engine):
    def broken(wanted: object) -> list[SearchDocument]:
        assert not gc.isenabled()
        raise OSError("no disk")

    assert gc.isenabled()
    with pytest.raises(OSError, match="no disk"):
        engine.rebuild([IndexSource("thing", broken)])
    assert gc.isenabled()
