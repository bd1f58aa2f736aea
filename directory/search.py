"""How services become findable: their documents hold only what is public."""

from __future__ import annotations

from collections.abc import Iterable

from directory.choices import Coverage, PoliceCooperation, Publication, Rule, Status
from directory.filters import YES
from directory.models import EligibilityAlternative, Organization, Service, TaxonomyTerm
from directory.search_organizations import numbers_of, public_phones
from portal.localized import stored
from portal.plugins import Answer, Conditions, FacetValues, RangeValues, SearchDocument

ANYONE = FacetValues(everything=Answer.MATCH)
ASK = FacetValues(everything=Answer.ASK)

# Which services come first when nothing else decides; written down in docs/architecture.md ("Order").
TIERS = ("specialised line", "specialised", "urgent", "other")


class ServiceIndex:
    """The search index of services; a :class:`search.index.SearchIndex`."""

    kind = "service"

    def documents(self, keys: Iterable[str] | None = None) -> list[SearchDocument]:
        """Return the documents of published services; ``keys`` are their import keys."""
        services = (
            Service.objects.published()
            .select_related("organization", "service_type")
            .prefetch_related("service_terms__term", "alternatives", "providers__organization")
            .prefetch_related("languages", "areas__area__parent")
            .prefetch_related(public_phones("organization__"), public_phones("providers__organization__"))
        )
        if keys is not None:
            services = services.filter(key__in=list(keys))
        return [document_of(service) for service in services]


def document_of(service: Service) -> SearchDocument:
    """Return a service's search document."""
    return SearchDocument(
        kind="service",
        key=service.key,
        fields=_fields(service),
        facets=_facets(service),
        alternatives=tuple(_conditions(alternative) for alternative in service.alternatives.all()),
        static_key=static_key(service),
        ask_always=service.status == Status.TEMPORARILY_CLOSED,
        round_the_clock=bool(service.is_open_24_7),
        uncounted=frozenset({"area"}) if service.is_confidential else frozenset(),
        specialised=bool(service.organization.is_specialised),
        numbers=numbers_of(_providers(service)),
    )


def static_key(service: Service) -> str:
    """Return the key that orders services when words do not: tier, then the provider, then the record.

    Tiers: lines of specialised organizations open day and night, other services of specialised
    organizations, services for urgent needs, all others; a closed service comes last in its tier.
    """
    specialised = service.organization.is_specialised
    terms = [row.term for row in service.service_terms.all()]
    urgent = bool(terms) and terms[0].urgent
    line = service.service_type is not None and service.service_type.slug == "helpline"
    if specialised and (line or service.is_open_24_7):
        tier = 0
    elif specialised:
        tier = 1
    else:
        tier = 2 if urgent or line else 3
    closed = int(service.status != Status.ACTIVE)
    number = int("".join(sign for sign in service.fact_id if sign.isdigit()) or 9999)
    return f"{tier}{closed}{number:05d}{service.key}"


def _fields(service: Service) -> dict[str, dict[str, str]]:
    fields: dict[str, dict[str, str]] = {}
    terms = [row.term for row in service.service_terms.all()]
    sources: list[tuple[Service | Organization | TaxonomyTerm, str, str]] = [(service, "name", "name")]
    sources += [(organization, "name", "name") for organization in _providers(service)]
    sources += [(service, "description", "text"), (service, "eligibility_description", "text")]
    sources += [(term, name, "concepts") for term in terms for name in ("name", "plain")]
    for record, column, field in sources:
        for language, text in stored(record, column).items():
            before = fields.setdefault(language, {}).get(field, "")
            fields[language][field] = f"{before} {text}".strip()
    return fields


def _facets(service: Service) -> dict[str, FacetValues]:
    needs = frozenset(row.term.slug for row in service.service_terms.all())
    kinds = frozenset(organization.kind for organization in _providers(service))
    return {
        "need": FacetValues(needs),
        "type": FacetValues(frozenset({service.service_type.slug} if service.service_type else ())),
        "country": FacetValues(frozenset({service.country})),
        "kind": FacetValues(kinds),
        "area": _area(service),
        "language": _languages(service),
        "free": _flag(service.is_free),
        "always": _flag(service.is_open_24_7),
        "anonymous": _flag(service.is_anonymous),
        "police": _police(service),
        "audience": FacetValues(frozenset({service.audience})),
    }


def _providers(service: Service) -> list[Organization]:
    """Return the main provider and the others, each once; those that are not public stay out."""
    named = [service.organization, *(row.organization for row in service.providers.all())]
    public = [organization for organization in named if organization.publication == Publication.PUBLIC]
    return list({organization.pk: organization for organization in public}.values())


def _area(service: Service) -> FacetValues:
    """Return where a service can be had; a confidential one is matched by its country only (R24, R25)."""
    if service.is_confidential or service.coverage in (Coverage.COUNTRY, Coverage.NETWORK):
        local = service.coverage == Coverage.LOCAL_OFFER
        return ASK if local else ANYONE
    if service.coverage == Coverage.AREAS:
        areas = frozenset(row.area.key for row in service.areas.all())
        regions = frozenset(row.area.parent.key for row in service.areas.all() if row.area.parent)
        return FacetValues(areas, regions)
    return ASK


def _languages(service: Service) -> FacetValues:
    return FacetValues(frozenset(row.code for row in service.languages.all()), everything=Answer.ASK)


def _flag(value: bool | None) -> FacetValues:
    if value is None:
        return ASK
    return FacetValues(frozenset({YES}) if value else frozenset())


def _police(service: Service) -> FacetValues:
    if service.police_cooperation == PoliceCooperation.UNKNOWN:
        return ASK
    return _flag(service.police_cooperation == PoliceCooperation.NOT_REQUIRED)


def _conditions(alternative: EligibilityAlternative) -> Conditions:
    return Conditions(
        facets={
            "gender": _gender(alternative),
            "papers": _listed(alternative.papers_rule, alternative.papers),
            "children": _flag(alternative.with_children),
            "disability": _flag(alternative.disability),
        },
        ranges={"age": _age(alternative)},
        limited=alternative.is_limited,
    )


def _age(alternative: EligibilityAlternative) -> RangeValues:
    if alternative.age_rule == Rule.UNKNOWN:
        return RangeValues(unknown=True)
    return RangeValues(alternative.minimum_age, alternative.maximum_age)


def _gender(alternative: EligibilityAlternative) -> FacetValues:
    """Return the genders that match; "diverse" is never excluded, it is asked about instead."""
    values = _listed(alternative.gender_rule, alternative.genders)
    if values.everything is Answer.NO and "diverse" not in values.match:
        return FacetValues(values.match, frozenset({"diverse"}))
    return values


def _listed(rule: str, values: list[str]) -> FacetValues:
    if rule == Rule.ANYONE:
        return ANYONE
    return ASK if rule == Rule.UNKNOWN else FacetValues(frozenset(values))
