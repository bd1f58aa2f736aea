"""The editors' desk: lists, per-language tabs, saving through the actions, refusals on the right field."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse
from wagtail.models import ModelLogEntry, ReferenceIndex, Revision
from wagtail.search.index import class_is_indexed

from directory import models
from directory.actions import load_country
from directory.models import Organization, Place, Service
from directory.schedule_viewsets import DeskGroup
from portal import languages
from portal.localized import stored
from portal.plugins import registry
from tests import factories, people
from tests.forms import answers, errors, new_row, page

pytestmark = pytest.mark.django_db
HIDDEN = {"csrfmiddlewaretoken", "None", "action-create"}
LISTS = [item.name for item in DeskGroup.items]


@pytest.fixture
def desk(client):
    """A browser in which Milena is logged in."""
    client.force_login(people.milena())
    return client


def edit_url(record) -> str:
    names = {"Service": "services", "Organization": "organizations", "TaxonomyTerm": "terms", "Area": "areas"}
    names |= {"Location": "locations", "ConfidentialPlace": "confidential_places", "EditorNote": "notes"}
    names |= {"Place": "places"}
    return reverse(f"directory_{names[type(record).__name__]}:edit", args=[record.pk])


def send(desk, record, **changes):
    """Open a record's form, change some answers, and send it."""
    return desk.post(edit_url(record), answers(desk.get(edit_url(record)), **changes))


@pytest.mark.parametrize("name", LISTS)
def test_list_opens_with_few_queries_whatever_its_length(desk, count_queries, name):
    reverse_name = reverse(f"{name}:index")
    desk.get(reverse_name)
    with count_queries() as seen:
        response = desk.get(reverse_name)
    assert response.status_code == 200
    assert len(seen) <= 12


def test_list_of_services_has_a_hundred_rows_at_eight_queries(desk, count_queries):
    url = reverse("directory_services:index")
    desk.get(url)
    with count_queries() as seen:
        response = desk.get(url)
    assert len(response.context["object_list"]) == 100
    assert len(seen) == 8


@pytest.mark.parametrize("name", LISTS)
def test_list_is_closed_to_who_has_no_right(client, name):
    client.force_login(people.ana())
    assert client.get(reverse(f"{name}:index")).status_code == 302


def test_list_of_nobody_leads_to_the_login(client):
    response = client.get(reverse("directory_services:index"))
    assert response.headers["Location"].startswith(reverse("wagtailadmin_login"))


@pytest.mark.parametrize("words", ["ASTRA", "astra", "астра"])
def test_list_is_searched_in_any_script(desk, words):
    response = desk.get(reverse("directory_organizations:index"), {"q": words})
    names = {row.name_en for row in response.context["object_list"]}
    assert all("ASTRA" in name.upper() for name in names)
    assert names


def test_list_is_searched_without_diacritics(desk):
    place = Place.objects.get(country="RS", search_key="cacak")
    response = desk.get(reverse("directory_places:index"), {"q": "cacak"})
    assert [row.pk for row in response.context["object_list"]] == [place.pk]


def test_list_filters_by_country_kind_publication_and_status(desk):
    chosen = {"country": "SI", "kind": "police", "publication": "public", "status": "active"}
    response = desk.get(reverse("directory_organizations:index"), chosen)
    shown = {row.key for row in response.context["object_list"]}
    assert shown == set(Organization.objects.filter(**chosen).values_list("key", flat=True))
    assert shown


def test_models_are_not_in_wagtails_search_index_nor_its_references():
    own = [getattr(models, name) for name in models.__all__]
    assert [model.__name__ for model in own if class_is_indexed(model)] == []
    assert ReferenceIndex.objects.filter(base_content_type__app_label="directory").count() == 0


def test_edit_form_has_a_tab_for_each_enabled_language(desk):
    found = page(desk.get(edit_url(Service.objects.first())))
    tabs = [str(tab.contents[0]).strip() for tab in found.select("[role=tab]")]
    own_names = [languages.get(code).own_name for code in settings.PORTAL_LANGUAGES]
    assert [tab for tab in tabs if tab in own_names] == own_names


def test_edit_form_names_language_columns_never_the_base_name(desk):
    found = page(desk.get(edit_url(Service.objects.first())))
    names = {field.get("name") for field in found.select("input, textarea, select")}
    suffixes = {languages.get(code).column_suffix for code in settings.PORTAL_LANGUAGES}
    assert {name for name in names if name and name.startswith("name")} == {f"name_{s}" for s in suffixes}


def test_edit_form_marks_each_language_with_its_direction(desk):
    found = page(desk.get(edit_url(Service.objects.first())))
    arabic = found.find(attrs={"name": "name_ar"})
    assert (arabic["lang"], arabic["dir"]) == ("ar", "rtl")


def test_service_is_saved_into_its_language_columns_and_kept_from_the_pack(desk):
    service = Service.objects.filter(country="SI", is_confidential=False, publication="public").first()
    assert send(desk, service, name_sl="Nova beseda", alert_en="Closed in May").status_code == 302
    pack = next(pack for pack in registry.countries if pack.country.code == "SI")
    load_country(pack, name="slovenia")
    service.refresh_from_db()
    assert (service.name_sl, service.alert_en, service.locally_edited) == (
        "Nova beseda",
        "Closed in May",
        True,
    )


def test_saving_unchanged_changes_no_text_and_no_row(desk):
    service = Service.objects.get(fact_id="S1")
    before = texts_of(service)
    rows = [list(getattr(service, name).order_by("pk").values()) for name in ("alternatives", "providers")]
    assert send(desk, service).status_code == 302
    fresh = Service.objects.get(pk=service.pk)
    assert texts_of(fresh) == before
    assert [
        list(getattr(fresh, name).order_by("pk").values()) for name in ("alternatives", "providers")
    ] == rows


def texts_of(service) -> list[dict[str, str]]:
    return [stored(service, name) for name in ("name", "description", "conditions", "alert")]


def test_saving_in_a_slovene_admin_writes_no_slovene(desk):
    user = people.get_user_model().objects.get(username="milena")
    profile = user.wagtail_userprofile if hasattr(user, "wagtail_userprofile") else None
    profile = profile or type(user).wagtail_userprofile.related.related_model(user=user)
    profile.preferred_language = "sl"
    profile.save()
    record = factories.organization(name_sl="")
    send(desk, record, name_en="Only English")
    record = Organization.objects.get(pk=record.pk)
    assert (record.name_en, record.name_sl or "") == ("Only English", "")


def test_saving_makes_no_revision_and_one_log_entry(desk):
    before = Revision.objects.count()
    record = factories.organization()
    send(desk, record, seat="Niš")
    assert Revision.objects.count() == before
    assert ModelLogEntry.objects.filter(object_id=record.pk, action="wagtail.edit").count() == 1


def test_name_in_no_language_is_refused_beside_the_name(desk):
    record = factories.organization()
    response = send(desk, record, name_en="")
    assert response.status_code == 200
    assert response.context["form"].errors == {"name_en": ["Write a name in at least one language."]}


def test_new_organization_gets_a_key_and_a_code(desk):
    form = desk.get(reverse("directory_organizations:add"))
    sent = answers(form, name_en="New help", country="RS", kind="helpline")
    number = {"kind": "sos", "number": "0800 100 600", "publish": "no", "is_free": "unknown"}
    sent |= new_row("phones", **number, is_anonymous="unknown")
    assert desk.post(reverse("directory_organizations:add"), sent).status_code == 302
    record = Organization.objects.get(name_en="New help")
    phone = record.phones.get()
    assert (record.key[:4], phone.key[:4], len(record.code)) == ("own-", "own-", 5)
    assert (phone.number, phone.is_free, record.publication) == ("0800 100 600", None, "draft")


def test_wrong_phone_number_is_refused_beside_the_number(desk):
    record = factories.organization()
    row = {
        "kind": "sos",
        "number": "call me",
        "publish": "no",
        "is_free": "unknown",
        "is_anonymous": "unknown",
    }
    response = send(desk, record, **new_row("phones", **row))
    assert response.status_code == 200
    assert list(response.context["form"].formsets["phones"].errors[0]) == ["number"]


def test_alternative_keeps_its_lists_as_ticked(desk):
    service = factories.service()
    row = {
        "age_rule": "listed",
        "minimum_age": "15",
        "gender_rule": "listed",
        "genders": ["female", "diverse"],
    }
    row |= {"papers_rule": "anyone", "circumstances": ["means"], "disability": "unknown"}
    send(desk, service, **new_row("alternatives", **row, with_children="true"))
    made = service.alternatives.get()
    assert (made.genders, made.papers, made.circumstances) == (["female", "diverse"], [], ["means"])
    assert (made.minimum_age, made.disability, made.with_children) == (15, None, True)


def test_age_rule_without_an_age_is_refused_beside_the_rule(desk):
    row = {"age_rule": "listed", "gender_rule": "anyone", "papers_rule": "anyone"}
    row |= {"disability": "unknown", "with_children": "unknown"}
    response = send(desk, factories.service(), **new_row("alternatives", **row))
    assert list(response.context["form"].formsets["alternatives"].errors[0]) == ["age_rule"]


def test_main_provider_is_always_among_the_providers(desk):
    service, other = factories.service(), factories.organization()
    send(desk, service, organization=str(other.pk))
    assert {row.organization_id for row in service.providers.all()} >= {other.pk}


def test_accommodation_cannot_be_opened_by_the_form(desk):
    service = factories.service(service_type="safe_accommodation", is_confidential=True)
    other = factories.term("legal")
    send(desk, service, is_confidential=None, service_type=str(other.pk))
    service.refresh_from_db()
    assert (service.is_confidential, service.service_type.slug) == (True, "safe_accommodation")


def test_open_service_cannot_become_open_accommodation(desk):
    service = factories.service()
    response = send(desk, service, service_type=str(factories.term("safe_accommodation").pk))
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["is_confidential"]


def test_guard_of_the_database_is_a_form_error_and_no_server_error(desk):
    record = factories.organization()
    models.Contact.objects.create(
        key="test-gate", organization=record, kind="public_office", value="Main hall"
    )
    office = factories.location(organization=factories.organization())
    models.Location.objects.filter(pk=office.pk).update(organization=record)
    response = send(desk, record, is_confidential="on", **{"contacts-0-DELETE": "1"})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["is_confidential"]
    assert Organization.objects.get(pk=record.pk).is_confidential is False


def test_guard_alone_is_said_in_plain_words(desk):
    record = factories.organization()
    models.Contact.objects.create(
        key="test-gate", organization=record, kind="public_office", value="Main hall"
    )
    response = send(desk, record, is_confidential="on", **{"contacts-0-DELETE": "1"})
    said = "Remove its addresses and public offices first, save, then make it confidential."
    assert response.context["form"].errors == {"is_confidential": [said]}


def test_public_office_in_the_same_form_is_refused_for_a_confidential_organization(desk):
    record = factories.organization()
    row = {"kind": "public_office", "value": "Main hall", "publish": "no", "is_anonymous": "unknown"}
    response = send(desk, record, is_confidential="on", **new_row("contacts", **row))
    assert list(response.context["form"].formsets["contacts"].errors[0]) == ["kind"]


def test_office_of_a_confidential_organization_is_refused_beside_the_organization(desk):
    secret = factories.organization(is_confidential=True)
    form = desk.get(reverse("directory_locations:add"))
    sent = answers(form, organization=str(secret.pk), address_1="Glavna 1", city="Niš", country="RS")
    response = desk.post(reverse("directory_locations:add"), sent)
    assert list(response.context["form"].errors) == ["organization"]


def test_office_offers_no_confidential_service(desk):
    owner = factories.organization()
    secret = factories.service(organization=owner, is_confidential=True)
    plain = factories.service(organization=owner)
    office = factories.location(organization=owner)
    assert send(desk, office, services_here=[str(secret.pk)]).status_code == 200
    assert send(desk, office, services_here=[str(plain.pk)]).status_code == 302
    assert list(office.services.values_list("service", flat=True)) == [plain.pk]


def test_confidential_place_form_has_no_field_for_its_whereabouts(desk):
    place = factories.confidential_place()
    factories.service(organization=place.organization, is_confidential=True)
    found = page(desk.get(edit_url(place)))
    names = {str(field.get("name")) for field in found.select("main form input, main form textarea, select")}
    assert {name.split("_")[0] for name in names if name not in HIDDEN} == {
        *("organization", "country", "region", "gate", "services", "public", "referral")
    }


def test_confidential_place_is_saved_with_its_services(desk):
    place = factories.confidential_place()
    secret = factories.service(organization=place.organization, is_confidential=True)
    assert send(desk, place, services_here=[str(secret.pk)], public_name_sl="Varna hiša").status_code == 302
    place.refresh_from_db()
    assert place.public_name_sl == "Varna hiša"
    assert list(place.services.values_list("service", flat=True)) == [secret.pk]


def test_term_of_used_accommodation_stays_accommodation(desk):
    response = send(desk, factories.term("safe_accommodation"), is_accommodation=None)
    assert list(response.context["form"].errors) == ["is_accommodation"]


def test_term_of_open_services_cannot_be_turned_into_accommodation(desk):
    response = send(desk, factories.term("legal"), is_accommodation="on")
    assert response.context["form"].errors == {
        "is_accommodation": ["Make the services of this type confidential first."]
    }


def test_new_term_gets_the_code_and_key_that_imports_use(desk):
    form = desk.get(reverse("directory_terms:add"))
    taxonomy = models.Taxonomy.objects.get(key="needs")
    sent = answers(form, taxonomy=str(taxonomy.pk), slug="childcare", name_en="Child care", order="31")
    assert desk.post(reverse("directory_terms:add"), sent).status_code == 302
    term = factories.term("childcare", "needs")
    assert (term.key, len(term.code)) == ("needs:childcare", 5)


@pytest.mark.parametrize("name", ["areas", "places"])
def test_delivered_lists_are_neither_added_to_nor_deleted_from(desk, name):
    record = (models.Area if name == "areas" else models.Place).objects.first()
    assert desk.get(reverse(f"directory_{name}:add")).status_code == 302
    assert desk.post(reverse(f"directory_{name}:delete", args=[record.pk])).status_code == 302
    assert type(record).objects.filter(pk=record.pk).exists()


def test_area_name_of_an_editor_survives_the_next_load(desk):
    area = models.Area.objects.filter(country="SI", level="municipality").first()
    send(desk, area, name_uk="Любляна")
    pack = next(pack for pack in registry.countries if pack.country.code == "SI")
    load_country(pack, name="slovenia")
    area.refresh_from_db()
    assert area.name_uk == "Любляна"


def test_delivered_record_is_hidden_not_deleted(desk):
    service = Service.objects.get(fact_id="S1")
    desk.post(reverse("directory_services:delete", args=[service.pk]))
    assert Service.objects.filter(pk=service.pk).exists()


def test_own_record_can_be_deleted_unless_others_need_it(desk):
    service = factories.service()
    owner = service.organization
    desk.post(reverse("directory_organizations:delete", args=[owner.pk]))
    assert Organization.objects.filter(pk=owner.pk).exists()
    desk.post(reverse("directory_services:delete", args=[service.pk]))
    desk.post(reverse("directory_organizations:delete", args=[owner.pk]))
    assert not Organization.objects.filter(pk=owner.pk).exists()


def test_note_is_ticked_off_and_leads_to_its_records(desk):
    note = models.EditorNote.objects.filter(organizations__isnull=False).first()
    found = page(desk.get(edit_url(note)))
    assert found.find("a", href=edit_url(note.organizations.first())) is not None
    assert send(desk, note, done="on").status_code == 302
    note.refresh_from_db()
    assert note.done is True


def test_record_shows_its_notes_and_dated_values(desk):
    value = models.DatedValue.objects.exclude(organization=None).first()
    assert value.value in page(desk.get(edit_url(value.organization))).get_text(" ", strip=True)


def test_chooser_finds_in_any_script(desk):
    response = desk.get(reverse("directory_choose_organization:choose_results"), {"q": "атина"})
    text = page(response).get_text(" ", strip=True)
    assert "Atina" in text


def test_errors_of_a_refused_form_are_on_its_page(desk):
    response = send(desk, factories.organization(), name_en="")
    assert "Write a name in at least one language." in " ".join(errors(response))
