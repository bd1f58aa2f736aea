"""How pages become findable: one document a page, with the texts of its live translations by language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Q

from directory.models import Service
from home.choices import Audience
from home.derivation import NO_TEXT
from home.models import PortalPage, RightService
from home.querysets import open_to_all
from portal import languages
from portal.plugins import Answer, FacetValues, SearchDocument

Needs = Mapping[UUID, frozenset[str]]
_MARK_UP = re.compile(r"<[^>]*>")


class PageIndex:
    """The search index of pages; a :class:`search.index.SearchIndex`."""

    kind = "page"

    def documents(self, keys: Iterable[str] | None = None) -> list[SearchDocument]:
        """Return the documents of the pages that a visitor may see; ``keys`` as :func:`keys_of` gives them."""
        pages = offered_pages(keys)
        groups: dict[UUID, list[Any]] = {}
        for page in sorted(pages, key=lambda page: page.pk):
            groups.setdefault(page.translation_key, []).append(page)
        needs = _needs(groups)
        named: dict[str, list[Any]] = {}
        for translations in groups.values():
            own, other = keys_of(translations[0])
            named[other if own in named else own] = translations
        return [document_of(key, group, needs) for key, group in named.items()]


def keys_of(page: Any) -> tuple[str, str]:
    """Return the keys under which a page may be found: its own, or the one that all translations share.

    The second is taken when it has no key of its own, or another page has taken that before.
    """
    shared = str(page.translation_key)
    return getattr(page, "key", "") or shared, shared


def offered_pages(keys: Iterable[str] | None = None, locales: Sequence[str] = ()) -> list[Any]:
    """Return the pages of texts that a visitor may see; one query for each type of page, until all are found.

    ``locales`` are language codes; without them every translation is returned.
    """
    wanted = None if keys is None else set(keys)
    found: list[Any] = []
    for model in searchable_models():
        rows = open_to_all(model.objects.all()).select_related("locale")
        if wanted is not None:
            rows = rows.filter(_named(model, wanted))
        if locales:
            rows = rows.filter(locale__language_code__in=locales)
        found += [page for page in rows if page.is_offered()]
        if wanted is not None and wanted <= {key for page in found for key in keys_of(page)}:
            break
    return found


def searchable_models() -> list[Any]:
    """Return the types of pages that hold texts; front page and lists are nearly all interface."""
    models = (model for model in apps.get_models() if issubclass(model, PortalPage))
    return [model for model in models if any(field.name == "body" for field in model._meta.get_fields())]


def _named(model: Any, keys: set[str]) -> Q:
    shared = Q(translation_key__in=[key for key in keys if _is_uuid(key)])
    has_key = any(field.name == "key" for field in model._meta.get_fields())
    return shared | Q(key__in=keys) if has_key else shared


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def document_of(key: str, translations: Sequence[Any], needs: Needs) -> SearchDocument:
    """Return the search document of a page's live translations."""
    first = translations[0]
    country, audience = getattr(first, "country", ""), getattr(first, "audience", None) or []
    named = frozenset({getattr(first, "key", "")} - {""})
    return SearchDocument(
        kind="page",
        key=key,
        fields=_fields(translations),
        facets={
            "country": _known({country} - {""}),
            "audience": _known(audience),
            "need": FacetValues(needs.get(first.translation_key, frozenset())),
            "page": FacetValues(named),
        },
        static_key=f"{int(audience == [Audience.PROFESSIONAL.value])}{key}",
    )


def _known(values: Iterable[str]) -> FacetValues:
    """Return these values; a page that names none is for all."""
    found = frozenset(values)
    return FacetValues(found) if found else FacetValues(everything=Answer.MATCH)


def _fields(translations: Iterable[Any]) -> dict[str, dict[str, str]]:
    pages = list(translations)
    fields = {
        code: {"name": title}
        for page in pages
        for code, title in getattr(page, "localized_titles", {}).items()
    }
    for page in pages:
        texts = [
            getattr(page, "summary", ""),
            *(text for raw in page.body.raw_data for text in texts_in(raw)),
        ]
        fields[page.locale.language_code] = {"name": page.title, "text": " ".join(filter(None, texts))}
    return {code: texts for code, texts in fields.items() if code in languages.BY_CODE}


def texts_in(value: Any) -> Iterator[str]:
    """Yield the texts for readers in a raw stream, or in a part of it, without mark-up."""
    if isinstance(value, str):
        if text := " ".join(unescape(_MARK_UP.sub(" ", value)).split()):
            yield text
    elif isinstance(value, Mapping):
        for name, part in value.items():
            if name not in NO_TEXT and value.get("type") != "insert":
                yield from texts_in(part)
    elif isinstance(value, list | tuple) or hasattr(value, "__iter__"):
        for part in value:
            yield from texts_in(part)


def _needs(translation_keys: Iterable[UUID]) -> Needs:
    """Return the needs of the services that each page names; one query."""
    shown = Service.objects.for_visitors().order_by().values("pk")
    rows = RightService.objects.filter(page__translation_key__in=list(translation_keys), service__in=shown)
    found: dict[UUID, set[str]] = {}
    for key, slug in rows.order_by().values_list("page__translation_key", "service__terms__slug"):
        found.setdefault(key, set()).add(slug or "")
    return {key: frozenset(slugs - {""}) for key, slugs in found.items()}
