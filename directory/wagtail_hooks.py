"""Puts the directory's desk and its choosers into Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.urls import path
from wagtail import hooks

from directory.choosers import CHOOSERS
from directory.feedback_viewsets import mark_done
from directory.schedule_viewsets import DeskGroup
from directory.translation_views import directory_translations, download_directory_po


@hooks.register("register_admin_viewset")
def register_desk() -> list[Any]:
    """Return the choosers first: they say how the forms choose a record."""
    return [*CHOOSERS, DeskGroup()]


@hooks.register("register_admin_urls")
def register_translation_urls() -> list[Any]:
    """Add the page of the directory's PO files."""
    return [
        path("directory/translations/", directory_translations, name="directory_translations"),
        path(
            "directory/translations/<slug:language>.po",
            download_directory_po,
            name="directory_translations_po",
        ),
    ]


@hooks.register("register_admin_urls")
def register_feedback_urls() -> list[Any]:
    """Add where the queue's buttons post to."""
    return [path("directory/feedback/<int:pk>/done/", mark_done, name="directory_feedback_done")]
