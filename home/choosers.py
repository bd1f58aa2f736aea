"""How editors choose a record of the directory: by name, out of a list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic import chooser as chooser_views
from wagtail.admin.viewsets.chooser import ChooserViewSet

from directory.models import Organization
from home.columns import name_columns


class NameFilterForm(BaseFilterForm):  # type: ignore[misc]  # Wagtail is untyped
    """Finds organizations by a part of their name in any language."""

    q = forms.CharField(label=_("Name"), required=False)

    def filter(self, objects: Any) -> Any:
        """Return the objects whose name, in any language, holds the words."""
        words = self.cleaned_data.get("q", "")
        if not words:
            return objects
        self.is_searching = True
        self.search_query = words
        named = Q()
        for column in name_columns():
            named |= Q(**{f"{column}__icontains": words})
        return objects.filter(named)


class ChooseOrganization(chooser_views.ChooseView):  # type: ignore[misc]  # Wagtail is untyped
    """The window of the chooser."""

    filter_form_class = NameFilterForm


class ChooseOrganizationResults(chooser_views.ChooseResultsView):  # type: ignore[misc]  # Wagtail is untyped
    """Its list."""

    filter_form_class = NameFilterForm


class OrganizationChooserViewSet(ChooserViewSet):  # type: ignore[misc]  # Wagtail is untyped
    """The chooser of public organizations of enabled countries, members of networks included."""

    model = Organization
    icon = "group"
    choose_one_text = _("Choose an organization")
    choose_another_text = _("Choose another organization")
    choose_view_class = ChooseOrganization
    choose_results_view_class = ChooseOrganizationResults
    register_widget = False

    def get_object_list(self) -> Any:
        """Return what a visitor may see, networks and their like first."""
        return Organization.objects.for_visitors().order_by("network_id", "country", "key")


organization_chooser = OrganizationChooserViewSet("home_organizations")
