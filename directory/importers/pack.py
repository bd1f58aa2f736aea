"""The importer of a country pack: its folder of data files becomes records (format: docs/plugins.md)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from directory.importers.errors import ImportProblem, UnreadableImport
from directory.importers.files import merged_json, read_csv, read_json, texts_from_row, yes, yes_or_unknown
from portal.plugins import (
    AlternativeRecord,
    AreaRecord,
    ContactRecord,
    CountryPack,
    DatedValueRecord,
    FactRecord,
    NoteRecord,
    OrganizationRecord,
    PackRecords,
    PageRecord,
    PlaceRecord,
    RightRecord,
    SectionRecord,
    ServiceRecord,
)

Row = Mapping[str, Any]
_DAY = "(?:MO|TU|WE|TH|FR|SA|SU)"
_TIME = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_WEEKLY = re.compile(f"(?P<days>{_DAY}(?:,{_DAY})*) (?P<opens>{_TIME})-(?P<closes>{_TIME})")


def read_pack(pack: CountryPack) -> PackRecords:
    """Return everything that a pack's folder holds; raises ``UnreadableImport`` naming file and row."""
    code, data = pack.country.code, pack.data
    contacts = _contacts_by_owner(data)
    return PackRecords(
        country=code,
        areas=tuple(_area(row) for row in read_csv(data / "areas.csv")),
        places=tuple(_place(row) for row in read_csv(data / "places.csv")),
        organizations=(*_organizations(data, code, contacts), *_members(data, code, contacts)),
        services=_services(data, code),
        dated_values=tuple(_dated_value(row) for row in read_json(data / "dated_values.json", [])),
        notes=tuple(_note(row) for row in read_json(data / "notes.json", [])),
    )


def read_pages(pack: CountryPack, language: str) -> tuple[PageRecord, ...]:
    """Return a pack's pages in one language, in the order of their keys."""
    paths = sorted((pack.data / "pages" / language).glob("*.json"))
    return tuple(_page(read_json(path), language) for path in paths)


def _area(row: Row) -> AreaRecord:
    return AreaRecord(
        key=row["key"],
        level=row["level"],
        name=texts_from_row(row, "name"),
        parent=row.get("parent", ""),
        iso_code=row.get("iso_code", ""),
        is_city=yes(row.get("is_city", "")),
        population=int(row["population"]) if row.get("population") else None,
    )


def _place(row: Row) -> PlaceRecord:
    return PlaceRecord(
        key=row["key"],
        name=texts_from_row(row, "name"),
        municipality=row["municipality"],
        confirmed=yes(row["confirmed"]),
        latitude=float(row["latitude"]) if row.get("latitude") else None,
        longitude=float(row["longitude"]) if row.get("longitude") else None,
        population=int(row["population"]) if row.get("population") else None,
        other_names=tuple(name for name in row.get("other_names", "").split("|") if name),
        source=row.get("source", ""),
    )


def _contacts_by_owner(data: Path) -> dict[str, list[ContactRecord]]:
    by_owner: dict[str, list[ContactRecord]] = {}
    for row in read_csv(data / "contacts.csv"):
        by_owner.setdefault(row["owner"], []).append(
            ContactRecord(
                key=row["key"],
                kind=row["kind"],
                value=row["value"],
                publish=row["publish"],
                hours=row["hours"],
                opening=_opening(row.get("opening", "")),
                is_24_7=yes(row["is_24_7"]),
                is_free=yes_or_unknown(row["is_free"]),
                is_anonymous=yes_or_unknown(row["is_anonymous"]),
                source_url=row["source_url"],
                source_date=row["source_date"],
                status=row["status"],
                note=row["note"],
                tells_others=yes(row.get("tells_others", "")),
                tells_others_source=row.get("tells_others_source", ""),
                tells_others_date=row.get("tells_others_date", ""),
            )
        )
    return by_owner


def _opening(text: str) -> tuple[tuple[str, str, str], ...]:
    """Return weekly hours from "MO,WE 09:00-12:00|WE 14:00-16:00"; raises ``UnreadableImport`` otherwise."""
    found = [_WEEKLY.fullmatch(part.strip()) for part in text.split("|") if part.strip()]
    if None in found:
        raise UnreadableImport([ImportProblem("contacts.csv", text, "write hours as MO,WE 09:00-12:00")])
    return tuple((each["days"], each["opens"], each["closes"]) for each in found if each)


def _organizations(
    data: Path, country: str, contacts: Mapping[str, list[ContactRecord]]
) -> list[OrganizationRecord]:
    texts = merged_json(data / "texts", "organizations*.json")
    return [
        OrganizationRecord(
            key=row["key"],
            name=row["name"],
            kind=row["kind"],
            country=country,
            fact_id=row.get("fact_id", ""),
            sector=row.get("sector", "unknown"),
            publication=row.get("publication", "public"),
            parent=row.get("parent", ""),
            is_network=row.get("is_network", False),
            is_confidential=row.get("is_confidential", False),
            is_specialised=row.get("is_specialised", False),
            name_reviewed=row.get("name_reviewed", False),
            summary=texts.get(row["key"], {}).get("description", {}),
            area_text=texts.get(row["key"], {}).get("area_text", {}),
            how_to_reach=texts.get(row["key"], {}).get("how_to_reach", {}),
            is_free=row.get("is_free"),
            is_open_24_7=row.get("is_open_24_7"),
            is_anonymous=row.get("is_anonymous"),
            source=row.get("source", ""),
            source_date=row.get("source_date", ""),
            source_note=row.get("source_note", ""),
            contacts=tuple(contacts.get(row["key"], ())),
        )
        for row in read_json(data / "organizations.json", [])
    ]


def _members(
    data: Path, country: str, contacts: Mapping[str, list[ContactRecord]]
) -> list[OrganizationRecord]:
    return [
        OrganizationRecord(
            key=row["key"],
            name=texts_from_row(row, "name"),
            kind=row["kind"],
            country=country,
            fact_id=row["list_id"],
            sector="public",
            publication="hidden" if row["publish"] == "no" else "public",
            network=row["network"],
            areas=(row["area"],) if row["area"] else (),
            seat=row["seat"],
            name_reviewed=False,
            is_noted=row["publish"] == "noted",
            source=row["source"],
            source_date=row["source_date"],
            source_note="; ".join(
                part for part in (row["status"], row["note"], row.get("units", "")) if part
            ),
            contacts=tuple(contacts.get(row["key"], ())),
        )
        for row in read_csv(data / "members.csv")
    ]


def _alternative(row: Row) -> AlternativeRecord:
    age = row.get("age", "unknown")
    return AlternativeRecord(
        age=age if isinstance(age, str) else (age[0], age[1]),
        genders=_listed(row.get("genders", "unknown")),
        papers=_listed(row.get("papers", "unknown")),
        disability=row.get("disability"),
        with_children=row.get("with_children"),
        circumstances=tuple(row.get("circumstances", ())),
        ask_first=row.get("ask_first", {}),
    )


def _listed(value: str | list[str]) -> str | tuple[str, ...]:
    return value if isinstance(value, str) else tuple(value)


def _services(data: Path, country: str) -> tuple[ServiceRecord, ...]:
    texts = merged_json(data / "texts", "services*.json")
    eligibility = read_json(data / "eligibility.json", {})
    return tuple(
        _service(row, country, texts.get(row.get("fact_id", row["key"]), {}), eligibility)
        for row in read_json(data / "services.json", [])
    )


def _service(row: Row, country: str, text: Row, eligibility: Row) -> ServiceRecord:
    limits = eligibility.get(row.get("fact_id", row["key"]), {})
    return ServiceRecord(
        key=row["key"],
        name=row["name"],
        organizations=tuple(row["organizations"]),
        country=country,
        needs=tuple(row["needs"]),
        fact_id=row.get("fact_id", ""),
        parent=row.get("parent", ""),
        service_type=row.get("service_type", ""),
        audience=row.get("audience", "everyone"),
        publication=row.get("publication", "public"),
        publication_reason=row.get("publication_reason", ""),
        status=row.get("status", "active"),
        coverage=row.get("coverage", "unknown"),
        police_cooperation=limits.get("police_cooperation", "unknown"),
        summary=text.get("summary", {}),
        how_to_reach=text.get("how_to_reach", {}),
        eligibility=text.get("eligibility", {}),
        conditions=text.get("conditions", {}),
        duration=text.get("duration", {}),
        cost=text.get("cost", {}),
        alert=text.get("alert", {}),
        is_free=row.get("is_free"),
        is_open_24_7=row.get("is_open_24_7"),
        is_anonymous=row.get("is_anonymous"),
        languages=tuple(row.get("languages", ())),
        target_groups=tuple(row.get("target_groups", ())),
        exploitation=tuple(row.get("exploitation", ())),
        referral=tuple(row.get("referral", ())),
        alternatives=tuple(_alternative(alternative) for alternative in limits.get("alternatives", ({},))),
        source=row.get("source", ""),
        source_date=row.get("source_date", ""),
        state=row.get("state", ""),
        source_words=limits.get("source_words", ""),
        structured=limits.get("structured", ""),
        stays_ask_first=limits.get("stays_ask_first", ""),
    )


def _dated_value(row: Row) -> DatedValueRecord:
    return DatedValueRecord(
        key=row["key"],
        record=row["record"],
        field=row["field"],
        value=row["value"],
        source=row["source"],
        source_date=row.get("source_date", ""),
        valid_from=_day(row.get("valid_from", "")),
        valid_to=_day(row.get("valid_to", "")),
        is_current=row.get("is_current", False),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _note(row: Row) -> NoteRecord:
    return NoteRecord(
        key=row["key"],
        kind=row["kind"],
        text=row["text"],
        records=tuple(row.get("records", ())),
        source=row.get("source", ""),
        source_date=row.get("source_date", ""),
    )


def _right(row: Row) -> RightRecord:
    return RightRecord(
        key=row["id"],
        text=row["text"],
        source=row["source"],
        note=row.get("note", ""),
        law=row.get("law", ""),
        services=tuple((link["service"], link["reason"]) for link in row.get("services", ())),
    )


def _section(row: Row) -> SectionRecord:
    guidance, pathway = row.get("guidance", {}), row.get("pathway", {})
    return SectionRecord(
        heading=row.get("heading", "") if row.get("insert") else row["heading"],
        rights=tuple(_right(right) for right in row.get("rights", ())),
        guidance_key=guidance.get("id", ""),
        guidance=tuple(guidance.get("items", ())),
        source=guidance.get("source", "") or pathway.get("source", ""),
        pathway_key=pathway.get("id", ""),
        pathway=tuple(pathway.get("steps", ())),
        facts=tuple(_fact(fact) for fact in row.get("facts", ())),
        paragraphs=tuple(row.get("text", ())),
        points=tuple(row.get("points", ())),
        steps=tuple(row.get("steps", ())),
        checked=row.get("checked", ""),
        insert=row.get("insert", ""),
    )


def _fact(row: Row) -> FactRecord:
    return FactRecord(key=row["id"], text=row["text"], date=row["date"], source=row.get("source", ""))


def _page(row: Row, language: str) -> PageRecord:
    return PageRecord(
        key=row["key"],
        country=row["country"],
        language=language,
        title=row["title"],
        slug=row["slug"],
        safe_title=row["safe_title"],
        audience=tuple(row["audience"]),
        summary=row["summary"],
        do_now=tuple(row["do_now"]),
        call=tuple((entry["organization"], entry["why"]) for entry in row["call"]),
        sections=tuple(_section(section) for section in row["sections"]),
        bring=tuple(row.get("bring", ())),
        deadlines=tuple(row.get("deadlines", ())),
        money=tuple(row.get("money", ())),
        law_reference=row.get("law_reference", ""),
        as_of=row.get("as_of", ""),
        editor_notes=tuple((note["fact"], note["text"]) for note in row.get("editor_notes", ())),
        kind=row.get("kind", "rights"),
    )
