"""How pages stand on the result page: the sentence that was found, and a link to its section."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from directory.cards import country_name
from home import front
from home.addresses import country_query, page_url
from home.choices import Audience
from home.derivation import as_read
from home.parts import shown_blocks, values
from home.search import keys_of, offered_pages, texts_in
from portal import languages
from portal.localized import LocalizedText, choose
from portal.plugins import Hit, SearchQuery
from search import presenters
from search.highlight import Marker
from search.presenters import Asked, Extra

# Numbers to call, and parts that fill themselves: nothing of them is in the page's own text.
NO_PASSAGE = frozenset({"call", "insert"})


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of a page under its heading; ``anchor`` is the id to go to, empty for the top of the page."""

    anchor: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class PageCard:
    """A page among the findings; ``heading`` is the section that the text stands in."""

    url: str
    title: LocalizedText
    heading: LocalizedText
    text: LocalizedText
    country: LocalizedText | None
    for_staff: bool


class PagePresenter:
    """Pages on the result page; a :class:`search.presenters.Presenter`."""

    kind = "page"
    template = "home/search/page.html"

    def title(self) -> str:
        """Return the heading of the group."""
        return _("Pages to read")

    def query(self, asked: Asked) -> SearchQuery:
        """Return the question for pages of the chosen country and of none, or for all."""
        restrict = {"country": asked.country} if asked.country else {}
        return SearchQuery(kind="page", words=asked.words, restrict=restrict)

    def cards(self, hits: Sequence[Hit], asked: Asked, mark: Marker) -> list[PageCard]:
        """Return the cards of the pages that are open at this moment, in the best language there is."""
        language = translation.get_language() or languages.DEFAULT_LANGUAGE
        pages = _best_pages([hit.key for hit in hits], language)
        query = country_query(asked.country)
        return [_card(pages[hit.key], language, mark, query) for hit in hits if hit.key in pages]

    def name_of(self, card: PageCard) -> str:
        """Return the title of the page."""
        return str(card.title)

    def all_url(self, asked: Asked) -> str:
        """Return nothing: there is no other list of pages with words."""
        return ""


def _best_pages(keys: Sequence[str], language: str) -> dict[str, Any]:
    """Return the page of each key that the reader would get; keys without one are left out."""
    chain = languages.chain(language)
    pages = sorted(
        offered_pages(keys, chain),
        key=lambda page: (chain.index(page.locale.language_code), page.pk),
        reverse=True,
    )
    found: dict[str, Any] = {}
    for names in (1, 0):  # a page's own key goes before one that another page shares
        found |= {keys_of(page)[names]: page for page in pages if keys_of(page)[names] in keys}
    return {key: as_read(page, language) for key, page in found.items()}


def _card(page: Any, language: str, mark: Marker, query: str) -> PageCard:
    inside = page.content_language.code
    title = choose({**getattr(page, "localized_titles", {}), inside: page.title}, language)
    passage = _best_passage(page, inside, mark)
    url = page_url(page.url_path) + query
    country = getattr(page, "country", "")
    return PageCard(
        url=f"{url}#{passage.anchor}" if passage.anchor else url,
        title=mark(title),
        heading=mark(LocalizedText(passage.heading, inside, language)),
        text=mark.snippet(LocalizedText(passage.text, inside, language)),
        country=country_name(country) if country else None,
        for_staff=getattr(page, "audience", None) == [Audience.PROFESSIONAL.value],
    )


def _best_passage(page: Any, language: str, mark: Marker) -> Passage:
    """Return the passage with most of the words, the first of equals; without any the page's first text."""
    summary = getattr(page, "summary", "")
    passages = [Passage("", "", summary)] if summary else []
    passages += _passages(getattr(page, "derived_body", None) or page.body.raw_data)
    best = mark.best([f"{passage.heading} {passage.text}" for passage in passages], language)
    if best > 0:
        return passages[best]
    return Passage("", "", passages[0].text if passages else "")


def _passages(stream: Any) -> Iterator[Passage]:
    """Yield the texts of a stream with the anchors that the page's template gives them."""
    for raw, anchor in shown_blocks(stream):
        value = raw["value"]
        heading = value.get("heading", "") if isinstance(value, Mapping) else ""
        if raw["type"] == "rights":
            for right in values(value.get("rights")):
                texts = (right.get("text", ""), right.get("note", ""))
                yield Passage(right.get("key", "").lower() or anchor, heading, " ".join(filter(None, texts)))
        elif raw["type"] not in NO_PASSAGE:
            parts = {**value, "heading": ""} if isinstance(value, Mapping) else value
            yield Passage(anchor, heading, " ".join(texts_in(parts)))


def need_tiles(country: str) -> Extra:
    """Return the needs of the front page, for a search that found nothing."""
    terms = front.tiles(front.needs())
    return Extra("home/search/needs.html", {"needs": front.need_links(terms, country)})


def connect() -> None:
    """Register all of it; called once when the app is ready."""
    presenters.register(PagePresenter())
    presenters.register_ways_on(need_tiles)
