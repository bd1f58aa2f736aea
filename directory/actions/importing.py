"""Import of organizations and services: all or nothing, the same file twice changes nothing (R62)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import time
from typing import Any

from django.db import transaction

from directory import models
from directory.actions.columns import assign, delivered_columns, digest, replace_rows, text_columns
from directory.choices import (
    Circumstance,
    ContactKind,
    Coverage,
    Gender,
    NoteKind,
    OrganizationKind,
    Papers,
    PhoneKind,
    Publication,
    Rule,
    Status,
)
from directory.importers.errors import ImportProblem, UnreadableImport
from portal.plugins import AlternativeRecord, ContactRecord, OrganizationRecord, ServiceRecord

Progress = Callable[[int, int], None]


@dataclass
class ImportReport:
    """What an import did, or would do: keys created, updated, unchanged, and kept because edited here."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    @property
    def changed(self) -> int:
        """How many records were written."""
        return len(self.created) + len(self.updated)

    def add(self, other: ImportReport) -> None:
        """Add another report's keys to this one."""
        for name in ("created", "updated", "unchanged", "kept"):
            getattr(self, name).extend(getattr(other, name))


class _DryRun(Exception):
    """Rolls the transaction of a dry run back."""


def import_organizations(
    records: Sequence[OrganizationRecord], *, pack: str = "", dry_run: bool = False
) -> ImportReport:
    """Create or update organizations; raises ``UnreadableImport`` with every bad row and changes nothing then."""
    _refuse(_organization_problems(records))
    report = ImportReport()

    def write() -> None:
        for record in records:
            _import(models.Organization, record, pack, report, _write_organization)
        for record in records:
            _link_organization(record)

    _run(write, dry_run)
    return report


def import_services(
    records: Sequence[ServiceRecord],
    *,
    pack: str = "",
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Create or update services with their eligibility; the door for packs and for a professional's file.

    Raises ``UnreadableImport`` with every bad row and changes nothing then. With ``dry_run`` the report
    says what would happen and nothing stays.
    """
    _refuse(_service_problems(records))
    report = ImportReport()

    def write() -> None:
        for number, record in enumerate(records, 1):
            _import(models.Service, record, pack, report, _write_service)
            if progress:
                progress(number, len(records))
        for record in records:
            _link_service(record)

    _run(write, dry_run)
    return report


def _run(write: Callable[[], None], dry_run: bool) -> None:
    try:
        with transaction.atomic():
            write()
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass


def _refuse(problems: list[ImportProblem]) -> None:
    if problems:
        raise UnreadableImport(problems)


def _organization_problems(records: Iterable[OrganizationRecord]) -> list[ImportProblem]:
    problems = []
    for record in records:
        bad = _outside(record.kind, OrganizationKind.values) + _outside(
            record.publication, Publication.values
        )
        bad += [] if record.name else ["a name in any language is missing"]
        bad += _not_three_valued(record)
        known = {*PhoneKind.values, *ContactKind.values}
        bad += [word for contact in record.contacts for word in _outside(contact.kind, known)]
        if record.is_confidential and any(c.kind == ContactKind.PUBLIC_OFFICE for c in record.contacts):
            bad.append("a confidential organization has no public office")
        bad += _unsourced_marks(record)
        problems += [ImportProblem("organizations", record.key, f"not understood: {word}") for word in bad]
    return problems


def _unsourced_marks(record: OrganizationRecord) -> list[str]:
    return [
        f"{contact.key} tells others about its visitors: a web site, a source and a date are needed"
        for contact in record.contacts
        if contact.tells_others
        and not (
            contact.value.startswith("http") and contact.tells_others_source and contact.tells_others_date
        )
    ]


def _outside(value: str, allowed: Iterable[str]) -> list[str]:
    return [] if value in allowed else [f"{value!r} (allowed: {', '.join(allowed)})"]


def _not_three_valued(record: OrganizationRecord | ServiceRecord) -> list[str]:
    values = ((name, getattr(record, name)) for name in ("is_free", "is_open_24_7", "is_anonymous"))
    return [
        f"{name} is {value!r}, not true, false or empty"
        for name, value in values
        if value not in (None, True, False)
    ]


def _service_problems(records: Sequence[ServiceRecord]) -> list[ImportProblem]:
    keys = set(models.Organization.objects.values_list("key", flat=True))
    needs = set(models.TaxonomyTerm.objects.filter(taxonomy__key="needs").values_list("slug", flat=True))
    types = {
        "",
        *models.TaxonomyTerm.objects.filter(taxonomy__key="service_type").values_list("slug", flat=True),
    }
    problems = []
    for record in records:
        bad = [] if record.organizations else ["a provider is missing"]
        bad += [f"organization {key!r} does not exist" for key in record.organizations if key not in keys]
        bad += [f"need {slug!r} does not exist" for slug in record.needs if slug not in needs]
        bad += _outside(record.service_type, types)
        bad += _outside(record.status, Status.values) + _outside(record.coverage, Coverage.values)
        bad += _not_three_valued(record)
        bad += [word for alternative in record.alternatives for word in _alternative_problems(alternative)]
        problems += [ImportProblem("services", record.key, word) for word in bad]
    return problems


def _alternative_problems(record: AlternativeRecord) -> list[str]:
    checks: list[tuple[Any, Iterable[str]]] = [
        (record.genders, Gender.values),
        (record.papers, Papers.values),
        (record.circumstances, Circumstance.values),
    ]
    bad = []
    for value, allowed in checks:
        values = value if isinstance(value, tuple) else ()
        bad += [word for item in values for word in _outside(item, allowed)]
        if isinstance(value, str):
            bad += _outside(value, ("anyone", "unknown"))
    return bad


def _import(
    model: Any,
    record: OrganizationRecord | ServiceRecord,
    pack: str,
    report: ImportReport,
    write: Callable[[Any, Any], None],
) -> None:
    instance = model.objects.filter(key=record.key).first()
    mark = digest(record)
    if instance is not None and instance.loaded_digest == mark:
        report.unchanged.append(record.key)
        return
    if instance is not None and instance.locally_edited:
        _note_new_values(record.key, record.country, pack)
        report.kept.append(record.key)
        return
    created = instance is None
    instance = instance or model(key=record.key)
    instance.loaded_digest, instance.pack = mark, pack
    write(instance, record)
    (report.created if created else report.updated).append(record.key)


def _note_new_values(key: str, country: str, pack: str) -> None:
    models.EditorNote.objects.update_or_create(
        key=f"pack-{key}",
        defaults={
            "country": country,
            "kind": NoteKind.TASK,
            "text": f"{pack or 'An import'} brings new values for {key}, which was edited here: compare them.",
        },
    )


def _write_organization(instance: models.Organization, record: OrganizationRecord) -> None:
    for name in ("kind", "country", "fact_id", "publication", "is_network", "is_confidential", "seat"):
        setattr(instance, name, getattr(record, name))
    for name in ("is_specialised", "name_reviewed", "is_noted", "is_free", "is_open_24_7", "is_anonymous"):
        setattr(instance, name, getattr(record, name))
    instance.sector = record.sector or "unknown"
    instance.source, instance.source_date = record.source, record.source_date
    instance.source_note = record.source_note
    columns = {
        **delivered_columns("name", record.name),
        **delivered_columns("description", record.summary),
        **delivered_columns("how_to_reach", record.how_to_reach),
        **delivered_columns("area_text", record.area_text),
    }
    assign(instance, columns)
    instance.save()
    _write_contacts(instance, record.contacts)


def _write_contacts(instance: models.Organization, contacts: Sequence[ContactRecord]) -> None:
    phones = [contact for contact in contacts if contact.kind in PhoneKind.values and contact.value]
    others = [contact for contact in contacts if contact.kind in ContactKind.values and contact.value]
    tables: list[tuple[Any, list[ContactRecord]]] = [(models.Phone, phones), (models.Contact, others)]
    for model, records in tables:
        model.objects.filter(organization=instance).exclude(key__in=[c.key for c in records]).delete()
        for order, contact in enumerate(records):
            _write_contact(model, instance, contact, order)


def _write_contact(model: Any, owner: models.Organization, contact: ContactRecord, order: int) -> None:
    values: dict[str, Any] = {
        "organization": owner,
        "kind": contact.kind,
        "publish": contact.publish,
        "hours_text": contact.hours,
        "is_anonymous": contact.is_anonymous,
        "source_url": contact.source_url,
        "source_date": contact.source_date,
        "status": contact.status,
        "note": contact.note,
        "order": order,
    }
    if model is models.Phone:
        values |= {"number": contact.value, "is_free": contact.is_free}
    else:
        values |= {
            "value": contact.value,
            "tells_others": contact.tells_others,
            "tells_others_source": contact.tells_others_source,
            "tells_others_date": contact.tells_others_date,
        }
    row, _ = model.objects.update_or_create(key=contact.key, defaults=values)
    hours: list[dict[str, Any]] = [{"is_24_7": True}] if contact.is_24_7 else []
    for days, opens, closes in () if contact.is_24_7 else contact.opening:
        times = {"opens_at": time.fromisoformat(opens), "closes_at": time.fromisoformat(closes)}
        hours.append({"byday": days, **times})
    owner_field = "phone" if model is models.Phone else "contact"
    replace_rows(models.Schedule, {owner_field: row}, hours)


def _link_organization(record: OrganizationRecord) -> None:
    """Set what points to other organizations, once all of them exist; what an editor changed stays."""
    instance = models.Organization.objects.get(key=record.key)
    if instance.locally_edited:
        return
    wanted = {
        "parent_organization": models.Organization.objects.filter(key=record.parent).first(),
        "network": models.Organization.objects.filter(key=record.network).first(),
    }
    if assign(instance, wanted):
        instance.save()
    areas = models.Area.objects.filter(key__in=record.areas).order_by("key")
    rows = [{"area": area, "source": record.source[:300]} for area in areas]
    replace_rows(models.OrganizationArea, {"organization": instance}, rows)


def _write_service(instance: models.Service, record: ServiceRecord) -> None:
    service_type = models.TaxonomyTerm.objects.filter(
        taxonomy__key="service_type", slug=record.service_type
    ).first()
    instance.organization = models.Organization.objects.get(key=record.organizations[0])
    instance.service_type = service_type
    instance.is_confidential = bool(service_type and service_type.is_accommodation)
    for name in ("country", "fact_id", "audience", "publication", "publication_reason", "status"):
        setattr(instance, name, getattr(record, name))
    for name in ("coverage", "police_cooperation", "is_free", "is_open_24_7", "is_anonymous", "state"):
        setattr(instance, name, getattr(record, name))
    for name in ("source", "source_date", "source_words", "structured", "stays_ask_first"):
        setattr(instance, name, getattr(record, name))
    instance.referral = list(record.referral)
    texts = {
        "name": record.name,
        "description": record.summary,
        "application_process": record.how_to_reach,
        "eligibility_description": record.eligibility,
        "conditions": record.conditions,
        "duration": record.duration,
        "fees_description": record.cost,
        "alert": record.alert,
    }
    for name, text in texts.items():
        assign(instance, delivered_columns(name, text))
    instance.save()
    _write_service_rows(instance, record)


def _write_service_rows(instance: models.Service, record: ServiceRecord) -> None:
    owner = {"service": instance}
    terms = {term.slug: term for term in models.TaxonomyTerm.objects.filter(taxonomy__key="needs")}
    rows = [{"term": terms[slug], "order": order} for order, slug in enumerate(record.needs)]
    replace_rows(models.ServiceTerm, owner, rows)
    alternatives = [
        {"order": order, **_alternative_columns(alternative)}
        for order, alternative in enumerate(record.alternatives)
    ]
    replace_rows(models.EligibilityAlternative, owner, alternatives)
    by_key = {org.key: org for org in models.Organization.objects.filter(key__in=record.organizations)}
    providers = [
        {"organization": by_key[key], "order": order, "source": record.source[:300]}
        for order, key in enumerate(record.organizations)
    ]
    replace_rows(models.ServiceProvider, owner, providers)
    replace_rows(models.ServiceLanguage, owner, [{"code": code} for code in record.languages])


def _alternative_columns(record: AlternativeRecord) -> dict[str, Any]:
    low, high = record.age if isinstance(record.age, tuple) else (None, None)
    return {
        "age_rule": record.age if isinstance(record.age, str) else Rule.LISTED,
        "minimum_age": low,
        "maximum_age": high,
        "gender_rule": record.genders if isinstance(record.genders, str) else Rule.LISTED,
        "genders": [] if isinstance(record.genders, str) else list(record.genders),
        "papers_rule": record.papers if isinstance(record.papers, str) else Rule.LISTED,
        "papers": [] if isinstance(record.papers, str) else list(record.papers),
        "disability": record.disability,
        "with_children": record.with_children,
        "circumstances": list(record.circumstances),
        **text_columns("ask_first", record.ask_first),
    }


def _link_service(record: ServiceRecord) -> None:
    if not record.parent:
        return
    parent = models.Service.objects.filter(key=record.parent).first()
    others = models.Service.objects.filter(key=record.key, locally_edited=False)
    others.exclude(parent_service=parent).update(parent_service=parent)
