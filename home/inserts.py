"""Parts of a page that fill themselves: who runs the site, the sources of the data, the glossary."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.urls import reverse

from directory.cards import PhoneView, phones_by_organization
from directory.models import Organization
from home.choices import Insert
from home.columns import name_columns
from home.glossary import word_of
from portal.localized import LocalizedText, choose, localized
from portal.plugins.registry import countries


@dataclass(frozen=True, slots=True)
class Operator:
    """Who runs the site, as far as it was filled in; ``url`` leads to the entry in the directory."""

    name: LocalizedText
    url: str
    phones: Sequence[PhoneView]
    supporters: Sequence[str]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whom a country's data comes from."""

    country: LocalizedText
    lines: Sequence[str]


def operator(asked: str, inside: str) -> Sequence[Operator]:
    """Return who runs the site; nobody when it was not filled in. Three queries at most."""
    site = apps.get_model("home", "PortalSettings").objects.first()
    if site is None or not (site.operator_name or site.operator_id):
        return []
    rows = Organization.objects.for_visitors().filter(pk=site.operator_id)
    found = list(rows.only("code", "country", "parent_organization", *name_columns()))
    named = localized(found[0], "name", asked) if found else LocalizedText("", asked, asked)
    name = LocalizedText(site.operator_name, inside, inside) if site.operator_name else named.read_in(inside)
    if not name:
        return []
    url = reverse("directory:organization", args=[found[0].code]) if found else ""
    phones = phones_by_organization(found).get(found[0].pk, []) if found else []
    return [Operator(name, url, phones, [line for line in site.supporters.splitlines() if line.strip()])]


def attributions(asked: str, inside: str) -> Sequence[Attribution]:
    """Return the sources that each enabled country names."""
    return [
        Attribution(choose(pack.country.name, asked).read_in(inside), pack.attribution)
        for pack in countries
        if pack.attribution
    ]


def practise(asked: str, inside: str) -> Sequence[str]:
    """Return the address of the way out."""
    return [f"/exit/{asked}"]


def glossary(asked: str, inside: str) -> Sequence[Any]:
    """Return every word of the glossary in the order of its language; one query."""
    terms = apps.get_model("home", "GlossaryTerm").objects.shown()
    return sorted((word_of(term, asked, inside) for term in terms), key=lambda word: word.term.casefold())


FILLED: Mapping[str, Callable[[str, str], Sequence[Any]]] = {
    Insert.OPERATOR: operator,
    Insert.ATTRIBUTIONS: attributions,
    Insert.PRACTISE: practise,
    Insert.GLOSSARY: glossary,
}
"""By name: a callable (reader's language, page's language) → what the template of the part shows."""
