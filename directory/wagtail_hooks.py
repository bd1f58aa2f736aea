"""Puts the directory's desk and its choosers into Wagtail's admin."""

from __future__ import annotations

from typing import Any

from wagtail import hooks

from directory.choosers import CHOOSERS
from directory.schedule_viewsets import DeskGroup


@hooks.register("register_admin_viewset")
def register_desk() -> list[Any]:
    """Return the choosers first: they say how the forms choose a record."""
    return [*CHOOSERS, DeskGroup()]
