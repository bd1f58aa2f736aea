"""What the settings of a site say of its menu and its lines, as plain values: titles of pages, numbers of today."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from directory.cards import dialled
from directory.models import Organization, Phone
from home.addresses import relative_path
from home.site_blocks import words_by_language
from portal import languages
from portal.localized import stored
from portal.site import CountryLine, MenuEntry

MOST_SIGNS = 24  # of an entry's own words: a phone is narrow


def titles_of(page: Page) -> dict[str, str]:
    """Return the titles of a page's live versions by language; none when nobody may see it. One query."""
    rows = Page.objects.live().filter(translation_key=page.translation_key, alias_of=None)
    return dict(rows.values_list("locale__language_code", "title"))


def menu_entry(block: Any) -> MenuEntry | None:
    """Return a block of the menu as an entry; nothing for a page that nobody may see."""
    words = words_by_language(block.value.get("words") or "")
    if block.block_type == "part":
        return MenuEntry(part=block.value["part"], title=words)
    page = block.value.get("page") if block.block_type == "page" else None
    titles = titles_of(page) if page else {}
    if page is None or not titles:
        return None
    return MenuEntry(path=relative_path(page.url_path), title={**titles, **words})


def fault_of_menu(blocks: Iterable[Any]) -> str:
    """Return what is wrong with a menu in one sentence; an empty string when nothing is."""
    entries = list(blocks)
    if len(entries) not in (0, 2, 3, 4):
        return _("Add two to four entries, or none.")
    for block in entries:
        for code, words in words_by_language(block.value.get("words") or "").items():
            if code not in languages.CODES:
                return _("“%(code)s” is no language of this portal.") % {"code": code}
            if not 0 < len(words) <= MOST_SIGNS:
                return _("Write between 1 and %(most)s signs after “%(code)s”.") % {
                    "most": MOST_SIGNS,
                    "code": code,
                }
    return ""


def country_lines(blocks: Iterable[Any]) -> tuple[CountryLine, ...]:
    """Return the first number of each organization that a visitor may see, in their order; two queries."""
    chosen = [block.value.pk for block in blocks if block.block_type == "organization" and block.value]
    if not chosen:
        return ()
    organizations = Organization.objects.for_visitors().in_bulk(chosen)
    phones: dict[int, Phone] = {}
    for phone in Phone.objects.published().filter(organization__in=organizations).order_by("order", "pk"):
        phones.setdefault(phone.organization_id, phone)
    found = [(organizations[pk], phones[pk]) for pk in chosen if pk in phones]
    return tuple(
        CountryLine(each.country, phone.number, dialled(phone.number, each.country), stored(each, "name"))
        for each, phone in found
    )
