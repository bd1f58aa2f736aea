"""What may leave the house, said once: every page, API answer and index reads through these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models
from django.db.models import Q

from directory.choices import Audience, Publication, Publish, Status
from portal.plugins.registry import country_codes

if TYPE_CHECKING:
    from directory.models import Organization, Service  # noqa: F401 - named in a base class

Model = TypeVar("Model", bound=models.Model)


class OrganizationQuerySet(models.QuerySet["Organization"]):
    """Organizations; :meth:`published` is the only road to a visitor."""

    def published(self) -> OrganizationQuerySet:
        """Return public organizations of enabled countries."""
        return self.filter(publication=Publication.PUBLIC, country__in=country_codes())

    def for_visitors(self) -> OrganizationQuerySet:
        """Return what a visitor's page may show."""
        return self.published()

    def of_network(self, network: Organization) -> OrganizationQuerySet:
        """Return the members of a network."""
        return self.filter(network=network)


class ServiceQuerySet(models.QuerySet["Service"]):
    """Services; :meth:`published` may leave the house, :meth:`for_visitors` is for everyone's pages."""

    def published(self) -> ServiceQuerySet:
        """Return public services of enabled countries that have not ended and whose provider is public."""
        return self.filter(
            publication=Publication.PUBLIC,
            organization__publication=Publication.PUBLIC,
            country__in=country_codes(),
        ).exclude(status__in=[Status.DEFUNCT, Status.INACTIVE])

    def for_visitors(self) -> ServiceQuerySet:
        """Return published services whose audience is everyone."""
        return self.published().filter(audience=Audience.EVERYONE)


class ShownQuerySet(models.QuerySet[Any]):
    """Contacts and phones."""

    def published(self) -> ShownQuerySet:
        """Return those that may be shown, checked or with their source."""
        return self.filter(Q(publish=Publish.YES) | Q(publish=Publish.NOTED))
