"""The short menu in the bar of every page: parts of the portal, or what the operator chose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal import languages
from portal.localized import LocalizedText, choose
from portal.site import MenuEntry, SiteValues

USUAL = (MenuEntry("find"), MenuEntry("rights"), MenuEntry("organizations"), MenuEntry("safety"))


@dataclass(frozen=True, slots=True)
class MenuLink:
    """An entry as the template shows it; ``active`` is the page that is open."""

    title: LocalizedText
    url: str
    active: bool


def menu_links(values: SiteValues, code: str, query: str, path: str) -> Sequence[MenuLink]:
    """Return the entries of the menu in a language; ``query`` carries the country, ``path`` is the open page."""
    parts = {
        "find": (_("Find help"), "find/"),
        "rights": (_("Your rights"), "rights/"),
        "organizations": (_("Who can help"), "organizations/"),
        "services": (_("All services"), "services/"),
        "safety": (_("Reading safely"), "safe-reading/"),
        "words": (_("Words explained"), "words/"),
    }
    links = []
    for entry in values.menu or USUAL:
        usual, address = parts.get(entry.part, ("", entry.path))
        if not usual and not set(languages.chain(code)) & set(entry.title):
            continue  # a page that nobody can read in this language or in one that stands for it
        own = {code, languages.get(code).derived_from} & set(entry.title)
        title = choose(entry.title if own or not usual else {code: usual}, code)
        url = f"/{code}/{address}"
        links.append(MenuLink(title, url + query, path == url))
    return links
