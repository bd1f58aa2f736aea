"""Plain records that cross a plugin's border: what a country pack delivers, free of any database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

Text = Mapping[str, str]
"""A text by language code of the catalogue; ``sr-cyrl`` only where it differs from the derived form."""

AgeRange = tuple[int | None, int | None]
"""Years, both ends included; ``None`` is an open end."""

ANYONE = "anyone"
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class AreaRecord:
    """A region or municipality. ``level`` is "region" or "municipality"; ``parent`` the key of its region."""

    key: str
    level: str
    name: Text
    parent: str = ""
    iso_code: str = ""
    is_city: bool = False
    population: int | None = None


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    """A settlement that a visitor may type. ``confirmed`` is true when its municipality is certain."""

    key: str
    name: Text
    municipality: str
    confirmed: bool
    latitude: float | None
    longitude: float | None
    population: int | None = None
    other_names: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class ContactRecord:
    """A way to reach an organization, with where and when it was seen.

    ``publish`` is "yes", "noted" (shown with its source and date) or "no" (an editors' task). A web site that tells
    others about its visitors says so in ``tells_others``, with its own source and date.
    """

    key: str
    kind: str
    value: str
    publish: str
    hours: str = ""
    is_24_7: bool = False
    is_free: bool | None = None
    is_anonymous: bool | None = None
    source_url: str = ""
    source_date: str = ""
    status: str = ""
    note: str = ""
    opening: tuple[tuple[str, str, str], ...] = ()
    tells_others: bool = False
    tells_others_source: str = ""
    tells_others_date: str = ""


@dataclass(frozen=True, slots=True)
class OrganizationRecord:
    """A provider or authority; ``network`` names the organization it is a member of."""

    key: str
    name: Text
    kind: str
    country: str
    fact_id: str = ""
    sector: str = ""
    publication: str = "public"
    parent: str = ""
    network: str = ""
    is_network: bool = False
    is_confidential: bool = False
    is_specialised: bool = False
    name_reviewed: bool = True
    is_noted: bool = False
    summary: Text = field(default_factory=dict)
    area_text: Text = field(default_factory=dict)
    how_to_reach: Text = field(default_factory=dict)
    areas: tuple[str, ...] = ()
    seat: str = ""
    is_free: bool | None = None
    is_open_24_7: bool | None = None
    is_anonymous: bool | None = None
    source: str = ""
    source_date: str = ""
    source_note: str = ""
    contacts: tuple[ContactRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class AlternativeRecord:
    """One way to be eligible: who fits, and the limits that stay in words."""

    age: AgeRange | str = ANYONE
    genders: tuple[str, ...] | str = ANYONE
    papers: tuple[str, ...] | str = ANYONE
    disability: bool | None = None
    with_children: bool | None = None
    circumstances: tuple[str, ...] = ()
    ask_first: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ServiceRecord:
    """A service of one or more organizations, as HSDS understands it, with our OR-eligibility."""

    key: str
    name: Text
    organizations: tuple[str, ...]
    country: str
    needs: tuple[str, ...]
    fact_id: str = ""
    parent: str = ""
    service_type: str = ""
    audience: str = "everyone"
    publication: str = "public"
    publication_reason: str = ""
    status: str = "active"
    coverage: str = "country"
    police_cooperation: str = "unknown"
    summary: Text = field(default_factory=dict)
    how_to_reach: Text = field(default_factory=dict)
    eligibility: Text = field(default_factory=dict)
    conditions: Text = field(default_factory=dict)
    duration: Text = field(default_factory=dict)
    cost: Text = field(default_factory=dict)
    alert: Text = field(default_factory=dict)
    is_free: bool | None = None
    is_open_24_7: bool | None = None
    is_anonymous: bool | None = None
    languages: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    exploitation: tuple[str, ...] = ()
    referral: tuple[str, ...] = ()
    alternatives: tuple[AlternativeRecord, ...] = (AlternativeRecord(),)
    source: str = ""
    source_date: str = ""
    state: str = ""
    source_words: str = ""
    structured: str = ""
    stays_ask_first: str = ""


@dataclass(frozen=True, slots=True)
class DatedValueRecord:
    """What one field of one record was, between two dates, by one source."""

    key: str
    record: str
    field: str
    value: str
    source: str
    source_date: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class NoteRecord:
    """A conflict, warning or task for editors; ``records`` are the keys it speaks of."""

    key: str
    kind: str
    text: str
    records: tuple[str, ...] = ()
    source: str = ""
    source_date: str = ""


@dataclass(frozen=True, slots=True)
class RightRecord:
    """A right on a page, with the services that realise it and one reason for each."""

    key: str
    text: str
    source: str
    note: str = ""
    law: str = ""
    services: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FactRecord:
    """A number or an event with its date, which may be a span of years."""

    key: str
    text: str
    date: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class SectionRecord:
    """A part of a page under one heading: rights, guidance, a way in steps, numbers, or text.

    ``insert`` names a part that the portal fills itself, without a heading: "operator", "attributions",
    "practise" or "glossary". ``checked`` is an ISO date: when the steps of a device were looked at.
    """

    heading: str
    rights: tuple[RightRecord, ...] = ()
    guidance_key: str = ""
    guidance: tuple[str, ...] = ()
    source: str = ""
    pathway_key: str = ""
    pathway: tuple[str, ...] = ()
    facts: tuple[FactRecord, ...] = ()
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    checked: str = ""
    insert: str = ""


@dataclass(frozen=True, slots=True)
class PageRecord:
    """A page in one language. ``kind`` is "rights", "guidance", "pathway", "entry", "safety" or "plain"."""

    key: str
    country: str
    language: str
    title: Text
    slug: str
    safe_title: str
    audience: tuple[str, ...]
    summary: str
    do_now: tuple[str, ...]
    call: tuple[tuple[str, str], ...]
    sections: tuple[SectionRecord, ...]
    bring: tuple[str, ...] = ()
    deadlines: tuple[str, ...] = ()
    money: tuple[str, ...] = ()
    law_reference: str = ""
    as_of: str = ""
    editor_notes: tuple[tuple[str, str], ...] = ()
    kind: str = "rights"


@dataclass(frozen=True, slots=True)
class PackRecords:
    """Everything that one country pack delivers to the directory, in the order it is loaded."""

    country: str
    areas: tuple[AreaRecord, ...] = ()
    places: tuple[PlaceRecord, ...] = ()
    organizations: tuple[OrganizationRecord, ...] = ()
    services: tuple[ServiceRecord, ...] = ()
    dated_values: tuple[DatedValueRecord, ...] = ()
    notes: tuple[NoteRecord, ...] = ()
