"""The whole way of a page: written, submitted to four languages, translated, read, changed, taken back."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from home.models import RightsIndexPage, RightsPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "long-enough-password"
TITLE = "Ljubav"  # written by the editor for the Serbian page: in Cyrillic it is Љубав


def log_in(page, url: str) -> None:
    get_user_model().objects.create_superuser("milena", "milena@example.org", PASSWORD)
    page.goto(f"{url}/cms/login/")
    page.fill("input[name=username]", "milena")
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url(f"{url}/cms/")


def write_page(page, url: str) -> RightsPage:
    """Write a page in the editor and publish it."""
    index = RightsIndexPage.objects.get(locale__language_code="en")
    page.goto(f"{url}/cms/pages/add/home/rightspage/{index.pk}/")
    page.fill("[name=title]", "A quiet day")
    page.locator(
        "[data-contentpath=body] button[title='Insert a block'], [data-streamfield-stream-container] button"
    ).first.click()
    page.get_by_role("option", name=re.compile("Summary")).first.click()
    page.locator("textarea[name='body-0-value']").fill("You may rest. Nobody asks you why.")
    page.get_by_role("tab", name=re.compile("Promote")).click()
    page.fill("[name=slug]", "rs-quiet-day")
    page.fill("[name=safe_title]", "A quiet day")
    page.locator(".footer__container button, [data-w-dropdown-target=toggle]").last.click()
    page.locator("button[name=action-publish]").first.click()
    page.wait_for_load_state()
    return RightsPage.objects.get(slug="rs-quiet-day", locale__language_code="en")


def submit(page, url: str, written: RightsPage) -> None:
    """Submit the page to four languages."""
    page.goto(f"{url}/cms/localize/submit/page/{written.pk}/")
    for code in ("sr-latn", "sr-cyrl", "sl", "ar"):
        pk = Locale.objects.get(language_code=code).pk
        page.locator(f"input[name=locales][value='{pk}']").check(force=True)
    page.locator("main form button[type=submit], main form input[type=submit]").last.click()
    page.wait_for_load_state()


def translate_in_the_editor(page, url: str, language: str) -> RightsPage:
    """Translate every sentence of a page in the translation editor and publish it."""
    target = RightsPage.objects.get(slug="rs-quiet-day", locale__language_code=language)
    page.goto(f"{url}/cms/pages/{target.pk}/edit/")
    edits = page.get_by_role("button", name=re.compile(r"^(Edit|Translate)$"))
    page.wait_for_selector("text=A quiet day")
    while edits.count():
        edits.first.click()
        box = page.locator("textarea:visible").first
        box.fill(f"{TITLE} {box.evaluate('box => box.value') or ''}".strip())
        page.get_by_role("button", name="Save", exact=True).first.click()
        page.wait_for_timeout(300)
    return target


def finish(language: str) -> None:
    """Translate whatever sentence the editor left."""
    translation = Translation.objects.get(
        source__object_id=RightsPage.objects.get(
            slug="rs-quiet-day", locale__language_code="en"
        ).translation_key,
        target_locale__language_code=language,
    )
    for row in StringSegment.objects.filter(source=translation.source):
        StringTranslation.objects.get_or_create(
            translation_of_id=row.string_id,
            context_id=row.context_id,
            locale=translation.target_locale,
            defaults={"data": f"{TITLE} {row.order}", "translation_type": "manual"},
        )


def read(page, url: str, language: str):
    answer = page.goto(f"{url}/{language}/rights/rs-quiet-day/")
    return answer.status, page.inner_text("body") if answer.status == 200 else "", page
