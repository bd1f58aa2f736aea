"""What templates get: plain views of organizations, services and contacts, ready to be shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.translation import gettext as _

from directory import hours_words, source_words
from directory.choices import Coverage, Publication, Publish
from directory.hours import gathered, state_of, state_text, states_by, with_hours
from directory.models import Contact, Location, Organization, Phone, Service
from directory.opening import UNKNOWN, OpeningState
from portal import dates, languages, opaque
from portal.localized import LocalizedText, choose, localized
from portal.plugins.registry import get_country


@dataclass(frozen=True, slots=True)
class PhoneView:
    """A number to call. ``dial`` is what the ``tel:`` link dials, empty when it cannot be dialled.

    ``opening`` says in a sentence whether somebody answers now; empty when that is not known.
    """

    number: str
    dial: str
    label: str
    is_free: bool | None
    hours: str
    note: LocalizedText | str
    publish: str
    source_host: LocalizedText | str
    source_date: str
    opening: str = ""


@dataclass(frozen=True, slots=True)
class ContactView:
    """Another way to reach a provider; ``url`` is empty for what is no web address.

    ``first_url`` is the page of ours that comes before a site that tells others about its visitors (R12).
    ``note`` and ``opening`` are those of :class:`PhoneView`.
    """

    kind: str
    kind_label: str
    value: str
    url: str
    host: str
    hours: str
    publish: str
    source_host: LocalizedText | str
    source_date: str
    note: LocalizedText | str = ""
    opening: str = ""
    first_url: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A small line of a card: an icon's name and a word."""

    icon: str
    text: LocalizedText | str


@dataclass(frozen=True, slots=True)
class ServiceCard:
    """A service in a list; ``answer`` is "match", "ask" or empty when nothing was chosen.

    ``anchor`` is the card's id on its page, where a press on its link to the visitor's list comes back to.
    """

    url: str
    name: LocalizedText
    organization_name: LocalizedText
    organization_url: str
    summary: LocalizedText
    alert: LocalizedText
    answer: str = ""
    reason: str = ""
    facts: Sequence[Fact] = ()
    phones: Sequence[PhoneView] = ()
    confirmed: str = ""
    member_name: LocalizedText | None = None
    member_url: str = ""
    code: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class OrganizationCard:
    """A provider in a list."""

    url: str
    name: LocalizedText
    kind: str
    place: LocalizedText | str
    summary: LocalizedText
    phones: Sequence[PhoneView] = field(default_factory=tuple)


def dialled(number: str, country: str) -> str:
    """Return a number as a ``tel:`` link dials it: "+381…" or a short number; empty when it is neither."""
    digits = "".join(sign for sign in number if sign.isdigit())
    if number.strip().startswith("+"):
        return f"+{digits}"
    if 3 <= len(digits) <= 6 and not digits.startswith("0"):
        return digits
    home = get_country(country)
    return f"{home.calling_code}{digits[1:]}" if home and digits.startswith("0") else ""


def phone_view(phone: Phone, country: str, state: OpeningState = UNKNOWN) -> PhoneView:
    """Return a phone as templates show it."""
    hours = hours_words.in_words(phone.hours_text)
    seen = seen_at(phone.source_url, phone.source_date)
    return PhoneView(
        number=phone.number,
        dial=dialled(phone.number, country),
        label=phone.get_kind_display(),
        is_free=phone.is_free,
        hours=hours,
        note=localized(phone, "safe_call_note"),
        publish=phone.publish,
        source_host=seen.name if seen else "",
        source_date=seen.day if seen else "",
        opening=opening_text(state, hours),
    )


def opening_text(state: OpeningState, hours: str) -> str:
    """Return what is said of now; nothing when the hours beside it say already that it is always."""
    return "" if state.state == "always" and hours else state_text(state)


def site_code(contact: Contact) -> str:
    """Return the code of a web site in the path of the page before it; it says nothing and is stored nowhere."""
    return opaque.code("site", contact.key)


def contact_view(contact: Contact, owner: Organization, state: OpeningState = UNKNOWN) -> ContactView:
    """Return a contact as templates show it; only web sites become links."""
    seen = seen_at(contact.source_url, contact.source_date)
    hours = hours_words.in_words(contact.hours_text)
    first = reverse("directory:site", args=[owner.code, site_code(contact)]) if contact.tells_others else ""
    return ContactView(
        kind=contact.kind,
        kind_label=contact.get_kind_display(),
        value=contact.value,
        url=contact.value if contact.is_web else "",
        host=host_of(contact.value) if contact.is_web else "",
        hours=hours,
        publish=contact.publish,
        source_host=seen.name if seen else "",
        source_date=seen.day if seen else "",
        note=localized(contact, "safe_call_note"),
        opening=opening_text(state, hours),
        first_url=first,
    )


def location_view(location: Location) -> ContactView:
    """Return a public office as one more way to reach a provider."""
    seen = seen_at(location.source_url, location.source_date)
    return ContactView(
        kind="public_office",
        kind_label=_("Public office"),
        value=", ".join(
            part for part in (location.address_1, f"{location.postal_code} {location.city}".strip()) if part
        ),
        url="",
        host="",
        hours="",
        publish=location.publish,
        source_host=seen.name if seen else "",
        source_date=seen.day if seen else "",
    )


def seen_at(source: str, day: str) -> source_words.Said | None:
    """Return where a contact was seen first, in the reader's words."""
    return next(iter(source_words.said(source, day)), None)


def host_of(url: str) -> str:
    """Return the host name of the first address in ``url``, or an empty string."""
    first = url.split(" ; ")[0].strip()
    return (urlsplit(first).hostname or "").removeprefix("www.") if "://" in first else first.split("/")[0]


def phones_by_organization(organizations: Iterable[Organization]) -> dict[int, list[PhoneView]]:
    """Return the phones that may be shown, by organization; a unit without one shows its parent's.

    One query for the phones and their hours. Of a number that we only saw somewhere no state is said: its
    hours may be old.
    """
    wanted = {org.pk: org for org in organizations}
    parents = {org.parent_organization_id for org in wanted.values() if org.parent_organization_id}
    rows, hours = gathered(
        with_hours(Phone.objects.published())
        .filter(organization_id__in={*wanted, *parents}, organization__publication=Publication.PUBLIC)
        .select_related("organization")
        .order_by("order", "pk", "hours_pk", "exception_first_day")
    )
    found: dict[int, list[PhoneView]] = {}
    for row in rows:
        country = row.organization.country
        state = state_of(hours.get(row.pk, ()), country) if row.publish == Publish.YES else UNKNOWN
        view = phone_view(row, country, state)
        found.setdefault(row.organization_id, []).append(view)
    return {pk: found.get(pk) or found.get(org.parent_organization_id or 0, []) for pk, org in wanted.items()}


def confirmed_text(record: Organization | Service) -> str:
    """Return who confirmed a record and when, or that nobody did yet."""
    if record.assured_date is None:
        return _("Not confirmed yet: ask if it is still so.")
    return (_("Confirmed on %(day)s.") % {"day": dates.written(record.assured_date)}).replace("..", ".")


def country_name(code: str) -> LocalizedText:
    """Return a country's name for the reader."""
    country = get_country(code)
    return choose(country.name if country else {"en": code})


def seat_name(organization: Organization) -> LocalizedText:
    """Return the town of an organization in the reader's script; it marks itself where that has no form of it."""
    return choose({code: organization.seat for code in languages.FIRST_LANGUAGES if code != "sr-cyrl"})


def service_states(services: Iterable[Service]) -> dict[int, OpeningState]:
    """Return what is open now, by primary key: by a service's own hours, else round the clock. One query."""
    wanted = {service.pk: service for service in services}
    states = states_by("service", {key: service.country for key, service in wanted.items()})
    return {
        key: OpeningState("always") if state == UNKNOWN and wanted[key].is_open_24_7 else state
        for key, state in states.items()
    }


def service_facts(
    service: Service, state: OpeningState = UNKNOWN, *, says_unknown: bool = True
) -> list[Fact]:
    """Return where, for how much and when, as short lines; unknown hours are said too, if asked for."""
    facts = [Fact("place", country_name(service.country))]
    if service.coverage == Coverage.LOCAL_OFFER:
        facts.append(Fact("place", _("Only in some municipalities")))
    if said := state_text(state):
        facts.append(Fact("clock", said))
    elif says_unknown:
        facts.append(Fact("clock", _("Hours not known")))
    if service.is_free:
        facts.append(Fact("free", _("Free of charge")))
    if service.is_anonymous:
        facts.append(Fact("quiet", _("No name needed")))
    return facts


def service_card(
    service: Service,
    phones: Sequence[PhoneView] = (),
    *,
    answer: str = "",
    reason: str = "",
    query: str = "",
    member: Organization | None = None,
    state: OpeningState | None = None,
) -> ServiceCard:
    """Return a service as a card of a list; ``query`` is carried along in its links.

    ``state`` is that of :func:`service_states`, which a list asks once for all.
    """
    state = service_states([service])[service.pk] if state is None else state
    says_unknown = not any(phone.opening or phone.hours for phone in phones[:2])
    return ServiceCard(
        url=reverse("directory:service", args=[service.code]) + query,
        name=localized(service, "name"),
        organization_name=localized(service.organization, "name"),
        organization_url=reverse("directory:organization", args=[service.organization.code]) + query,
        summary=localized(service, "description"),
        alert=localized(service, "alert"),
        answer=answer,
        reason=reason,
        facts=service_facts(service, state, says_unknown=says_unknown),
        phones=phones[:2],
        confirmed=confirmed_text(service),
        member_name=localized(member, "name") if member else None,
        member_url=reverse("directory:organization", args=[member.code]) + query if member else "",
        code=service.code,
    )


def service_cards(
    services: Sequence[Service], phones: Mapping[int, Sequence[PhoneView]]
) -> list[ServiceCard]:
    """Return services as cards, with the phones of their providers."""
    states = service_states(services)
    return [
        service_card(each, phones.get(each.organization_id, ()), state=states[each.pk]) for each in services
    ]


def offered_cards(services: Sequence[Service]) -> list[ServiceCard]:
    """Return services as cards of their provider's page, which says its phones and hours itself."""
    states = service_states(services)
    return [
        replace(
            service_card(each, state=states[each.pk]),
            facts=service_facts(each, states[each.pk], says_unknown=False),
        )
        for each in services
    ]


def organization_card(
    organization: Organization, phones: Sequence[PhoneView] = (), query: str = ""
) -> OrganizationCard:
    """Return an organization as a card of a list."""
    return OrganizationCard(
        url=reverse("directory:organization", args=[organization.code]) + query,
        name=localized(organization, "name"),
        kind=organization.get_kind_display(),
        place=seat_name(organization)
        or localized(organization, "area_text")
        or country_name(organization.country),
        summary=localized(organization, "description"),
        phones=phones[:2],
    )


def shown_contacts(organization: Organization) -> list[ContactView]:
    """Return an organization's contacts and public offices that may be shown; two queries.

    As of phones, no state is said of what we only saw somewhere.
    """
    rows, hours = gathered(
        with_hours(Contact.objects.published())
        .filter(organization=organization)
        .order_by("order", "pk", "hours_pk", "exception_first_day")
    )
    contacts = [
        contact_view(
            row,
            organization,
            state_of(hours.get(row.pk, ()), organization.country) if row.publish == Publish.YES else UNKNOWN,
        )
        for row in rows
    ]
    offices = [location_view(row) for row in organization.locations.all() if row.publish != Publish.NO]
    return contacts + offices
