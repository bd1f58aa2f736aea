"""Tags for the templates of pages."""

from __future__ import annotations

from typing import Any

from django import template

from home.addresses import page_url

register = template.Library()


@register.simple_tag
def address_of(page: Any) -> str:
    """Return the address of a page in the reader's language."""
    return page_url(page.url_path)
