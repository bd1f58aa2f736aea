"""Pages of the directory as a visitor gets them, with a fixed number of queries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from directory.models import Area, Organization, Service, ServiceArea
from portal.opaque import filter_code
from portal.sealing import seal
from search.index import rebuild_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor() -> Client:
    return Client()


def services(*pairs: tuple[str, str]) -> str:
    return "/en/services/?f=" + ".".join(filter_code(*pair) for pair in pairs)


SHELTER_FOR_A_MAN = services(("need", "shelter"), ("age", "34"), ("gender", "male"))


def test_list_says_why_each_service_is_shown(visitor):
    page = "".join(visitor.get(f"{SHELTER_FOR_A_MAN}&page={n}").content.decode() for n in (1, 2))
    assert "Fits what you chose: 34 years, Man or boy." in page
    assert "Is it for your gender?" in page
    assert "Left out" in page


def test_list_closed_shelter_is_asked_about_and_still_excludes(visitor):
    name = Service.objects.get(fact_id="S33").name_en
    woman = visitor.get(services(("need", "shelter"), ("gender", "female"), ("country", "RS")))
    assert name in woman.content.decode()
    assert "It may be closed" in woman.content.decode()
    man = visitor.get(services(("need", "shelter"), ("gender", "male"), ("age", "40"), ("country", "RS")))
    assert name not in man.content.decode()


def test_list_typed_place_leads_to_a_sealed_address(visitor):
    answer = visitor.post("/en/services/", {"need": "work", "place": "Čukarica"})
    assert answer.status_code == 303
    path = urlsplit(answer["Location"]).path
    assert path.startswith("/en/r/")
    assert "ukarica" not in path
    assert "Čukarica" in visitor.get(path).content.decode()


def test_list_without_typed_text_leads_to_opaque_codes(visitor):
    answer = visitor.post("/en/services/", {"need": "work", "age": "19", "gender": "female"})
    assert answer["Location"] == services(("need", "work"), ("age", "19"), ("gender", "female"))


def test_list_form_value_that_is_not_allowed_is_not_chosen(visitor):
    answer = visitor.post("/en/services/", {"need": "<script>", "age": "1000", "gender": "x", "area": "y"})
    assert answer["Location"] == "/en/services/"


def test_list_form_from_another_site_is_refused(visitor):
    answer = visitor.post("/en/services/", {"need": "work"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_sealed_list_older_than_an_hour_forgets_the_words(visitor):
    old = seal({"f": "", "q": "tajna reč", "p": "Čukarica"}, now=datetime.now(UTC) - timedelta(minutes=61))
    page = visitor.get(f"/en/r/{old}/").content.decode()
    assert "This search is over" in page
    assert "tajna" not in page
    assert "Čukarica" not in page


def test_sealed_list_that_nobody_sealed_gives_the_form(visitor):
    answer = visitor.get("/en/r/not-a-token/")
    assert answer.status_code == 200
    assert "This search is over" in answer.content.decode()


def test_list_nothing_fits_offers_what_to_drop(visitor):
    page = visitor.get(services(("need", "asylum"), ("country", "RS"))).content.decode()
    assert "Nothing fits all of this" in page
    assert "Without “" in page
    assert "ASTRA SOS line" in page


def test_list_unknown_code_is_left_out_and_said(visitor):
    page = visitor.get("/en/services/?f=zzzz").content.decode()
    assert "was left out" in page


@pytest.mark.parametrize(
    "query", ["f=%00", "page=999", "page=-1", "page=x", "f=" + "a." * 500, "f[]=1", "%ff=%fe"]
)
def test_list_any_query_gets_an_answer(visitor, query):
    assert visitor.get(f"/en/services/?{query}").status_code == 200


def test_list_names_the_member_only_where_a_table_says_so(visitor):
    cukarica = filter_code("area", "rs-m-cukarica")
    page = visitor.get(f"/sr-latn/services/?f={filter_code('need', 'complaint')}.{cukarica}").content.decode()
    assert "Odeljenje Čukarica" in page
    subotica = filter_code("area", "rs-m-subotica")
    page = visitor.get(f"/sr-latn/services/?f={filter_code('need', 'complaint')}.{subotica}").content.decode()
    assert "Odeljenje" not in page


def test_list_professionals_services_are_not_on_pages(visitor):
    for fact in ("S32", "S73", "S101"):
        code = Service.objects.get(fact_id=fact).code
        assert visitor.get(f"/en/services/{code}/").status_code == 404


def test_every_service_page_opens_in_every_first_language(visitor):
    for service in Service.objects.for_visitors():
        for language in ("en", "sr-cyrl"):
            assert visitor.get(f"/{language}/services/{service.code}/").status_code == 200


def test_hidden_and_internal_records_have_no_page(visitor):
    hidden = Service.objects.exclude(publication="public")
    internal = Organization.objects.exclude(publication="public")
    assert hidden.exists()
    assert internal.exists()
    for service in hidden:
        assert visitor.get(f"/en/services/{service.code}/").status_code == 404
    for organization in internal:
        assert visitor.get(f"/en/organizations/{organization.code}/").status_code == 404


def test_draft_is_never_public(visitor):
    service = Service.objects.get(fact_id="S1")
    service.publication = "draft"
    service.save()
    rebuild_all()
    assert visitor.get(f"/en/services/{service.code}/").status_code == 404
    assert service.name_en not in visitor.get(services(("need", "complaint"))).content.decode()


@pytest.mark.parametrize("rows", [1, 3, 100])
def test_list_number_of_queries_does_not_grow(visitor, rows, django_assert_num_queries):
    reachable = Service.objects.for_visitors().filter(organization__phones__publish="yes").distinct()
    kept = list(reachable.order_by("pk").values_list("pk", flat=True)[:rows])
    Service.objects.exclude(pk__in=kept).update(publication="hidden")
    rebuild_all()
    visitor.get(services(("gender", "female")))
    # needs, index version, services, their alternatives, phones, hours of both
    with django_assert_num_queries(6):
        assert visitor.get(services(("gender", "female"))).status_code == 200


def test_organization_list_by_kind_and_country(visitor):
    courts = Organization.objects.for_visitors().filter(kind="court", country="RS")
    address = f"/sl/organizations/?f={filter_code('country', 'RS')}.{filter_code('kind', 'court')}"
    pages = [visitor.get(f"{address}&page={number}").content.decode() for number in (1, 2, 3, 4)]
    assert courts.count() == 32
    assert sum(page.count('<article class="card') for page in pages) == 32


def test_organization_list_typed_name_is_sealed(visitor):
    answer = visitor.post("/en/organizations/", {"words": "astra"})
    assert "astra" not in answer["Location"]
    page = visitor.get(answer["Location"]).content.decode()
    assert "ASTRA" in page
    assert "Atina" not in page


def test_organization_page_shows_members_of_a_network(visitor):
    courts = Organization.objects.get(fact_id="O17")
    page = visitor.get(f"/en/organizations/{courts.code}/").content.decode()
    assert "Higher Court in Kraljevo" in page


def test_contact_that_must_not_be_shown_is_on_no_page(visitor):
    employment = Organization.objects.get(fact_id="O9")
    page = visitor.get(f"/en/organizations/{employment.code}/").content.decode()
    assert "0800 300 301" not in page


def test_noted_contact_says_where_and_when_it_was_seen(visitor):
    centre = Organization.objects.get(fact_id="O3")
    page = visitor.get(f"/en/organizations/{centre.code}/").content.decode()
    assert "+381 63 610 590" in page
    assert "sd.rs" in page
    assert "30 July 2021" in page


def test_place_list_leads_from_country_to_municipality(visitor):
    country = visitor.get(f"/en/places/?f={filter_code('country', 'RS')}").content.decode()
    region = filter_code("area", "rs-00")
    assert region in country
    page = visitor.get(f"/en/places/?f={filter_code('country', 'RS')}.{region}").content.decode()
    assert filter_code("area", "rs-m-cukarica") in page


def test_list_nothing_here_offers_the_neighbours(visitor):
    bled, bohinj = Area.objects.get(key="si-003"), Area.objects.get(search_key="bohinj", level="municipality")
    assert bled.parent_id == bohinj.parent_id
    clinic = Service.objects.get(fact_id="S103")
    Service.objects.exclude(pk=clinic.pk).update(publication="hidden")
    clinic.coverage = "areas"
    clinic.save()
    ServiceArea.objects.create(service=clinic, area=bled)
    rebuild_all()
    page = visitor.get(services(("need", "medical"), ("area", bohinj.key))).content.decode()
    assert 'Near by, <span lang="sl" dir="ltr">Bled</span>: 1' in page
    assert clinic.name_en in visitor.get(services(("need", "medical"), ("area", bled.key))).content.decode()


def test_member_seen_elsewhere_says_so(visitor):
    police = Organization.objects.get(key="police-rs-pr2")
    page = visitor.get(f"/en/organizations/{police.code}/").content.decode()
    assert "Copy of a Wikipedia article about the police of Serbia" in page
    assert "Not checked by us" in page


def test_area_of_a_service_asks_first_in_its_region(visitor):
    bled = Area.objects.get(key="si-003")
    clinic = Service.objects.get(fact_id="S103")
    clinic.coverage = "areas"
    clinic.save()
    ServiceArea.objects.create(service=clinic, area=bled)
    rebuild_all()
    page = visitor.get(services(("need", "medical"), ("area", bled.parent.key))).content.decode()
    assert clinic.name_en in page
    assert "Is it offered there?" in page


def test_list_asks_little_first_and_everything_on_request(visitor):
    def fields(address: str) -> set[str]:
        soup = BeautifulSoup(visitor.get(address).content, "html.parser")
        return {field["name"] for field in soup.select("form.filters [name]")}

    first = {"need", "gender", "age", "country", "place", "words"}
    assert fields(services(("gender", "female"))) == first
    assert fields(services(("language", "sl"))) == {*first, "language"}
    whole = services(("gender", "female")) + "&m=1"
    assert fields(whole) == {*first, "kind", "papers", "language", "flags"}
    page = BeautifulSoup(visitor.get(whole).content, "html.parser")
    assert page.select_one("details.fold").has_attr("open")
    assert len(page.select("article.card")) == 5
    whole_list = next(link for link in page.select("a.go") if link.get_text().startswith("Show all"))
    assert whole_list["href"] == services(("gender", "female"))


def test_typed_list_keeps_its_sealed_path_in_its_links(visitor):
    place = {"words": "help", "place": "Ljubljana", "gender": "female", "need": "legal"}
    address = visitor.post("/en/services/", place)["Location"]
    page = BeautifulSoup(visitor.get(address).content, "html.parser")
    links = {link.span.get_text(): link["href"] for link in page.select(".chips a")}
    legal, female = filter_code("need", "legal"), filter_code("gender", "female")
    area = filter_code("area", Area.objects.get(search_key="ljubljana", level="municipality").key)
    assert links["Woman or girl"] == f"{address}?f={legal}.{area}"
    dropped = BeautifulSoup(visitor.get(links["Woman or girl"]).content, "html.parser")
    assert dropped.select_one("form.filters input[name=words]")["value"] == "help"
    assert [chip.span.get_text() for chip in dropped.select(".chips a")] == [
        text for text in links if text != "Woman or girl"
    ]
    everywhere = visitor.get(links["Ljubljana"]).content.decode()
    assert female in links["Ljubljana"] or "/r/" in links["Ljubljana"]
    assert "Ljubljana" not in BeautifulSoup(everywhere, "html.parser").select_one(".fold").get_text()
