"""What an operator sets: checked when saved, shown at once, and as the portal comes when nothing is set."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import DatabaseError

from directory.models import Organization
from home.contrast import contrast
from home.models import PortalSettings
from portal import exit as leaving
from portal import site
from portal.opaque import filter_code
from portal.plugins.registry import country_codes
from portal.stylesheet import csp_hash, inline_css
from tests.home.conftest import translate

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def asked_each_time(settings):
    """Ask the database at every page, and forget all of it after the test."""
    settings.PORTAL_SITE_SECONDS = 0
    yield
    site.forget()


def stored(**values) -> PortalSettings:
    row = PortalSettings(**values)
    row.full_clean()
    row.save()
    return row


def soup(path, visitor) -> BeautifulSoup:
    return BeautifulSoup(visitor.get(path).content, "html.parser")


def test_nothing_set_changes_nothing(visitor):
    assert site.current() == site.SiteValues()
    assert "Sidro" in soup("/en/", visitor).title.get_text()


def test_name_and_mark_show_on_the_next_page(visitor):
    before = str(soup("/en/", visitor).select_one(".mark svg"))
    row = stored(name="Luka", mark="home")
    page = soup("/en/", visitor)
    assert page.title.get_text().endswith("– Luka")
    assert page.select_one(".mark bdi").get_text() == "Luka"
    assert str(page.select_one(".mark svg")) != before
    row.name = "Most"
    row.save()
    assert soup("/en/", visitor).title.get_text().endswith("– Most")


def test_name_that_tells_is_refused():
    with pytest.raises(ValidationError) as caught:
        stored(name="Victim support")
    assert "browser’s history" in caught.value.message_dict["name"][0]


@pytest.mark.parametrize(
    ("field", "colour", "message"),
    [
        ("brand", "#7fcdc8", "Too hard to read: its contrast with #e2efee is 1.6, and must be 4.5."),
        ("brand_dark", "#0b5a62", "Too hard to read"),
        ("brand", "teal", "Write a colour as #"),
        ("brand", "#12345", "Write a colour as #"),
    ],
)
def test_colour_that_cannot_be_read_is_refused_with_its_contrast(field, colour, message):
    with pytest.raises(ValidationError) as caught:
        stored(**{field: colour})
    assert message in caught.value.message_dict[field][0]


def test_contrast_is_that_of_the_standard():
    assert round(contrast("#000000", "#ffffff"), 1) == 21.0
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


def test_colours_reach_the_page_and_its_policy(visitor):
    stored(brand="#3d2b7a", brand_dark="#c9b8ff")
    answer = visitor.get("/en/")
    assert "--brand:#3d2b7a" in inline_css()
    assert "--brand:#c9b8ff" in answer.content.decode()
    assert csp_hash("tiles") in answer["Content-Security-Policy"]


def test_way_out_leads_where_the_operator_says_and_else_to_the_default():
    stored(exit_targets="sl https://www.arso.gov.si/\nSR-LATN https://www.hidmet.gov.rs/")
    assert leaving.target("sl") == "https://www.arso.gov.si/"
    assert leaving.target("sr-latn") == "https://www.hidmet.gov.rs/"
    assert leaving.target("ar") == leaving.NEUTRAL_PAGES["ar"]


@pytest.mark.parametrize(
    "text",
    ["sl http://www.arso.gov.si/", "sl", "xx https://a.org/", "sl https://victims.org/", "https://a.org/"],
)
def test_wrong_way_out_is_refused(text):
    with pytest.raises(ValidationError) as caught:
        stored(exit_targets=text)
    assert list(caught.value.message_dict) == ["exit_targets"]


def test_countries_stand_in_the_order_that_is_set(visitor):
    assert country_codes() == ("RS", "SI")
    stored(country_order="si, rs")
    assert country_codes() == ("SI", "RS")
    assert [a["href"] for a in soup("/en/", visitor).select(".call a")] == ["tel:113", "tel:192"]
    with pytest.raises(ValidationError, match="No country here has the code FR"):
        stored(country_order="FR")


def test_foot_leaves_out_and_adds_links(visitor, make_page):
    page = make_page()
    translate(page, "sl", "Počitek")
    stored(hidden_links=["words"], foot_links=[("page", page)])
    foot = soup("/sl/", visitor).footer
    links = {a["href"]: a.get_text() for a in foot.find_all("a")}
    assert "/sl/words/" not in links
    assert links["/sl/rights/rs-rest/"] == "Počitek"
    page.unpublish()
    assert "/en/rights/rs-rest/" not in {a["href"] for a in soup("/en/", visitor).footer.find_all("a")}


def menu_of(path, visitor) -> list[tuple[str, str]]:
    return [(a["href"], a.get_text()) for a in soup(path, visitor).select("header nav.menu a")]


def test_menu_is_as_the_portal_comes_when_none_is_set(visitor):
    assert menu_of("/sl/", visitor) == [
        ("/sl/find/", "Poiščite pomoč"),
        ("/sl/rights/", "Vaše pravice"),
        ("/sl/organizations/", "Kdo lahko pomaga"),
        ("/sl/safe-reading/", "Varno branje"),
    ]


def test_menu_is_what_the_operator_chose_in_the_words_of_each_language(visitor, make_page):
    page = make_page()
    translate(page, "sl", "Počitek")
    stored(
        menu=[
            ("page", {"page": page, "words": ""}),
            ("part", {"part": "rights", "words": "sl Pravice\nsr-latn Prava"}),
        ]
    )
    assert menu_of("/sl/", visitor) == [("/sl/rights/rs-rest/", "Počitek"), ("/sl/rights/", "Pravice")]
    assert menu_of("/sr-cyrl/", visitor)[1] == ("/sr-cyrl/rights/", "Права")
    assert menu_of("/hu/", visitor)[1] == ("/hu/rights/", "Az Ön jogai")
    page.unpublish()
    assert [words for _path, words in menu_of("/en/", visitor)] == ["Your rights"]


@pytest.mark.parametrize(
    "menu",
    [
        [("part", {"part": "find", "words": ""})],
        [("part", {"part": name, "words": ""}) for name in ("find", "rights", "safety", "words", "services")],
        [("part", {"part": "find", "words": "sl " + "a" * 25}), ("part", {"part": "rights", "words": ""})],
        [("part", {"part": "find", "words": "xx Hilfe"}), ("part", {"part": "rights", "words": ""})],
    ],
    ids=["one entry", "five entries", "long words", "unknown language"],
)
def test_menu_that_would_not_fit_is_refused(menu):
    with pytest.raises(ValidationError) as caught:
        stored(menu=menu)
    assert list(caught.value.message_dict) == ["menu"]


def test_line_of_the_operator_stands_beside_the_emergency_numbers_of_its_country(visitor):
    astra = Organization.objects.get(key="astra")
    first = astra.phones.published().order_by("order", "pk").first()
    stored(lines=[("organization", astra)])
    numbers = [a["href"] for a in soup("/en/", visitor).select(".call a")]
    assert numbers[:2] == ["tel:192", "tel:113"]
    assert len(numbers) == 3
    assert numbers[2].startswith("tel:")
    line = soup(f"/sr-cyrl/?f={filter_code('country', 'RS')}", visitor).select(".call a")[-1]
    assert first.number in line.get_text()
    assert "АСТРА" in line.get_text()
    assert len(soup(f"/en/?f={filter_code('country', 'SI')}", visitor).select(".call a")) == 2
    Organization.objects.filter(pk=astra.pk).update(publication="internal")
    assert len(soup("/en/", visitor).select(".call a")) == 2


def test_who_runs_this_shows_the_operator_with_todays_phones(visitor):
    astra = Organization.objects.get(key="astra")
    stored(operator=astra, supporters="A town\nA foundation")
    page = soup("/en/who/", visitor).main
    assert str(astra.name_en) in page.get_text()
    assert page.select_one('a[href^="tel:"]') is not None
    assert [li.get_text() for li in page.select(".box li")] == ["A town", "A foundation"]
    Organization.objects.filter(pk=astra.pk).update(publication="internal")
    assert "have not written their name" in soup("/en/who/", visitor).main.get_text()


def test_a_database_that_is_away_never_stops_the_way_out(monkeypatch, visitor):
    def away():
        raise DatabaseError

    monkeypatch.setattr(site._kept, "source", away)
    assert visitor.get("/exit/sl").status_code == 303


def test_values_are_kept_for_the_set_time(settings, count_queries):
    settings.PORTAL_SITE_SECONDS = 60
    site.forget()
    site.current()
    with count_queries() as seen:
        site.current()
    assert len(seen) == 0


def test_editor_sees_and_saves_the_settings(client, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("nika", "nika@example.org", "x" * 12))
    path = "/cms/settings/home/portalsettings/"
    form = client.get(path, follow=True)
    assert form.status_code == 200
    data = {
        "name": "Luka",
        "mark": "anchor",
        "brand": "#ffffff",
        "brand_dark": "",
        "exit_targets": "",
        "country_order": "",
        "menu-count": "0",
        "lines-count": "0",
        "foot_links-count": "0",
        "operator_name": "",
        "operator": "",
        "supporters": "",
    }
    address = form.redirect_chain[-1][0] if form.redirect_chain else path
    refused = client.post(address, data)
    assert "Too hard to read" in refused.content.decode()
    client.post(address, {**data, "brand": "#0b5a62"})
    assert PortalSettings.objects.get().name == "Luka"
