"""The editors' desk of the directory in Wagtail: lists with search and filters, forms that use actions."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, models
from django.db.models.functions import Coalesce, NullIf
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permissions import ModelPermissionPolicy

from directory import layouts
from directory.actions import delete_record
from directory.choices import Publication
from directory.choosers import find, name_columns
from directory.filtersets import (
    AreaFilterSet,
    NoteFilterSet,
    OrganizationFilterSet,
    PlaceFilterSet,
    ServiceFilterSet,
)
from directory.forms import refuse
from directory.models import (
    Area,
    ConfidentialPlace,
    EditorNote,
    Location,
    Organization,
    Place,
    Service,
    TaxonomyTerm,
)
from portal import languages
from portal.plugins.registry import Link, record_usages

CONFIRMED = "withdraw-confirmed"
OTHERS_NEED_IT = _("Other records need this one.")


class DirectoryIndexView(generic.IndexView):
    """A list: searched by folded words over all languages, never through Wagtail's search index (W1, W6)."""

    name_field = "name"
    joined: tuple[str, ...] = ()

    def get_base_queryset(self) -> models.QuerySet[Any]:
        rows: models.QuerySet[Any] = super().get_base_queryset()
        rows = rows.select_related(*self.joined) if self.joined else rows
        if not self.name_field:
            return rows
        text, empty = models.TextField(), models.Value("")
        names = shown_columns(self.name_field)
        columns = [NullIf(name, empty, output_field=text) for name in names]
        named: models.QuerySet[Any] = rows.annotate(shown_name=Coalesce(*columns, "key", output_field=text))
        return named

    def search_queryset(self, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        if not self.is_searching:
            return queryset
        found: models.QuerySet[Any] = find(queryset, self.search_query, self.search_fields)
        return found


def shown_columns(field: str) -> list[str]:
    """Return the columns of which the first with a text is shown and ordered by (as ``name_of``; trap M3)."""
    asked = translation.get_language() or languages.DEFAULT_LANGUAGE
    codes = dict.fromkeys((*languages.chain(asked), *languages.FIRST_LANGUAGES))
    return [f"{field}_{languages.get(code).column_suffix}" for code in codes]


class NoteIndexView(DirectoryIndexView):
    """The list of notes; they have a text, not a name."""

    name_field = ""


class PlaceIndexView(DirectoryIndexView):
    """The list of places with their municipalities."""

    joined = ("municipality",)


class AreaIndexView(DirectoryIndexView):
    """The list of areas with their regions."""

    joined = ("parent",)


class TermIndexView(DirectoryIndexView):
    """The list of terms by taxonomy."""

    joined = ("taxonomy",)


class OwnedIndexView(DirectoryIndexView):
    """The list of offices, or of services, with their organizations."""

    joined = ("organization",)


class ConfidentialIndexView(OwnedIndexView):
    """The list of confidential places, by public name."""

    name_field = "public_name"


def usages_of(record: Any) -> list[Link]:
    """Return the editors' links to what names a service or an organization."""
    kind = {Service: "service", Organization: "organization"}.get(type(record))
    return [link for find_usages in record_usages for link in find_usages(kind, record.key)] if kind else []


def is_withdrawn(form: Any) -> bool:
    """Tell whether a form takes a public record out of view."""
    if "publication" not in getattr(form, "changed_data", ()):
        return False
    before, after = form.initial.get("publication"), form.cleaned_data.get("publication")
    return bool(before == Publication.PUBLIC and after != Publication.PUBLIC)


class RefusalMixin:
    """Says what an action or the database refused as an error of the form: never as a server error."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Save; on a refusal nothing is kept and the form is shown again."""
        try:
            return super().form_valid(form)  # type: ignore[misc,no-any-return]
        except (ValidationError, DatabaseError) as error:
            refuse(form, error)
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            return self.form_invalid(form)  # type: ignore[attr-defined,no-any-return]


class DirectoryCreateView(RefusalMixin, generic.CreateView):
    """A form for a new record."""


class DirectoryEditView(RefusalMixin, generic.EditView):
    """A form for a record; withdrawing one that pages name shows those pages first."""

    withdraw_template_name = "directory/admin/confirm_withdraw.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Save, but ask once more before a public record that is used goes out of view."""
        usages = usages_of(self.object) if is_withdrawn(form) else []
        if usages and CONFIRMED not in self.request.POST:
            kept = [(name, value) for name, values in self.request.POST.lists() for value in values]
            context = {"record": self.object, "usages": usages, "kept": kept, "confirmed": CONFIRMED}
            return render(self.request, self.withdraw_template_name, context)
        return super().form_valid(form)


class DirectoryDeleteView(generic.DeleteView):
    """Deleting asks the action, which refuses what a pack delivers or other records need."""

    template_name = "directory/admin/confirm_delete.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the pages that name the record."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "usages": usages_of(self.object)}

    def delete_action(self) -> None:
        delete_record(self.object)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)  # type: ignore[no-any-return]
        except (ValidationError, DatabaseError) as error:
            said = " ".join(error.messages) if isinstance(error, ValidationError) else OTHERS_NEED_IT
            messages.error(self.request, said)
            return redirect(self.index_url_name)


class ReadMostlyPolicy(ModelPermissionPolicy):
    """Who may edit may edit; nobody adds or deletes what a country pack delivers."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in {"add", "delete"} and bool(super().user_has_permission(user, action))


class DirectoryViewSet(ModelViewSet):
    """Base of the desk's lists: no copies, no revisions, no reference index, no search index."""

    index_view_class = DirectoryIndexView
    add_view_class = DirectoryCreateView
    edit_view_class = DirectoryEditView
    delete_view_class = DirectoryDeleteView
    copy_view_enabled = False
    add_to_reference_index = False
    list_per_page = 100
    ordering: tuple[str, ...] = ("country", "shown_name")
    name_field = "name"

    @cached_property
    def search_fields(self) -> list[str]:
        """The columns that a search reads: the names in every language, and the import key."""
        return [*name_columns(self.name_field), "key"]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        # Usage reads the reference index, which does not know these records: better no page than a wrong one.
        common: dict[str, Any] = super().get_common_view_kwargs(**{"usage_url_name": None, **kwargs})
        return common

    def get_urlpatterns(self) -> list[Any]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "usage"]


class ServiceViewSet(DirectoryViewSet):
    """Services."""

    model = Service
    name = "directory_services"
    url_prefix = "directory/services"
    icon = "clipboard-list"
    index_view_class = OwnedIndexView
    filterset_class = ServiceFilterSet
    list_display = [
        "__str__",
        Column("organization", label=_("Main provider")),
        "country",
        "publication",
        "status",
        DateColumn("edited_at", label=_("Edited"), sort_key="edited_at"),
    ]

    def get_edit_handler(self) -> Any:
        return layouts.service_panels()


class OrganizationViewSet(DirectoryViewSet):
    """Organizations."""

    model = Organization
    name = "directory_organizations"
    url_prefix = "directory/organizations"
    icon = "group"
    filterset_class = OrganizationFilterSet
    list_display = [
        "__str__",
        "kind",
        "country",
        "publication",
        "status",
        DateColumn("edited_at", label=_("Edited"), sort_key="edited_at"),
    ]

    def get_edit_handler(self) -> Any:
        return layouts.organization_panels()


class LocationViewSet(DirectoryViewSet):
    """Public offices."""

    model = Location
    name = "directory_locations"
    url_prefix = "directory/locations"
    icon = "site"
    index_view_class = OwnedIndexView
    list_filter = ["publish"]
    list_display = ["__str__", Column("organization", label=_("Organization")), "city", "publish"]
    search_fields = [*name_columns("name"), "city", "address_1", "key"]

    def get_edit_handler(self) -> Any:
        return layouts.location_panels()


class ConfidentialPlaceViewSet(DirectoryViewSet):
    """Confidential places."""

    model = ConfidentialPlace
    name = "directory_confidential_places"
    url_prefix = "directory/confidential-places"
    icon = "lock"
    index_view_class = ConfidentialIndexView
    name_field = "public_name"
    list_display = ["__str__", Column("organization", label=_("Organization")), "country"]

    def get_edit_handler(self) -> Any:
        return layouts.confidential_place_panels()


class TermViewSet(DirectoryViewSet):
    """Needs, service types, target groups, forms of exploitation."""

    model = TaxonomyTerm
    name = "directory_terms"
    url_prefix = "directory/terms"
    icon = "tag"
    index_view_class = TermIndexView
    ordering = ("taxonomy", "order", "slug")
    list_filter = ["taxonomy"]
    urgent = BooleanColumn("urgent", label=capfirst(_("urgent")), sort_key="urgent")
    list_display = ["__str__", Column("taxonomy", label=_("Taxonomy")), "slug", urgent, "front_page"]

    def get_edit_handler(self) -> Any:
        return layouts.term_panels()


class DeliveredViewSet(DirectoryViewSet):
    """Base of the lists that country packs deliver."""

    ordering = ("country", "search_key")

    @property
    def permission_policy(self) -> Any:
        return ReadMostlyPolicy(self.model)


class AreaViewSet(DeliveredViewSet):
    """Regions and municipalities."""

    model = Area
    name = "directory_areas"
    url_prefix = "directory/areas"
    icon = "globe"
    index_view_class = AreaIndexView
    filterset_class = AreaFilterSet
    list_display = ["__str__", "level", Column("parent", label=_("Region")), "country"]

    def get_edit_handler(self) -> Any:
        return layouts.delivered_panels(Area, ("key", "country", "level", "parent", "iso_code", "population"))


class PlaceViewSet(DeliveredViewSet):
    """Settlements that a visitor may type."""

    model = Place
    name = "directory_places"
    url_prefix = "directory/places"
    icon = "crosshairs"
    index_view_class = PlaceIndexView
    filterset_class = PlaceFilterSet
    list_display = [
        "__str__",
        Column("municipality", label=_("Municipality")),
        BooleanColumn("confirmed", label=_("Certain"), sort_key="confirmed"),
        "country",
    ]

    def get_edit_handler(self) -> Any:
        own = ("key", "country", "municipality", "confirmed", "population", "source")
        fields = (*own, "register_code", "settlement_type", "valid_from")
        return layouts.delivered_panels(Place, fields)


class NoteViewSet(DirectoryViewSet):
    """What editors have to do: sources that disagree, old values, tasks."""

    model = EditorNote
    name = "directory_notes"
    url_prefix = "directory/to-do"
    icon = "tasks"
    menu_label = _("To do")
    index_view_class = NoteIndexView
    filterset_class = NoteFilterSet
    ordering = ("done", "kind", "key")
    search_fields = ["text", "source", "key"]
    list_display = [
        "__str__",
        "kind",
        Column("text", label=_("Text")),
        "country",
        BooleanColumn("done", label=_("Done"), sort_key="done"),
    ]

    def get_edit_handler(self) -> Any:
        return layouts.note_panels()


class DirectoryGroup(ModelViewSetGroup):
    """The menu "Directory"."""

    menu_label = _("Directory")
    menu_icon = "folder-open-inverse"
    menu_order = 150
    items: tuple[type[DirectoryViewSet], ...] = (
        ServiceViewSet,
        OrganizationViewSet,
        LocationViewSet,
        ConfidentialPlaceViewSet,
        TermViewSet,
        AreaViewSet,
        PlaceViewSet,
        NoteViewSet,
    )
