"""How providers become findable: names, kind, phones and seat; of a confidential one only what its page shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils import translation

from directory.choices import OrganizationKind
from directory.models import Area, Organization, Phone
from portal import languages
from portal.folding import fold
from portal.localized import stored
from portal.plugins import Answer, FacetValues, SearchDocument

Seats = Mapping[tuple[str, str], Sequence[Area]]
Words = Mapping[str, Mapping[str, str]]


class OrganizationIndex:
    """The search index of providers; a :class:`search.index.SearchIndex`."""

    kind = "organization"

    def documents(self, keys: Iterable[str] | None = None) -> list[SearchDocument]:
        """Return the documents of providers that a visitor may see; ``keys`` are their import keys."""
        rows = Organization.objects.for_visitors().prefetch_related("areas__area__parent", public_phones())
        if keys is not None:
            rows = rows.filter(key__in=list(keys))
        found = list(rows)
        seats, kinds = _seats(found), _kind_words()
        return [document_of(organization, seats, kinds) for organization in found]


def public_phones(prefix: str = "") -> Prefetch[str, QuerySet[Phone], str]:
    """Return the prefetch of the phones that may be shown, as ``public_phones`` of an organization.

    ``prefix`` is a relation to the organization with its two underscores.
    """
    return Prefetch(f"{prefix}phones", queryset=Phone.objects.published(), to_attr="public_phones")


def numbers_of(organizations: Iterable[Organization]) -> tuple[str, ...]:
    """Return the public numbers of these organizations, each once; they are prefetched."""
    phones = (phone for organization in organizations for phone in organization.public_phones)
    return tuple(dict.fromkeys(phone.number for phone in phones))


def document_of(organization: Organization, seats: Seats, kinds: Words) -> SearchDocument:
    """Return a provider's search document; without seat and area when its place is secret (R24, R25)."""
    return SearchDocument(
        kind="organization",
        key=organization.key,
        fields=_fields(organization, kinds),
        facets={
            "country": FacetValues(frozenset({organization.country})),
            "kind": FacetValues(frozenset({organization.kind})),
            "area": _area(organization, seats),
        },
        static_key=static_key(organization),
        round_the_clock=bool(organization.is_open_24_7),
        uncounted=frozenset({"area"}) if organization.is_confidential else frozenset(),
        numbers=numbers_of([organization]),
        specialised=organization.is_specialised,
    )


def static_key(organization: Organization) -> str:
    """Return the key that orders providers when words do not: specialised, then bodies, then members by name."""
    is_member = organization.network_id is not None
    texts = stored(organization, "name")
    name = texts.get("en") or texts.get("sr-latn") or texts.get("sl") or organization.key
    return f"{int(not organization.is_specialised)}{int(is_member)}{fold(name)[:40]}"


def _fields(organization: Organization, kinds: Words) -> dict[str, dict[str, str]]:
    fields: dict[str, dict[str, str]] = {}
    texts: list[tuple[str, Mapping[str, str]]] = [("concepts", kinds.get(organization.kind, {}))]
    texts += [("name", stored(organization, "name")), ("text", stored(organization, "description"))]
    for field, by_language in texts:
        for language, text in by_language.items():
            fields.setdefault(language, {})[field] = text
    if organization.seat and not organization.is_confidential:
        place = fields.setdefault(_seat_language(organization), {})
        place["text"] = f"{place.get('text', '')} {organization.seat}".strip()
    return fields


def _seat_language(organization: Organization) -> str:
    """Return the language whose texts the seat joins: the first in which there is a name, English last."""
    named = [code for code in stored(organization, "name") if code != languages.DEFAULT_LANGUAGE]
    return named[0] if named else languages.DEFAULT_LANGUAGE


def _area(organization: Organization, seats: Seats) -> FacetValues:
    """Return where a provider works: a member in its areas and its seat, any other in the whole country."""
    if organization.network_id is None or organization.is_confidential:
        return FacetValues(everything=Answer.MATCH)
    areas = [row.area for row in organization.areas.all()]
    areas += seats.get((organization.country, fold(organization.seat)), ())
    regions = {area.parent.key for area in areas if area.parent}
    return FacetValues(frozenset({*(area.key for area in areas), *regions}))


def _seats(organizations: Iterable[Organization]) -> Seats:
    """Return the areas that are named like a seat, by country and folded name; one query."""
    wanted = {fold(organization.seat) for organization in organizations if organization.seat}
    found: dict[tuple[str, str], list[Area]] = {}
    for area in Area.objects.filter(search_key__in=wanted).select_related("parent") if wanted else ():
        found.setdefault((area.country, area.search_key), []).append(area)
    return found


def _kind_words() -> Words:
    """Return the word of each kind of provider by language, in the languages of the site."""
    words: dict[str, dict[str, str]] = {}
    for language in settings.PORTAL_LANGUAGES:
        if languages.get(language).derived_from:
            continue
        with translation.override(language):
            for kind in OrganizationKind:
                words.setdefault(kind.value, {})[language] = str(kind.label)
    return words
