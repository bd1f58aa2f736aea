"""Import of an official settlement register: all or nothing, the same file twice changes nothing (R62)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from directory import models
from directory.actions.columns import assign, text_columns
from directory.actions.importing import ImportReport
from directory.choices import AreaLevel
from directory.importers.errors import ImportProblem, UnreadableImport
from directory.importers.settlements import SettlementRecord
from directory.place_names import key_of, keys_of
from directory.place_table import renew
from portal import languages
from portal.localized import stored

FIELDS = ("municipality_id", "confirmed", "search_key", "other_keys", "source", "register_code")
MORE_FIELDS = ("settlement_type", "valid_from")


def import_settlements(
    records: Sequence[SettlementRecord], *, country: str, source: str, dry_run: bool = False
) -> ImportReport:
    """Create or update the settlements of a country's register; what the file does not name stays.

    ``source`` is said beside each. Raises ``UnreadableImport`` with every bad row and changes nothing then;
    with ``dry_run`` the report says what would happen and nothing stays.
    """
    municipalities = _municipalities(country)
    _refuse(records, municipalities, country)
    report = ImportReport()
    with transaction.atomic():
        _write(records, municipalities, country, source, report)
        if report.changed:
            renew()
        transaction.set_rollback(dry_run)
    return report


def _municipalities(country: str) -> dict[str, set[int]]:
    """Return the ids of a country's municipalities by key and by every folded name."""
    found: dict[str, set[int]] = {}
    for area in models.Area.objects.filter(country=country, level=AreaLevel.MUNICIPALITY):
        for name in {area.key, area.search_key, *map(key_of, stored(area, "name").values())}:
            found.setdefault(name, set()).add(area.pk)
    return found


def _named(record: SettlementRecord, municipalities: Mapping[str, set[int]]) -> set[int]:
    names = (record.municipality, *keys_of(record.municipality))
    return next((municipalities[name] for name in names if name in municipalities), set())


def _refuse(records: Sequence[SettlementRecord], known: Mapping[str, set[int]], country: str) -> None:
    problems = []
    for record in records:
        count = len(_named(record, known))
        if count != 1:
            what = "is none of" if count == 0 else "is the name of several of"
            text = f"{record.municipality!r} {what} the municipalities of {country}"
            problems.append(ImportProblem("register", f"line {record.row}", text))
    if problems:
        raise UnreadableImport(problems)


def _write(
    records: Sequence[SettlementRecord],
    municipalities: Mapping[str, set[int]],
    country: str,
    source: str,
    report: ImportReport,
) -> None:
    places = models.Place.objects.filter(country=country)
    existing = {place.register_code: place for place in places.exclude(register_code="")}
    others = _other_names(country)
    new: list[models.Place] = []
    changed: list[models.Place] = []
    for record in records:
        municipality = min(_named(record, municipalities))
        place = existing.get(record.code) or models.Place(
            key=f"{country.lower()}-s-{record.code}", country=country
        )
        differs = assign(place, _values(record, municipality, source, others))
        if place.pk is None:
            new.append(place)
            report.created.append(record.code)
        elif differs:
            changed.append(place)
            report.updated.append(record.code)
        else:
            report.unchanged.append(record.code)
    models.Place.objects.bulk_create(new, batch_size=500)
    columns = [f"name_{language.column_suffix}" for language in languages.CATALOGUE]
    models.Place.objects.bulk_update(changed, [*FIELDS, *MORE_FIELDS, *columns], batch_size=200)


def _other_names(country: str) -> dict[tuple[str, int], set[str]]:
    """Return the other names of places that no register named, by key and municipality: exonyms stay known."""
    found: dict[tuple[str, int], set[str]] = {}
    rows = models.Place.objects.filter(country=country, register_code="")
    for key, municipality, others in rows.values_list("search_key", "municipality_id", "other_keys"):
        found.setdefault((key, municipality), set()).update(others)
    return found


def _values(
    record: SettlementRecord, municipality: int, source: str, others: Mapping[tuple[str, int], set[str]]
) -> dict[str, Any]:
    own = key_of(record.name.get("sr-latn") or record.name.get("sl") or next(iter(record.name.values())))
    more = {key_of(name) for name in record.name.values()} | others.get((own, municipality), set())
    return {
        "municipality_id": municipality,
        "confirmed": True,
        "search_key": own,
        "other_keys": sorted(more - {own, ""}),
        "source": source,
        "register_code": record.code,
        "settlement_type": record.kind,
        "valid_from": record.valid_from,
        **{column: text for column, text in text_columns("name", record.name).items() if text},
    }
