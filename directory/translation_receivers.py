"""Keeps the fingerprints of the directory's texts true, whatever saves or deletes a record."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save, pre_delete

from directory.models import TranslatedText
from directory.translation_states import remember_texts
from directory.translation_texts import BY_MODEL


def text_changed(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Store the fingerprints of a record's texts after it was saved."""
    if not raw:
        remember_texts(BY_MODEL[sender], [instance])


def text_gone(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Forget the fingerprints of a record that was deleted."""
    kind = BY_MODEL[sender]
    TranslatedText.objects.filter(kind=kind.name, key=kind.key_of(instance)).delete()


def connect() -> None:
    """Connect the receivers; called once when the app is ready."""
    for model in BY_MODEL:
        post_save.connect(text_changed, model, dispatch_uid=f"directory.text.{model.__name__}")
        pre_delete.connect(text_gone, model, dispatch_uid=f"directory.no_text.{model.__name__}")
