"""The first page of the desk: what waits for this editor, in one line each, with a link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_permission_codename
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from directory.models import EditorNote, Feedback
from home.models import RightService


@dataclass(frozen=True, slots=True)
class Waiting:
    """A kind of work: its name, how much there is, where it is done."""

    name: str
    number: int
    url: str


def may_see(user: Any, model: Any) -> bool:
    """Tell whether a list of this kind opens for the user."""
    meta = model._meta
    names = (f"{meta.app_label}.{get_permission_codename(do, meta)}" for do in ("view", "change"))
    return any(user.has_perm(name) for name in names)


def waiting_for(user: Any) -> list[Waiting]:
    """Return what is open in the lists that this user may open; three queries at most."""
    lists = (
        (Feedback, _("Feedback of visitors"), {"done": False}, "directory_feedback:index"),
        (EditorNote, _("Notes and tasks"), {"done": False}, "directory_notes:index"),
        (
            RightService,
            _("Services for rights that nobody has reviewed"),
            {"reviewed": False},
            "right_services:index",
        ),
    )
    return [
        Waiting(name, model._default_manager.filter(**values).count(), reverse(route) + query(values))
        for model, name, values, route in lists
        if may_see(user, model)
    ]


def query(values: dict[str, bool]) -> str:
    """Return the filter of a list as its address carries it."""
    return "?" + "&".join(f"{name}={str(value).lower()}" for name, value in values.items())


class WaitingPanel(Component):  # type: ignore[misc]  # Wagtail is untyped
    """The panel; it is not there for somebody who may open none of the lists."""

    name = "waiting"
    template_name = "home/admin/waiting.html"
    order = 50

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"waiting": waiting_for(parent_context["request"].user)}
