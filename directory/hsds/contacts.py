"""Ways to reach a provider as HSDS phones, contacts, urls and locations: only those that may be shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from directory.choices import ContactKind, PhoneKind, Publish
from directory.hsds.records import Json, part_id, write
from directory.hsds.texts import Attributes, Reader
from directory.models import Accessibility, Area, Contact, Location, Organization, Phone, Schedule
from portal import languages

NO_URL = frozenset(' <>"{}|\\^`')
EVERY_DAY = "MO,TU,WE,TH,FR,SA,SU"
ENGLISH_KINDS: Mapping[str, str] = {
    PhoneKind.EMERGENCY: "Emergency number",
    PhoneKind.SOS: "Help line",
    PhoneKind.REPORTS: "Line for reports",
    PhoneKind.OFFICE: "Office phone",
    PhoneKind.MOBILE: "Mobile phone",
}


def is_shown(row: Phone | Contact | Location) -> bool:
    """Whether a way to reach a provider may be shown: checked, or noted with its source."""
    return row.publish in (Publish.YES, Publish.NOTED)


def seen(row: Phone | Contact | Location) -> str:
    """Return where and when a noted row was seen, in English; an empty string for a checked one."""
    return seen_words(row.source_url, row.source_date) if row.publish == Publish.NOTED else ""


def seen_words(source: str, day: str) -> str:
    """Return the English sentence about a value that nobody of us has checked."""
    where = f" at {source}" if source else ""
    when = f" on {day}" if day else ""
    return f"Seen{where}{when}; not checked by us."


def phone(row: Phone, reader: Reader) -> Json:
    """Return a phone; hours, a note for a safe call and the source of a noted number stand in words."""
    own = part_id(row.key)
    attributes = Attributes("phone", own)
    note = reader.text(row, "safe_call_note", attributes)
    words = [ENGLISH_KINDS.get(row.kind, ""), row.hours_text, note, seen(row)]
    attributes.add("sidro:phone_kind", row.kind)
    attributes.add_flag("sidro:free_to_call", row.is_free)
    attributes.add_flag("sidro:anonymous", row.is_anonymous)
    attributes.add("sidro:noted", seen(row))
    for schedule in row.schedules.all():
        attributes.add("sidro:hours", "24/7" if schedule.is_24_7 else str(schedule))
    values = {
        "id": own,
        "organization_id": row.organization.uuid,
        "number": row.number,
        "type": "cell" if row.kind == PhoneKind.MOBILE else "voice",
        "description": ". ".join(word.rstrip(".") for word in words if word),
        "languages": [language(own, code, {"phone_id": own}) for code in row.languages],
        "attributes": attributes.items,
    }
    return write("phone", values)


def language(owner: str, code: str, link: Json, note: str = "") -> Json:
    """Return a language that is spoken; ``code`` is one of the catalogue or stands as the source has it."""
    known = languages.BY_CODE.get(code)
    values = {
        "id": part_id(owner, "language", code),
        "name": known.english_name if known else code,
        "code": known.tag if known else code,
        "note": note,
        **link,
    }
    return write("language", values)


def contact(row: Contact) -> Json:
    """Return a contact that is no phone and no web site; what HSDS has no property for is its ``title``."""
    own = part_id(row.key)
    mail = row.value if row.kind == ContactKind.EMAIL and is_mail(row.value) else ""
    attributes = Attributes("contact", own)
    attributes.add("sidro:contact_kind", row.kind)
    attributes.add("sidro:hours", row.hours_text)
    attributes.add("sidro:noted", seen(row))
    values = {
        "id": own,
        "organization_id": row.organization.uuid,
        "title": "" if mail else row.value,
        "email": mail,
        "attributes": attributes.items,
    }
    return write("contact", values)


def is_mail(text: str) -> bool:
    """Whether a text is one e-mail address."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def is_web(text: str) -> bool:
    """Whether a text is one web address: http or https with a host, and nothing else beside it."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    is_clean = text.isascii() and not set(text) & NO_URL
    return is_clean and parts.scheme in ("http", "https") and "." in (parts.hostname or "")


def web_sites(organization: Organization) -> list[Json]:
    """Return the web sites of an organization that may be shown, as HSDS urls."""
    rows = [row for row in organization.contacts.all() if is_shown(row) and is_site(row)]
    return [
        write(
            "url",
            {
                "id": part_id(row.key),
                "label": seen(row) or "Web site",
                "url": row.value,
                "organization_id": organization.uuid,
            },
        )
        for row in rows
    ]


def is_site(row: Contact) -> bool:
    """Whether a contact is a web site whose address can be written as one."""
    return row.kind in (ContactKind.WEBSITE, ContactKind.CHAT) and is_web(row.value)


def contacts(organization: Organization, *, without_places: bool) -> list[Json]:
    """Return the other contacts that may be shown; ``without_places`` leaves public offices out."""
    hidden = {ContactKind.PUBLIC_OFFICE.value} if without_places or organization.is_confidential else set()
    rows = organization.contacts.all()
    return [contact(row) for row in rows if is_shown(row) and not is_site(row) and row.kind not in hidden]


def locations(organization: Organization, reader: Reader, *, without_places: bool) -> list[Json]:
    """Return the public offices of an organization; a confidential one has none."""
    if without_places or organization.is_confidential:
        return []
    return [location(row, reader) for row in organization.locations.all() if is_shown(row)]


def location(row: Location, reader: Reader) -> Json:
    """Return a public office. An address needs all five parts; else it stands in words."""
    own = str(row.uuid)
    address = _address(row, own, reader)
    words = ", ".join(part for part in (row.address_1, f"{row.postal_code} {row.city}".strip()) if part)
    values = {
        "id": own,
        "location_type": "physical",
        "organization_id": row.organization.uuid,
        "name": reader.text(row, "name"),
        "description": " ".join(part for part in ("" if address else words, seen(row)) if part),
        "transportation": reader.text(row, "transportation"),
        "latitude": None if row.latitude is None else float(row.latitude),
        "longitude": None if row.longitude is None else float(row.longitude),
        "addresses": [address] if address else [],
        "accessibility": [_accessibility(part, own, reader) for part in row.accessibility.all()],
    }
    return write("location", values)


def _address(row: Location, owner: str, reader: Reader) -> Json | None:
    values = {
        "id": part_id(owner, "address"),
        "address_1": row.address_1,
        "city": row.city,
        "state_province": region_name(row.area, reader),
        "postal_code": row.postal_code,
        "country": row.country,
        "address_type": "physical",
    }
    return write("address", values) if all(values.values()) else None


def region_name(area: Area | None, reader: Reader) -> str:
    """Return the name of an area's district or region: these countries have no state (``state_province``)."""
    region = (area.parent or area) if area else None
    return reader.text(region, "name") if region else ""


def _accessibility(row: Accessibility, owner: str, reader: Reader) -> Json:
    values = {
        "id": part_id(owner, "accessibility", row.pk),
        "location_id": owner,
        "description": reader.text(row, "description"),
        "details": reader.text(row, "details"),
    }
    return write("accessibility", values)


def schedule(row: Schedule, owner: str) -> Json:
    """Return weekly hours in the local time of the country; round the clock is an attribute of ours."""
    own = part_id(owner, "schedule", row.pk)
    attributes = Attributes("schedule", own)
    attributes.add("sidro:hours", "24/7" if row.is_24_7 else "")
    notes = [row.note]
    for exception in row.exceptions.all():
        hours = "closed" if exception.closed else f"{exception.opens_at:%H:%M}–{exception.closes_at:%H:%M}"
        notes.append(f"{exception.first_day} to {exception.last_day}: {hours}")
    values = {
        "id": own,
        "service_id": owner,
        "valid_from": row.valid_from.isoformat() if row.valid_from else None,
        "valid_to": row.valid_to.isoformat() if row.valid_to else None,
        "freq": "WEEKLY",
        "byday": EVERY_DAY if row.is_24_7 else row.byday,
        "opens_at": "00:00" if row.is_24_7 or row.opens_at is None else f"{row.opens_at:%H:%M}",
        "closes_at": "23:59" if row.is_24_7 or row.closes_at is None else f"{row.closes_at:%H:%M}",
        "description": "Day and night, every day." if row.is_24_7 else "",
        "notes": "; ".join(note for note in notes if note),
        "attributes": attributes.items,
    }
    return write("schedule", values)


def always_open(owner: str) -> Json:
    """Return the schedule of a service that is open day and night without rows of its own."""
    own = part_id(owner, "schedule", "always")
    attributes = Attributes("schedule", own)
    attributes.add("sidro:hours", "24/7")
    values = {
        "id": own,
        "service_id": owner,
        "freq": "WEEKLY",
        "byday": EVERY_DAY,
        "opens_at": "00:00",
        "closes_at": "23:59",
        "description": "Day and night, every day.",
        "attributes": attributes.items,
    }
    return write("schedule", values)


def unique(objects: Iterable[Json]) -> list[Json]:
    """Return objects without those whose id came before."""
    return list({item["id"]: item for item in objects}.values())
