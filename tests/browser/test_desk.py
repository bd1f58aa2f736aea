"""The desk in a real browser: an editor writes in Serbian, is helped and refused, and hands over to a reader."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import translation
from wagtail.users.models import UserProfile

from home.actions import ensure_second_reader
from home.models import RightsIndexPage, RightsPage
from portal.neutral_words import telling_words

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PASSWORD = "long-enough-password"
TELLING, NEUTRAL, SLUG = "Help for victims of trafficking", "A calm morning", "rs-calm-morning"
LONG = "You may " + "rest and " * 12 + "sleep."


def moderator(browser, url: str, name: str, language: str):
    """Return a page of a browser in which a moderator with that language is logged in, and what went wrong."""
    user = get_user_model().objects.create_user(name, f"{name}@example.org", PASSWORD)
    user.groups.add(Group.objects.get(name="Moderators"))
    UserProfile.objects.create(user=user, preferred_language=language)
    page = browser.new_context(viewport={"width": 1280, "height": 1000}).new_page()
    page.set_default_timeout(120_000)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "request", lambda sent: sent.url.startswith(("http:", "https:")) and wrong_host(sent.url, url, wrong)
    )
    page.goto(f"{url}/cms/login/", wait_until="domcontentloaded")
    page.fill("input[name=username]", name)
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]", no_wait_after=True)
    page.wait_for_url(f"{url}/cms/", wait_until="domcontentloaded")
    return page, wrong


def wrong_host(address: str, url: str, wrong: list[str]) -> None:
    """Note a request to any other host."""
    if not address.startswith(url):
        wrong.append(address)


def said_in(language: str, text: str) -> str:
    with translation.override(language):
        return translation.gettext(text)


def save(page) -> None:
    with page.expect_navigation(wait_until="domcontentloaded"):
        page.locator("footer button.action-save").first.click()


def test_editor_writes_in_serbian_and_another_one_reads(live_server, browser):
    url = live_server.url
    ensure_second_reader()
    ana, wrong = moderator(browser, url, "ana-m", "sr-latn")
    assert ana.locator("html").get_attribute("lang") == "sr-latn"

    index = RightsIndexPage.objects.get(locale__language_code="en")
    ana.goto(f"{url}/cms/pages/add/home/rightspage/{index.pk}/", wait_until="domcontentloaded")
    assert ana.get_by_role("tab", name="Sadržaj").count() == 1
    ana.fill("#id_title", NEUTRAL)
    ana.locator("[data-contentpath=body] button[title='Umetni deo']").first.click()
    ana.get_by_role("option", name="Sažetak").first.click()
    ana.locator("textarea[name=body-0-value]").fill(LONG)
    ana.get_by_role("tab", name="Adresa i naslov").click()
    ana.fill("#id_slug", SLUG)
    ana.fill("#id_safe_title", TELLING)
    save(ana)
    refusal = ana.locator("body").text_content()
    assert any(word in refusal for word in telling_words(TELLING))
    assert said_in("sr-latn", "The page could not be created due to validation errors.") in refusal
    assert not RightsPage.objects.filter(slug=SLUG).exists()

    ana.get_by_role("tab", name="Adresa i naslov").click()
    ana.fill("#id_safe_title", NEUTRAL)
    save(ana)
    kept = RightsPage.objects.get(slug=SLUG)
    assert not kept.live
    marks = ana.locator("mark")
    assert marks.first.text_content() == LONG

    ana.locator("footer [data-w-dropdown-target=toggle]").first.click()
    with ana.expect_navigation(wait_until="domcontentloaded"):
        ana.locator("button[name=action-submit]").first.click()
    assert RightsPage.objects.get(slug=SLUG).current_workflow_state is not None
    ana.goto(f"{url}/cms/pages/{kept.pk}/edit/", wait_until="domcontentloaded")
    assert ana.locator("[data-workflow-action-name=approve]").count() == 0

    nika, also_wrong = moderator(browser, url, "nika-m", "sl")
    assert NEUTRAL in nika.inner_text("main")
    nika.goto(f"{url}/cms/pages/{kept.pk}/edit/", wait_until="domcontentloaded")
    assert nika.locator("[data-workflow-action-name=approve]").count() > 0
    assert (wrong, also_wrong) == ([], [])
    for page in (ana, nika):
        page.context.close()
