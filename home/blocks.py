"""The blocks of a page: texts for the reader; numbers and hours come from the directory instead."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.choices import Insert
from portal.plugins import installed_plugins

KEPT = "kept"


class SameInAllLanguages:
    """A block whose value is no text to translate: translations take it over as it is (trap L3)."""

    def get_translatable_segments(self, value: Any) -> list[Any]:
        """Return nothing to translate."""
        return []

    def restore_translated_segments(self, value: Any, segments: Any) -> Any:
        """Return the source's value."""
        return value


class KeptBlock(SameInAllLanguages, blocks.FieldBlock):
    """Content of a plugin that is switched off, as ``{"type": …, "value": …}``: seen, never changed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.field = forms.CharField(
            required=False,
            widget=forms.Textarea(attrs={"readonly": True, "rows": 2}),
            help_text=_("It belongs to a plugin that is switched off. It stays here and is not shown."),
        )

    def value_for_form(self, value: Any) -> str:
        """Return the kept content as the form holds it."""
        return json.dumps(value, ensure_ascii=False) if value else ""

    def value_from_form(self, value: Any) -> Any:
        """Return the kept content out of the form; ``None`` when there is none."""
        try:
            content = json.loads(value) if isinstance(value, str) else value
        except ValueError:
            return None
        return content if isinstance(content, dict) and isinstance(content.get("type"), str) else None

    def render_basic(self, value: Any, context: Any = None) -> str:
        """Return nothing: visitors do not see it."""
        return ""

    class Meta:
        icon = "lock"
        label = _("Kept part of a plugin")
        group = _("Kept parts (add none)")


class KeepingStreamBlock(blocks.StreamBlock):
    """A stream that keeps blocks of an absent plugin through load, form, save and translation (trap W1).

    Wagtail drops what it does not know. Here such a block is held as :class:`KeptBlock`, and stored again
    under its own type, id and value: once the plugin is back, so is the block.
    """

    takes_plugin_blocks = False

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        super().__init__(local_blocks, **kwargs)
        if self.takes_plugin_blocks:
            self._add_plugin_blocks()
        kept = KeptBlock()
        kept.set_name(KEPT)
        self.child_blocks[KEPT] = kept

    def _add_plugin_blocks(self) -> None:
        for name, block in plugin_blocks().items():
            block.set_name(name)
            self.child_blocks[name] = block

    def to_python(self, value: Any) -> Any:
        """Return the stream; raw blocks of unknown types are held, not dropped."""
        if isinstance(value, str) and value:
            try:
                value = json.loads(value)
            except ValueError:
                return super().to_python(value)
        if isinstance(value, list) and value and isinstance(value[0], dict):
            value = self.hold(value)
        return super().to_python(value)

    def bulk_to_python(self, values: Iterable[Any]) -> Any:
        """Return many streams; as :meth:`to_python`."""
        return super().bulk_to_python([self.hold(stream) for stream in values])

    def hold(self, stream: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Return the raw stream with blocks of unknown types as kept ones."""
        return [
            dict(raw)
            if raw["type"] in self.child_blocks
            else {"type": KEPT, "value": {"type": raw["type"], "value": raw["value"]}, "id": raw.get("id")}
            for raw in stream
        ]

    def get_prep_value(self, value: Any) -> list[dict[str, Any]]:
        """Return the raw stream as it is stored: kept blocks under their own types again."""
        return [
            {**raw["value"], "id": raw.get("id")} if raw["type"] == KEPT else raw
            for raw in super().get_prep_value(value)
            if raw["type"] != KEPT or raw["value"]
        ]


def plugin_blocks() -> dict[str, blocks.Block]:
    """Return new blocks of the enabled plugins by the type that is stored: ``<label>_<name>``."""
    return {
        f"{plugin.label}_{name}": make()
        for plugin in installed_plugins()
        for name, make in plugin.page_blocks().items()
    }


class KeyBlock(SameInAllLanguages, blocks.CharBlock):
    """A key or a reference to a source: the same in every language."""


class OrganizationChooserBlock(SameInAllLanguages, blocks.ChooserBlock):
    """An organization of the directory; stores its id, so its phones are always today's."""

    target_model = "directory.Organization"

    @cached_property
    def widget(self) -> Any:
        """The chooser of the editors' admin; imported late because it needs all models."""
        from home.choosers import organization_chooser

        return organization_chooser.widget_class()

    class Meta:
        icon = "group"


class CallBlock(blocks.StructBlock):
    """Whom to call, and why."""

    organization = OrganizationChooserBlock(label=_("Organization"))
    why = blocks.CharBlock(label=_("Why"), max_length=200, help_text=_("One short sentence. No number here."))

    class Meta:
        icon = "user"
        label = _("Organization")


class RightBlock(blocks.StructBlock):
    """A right in plain words, with its key, a note, the law and the source."""

    key = KeyBlock(label=_("Key"), max_length=20, help_text=_("Services are linked to it by this key."))
    text = blocks.TextBlock(label=_("Text"), rows=3)
    note = blocks.TextBlock(label=_("Note for the reader"), required=False, rows=2)
    law = blocks.CharBlock(label=_("Law"), required=False, max_length=300)
    source = KeyBlock(label=_("Source"), required=False, max_length=200)

    class Meta:
        icon = "tick"
        label = _("Right")


class RightsBlock(blocks.StructBlock):
    """Rights under one heading."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    rights = blocks.ListBlock(RightBlock(), label=_("Rights"))

    class Meta:
        icon = "list-ul"
        label = _("Rights")


class GuidanceBlock(blocks.StructBlock):
    """Guidance for professionals under one heading."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    key = KeyBlock(label=_("Key"), required=False, max_length=20)
    items = blocks.ListBlock(blocks.TextBlock(label=_("Advice"), rows=2), label=_("Advice"))
    source = KeyBlock(label=_("Source"), required=False, max_length=200)

    class Meta:
        icon = "list-ul"
        label = _("Guidance")


def sentences(label: Any) -> blocks.ListBlock:
    """Return a list block of short sentences."""
    return blocks.ListBlock(blocks.TextBlock(label=_("Sentence"), rows=2), label=label, icon="list-ol")


class PathwayBlock(blocks.StructBlock):
    """A way through offices and help: numbered steps in boxes."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    key = KeyBlock(label=_("Key"), required=False, max_length=20)
    steps = sentences(_("steps"))
    source = KeyBlock(label=_("Source"), required=False, max_length=200)

    class Meta:
        icon = "arrow-down-big"
        label = _("Way in steps")


class FactBlock(blocks.StructBlock):
    """A number or an event with its date."""

    key = KeyBlock(label=_("Key"), required=False, max_length=20)
    text = blocks.TextBlock(label=_("Text"), rows=2)
    date = KeyBlock(label=_("Date"), max_length=40, help_text=_("Years, such as 2019 or 2017-2019."))
    source = KeyBlock(label=_("Source"), required=False, max_length=200)

    class Meta:
        icon = "date"
        label = _("Number or event")


class FactsBlock(blocks.StructBlock):
    """Numbers and events under one heading."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    facts = blocks.ListBlock(FactBlock(), label=_("Numbers and events"))

    class Meta:
        icon = "date"
        label = _("Numbers and events")


class SameDateBlock(SameInAllLanguages, blocks.DateBlock):
    """A date: the same in every language."""


class SectionBlock(blocks.StructBlock):
    """Text, points and steps under one heading; ``checked`` says when steps of a device were written down."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    paragraphs = sentences(_("paragraphs"))
    points = sentences(_("points"))
    steps = sentences(_("steps"))
    checked = SameDateBlock(label=_("As of"), required=False)

    class Meta:
        icon = "title"
        label = _("Section")


class InsertBlock(SameInAllLanguages, blocks.ChoiceBlock):
    """A part that the portal fills in: who runs this, sources, the way out to practise, the glossary."""

    choices = Insert.choices

    class Meta:
        icon = "placeholder"
        label = _("Part that fills itself")


class RightsBody(KeepingStreamBlock):
    """What a page is made of, in the order of its answers: what, what to do, whom to call."""

    takes_plugin_blocks = True

    summary = blocks.TextBlock(label=_("Summary"), icon="pilcrow", rows=4)
    steps = sentences(_("Do this now"))
    call = blocks.ListBlock(CallBlock(), label=_("Whom to call"), icon="mobile-alt")
    rights = RightsBlock()
    guidance = GuidanceBlock()
    pathway = PathwayBlock()
    section = SectionBlock()
    facts = FactsBlock()
    bring = sentences(_("What to bring"))
    deadlines = sentences(_("Time limits"))
    money = sentences(_("Money"))
    law = blocks.TextBlock(label=_("Law"), icon="doc-full", rows=2)
    text = blocks.RichTextBlock(label=_("Text"), features=["h2", "h3", "bold", "ul", "ol"])
    insert = InsertBlock()


class TextBody(KeepingStreamBlock):
    """What a piece of news is made of."""

    text = blocks.RichTextBlock(label=_("Text"), features=["h2", "h3", "bold", "ul", "ol"])
    steps = sentences(_("Steps"))


class FootLinks(KeepingStreamBlock):
    """Pages that the operator adds to the foot of every page."""

    page = blocks.PageChooserBlock(label=_("Page"))
