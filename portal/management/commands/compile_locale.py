"""Compile the interface texts without gettext; Serbian Cyrillic is derived from Latin, entry by entry."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand

from portal.plugins import installed_plugins
from portal.transliteration import to_cyrillic

LATIN, CYRILLIC = "sr_Latn", "sr_Cyrl"


class Command(BaseCommand):
    """``manage.py compile_locale``."""

    help = "Compiles locale/*/LC_MESSAGES/*.po; makes Serbian Cyrillic out of Latin where it has no own text."

    def handle(self, *args: Any, **options: Any) -> None:
        compiled = sum(compile_folder(folder) for folder in locale_folders())
        self.stdout.write(f"{compiled} files compiled.")


def locale_folders() -> Iterator[Path]:
    """Return the folders with translations: the site's own and every enabled plugin's."""
    yield from (Path(folder) for folder in settings.LOCALE_PATHS)
    yield from (Path(plugin.path) / "locale" for plugin in installed_plugins())


def compile_folder(folder: Path) -> int:
    """Compile every catalogue of a locale folder; return how many were written."""
    written = 0
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        if source.parts[-3] != CYRILLIC:
            polib.pofile(str(source)).save_as_mofile(str(source.with_suffix(".mo")))
            written += 1
    for latin in sorted(folder.glob(f"{LATIN}/LC_MESSAGES/*.po")):
        target = folder / CYRILLIC / "LC_MESSAGES" / latin.name
        target.parent.mkdir(parents=True, exist_ok=True)
        derived(latin, target).save_as_mofile(str(target.with_suffix(".mo")))
        written += 1
    return written


def derived(latin: Path, override: Path) -> polib.POFile:
    """Return the Cyrillic catalogue: an entry's own translation in ``override``, else the derived one."""
    catalogue = polib.pofile(str(latin))
    own = {(e.msgctxt, e.msgid): e for e in polib.pofile(str(override))} if override.is_file() else {}
    for entry in catalogue:
        mine = own.get((entry.msgctxt, entry.msgid))
        if mine is not None and mine.translated():
            entry.msgstr, entry.msgstr_plural = mine.msgstr, mine.msgstr_plural
            continue
        entry.msgstr = to_cyrillic(entry.msgstr)
        entry.msgstr_plural = {key: to_cyrillic(text) for key, text in entry.msgstr_plural.items()}
    return catalogue
