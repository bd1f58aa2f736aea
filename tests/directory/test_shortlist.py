"""The visitor's list: nothing is stored, its pages work by links, paper says little, a link never holds words."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from directory.models import Phone, Service
from directory.shortlist import ON_A_CARD, entries
from portal.kept import MOST
from portal.neutral_words import is_neutral
from portal.opaque import filter_code

pytestmark = pytest.mark.django_db
FACTS = ("S43", "S33", "S103")


class Visitor(Client):
    """Goes by links, without a script."""

    page: BeautifulSoup
    path: str

    def open(self, path: str) -> Visitor:
        answer = self.get(path)
        assert (answer.status_code, answer.cookies) == (200, {})
        self.path, self.page = path, BeautifulSoup(answer.content, "html.parser")
        return self

    def tap(self, words: str) -> Visitor:
        found = (link for link in self.page.find_all("a") if words in link.get_text(" ", strip=True))
        return self.open(next(found)["href"])


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


def codes(*facts: str) -> str:
    return ".".join(Service.objects.get(fact_id=fact).code for fact in facts)


def names(page: BeautifulSoup) -> list[str]:
    return [cell.get_text(strip=True) for cell in page.select(".compare thead th")]


def test_services_are_put_on_the_list_and_taken_off_by_links(visitor) -> None:
    visitor.open("/en/services/")
    first, second = [card.h3.get_text(strip=True) for card in visitor.page.select(".card.service")[:2]]
    visitor.tap("Put it on my list").tap("Put it on my list")
    assert urlsplit(visitor.path).path.startswith("/k/")
    assert "2 services." in visitor.page.select_one(".kept").get_text()
    assert len([p for p in visitor.page.select(".keep") if "On your list" in p.get_text()]) == 2
    visitor.tap("Your list")
    assert names(visitor.page) == [first, second]
    visitor.tap("Take it off")
    assert names(visitor.page) == [second]
    visitor.tap("Take it off")
    assert "Nothing is on your list yet" in visitor.page.main.get_text()
    assert visitor.path == "/en/list/"


def test_press_comes_back_to_its_card_on_the_same_page(visitor) -> None:
    card = visitor.open(f"/en/services/?f={filter_code('country', 'SI')}&page=2").page.select_one(
        ".card.service"
    )
    link = urlsplit(card.select_one(".keep a")["href"])
    assert link.query == f"f={filter_code('country', 'SI')}&page=2"
    assert link.fragment == card["id"]
    assert visitor.open(link.geturl()).page.find(id=link.fragment) is not None


def test_way_back_keeps_the_list_and_the_filters(visitor) -> None:
    legal = filter_code("need", "legal")
    visitor.open(f"/en/services/?f={legal}").tap("Put it on my list")
    here = urlsplit(visitor.path)
    visitor.tap("Your list").tap("Back to the services")
    assert (urlsplit(visitor.path).path, urlsplit(visitor.path).query) == (here.path, f"f={legal}")
    assert visitor.page.select_one(".kept") is not None


def test_list_follows_into_another_language_and_into_hidden_steps(visitor) -> None:
    kept = codes("S43")
    visitor.open(f"/k/{kept}/en/list/").tap("Slovenščina")
    assert visitor.path == f"/k/{kept}/sl/list/"
    visitor.open(f"/k/{kept}/en/list/").tap("Hide my steps")
    assert visitor.path == f"/w/k/{kept}/en/list/"
    visitor.tap("Take it off")
    assert visitor.path == "/w/en/list/"


def test_full_list_says_so_and_takes_no_more(visitor) -> None:
    many = list(Service.objects.for_visitors().order_by("key").values_list("code", flat=True)[: MOST + 2])
    visitor.open(f"/k/{'.'.join(many[:MOST])}/en/services/{many[-1]}/")
    assert (
        f"Your list is full: {MOST} services. Take one off first."
        in visitor.page.select_one(".keep").get_text()
    )
    visitor.open(f"/k/{'.'.join(many)}/en/list/")
    assert len(names(visitor.page)) == MOST


def test_service_that_is_no_longer_offered_is_left_out_and_said(visitor) -> None:
    kept = codes("S43", "S33")
    Service.objects.filter(fact_id="S33").update(publication="hidden")
    visitor.open(f"/k/{kept}.zzzzz/en/list/")
    assert len(names(visitor.page)) == 1
    assert "no longer offered" in visitor.page.main.get_text()


@pytest.mark.parametrize("number", [1, 3, 6])
def test_list_takes_a_fixed_number_of_queries(visitor, number, django_assert_num_queries) -> None:
    reachable = Service.objects.for_visitors().filter(organization__phones__publish="yes").distinct()
    found = list(reachable.order_by("key").values_list("code", flat=True)[:number])
    with django_assert_num_queries(3):
        assert len(entries(found)) == number


def test_comparison_says_the_same_of_each_service(visitor) -> None:
    visitor.open(f"/k/{codes(*FACTS)}/en/list/")
    rows = visitor.page.select(".compare tbody tr")
    labels = [row.th.get_text(strip=True) for row in rows if row.th]
    assert labels[:4] == ["Number to call", "Who gives it", "When", "Where"]
    assert {len(row.select("td .of")) for row in rows} == {3}
    numbers = [link["href"] for link in visitor.page.select(".compare a[href^='tel:']")]
    assert "tel:+381117850000" in numbers


def test_secret_place_shows_its_country_only(visitor) -> None:
    secret = Service.objects.get(fact_id="S33")
    assert secret.is_confidential
    visitor.open(f"/k/{secret.code}/en/list/")
    where = next(row for row in visitor.page.select("tbody tr") if row.th and row.th.get_text() == "Where")
    assert (
        where.select_one("td")
        .get_text(" ", strip=True)
        .removeprefix(secret.name_en)
        .strip()
        .startswith("Serbia")
    )


@pytest.mark.parametrize("language", ["en", "sr-latn", "sr-cyrl", "sl"])
def test_paper_says_little_by_itself(visitor, language) -> None:
    every = list(Service.objects.for_visitors().order_by("key").values_list("code", flat=True))
    seen = 0
    for start in range(0, len(every), MOST):
        kept = ".".join(every[start : start + MOST])
        for path in ("list/card/", "list/sheet/"):
            page = visitor.open(f"/k/{kept}/{language}/{path}").page
            assert is_neutral(page.title.get_text())
            assert "Sidro" not in page.title.get_text()
            printed = [part.get_text(" ") for part in page.select(".wallet, .sheet")]
            assert [text for text in printed if not is_neutral(text)] == []
            seen += len(printed)
            assert not any("http" in text for text in printed)
    assert seen > len(every)


def test_card_has_each_number_once_and_fits_its_size(visitor) -> None:
    page = visitor.open(f"/k/{codes('S43', 'S1', 'S33', 'S103')}/en/list/card/").page
    numbers = [number.get_text() for number in page.select(".wallet .number")]
    assert len(numbers) == len(set(numbers)) > 0
    assert max(len(card.select("li")) for card in page.select(".wallet")) <= ON_A_CARD
    names_ = page.select_one(".screen dl").get_text()
    assert "ASTRA" in names_


def test_number_that_nobody_checked_says_so_on_paper(visitor) -> None:
    service = Service.objects.get(fact_id="S43")
    Phone.objects.filter(organization=service.organization).update(publish="noted")
    for path in ("list/", "list/card/", "list/sheet/"):
        assert "Not checked by us." in visitor.open(f"/k/{service.code}/en/{path}").page.main.get_text()


def test_sheet_stands_in_the_visitors_and_the_offices_language(visitor) -> None:
    kept = codes("S43")
    sheet = visitor.open(f"/k/{kept}/ar/list/sheet/").page.select_one(".sheet table")
    heads = [(cell.get("lang"), cell.get("dir")) for cell in sheet.select("thead th")]
    assert heads == [(None, None), ("sr-Latn", "ltr")]
    assert "Kako da se javite" in sheet.get_text()
    assert visitor.open(f"/k/{codes('S103')}/en/list/sheet/").page.select_one("th[lang]")["lang"] == "sl"
    assert visitor.open(f"/k/{kept}/sr-latn/list/sheet/").page.select_one("th[lang]")["lang"] == "en"
    cyrillic = visitor.open(f"/k/{kept}/en/list/sheet/sr-cyrl/").page.select_one(".sheet table")
    assert "Како да се јавите" in cyrillic.get_text()


def test_sheet_with_all_words_is_one_press_away(visitor) -> None:
    visitor.open(f"/k/{codes('S33')}/en/list/sheet/sl/")
    assert "trafficking" not in visitor.page.select_one(".sheet").get_text().lower()
    visitor.tap("All words")
    assert "trafficking" in visitor.page.select_one(".sheet").get_text().lower()
    visitor.tap("Neutral words only")
    assert visitor.path.endswith("/list/sheet/sl/")


def test_sheet_in_an_unknown_language_is_not_found(visitor) -> None:
    assert visitor.get(f"/k/{codes('S43')}/en/list/sheet/xx/").status_code == 404


def test_sheet_has_a_picture_of_the_number_for_a_camera(visitor) -> None:
    sheet = visitor.open(f"/k/{codes('S43')}/en/list/sheet/").page.select_one(".sheet")
    assert "+381 11 785 0000" in sheet.select_one("svg.qr")["aria-label"]


def test_link_to_share_holds_filters_and_services_but_no_words(visitor) -> None:
    place = {"words": "tajna reč", "place": "Čukarica", "need": "legal"}
    sealed = visitor.post("/en/services/", place)["Location"]
    visitor.open(sealed).tap("Put it on my list").tap("Link to share")
    link = visitor.page.select_one(".link").get_text(strip=True)
    parts = urlsplit(link)
    assert (parts.scheme, parts.netloc) == ("http", "testserver")
    assert "/r/" not in link
    assert filter_code("need", "legal") in parts.query
    assert not any(word in link.lower() for word in ("tajna", "ukarica", "rec"))
    shared = Visitor().open(f"{parts.path}?{parts.query}")
    assert len(names(shared.page)) == 1
    shared.tap("Back to the services")
    assert filter_code("need", "legal") in shared.path


def test_link_to_share_without_a_list_leads_to_the_filtered_services(visitor) -> None:
    legal = filter_code("need", "legal")
    visitor.open(f"/w/en/services/?f={legal}").tap("Link to share")
    assert (
        visitor.page.select_one(".link").get_text(strip=True) == f"http://testserver/en/services/?f={legal}"
    )
    assert visitor.page.select_one("figure svg.qr") is not None


def test_pages_of_the_list_are_flat_and_not_for_search_engines(visitor) -> None:
    for path in ("list/", "list/card/", "list/sheet/", "list/share/"):
        answer = visitor.get(f"/k/{codes('S43')}/en/{path}")
        assert answer["X-Robots-Tag"] == "noindex"
        assert "no-store" in answer["Cache-Control"]
        assert BeautifulSoup(answer.content, "html.parser").html["data-flat"] == "page"
