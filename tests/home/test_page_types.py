"""The pages that every site has, and the types of pages beside rights: ways, guidance, ways in, safety, news."""

from __future__ import annotations

import json
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.exceptions import ValidationError
from wagtail.models import Locale

from directory.importers import read_pages
from home.actions import load_site, publish
from home.kinds import KINDS, page_of
from home.models import (
    CONTENT,
    EntryPage,
    GuidancePage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    PathwayPage,
    RightsPage,
    SafetyPage,
    StandardPage,
)
from home.site_pack import SITE_PACK
from portal.neutral_words import telling_words
from portal.opaque import filter_code
from portal.plugins import registry
from portal.transliteration import to_cyrillic
from tests.home.conftest import items, translate

pytestmark = pytest.mark.django_db

OLDEST_STEPS = 366  # days: a browser's menu moves
SITE_PAGES = (
    "safe-reading",
    "who",
    "privacy",
    "access",
    "about-data",
    "words",
    "under-18",
    "for-family",
    "from-abroad",
)


def soup(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.content.decode(), "html.parser")


def main_of(answer):
    return soup(answer).find("main")


@pytest.mark.parametrize("language", ["en", "sr-latn", "sr-cyrl", "sl"])
@pytest.mark.parametrize("slug", SITE_PAGES)
def test_page_of_every_site_is_there_in_the_first_languages(visitor, slug, language):
    answer = visitor.get(f"/{language}/{slug}/")
    page = soup(answer)
    assert (answer.status_code, page.main["lang"]) == (200, page.html["lang"])
    assert len(page.find_all("h1")) == 1
    assert telling_words(page.title.get_text()) == ()
    assert not answer.cookies


def test_foot_of_every_page_leads_to_them_in_one_step(visitor):
    for path in ("/en/", "/en/services/", "/en/rights/rs-officers/", "/en/no/such/page/"):
        foot = {a["href"].split("?")[0] for a in soup(visitor.get(path)).footer.find_all("a")}
        wanted = {f"/en/{slug}/" for slug in SITE_PAGES[:6]}
        assert wanted <= foot, path
        assert [link for link in wanted if visitor.get(link).status_code != 200] == []


def test_every_type_of_page_comes_from_files():
    assert {
        kind: model.objects.filter(locale__language_code="en").count() for kind, model in KINDS.items()
    } == {
        "rights": 30,
        "guidance": 1,
        "pathway": 7,
        "entry": 3,
        "safety": 1,
        "plain": 5,
    }
    assert set(KINDS.values()) == set(CONTENT)


def test_loading_the_site_twice_changes_nothing():
    report = load_site()
    assert (report.changed, report.kept) == (0, [])
    assert len(report.unchanged) >= 9 * 3 + 25


def test_edited_page_of_the_site_is_kept():
    page = page_of("privacy", Locale.get_default())
    page.title = "Written by Ana"
    page.save_revision().publish()
    StandardPage.objects.filter(pk=page.pk).update(loaded_digest="an older file")
    assert load_site().kept == ["privacy"]
    assert page_of("privacy", Locale.get_default()).title == "Written by Ana"


def test_page_whose_type_changed_becomes_the_new_type(rights_index):
    for page in GuidancePage.objects.filter(key="pro"):
        page.delete()
    old = RightsPage(
        title="Old",
        slug="pro-notes",
        safe_title="Old notes",
        key="pro",
        locale=rights_index.locale,
        live=False,
    )
    rights_index.refresh_from_db()
    rights_index.add_child(instance=old)
    publish(old)
    from directory.actions.columns import digest
    from home.actions import load_pages
    from home.page_records import content_of

    stored = RightsPage.objects.get(pk=old.pk)
    stored.content_digest = digest(content_of(stored))
    stored.save_revision().publish()
    slovenia = next(pack for pack in registry.countries if pack.country.code == "SI")
    load_pages(slovenia, name="slovenia")
    assert isinstance(page_of("pro", Locale.get_default()), GuidancePage)


# --- ways in steps ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "sr-latn", "sr-cyrl", "sl"])
def test_every_way_shows_its_numbered_steps(visitor, language):
    found = {}
    for page in PathwayPage.objects.filter(locale__language_code="en"):
        article = main_of(visitor.get(f"/{language}/rights/{page.slug}/"))
        (steps,) = article.select("ol.way-map")
        found[steps["id"]] = len(steps.find_all("li", recursive=False))
        assert article["lang"] == soup(visitor.get(f"/{language}/")).html["lang"]
    assert found == {"p1": 8, "p2": 8, "p3": 9, "p4": 5, "p5": 3, "p6": 3, "p7": 4}


def test_way_stands_in_the_list_of_rights(visitor):
    links = [a["href"] for a in main_of(visitor.get("/en/rights/")).select("h3 a")]
    assert {
        f"/en/rights/{page.slug}/" for page in PathwayPage.objects.filter(locale__language_code="en")
    } <= set(links)
    assert len(links) == len(set(links)) == 38


def test_every_set_of_guidance_stands_on_the_page_for_professionals(visitor):
    page = main_of(visitor.get("/en/rights/pro-notes/"))
    assert [tag["id"] for tag in page.select("ul[id^=g]")] == [f"g{number}" for number in range(1, 13)]


def test_every_number_stands_with_its_date(visitor):
    page = main_of(visitor.get("/sl/about-data/"))
    facts = page.select("li[id^=h]")
    assert [fact["id"] for fact in facts] == [f"h{number}" for number in range(1, 12)]
    assert all(any(sign.isdigit() for sign in fact.b.get_text()) for fact in facts)


# --- ways in for groups of people ---------------------------------------------------------------------------


def test_front_page_and_list_lead_to_the_ways_in(visitor):
    wanted = {"/en/under-18/", "/en/for-family/", "/en/from-abroad/"}
    for path in ("/en/", "/en/rights/"):
        assert wanted <= {a["href"] for a in main_of(visitor.get(path)).find_all("a")}, path
    chosen = f"/en/?f={filter_code('country', 'RS')}"
    links = [a["href"] for a in main_of(visitor.get(chosen)).find_all("a") if "/under-18/" in a["href"]]
    assert links == [f"/en/under-18/?f={filter_code('country', 'RS')}"]


def test_way_in_gathers_numbers_pages_and_help_of_each_country(visitor):
    page = main_of(visitor.get("/en/under-18/"))
    for code, number in (("rs", "tel:192"), ("si", "tel:113")):
        part = page.find("section", attrs={"aria-labelledby": f"in-{code}"})
        assert part.find("a", href=number) is not None
        assert any(
            f"/rights/{code}-young" in a["href"] or f"/rights/{code}-" in a["href"]
            for a in part.find_all("a")
        )
        need = filter_code("need", "talk")
        assert any(need in a["href"] and filter_code("age", "15") in a["href"] for a in part.find_all("a"))


def test_way_in_shows_a_chosen_country_alone(visitor):
    page = main_of(visitor.get(f"/en/from-abroad/?f={filter_code('country', 'SI')}"))
    assert page.find("section", attrs={"aria-labelledby": "in-si"}) is not None
    assert page.find("section", attrs={"aria-labelledby": "in-rs"}) is None


def test_way_in_names_pages_for_these_people_only(visitor):
    page = main_of(visitor.get("/en/from-abroad/"))
    shown = {
        a["href"].split("?")[0].rsplit("/", 2)[1]
        for a in page.select("section[aria-labelledby^=in-] ul:not(.choices) a")
    }
    pages = RightsPage.objects.filter(slug__in=shown, locale__language_code="en")
    assert pages.count() > 10
    assert [entry.slug for entry in pages if "foreigner" not in entry.audience] == []
    assert EntryPage.objects.filter(slug__in=shown).count() == 0


# How many lines each browser has: removing a line from the list on a phone and a computer, a private window.
BROWSERS = {"Chrome": 3, "Safari": 2, "Firefox": 3, "Samsung Internet": 2, "Edge": 2}


# --- safety -------------------------------------------------------------------------------------------------


def test_page_about_safe_reading_says_what_no_website_can_do(visitor):
    (page,) = SafetyPage.objects.filter(locale__language_code="en")
    text = main_of(visitor.get(f"/en/{page.slug}/"))
    headings = [tag.get_text(strip=True) for tag in text.find_all("h2")]
    assert [
        each
        for each in (
            "The “Leave” button",
            "Remove one page from the list",
            "A private window",
            "Spy programs",
            "Another phone or computer",
        )
        if each not in headings
    ] == []
    assert text.find("a", class_="button", href="/exit/en") is not None


def test_practise_button_leaves_as_the_real_one_does(visitor):
    link = main_of(visitor.get("/sl/safe-reading/")).find("a", class_="button")
    answer = visitor.get(link["href"])
    assert (answer.status_code, answer["Clear-Site-Data"]) == (303, '"cache", "cookies", "storage"')


@pytest.mark.parametrize("language", settings.PORTAL_LANGUAGES)
def test_steps_of_a_browser_carry_a_date_of_the_last_twelve_months(language):
    pages = [page for page in read_pages(SITE_PACK, language) if page.kind == "safety"]
    dated = [section for page in pages for section in page.sections if section.steps or section.checked]
    assert not pages or len(dated) >= 3
    ages = [(date.today() - date.fromisoformat(section.checked)).days for section in dated]
    assert [age for age in ages if not -1 <= age <= OLDEST_STEPS] == [], "look at the browsers again"


def test_visitor_sees_when_the_steps_were_looked_at(visitor):
    times = main_of(visitor.get("/en/safe-reading/")).find_all("time")
    assert [time["datetime"] for time in times] == ["2026-11"] * 3


@pytest.mark.parametrize("language", settings.PORTAL_LANGUAGES)
def test_each_browser_has_its_steps_in_each_language(visitor, language):
    text = main_of(visitor.get(f"/{language}/safe-reading/"))
    assert text.find(attrs={"lang": True}, class_="fallback") is None
    lines = [line.get_text() for line in text.find_all("li")]
    browsers = {
        name: [line for line in lines if line.startswith((name, to_cyrillic(name)))] for name in BROWSERS
    }
    assert {name: len(found) for name, found in browsers.items()} == BROWSERS
    assert text.find("a", class_="button", href=f"/exit/{language}") is not None


# --- who runs this, news ------------------------------------------------------------------------------------


def test_who_runs_this_invents_nobody(visitor):
    text = main_of(visitor.get("/en/who/")).get_text()
    assert "have not written their name here yet" in text


def test_about_the_data_names_every_source(visitor):
    text = main_of(visitor.get("/ar/about-data/")).get_text()
    for pack in registry.countries:
        assert [line for line in pack.attribution if line not in text] == []
    assert "GeoNames, CC BY 4.0" in text


@pytest.fixture
def news(db):
    home = HomePage.objects.get(locale__language_code="en")
    listed = NewsIndexPage(title="News", slug="news", safe_title="News", locale=home.locale, live=False)
    home.add_child(instance=listed)
    publish(listed)

    def make(slug, day, live=True):
        page = NewsPage(
            title=f"Title {slug}",
            slug=slug,
            safe_title=f"News {slug}",
            date=day,
            summary="A short one.",
            body=json.dumps([{"type": "text", "value": "<p>Hello <b>you</b>.</p>", "id": "1"}]),
            locale=home.locale,
            live=False,
        )
        NewsIndexPage.objects.get(pk=listed.pk).add_child(instance=page)
        if live:
            publish(page)
        return NewsPage.objects.get(pk=page.pk)

    return make


def test_news_are_listed_the_newest_first_each_once(visitor, news, count_queries):
    old, new = news("first", date(2025, 1, 2)), news("second", date(2026, 1, 2))
    news("draft", date(2026, 2, 2), live=False)
    translate(old, "sl", "Prva novica")
    titles = [tag.get_text() for tag in main_of(visitor.get("/sl/news/")).select("h2 a")]
    assert titles == [new.title, "Prva novica"]
    visitor.get("/sl/news/")
    with count_queries() as seen:
        visitor.get("/sl/news/")
    assert len(seen) == 3


def test_piece_of_news_shows_date_summary_and_text_in_both_scripts(visitor, news):
    page = news("first", date(2025, 1, 2))
    article = main_of(visitor.get("/en/news/first/"))
    assert (article.time["datetime"][:10], article.b.get_text()) == ("2025-01-02", "you")
    copy = translate(page, "sr-latn", "Prva vest")
    copy.summary, copy.body = (
        "Kratko.",
        json.dumps([{"type": "text", "value": "<p>Zdravo <b>svima</b>.</p>", "id": "1"}]),
    )
    copy.save_revision().publish()
    cyrillic = main_of(visitor.get("/sr-cyrl/news/first/"))
    assert (cyrillic.h1.get_text(), cyrillic.b.get_text()) == ("Прва вест", "свима")
    assert "Кратко." in cyrillic.get_text()


def test_news_needs_a_neutral_title(news):
    page = news("first", date(2025, 1, 2))
    page.safe_title = ""
    with pytest.raises(ValidationError, match="neutral title"):
        page.clean()


def test_part_that_fills_itself_is_kept_the_same_in_every_language(make_page):
    page = make_page(body=[{"type": "insert", "value": "practise", "id": "1"}])
    assert translate(page, "sr-latn", "Odmor").body.raw_data[0]["value"] == "practise"


def test_section_shows_text_points_and_steps(visitor, make_page):
    value = {
        "heading": "Rest",
        "paragraphs": items("Sit down."),
        "points": items("A chair"),
        "steps": items("Breathe."),
        "checked": None,
    }
    make_page(body=[{"type": "section", "value": value, "id": "1"}])
    part = main_of(visitor.get("/en/rights/rs-rest/")).section
    assert [part.h2.get_text(), part.p.get_text(), part.ul.get_text(), part.ol.get_text(strip=True)] == [
        "Rest",
        "Sit down.",
        "A chair",
        "Breathe.",
    ]
    assert part.time is None
