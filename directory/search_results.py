"""How services and providers stand on the result page, and the ways on that the directory offers there."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from directory import listing, organization_listing
from directory.cards import OrganizationCard, ServiceCard
from directory.choices import Audience
from directory.filters import Chosen, to_query
from directory.sealed_links import FINDER, ORGANIZATIONS, SERVICES, organizations_address, services_address
from portal.plugins import Hit, SearchQuery
from search import presenters, sealed_pages
from search.highlight import Marker
from search.presenters import Asked, Extra


class ServicePresenter:
    """Services on the result page; a :class:`search.presenters.Presenter`."""

    kind = "service"
    template = "directory/search/service.html"

    def title(self) -> str:
        """Return the heading of the group."""
        return _("Services")

    def query(self, asked: Asked) -> SearchQuery:
        """Return the question for services for everyone, of the chosen country only."""
        restrict = {"audience": Audience.EVERYONE.value}
        if asked.country:
            restrict["country"] = asked.country
        return to_query(Chosen(words=asked.words), restrict=restrict)

    def cards(self, hits: Sequence[Hit], asked: Asked, mark: Marker) -> list[ServiceCard]:
        """Return the cards of what a visitor may see."""
        return listing.service_cards(hits, _chosen(asked), {}, None, mark)

    def name_of(self, card: ServiceCard) -> str:
        """Return the name of the service."""
        return str(card.name)

    def all_url(self, asked: Asked) -> str:
        """Return the list of services with these words."""
        return services_address(_chosen(asked))


class OrganizationPresenter:
    """Providers on the result page; a :class:`search.presenters.Presenter`."""

    kind = "organization"
    template = "directory/search/organization.html"

    def title(self) -> str:
        """Return the heading of the group."""
        return _("Who can help")

    def query(self, asked: Asked) -> SearchQuery:
        """Return the question for providers of the chosen country, or of all."""
        return organization_listing.query_for(asked.words, country=asked.country)

    def cards(self, hits: Sequence[Hit], asked: Asked, mark: Marker) -> list[OrganizationCard]:
        """Return the cards of what a visitor may see."""
        return organization_listing.cards_of_hits(hits, listing.country_query(_chosen(asked)), mark)

    def name_of(self, card: OrganizationCard) -> str:
        """Return the name of the provider."""
        return str(card.name)

    def all_url(self, asked: Asked) -> str:
        """Return the list of providers with these words."""
        return organizations_address(_chosen(asked))


def _chosen(asked: Asked) -> Chosen:
    values = {"country": asked.country} if asked.country else {}
    return Chosen(values, asked.words, as_typed=asked.as_typed)


def lines(country: str) -> Extra:
    """Return the lines that are open day and night."""
    return Extra("directory/search/lines.html", {"cards": listing.national_lines(country)})


def ways_on(country: str) -> Extra:
    """Return the lines of the whole country, and the lists to choose from."""
    query = listing.country_query(Chosen({"country": country} if country else {}))
    context = {
        "cards": listing.national_lines(country),
        "services_url": reverse("directory:services") + query,
        "places_url": reverse("directory:places") + query,
    }
    return Extra("directory/search/ways_on.html", context)


def connect() -> None:
    """Register all of it; called once when the app is ready."""
    presenters.register(ServicePresenter())
    presenters.register(OrganizationPresenter())
    presenters.register_lines(lines)
    presenters.register_ways_on(ways_on)
    sealed_pages.register(SERVICES, "directory.views.sealed_list")
    sealed_pages.register(ORGANIZATIONS, "directory.views.sealed_organizations")
    sealed_pages.register(FINDER, "directory.finder_views.sealed_step")
