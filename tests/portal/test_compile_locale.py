"""Compiling interface texts: Serbian Cyrillic is derived, its overrides and all placeholders stay."""

from __future__ import annotations

import gettext
import os
import re
from io import StringIO
from pathlib import Path

import polib
import pytest
from django.core.management import call_command

from portal.management.commands.compile_locale import compile_folder, derived, locale_folders

ENTRIES = {
    "Help": "Pomoć",
    "Hello %(name)s": "Zdravo, %(name)s",
    "{count} of <b>{total}</b>": "{count} od <b>{total}</b>",
    "Not yet": "",
}


def write(folder: Path, language: str, entries: dict[str, str]) -> Path:
    """Write a catalogue; return its file."""
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Language": language}
    for source, text in entries.items():
        catalogue.append(polib.POEntry(msgid=source, msgstr=text))
    plural = {0: "%d usluga", 1: "%d usluge", 2: "%d usluga"} if language == "sr_Latn" else {}
    if plural:
        catalogue.metadata["Plural-Forms"] = "nplurals=3; plural=n%10==1 ? 0 : 1;"
        catalogue.append(polib.POEntry(msgid="%d service", msgid_plural="%d services", msgstr_plural=plural))
    file = folder / language / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    catalogue.save(str(file))
    return file


def compiled(folder: Path, language: str) -> gettext.GNUTranslations:
    with (folder / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


@pytest.fixture
def folder(tmp_path):
    """A locale folder with Serbian Latin and Slovene."""
    write(tmp_path, "sr_Latn", ENTRIES)
    write(tmp_path, "sl", {"Help": "Pomoč"})
    return tmp_path


def test_cyrillic_is_derived_with_its_placeholders(folder):
    assert compile_folder(folder) == 3
    texts = compiled(folder, "sr_Cyrl")
    assert [texts.gettext(source) for source in ENTRIES] == [
        "Помоћ",
        "Здраво, %(name)s",
        "{count} од <b>{total}</b>",
        "Not yet",
    ]
    assert texts.ngettext("%d service", "%d services", 1) == "%d услуга"


def test_override_wins_over_the_derived_text(folder):
    write(folder, "sr_Cyrl", {"Help": "Помоћ овде", "Hello %(name)s": ""})
    compile_folder(folder)
    texts = compiled(folder, "sr_Cyrl")
    assert [texts.gettext(source) for source in ("Help", "Hello %(name)s")] == [
        "Помоћ овде",
        "Здраво, %(name)s",
    ]


def test_sources_are_never_written(folder):
    own = write(folder, "sr_Cyrl", {"Help": "Помоћ овде"})
    before = {path: path.read_bytes() for path in folder.rglob("*.po")}
    compile_folder(folder)
    assert {path: path.read_bytes() for path in folder.rglob("*.po")} == before
    assert own in before


def test_second_time_nothing_is_written_until_a_source_changes(folder):
    compile_folder(folder)
    assert compile_folder(folder) == 0
    source = folder / "sr_Latn" / "LC_MESSAGES" / "django.po"
    after = max(path.stat().st_mtime for path in folder.rglob("*.mo")) + 5
    os.utime(source, (after, after))
    assert compile_folder(folder) == 2


def test_derived_catalogue_says_its_language(folder):
    catalogue = derived(folder / "sr_Latn" / "LC_MESSAGES" / "django.po", folder / "none.po")
    assert catalogue.metadata["Language"] == "sr_Cyrl"


def test_site_and_plugins_have_their_folders(settings):
    found = list(locale_folders())
    assert found[:2] == [settings.BASE_DIR / "locale", settings.BASE_DIR / "portal" / "locale"]
    assert found[2:] == [settings.BASE_DIR / "plugins" / name / "locale" for name in ("serbia", "slovenia")]


def test_command_says_how_much_it_did(settings, folder):
    settings.LOCALE_PATHS = [folder]
    out = StringIO()
    call_command("compile_locale", stdout=out)
    call_command("compile_locale", stdout=out)
    assert out.getvalue().splitlines() == ["3 files compiled.", "0 files compiled."]


def placeholders(text: str) -> list[str]:
    """Return the places in a text that a program fills."""
    return sorted(re.findall(r"%\(\w+\)[sd]|\{\w*\}|%[sd]", text))


def test_our_catalogues_keep_their_placeholders():
    files = [path for folder in locale_folders() for path in folder.glob("*/LC_MESSAGES/*.po")]
    entries = [
        (path.parts[-3], entry) for path in files for entry in polib.pofile(str(path)).translated_entries()
    ]
    plain = [(language, entry) for language, entry in entries if not entry.msgid_plural]
    broken = [
        (language, entry.msgid)
        for language, entry in plain
        if placeholders(entry.msgid) != placeholders(entry.msgstr)
    ]
    assert (broken, bool(plain)) == ([], True)
