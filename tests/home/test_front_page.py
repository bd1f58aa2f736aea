"""The front page and the list of rights: six choices, the hotline, countries, every language."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.utils import translation

from directory.models import TaxonomyTerm, TranslatedText
from directory.translation_states import remember_all_texts
from home.actions import ensure_site
from home.models import HomePage
from portal.opaque import filter_code
from portal.plugins import registry
from portal.states import VISITOR_SENTENCES, TextState
from tests.home.conftest import translate

pytestmark = pytest.mark.django_db

SERBIA, SLOVENIA = filter_code("country", "RS"), filter_code("country", "SI")


def soup(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.content.decode(), "html.parser")


def numbers(page) -> list[str]:
    card = page.find(class_="call")
    return [link["href"].removeprefix("tel:") for link in card.find_all("a")] if card else []


def test_front_page_shows_six_needs_in_the_first_person(visitor):
    tiles = soup(visitor.get("/sl/")).find(class_="tiles").find_all("a")
    assert [tile.find(class_="words").get_text(strip=True) for tile in tiles] == [
        "Želim se z nekom pogovoriti",
        "Potrebujem varen kraj za spanje",
        "Želim oditi od tu",
        "Potrebujem zdravnika",
        "Potrebujem odvetnika",
        "Nimam denarja",
    ]
    assert tiles[1]["href"] == f"/sl/services/?f={filter_code('need', 'shelter')}"


def test_front_page_lists_all_needs(visitor):
    links = {link["href"] for link in soup(visitor.get("/en/")).find_all("a", href=True)}
    slugs = TaxonomyTerm.objects.filter(taxonomy__key="needs").values_list("slug", flat=True)
    assert len(slugs) == 30
    assert {f"/en/services/?f={filter_code('need', slug)}" for slug in slugs} <= links


def test_front_page_links_rights_providers_and_services(visitor):
    links = {link["href"] for link in soup(visitor.get("/en/")).find("main").find_all("a", href=True)}
    assert {
        f"/en/rights/?f={SERBIA}",
        f"/en/rights/?f={SLOVENIA}",
        "/en/organizations/",
        "/en/services/",
    } <= links


def test_language_never_decides_the_country(visitor):
    for language in ("en", "sr-latn", "sl", "ar"):
        assert numbers(soup(visitor.get(f"/{language}/"))) == ["192", "113"]


def test_chosen_country_travels(visitor):
    page = soup(visitor.get(f"/sl/?f={SERBIA}"))
    assert numbers(page) == ["192", "194", "193"]
    assert page.find(class_="tiles").a["href"] == f"/sl/services/?f={filter_code('need', 'talk')}.{SERBIA}"
    assert page.find("a", attrs={"aria-current": "true"}, href=f"/sl/?f={SERBIA}")


@pytest.mark.parametrize(("codes", "expected"), [(["RS"], ["192"]), (["SI"], ["113"]), ([], [])])
def test_front_page_works_with_any_set_of_countries(visitor, codes, expected):
    packs = [pack for pack in registry.countries if pack.country.code in codes]
    with registry.countries.only(packs):
        answer = visitor.get("/en/")
    assert answer.status_code == 200
    assert numbers(soup(answer)) == expected


@pytest.mark.parametrize("text", ["", "nothing", "'\"><b>", SERBIA.upper(), "." * 500])
def test_odd_codes_are_a_country_not_chosen(visitor, text):
    answer = visitor.get("/en/", {"f": text})
    assert answer.status_code == 200
    assert numbers(soup(answer)) == ["192", "113"]


def test_front_page_answers_when_only_english_exists(visitor):
    HomePage.objects.exclude(locale__language_code="en").delete()
    page = soup(visitor.get("/ar/"))
    assert (page.html["lang"], page.main["lang"], page.main["dir"]) == ("ar", "ar", "rtl")
    first = TaxonomyTerm.objects.get(taxonomy__key="needs", front_page=1)
    assert first.plain_ar
    assert page.find(class_="tiles").find(class_="words").get_text(strip=True) == first.plain_ar


def test_front_page_answers_before_anything_is_loaded(visitor):
    HomePage.objects.all().delete()
    assert visitor.get("/en/").status_code == 200


def test_first_sentence_of_an_editor_stands_in_its_language_only(visitor):
    home = HomePage.objects.get(locale__language_code="sl")
    home.intro = "Tukaj ste varni."
    home.save_revision().publish()
    assert "Tukaj ste varni." in visitor.get("/sl/").content.decode()
    assert "Tukaj ste varni." not in visitor.get("/en/").content.decode()


def test_front_page_takes_three_queries(visitor, count_queries):
    for path in ("/en/", "/ar/", f"/sl/?f={SERBIA}"):
        visitor.get(path)
        with count_queries() as seen:
            visitor.get(path)
        assert len(seen) == 3, path


def test_list_of_rights_is_grouped_by_country_the_chosen_one_first(visitor):
    def headings(path):
        return [h.get_text(strip=True) for h in soup(visitor.get(path)).find("main").select("section h2")]

    assert headings("/en/rights/") == ["Serbia", "Slovenia", "For people who help at work"]
    assert headings(f"/en/rights/?f={SLOVENIA}") == ["Slovenia", "Serbia", "For people who help at work"]


def test_list_of_rights_names_every_page_once_in_the_readers_language(visitor):
    links = soup(visitor.get("/sr-cyrl/rights/")).find("main").select("h3 a")
    assert len(links) == 38
    assert "Ваша права у полицији" in [link.get_text(strip=True) for link in links]


def test_title_that_is_not_translated_carries_its_language(visitor, make_page):
    make_page("rs-rest")
    link = soup(visitor.get("/ar/rights/")).find("a", href="/ar/rights/rs-rest/")
    assert link.find("span")["lang"] == "en"


def test_list_of_rights_takes_the_title_of_a_translation(visitor, make_page):
    page = make_page(localized_titles={"sl": "Stari naslov", "sr-latn": "Vaš odmor"})
    assert "Stari naslov" in visitor.get("/sl/rights/").content.decode()
    translate(page, "sl", "Vaš počitek")
    text = visitor.get("/sl/rights/").content.decode()
    assert "Vaš počitek" in text
    assert "Stari naslov" not in text


def test_list_of_rights_takes_six_queries_at_any_length(visitor, count_queries, make_page):
    for slug in ("rs-one", "rs-two", "rs-three"):
        visitor.get("/sl/rights/")
        with count_queries() as seen:
            visitor.get("/sl/rights/")
        assert len(seen) == 6
        translate(make_page(slug), "sl", f"Stran {slug}")


def test_site_is_made_once(count_queries):
    before = list(HomePage.objects.values_list("pk", "locale__language_code", "live"))
    ensure_site()
    assert list(HomePage.objects.values_list("pk", "locale__language_code", "live")) == before
    assert {code for _, code, _ in before} == {"en", "sr-latn", "sr-cyrl", "sl", "sq", "hu", "uk", "ru", "ar"}
    assert all(live for *_, live in before)


WAYS_IN = {"ar": "عمري أقل من 18 سنة", "uk": "Мені ще немає 18 років", "ru": "Мне ещё нет 18 лет"} | {
    "hu": "Még nem vagyok 18 éves",
    "sq": "Jam nën 18 vjeç",
    "sr-cyrl": "Немам 18 година",
    "sl": "Nimam še 18 let",
}


@pytest.mark.parametrize("language", WAYS_IN)
def test_ways_in_for_groups_are_named_in_the_language_of_the_page(visitor, language):
    links = (
        soup(visitor.get(f"/{language}/")).find("nav", attrs={"aria-labelledby": "for-whom"}).find_all("a")
    )
    assert links[0].get_text() == WAYS_IN[language]
    assert [link for link in links if link.find(lang=True)] == []


@pytest.mark.parametrize(("language", "written"), [("sl", "sl"), ("sr-cyrl", "sr-latn"), ("ar", "ar")])
def test_front_page_says_once_that_nobody_has_read_the_needs(visitor, language, written):
    with translation.override(language):
        told = str(VISITOR_SENTENCES[TextState.UNREVIEWED])
    remember_all_texts()
    assert visitor.get(f"/{language}/").content.decode().count(told) == 1
    rows = TranslatedText.objects.filter(kind="term", field="plain", language=written)
    assert rows.update(reviewed=True) >= 30
    assert told not in visitor.get(f"/{language}/").content.decode()
    rows.filter(key="needs:money").update(reviewed=False)
    assert told in visitor.get(f"/{language}/").content.decode()


def test_front_page_says_nothing_of_english_needs(visitor):
    assert str(VISITOR_SENTENCES[TextState.UNREVIEWED]) not in visitor.get("/en/").content.decode()
