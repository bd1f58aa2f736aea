"""Texts inside a page of another language: each carries the language that it is really in."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def marked(found: Any) -> SafeString:
    """Return a text with ``lang`` and ``dir`` when it is not in the language around it.

    Django turns a value into ``str`` before it looks for ``__html__``, which would lose the mark.
    """
    return conditional_escape(found)
