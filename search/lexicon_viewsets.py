"""The editors' lists of search concepts and their words in Wagtail; they save through the lexicon's actions."""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, BulkActionsCheckboxColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from search.lexicon_actions import delete_concept, delete_term, save_concept, save_term
from search.lexicon_models import Concept, ConceptTerm

HOW_TO_WRITE = _(
    "Write what people type, not what we call it. One meaning a row. Misspellings are found without a row."
)


class ConceptForm(WagtailAdminModelForm):
    """The form of a concept."""

    def save(self, commit: bool = True) -> Concept:
        """Save through the action, so that every worker reads the lexicon again."""
        concept: Concept = super().save(commit=False)
        if commit:
            save_concept(concept)
        return concept


class TermForm(WagtailAdminModelForm):
    """The form of a word or phrase."""

    def save(self, commit: bool = True) -> ConceptTerm:
        """Save through the action: it analyses the words and renews the lexicon's number."""
        term: ConceptTerm = super().save(commit=False)
        if commit:
            save_term(term)
        return term


class ConceptDeleteView(generic.DeleteView):
    """Deletes a concept with its words."""

    def delete_action(self) -> None:
        delete_concept(self.object)


class TermDeleteView(generic.DeleteView):
    """Deletes a word; a later load does not bring it back."""

    def delete_action(self) -> None:
        delete_term(self.object)


class TermIndexView(generic.IndexView):
    """The list of words with their concepts in one query, and a tick for each."""

    template_name = "search/admin/words.html"

    @cached_property
    def columns(self) -> list[Any]:
        return [BulkActionsCheckboxColumn("bulk_actions", obj_type="word"), *super().columns]

    def _get_title_column(self, *args: Any, **kwargs: Any) -> Any:
        return super()._get_title_column(*args, **kwargs, get_title_id=lambda word: f"word_{word.pk}_title")

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("concept")


class LexiconViewSet(ModelViewSet):
    """Base of both lists: no copies, no reference index, no usage page."""

    copy_view_enabled = False
    add_to_reference_index = False
    list_per_page = 100

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        common: dict[str, Any] = super().get_common_view_kwargs(**{"usage_url_name": None, **kwargs})
        return common

    def get_urlpatterns(self) -> list[Any]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "usage"]


class TermViewSet(LexiconViewSet):
    """Words and phrases, by language and by whether someone has read them."""

    model = ConceptTerm
    name = "search_words"
    url_prefix = "search/words"
    icon = "search"
    menu_label = _("Search words")
    index_view_class = TermIndexView
    delete_view_class = TermDeleteView
    ordering = ("language", "concept__name", "text")
    search_fields = ["text"]
    list_filter = ["language", "reviewed", "concept"]
    list_display = [
        "__str__",
        Column("concept", label=_("Concept")),
        Column("get_language_display", label=_("Language")),
        BooleanColumn("reviewed", label=_("Reviewed"), sort_key="reviewed"),
    ]

    def get_edit_handler(self) -> Any:
        panels = [HelpPanel(content=HOW_TO_WRITE)]
        panels += [FieldPanel(name) for name in ("concept", "language", "text", "reviewed")]
        return ObjectList(panels, base_form_class=TermForm).bind_to_model(self.model)


class ConceptViewSet(LexiconViewSet):
    """Concepts, and what they lead to."""

    model = Concept
    name = "search_concepts"
    url_prefix = "search/concepts"
    icon = "tag"
    menu_label = _("Search concepts")
    delete_view_class = ConceptDeleteView
    ordering = ("name",)
    search_fields = ["name", "key"]
    list_filter = ["is_distress"]
    list_display = [
        "__str__",
        "links",
        BooleanColumn("is_distress", label=_("A cry for help"), sort_key="is_distress"),
    ]

    def get_edit_handler(self) -> Any:
        panels = [FieldPanel(name) for name in ("key", "name", "links", "is_distress", "links_only")]
        return ObjectList(panels, base_form_class=ConceptForm).bind_to_model(self.model)


class LexiconGroup(ModelViewSetGroup):
    """The menu "Finding"."""

    menu_label = _("Finding")
    menu_icon = "search"
    menu_order = 160
    items = (TermViewSet, ConceptViewSet)
