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


def review_url(words: list[ConceptTerm]) -> str:
    marks = "&".join(f"id={word.pk}" for word in words)
    return reverse("wagtail_bulk_action", args=["search", "conceptterm", "review"]) + f"?{marks}"


def test_ticked_words_are_marked_as_reviewed_at_once(client) -> None:
    client.force_login(milena())
    first, second, other = ConceptTerm.objects.filter(language="sl", reviewed=False)[:3]
    page = client.get(review_url([first, second]))
    assert {word.pk for word in page.context["words"]} == {first.pk, second.pk}
    assert not ConceptTerm.objects.filter(
        pk__in=[first.pk, second.pk], reviewed=True
    ).exists()  # only asked yet
    client.post(review_url([first, second]))
    for word in (first, second, other):
        source = word.source
        word.refresh_from_db()
        assert (word.reviewed, word.source) == (word != other, source)


def test_marking_a_whole_lexicon_as_reviewed_is_refused(client) -> None:
    client.force_login(milena())
    url = reverse("wagtail_bulk_action", args=["search", "conceptterm", "review"]) + "?id=all"
    assert client.post(url).status_code == 404
    assert not ConceptTerm.objects.filter(reviewed=True).exists()


def test_who_may_not_edit_the_lexicon_marks_nothing(client) -> None:
    client.force_login(ana())
    word = ConceptTerm.objects.filter(reviewed=False).first()
    assert word is not None
    assert client.post(review_url([word])).status_code in (302, 403)
    word.refresh_from_db()
    assert not word.reviewed


def test_words_list_has_a_tick_for_each_word_and_the_action(client) -> None:
    client.force_login(milena())
    page = client.get(reverse("search_words:index"), {"language": "hu"}).content.decode()
    assert page.count("data-bulk-action-checkbox") == page.count('id="word_') > 10
    assert reverse("wagtail_bulk_action", args=["search", "conceptterm", "review"]) in page
