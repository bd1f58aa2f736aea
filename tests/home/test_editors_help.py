"""What helps an editor: plain words, links and numbers, previews, comparison, schedule, a second reader, usage."""

from __future__ import annotations

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, User
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, WorkflowPage
from wagtail_localize.models import Translation
from wagtail_localize.operations import translate_object

from directory.models import Contact, EditorNote, Organization
from home.actions import ensure_second_reader
from home.models import PageText, RightService, RightsPage
from home.reading_panel import marks_of
from home.related import pages_using
from home.text_checks import numbers_in
from portal.link_forms import link_fault, link_faults, phone_fault
from tests import people
from tests.forms import answers
from tests.home.conftest import items, stream, translate
from tests.home.test_admin import form

pytestmark = pytest.mark.django_db

LONG = "You may " + "rest and " * 12 + "sleep."


@pytest.fixture
def milena() -> Client:
    client = Client()
    client.force_login(people.milena())
    return client


def edit_url(page: RightsPage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def said(answer) -> str:
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


# --- plain words -------------------------------------------------------------------------------------------


def test_panel_marks_each_sentence_over_twenty_words(milena, make_page):
    page = make_page("rs-long", body=[{"type": "summary", "value": f"Short. {LONG}", "id": "s1"}])
    marks = marks_of(page)
    assert [sentence for sentence, _ in marks.long] == [LONG]
    assert "longest" in marks.limits
    shown = BeautifulSoup(milena.get(edit_url(page)).content, "html.parser")
    assert [mark.get_text() for mark in shown.find_all("mark")] == [LONG]


def test_text_is_measured_in_the_language_of_the_page(make_page):
    page = make_page("rs-arabic", title="Arabic")
    ar = translate(page, "ar", "راحة")
    assert marks_of(page).highest_lix != marks_of(ar).highest_lix
    assert marks_of(page).is_plain


def test_saving_says_what_to_look_at_again(milena, rights_index):
    url = reverse("wagtailadmin_pages:add", args=["home", "rightspage", rights_index.pk])
    body = {
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "summary",
        "body-0-id": "",
    }
    answer = milena.post(url, form(**body, **{"body-0-value": f"{LONG} Call +381 11 785 0000."}))
    assert answer.status_code == 302
    assert "1 sentence has more than 20 words" in said(answer)
    assert "+381 11 785 0000" in said(answer)


# --- links and numbers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "good", ["https://astra.rs", "http://www.gov.si/x?y=1", "/en/rights/", "#p1", "tel:112"]
)
def test_link_of_right_form_is_taken(good):
    assert link_fault(good) == ""


@pytest.mark.parametrize(
    "bad",
    [
        "https://astra",
        "htp://astra.rs",
        "https://as tra.rs",
        "javascript:alert(1)",
        "mailto:a@b.rs",
        "//x",
        "tel:+38",
    ],
)
def test_link_of_wrong_form_is_named(bad):
    assert link_fault(bad)


def test_numbers_written_into_a_text_are_found_and_years_and_laws_are_not():
    text = "Call 011 785 0000 or +386 80 1234. In 2019, law 24/2012, 113-2017, sum 1.000.000, 112."
    assert numbers_in([text]) == ["011 785 0000", "+386 80 1234"]
    assert phone_fault("+381 11 785 0000") == ""
    assert phone_fault("0800x") != ""
    assert phone_fault("+381") != ""


def test_links_are_found_in_markup_and_in_plain_words():
    assert len(link_faults(['<a href="htp://x">y</a> and www.nowhere and https://ok.example.org.'])) == 2


def test_page_with_a_broken_link_is_not_saved(milena, rights_index):
    url = reverse("wagtailadmin_pages:add", args=["home", "rightspage", rights_index.pk])
    body = {
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "summary",
        "body-0-id": "",
    }
    answer = milena.post(url, form(slug="rs-link", **body, **{"body-0-value": "See https://astra now."}))
    assert answer.status_code == 200
    assert not RightsPage.objects.filter(slug="rs-link").exists()


def test_telling_title_for_the_browser_is_not_saved(milena, rights_index):
    url = reverse("wagtailadmin_pages:add", args=["home", "rightspage", rights_index.pk])
    answer = milena.post(url, form(slug="rs-calm", safe_title="Help for victims of trafficking"))
    assert answer.status_code == 200
    assert "would stay in the browser" in answer.content.decode()
    assert not RightsPage.objects.filter(slug="rs-calm").exists()


class Site(BaseHTTPRequestHandler):
    def do_HEAD(self):
        self.send_response({"/ok": 200, "/gone": 410, "/shy": 403}.get(self.path, 405))
        self.end_headers()

    def do_GET(self):
        self.send_response(403 if self.path == "/shy" else 200)
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_check_links_reports_and_leaves_a_task_for_each_broken_one(site, capsys, make_page):
    Contact.objects.all().delete()
    from directory.models import Location, Phone

    Phone.objects.update(source_url="")
    Location.objects.update(source_url="")
    for page in RightsPage.objects.all():
        RightsPage.objects.filter(pk=page.pk).update(body=[])
    owner = Organization.objects.get(key="astra")
    for name in ("ok", "gone", "shy", "head"):
        Contact.objects.create(
            organization=owner, key=f"t-{name}", kind="website", value=f"{site}/{name}", publish="yes"
        )
    call_command("check_links", "--timeout", "5")
    printed = capsys.readouterr().out
    assert "4 links, 1 broken." in printed
    (note,) = EditorNote.objects.filter(key__startswith="link-", done=False)
    assert "/gone does not answer (410)" in note.text
    Contact.objects.filter(key="t-gone").update(value=f"{site}/ok")
    call_command("check_links", "--timeout", "5")
    assert not EditorNote.objects.filter(key__startswith="link-", done=False).exists()


# --- usage before withdrawing ----------------------------------------------------------------------------------


def test_pages_that_name_a_record_are_found(make_page, astra):
    page = make_page("rs-uses", title="Uses it", body=stream(astra))
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in {
        link.url for link in pages_using("organization", "astra")
    }
    row = RightService.objects.select_related("service", "page").first()
    assert row.page.title in {link.title for link in pages_using("service", row.service.key)}
    assert pages_using("phone", "K1") == []


def test_withdrawing_a_used_record_shows_its_pages_first(milena, astra):
    url = reverse("directory_organizations:edit", args=[astra.pk])
    sent = answers(milena.get(url), publication="hidden")
    asked = milena.post(url, sent)
    assert asked.status_code == 200
    assert pages_using("organization", "astra")[0].title in asked.content.decode()
    astra.refresh_from_db()
    assert astra.publication == "public"
    kept = answers(asked)
    assert milena.post(url, {**kept, "withdraw-confirmed": "1"}).status_code == 302
    astra.refresh_from_db()
    assert astra.publication == "hidden"


def test_deleting_shows_the_pages_too(milena, astra):
    url = reverse("directory_organizations:delete", args=[astra.pk])
    assert pages_using("organization", "astra")[0].title in milena.get(url).content.decode()


# --- previews ----------------------------------------------------------------------------------------------------


def test_page_is_previewed_as_readers_of_each_language_get_it(milena, make_page):
    page = make_page("rs-view", title="A view")
    sr = translate(page, "sr-latn", "Ljubav")
    assert [mode for mode, _ in page.preview_modes][:2] == ["", "sr-latn"]
    assert [mode for mode, _ in sr.preview_modes] == ["", "sr-cyrl"]
    assert page.default_preview_size == "mobile"
    shown = milena.get(reverse("wagtailadmin_pages:view_draft", args=[sr.pk]))
    assert shown.status_code == 200
    request = shown.wsgi_request
    cyrillic = sr.make_preview_request(request, "sr-cyrl").content.decode()
    assert "Љубав" in cyrillic
    arabic = page.make_preview_request(request, "ar").content.decode()
    assert 'dir="rtl"' in arabic
    assert "A view" in arabic


# --- schedule, comparison ------------------------------------------------------------------------------------------


def test_scheduled_page_goes_live_with_its_fingerprint(make_page):
    page = make_page("rs-later", title="Later", live=False)
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    assert Client().get("/en/rights/rs-later/").status_code == 404
    revision = page.latest_revision
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = (timezone.now() - timedelta(minutes=1)).isoformat()
    revision.save()
    call_command("publish_scheduled")
    assert Client().get("/sl/rights/rs-later/").status_code == 200
    assert PageText.objects.get(page=page).text_digest


def test_scheduled_translation_that_misses_sentences_stays_a_draft(make_page):
    page = make_page("rs-later", title="Later")
    translate_object(page, [Locale.objects.get(language_code="sl")])
    sl = RightsPage.objects.get(translation_key=page.translation_key, locale__language_code="sl")
    revision = sl.get_latest_revision()
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.save()
    call_command("publish_scheduled")
    assert not RightsPage.objects.get(pk=sl.pk).live
    assert Translation.objects.filter(source__object_id=page.translation_key).exists()


def test_two_revisions_are_compared_block_by_block(milena, make_page, astra):
    page = make_page("rs-compare", title="Compare", body=stream(astra))
    first = page.latest_revision_id
    page.body = [*stream(astra)[:1], {"type": "steps", "value": items("Breathe.", "Walk on."), "id": "s2"}]
    second = page.save_revision().pk
    url = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first, second])
    shown = milena.get(url)
    assert shown.status_code == 200
    assert "Walk on." in shown.content.decode()


# --- a second reader ---


def moderator(name: str) -> User:
    user = User.objects.create_user(name, f"{name}@example.org", "long-enough-password")
    user.groups.add(Group.objects.get(name="Moderators"))
    return user


def submitted(page: RightsPage, user: User):
    page.title = "A better title"
    page.save_revision(user=user)
    workflow = page.get_workflow()
    assert workflow.name == "Drugi čitalac · Drugi bralec · Second reader"
    workflow.start(page, user)
    return page.current_workflow_task_state


def test_second_reader_approves_and_the_page_goes_live(make_page):
    ensure_second_reader()
    page = make_page("rs-second", title="Second")
    ana, nika = moderator("ana-m"), moderator("nika-m")
    state = submitted(page, ana)
    assert "approve" in [action[0] for action in state.task.specific.get_actions(page, nika)]
    state.task.specific.on_action(state, nika, "approve")
    assert RightsPage.objects.get(pk=page.pk).title == "A better title"


def test_author_cannot_approve_by_any_road(make_page):
    ensure_second_reader()
    page = make_page("rs-second", title="Second")
    ana, nika = moderator("ana-m"), moderator("nika-m")
    state = submitted(page, ana)
    task = state.task.specific
    assert "approve" not in [action[0] for action in task.get_actions(page, ana)]
    with pytest.raises(PermissionDenied):
        task.on_action(state, ana, "approve")
    client = Client()
    client.force_login(ana)
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    client.post(url, {"comment": ""})
    assert RightsPage.objects.get(pk=page.pk).title == "Second"
    page.save_revision(user=nika)  # Nika changes it too: then she is an author as well
    assert "approve" not in [action[0] for action in task.get_actions(page, nika)]


def test_second_reader_is_set_up_once_and_leaves_the_editors_choice():
    ensure_second_reader()
    count = WorkflowPage.objects.count()
    ensure_second_reader()
    assert WorkflowPage.objects.count() == count
