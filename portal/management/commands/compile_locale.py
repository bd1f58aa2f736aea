"""Compile the interface texts without gettext; Serbian Cyrillic is derived from Latin, entry by entry."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand

from portal import roman_numerals, transliteration
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
    """Compile the catalogues of a locale folder that changed since; return how many were written."""
    written = 0
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        if source.parts[-3] != CYRILLIC:
            written += _write(source.with_suffix(".mo"), [source], partial(polib.pofile, str(source)))
    for latin in sorted(folder.glob(f"{LATIN}/LC_MESSAGES/*.po")):
        own = folder / CYRILLIC / "LC_MESSAGES" / latin.name
        sources = [latin, own, *_transliteration_files()]
        written += _write(own.with_suffix(".mo"), sources, partial(derived, latin, own))
    return written


def derived(latin: Path, override: Path) -> polib.POFile:
    """Return the Cyrillic catalogue: an entry's own translation in ``override``, else the derived one."""
    catalogue = polib.pofile(str(latin))
    catalogue.metadata["Language"] = CYRILLIC
    own = {(e.msgctxt, e.msgid): e for e in polib.pofile(str(override))} if override.is_file() else {}
    for entry in catalogue:
        mine = own.get((entry.msgctxt, entry.msgid))
        if mine is not None and mine.translated():
            entry.msgstr, entry.msgstr_plural = mine.msgstr, mine.msgstr_plural
            continue
        entry.msgstr = to_cyrillic(entry.msgstr)
        entry.msgstr_plural = {key: to_cyrillic(text) for key, text in entry.msgstr_plural.items()}
    return catalogue


def _transliteration_files() -> list[Path]:
    modules = [Path(transliteration.__file__), Path(roman_numerals.__file__)]
    return [*modules, *(modules[0].parent / "data").glob("transliteration*")]


def _write(target: Path, sources: Iterable[Path], read: Callable[[], polib.POFile]) -> bool:
    """Write the compiled file, whole or not at all, unless it is newer than all its sources."""
    changed = max(source.stat().st_mtime_ns for source in sources if source.is_file())
    if target.is_file() and target.stat().st_mtime_ns > changed:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    read().save_as_mofile(str(part))
    part.replace(target)
    return True
