"""From our records to HSDS 3.1 objects: services, organizations, terms; the API writes by no other road."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from directory.choices import Coverage, Publication, Rule, Status
from directory.hsds import contacts
from directory.hsds.records import Json, part_id, write
from directory.hsds.texts import ANSWER, Attributes, Reader
from directory.models import (
    CostOption,
    EligibilityAlternative,
    Location,
    Organization,
    RequiredDocument,
    Service,
    ServiceAtLocation,
    Taxonomy,
    TaxonomyTerm,
)
from portal.localized import choose, localized
from portal.plugins.registry import country_codes, get_country

NETWORK_WORDS = "Every municipality, through the member of the network that is responsible there."
INTERPRETER = "With an interpreter."
LOCAL_WORDS = "Only where it is offered: ask first."

# What one query each brings for any number of rows (house rule: a fixed number of queries).
ORGANIZATION_RELATED = ("parent_organization", "network")
ORGANIZATION_ROWS = (
    "phones__schedules",
    "contacts",
    "areas__area",
    "locations__area__parent",
    "locations__accessibility",
    "parent_organization__phones__schedules",
)
SERVICE_RELATED = ("organization", "service_type__taxonomy", "parent_service__organization")
SERVICE_ROWS = ("service_terms__term__taxonomy", "alternatives")
FULL_SERVICE_ROWS = (
    *SERVICE_ROWS,
    "providers__organization__parent_organization",
    "providers__organization__network",
    *(f"providers__organization__{name}" for name in ORGANIZATION_ROWS),
    "organization__parent_organization",
    "organization__network",
    *(f"organization__{name}" for name in ORGANIZATION_ROWS),
    "languages",
    "areas__area",
    "cost_options",
    "required_documents",
    "schedules__exceptions",
    "at_locations__location__organization",
    "at_locations__location__area__parent",
    "at_locations__location__accessibility",
)


def is_published(organization: Organization) -> bool:
    """Whether an organization may be named: public, and its country's pack is enabled."""
    return organization.publication == Publication.PUBLIC and organization.country in country_codes()


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes HSDS objects in one language; ``full`` nests what the list form leaves out."""

    reader: Reader
    full: bool = False

    def service(self, service: Service, answer: str = "") -> Json:
        """Return a published service; ``answer`` is "match", "ask_first" or empty when nothing was chosen."""
        own = str(service.uuid)
        attributes = Attributes("service", own)
        attributes.add(ANSWER, answer)
        low, high = age_limits(list(service.alternatives.all()))
        values: Json = {
            "id": own,
            "organization_id": service.organization.uuid,
            "status": service.status,
            "minimum_age": low,
            "maximum_age": high,
            "assured_date": service.assured_date.isoformat() if service.assured_date else None,
            "last_modified": service.edited_at.isoformat(),
        }
        for name in ("name", "description", "application_process", "eligibility_description", "alert"):
            values[name] = self.reader.text(service, name, attributes)
        values["fees_description"] = self.reader.text(service, "fees_description", attributes)
        self._service_attributes(service, attributes)
        if self.full:
            values |= self._parts(service)
        values["attributes"] = attributes.items
        return write("service", values)

    def _service_attributes(self, service: Service, attributes: Attributes) -> None:
        for link in service.service_terms.all():
            attributes.add_term(self.term(link.term), "need")
        if service.service_type is not None:
            attributes.add_term(self.term(service.service_type), "service_type")
        attributes.add("sidro:country", service.country)
        attributes.add("sidro:audience", service.audience)
        attributes.add("sidro:coverage", service.coverage)
        attributes.add("sidro:confidential", str(service.is_confidential).lower())
        attributes.add("sidro:police_cooperation", service.police_cooperation)
        attributes.add_flag("sidro:free", service.is_free)
        attributes.add_flag("sidro:open_24_7", service.is_open_24_7)
        attributes.add_flag("sidro:anonymous", service.is_anonymous)
        for code in service.referral:
            attributes.add("sidro:referral", code)
        for row in service.alternatives.all():
            attributes.add("sidro:eligibility", self.alternative(row))
        for name in ("conditions", "duration"):
            attributes.add(f"sidro:{name}", self.reader.text(service, name, attributes))
        part_of = service.parent_service
        if part_of is not None and _is_public(part_of):
            attributes.add("sidro:part_of", str(part_of.uuid))

    def alternative(self, row: EligibilityAlternative) -> str:
        """Return one way to be eligible as JSON text: HSDS has no alternatives (profile, "Eligibility")."""
        ages = {"minimum": row.minimum_age, "maximum": row.maximum_age}
        content = {
            "age": {"rule": row.age_rule, **(ages if row.age_rule == Rule.LISTED else {})},
            "gender": {"rule": row.gender_rule, "values": row.genders},
            "papers": {"rule": row.papers_rule, "values": row.papers},
            "disability": row.disability,
            "with_children": row.with_children,
            "circumstances": row.circumstances,
            "ask_first": self.reader.text(row, "ask_first"),
        }
        return json.dumps(content, ensure_ascii=False)

    def _parts(self, service: Service) -> Json:
        own = str(service.uuid)
        link = {"service_id": own}
        providers = self.providers(service)
        secret = service.is_confidential
        schedules = [contacts.schedule(row, own) for row in service.schedules.all()]
        if service.is_open_24_7 and not schedules:
            schedules = [contacts.always_open(own)]
        return {
            "organization": self.organization(service.organization, without_places=secret),
            "phones": contacts.unique(phone for org in providers for phone in self.phones(org)),
            "contacts": contacts.unique(
                row for org in providers for row in contacts.contacts(org, without_places=secret)
            ),
            "schedules": schedules,
            "service_areas": self.service_areas(service),
            "service_at_locations": self.at_locations(service),
            "languages": [
                contacts.language(own, row.code, link, row.note or INTERPRETER * row.with_interpreter)
                for row in service.languages.all()
            ],
            "cost_options": [self.cost(row, own) for row in service.cost_options.all()],
            "required_documents": [self.document(row, own) for row in service.required_documents.all()],
        }

    def providers(self, service: Service) -> list[Organization]:
        """Return the providers that may be named, the main one first."""
        found = [service.organization, *(row.organization for row in service.providers.all())]
        return list({org.pk: org for org in found if is_published(org)}.values())

    def phones(self, organization: Organization) -> list[Json]:
        """Return the phones that may be shown; a unit without one shows those of its published parent."""
        own = [row for row in organization.phones.all() if contacts.is_shown(row)]
        parent = organization.parent_organization
        if not own and parent is not None and is_published(parent):
            own = [row for row in parent.phones.all() if contacts.is_shown(row)]
        return [contacts.phone(row, self.reader) for row in own]

    def organization(self, organization: Organization, *, without_places: bool = False) -> Json:
        """Return a published organization; ``without_places`` leaves every address out."""
        own = str(organization.uuid)
        attributes = Attributes("organization", own)
        parent = organization.parent_organization
        values: Json = {
            "id": own,
            "name": self.reader.text(organization, "name", attributes),
            "description": self.reader.text(organization, "description", attributes),
            "parent_organization_id": parent.uuid if parent and is_published(parent) else None,
        }
        self._organization_attributes(organization, attributes)
        if self.full:
            sites = contacts.web_sites(organization)
            others = contacts.contacts(organization, without_places=without_places)
            values |= {
                "email": next((row["email"] for row in others if row.get("email")), ""),
                "website": sites[0]["url"] if sites else "",
                "additional_websites": sites[1:],
                "contacts": others,
                "phones": self.phones(organization),
                "locations": contacts.locations(organization, self.reader, without_places=without_places),
            }
            for row in organization.areas.all():
                attributes.add("sidro:responsible_for", self.reader.text(row.area, "name"), "municipality")
        values["attributes"] = attributes.items
        return write("organization", values)

    def _organization_attributes(self, organization: Organization, attributes: Attributes) -> None:
        attributes.add("sidro:country", organization.country)
        attributes.add("sidro:kind", organization.kind)
        attributes.add("sidro:sector", organization.sector)
        attributes.add("sidro:name_reviewed", str(organization.name_reviewed).lower())
        if organization.is_noted:
            words = contacts.seen_words(organization.source, organization.source_date)
            attributes.add("sidro:noted", words)
        network = organization.network
        if network is not None and is_published(network):
            attributes.add("sidro:network", str(network.uuid))
        for name in ("how_to_reach", "area_text", "alert"):
            attributes.add(f"sidro:{name}", self.reader.text(organization, name, attributes))
        if not organization.is_confidential:
            attributes.add("sidro:seat", organization.seat)

    def service_areas(self, service: Service) -> list[Json]:
        """Return where a service can be had; a confidential one names its country only (R24)."""
        own = str(service.uuid)
        words = {Coverage.NETWORK: NETWORK_WORDS, Coverage.LOCAL_OFFER: LOCAL_WORDS}
        link = {"service_id": own, "extent_type": "text"}
        if service.coverage == Coverage.UNKNOWN and not service.is_confidential:
            return []
        if service.coverage == Coverage.AREAS and not service.is_confidential:
            named = [(row.area.key, self.reader.text(row.area, "name")) for row in service.areas.all()]
            return [
                write("service_area", {"id": part_id(own, key), "name": name, "extent": name, **link})
                for key, name in named
            ]
        country = get_country(service.country)
        values = {
            "id": part_id(own, "area", service.country),
            "name": choose(country.name, self.reader.language).text if country else service.country,
            "description": words.get(Coverage(service.coverage), ""),
            "extent": service.country,
            **link,
        }
        return [write("service_area", values)]

    def at_locations(self, service: Service) -> list[Json]:
        """Return a service at its public offices; a confidential one is at none (R20)."""
        if service.is_confidential:
            return []
        rows = [row for row in service.at_locations.all() if may_be_placed(service, row.location)]
        return [self.at_location(row, service) for row in rows]

    def at_location(self, row: ServiceAtLocation, service: Service, *, with_service: bool = False) -> Json:
        """Return a service at one location."""
        values: Json = {
            "id": at_location_id(service.key, row.location.key),
            "service_id": service.uuid,
            "location_id": row.location.uuid,
            "description": row.note,
            "location": contacts.location(row.location, self.reader),
        }
        if with_service:
            values["service"] = Writer(self.reader).service(service)
        return write("service_at_location", values)

    def cost(self, row: CostOption, owner: str) -> Json:
        """Return a cost; the amount is a number in its currency."""
        values = {
            "id": part_id(owner, "cost", row.pk),
            "service_id": owner,
            "valid_from": row.valid_from.isoformat() if row.valid_from else None,
            "valid_to": row.valid_to.isoformat() if row.valid_to else None,
            "option": self.reader.text(row, "option"),
            "currency": row.currency.lower(),
            "amount": None if row.amount is None else float(row.amount),
        }
        return write("cost_option", values)

    def document(self, row: RequiredDocument, owner: str) -> Json:
        """Return what to bring."""
        own = part_id(owner, "document", row.pk)
        values = {"id": own, "service_id": owner, "document": self.reader.text(row, "document")}
        return write("required_document", values)

    def taxonomy(self, taxonomy: Taxonomy) -> Json:
        """Return a taxonomy; its name stands in for a description that nobody wrote."""
        words = taxonomy.description or taxonomy.name
        return write("taxonomy", {"id": taxonomy.uuid, "name": taxonomy.name, "description": words})

    def term(self, term: TaxonomyTerm) -> Json:
        """Return a term; ``code`` is the slug that the parameter ``need`` takes."""
        name = self.reader.text(term, "name")
        values = {
            "id": str(term.uuid),
            "code": term.slug,
            "name": name,
            "description": self.reader.text(term, "plain") or name,
            "taxonomy": term.taxonomy.name,
            "taxonomy_detail": self.taxonomy(term.taxonomy),
            "language": localized_tag(term, self.reader),
            "taxonomy_id": term.taxonomy.uuid,
        }
        return write("taxonomy_term", values)


def _is_public(service: Service) -> bool:
    shown = service.publication == Publication.PUBLIC
    ended = service.status in (Status.DEFUNCT, Status.INACTIVE)
    return shown and not ended and is_published(service.organization)


def localized_tag(term: TaxonomyTerm, reader: Reader) -> str:
    """Return the BCP 47 tag of the language that a term's name is really in."""
    return localized(term, "name", reader.language).tag


def may_be_placed(service: Service, location: Location) -> bool:
    """Whether a service may be shown at a location: neither is confidential, and the office is public."""
    organization = location.organization
    secret = service.is_confidential or organization.is_confidential
    return not secret and is_published(organization) and contacts.is_shown(location)


def at_location_id(service_key: str, location_key: str) -> str:
    """Return the id of a service at a location; it follows from both keys."""
    return part_id("service_at_location", service_key, location_key)


def age_limits(alternatives: Iterable[EligibilityAlternative]) -> tuple[int | None, int | None]:
    """Return the widest age range in years; an end that is open or unknown in any alternative is ``None``."""
    rows = list(alternatives)
    known = bool(rows) and all(row.age_rule == Rule.LISTED for row in rows)
    lows = [row.minimum_age for row in rows if row.minimum_age is not None]
    highs = [row.maximum_age for row in rows if row.maximum_age is not None]
    low = min(lows) if known and len(lows) == len(rows) else None
    high = max(highs) if known and len(highs) == len(rows) else None
    return low, high
