"""The five states of a translated text, the same for pages and for the directory; each with its sentences."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TextState(TextChoices):
    """How true a translation is; the worst state of several texts is the one that comes first here."""

    MISSING = "missing", _("missing")
    OUTDATED = "outdated", _("older than the source")
    MACHINE = "machine", _("by a machine")
    UNREVIEWED = "unreviewed", _("not read by a native speaker")
    CURRENT = "current", _("current")


VISITOR_SENTENCES = {
    TextState.OUTDATED: _("The English text is newer."),
    TextState.MACHINE: _("A machine translated this text. No person has read it yet."),
    TextState.UNREVIEWED: _("No native speaker has read this text yet."),
}
"""What a visitor is told, in one plain sentence; nothing when all is well."""


def worst(states: Collection[TextState]) -> TextState:
    """Return the state that stands for all of them; nothing to judge is current."""
    return next((state for state in TextState if state in states), TextState.CURRENT)
