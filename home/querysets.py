"""Which pages a visitor may see, said once: live, not private, no alias, of an enabled country."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Length, Substr
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from directory.models import Service
from home.columns import name_columns
from portal import languages
from portal.plugins.registry import country_codes


def open_to_all(pages: Any, prefix: str = "") -> Any:
    """Return the live pages that nobody made private; aliases are left out: they are no translation (L9).

    ``prefix`` is a relation to the page, with its two underscores, when ``pages`` are rows about pages.
    """
    private = PageViewRestriction.objects.alias(
        start=Substr(OuterRef(f"{prefix}path"), 1, Length("page__path"))
    ).filter(start=F("page__path"))
    return pages.filter(~Exists(private), **{f"{prefix}live": True, f"{prefix}alias_of__isnull": True})


def open_pages() -> Any:
    """Return the pages of every type that are open to all."""
    return open_to_all(Page.objects.all())


def is_enabled(country: str) -> bool:
    """Tell whether pages of this country are offered at the moment; an empty code means every country."""
    return not country or country in country_codes()


class HomePageQuerySet(PageQuerySet):  # type: ignore[misc]  # Wagtail is untyped
    """Front pages."""

    def for_language(self, language: str) -> Any:
        """Return the front page in the best language there is for ``language``, or ``None``; one query."""
        chain = languages.chain(language)
        rows = open_to_all(self).filter(locale__language_code__in=chain).select_related("locale")
        return min(rows, key=lambda page: chain.index(page.locale.language_code), default=None)


class ContentPageQuerySet(PageQuerySet):  # type: ignore[misc]  # Wagtail is untyped
    """Pages of texts; :meth:`for_visitors` is the only road to a visitor."""

    def for_visitors(self) -> Any:
        """Return open pages of enabled countries, and those of no country."""
        return open_to_all(self).filter(Q(country="") | Q(country__in=country_codes()))


class RightServiceQuerySet(QuerySet[Any]):
    """Links from rights to services."""

    def of_page(self, translation_key: UUID) -> Any:
        """Return the links of a page and its translations to services that a visitor may see; one query."""
        shown = Service.objects.for_visitors().order_by().values("pk")
        columns = [*name_columns("service__"), *name_columns("service__organization__")]
        return (
            self.filter(page__translation_key=translation_key, service__in=shown)
            .select_related("service__organization")
            .only("right_key", "reason", "order", "service__code", "service__organization__code", *columns)
            .order_by("order", "pk")
        )

    def of_service(self, key: str, language: str) -> Any:
        """Return the links of a service to pages that a visitor may see; one query.

        Each row has ``translated_title``: the title of the page's live translation into ``language``.
        """
        translated = open_pages().filter(
            translation_key=OuterRef("page__translation_key"), locale__language_code=language
        )
        return (
            open_to_all(self, "page__")
            .filter(Q(page__country="") | Q(page__country__in=country_codes()), service__key=key)
            .select_related("page__locale")
            .defer("page__body")
            .annotate(translated_title=Subquery(translated.values("title")[:1]))
            .order_by("page__path", "order", "pk")
        )
