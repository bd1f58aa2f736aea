"""The whole way of a page: written, submitted to four languages, translated, read, changed, taken back."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.utils import translation

from home.models import RightsIndexPage, RightsPage
from portal.states import VISITOR_SENTENCES, TextState

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PASSWORD = "long-enough-password"
SLUG = "rs-quiet-day"
SENTENCE = "You may rest. Nobody asks you why."
CHANGED = "You may rest here. Nobody asks you anything."
LANGUAGES = ("Srpski", "Српски", "Slovenščina", "العربية")


def version(language: str) -> RightsPage:
    return RightsPage.objects.get(slug=SLUG, locale__language_code=language)


def log_in(page, url: str) -> None:
    get_user_model().objects.create_superuser("milena", "milena@example.org", PASSWORD)
    page.goto(f"{url}/cms/login/", wait_until="domcontentloaded")
    page.fill("input[name=username]", "milena")
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]", no_wait_after=True)
    page.wait_for_url(f"{url}/cms/", wait_until="domcontentloaded")


def write_page(page, url: str) -> None:
    """Write a page in the editor and publish it."""
    index = RightsIndexPage.objects.get(locale__language_code="en")
    page.goto(f"{url}/cms/pages/add/home/rightspage/{index.pk}/", wait_until="domcontentloaded")
    page.fill("#id_title", "A quiet day")
    page.locator("[data-contentpath=body] button[title='Insert a block']").first.click()
    page.get_by_role("option", name="Summary").first.click()
    page.locator("textarea[name=body-0-value]").fill(SENTENCE)
    page.get_by_role("tab", name="Promote").click()
    page.fill("#id_slug", SLUG)
    page.fill("#id_safe_title", "A quiet day")
    publish(page)
    assert version("en").live


def submit(page, url: str) -> None:
    """Submit the page to four languages."""
    page.goto(f"{url}/cms/localize/submit/page/{version('en').pk}/", wait_until="domcontentloaded")
    for name in LANGUAGES:
        page.get_by_label(name, exact=True).check(force=True)
    page.locator("input[type=submit][value=Submit]").click(no_wait_after=True)
    page.wait_for_url(lambda address: "submit/page" not in address, wait_until="domcontentloaded")


def translate_in_the_editor(page, url: str, language: str, words: str) -> None:
    """Translate each sentence behind each tab of the translation editor, and publish."""
    page.goto(f"{url}/cms/pages/{version(language).pk}/edit/", wait_until="domcontentloaded")
    page.wait_for_selector("button:text-is('Translate')")
    for tab in page.get_by_role("tab").all() or [None]:
        if tab is not None:
            tab.click()
        todo = page.locator("button:text-is('Translate'):visible")
        while todo.count():
            todo.first.click()
            page.locator("textarea:visible").first.fill(words)
            page.locator("button:text-is('Save'):visible").first.click()
            page.wait_for_selector("button:text-is('Save'):visible", state="detached")
    with page.expect_navigation(wait_until="domcontentloaded"):
        page.locator("button:has-text('Publish in')").first.click()


def change_the_source(page, url: str, words: str) -> None:
    """Write other words into the source page in the page editor, and publish it."""
    page.goto(f"{url}/cms/pages/{version('en').pk}/edit/", wait_until="domcontentloaded")
    page.locator("textarea[name=body-0-value]").fill(words)
    publish(page)


def publish(page) -> None:
    """Press "Publish" in the page editor."""
    before = page.url
    page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    page.locator("button[name=action-publish]").first.click(no_wait_after=True)
    page.wait_for_url(lambda address: address != before, wait_until="domcontentloaded")


def read(page, url: str, language: str) -> str:
    """Return what a visitor reads, or the status when there is no page."""
    answer = page.goto(f"{url}/{language}/rights/{SLUG}/", wait_until="domcontentloaded")
    return page.inner_text("body") if answer.status == 200 else str(answer.status)


def sentence(state: TextState, language: str) -> str:
    with translation.override(language):
        return str(VISITOR_SENTENCES[state])


def test_page_goes_its_whole_way(live_server, browser):
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    page, visitor = context.new_page(), browser.new_context().new_page()
    for each in (page, visitor):
        each.set_default_timeout(120_000)
    url = live_server.url
    log_in(page, url)
    write_page(page, url)
    submit(page, url)
    assert [version(code).live for code in ("en", "sr-latn", "sr-cyrl", "sl", "ar")] == [True, *[False] * 4]

    translate_in_the_editor(page, url, "sr-latn", "Ljubav i mir.")
    assert version("sr-latn").live, page.locator(".messages").inner_text()
    assert "Љубав и мир." in read(visitor, url, "sr-cyrl")
    assert visitor.locator("main").get_attribute("lang") == "sr-Cyrl"
    assert SENTENCE in read(visitor, url, "ar")
    main = visitor.locator("main")
    assert (main.get_attribute("lang"), main.get_attribute("dir")) == ("en", "ltr")
    assert sentence(TextState.UNREVIEWED, "sr-latn") in read(visitor, url, "sr-latn")

    change_the_source(page, url, CHANGED)
    assert CHANGED in read(visitor, url, "en")
    assert "Ljubav i mir." in read(visitor, url, "sr-latn")
    assert sentence(TextState.OUTDATED, "sr-latn") in read(visitor, url, "sr-latn")
    assert sentence(TextState.OUTDATED, "sr-cyrl") in read(visitor, url, "sr-cyrl")

    page.goto(f"{url}/cms/pages/{version('en').pk}/unpublish/", wait_until="domcontentloaded")
    page.locator("main form button[type=submit], main form input[type=submit]").first.click(
        no_wait_after=True
    )
    page.wait_for_url(lambda address: "unpublish" not in address, wait_until="domcontentloaded")
    assert [read(visitor, url, code) for code in ("en", "sr-latn", "sr-cyrl", "sl", "ar")] == ["404"] * 5
    context.close()
