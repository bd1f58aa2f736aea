"""The API for machines: its parameters, its order, its errors, and a fixed number of queries."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest
from django.test import Client

from directory.api_parameters import ORGANIZATIONS, SERVICES, TERMS, find_area
from directory.models import Area, Organization, Place, Service, ServiceAtLocation, TaxonomyTerm
from portal.plugins import registry
from search.index import rebuild_all
from tests.directory.parts import give_every_part

pytestmark = pytest.mark.django_db

BASE = "/api/hsds/3.1/"
LISTS = ("services", "organizations", "taxonomies", "taxonomy_terms", "service_at_locations")
PAGE = ["total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents"]


def get(path, status=200, **parameters):
    query = f"?{urlencode(parameters, doseq=True)}" if parameters else ""
    answer = Client().get(f"{BASE}{path}{query}")
    assert answer.status_code == status, answer.content[:300]
    assert answer["Content-Type"].startswith("application/json")
    return json.loads(answer.content)


def answers(page):
    found = []
    for service in page["contents"]:
        said = [a["value"] for a in service["attributes"] if a.get("label") == "sidro:answer"]
        found.append(said[0] if said else "")
    return found


def ids(page):
    return [record["id"] for record in page["contents"]]


def test_base_names_version_profile_and_description():
    base = get("")
    assert list(base) == ["version", "profile", "openapi_url"]
    assert base["version"] == "3.1"
    assert base["openapi_url"] == "http://testserver/api/hsds/3.1/openapi.json"
    profile = Client().get(base["profile"].removeprefix("http://testserver"))
    assert profile.status_code == 200
    assert profile["Content-Type"] == "text/markdown; charset=utf-8"
    assert b"sidro:answer" in profile.content


@pytest.mark.parametrize("path", LISTS)
def test_list_has_the_page_form(path):
    page = get(path, per_page=2)
    assert list(page) == PAGE
    assert page["size"] == len(page["contents"])


def test_services_are_the_published_ones_of_both_audiences():
    page = get("services", per_page=200)
    assert page["total_items"] == Service.objects.published().count() == 100
    assert set(ids(page)) == {
        str(uuid) for uuid in Service.objects.published().values_list("uuid", flat=True)
    }


def test_services_nothing_chosen_shows_no_answer():
    assert set(answers(get("services", per_page=200))) == {""}
    assert set(answers(get("services", search="shelter", per_page=200))) <= {""}


def test_services_matches_come_before_those_to_ask_first():
    found = answers(get("services", need="shelter", age="34", gender="male"))
    assert set(found) == {"match", "ask_first"}
    assert found == sorted(found, key=["match", "ask_first"].index)


def test_services_left_out_are_absent():
    man = get("services", need="shelter", gender="male", age="40", country="RS", per_page=200)
    closed = str(Service.objects.get(fact_id="S33").uuid)
    assert closed not in ids(man)
    assert closed in ids(get("services", need="shelter", gender="female", country="RS", per_page=200))


def test_services_words_find_a_name_in_any_language():
    name = "ASTRA"
    page = get("services", search=name.lower())
    assert page["total_items"] > 0
    assert page["total_items"] < 100


@pytest.mark.parametrize("parameter", [parameter.name for parameter in SERVICES])
def test_services_empty_parameter_is_an_absent_one(parameter):
    assert get("services", **{parameter: "", "per_page": 1} if parameter != "per_page" else {"per_page": ""})
    assert get("services", **{parameter: "  "})["total_items"] == 100


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("need", "sheltr"),
        ("age", "old"),
        ("age", "-1"),
        ("age", "121"),
        ("age", "٣٤"),
        ("age", "1" * 5000),
        ("gender", "any"),
        ("country", "HR"),
        ("language", "xx"),
        ("spoken", "xx"),
        ("kind", "shop"),
        ("papers", "none"),
        ("page", "0"),
        ("page", "1.5"),
        ("per_page", "0"),
        ("per_page", "201"),
        ("full", "maybe"),
        ("free", "false"),
        ("children", "2"),
        ("disability", "x"),
        ("always", "x"),
        ("anonymous", "x"),
        ("no_police", "x"),
        ("taxonomy_term", "shelter"),
        ("municipality", "Ljubljanna"),
        ("municipality", "\x00"),
        ("search", "x" * 121),
    ],
)
def test_services_bad_value_says_which_and_what_is_allowed(parameter, value):
    error = get("services", 400, **{parameter: value})
    assert list(error) == ["error", "parameter", "allowed"]
    assert error["parameter"] == parameter
    assert error["allowed"]


def test_services_unknown_parameter_names_those_that_exist():
    error = get("services", 400, gendre="female")
    assert error["parameter"] == "gendre"
    assert error["allowed"] == [parameter.name for parameter in SERVICES]


def test_services_two_values_of_one_parameter_are_refused():
    assert get("services", 400, need=["shelter", "work"])["parameter"] == "need"
    assert get("services", need=["shelter", "", "shelter"])["total_items"] > 0


def test_services_every_allowed_value_is_accepted():
    for parameter in SERVICES:
        for value in parameter.values():
            get("services", per_page=1, **{parameter.name: value})


def test_services_language_need_not_be_enabled(settings):
    assert "fa" not in settings.PORTAL_LANGUAGES
    first = get("services", language="fa", per_page=1)["contents"][0]
    told = [a for a in first["attributes"] if a.get("label") == "sidro:language" and a["link_type"] == "name"]
    assert [a["value"] for a in told] == ["en"]
    own = get("services", language="sl", per_page=1)["contents"][0]
    assert own["name"] == Service.objects.get(uuid=own["id"]).name_sl
    assert not [
        a for a in own["attributes"] if a.get("label") == "sidro:language" and a["link_type"] == "name"
    ]


def test_services_serbian_cyrillic_is_derived():
    service = Service.objects.get(fact_id="S47")
    name = get(f"services/{service.uuid}", language="sr-cyrl")["name"]
    assert any("Ѐ" <= sign <= "ӿ" for sign in name)


@pytest.mark.parametrize("typed", ["Čukarica", "cukarica", "Чукарица", " ČUKARICA ", "rs-m-cukarica"])
def test_municipality_is_known_in_any_form(typed):
    wanted = get("services", municipality="Čukarica", per_page=200)
    found = get("services", municipality=typed, per_page=200)
    assert ids(found) == ids(wanted)
    countries = Service.objects.filter(uuid__in=ids(found)).values_list("country", flat=True)
    assert set(countries) == {"RS"}


def test_municipality_own_name_is_always_certain():
    for area in Area.objects.filter(level="municipality")[::8]:
        assert find_area(str(area), area.country) == area
        assert find_area(area.search_key, area.country) == area
        assert find_area(area.key) == area


@pytest.mark.parametrize("typed", ["Beograd", "Београд", "Belgrade", "Beograd (grad)", "rs-00"])
def test_municipality_city_is_accepted(typed):
    assert find_area(typed).key == "rs-00"


def test_municipality_uncertain_place_lists_the_choices():
    place = Place.objects.filter(confirmed=False).exclude(
        search_key__in=Area.objects.values("search_key")
    ).order_by("key")[0]  # fmt: skip
    error = get("services", 400, municipality=place.search_key)
    assert str(place.municipality) in error["allowed"]
    for name in error["allowed"]:
        get("services", municipality=name, country=place.country, per_page=1)


def test_municipality_of_another_country_is_refused():
    error = get("services", 400, municipality="Čukarica", country="SI")
    assert error["parameter"] == "municipality"
    assert get("services", municipality="Čukarica", country="RS")["total_items"] > 0


def test_municipality_unknown_lists_all():
    error = get("services", 400, municipality="qqqqqqqq")
    assert len(error["allowed"]) == Area.objects.filter(level="municipality").count()


def test_taxonomy_term_keeps_services_that_have_it():
    term = TaxonomyTerm.objects.get(key="needs:shelter")
    wanted = ids(get("services", need="shelter", per_page=200))
    for name in ("taxonomy_term", "taxonomy_term_id"):
        found = get("services", per_page=200, **{name: term.uuid})
        assert sorted(ids(found)) == sorted(wanted)
        assert set(answers(found)) == {""}


def test_page_beyond_the_last_is_empty():
    page = get("services", page=999999)
    assert (page["empty"], page["size"], page["last_page"], page["first_page"]) == (True, 0, True, False)
    assert page["total_items"] == 100


def test_pages_together_hold_every_service_once():
    found = [record for number in range(1, 5) for record in ids(get("services", page=number, per_page=30))]
    assert len(found) == len(set(found)) == 100


def test_full_service_carries_its_organization():
    for service in get("services", full="true", per_page=200)["contents"]:
        assert service["organization"]["id"] == service["organization_id"]
    assert "organization" not in get("services", per_page=1)["contents"][0]


def test_record_is_found_by_id_and_missing_is_404():
    for path in LISTS[:4]:
        record = ids(get(path, per_page=1))[0]
        assert get(f"{path}/{record}")["id"] == record
        assert get(f"{path}/00000000-0000-0000-0000-000000000000", 404) == {"error": "Not found."}
        assert get(f"{path}/nonsense", 404) == {"error": "Not found."}
    assert get("service_at_locations/nonsense", 404) == {"error": "Not found."}
    assert get("capacities", 404) == {"error": "Not found."}


def test_hidden_and_internal_records_are_not_found():
    hidden = Service.objects.filter(publication="hidden")[0]
    internal = Organization.objects.filter(publication="internal")[0]
    get(f"services/{hidden.uuid}", 404)
    get(f"organizations/{internal.uuid}", 404)


def test_service_hidden_after_indexing_is_not_shown():
    first = ids(get("services", per_page=1))[0]
    Service.objects.filter(uuid=first).update(publication="hidden")
    page = get("services", per_page=200)
    assert page["total_items"] == 99
    assert first not in ids(page)


def test_country_switched_off_is_not_shown():
    with registry.countries.only([pack for pack in registry.countries if pack.country.code == "SI"]):
        rebuild_all()
        page = get("services", per_page=200)
        assert {
            a["value"] for s in page["contents"] for a in s["attributes"] if a["label"] == "sidro:country"
        } == {"SI"}
        assert get("services", 400, country="RS")["allowed"] == ["SI"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_only_get_and_head_are_allowed(method):
    client = Client(enforce_csrf_checks=True)
    for path in ("", "services", "organizations"):
        assert getattr(client, method)(BASE + path).status_code == 405


def test_head_is_answered_without_a_body():
    answer = Client().head(BASE + "services")
    assert (answer.status_code, answer.content) == (200, b"")


def test_answers_are_not_kept_and_set_no_cookie():
    answer = Client().get(BASE + "services?search=tajna")
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Robots-Tag"] == "noindex"
    assert not answer.cookies


def test_query_is_never_logged(caplog):
    with caplog.at_level("INFO"):
        get("services", search="tajnarec")
        get("services", 400, municipality="tajnomesto")
    text = " ".join(record.getMessage() for record in caplog.records)
    assert "tajna" not in text
    assert "tajnomesto" not in text


def test_no_page_links_the_api():
    for path in ("/", "/en/services/", "/en/organizations/"):
        assert b"/api/" not in Client().get(path).content


def test_organizations_by_kind_country_place_and_name():
    everything = get("organizations", per_page=1)["total_items"]
    assert everything == Organization.objects.published().count()
    assert get("organizations", kind="police", per_page=1)["total_items"] < everything
    assert get("organizations", country="SI", per_page=1)["total_items"] < everything
    assert get("organizations", municipality="Čukarica", per_page=1)["total_items"] < everything
    found = get("organizations", search="АСТРА", full="true")["contents"]
    assert any(org["name"].startswith("ASTRA") for org in found)
    assert all("phones" not in org for org in get("organizations")["contents"])


def test_taxonomy_terms_of_one_taxonomy_hold_the_needs():
    needs = next(t for t in get("taxonomies")["contents"] if t["name"] == "Needs")
    page = get("taxonomy_terms", taxonomy_id=needs["id"], per_page=200)
    assert len(page["contents"]) == 30
    assert {term["taxonomy_id"] for term in page["contents"]} == {needs["id"]}
    assert "work" in [term["code"] for term in get("taxonomy_terms", search="work")["contents"]]
    slovenian = get("taxonomy_terms", taxonomy_id=needs["id"], language="sl")["contents"][0]
    assert slovenian["language"] == "sl"


def test_openapi_names_every_declared_parameter():
    paths = get("openapi.json")["paths"]
    declared = {"/services": SERVICES, "/organizations": ORGANIZATIONS, "/taxonomy_terms": TERMS}
    for path, parameters in declared.items():
        assert [p["name"] for p in paths[path]["get"]["parameters"]] == [p.name for p in parameters]
    assert set(paths) == {"/", *(f"/{name}" for name in LISTS), *(f"/{name}/{{id}}" for name in LISTS)}


@pytest.fixture
def furnished():
    """The first service of the list with a row of every kind, so that no nested query is skipped."""
    first = Service.objects.get(uuid=ids(get("services", per_page=1))[0])
    location = give_every_part(first)
    rebuild_all()
    get("services", per_page=1)
    return location


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("services?", 7),
        ("services?full=true&", 46),
        ("services?need=shelter&gender=female&age=30&", 8),
        ("services?municipality=cukarica&", 8),
        ("organizations?", 3),
        ("organizations?full=true&", 14),
        ("taxonomy_terms?", 1),
        ("service_at_locations?", 6),
    ],
)
def test_queries_are_the_same_for_any_number_of_rows(furnished, count_queries, path, number):
    counted = []
    for rows in (1, 3, 100):
        with count_queries() as seen:
            Client().get(f"{BASE}{path}per_page={rows}")
        counted.append(len(seen))
    assert counted == [number] * 3


def test_service_at_locations_many_rows_need_no_more_queries(furnished, count_queries):
    for service in Service.objects.published().filter(is_confidential=False)[:20]:
        ServiceAtLocation.objects.get_or_create(service=service, location=furnished)
    with count_queries() as seen:
        page = get("service_at_locations")
    assert page["total_items"] >= 20
    assert len(seen) == 6
    assert get(f"service_at_locations/{ids(page)[0]}")["location"]["addresses"]
