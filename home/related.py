"""Links between records and pages: for visitors, and for editors before they withdraw a record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import translation

from directory.models import Organization
from home.addresses import RIGHTS_SLUG, page_url
from home.models import CONTENT, RightService
from home.routing import find_page
from portal import languages
from portal.localized import choose
from portal.plugins.registry import Link, get_country


def rights_of(kind: str, key: str) -> list[Link]:
    """Return the pages about rights that name this service, each once; one query, none for other kinds."""
    if kind != "service":
        return []
    asked = translation.get_language() or languages.DEFAULT_LANGUAGE
    links: dict[str, Link] = {}
    for row in RightService.objects.of_service(key, asked):
        titles = {**row.page.localized_titles, row.page.locale.language_code: row.page.title}
        if row.translated_title:
            titles[asked] = row.translated_title
        title, url = choose(titles, asked), page_url(row.page.url_path)
        links.setdefault(url, Link(title, url, title.language, choose(row.reason, asked)))
    return list(links.values())


def pages_using(kind: str, key: str) -> list[Link]:
    """Return the pages that name an organization or a service, each once, with the address of its editor."""
    found = (
        _pages_of_service(key) if kind == "service" else _pages_to_call(key) if kind == "organization" else ()
    )
    links: dict[int, Link] = {}
    for page, reason in found:
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        links.setdefault(page.pk, Link(page.title, url, page.locale.language_code, reason))
    return list(links.values())


def _pages_of_service(key: str) -> Iterator[tuple[Any, str]]:
    rows = RightService.objects.filter(service__key=key).select_related("page__locale").defer("page__body")
    return ((row.page, row.right_key) for row in rows.order_by("page__path", "order"))


def _pages_to_call(key: str) -> Iterator[tuple[Any, str]]:
    pk = Organization.objects.filter(key=key).values_list("pk", flat=True).first()
    pages = [page for model in CONTENT for page in model.objects.select_related("locale").order_by("path")]
    for page in pages if pk else ():
        calls = (block["value"] for block in page.body.raw_data if block["type"] == "call")
        if any(item.get("value", {}).get("organization") == pk for items in calls for item in items):
            yield page, ""


def page_named(kind: str, key: str) -> list[Link]:
    """Return the page about rights whose address ends in ``key``, its country as the reason; none for other kinds."""
    if kind != "page":
        return []
    asked = translation.get_language() or languages.DEFAULT_LANGUAGE
    page = find_page(f"{RIGHTS_SLUG}/{key}", asked)
    if page is None or not page.is_offered():
        return []
    country = get_country(getattr(page, "country", ""))
    reason = str(choose(country.name)) if country else ""
    return [Link(str(page.title), page_url(page.url_path), page.locale.language_code, reason)]
