"""What an operator puts into the bar of every page: entries of the menu, and own lines of each country."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.blocks import KeepingStreamBlock, OrganizationChooserBlock
from home.choices import MenuName


def words_by_language(text: str) -> dict[str, str]:
    """Return the lines "sl Pravice" of a text by language."""
    lines = [line.split(maxsplit=1) for line in text.splitlines() if line.strip()]
    return {line[0].lower(): line[1].strip() if len(line) > 1 else "" for line in lines}


class OwnWords(blocks.TextBlock):  # type: ignore[misc]  # Wagtail is untyped
    """Words by language, a line for each; they must be short: a phone is narrow."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            rows=3,
            label=_("Its own words"),
            help_text=_(
                "A line for each language, such as: sl Pravice. Empty: as the portal or the page says."
            ),
            **kwargs,
        )


class OwnEntry(blocks.StructBlock):  # type: ignore[misc]  # Wagtail is untyped
    """A part of the portal itself."""

    part = blocks.ChoiceBlock(choices=MenuName.choices, label=_("Part of the portal"))
    words = OwnWords()

    class Meta:
        label = _("Part of the portal")
        icon = "home"


class PageEntry(blocks.StructBlock):  # type: ignore[misc]  # Wagtail is untyped
    """A page, with its title in each language."""

    page = blocks.PageChooserBlock(label=_("Page"))
    words = OwnWords()

    class Meta:
        label = _("Page")
        icon = "doc-full"


class MenuEntries(KeepingStreamBlock):
    """Two to four entries; none at all is as the portal comes."""

    part = OwnEntry()
    page = PageEntry()

    class Meta:
        max_num = 4


class CountryLines(KeepingStreamBlock):
    """Organizations whose first number stands beside the emergency numbers of their country."""

    organization = OrganizationChooserBlock(label=_("Organization"), icon="group")

    class Meta:
        max_num = 4
