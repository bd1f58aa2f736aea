"""The editors' lists of search words: they read, filter and save through the actions."""

from __future__ import annotations

import pytest
from django.urls import reverse

from search.analysis import analyse_query
from search.lexicon import find_concepts
from search.lexicon_models import Concept, ConceptTerm
from tests.people import ana, milena

pytestmark = pytest.mark.django_db


def test_words_list_is_filtered_by_language_and_reviewed(client, count_queries) -> None:
    client.force_login(milena())
    url = reverse("search_words:index")
    with count_queries() as seen:
        page = client.get(url, {"language": "hu", "reviewed": "false"})
    assert {term.language for term in page.context["object_list"]} == {"hu"}
    assert len(seen) < 20


def test_a_new_word_is_found_at_once(client) -> None:
    client.force_login(milena())
    concept = Concept.objects.get(key="shelter")
    values = {"concept": concept.pk, "language": "en", "text": "igloo", "reviewed": "on"}
    client.post(reverse("search_words:add"), values)
    (match,) = find_concepts(analyse_query("an igloo"))
    assert match.concept == "shelter"
    assert ConceptTerm.objects.get(text="igloo").source == ""


def test_reviewing_a_word_keeps_its_source(client) -> None:
    client.force_login(milena())
    word = ConceptTerm.objects.filter(source="lexicon", language="sl").first()
    assert word is not None
    values = {"concept": word.concept_id, "language": "sl", "text": word.text, "reviewed": "on"}
    client.post(reverse("search_words:edit", args=[word.pk]), values)
    word.refresh_from_db()
    assert (word.reviewed, word.source) == (True, "lexicon")


def test_deleting_a_word_makes_it_unfound(client) -> None:
    client.force_login(milena())
    for word in ConceptTerm.objects.filter(text="hostel"):
        client.post(reverse("search_words:delete", args=[word.pk]))
    assert find_concepts(analyse_query("hostel")) == []


def test_a_concept_with_a_wrong_link_is_refused(client) -> None:
    client.force_login(milena())
    concept = Concept.objects.get(key="shelter")
    values = {"key": "shelter", "name": "Shelter", "links": "shelter"}
    page = client.post(reverse("search_concepts:edit", args=[concept.pk]), values)
    assert page.context["form"].errors.keys() == {"links"}


def test_who_may_not_edit_the_lexicon_sees_none_of_it(client) -> None:
    client.force_login(ana())
    assert client.get(reverse("search_words:index")).status_code == 302
