"""The editors' interface in English, Serbian (both scripts) and Slovenian: no text of Wagtail stays English."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
import wagtail
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.localization import get_available_admin_languages
from wagtail.users.models import UserProfile

from portal import languages
from tests import people

PACKAGES = (
    "wagtail",
    "wagtail.admin",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.sites",
    "wagtail.search",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail_localize",
    "wagtail_localize.locales",
)
TRANSLATED = ("sr-latn", "sr-cyrl", "sl")
# Our catalogues are made for the locked release; a later one may bring a few texts that are not translated yet.
LOCKED = wagtail.VERSION[:2] == (7, 4)


def messages(domain: str) -> Iterator[polib.POEntry]:
    for package in PACKAGES:
        folder = Path(str(importlib.import_module(package).__file__)).parent
        file = folder / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po"
        if file.is_file():
            yield from (entry for entry in polib.pofile(str(file)) if not entry.obsolete)


def untranslated(language: str, entries: list[polib.POEntry], found: object) -> list[str]:
    catalogue = found._catalog  # type: ignore[attr-defined]  # Django offers no other way to ask
    missing = []
    for entry in entries:
        key = f"{entry.msgctxt}\x04{entry.msgid}" if entry.msgctxt else entry.msgid
        if not any(one in catalogue for one in (key, *((key, form) for form in range(4)))):
            missing.append(entry.msgid)
    return missing


def test_editors_choose_among_the_languages_that_are_whole():
    assert [code for code, _ in get_available_admin_languages()] == list(languages.FIRST_LANGUAGES)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_of_wagtail_is_translated(language):
    entries = list(messages("django"))
    with translation.override(language):
        missing = untranslated(language, entries, translation.trans_real.translation(language))
    assert len(entries) > 1_400
    assert len(missing) <= (0 if LOCKED else len(entries) // 10), missing


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("packages", [("wagtail.admin",), ("wagtail_localize",)])
def test_every_text_of_its_scripts_is_translated(rf, language, packages):
    view = JavaScriptCatalog(packages=list(packages))
    with translation.override(language):
        view.get(rf.get("/"))
        catalogue = view.get_catalog()
    folder = Path(str(importlib.import_module(packages[0]).__file__)).parent / "locale" / "en"
    entries = polib.pofile(str(folder / "LC_MESSAGES" / "djangojs.po"))
    missing = [entry.msgid for entry in entries if not entry.obsolete and entry.msgid not in catalogue]
    assert len(missing) <= (0 if LOCKED else len(entries) // 10), missing


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "button", "heading"),
    [("sr-latn", "Sačuvaj", "Prevodi"), ("sr-cyrl", "Сачувај", "Преводи"), ("sl", "Shrani", "Prevodi")],
)
def test_desk_speaks_the_editors_language(language, button, heading):
    user = people.milena()
    UserProfile.objects.create(user=user, preferred_language=language)
    client = Client()
    client.force_login(user)
    shown = client.get(reverse("wagtailadmin_account")).content.decode()
    assert f'lang="{language}"' in shown
    assert button in shown
    assert heading in client.get(reverse("translation_table")).content.decode()


def test_time_zones_are_those_that_a_browser_knows():
    assert "Europe/Belgrade" in settings.WAGTAIL_USER_TIME_ZONES
    assert {"localtime", "Factory"}.isdisjoint(settings.WAGTAIL_USER_TIME_ZONES)
