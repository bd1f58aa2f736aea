"""The result page: one box for everything, sealed words, groups, and always a way on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from directory.listing import PAGE_SIZE
from directory.models import Organization, Service
from portal.neutral_words import telling_words
from portal.opaque import filter_code
from portal.sealing import seal, unseal
from search.checks import ELASTICSEARCH
from search.index import rebuild_all

pytestmark = pytest.mark.django_db

SLOVENIA = f"?f={filter_code('country', 'SI')}"


@pytest.fixture
def visitor() -> Client:
    return Client()


def find(visitor: Client, words: str, language: str = "en", query: str = "") -> BeautifulSoup:
    answer = visitor.post(f"/{language}/search/{query}", {"words": words})
    page = visitor.get(answer["Location"])
    assert (answer.status_code, page.status_code) == (303, 200)
    return BeautifulSoup(page.content, "html.parser")


def groups(page: BeautifulSoup) -> list[str]:
    return [h["id"] for h in page.main.select("h2[id^=g-]")]


@pytest.mark.parametrize("path", ["", "services/", "organizations/", "rights/", "places/", "no/such/page/"])
def test_box_stands_on_every_page(visitor, path):
    page = BeautifulSoup(visitor.get(f"/sl/{path}").content, "html.parser")
    box = page.select_one("form.find")
    assert (box["method"], box["action"]) == ("post", "/sl/search/")
    assert page.select_one(f"label[for={box.select_one('input[type=text]')['id']}]").get_text(strip=True)


def test_words_stand_in_no_address_title_or_log(visitor, caplog):
    caplog.set_level("DEBUG")
    answer = visitor.post("/en/search/", {"words": "tajnareč zlostavljanje"})
    path = answer["Location"]
    page = visitor.get(path)
    soup = BeautifulSoup(page.content, "html.parser")
    assert urlsplit(path).path.startswith("/en/r/")
    links = " ".join(tag["href"] for tag in soup.select("[href]"))
    for place in (path, soup.title.get_text(), links, caplog.text):
        assert "tajnare" not in place
        assert "zlostavlj" not in place
    assert telling_words(soup.title.get_text()) == ()
    assert soup.select_one("form.find input")["value"] == "tajnareč zlostavljanje"


def test_sealed_link_opens_in_another_language_too(visitor):
    path = visitor.post("/en/search/", {"words": "ASTRA"})["Location"]
    page = BeautifulSoup(visitor.get(path.replace("/en/", "/sl/")).content, "html.parser")
    assert page.html["lang"] == "sl"
    assert groups(page)


def test_link_older_than_an_hour_gives_the_form_without_the_words(visitor):
    old = datetime.now(UTC) - timedelta(minutes=61)
    token = seal({"v": "search", "q": "tajna", "c": "SI"}, now=old)
    page = visitor.get(f"/en/r/{token}/").content.decode()
    assert "This search is over" in page
    assert "tajna" not in page
    assert "tel:113" in page


@pytest.mark.parametrize("token", ["x", "not-a-token", "gAAAAA", "ž"])
def test_link_that_nobody_sealed_gives_the_form(visitor, token):
    answer = visitor.get(f"/en/r/{token}/")
    assert answer.status_code == 200
    assert "This search is over" in answer.content.decode()


def test_link_with_strange_values_gets_an_answer(visitor):
    values = {"v": "nobody", "q": "astra", "c": "XX", "g": "nothing"}
    token = seal(values, now=datetime.now(UTC))
    assert visitor.get(f"/en/r/{token}/?page=9999").status_code == 200
    assert visitor.get(f"/en/r/{token}/?page=-1").status_code == 200


def test_form_from_another_site_is_refused_with_the_exit(visitor):
    answer = visitor.post("/en/search/", {"words": "x"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert "data-exit" in answer.content.decode()


@pytest.mark.parametrize("words", ["", "   ", "\0"])
def test_form_without_words_leads_back_to_the_form(visitor, words):
    answer = visitor.post("/en/search/", {"words": words})
    assert (answer.status_code, answer["Location"]) == (303, "/en/search/")


def test_form_reads_no_more_than_a_line(visitor):
    path = visitor.post("/en/search/", {"words": "a" * 5000})["Location"]
    assert len(unseal(path.split("/")[3], now=datetime.now(UTC)).values["q"]) == 120


def test_results_stand_in_groups_with_few_findings_each(visitor):
    page = find(visitor, "astra")
    assert groups(page) == ["g-service", "g-organization", "g-page"]
    for name in groups(page):
        assert 1 <= len(page.select(f"section[aria-labelledby={name}] > .cards > li")) <= 4


def test_show_all_keeps_the_words_sealed(visitor):
    page = find(visitor, "astra")
    link = page.select_one("section[aria-labelledby=g-service] > p > a.go")
    total = int("".join(sign for sign in link.find(string=True) if sign.isdigit()))
    everything = BeautifulSoup(visitor.get(link["href"]).content, "html.parser")
    assert "astra" not in link["href"].lower()
    assert everything.h1.get_text(strip=True) == "Services"
    assert len(everything.select("article.service")) == min(total, PAGE_SIZE)


def test_show_all_pages_lists_pages_only_and_leads_back(visitor):
    page = find(visitor, "police")
    link = page.select_one("section[aria-labelledby=g-page] > p > a.go")["href"]
    everything = BeautifulSoup(visitor.get(link).content, "html.parser")
    assert groups(everything) == ["g-page"]
    assert 4 < len(everything.select("section[aria-labelledby=g-page] li article")) <= 15
    back = everything.select("main a.go")[-1]["href"]
    assert len(groups(BeautifulSoup(visitor.get(back).content, "html.parser"))) > 1


@pytest.mark.parametrize("language", ["en", "sr-cyrl", "sl", "ar"])
def test_nothing_found_still_offers_needs_lines_and_lists(visitor, language):
    page = find(visitor, "qqqqzzzz", language)
    assert groups(page) == []
    assert len(page.select(".tiles > li")) == 6
    assert page.select('main a[href^="tel:"]')
    assert page.select(f'main a[href="/{language}/services/"]')


def test_cry_for_help_puts_the_lines_first_with_their_numbers(visitor):
    page = find(visitor, "help")
    first = page.main.select_one("section")
    assert first["aria-labelledby"] == "lines"
    numbers = [link["href"] for link in first.select('a[href^="tel:"]')]
    expected = Service.objects.for_visitors().filter(is_open_24_7=True, service_type__slug="helpline")
    assert len(first.select("article")) == expected.count()
    assert numbers


def test_other_words_pin_no_lines(visitor):
    assert find(visitor, "astra").select("section[aria-labelledby=lines]") == []


def test_chosen_country_limits_the_findings_and_can_be_left_out(visitor):
    page = find(visitor, "police", query=SLOVENIA)
    shown = {Organization.objects.get(code=code).country for code in codes(page, "organizations")}
    assert shown == {"SI"}
    assert "tel:192" not in {link["href"] for link in page.select('a[href^="tel:"]')}
    everywhere = next(a["href"] for a in page.select("main a") if "all countries" in a.get_text())
    wider = BeautifulSoup(visitor.get(everywhere).content, "html.parser")
    assert "all countries" not in wider.main.get_text()


def codes(page: BeautifulSoup, kind: str) -> list[str]:
    links = page.select(f'h3 a[href*="/{kind}/"]')
    return [link["href"].split("?")[0].split("/")[3] for link in links]


def test_record_hidden_after_the_index_was_built_is_not_shown(visitor):
    shown = codes(find(visitor, "astra"), "organizations")
    Organization.objects.filter(code=shown[0]).update(publication="hidden")
    assert shown[0] not in codes(find(visitor, "astra"), "organizations")


def test_words_are_escaped_and_marked(visitor):
    nasty = '"<>& ASTRA'
    answer = visitor.post("/en/search/", {"words": nasty})
    text = visitor.get(answer["Location"]).content.decode()
    assert 'value="&quot;&lt;&gt;&amp; ASTRA"' in text
    assert "<mark>ASTRA</mark>" in text


def test_number_of_queries_does_not_grow(visitor, count_queries):
    seen = []
    for rows in (2, 4):
        kept = list(Service.objects.for_visitors().order_by("pk").values_list("pk", flat=True)[:rows])
        Service.objects.filter(pk__in=kept).update(name_en="Kestrel", publication="public")
        rebuild_all()
        find(visitor, "kestrel")
        path = visitor.post("/en/search/", {"words": "kestrel"})["Location"]
        with count_queries() as queries:
            visitor.get(path)
        seen.append(len(queries))
    assert seen[0] == seen[1] <= 12


def test_typing_error_is_mended_and_the_words_as_typed_are_offered(visitor):
    page = find(visitor, "shelterr")
    said = page.main.select_one("p.notice")
    assert [word.get_text() for word in said.select("bdi")] == ["shelter", "shelterr"]
    as_typed = BeautifulSoup(visitor.get(said.a["href"]).content, "html.parser")
    assert as_typed.main.select_one("p.notice") is None
    assert as_typed.select_one("form.find input")["value"] == "shelterr"


def test_page_is_the_same_with_a_note_when_elasticsearch_is_away(visitor, settings, monkeypatch):
    whole = find(visitor, "sigurna kuća")
    monkeypatch.setenv("ELASTICSEARCH_URL", "http://127.0.0.1:9")
    settings.SEARCH_ENGINE = ELASTICSEARCH
    page = find(visitor, "sigurna kuća")
    note = "Our search is slower than usual."
    assert (note in page.main.get_text(), note in whole.main.get_text()) == (True, False)
    assert titles(page) == titles(whole) != []


def titles(page: BeautifulSoup) -> list[str]:
    return [" ".join(card.get_text(" ", strip=True).split()) for card in page.main.select("ul.cards > li")]
