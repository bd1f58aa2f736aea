"""Pages named in the editor's language, where a list or a form chooses among pages of the source language."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.generic import IndexView
from wagtail.models import Page

from home.models import RightService, RightsPage
from portal import languages


def own_title(key: str) -> Coalesce:
    """Return the title in the active language, or one of its chain, of the page with that ``translation_key``.

    ``key`` is the path to the field, such as "page__translation_key".
    """
    asked = translation.get_language() or languages.DEFAULT_LANGUAGE
    versions = Page.objects.filter(translation_key=OuterRef(key), alias_of=None).values("title")
    own = [Subquery(versions.filter(locale__language_code=code)[:1]) for code in languages.chain(asked)]
    return Coalesce(*own, F(key.replace("translation_key", "title")))


def source_pages() -> QuerySet[Any]:
    """Return the rights pages of the source language with ``own_title``."""
    pages = RightsPage.objects.filter(locale__language_code=languages.DEFAULT_LANGUAGE)
    found: QuerySet[Any] = pages.annotate(own_title=own_title("translation_key")).order_by("path")
    return found


class SourcePageField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs alone
    """A choice of a rights page, each named in the editor's language."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the title."""
        return str(obj.own_title)


class SourcePageFilter(django_filters.ModelChoiceFilter):  # type: ignore[misc]  # django-filter is untyped
    """A filter by page, each named in the editor's language."""

    field_class = SourcePageField


class RightServiceFilterSet(WagtailFilterSet):  # type: ignore[misc]  # Wagtail is untyped
    """Filters of the services for rights."""

    page = SourcePageFilter(queryset=lambda request: source_pages(), label=_("Page"))

    class Meta:
        model = RightService
        fields = ("reviewed", "page", "right_key")


class RightServiceIndexView(IndexView):  # type: ignore[misc]  # Wagtail is untyped
    """The services for rights, their pages named in the editor's language."""

    def get_base_queryset(self) -> Any:
        """Return the rows with ``page_title``."""
        rows = super().get_base_queryset().select_related("service")
        return rows.annotate(page_title=own_title("page__translation_key"))
