"""Loading the two packs: what stands in the database, in numbers, and that a second load changes nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db.models import Count

from directory.actions import load_country, load_taxonomies
from directory.importers import UnreadableImport
from directory.models import (
    Area,
    DatedValue,
    EditorNote,
    EligibilityAlternative,
    Organization,
    Phone,
    Place,
    Service,
    ServiceProvider,
    Taxonomy,
    TaxonomyTerm,
)
from portal.plugins import registry

pytestmark = pytest.mark.django_db


def by(model, field: str, **conditions) -> dict[str, int]:
    """Return how many rows have each value of a field."""
    rows = model.objects.filter(**conditions).values_list(field).annotate(Count("pk")).order_by(field)
    return dict(rows)


def pack(code: str):
    return next(pack for pack in registry.countries if pack.country.code == code)


def test_organizations_of_the_source_list_are_all_there():
    facts = Organization.objects.filter(fact_id__regex="^O[0-9]+$")
    assert facts.count() == 47
    assert by(Organization, "publication", fact_id__regex="^O[0-9]+$") == {"internal": 6, "public": 41}
    assert len(set(facts.values_list("fact_id", flat=True))) == 47


def test_services_are_all_there_with_their_publication():
    assert by(Service, "publication") == {"hidden": 4, "public": 100}
    assert by(Service, "audience", publication="public") == {"everyone": 97, "professionals": 3}
    assert len(set(Service.objects.values_list("fact_id", flat=True))) == 104


def test_services_for_visitors_and_for_machines():
    assert Service.objects.for_visitors().count() == 97
    assert Service.objects.published().count() == 100


def test_needs_are_all_there_in_order():
    needs = TaxonomyTerm.objects.filter(taxonomy__key="needs").order_by("order")
    assert [need.fact_id for need in needs] == [f"N{number}" for number in range(1, 31)]
    assert sorted(need.front_page for need in needs if need.front_page) == [1, 2, 3, 4, 5, 6]


def test_taxonomies_are_the_four():
    assert by(TaxonomyTerm, "taxonomy__key") == {
        "exploitation": 6,
        "needs": 30,
        "service_type": 29,
        "target_group": 7,
    }
    assert Taxonomy.objects.count() == 4


def test_every_need_has_names_in_the_first_languages():
    needs = TaxonomyTerm.objects.filter(taxonomy__key="needs")
    for column in ("name_en", "name_sr_latn", "name_sl", "plain_en", "plain_sr_latn", "plain_sl"):
        assert needs.filter(**{column: ""}).count() + needs.filter(**{f"{column}__isnull": True}).count() == 0


def test_every_organization_and_service_has_a_name_in_the_first_languages_of_its_country():
    for model in (Organization, Service):
        own = {"RS": "name_sr_latn", "SI": "name_sl"}
        nameless = [row.key for row in model.objects.all() if not getattr(row, own[row.country])]
        assert nameless == []


def test_every_service_has_providers_and_alternatives():
    with_rows = Service.objects.filter(providers__isnull=False, alternatives__isnull=False).distinct()
    assert with_rows.count() == 104
    assert ServiceProvider.objects.count() >= 104
    assert EligibilityAlternative.objects.count() >= 104


def test_networks_have_members_and_services_stay_with_the_network():
    networks = Organization.objects.filter(is_network=True)
    members = Organization.objects.exclude(network=None)
    assert members.exclude(network__in=networks).count() == 0
    assert Service.objects.filter(organization__in=members).count() == 0
    assert members.count() > 100


def test_area_of_a_member_comes_from_a_table_or_is_left_open():
    assert Organization.objects.filter(areas__isnull=False, network=None).count() == 0


def test_areas_and_places():
    assert by(Area, "country") == {"RS": 186, "SI": 224}
    assert by(Place, "country") == {"RS": 493, "SI": 602}
    assert Area.objects.filter(level="municipality", parent=None).count() == 0


def test_emergency_lines_are_shown_by_country():
    assert [pack.country.main_line.number for pack in registry.countries] == ["192", "113"]


def test_shown_phones_say_where_they_were_seen():
    assert Phone.objects.published().filter(source_url="").count() == 0


def test_conflicts_and_warnings_are_notes_and_dated_values():
    assert by(EditorNote, "kind").keys() >= {"conflict", "warning"}
    assert DatedValue.objects.filter(organization=None, service=None).count() == 0
    assert DatedValue.objects.count() > 0


@pytest.mark.parametrize("code", ["RS", "SI"])
def test_second_load_changes_nothing(code):
    label = {"RS": "serbia", "SI": "slovenia"}[code]
    models = (Area, Place, Organization, Service, EditorNote, DatedValue, ServiceProvider, Phone)
    before = [list(model.objects.order_by("pk").values()) for model in models]
    report = load_country(pack(code), name=label)
    assert (report.created, report.updated, report.kept) == ([], [], [])
    assert [list(model.objects.order_by("pk").values()) for model in models] == before


def test_second_load_of_the_terms_changes_nothing():
    report = load_taxonomies()
    assert (report.created, report.updated, len(report.unchanged)) == ([], [], 72)


def test_term_in_a_language_that_the_file_lacks_survives_a_load():
    TaxonomyTerm.objects.filter(key="needs:talk").update(name_fr="Parler à quelqu’un", name_en="Wrong")
    load_taxonomies()
    term = TaxonomyTerm.objects.get(key="needs:talk")
    assert (term.name_fr, term.name_en) == ("Parler à quelqu’un", "Information and someone to talk to")


@pytest.mark.parametrize("file", ["organizations.json", "services.json", "notes.json"])
def test_broken_file_is_named_and_nothing_changes(tmp_path, file):
    (tmp_path / file).write_text('[{"key": "x",', encoding="utf-8")
    before = Organization.objects.count(), Service.objects.count()
    with pytest.raises(UnreadableImport) as refused:
        load_country(replace(pack("SI"), data=tmp_path), name="slovenia")
    assert [problem.file for problem in refused.value.problems] == [file]
    assert (Organization.objects.count(), Service.objects.count()) == before
