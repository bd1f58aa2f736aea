"""What every template may use: languages, the hotline, addresses; touches no user, session or database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal import languages, site
from portal.flat import flatness, switch_url
from portal.kept import kept, list_url
from portal.links import alternates, is_short, language_links, other_version
from portal.localized import LocalizedText, choose
from portal.menu import menu_links
from portal.opaque import filter_code
from portal.plugins import Country
from portal.plugins.registry import enabled_countries, get_country

EDITORS = "/cms/"


@dataclass(frozen=True, slots=True)
class FootLink:
    """A link at the foot of every page."""

    title: LocalizedText
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """A number of the hotline card: the country is named, because language never decides it."""

    country_name: LocalizedText
    number: str
    name: LocalizedText
    dial: str = ""


def portal(request: HttpRequest) -> dict[str, Any]:
    """Return the variables of the base template; none for the editors' pages, which have their own."""
    if request.path_info.startswith(EDITORS):
        return {}
    code = active_language()
    country = chosen_country(request)
    query = f"?f={filter_code('country', country.code)}" if country else ""
    links = language_links(request, code)
    values = site.current()
    return {
        "portal_name": values.name or settings.PORTAL_NAME,
        "portal_mark": values.mark,
        "foot_links": foot_links(values, code, query),
        "menu": menu_links(values, code, query, request.path),
        "language": languages.get(code),
        "language_links": links,
        "alternates": alternates(request, links),
        "exit_url": f"/exit/{code}",
        "flat": flatness(request),
        "steps_url": switch_url(request),
        "short": is_short(request),
        "short_url": other_version(request),
        "emergency": [*lines(country), *own_lines(country)],
        "emergency_country": choose(country.name) if country else None,
        "country_query": query,
        "home_url": f"/{code}/{query}",
        "search_url": address("search:search", code, "search/") + query,
        "services_url": address("directory:services", code, "services/") + query,
        "organizations_url": address("directory:organizations", code, "organizations/") + query,
        "rights_url": f"/{code}/rights/{query}",
        "kept": len(kept(request)),
        "kept_url": list_url(request),
    }


def active_language() -> str:
    """Return the active language's code, English when the site does not know the active one."""
    code = get_language()
    return code if code in settings.PORTAL_LANGUAGES else languages.DEFAULT_LANGUAGE


def address(name: str, code: str, path: str) -> str:
    """Return a named address, or the usual one where that part of the site is not mounted."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return f"/{code}/{path}"


def chosen_country(request: HttpRequest) -> Country | None:
    """Return the country that the view has set, or that an opaque code in ``f`` names."""
    if code := getattr(request, "portal_country", ""):
        return get_country(code)
    codes = request.GET.get("f", "").split(".")
    return next((c for c in enabled_countries() if filter_code("country", c.code) in codes), None)


def lines(country: Country | None) -> list[Line]:
    """Return a chosen country's emergency lines, else the main line of every enabled country."""
    if country:
        return [
            Line(choose(country.name), line.number, choose(line.name)) for line in country.emergency_lines
        ]
    return [
        Line(choose(each.name), each.main_line.number, choose(each.main_line.name))
        for each in enabled_countries()
    ]


def own_lines(country: Country | None) -> list[Line]:
    """Return the operator's lines of a chosen country, else those of every enabled country."""
    shown = {each.code: each for each in ([country] if country else enabled_countries())}
    return [
        Line(choose(shown[line.country].name), line.number, choose(line.name), line.dial)
        for line in site.current().lines
        if line.country in shown
    ]


def foot_links(values: site.SiteValues, code: str, query: str) -> list[FootLink]:
    """Return the links of the foot that a site shows, the operator's own last."""
    own = (
        ("safety", _("Reading safely"), "safe-reading/"),
        ("who", _("Who runs this"), "who/"),
        ("privacy", _("Privacy"), "privacy/"),
        ("access", _("Accessibility"), "access/"),
        ("data", _("About the data"), "about-data/"),
        ("words", _("Words explained"), "words/"),
    )
    shown = [
        FootLink(LocalizedText(text, code, code), f"/{code}/{path}{query}")
        for name, text, path in own
        if name not in values.hidden_links
    ]
    added = [
        FootLink(choose(link.title), f"/{code}/{link.path}{query}")
        for link in values.foot_links
        if any(each in link.title for each in languages.chain(code))
    ]
    return [*shown, *added]
