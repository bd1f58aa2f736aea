"""The filters beside the editors' lists."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from directory.choices import AreaLevel, NoteKind, OrganizationKind, Publication, Status
from directory.forms import country_choices
from directory.models import Area, EditorNote, Organization, Place, Service


class CountryFilterSet(WagtailFilterSet):
    """The filter that every list has."""

    country = django_filters.ChoiceFilter(
        label=_("Country"), choices=country_choices, widget=forms.RadioSelect, empty_label=_("All")
    )


def ticked(choices: Any, label: Any) -> django_filters.MultipleChoiceFilter:
    """Return a filter with boxes to tick."""
    boxes = forms.CheckboxSelectMultiple
    return django_filters.MultipleChoiceFilter(choices=choices, label=label, widget=boxes)


class OrganizationFilterSet(CountryFilterSet):
    """Filters of organizations."""

    kind = ticked(OrganizationKind.choices, _("Kind of provider"))
    publication = ticked(Publication.choices, _("Publication"))
    status = ticked(Status.choices, _("Status"))

    class Meta:
        model = Organization
        fields = ["country", "kind", "publication", "status"]


class ServiceFilterSet(CountryFilterSet):
    """Filters of services."""

    kind = django_filters.MultipleChoiceFilter(
        field_name="organization__kind",
        choices=OrganizationKind.choices,
        label=_("Kind of provider"),
        widget=forms.CheckboxSelectMultiple,
    )
    publication = ticked(Publication.choices, _("Publication"))
    status = ticked(Status.choices, _("Status"))

    class Meta:
        model = Service
        fields = ["country", "kind", "publication", "status"]


class NoteFilterSet(CountryFilterSet):
    """Filters of the list of things to do."""

    kind = ticked(NoteKind.choices, _("Kind"))

    class Meta:
        model = EditorNote
        fields = ["country", "kind", "done"]


class AreaFilterSet(CountryFilterSet):
    """Filters of areas."""

    level = ticked(AreaLevel.choices, _("Level"))

    class Meta:
        model = Area
        fields = ["country", "level"]


class PlaceFilterSet(CountryFilterSet):
    """Filters of places."""

    class Meta:
        model = Place
        fields = ["country", "confirmed"]
