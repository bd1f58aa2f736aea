"""Keeps the fingerprints of pages true, and an own Cyrillic page beside its Latin text, at each publishing."""

from __future__ import annotations

from typing import Any

from wagtail.signals import page_published

from home.translation_states import remember_text
from home.translation_sync import derive_cyrillic


def page_was_published(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Store the page's fingerprints; derive again what an own Cyrillic page takes from a Latin one."""
    remember_text(instance)
    if instance.locale.language_code == "sr-latn":
        derive_cyrillic(instance)


def connect() -> None:
    """Connect the receiver; called once when the app is ready."""
    page_published.connect(page_was_published, dispatch_uid="home.translation_states")
