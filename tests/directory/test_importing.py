"""Import is all or nothing: every problem is listed, a dry run leaves nothing, local edits are kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from directory.actions import import_organizations, import_services, save_organization, save_service
from directory.actions.columns import digest, text_columns
from directory.importers import UnreadableImport
from directory.models import Area, EditorNote, Organization, OrganizationArea, Service
from portal import languages
from portal.plugins import AlternativeRecord, ContactRecord, OrganizationRecord, ServiceRecord

pytestmark = pytest.mark.django_db
PHONE = ContactRecord("t-phone", "sos", "0800 100 600", "yes", is_24_7=True, source_url="https://a.example")
MAIL = ContactRecord("t-mail", "email", "help@a.example", "noted")
HELP = OrganizationRecord(
    "t-help", {"en": "Help", "sr-latn": "Pomoć"}, "specialised", "RS", contacts=(PHONE, MAIL)
)
WOMEN = AlternativeRecord((18, None), ("female",), "anyone", circumstances=("means",))
TALK = ServiceRecord(
    *("t-talk", {"en": "Talk"}, ("t-help",), "RS", ("talk", "psych")), alternatives=(WOMEN,), source="a book"
)


def imported():
    """Import the organization and its service."""
    import_organizations([HELP], pack="test")
    return import_services([TALK], pack="test")


def test_first_import_creates_and_the_second_changes_nothing():
    first = imported()
    again = [import_organizations([HELP], pack="test"), import_services([TALK], pack="test")]
    assert (first.created, first.changed) == (["t-talk"], 1)
    assert [(report.unchanged, report.changed) for report in again] == [(["t-help"], 0), (["t-talk"], 0)]


def test_import_writes_every_part():
    imported()
    service = Service.objects.get(key="t-talk")
    (alternative,) = service.alternatives.all()
    assert (service.organization.key, service.pack, service.source) == ("t-help", "test", "a book")
    assert [row.term.slug for row in service.service_terms.all()] == ["talk", "psych"]
    assert (alternative.age_rule, alternative.minimum_age, alternative.maximum_age) == ("listed", 18, None)
    assert (alternative.gender_rule, alternative.genders, alternative.papers_rule) == (
        "listed",
        ["female"],
        "anyone",
    )
    (phone,) = service.organization.phones.all()
    assert (phone.dial, phone.schedules.get().is_24_7) == ("0800100600", True)


def test_changed_record_is_updated():
    imported()
    report = import_services([replace(TALK, name={"en": "Listen"}, needs=("psych",))], pack="test")
    service = Service.objects.get(key="t-talk")
    assert (report.updated, service.name_en) == (["t-talk"], "Listen")
    assert [row.term.slug for row in service.service_terms.all()] == ["psych"]


@pytest.mark.parametrize("needs", [("psych", "talk"), ("talk",), ("psych",), ("legal", "talk", "psych")])
def test_needs_may_change_in_any_way(needs):
    imported()
    import_services([replace(TALK, needs=needs)], pack="test")
    rows = Service.objects.get(key="t-talk").service_terms.all()
    assert tuple(row.term.slug for row in rows) == needs


def test_row_that_stays_is_not_written_again():
    imported()
    kept = Service.objects.get(key="t-talk").service_terms.get(term__slug="talk").pk
    import_services([replace(TALK, needs=("talk", "legal"))], pack="test")
    assert Service.objects.get(key="t-talk").service_terms.get(term__slug="talk").pk == kept


def test_contact_that_is_gone_goes():
    imported()
    import_organizations([replace(HELP, contacts=(MAIL,))], pack="test")
    owner = Organization.objects.get(key="t-help")
    assert (owner.phones.count(), owner.contacts.count()) == (0, 1)


def test_dry_run_reports_and_leaves_nothing():
    report = import_organizations([HELP], pack="test", dry_run=True)
    assert (report.created, Organization.objects.filter(key="t-help").count()) == (["t-help"], 0)


def test_every_problem_of_every_row_is_listed_and_nothing_changes():
    import_organizations([HELP], pack="test")
    bad = replace(
        TALK, key="t-bad", organizations=("t-nobody",), needs=("magic",), status="open", is_free="yes"
    )
    worse = replace(TALK, key="t-worse", organizations=(), service_type="castle", coverage="moon")
    odd = AlternativeRecord(genders=("woman",), papers="some", circumstances=("luck",))
    with pytest.raises(UnreadableImport) as refused:
        import_services([TALK, bad, worse, replace(TALK, key="t-odd", alternatives=(odd,))], pack="test")
    rows = [problem.row for problem in refused.value.problems]
    assert {row: rows.count(row) for row in rows} == {"t-bad": 4, "t-worse": 3, "t-odd": 3}
    assert Service.objects.filter(key__startswith="t-").count() == 0


def test_every_problem_of_organizations_is_listed():
    records = [
        replace(HELP, key="t-1", kind="castle"),
        replace(HELP, key="t-2", publication="perhaps"),
        replace(HELP, key="t-3", name={}),
        replace(HELP, key="t-4", contacts=(replace(PHONE, kind="pigeon"),)),
        replace(HELP, key="t-5", is_free="yes"),
    ]
    with pytest.raises(UnreadableImport) as refused:
        import_organizations([HELP, *records], pack="test")
    assert [problem.row for problem in refused.value.problems] == [f"t-{number}" for number in range(1, 6)]
    assert Organization.objects.filter(key__startswith="t-").count() == 0


def test_problem_says_file_row_and_reason():
    with pytest.raises(UnreadableImport) as refused:
        import_organizations([replace(HELP, name={})], pack="test")
    said = "organizations, t-help: not understood: a name in any language is missing"
    assert str(refused.value) == said


def test_service_edited_here_is_kept_and_noted():
    imported()
    service = Service.objects.get(key="t-talk")
    service.name_en = "Our own words"
    save_service(service)
    report = import_services([replace(TALK, name={"en": "New words"})], pack="test")
    assert (report.kept, Service.objects.get(key="t-talk").name_en) == (["t-talk"], "Our own words")
    note = EditorNote.objects.get(key="pack-t-talk")
    assert (note.kind, note.country, note.done) == ("task", "RS", False)


def test_organization_edited_here_keeps_its_areas_too():
    imported()
    owner = Organization.objects.get(key="t-help")
    owner.areas.add(OrganizationArea(area_id=_area()))
    save_organization(owner)
    for record in (HELP, replace(HELP, seat="Niš")):
        import_organizations([record], pack="test")
    owner = Organization.objects.get(key="t-help")
    assert (owner.areas.count(), owner.seat) == (1, "")


def _area() -> int:
    return Area.objects.filter(country="RS", level="municipality").first().pk


def test_same_new_values_are_noted_once():
    imported()
    save_service(Service.objects.get(key="t-talk"))
    for name in ("One", "Two"):
        import_services([replace(TALK, name={"en": name})], pack="test")
    assert EditorNote.objects.filter(key="pack-t-talk").count() == 1


def test_accommodation_is_imported_confidential():
    import_organizations([HELP], pack="test")
    import_services([replace(TALK, service_type="safe_accommodation")], pack="test")
    assert Service.objects.get(key="t-talk").is_confidential is True


def test_text_columns_cover_the_catalogue():
    columns = text_columns("name", {"en": "Help"})
    assert columns == {f"name_{lang.column_suffix}": "" for lang in languages.CATALOGUE} | {"name_en": "Help"}


@pytest.mark.parametrize(("cyrillic", "stored"), [("Помоћ", ""), ("Помоћник", "Помоћник")])
def test_cyrillic_is_stored_only_where_it_differs_from_the_derived(cyrillic, stored):
    columns = text_columns("name", {"sr-latn": "Pomoć", "sr-cyrl": cyrillic})
    assert columns["name_sr_cyrl"] == stored


def test_digest_depends_on_content_alone():
    assert digest(HELP) == digest(replace(HELP))
    assert digest(HELP) != digest(replace(HELP, seat="Niš"))
