"""The desk's forms in a real browser: settings, PO files, schedule, revisions, addresses, queues, lists of words."""

from __future__ import annotations

import polib
import pytest
from django.contrib.auth import get_user_model
from django.utils import translation
from wagtail.models import Page, Revision
from wagtail.users.models import UserProfile

from directory.choices import FeedbackKind, FeedbackTopic, Publication
from directory.models import EditorNote, Feedback, FinderQuestion, Service
from home.models import PortalSettings, RightService, RightsPage, StandardPage
from search.models import ConceptTerm

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PASSWORD = "long-enough-password"
LOADED = "domcontentloaded"


class Desk:
    """A superuser's window in Serbian, a visitor's window, and the server's address."""

    def __init__(self, browser, url: str) -> None:
        user = get_user_model().objects.create_superuser("milena", "milena@example.org", PASSWORD)
        UserProfile.objects.create(user=user, preferred_language="sr-latn")
        self.url = url
        self.context = browser.new_context(viewport={"width": 1280, "height": 1000})
        self.page, self.visitor = self.context.new_page(), browser.new_context().new_page()
        self.wrong: list[str] = []
        for each in (self.page, self.visitor):
            each.set_default_timeout(120_000)
            each.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("response", self.note_fault)
        self.go("login/")
        self.page.fill("input[name=username]", "milena")
        self.page.fill("input[name=password]", PASSWORD)
        self.page.click("button[type=submit]", no_wait_after=True)
        self.page.wait_for_url(f"{url}/cms/", wait_until=LOADED)

    def note_fault(self, answer) -> None:
        """Note an answer of the server that no form should give."""
        if answer.status >= 500:
            self.wrong.append(f"{answer.status} {answer.url}")

    def go(self, path: str) -> None:
        self.page.goto(f"{self.url}/cms/{path}", wait_until=LOADED)

    def press(self, button: str) -> None:
        """Press a button that leads to another page."""
        with self.page.expect_navigation(wait_until=LOADED):
            self.page.locator(button).first.click()

    def edit(self, page: Page) -> None:
        self.go(f"pages/{page.pk}/edit/")

    def publish(self) -> None:
        self.page.locator("footer [data-w-dropdown-target=toggle]").first.click()
        self.press("button[name=action-publish]")

    def said(self) -> str:
        """Return what the desk says at the top of the page."""
        return " ".join(self.page.locator(".messages").inner_text().split())

    def faults(self) -> list[str]:
        return [" ".join(each.split()) for each in self.page.locator(".error-message").all_inner_texts()]

    def visit(self, path: str) -> int:
        return self.visitor.goto(f"{self.url}/{path}", wait_until=LOADED).status


def serbian(text: str) -> str:
    with translation.override("sr-latn"):
        return translation.gettext(text)


def test_forms_of_the_desk(live_server, browser, settings):
    settings.PORTAL_SITE_SECONDS = 0
    desk = Desk(browser, live_server.url)
    for step in (
        settings_refuse_and_change,
        po_of_the_directory,
        page_is_scheduled_compared_and_previewed,
        po_of_a_page,
        renamed_and_moved_page_is_found,
        feedback_is_dealt_with,
        finder_is_changed,
        words_are_marked_as_read,
        withdrawing_shows_who_uses_it,
        translation_is_asked_for,
    ):
        step(desk)
    assert desk.wrong == []
    desk.context.close()


def settings_refuse_and_change(desk: Desk) -> None:
    page = desk.page
    desk.go("settings/home/portalsettings/")
    page.fill("#id_name", "Pomoć žrtvama")
    page.fill("#id_brand", "#ffee99")
    page.fill("#id_exit_targets", "sl http://example.org")
    page.fill("#id_country_order", "XX")
    desk.press("footer button[type=submit], button.action-save")
    assert len(desk.faults()) == 4
    assert any("4.5" in fault for fault in desk.faults())

    page.fill("#id_name", "Luka")
    page.select_option("#id_mark", "bubble")
    page.fill("#id_brand", "#5a1e62")
    page.fill("#id_exit_targets", "sr-latn https://www.rts.rs/")
    page.fill("#id_country_order", "SI, RS")
    page.locator("#id_hidden_links input").first.check(force=True)
    for number, part in enumerate(("rights", "services")):
        page.locator("[data-contentpath=menu] button[title='Umetni deo']").last.click()
        page.locator("[role=option]:visible").first.click()
        page.select_option(f"select[name=menu-{number}-value-part]", part)
    page.fill("textarea[name=menu-0-value-words]", "sr-latn Šta mogu")
    page.locator("[data-contentpath=lines] button[title='Umetni deo']").first.click()
    page.locator("[role=option]:visible").first.click()
    page.locator("[data-contentpath=lines] button:has-text('Izaberite')").first.click()
    page.fill(".modal-body input[name=q]", "ASTRA – ")
    page.locator(".modal-body td a", has_text="ASTRA – ").first.click()
    page.wait_for_selector(".modal-body", state="detached")
    desk.press("footer button[type=submit], button.action-save")
    assert desk.faults() == []
    assert desk.visit("sr-latn/") == 200
    assert desk.visitor.title().endswith("– Luka")
    assert "Šta mogu" in desk.visitor.inner_text("body")
    assert "5a1e62" in desk.visitor.content()
    assert "ASTRA" in desk.visitor.locator("aside, [role=complementary], header ~ *").first.inner_text()
    assert PortalSettings.objects.get().values().exit_targets == {"sr-latn": "https://www.rts.rs/"}


def po_of_the_directory(desk: Desk) -> None:
    service = Service.objects.published().exclude(description_en="").order_by("key").first()
    desk.go("directory/translations/")
    with desk.page.expect_download() as waiting:
        desk.page.locator("a[href$='/hu.po']").click()
    po = polib.pofile(str(waiting.value.path()))
    entry = next(each for each in po if each.msgctxt == f"service|{service.key}|description")
    entry.msgstr = "Magyar szöveg."
    upload(desk, po, "hu")
    service.refresh_from_db()
    assert service.description_hu == "Magyar szöveg."

    entry.msgctxt = "service|nobody|description"
    upload(desk, po, "hu")
    assert "service|nobody|description" in desk.page.inner_text(".faults")
    upload(desk, po, "sl")
    assert desk.page.inner_text(".faults").strip()


def upload(desk: Desk, po: polib.POFile, language: str) -> None:
    file = {"name": "directory.po", "mimeType": "text/x-po", "buffer": str(po).encode()}
    desk.page.set_input_files("input[name=file]", file)
    desk.page.select_option("select[name=language]", language)
    desk.press("button[name=write]")


def page_is_scheduled_compared_and_previewed(desk: Desk) -> None:
    page, source = desk.page, RightsPage.objects.get(slug="rs-appeals", locale__language_code="en")
    desk.edit(source)
    page.locator("textarea[name=body-0-value]").fill("You can say that it is not right.")
    desk.press("footer button.action-save")
    page.locator("button[aria-label='Pregled'], [data-side-panel-toggle=preview]").first.click()
    frame = page.frame_locator("#w-preview-iframe, [data-w-preview-target=iframe]").first
    frame.locator("text=You can say that it is not right.").wait_for()
    page.select_option("#id_preview_mode", "ar")
    frame.locator("html[lang=ar]").wait_for()
    assert page.locator("[data-side-panel=preview] input[name=preview-size]:checked").count() == 1

    newest, before = Revision.objects.for_instance(source).order_by("-pk")[:2]
    desk.go(f"pages/{source.pk}/revisions/compare/{before.pk}...{newest.pk}/")
    assert "say that it is not right" in " ".join(page.locator("main .addition").all_inner_texts())

    desk.edit(source)
    page.locator("[data-side-panel-toggle=status]").first.click()
    page.locator("[data-a11y-dialog-show=schedule-publishing-dialog]:visible").first.click()
    page.fill("#id_go_live_at", "2099-01-05 08:00")
    with page.expect_navigation(wait_until=LOADED):
        page.locator("#schedule-publishing-dialog button[type=submit]").press("Enter")
    desk.publish()
    assert Revision.objects.for_instance(source).filter(approved_go_live_at__year=2099).count() == 1
    desk.visit("en/rights/rs-appeals/")
    assert "You can say that it is not right." not in desk.visitor.inner_text("main")


def po_of_a_page(desk: Desk) -> None:
    page, source = desk.page, RightsPage.objects.get(slug="rs-appeals", locale__language_code="en")
    desk.go(f"localize/submit/page/{source.pk}/")
    page.get_by_label("Magyar", exact=True).check(force=True)
    desk.press("main input[type=submit]")
    target = RightsPage.objects.get(translation_key=source.translation_key, locale__language_code="hu")
    desk.edit(target)
    with page.expect_download() as waiting:
        page.locator("a[href*='pofile/download']").first.dispatch_event("click")
    po = polib.pofile(str(waiting.value.path()))
    entry = next(each for each in po if not each.obsolete)
    entry.msgstr = "Magyar mondat."
    assert "Magyar mondat." in upload_to_page(desk, po)
    po.metadata["Language"] = "sl"
    assert "sl" in upload_to_page(desk, po)
    assert desk.said() == serbian("The file is in another language: %(found)s instead of %(wanted)s.") % {
        "found": "sl",
        "wanted": "hu",
    }


def upload_to_page(desk: Desk, po: polib.POFile) -> str:
    """Hand a PO file to the translation editor, which sends it at once; return the page."""
    file = {"name": "page.po", "mimeType": "text/x-po", "buffer": str(po).encode()}
    with desk.page.expect_navigation(wait_until=LOADED):
        desk.page.set_input_files("input[type=file][name=file]", file)
    return str(desk.page.content())


def renamed_and_moved_page_is_found(desk: Desk) -> None:
    page, source = desk.page, RightsPage.objects.get(slug="rs-family", locale__language_code="en")
    desk.edit(source)
    page.get_by_role("tab", name="Adresa i naslov").click()
    page.fill("#id_slug", "rs-relatives")
    desk.publish()
    assert desk.visit("sl/rights/rs-family/") == 200
    assert desk.visitor.url.endswith("/sl/rights/rs-relatives/")
    moved, parent = StandardPage.objects.filter(locale__language_code="en").order_by("path")[:2]
    desk.go(f"pages/{moved.pk}/move/{parent.pk}/confirm/")
    desk.press("main form button[type=submit], main form input[type=submit]")
    assert desk.visit(f"sl/{moved.slug}/") == 200
    assert desk.visitor.url.endswith(f"/sl/{parent.slug}/{moved.slug}/")


def feedback_is_dealt_with(desk: Desk) -> None:
    service = Service.objects.published().first()
    row = Feedback.objects.create(
        kind=FeedbackKind.SERVICE,
        key=service.key,
        title=service.name_sr_latn,
        topic=FeedbackTopic.values[0],
        country=service.country,
        language="sl",
        first_day="2026-01-02",
        last_day="2026-01-03",
    )
    desk.go("directory/feedback/?done=false")
    assert "slovenački" in desk.page.inner_text("main").lower()
    desk.press("main td form button")
    assert desk.said() == serbian("Done: %(row)s") % {"row": said_of(row)}
    row.refresh_from_db()
    assert row.done


def said_of(row: Feedback) -> str:
    with translation.override("sr-latn"):
        return str(row)


def finder_is_changed(desk: Desk) -> None:
    question = FinderQuestion.objects.get(key="start")
    desk.go(f"directory/finder/edit/{question.pk}/")
    desk.page.get_by_role("tab", name="Srpski").click()
    desk.page.fill("#id_title_sr_latn", "Šta se desilo?")
    desk.press("footer button[type=submit], button.action-save")
    assert desk.visit("sr-cyrl/find/") == 200
    assert "Шта се десило?" in desk.visitor.inner_text("h1")
    desk.go("translations/sr-latn/?group=finder")
    row = desk.page.locator("tr", has_text="Šta se desilo?").first
    assert serbian("not read by a native speaker") in row.inner_text()
    row.locator("input[name=mark]").check(force=True)
    desk.press("button[value=reviewed]")
    row = desk.page.locator("tr", has_text="Šta se desilo?").first
    assert serbian("not read by a native speaker") not in row.inner_text()


def words_are_marked_as_read(desk: Desk) -> None:
    desk.go("search/words/?language=sl&reviewed=false")
    for number in (0, 1):
        desk.page.locator("tbody input[type=checkbox]").nth(number).check(force=True)
    desk.press(f"[data-bulk-action-button]:has-text('{serbian('Mark as reviewed')}')")
    assert ConceptTerm.objects.filter(language="sl", reviewed=True).count() == 0
    desk.press("main form button[type=submit], main form input[type=submit]")
    assert ConceptTerm.objects.filter(language="sl", reviewed=True).count() == 2


def withdrawing_shows_who_uses_it(desk: Desk) -> None:
    service = RightService.objects.filter(service__publication=Publication.PUBLIC).first().service
    desk.go(f"directory/services/edit/{service.pk}/")
    desk.page.select_option("#id_publication", Publication.DRAFT)
    desk.press("footer button[type=submit], button.action-save")
    assert desk.page.locator("main a[href*='/cms/']").count() > 0
    service.refresh_from_db()
    assert service.publication == Publication.PUBLIC
    desk.press("button.serious")
    service.refresh_from_db()
    assert service.publication == Publication.DRAFT


def translation_is_asked_for(desk: Desk) -> None:
    desk.go("translations/ar/?group=urgent-services")
    desk.press("button[value^='ask:']")
    note = EditorNote.objects.get(key__startswith="translate-", key__endswith="-ar")
    assert note.text in desk.said()
    desk.go("translations/")
    assert note.text in desk.page.inner_text("section[aria-labelledby=asked]")
