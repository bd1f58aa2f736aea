"""Links from a service back to the rights that it realises, for the pages of the directory."""

from __future__ import annotations

from django.utils import translation

from home.addresses import page_url
from home.models import RightService
from portal import languages
from portal.localized import choose
from portal.plugins.registry import Link


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
        links.setdefault(url, Link(str(title), url, title.language, str(choose(row.reason, asked))))
    return list(links.values())
