"""The guided finder as a visitor walks it, and its questions as files and editors change them."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation

from directory import finder
from directory.actions import load_finder, review_texts, save_finder_question
from directory.actions.finder import FINDER_FILE
from directory.importers.errors import UnreadableImport
from directory.models import FinderAnswer, FinderQuestion, Service, ServiceTerm, TaxonomyTerm, TranslatedText
from home import translation_dashboard
from portal.neutral_words import is_neutral
from portal.opaque import filter_code
from portal.states import TextState
from search.sealed_pages import PAGE

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "sr-latn", "sr-cyrl", "sl", "ar", "uk", "ru", "hu", "sq")


class Visitor(Client):
    """Walks the finder by the words that it reads."""

    page: BeautifulSoup

    def open(self, path: str) -> Visitor:
        answer = self.get(path)
        assert answer.status_code == 200
        self.page = BeautifulSoup(answer.content, "html.parser")
        return self

    def tap(self, words: str) -> Visitor:
        return self.open(self.link(words))

    def link(self, words: str) -> str:
        links = self.page.main.find_all("a")
        return next(link["href"] for link in links if link.get_text(" ", strip=True).startswith(words))

    def send(self, **values: str) -> Visitor:
        answer = self.post(self.page.main.form["action"], values)
        assert answer.status_code == 303
        return self.open(answer["Location"])

    @property
    def title(self) -> str:
        return self.page.h1.get_text(strip=True)


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


def codes(*pairs: tuple[str, str]) -> str:
    return "?f=" + ".".join(filter_code(*pair) for pair in pairs)


def test_finder_ends_in_the_list_with_everything_chosen(visitor):
    visitor.open("/en/find/").tap("I need help").tap("I need a safe place to sleep")
    visitor.tap("For a man").send(age="34")
    assert visitor.title == "Where are you?"
    chosen = (("need", "shelter"), ("age", "34"), ("gender", "male"), ("country", "RS"))
    assert visitor.link("Serbia") == f"/en/services/{codes(*chosen)}"
    assert "34 years" in visitor.tap("Serbia").page.main.get_text()


def test_finder_every_question_can_be_skipped(visitor):
    visitor.open("/en/find/")
    titles = [visitor.title]
    while True:
        skip = visitor.page.main.find("a", string="Skip this question")
        if skip is None:
            break
        titles.append(visitor.open(skip["href"]).title)
    assert len(titles) == 5
    assert visitor.link("Show the services now") == "/en/services/"


def test_finder_back_keeps_what_was_chosen(visitor):
    visitor.open("/en/find/").tap("I need help").tap("I need a lawyer").tap("For a woman")
    visitor.tap("Back")
    assert visitor.title == "Who is the help for?"
    assert "For a woman" in visitor.page.find(attrs={"aria-current": "true", "class": "tile"}).get_text()
    visitor.tap("Back")
    assert "I need a lawyer" in visitor.page.find(attrs={"aria-current": "true", "class": "tile"}).get_text()
    assert filter_code("gender", "female") in visitor.link("I need a lawyer")


def test_finder_danger_shows_numbers_first_then_continues(visitor):
    visitor.open("/en/find/").tap("I am in danger now")
    page = visitor.page
    assert "small" not in page.find("section", class_="call")["class"]
    assert page.main.find("section", attrs={"aria-labelledby": "national"})
    assert visitor.tap("Continue").title == "What do you need?"


def test_finder_danger_among_the_needs_leads_to_the_numbers_once(visitor):
    visitor.open("/en/find/").tap("I am in danger now").tap("Continue").tap("Something else")
    assert visitor.tap("I am in danger now").title == "Who is the help for?"
    visitor.open("/en/find/").tap("I need help").tap("Something else")
    assert visitor.tap("I am in danger now").title == "Call now"


def test_finder_under_18_shows_lines_and_child_pages_first(visitor):
    visitor.open("/en/find/").tap("I am under 18")
    links = [link["href"] for link in visitor.page.main.find_all("a")]
    assert "/en/rights/rs-young/" in links
    assert "/en/rights/si-under-18/" in links
    assert any(link.startswith("tel:") for link in links)
    assert visitor.tap("Continue").title == "What do you need?"


def test_finder_age_under_18_leads_to_the_page_for_children_once(visitor):
    visitor.open("/en/find/").tap("I need help").tap("Skip").tap("Skip").send(age="15")
    assert visitor.title == "Help if you are under 18"
    assert visitor.tap("Continue").title == "Where are you?"
    visitor.open("/en/find/").tap("I am under 18").tap("Continue").tap("Skip").tap("Skip").send(age="15")
    assert visitor.title == "Where are you?"


def test_finder_age_in_other_digits_is_read_and_nonsense_is_asked_again(visitor):
    visitor.open("/en/find/").tap("I need help").tap("Skip").tap("Skip")
    age = visitor.page.main.form["action"]
    assert filter_code("age", "25") in visitor.post(age, {"age": "٢٥"})["Location"]
    visitor.send(age="old")
    assert visitor.title == "How old are you?"
    assert "Write the age as a number." in visitor.page.main.get_text()


def test_finder_speaks_of_somebody_else_to_the_end(visitor):
    visitor.open("/en/find/").tap("Somebody else needs help")
    assert visitor.title == "What does this person need?"
    visitor.tap("Medical care").tap("Skip")
    assert visitor.title == "How old is this person?"
    assert visitor.tap("Skip").title == "Where is this person?"
    assert visitor.tap("Back").title == "How old is this person?"


def test_finder_person_who_uses_violence_is_told_whom_to_ask_until_there_is_a_service(visitor):
    visitor.open("/en/find/").tap("I hurt somebody")
    assert "Our list has no service for this yet." in visitor.page.main.get_text()
    assert visitor.link("Centre for social work") == f"/en/organizations/{codes(('kind', 'social_work'))}"
    service = Service.objects.for_visitors().first()
    term = TaxonomyTerm.objects.create(
        key="target_group:x", slug="x", taxonomy_id=service.service_type.taxonomy_id, code="xxxxx"
    )
    ServiceTerm.objects.create(service=service, term=term)
    FinderQuestion.objects.filter(key="stop").update(term=term)
    text = visitor.open("/en/find/").tap("I hurt somebody").page.main.get_text()
    assert service.name_en in text
    assert "Our list has no service" not in text


def test_finder_typed_place_is_sealed_and_in_no_address(visitor):
    visitor.open("/en/find/")
    for _number in range(4):
        visitor.tap("I need help" if visitor.title == "What is happening?" else "Skip")
    place = visitor.page.main.form["action"]
    sure = visitor.post(place, {"place": "Čukarica"})["Location"]
    assert urlsplit(sure).path.startswith("/en/r/")
    assert "ukarica" not in sure
    assert "Čukarica" in visitor.open(sure).page.main.get_text()
    several = visitor.post(place, {"place": "Beograd"})["Location"]
    assert "eograd" not in several
    visitor.open(several)
    assert visitor.title == "Where are you?"
    assert filter_code("area", "rs-m-cukarica") in visitor.link("Čukarica")
    unknown = visitor.open(visitor.post(place, {"place": "Xyzzyx"})["Location"])
    assert "We do not know this place" in unknown.page.main.get_text()


def test_finder_sealed_page_forgets_the_place_after_an_hour(visitor):
    from datetime import UTC, datetime, timedelta

    from portal.sealing import seal

    trail = "-".join(finder.step_code(key) for key in ("start", "place"))
    token = seal({PAGE: "finder", "t": trail, "p": "Beograd"}, now=datetime.now(UTC) - timedelta(hours=2))
    visitor.open(f"/en/r/{token}/")
    assert visitor.title == "Where are you?"
    assert "Beograd" not in visitor.page.main.decode()


def test_finder_form_from_another_site_is_refused(visitor):
    assert (
        visitor.post("/en/find/", {"age": "3"}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    )


def test_finder_address_that_means_nothing_is_the_first_page(visitor):
    assert visitor.open("/en/find/zzzz-0000/?f=bcdf").title == "What is happening?"


def test_finder_needs_show_six_and_the_rest_behind_something_else(visitor):
    visitor.open("/en/find/").tap("I need help")
    assert len(visitor.page.find_all("a", class_="tile")) == 6
    rest = visitor.tap("Something else").page.find_all("a", class_="tile")
    assert len(rest) == TaxonomyTerm.objects.filter(taxonomy__key="needs", front_page=0).count()
    assert visitor.tap("Back").title == "What do you need?"


@pytest.mark.parametrize("language", LANGUAGES)
def test_finder_titles_are_neutral_and_every_text_is_in_the_language(visitor, language):
    visitor.open(f"/{language}/find/")
    trails = [[finder.step_code("start"), finder.step_code(key)] for key in keys()]
    for trail in trails:
        visitor.open(f"/{language}/find/{'-'.join(trail)}/")
        assert is_neutral(visitor.page.title.get_text())
        assert not visitor.page.main.select("h1 [lang], .lead [lang], .tile [lang]"), visitor.title


def keys() -> list[str]:
    return [row["key"] for row in json.loads(FINDER_FILE.read_text(encoding="utf-8"))]


def test_finder_at_most_six_answers_on_a_page():
    for question in FinderQuestion.objects.prefetch_related("answers"):
        assert len([answer for answer in question.answers.all() if answer.text_en]) <= 6


def test_finder_page_takes_few_queries(visitor, count_queries):
    with count_queries() as seen:
        visitor.open("/en/find/")
    assert len(seen) == 4


UNREAD = {
    "sl": "Tega besedila še ni prebral nihče, ki mu je to materni jezik.",
    "sr-cyrl": "Овај текст још није прочитао нико коме је то матерњи језик.",
    "en": "",
}


@pytest.mark.parametrize("language", UNREAD)
def test_finder_says_once_that_nobody_has_read_its_words(visitor, language):
    page = visitor.get(f"/{language}/find/").content.decode()
    sentence = UNREAD[language] or "No native speaker has read"
    assert page.count(sentence) == (1 if UNREAD[language] else 0)


def test_finder_that_was_read_says_nothing_and_one_older_than_the_english_says_so(visitor):
    rows = TranslatedText.objects.filter(kind__in=("question", "answer"), language="sl")
    assert len(rows) >= 30
    review_texts([row.pk for row in rows])
    assert UNREAD["sl"] not in visitor.get("/sl/find/").content.decode()
    first = FinderQuestion.objects.get(key="start")
    first.title_en = "Another question?"
    first.save()
    assert "Angleško besedilo je novejše." in visitor.get("/sl/find/").content.decode()


def test_editors_see_the_finders_texts_by_language_with_a_link_to_the_question():
    items = list(translation_dashboard.items("hu", "finder"))
    assert {item.state for item in items} == {TextState.UNREVIEWED}
    assert len(items) >= 30
    assert all(item.url.startswith("/cms/directory/finder/edit/") for item in items)


def test_finder_question_switched_off_is_not_asked(visitor):
    FinderQuestion.objects.filter(key="gender").update(enabled=False)
    visitor.open("/en/find/").tap("I need help").tap("Skip")
    assert visitor.title == "How old are you?"


def test_finder_order_of_the_questions_is_data(visitor):
    FinderQuestion.objects.filter(key="place").update(order=15)
    visitor.open("/en/find/").tap("I need help")
    assert visitor.title == "Where are you?"
    answer = visitor.post(visitor.page.main.form["action"], {"place": "Čukarica"})
    assert filter_code("area", "rs-m-cukarica") in answer["Location"]
    assert visitor.open(answer["Location"]).title == "What do you need?"


def test_finder_without_questions_still_leads_to_the_services(visitor):
    FinderQuestion.objects.all().delete()
    assert visitor.open("/en/find/").link("Show the services now") == "/en/services/"


def test_load_finder_twice_changes_nothing():
    report = load_finder()
    assert not report.changed
    assert set(report.unchanged) == set(keys())


def test_load_finder_keeps_what_an_editor_changed(tmp_path):
    question = FinderQuestion.objects.get(key="gender")
    question.title_en = "For whom is it?"
    save_finder_question(question)
    rows = json.loads(FINDER_FILE.read_text(encoding="utf-8"))
    for row in rows:
        row["title"]["en"] += "!"
    path = tmp_path / "finder.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    report = load_finder(path)
    assert report.kept == ["gender"]
    question.refresh_from_db()
    assert question.title_en == "For whom is it?"
    assert question.answers.count() == 3
    assert FinderQuestion.objects.get(key="age").title_en == "How old are you?!"


def test_load_finder_names_what_does_not_exist(tmp_path):
    path = tmp_path / "finder.json"
    row = {"key": "x", "kind": "choice", "answers": [{"filter": "gender", "value": "y", "next": "nowhere"}]}
    path.write_text(json.dumps([row]), encoding="utf-8")
    with pytest.raises(UnreadableImport) as caught:
        load_finder(path)
    assert {problem.row for problem in caught.value.problems} == {"x"}
    assert len(caught.value.problems) == 2


@pytest.mark.parametrize(("name", "value"), [("gender", "x"), ("age", "9-3"), ("need", "nothing")])
def test_finder_answer_with_a_value_that_the_filter_lacks_is_refused(name, value):
    question = FinderQuestion.objects.get(key="gender")
    with translation.override("en"), pytest.raises(ValidationError):
        FinderAnswer(question=question, text="x", filter=name, value=value).full_clean()
