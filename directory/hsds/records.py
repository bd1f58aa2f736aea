"""The allow list of the API: per HSDS object the only properties that may ever be written (safety R38)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from portal import opaque

Json = dict[str, Any]

# Property names are those of HSDS 3.1. What is not named here cannot be written: ``assurer_email`` (an
# editor's address), notes for editors and the words of a source are left out on purpose.
ALLOWED: Mapping[str, tuple[str, ...]] = {
    "service": (
        "id", "organization_id", "name", "description", "status", "application_process", "fees_description",
        "eligibility_description", "minimum_age", "maximum_age", "assured_date", "alert", "last_modified",
        "organization", "phones", "contacts", "schedules", "service_areas", "service_at_locations",
        "languages", "cost_options", "required_documents", "attributes",
    ),
    "organization": (
        "id", "name", "description", "email", "website", "additional_websites", "parent_organization_id",
        "contacts", "phones", "locations", "attributes",
    ),
    "phone": ("id", "organization_id", "number", "type", "description", "languages", "attributes"),
    "contact": ("id", "organization_id", "name", "title", "email", "attributes"),
    "url": ("id", "label", "url", "organization_id"),
    "schedule": (
        "id", "service_id", "valid_from", "valid_to", "freq", "byday", "opens_at", "closes_at",
        "description", "notes", "attributes",
    ),
    "service_area": ("id", "service_id", "name", "description", "extent", "extent_type"),
    "service_at_location": ("id", "service_id", "location_id", "description", "location", "service"),
    "location": (
        "id", "location_type", "organization_id", "name", "description", "transportation", "latitude",
        "longitude", "addresses", "accessibility",
    ),
    "address": ("id", "address_1", "city", "state_province", "postal_code", "country", "address_type"),
    "accessibility": ("id", "location_id", "description", "details"),
    "language": ("id", "service_id", "phone_id", "name", "code", "note"),
    "cost_option": ("id", "service_id", "valid_from", "valid_to", "option", "currency", "amount"),
    "required_document": ("id", "service_id", "document"),
    "taxonomy": ("id", "name", "description"),
    "taxonomy_term": (
        "id", "code", "name", "description", "taxonomy", "taxonomy_detail", "language", "taxonomy_id",
    ),
    "attribute": (
        "id", "link_id", "taxonomy_term_id", "link_type", "link_entity", "value", "taxonomy_term", "label",
    ),
}  # fmt: skip

REQUIRED: Mapping[str, tuple[str, ...]] = {
    "service": ("id", "name", "status"),
    "organization": ("id", "name", "description"),
    "taxonomy": ("id", "name", "description"),
    "taxonomy_term": ("id", "name", "description"),
    "phone": ("id", "number"),
    "location": ("id", "location_type"),
    "address": ALLOWED["address"],
}


class NotAllowedError(Exception):
    """Somebody tried to write a property that the allow list does not name: a fault of ours."""


def write(kind: str, values: Mapping[str, Any]) -> Json:
    """Return one HSDS object: allowed properties only, in the order of the list, empty ones left out.

    A required property is kept even when empty. Raises :class:`NotAllowedError` for any other name.
    """
    if foreign := sorted(set(values) - set(ALLOWED[kind])):
        raise NotAllowedError(f"{kind}: {', '.join(foreign)}")
    required = REQUIRED.get(kind, ("id",))
    return {
        name: _plain(values[name])
        for name in ALLOWED[kind]
        if name in values and (name in required or values[name] not in (None, "", [], {}))
    }


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) else value


def part_id(*parts: object) -> str:
    """Return the stable id of an object that has no table row of its own, from what it belongs to."""
    return str(opaque.record_uuid(":".join(str(part) for part in parts)))
