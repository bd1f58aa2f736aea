"""Loading a country pack and the shared taxonomies; loading the same data twice changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from django.db import transaction

from directory import models
from directory.actions.columns import assign, text_columns
from directory.actions.importing import ImportReport, import_organizations, import_services
from directory.importers import read_pack
from directory.importers.files import read_csv, texts_from_row, yes
from directory.models.taxonomy import DELIVERED
from directory.place_names import key_of
from directory.place_table import renew
from portal import opaque
from portal.folding import fold
from portal.plugins import AreaRecord, CountryPack, DatedValueRecord, NoteRecord, PackRecords, PlaceRecord

TERMS_FILE = Path(__file__).resolve().parents[1] / "data" / "taxonomy_terms.csv"
LEXICON_FOLDER = Path(__file__).resolve().parents[1] / "data" / "lexicon"
Say = Callable[[str], None]


def load_taxonomies(path: Path = TERMS_FILE) -> ImportReport:
    """Create or update the shared terms from their CSV file; raises ``UnreadableImport`` for a broken file."""
    report = ImportReport()
    with transaction.atomic():
        for key, name in DELIVERED.items():
            models.Taxonomy.objects.get_or_create(key=key, defaults={"name": name})
        by_key = {taxonomy.key: taxonomy for taxonomy in models.Taxonomy.objects.all()}
        for row in read_csv(path):
            _load_term(by_key[row["taxonomy"]], row, report)
    return report


def _load_term(taxonomy: models.Taxonomy, row: dict[str, str], report: ImportReport) -> None:
    key = f"{taxonomy.key}:{row['slug']}"
    term = models.TaxonomyTerm.objects.filter(key=key).first()
    created = term is None
    term = term or models.TaxonomyTerm(key=key, taxonomy=taxonomy, slug=row["slug"])
    values = {
        "fact_id": row["fact_id"],
        "order": int(row["order"] or 0),
        "urgent": yes(row["urgent"]),
        "icon": row["icon"],
        "front_page": int(row["front_page"] or 0),
        "is_accommodation": yes(row["is_accommodation"]),
        "code": opaque.code("term", taxonomy.key, row["slug"]),
        **_given_columns("name", texts_from_row(row, "name")),
        **_given_columns("plain", texts_from_row(row, "plain")),
    }
    changed = assign(term, values)
    if created or changed:
        term.save()
    (report.created if created else report.updated if changed else report.unchanged).append(key)


def _given_columns(field: str, texts: Mapping[str, str]) -> dict[str, str]:
    """Return the columns of the languages that a file has words in; what editors wrote in others stays."""
    return {column: text for column, text in text_columns(field, texts).items() if text}


def load_country(pack: CountryPack, *, name: str, say: Say = lambda message: None) -> ImportReport:
    """Load everything that a pack delivers to the directory, in one transaction.

    Raises ``UnreadableImport`` naming file, row and reason; then nothing has changed.
    """
    records = read_pack(pack)
    report = ImportReport()
    with transaction.atomic():
        say(f"{pack.country.name['en']}: {len(records.areas)} areas, {len(records.places)} places")
        _load_areas(records)
        _load_places(records)
        say(f"{pack.country.name['en']}: {len(records.organizations)} organizations")
        report.add(import_organizations(records.organizations, pack=name))
        say(f"{pack.country.name['en']}: {len(records.services)} services")
        report.add(import_services(records.services, pack=name))
        for value in records.dated_values:
            _load_dated_value(value)
        for note in records.notes:
            _load_note(note, records.country)
    return report


def _load_areas(records: PackRecords) -> None:
    existing = {area.key: area for area in models.Area.objects.filter(country=records.country)}
    for record in sorted(records.areas, key=lambda area: area.level != "region"):
        area = existing.get(record.key) or models.Area(key=record.key, country=records.country)
        if assign(area, _area_values(record, existing)):
            area.save()
        existing[record.key] = area


def _area_values(record: AreaRecord, existing: dict[str, models.Area]) -> dict[str, object]:
    return {
        "level": record.level,
        "parent": existing.get(record.parent),
        "iso_code": record.iso_code,
        "is_city": record.is_city,
        "population": record.population,
        "search_key": fold(next(iter(record.name.values()))),
        "code": opaque.filter_code("area", record.key),
        **_given_columns("name", record.name),
    }


def _load_places(records: PackRecords) -> None:
    areas = {area.key: area for area in models.Area.objects.filter(country=records.country)}
    existing = {place.key: place for place in models.Place.objects.filter(country=records.country)}
    new: list[models.Place] = []
    for record in records.places:
        place = existing.get(record.key) or models.Place(key=record.key, country=records.country)
        changed = assign(place, _place_values(record, areas))
        if place.pk is None:
            new.append(place)
        elif changed:
            place.save()
    models.Place.objects.bulk_create(new)
    if new:
        renew()


def _place_values(record: PlaceRecord, areas: dict[str, models.Area]) -> dict[str, object]:
    own = key_of(record.name.get("sr-latn") or record.name.get("sl") or next(iter(record.name.values())))
    others = {key_of(name) for name in (*record.name.values(), *record.other_names)} - {own, ""}
    return {
        "municipality": areas[record.municipality],
        "confirmed": record.confirmed,
        "population": record.population,
        "search_key": own,
        "other_keys": sorted(others),
        "source": record.source,
        **_given_columns("name", record.name),
    }


def _load_dated_value(record: DatedValueRecord) -> None:
    models.DatedValue.objects.update_or_create(
        key=record.key,
        defaults={
            "organization": models.Organization.objects.filter(key=record.record).first(),
            "service": models.Service.objects.filter(key=record.record).first(),
            "field": record.field,
            "value": record.value,
            "source": record.source,
            "source_date": record.source_date,
            "valid_from": record.valid_from,
            "valid_to": record.valid_to,
            "is_current": record.is_current,
        },
    )


def _load_note(record: NoteRecord, country: str) -> None:
    note, _ = models.EditorNote.objects.update_or_create(
        key=record.key,
        defaults={
            "country": country,
            "kind": record.kind,
            "text": record.text,
            "source": record.source,
            "source_date": record.source_date,
        },
    )
    note.organizations.set(models.Organization.objects.filter(key__in=record.records))
    note.services.set(models.Service.objects.filter(key__in=record.records))
