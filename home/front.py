"""What the front page shows: needs in the first person, six at most at first; countries; the ways on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import reverse

from directory.models import TaxonomyTerm, TranslatedText
from home.addresses import RIGHTS_SLUG, country_query
from portal import languages
from portal.localized import LocalizedText, choose, localized
from portal.opaque import filter_code
from portal.plugins.registry import enabled_countries
from portal.states import VISITOR_SENTENCES, TextState

MOST_TILES = 6


@dataclass(frozen=True, slots=True)
class NeedLink:
    """A need as a choice: the sentence that a visitor would say."""

    url: str
    icon: str
    plain: LocalizedText
    urgent: bool


@dataclass(frozen=True, slots=True)
class CountryLink:
    """A country to choose; the choice travels in links as an opaque code."""

    name: LocalizedText
    url: str
    rights_url: str
    active: bool


def needs(asked: str = languages.DEFAULT_LANGUAGE) -> list[TaxonomyTerm]:
    """Return all needs in their order, each with ``is_read``: whether its sentence was read; one query."""
    read = TranslatedText.objects.filter(
        kind="term", key=OuterRef("key"), field="plain", language=languages.written_in(asked), reviewed=True
    )
    terms = TaxonomyTerm.objects.filter(taxonomy__key="needs").annotate(is_read=Exists(read))
    return list(terms.order_by("order", "slug"))


def state_sentence(terms: Iterable[TaxonomyTerm], asked: str) -> str:
    """Return what a visitor is told of the needs' sentences, once; ``terms`` as of :func:`needs`, no query.

    A sentence that falls back to another language says so itself, and English is the source.
    """
    if asked == languages.DEFAULT_LANGUAGE:
        return ""
    shown = [term for term in terms if sentence(term).language == asked]
    unread = any(not getattr(term, "is_read", False) for term in shown)
    return str(VISITOR_SENTENCES[TextState.UNREVIEWED]) if unread else ""


def need_links(terms: Iterable[TaxonomyTerm], country: str) -> list[NeedLink]:
    """Return the needs as links to the services that meet them."""
    base = reverse("directory:services")
    rest = f".{filter_code('country', country)}" if country else ""
    return [
        NeedLink(
            url=f"{base}?f={filter_code('need', term.slug)}{rest}",
            icon=term.icon,
            plain=sentence(term),
            urgent=term.urgent,
        )
        for term in terms
    ]


def sentence(term: TaxonomyTerm) -> LocalizedText:
    """Return what a visitor with this need would say, else its name."""
    return localized(term, "plain") or localized(term, "name")


def tiles(terms: Iterable[TaxonomyTerm]) -> list[TaxonomyTerm]:
    """Return the needs of the first screen, in their places, six at most."""
    chosen = [term for term in terms if term.front_page]
    return sorted(chosen, key=lambda term: (term.front_page, term.order))[:MOST_TILES]


def country_links(chosen: str) -> list[CountryLink]:
    """Return the enabled countries as choices of the front page."""
    front = reverse("wagtail_serve", args=[""])
    rights = reverse("wagtail_serve", args=[f"{RIGHTS_SLUG}/"])
    return [
        CountryLink(
            name=choose(country.name),
            url=front + country_query(country.code),
            rights_url=rights + country_query(country.code),
            active=country.code == chosen,
        )
        for country in enabled_countries()
    ]
