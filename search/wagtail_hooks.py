"""Puts the lists of search words, and what is done with many of them, into Wagtail's admin."""

from __future__ import annotations

from wagtail import hooks

from search.lexicon_bulk import MarkReviewed
from search.lexicon_viewsets import LexiconGroup

hooks.register("register_bulk_action", MarkReviewed)


@hooks.register("register_admin_viewset")
def register_lexicon() -> LexiconGroup:
    """Return the group of both lists."""
    return LexiconGroup()
