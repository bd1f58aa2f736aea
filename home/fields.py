"""Fields that lose nothing: streams with blocks of absent plugins, lists of choices as checkboxes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import models
from django.utils.text import capfirst
from wagtail.blocks import Block
from wagtail.fields import StreamField

from home.blocks import KeepingStreamBlock
from portal.localized import choose
from portal.plugins.registry import enabled_countries


class KeepingStreamField(StreamField):  # type: ignore[misc]  # Wagtail is untyped
    """A StreamField that keeps blocks it does not know and freezes none in migrations (trap W1).

    In a migration it stands without blocks, so enabling a plugin changes no migration; there it keeps
    every block as it is.
    """

    def __init__(self, block_types: Any, *args: Any, **kwargs: Any) -> None:
        if not isinstance(block_types, Block | type):
            block_types = KeepingStreamBlock(block_types)
        super().__init__(block_types, *args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Return the field without its blocks."""
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs


class ChoiceListField(models.JSONField):
    """A list of values out of fixed choices, ticked in the editor."""

    def __init__(self, *args: Any, allowed: Iterable[tuple[str, Any]] = (), **kwargs: Any) -> None:
        self.allowed = tuple(allowed)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> Any:
        """Return checkboxes."""
        return forms.MultipleChoiceField(
            choices=self.allowed,
            required=not self.blank,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )


class CountrySelect(forms.Select):
    """The enabled countries; the value of a country that is switched off stays choosable."""

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        """Return the choices of this moment."""
        countries = [(country.code, str(choose(country.name))) for country in enabled_countries()]
        known = {"", *(code for code, _ in countries)}
        kept = [(code, code) for code in value if code not in known]
        self.choices = [("", "—"), *countries, *kept]
        return super().optgroups(name, value, attrs)
