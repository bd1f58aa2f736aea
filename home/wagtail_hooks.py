"""What the pages add to the editors' admin: choosers, links of rights to services, safe unpublishing."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import PagesSummaryItem
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Page
from wagtail_localize.models import TranslationSource

from home.choosers import organization_chooser
from home.dashboard_views import translation_list, translation_table
from home.first_page import WaitingPanel
from home.forms import GlossaryTermForm, RightServiceForm
from home.models import GlossaryTerm, RightService
from home.page_forms import tell_marks
from home.page_names import RightServiceFilterSet, RightServiceIndexView
from home.translation_views import SyncView, download_po, refuse_unfinished, upload_po
from portal import languages

UPLOADS = {"images", "documents"}
REVIEWED = BooleanColumn("reviewed", label=_("Reviewed"), sort_key="reviewed")


class RightServiceViewSet(ModelViewSet):
    """The services for rights, as a list that editors review."""

    model = RightService
    icon = "link"
    menu_label = _("Services for rights")
    menu_order = 300
    add_to_admin_menu = True
    index_view_class = RightServiceIndexView
    filterset_class = RightServiceFilterSet
    list_display = (
        "right_key",
        Column("page_title", label=_("Page"), sort_key="page_title"),
        "service",
        REVIEWED,
    )
    list_per_page = 50
    search_backend_name = None
    inspect_view_enabled = False
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> Any:
        """Return the form with a reason per language."""
        return RightServiceForm


class GlossaryViewSet(ModelViewSet):
    """The legal words with their plain meanings."""

    model = GlossaryTerm
    icon = "openquote"
    menu_label = _("Glossary")
    menu_order = 310
    add_to_admin_menu = True
    list_display = ("__str__", "key", "country", REVIEWED)
    list_filter = ("reviewed", "country")
    search_backend_name = None
    inspect_view_enabled = False
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> Any:
        """Return the form with a field for each language."""
        return GlossaryTermForm


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[Any]:
    """Make the chooser and the list part of the admin."""
    return [organization_chooser, RightServiceViewSet("right_services"), GlossaryViewSet("glossary")]


@hooks.register("construct_main_menu")
def hide_uploads(request: HttpRequest, menu_items: list[Any]) -> None:
    """Take images and documents out of the menu: uploads are off."""
    menu_items[:] = [item for item in menu_items if item.name not in UPLOADS]


@hooks.register("construct_homepage_summary_items", order=100)
def hide_counts_of_uploads(request: HttpRequest, summary_items: list[Any]) -> None:
    """Count pages only on the first page of the desk: uploads are off."""
    summary_items[:] = [item for item in summary_items if isinstance(item, PagesSummaryItem)]


@hooks.register("construct_homepage_panels")
def show_what_waits(request: HttpRequest, panels: list[Any]) -> None:
    """Put what waits for this editor above what Wagtail shows."""
    panels.insert(0, WaitingPanel())


@hooks.register("construct_translated_pages_to_cascade_actions")
def cascade_to_translations(pages: list[Page], action: str) -> dict[Page, Any]:
    """Let unpublishing, deleting or moving a source page take its translations along (trap L2).

    A translation alone never takes its source along. Aliases follow their source by themselves when it is
    unpublished, so they are named for deleting and moving only.
    """
    found = {}
    for page in pages:
        if not is_source(page):
            continue
        others = Page.objects.translation_of(page, inclusive=False)
        found[page] = others.filter(alias_of__isnull=True) if action == "unpublish" else others
    return found


def is_source(page: Page) -> bool:
    """Tell whether other languages are translated from this page."""
    if page.locale.language_code == languages.DEFAULT_LANGUAGE:
        return True
    return bool(TranslationSource.objects.filter(object_id=page.translation_key, locale=page.locale).exists())


@hooks.register("before_edit_page", order=-10)
def publish_whole_translations_only(request: HttpRequest, page: Page) -> Any:
    """Refuse to publish a translation that misses sentences, before wagtail-localize would."""
    return refuse_unfinished(request, page)


@hooks.register("register_admin_urls", order=-10)
def register_mended_urls() -> list[Any]:
    """Take the place of those pages of wagtail-localize that would harm; its own names lead here."""
    return [
        path("localize/update/<int:translation_source_id>/", SyncView.as_view()),
        path("localize/translate/<int:translation_id>/pofile/upload/", upload_po),
        path("localize/translate/<int:translation_id>/pofile/download/", download_po),
    ]


@hooks.register("register_admin_urls")
def register_translation_table() -> list[Any]:
    """Add the table of translations and its lists."""
    return [
        path("translations/", translation_table, name="translation_table"),
        path("translations/<slug:language>/", translation_list, name="translation_list"),
    ]


@hooks.register("register_admin_menu_item")
def register_translation_menu() -> MenuItem:
    """Put the table into the menu, beside the directory."""
    return MenuItem(
        _("Translations"),
        reverse("translation_table"),
        name="translation-table",
        icon_name="wagtail-localize-language",
        order=160,
    )


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def say_what_to_look_at(request: HttpRequest, page: Page) -> None:
    """Tell the editor after a save which sentences are too long and which numbers stand in the text."""
    tell_marks(request, page)
