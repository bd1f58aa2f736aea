"""Pages as a visitor gets them: fallback, drafts, countries, links both ways, a fixed number of queries."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale, PageViewRestriction

from directory.models import Organization, Phone, Service
from home.actions import publish
from home.kinds import page_of
from home.models import HomePage, RightService, RightsPage, StandardPage
from home.related import rights_of
from home.wagtail_hooks import cascade_to_translations
from portal.neutral_words import telling_words
from portal.plugins import registry
from tests.home.conftest import stream, translate

pytestmark = pytest.mark.django_db

OFFICERS = "/en/rights/rs-officers/"
NOT_TRANSLATED = "We have no translation yet"


def soup(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.content.decode(), "html.parser")


def main_of(answer):
    return soup(answer).find("main")


def test_page_shows_its_parts_in_the_order_of_its_answers(visitor):
    kinds = [h.get_text(strip=True) for h in main_of(visitor.get(OFFICERS)).find_all(["h1", "h2"])]
    assert kinds[:4] == ["Your rights with the police", "Do this now", "Whom to call", "On this page"]


def test_page_without_translation_falls_back_and_says_so(visitor):
    page = soup(visitor.get("/ar/rights/rs-hearing/"))
    assert (page.html["lang"], page.html["dir"]) == ("ar", "rtl")
    assert (page.main["lang"], page.main["dir"]) == ("en", "ltr")
    notice = page.main.find("p", class_="notice")
    assert (notice.find_parent(attrs={"lang": True})["lang"]) == "ar"


def test_page_in_its_own_language_has_no_notice(visitor):
    page = soup(visitor.get(OFFICERS))
    assert (page.html["lang"], page.main["lang"]) == ("en", "en")
    assert NOT_TRANSLATED not in page.get_text()


def test_translation_is_served_under_the_same_slug(visitor, make_page):
    translate(make_page(), "sl", "Vaš počitek")
    page = soup(visitor.get("/sl/rights/rs-rest/"))
    assert page.main["lang"] == "sl"
    assert page.h1.get_text(strip=True) == "Vaš počitek"
    assert soup(visitor.get("/en/rights/rs-rest/")).h1.get_text(strip=True) == "Your rest"


def test_fallback_chain_comes_before_english(visitor, make_page):
    translate(make_page(), "sr-latn", "Vaš odmor")
    cyrillic = soup(visitor.get("/sr-cyrl/rights/rs-rest/"))
    assert (cyrillic.main["lang"], cyrillic.h1.get_text(strip=True)) == ("sr-Cyrl", "Ваш одмор")
    assert soup(visitor.get("/sl/rights/rs-rest/")).main["lang"] == "en"


def test_heading_in_the_readers_language_is_marked_inside_another(visitor):
    page_of("rs-police", Locale.objects.get(language_code="sl")).unpublish()
    heading = main_of(visitor.get("/sl/rights/rs-officers/")).h1
    assert heading.find("span")["lang"] == "sl"
    assert heading.get_text(strip=True) == "Pravice pri policiji (Srbija)"


@pytest.mark.parametrize("path", ["nothing/", "rights/nothing/", "rights/rs-officers/more/", "a/b/c/d/"])
def test_unknown_path_is_not_found(visitor, path):
    assert visitor.get(f"/en/{path}").status_code == 404


def test_draft_is_not_found(visitor, make_page):
    make_page(live=False)
    assert visitor.get("/en/rights/rs-rest/").status_code == 404
    assert "rs-rest" not in visitor.get("/en/rights/").content.decode()


def test_draft_translation_leaves_the_source_in_place(visitor, make_page):
    translate(make_page(), "sl", "Osnutek", live=False)
    page = main_of(visitor.get("/sl/rights/rs-rest/"))
    assert page["lang"] == "en"
    assert "Osnutek" not in page.get_text()


def test_unpublished_change_is_not_shown(visitor, make_page):
    page = make_page()
    page.title = "A secret draft"
    page.save_revision()
    assert "A secret draft" not in visitor.get("/en/rights/rs-rest/").content.decode()
    assert "A secret draft" not in visitor.get("/en/rights/").content.decode()


def test_private_page_is_not_found(visitor, make_page):
    page = make_page()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert visitor.get("/en/rights/rs-rest/").status_code == 404
    assert "rs-rest" not in visitor.get("/en/rights/").content.decode()


def test_alias_is_no_translation(visitor, make_page):
    page = make_page()
    slovenian = Locale.objects.get(language_code="sl")
    page.copy_for_translation(slovenian, copy_parents=True, alias=True)
    assert main_of(visitor.get("/sl/rights/rs-rest/"))["lang"] == "en"


def test_page_of_a_switched_off_country_is_hidden_and_kept(visitor):
    slovenia = [pack for pack in registry.countries if pack.country.code == "SI"]
    with registry.countries.only(slovenia):
        assert visitor.get(OFFICERS).status_code == 404
        assert visitor.get("/en/rights/si-officers/").status_code == 200
        assert "/rs-officers/" not in visitor.get("/en/rights/").content.decode()
        assert visitor.get("/en/rights/pro-notes/").status_code == 200
    assert RightsPage.objects.get(slug="rs-officers", locale__language_code="en").live


def test_page_shows_the_lines_of_its_country(visitor):
    numbers = [a["href"] for a in soup(visitor.get(OFFICERS)).find(class_="call").find_all("a")]
    assert numbers == ["tel:192", "tel:194", "tel:193"]


def test_numbers_come_from_the_directory(visitor, astra):
    before = Phone.objects.published().filter(organization=astra).first()
    assert before.number in visitor.get(OFFICERS).content.decode()
    Phone.objects.filter(pk=before.pk).update(number="+381 11 000 1234")
    page = visitor.get(OFFICERS).content.decode()
    assert "+381 11 000 1234" in page
    assert before.number not in page


def test_internal_organization_is_left_out(visitor, make_page, astra):
    make_page(body=stream(astra))
    assert "They answer." in visitor.get("/en/rights/rs-rest/").content.decode()
    Organization.objects.filter(pk=astra.pk).update(publication="internal")
    assert "They answer." not in visitor.get("/en/rights/rs-rest/").content.decode()


def test_right_names_its_services_with_a_reason(visitor):
    right = main_of(visitor.get(OFFICERS)).find(id="r89")
    service = Service.objects.get(fact_id="S56")
    links = [a["href"].split("?")[0] for a in right.find_all("a")]
    assert reverse("directory:service", args=[service.code]) in links
    assert "The police explain how to report" in right.get_text()


def test_right_without_service_says_so_and_whom_to_ask(visitor, make_page, astra):
    make_page(body=stream(astra))
    right = main_of(visitor.get("/en/rights/rs-rest/")).find(id="r900")
    assert "We know no service for this here." in right.get_text()
    anchor = right.find("a")["href"]
    assert (
        main_of(visitor.get("/en/rights/rs-rest/")).find(id=anchor.lstrip("#")).get_text() == "Whom to call"
    )


@pytest.mark.parametrize(
    "values", [{"audience": "professionals"}, {"publication": "hidden"}, {"status": "defunct"}]
)
def test_right_leaves_out_services_that_visitors_may_not_see(visitor, make_page, values):
    page, service = make_page(), Service.objects.for_visitors().first()
    RightService.objects.create(
        page=page, right_key="R900", service=service, reason={"en": "It helps you rest."}
    )
    assert "It helps you rest." in visitor.get("/en/rights/rs-rest/").content.decode()
    Service.objects.filter(pk=service.pk).update(**values)
    assert "It helps you rest." not in visitor.get("/en/rights/rs-rest/").content.decode()


def test_translation_shows_the_services_of_its_source(visitor, make_page):
    page, service = make_page(), Service.objects.for_visitors().first()
    RightService.objects.create(
        page=page, right_key="R900", service=service, reason={"en": "It helps you rest."}
    )
    translate(page, "sl", "Vaš počitek")
    assert "It helps you rest." in visitor.get("/sl/rights/rs-rest/").content.decode()


def test_service_names_the_pages_that_name_it(count_queries):
    with translation.override("sl"), count_queries() as seen:
        links = {link.url: link for link in rights_of("service", Service.objects.get(fact_id="S56").key)}
    link = links["/sl/rights/rs-officers/"]
    assert (link.title, link.language) == ("Pravice pri policiji (Srbija)", "sl")
    assert link.reason
    assert len(seen) == 2  # the service of this test, and one for the links
    assert rights_of("organization", "astra") == []


def test_service_names_the_title_of_the_translation(make_page):
    page, service = make_page(), Service.objects.for_visitors().first()
    RightService.objects.create(page=page, right_key="R900", service=service, reason={"en": "Rest."})
    translate(page, "sl", "Vaš počitek")
    with translation.override("sl"):
        titles = [link.title for link in rights_of("service", service.key)]
    assert "Vaš počitek" in titles


def test_service_names_no_draft_and_no_page_of_a_switched_off_country(make_page):
    page, service = make_page(), Service.objects.for_visitors().first()
    RightService.objects.create(page=page, right_key="R900", service=service, reason={"en": "Rest."})
    url = "/en/rights/rs-rest/"
    assert url in {link.url for link in rights_of("service", service.key)}
    with registry.countries.only([]):
        assert rights_of("service", service.key) == []
    page.unpublish()
    assert url not in {link.url for link in rights_of("service", service.key)}


def test_titles_for_the_browser_are_neutral_and_unique(visitor):
    pages = RightsPage.objects.for_visitors().select_related("locale")
    titles = [
        (page.locale.language_code, str(soup(visitor.get(page.get_url())).title.string)) for page in pages
    ]
    assert len([code for code, _ in titles if code == "en"]) == 30
    assert len(set(titles)) == len(titles)
    assert [title for _, title in titles if telling_words(title)] == []


@pytest.mark.parametrize("field", ["slug", "safe_title"])
@pytest.mark.parametrize("live", [True, False])
def test_telling_word_is_refused_live_and_draft(make_page, field, live):
    page = make_page(live=live)
    setattr(page, field, "zrtve-nasilja" if field == "slug" else "Victims of violence")
    with pytest.raises(ValidationError, match="browser’s history"):
        page.save()


def test_slug_is_made_of_the_neutral_title(rights_index):
    page = RightsPage(title="Victims", safe_title="Serbia: a rest", country="RS", locale=rights_index.locale)
    rights_index.add_child(instance=page)
    assert page.slug == "serbia-a-rest"


def test_wagtails_own_addresses_work(make_page):
    page = make_page()
    assert page.get_url() == "/en/rights/rs-rest/"
    assert translate(page, "sl", "Vaš počitek").get_url() == "/sl/rights/rs-rest/"


@pytest.mark.parametrize("live", [True, False])
def test_preview_of_an_editor_works(make_page, astra, live):
    answer = make_page(live=live, body=stream(astra)).make_preview_request()
    assert answer.status_code == 200
    assert "This is short." in answer.content.decode()


def test_preview_of_the_front_page_works():
    assert HomePage.objects.get(locale__language_code="sl").make_preview_request().status_code == 200


def test_posting_to_a_page_is_refused(visitor):
    assert visitor.post(OFFICERS).status_code == 405


def test_page_sets_no_cookie_and_varies_by_none(visitor):
    answer = visitor.get(OFFICERS)
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize("language", ["en", "sl", "ar"])
def test_page_takes_six_queries_and_a_translation_one_more(visitor, count_queries, language):
    visitor.get(OFFICERS)
    for slug in ("rs-officers", "rs-hearing", "si-stay", "pro-notes"):
        with count_queries() as seen:
            answer = visitor.get(f"/{language}/rights/{slug}/")
        own = 5 if slug == "pro-notes" else 6  # no rights, so no links to services
        is_translated = language != "en" and main_of(answer)["lang"] == language
        assert len(seen) == own + is_translated, slug  # a translation asks how old it is


def test_plain_page_takes_three_queries_at_any_depth(visitor, count_queries):
    parent, path = HomePage.objects.get(locale__language_code="en"), ""
    for depth in range(1, 5):
        page = StandardPage(
            title=f"Level {depth}", slug=f"level-{depth}", safe_title=f"Level {depth}", live=False
        )
        parent.add_child(instance=page)
        publish(page)
        parent, path = StandardPage.objects.get(pk=page.pk), f"{path}level-{depth}/"
        visitor.get(f"/sl/{path}")
        with count_queries() as seen:
            assert main_of(visitor.get(f"/sl/{path}"))["lang"] == "en"
        assert len(seen) == 3


def test_review_of_a_page_says_nothing_about_its_translation(make_page):
    page = make_page(reviewed=True, key="a-key")
    copy = translate(page, "sl", "Vaš počitek")
    assert (page.reviewed, copy.reviewed) == (True, False)
    assert (copy.key, copy.country) == ("a-key", "RS")


def test_unpublishing_a_source_takes_its_translations_along(make_page):
    page = make_page()
    copy = translate(page, "sl", "Vaš počitek")
    for action in ("unpublish", "delete", "move"):
        assert copy.page_ptr in cascade_to_translations([page], action)[page]
        assert cascade_to_translations([copy], action) == {}
