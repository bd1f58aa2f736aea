"""Small records for tests, made with as little as their models ask for."""

from __future__ import annotations

from typing import Any

from directory.models import ConfidentialPlace, Location, Organization, Service, ServiceProvider, TaxonomyTerm

_numbers = iter(range(1, 1_000_000))


def organization(**values: Any) -> Organization:
    """Return a saved public organization of Serbia."""
    number = next(_numbers)
    given = {"key": f"test-org-{number}", "name_en": f"Organization {number}", "kind": "specialised"}
    return Organization.objects.create(**{**given, "country": "RS", "publication": "public", **values})


def service(**values: Any) -> Service:
    """Return a saved public service with one provider; ``service_type`` may be a slug."""
    number = next(_numbers)
    owner = values.pop("organization", None) or organization()
    if isinstance(values.get("service_type"), str):
        values["service_type"] = term(values["service_type"])
    given = {"key": f"test-service-{number}", "name_en": f"Service {number}", "organization": owner}
    made = Service.objects.create(**{**given, "country": owner.country, "publication": "public", **values})
    ServiceProvider.objects.create(service=made, organization=owner)
    return made


def term(slug: str, taxonomy: str = "service_type") -> TaxonomyTerm:
    """Return a term of the loaded taxonomies."""
    return TaxonomyTerm.objects.get(taxonomy__key=taxonomy, slug=slug)


def location(**values: Any) -> Location:
    """Return a saved public office."""
    owner = values.pop("organization", None) or organization()
    given = {"key": f"test-office-{next(_numbers)}", "address_1": "Glavna 1", "city": "Beograd"}
    return Location.objects.create(**{**given, "organization": owner, "country": owner.country, **values})


def confidential_place(**values: Any) -> ConfidentialPlace:
    """Return a saved confidential place."""
    owner = values.pop("organization", None) or organization(is_confidential=True)
    given = {"key": f"test-place-{next(_numbers)}", "public_name_en": "Safe house"}
    return ConfidentialPlace.objects.create(
        **{**given, "organization": owner, "country": owner.country, **values}
    )
