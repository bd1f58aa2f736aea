"""What visitors can tell us about a page: the directory's forms speak of pages as of its records."""

from __future__ import annotations

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Page

from directory import feedback
from directory.choices import FeedbackKind
from directory.feedback import Subject
from home.addresses import page_url
from home.querysets import open_pages
from portal import languages
from portal.localized import choose
from portal.plugins.registry import Link

LETTER = "p"


def connect() -> None:
    """Let the directory's forms speak of pages."""
    feedback.register(LETTER, FeedbackKind.PAGE, page_subject, page_links)


def page_subject(code: str) -> Subject | None:
    """Return the page with this number, in the reader's language where there is a translation; three queries."""
    if not (code.isascii() and code.isdecimal() and len(code) < 10):
        return None
    found = open_pages().filter(pk=int(code)).first()
    page = found.specific if found is not None else None
    if page is None or not hasattr(page, "is_offered") or not page.is_offered():
        return None
    rows = (
        open_pages()
        .filter(translation_key=page.translation_key)
        .values_list("locale__language_code", "title")
    )
    titles = {**getattr(page, "localized_titles", {}), **dict(rows)}
    return Subject(
        FeedbackKind.PAGE,
        str(page.translation_key),
        f"{LETTER}-{code}",
        choose(titles),
        choose(titles, languages.DEFAULT_LANGUAGE).text,
        page_url(page.url_path, translation.get_language() or languages.DEFAULT_LANGUAGE),
        getattr(page, "country", ""),
        read_in=feedback.readable(language for language, _title in rows),
    )


def page_links(key: str) -> list[Link]:
    """Return where editors see and change the page whose translations share this key."""
    page = (
        Page.objects.filter(translation_key=key, alias_of__isnull=True)
        .select_related("locale")
        .order_by("pk")
        .first()
    )
    if page is None:
        return []
    code = page.locale.language_code
    return [
        Link(_("As visitors see it"), page_url(page.url_path, code), code),
        Link(_("Its form"), reverse("wagtailadmin_pages:edit", args=[page.pk]), code),
    ]
