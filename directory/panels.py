"""The parts of the editors' pages: rows inside a record, notes, and the columns of each enabled language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
)
from wagtail.admin.widgets import AdminAutoHeightTextInput

from directory import forms as own
from portal import languages

DERIVED = _(
    "Leave a field empty: its text is made from the Latin text by itself. Write here only what must differ."
)


class Rows(InlinePanel):
    """Rows inside a record, checked with their owner at hand; ``ordered`` lets editors move them."""

    def __init__(
        self,
        relation_name: str,
        *args: Any,
        row_form: type[WagtailAdminModelForm] = WagtailAdminModelForm,
        ordered: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(relation_name, *args, **kwargs)
        self.row_form, self.ordered = row_form, ordered

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "row_form": self.row_form, "ordered": self.ordered}

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        rows = options["formsets"][self.relation_name]
        rows |= {"form": self.row_form, "formset": own.ChildRows, "can_order": self.ordered}
        return options


class RecordNotes(Panel):
    """What editors must know of a record: open conflicts and tasks, and values by date (C1–C23)."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "directory/admin/record_notes.html"

        @property
        def notes(self) -> list[Any]:
            return list(self.instance.editor_notes.all()) if self.instance.pk else []

        @property
        def values(self) -> list[Any]:
            return list(self.instance.dated_values.all()) if self.instance.pk else []


class NotedRecords(Panel):
    """The records that a note speaks of, each with a link to its form."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "directory/admin/noted_records.html"

        @property
        def organizations(self) -> list[Any]:
            return list(self.instance.organizations.all()) if self.instance.pk else []

        @property
        def services(self) -> list[Any]:
            return list(self.instance.services.all()) if self.instance.pk else []


def text_panel(model: type[models.Model], field: str, language: languages.Language) -> FieldPanel:
    """Return the panel of one language's column; it is marked with that language and its direction."""
    column = f"{field}_{language.column_suffix}"
    base: Any = model._meta.get_field(field)
    attributes = {"lang": language.tag, "dir": language.direction}
    long = isinstance(base, models.TextField)
    widget = AdminAutoHeightTextInput(attributes) if long else forms.TextInput(attributes)
    return FieldPanel(column, heading=capfirst(base.verbose_name), help_text=base.help_text, widget=widget)


def enabled_languages() -> list[languages.Language]:
    """Return the languages that the site has enabled; columns of the others keep their text."""
    return [languages.get(code) for code in settings.PORTAL_LANGUAGES]


def language_tabs(model: type[models.Model], *fields: str) -> list[ObjectList]:
    """Return one tab for each enabled language, with that language's columns of ``fields``."""
    tabs = []
    for language in enabled_languages():
        panels: list[Panel] = [text_panel(model, field, language) for field in fields]
        if language.derived_from:
            panels.insert(0, HelpPanel(content=DERIVED))
        tabs.append(ObjectList(panels, heading=language.own_name))
    return tabs


def language_group(model: type[models.Model], field: str) -> MultiFieldPanel:
    """Return one field in all enabled languages, folded up: for rows inside a record."""
    panels = []
    for language in enabled_languages():
        panel = text_panel(model, field, language)
        panel.heading = language.own_name
        panels.append(panel)
    base: Any = model._meta.get_field(field)
    heading = capfirst(base.verbose_name)
    return MultiFieldPanel(panels, heading=heading, classname="collapsed")
