"""Choosing an organization, a service or an area in the editors' forms, by a search without diacritics."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.viewsets.chooser import ChooserViewSet

from directory.models import Area, Organization, Service
from portal import languages
from portal.folding import fold


def name_columns(field: str) -> list[str]:
    """Return a translated field's column of every language (trap M2: never the base name)."""
    return [f"{field}_{language.column_suffix}" for language in languages.CATALOGUE]


def find(rows: models.QuerySet[Any], words: str, columns: list[str]) -> models.QuerySet[Any]:
    """Return the rows in which every typed word begins a word of ``columns``, in any script (trap M3)."""
    wanted = fold(words).split()
    found = []
    for pk, *texts in rows.order_by().values_list("pk", *columns):
        known = {word for text in texts if text for word in fold(text).split()}
        if all(any(word.startswith(part) for word in known) for part in wanted):
            found.append(pk)
    return rows.filter(pk__in=found)


class FoldedSearchForm(BaseFilterForm):
    """The search field of a chooser."""

    q = forms.CharField(
        label=_("Search"), required=False, widget=forms.TextInput(attrs={"placeholder": _("Search")})
    )

    def filter(self, objects: models.QuerySet[Any]) -> models.QuerySet[Any]:
        words = self.cleaned_data.get("q", "")
        if words:
            self.is_searching, self.search_query = True, words
            objects = find(objects, words, [*name_columns("name"), "key"])
        return objects


class FoldedChooseView(ChooserViewSet.choose_view_class):
    """The chooser's window."""

    filter_form_class = FoldedSearchForm


class FoldedResultsView(ChooserViewSet.choose_results_view_class):
    """The chooser's list alone, as the search asks for it."""

    filter_form_class = FoldedSearchForm


class RecordChooserViewSet(ChooserViewSet):
    """Base of the three choosers."""

    choose_view_class = FoldedChooseView
    choose_results_view_class = FoldedResultsView
    per_page = 20


class OrganizationChooser(RecordChooserViewSet):
    """Choose an organization."""

    model = Organization
    name = "directory_choose_organization"
    url_prefix = "directory/choose/organization"
    icon = "group"
    choose_one_text = _("Choose an organization")
    choose_another_text = _("Choose another organization")
    edit_item_text = _("Edit this organization")


class ServiceChooser(RecordChooserViewSet):
    """Choose a service."""

    model = Service
    name = "directory_choose_service"
    url_prefix = "directory/choose/service"
    icon = "clipboard-list"
    choose_one_text = _("Choose a service")
    choose_another_text = _("Choose another service")
    edit_item_text = _("Edit this service")


class AreaChooser(RecordChooserViewSet):
    """Choose a region or a municipality."""

    model = Area
    name = "directory_choose_area"
    url_prefix = "directory/choose/area"
    icon = "globe"
    choose_one_text = _("Choose an area")
    choose_another_text = _("Choose another area")
    edit_item_text = _("Edit this area")


CHOOSERS = (
    OrganizationChooser("directory_choose_organization"),
    ServiceChooser("directory_choose_service"),
    AreaChooser("directory_choose_area"),
)
