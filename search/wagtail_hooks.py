"""Puts the lists of search words into Wagtail's admin."""

from __future__ import annotations

from wagtail import hooks

from search.lexicon_viewsets import LexiconGroup


@hooks.register("register_admin_viewset")
def register_lexicon() -> LexiconGroup:
    """Return the group of both lists."""
    return LexiconGroup()
