"""The small pages of the whole site: choice of language, texts for machines, signs of life, style guide."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup, Tag
from django.conf import settings
from django.test import Client
from django.urls import path

from portal import languages, urls, views
from portal.icons import DEFAULT, ICONS, markup
from portal.neutral_words import telling_words
from portal.styleguide import rendering

urlpatterns = [
    *urls.urlpatterns,
    path("styleguide/", views.styleguide),
    path("styleguide/guide.css", views.styleguide_css, name="styleguide_css"),
]
COMPONENTS = [
    ".call",
    ".tiles",
    ".card.service",
    ".card.organization",
    ".phone",
    ".contact",
    ".filters",
    ".pager",
    ".notice",
    ".tag.yes",
    ".tag.ask",
    ".steps",
    ".back",
    ".facts",
    ".seen",
    ".fold",
]
FOCUSABLE = ["a", "button", "input", "select", "textarea", "summary"]


def soup_of(client: Client, address: str) -> BeautifulSoup:
    """Return a page that answers 200."""
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def main_of(soup: BeautifulSoup) -> Tag:
    """Return the page's one main landmark."""
    (main,) = soup.find_all("main")
    return main


def test_choice_of_language_names_each_by_its_own_name(client: Client) -> None:
    links = main_of(soup_of(client, "/")).select(".languages-list a")
    found = [(link["href"], link["lang"], link["dir"], link.b.get_text()) for link in links]
    assert found == [
        (f"/{code}/", one.tag, one.direction, one.own_name)
        for code in settings.PORTAL_LANGUAGES
        for one in [languages.get(code)]
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("header", "marked"),
    [
        ("", []),
        ("de-DE,de;q=0.9", []),
        ("sl-SI,sl;q=0.9,en;q=0.5", ["/sl/"]),
        ("sr-RS,en;q=0.5", ["/sr-latn/", "/sr-cyrl/"]),
        ("sr-Cyrl-RS", ["/sr-cyrl/"]),
        ("de,ar;q=0.3", ["/ar/"]),
        ("%%,;q=x", []),
    ],
)
def test_language_of_the_browser_is_suggested_and_nothing_else(
    client: Client, header: str, marked: list[str]
):
    answer = client.get("/", headers={"accept-language": header})
    links = main_of(BeautifulSoup(answer.content, "html.parser")).select(".languages-list a")
    assert answer.status_code == 200
    assert [link["href"] for link in links if "suggested" in link.get("class", [])] == marked
    assert [link["href"] for link in links] == [f"/{code}/" for code in settings.PORTAL_LANGUAGES]
    assert not answer.cookies
    assert client.get("/en/", headers={"accept-language": "sl"})["Content-Language"] == "en"


def test_choice_of_language_is_named_by_every_front_page(client: Client) -> None:
    links = soup_of(client, "/").find_all("link", rel="alternate")
    found = {link["hreflang"]: link["href"] for link in links}
    assert found["x-default"] == "http://testserver/"
    assert len(found) == len(settings.PORTAL_LANGUAGES) + 1


def test_every_page_has_the_frame_of_the_safety_rules(client: Client) -> None:
    soup = soup_of(client, "/")
    exit_link = soup.select_one("a[data-exit]")
    assert exit_link in soup.find_all(FOCUSABLE)[:4]
    assert exit_link["href"] == "/exit/en"
    assert exit_link["rel"] == ["noreferrer"]
    assert exit_link.find_parent("header")
    assert len(soup.find_all("h1")) == 1
    assert soup.find("a", href="#content")
    assert soup.find(id="content")
    assert soup.find("link", rel="icon")["href"].endswith(".svg")
    assert [set(script.attrs) for script in soup.find_all("script")] == [{"src", "defer"}]  # the exit's own
    assert not soup.find("script").get_text()
    assert not soup.find_all(style=True)
    assert telling_words(soup.title.get_text()) == ()


def test_robots_txt_names_no_secret_path(client: Client) -> None:
    body = client.get("/robots.txt").content.decode()
    assert body.startswith("User-agent: *\n")
    assert not any(word in body for word in ("cms", "admin", "api"))


def test_security_txt_expires_in_a_year(client: Client, settings) -> None:
    settings.PORTAL_SECURITY_CONTACT = "security@example.org"
    lines = dict(
        line.split(": ", 1) for line in client.get("/.well-known/security.txt").content.decode().splitlines()
    )
    assert lines["Contact"] == "mailto:security@example.org"
    left = datetime.fromisoformat(lines["Expires"]) - datetime.now(UTC)
    assert timedelta(days=363) < left <= timedelta(days=365)


@pytest.mark.parametrize(
    ("contact", "line"),
    [
        ("", "Contact: http://testserver/"),
        ("https://example.org/report", "Contact: https://example.org/report"),
        ("a@example.org\nExpires: never", "Contact: a@example.orgExpires:never"),
    ],
)
def test_security_contact_is_one_address(client: Client, settings, contact: str, line: str) -> None:
    settings.PORTAL_SECURITY_CONTACT = contact
    assert client.get("/.well-known/security.txt").content.decode().splitlines()[0] == line


def test_live_answers_without_a_database(client: Client) -> None:
    assert client.get("/-/live").json() == {"live": True}


@pytest.mark.django_db
def test_ready_asks_the_database(client: Client) -> None:
    response = client.get("/-/ready")
    assert (response.status_code, response.json()["ready"]) == (200, True)


@pytest.mark.parametrize("address", ["/", "/robots.txt", "/-/live"])
def test_small_pages_can_only_be_read(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405


@pytest.mark.urls(__name__)
def test_styleguide_shows_every_component_to_developers(client: Client, settings) -> None:
    settings.DEBUG = True
    soup = soup_of(client, "/styleguide/")
    for component in COMPONENTS:
        assert soup.select(component), component
    assert {section["id"] for section in soup.select(".guide > section")} >= set(rendering.component_names())
    ids = [tag["id"] for tag in soup.select(".filters [id]")]
    assert len(ids) == len(set(ids))
    for field in soup.select(".filters input, .filters select"):
        assert field.find_parent("label") or soup.find("label", attrs={"for": field.get("id")})


@pytest.mark.urls(__name__)
def test_styleguide_shows_no_field_that_a_browser_remembers(client: Client, settings) -> None:
    settings.DEBUG = True
    fields = soup_of(client, "/styleguide/").select("input[type=text]")
    assert {field["autocomplete"] for field in fields} == {"off"}


@pytest.mark.urls(__name__)
def test_styleguide_links_never_leave_traces(client: Client, settings) -> None:
    settings.DEBUG = True
    soup = soup_of(client, "/styleguide/")
    for link in soup.select('a[href^="http"]'):
        assert link["rel"] == ["noopener", "noreferrer"]
        assert "example.org" in link.get_text()
        assert not link.get("target")
    assert not soup.select('a[href^="mailto:"]')


@pytest.mark.urls(__name__)
def test_styleguide_is_closed_to_visitors(client: Client) -> None:
    assert client.get("/styleguide/").status_code == 404
    assert client.get("/styleguide/guide.css").status_code == 404


def test_styleguide_shows_each_component_with_its_documented_variables_in_each_mode() -> None:
    sections = rendering.sections()
    assert {section.name for section in sections} == set(rendering.component_names())
    for section in sections:
        assert len(section.documented) > 20, (
            f"{section.name}: say in its first comment what its variables are"
        )
        for state in section.shown:
            modes = [drawing.mode for drawing in state.drawings]
            assert modes == ([] if state.is_empty else [name for name, _code, _class in rendering.MODES]), (
                section
            )
        assert not all(state.is_empty for state in section.shown)


def test_styleguide_draws_the_dark_and_focused_states_from_the_one_sheet() -> None:
    css = rendering.guide_css()
    assert "--paper:" in css[css.index(".as-dark") :]
    assert ".as-focus-visible" in css
    assert ":hover" not in css


def test_styleguide_ids_are_unique_though_components_repeat() -> None:
    html = "".join(
        d.html for section in rendering.sections() for state in section.shown for d in state.drawings
    )
    ids = [tag["id"] for tag in BeautifulSoup(html, "html.parser").find_all(id=True)]
    assert len(ids) > 30
    assert len(ids) == len(set(ids))


def test_every_need_has_its_own_icon() -> None:
    assert 'aria-hidden="true"' in markup("shelter")
    assert markup("shelter") != markup("housing")
    assert markup("no-such-icon") == markup(DEFAULT)
    assert all("style=" not in drawing for drawing in ICONS.values())


def test_icons_that_point_are_mirrored() -> None:
    assert 'class="icon flip"' in markup("chevron")
    assert 'class="icon"' in markup("clock")
