"""Tags that every template may use; registered as builtins in the settings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from portal.icons import markup
from portal.kept import Toggle, toggle
from portal.languages import Language, get
from portal.links import travelling_query
from portal.localized import LocalizedText, choose, localized
from portal.stylesheet import allow, inline_css

register = template.Library()


@register.simple_tag
def text(record: Any, field: str) -> LocalizedText:
    """Return a record's translated field; rendered with ``lang`` and ``dir`` when it falls back."""
    return localized(record, field)


@register.filter
def local(texts: Any) -> LocalizedText:
    """Return the best of a mapping of texts for the active language."""
    return choose(texts)


@register.simple_tag(takes_context=True)
def stylesheet(context: template.Context, *sheets: str) -> SafeString:
    """Return the style of the page for its head: what every page has and the named sheets.

    The policy of the answer allows it by its hash.
    """
    css = inline_css(*sheets)
    if request := context.get("request"):
        allow(request, css)
    return mark_safe(f"<style>{css}</style>")


@register.simple_tag(takes_context=True)
def keep(context: template.Context, code: str, anchor: str = "") -> Toggle | None:
    """Return the link that puts a record on the visitor's list or takes it off; nothing without a request."""
    request = getattr(context, "request", None) or context.get("request")
    if request is None or not code:
        return None
    query = travelling_query(request) or ("?f=" if request.GET.get("f") == "" else "")
    return toggle(request, code, query, anchor)


@register.simple_tag
def icon(name: str) -> SafeString:
    """Return a decorative icon, drawn in place; the word beside it carries the meaning."""
    return mark_safe(markup(name)) if name else SafeString("")


@register.filter
def counted(choices: Iterable[Any]) -> bool:
    """Whether any choice, or any choice of a group, carries a count; a form without counts shows none."""
    return any(
        getattr(item, "match", 0) or getattr(item, "ask", 0) or counted(getattr(item, "choices", ()))
        for item in choices
    )


@register.filter
def own_dir(text: object) -> SafeString:
    """Return the direction of a block that holds nothing but a text which is written the other way.

    A text says its direction itself, and its signs stand right; but only its block can be aligned by it, so that
    lines of English begin at the left on an Arabic page.
    """
    if isinstance(text, LocalizedText) and text.is_fallback and text.direction != get(text.asked).direction:
        return SafeString(f'dir="{text.direction}"')
    return SafeString("")


@register.filter
def own_language(found: LocalizedText) -> Language:
    """Return the language that a text is really in."""
    return get(found.language)
