"""Load terms, search words, and what packs bring, then the search index; twice changes nothing."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from directory.actions import ImportReport, load_country, load_finder, load_taxonomies
from directory.actions.finder import FINDER_FILE
from directory.actions.loading import LEXICON_FOLDER, TERMS_FILE
from directory.importers.errors import UnreadableImport
from directory.models import LoadedPack
from directory.translation_states import remember_all_texts
from home.actions import ensure_second_reader, ensure_site, load_pages, load_site
from home.site_pack import SITE_PACK, SITE_PACK_NAME
from home.translation_states import remember_missing_texts
from portal.plugins import CountryPack, installed_plugins
from search.index import rebuild_all
from search.lexicon_actions import LexiconReport, load_lexicon
from search.lexicon_files import UnreadableLexicon, read_lexicon, read_pack_lexicon

TERMS = "taxonomies"
LEXICON = "lexicon"
FINDER = "finder"
BAR = 24


class Command(BaseCommand):
    """``manage.py load_packs``."""

    help = "Loads terms, organizations, services and pages of the enabled packs; unchanged ones are skipped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="load only packs that were never loaded into this database",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            changed = self._load(if_empty=options["if_empty"])
        except UnreadableImport as error:
            lines = "\n".join(str(problem) for problem in error.problems)
            number = len(error.problems)
            raise CommandError(f"Nothing was changed. To mend ({number}):\n{lines}") from None
        except UnreadableLexicon as error:
            raise CommandError(f"Nothing was changed. To mend ({len(error.problems)}):\n{error}") from None
        if not changed:
            self.stdout.write("The packs are loaded already; nothing has changed.")
            return
        rebuild_all(self._show_indexed)
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        self.stdout.write(self.style.SUCCESS("Done."))

    def _show_indexed(self, kind: str, done: int, of: int) -> None:
        if done >= of:
            self.stdout.write(f"Search index: {of} ({kind})")

    def _load(self, *, if_empty: bool) -> bool:
        """Load what is new, all or nothing; return whether anything was. Raises ``UnreadableImport``."""
        packs = enabled_packs()
        shared = {
            TERMS: digest_of([TERMS_FILE]),
            LEXICON: digest_of(LEXICON_FOLDER.rglob("*.csv")),
            FINDER: digest_of([FINDER_FILE]),
        }
        shared[SITE_PACK_NAME] = pack_digest(SITE_PACK)
        wanted = {**shared, **{name: pack_digest(pack) for name, pack in packs.items()}}
        known = dict(LoadedPack.objects.values_list("name", "digest"))
        due = [
            name for name in wanted if (name not in known if if_empty else known.get(name) != wanted[name])
        ]
        with transaction.atomic():
            ensure_site()
            if TERMS in due:
                self._report("Terms", load_taxonomies())
            if FINDER in due:
                self._report("Guided finder", load_finder())
            if LEXICON in due:
                self._say_words("Search words", load_lexicon(read_lexicon(LEXICON_FOLDER), source=LEXICON))
            for name in (name for name in packs if name in due):
                report = load_country(packs[name], name=name, say=self._say)
                self._report(f"{packs[name].country.name['en']}, directory", report)
                words = load_lexicon(read_pack_lexicon(packs[name].data), source=name)
                self._say_words(f"{packs[name].country.name['en']}, search words", words)
            # Pages after all directories: a page may name an organization of another country.
            for name in (name for name in packs if name in due):
                title = f"{packs[name].country.name['en']}, pages"
                self._report(title, load_pages(packs[name], name=name, progress=self._bar(title)))
            if SITE_PACK_NAME in due:
                self._report("Pages of every site", load_site(self._bar("Pages of every site")))
            ensure_second_reader()
            remember_all_texts()
            remember_missing_texts()
            for name in due:
                LoadedPack.objects.update_or_create(name=name, defaults={"digest": wanted[name]})
        return bool(due)

    def _say(self, message: str) -> None:
        self.stdout.write(message)
        self.stdout.flush()

    def _say_words(self, title: str, report: LexiconReport) -> None:
        """Say what a lexicon changed; nothing for a pack without one."""
        numbers = {
            "new": report.created,
            "updated": report.updated,
            "unchanged": report.unchanged,
            "kept because edited here": report.kept,
            "taken out": report.removed,
        }
        if words := [f"{number} {word}" for word, number in numbers.items() if number]:
            self._say(f"{title}: {', '.join(words)}")

    def _report(self, title: str, report: ImportReport) -> None:
        numbers = {
            "new": report.created,
            "updated": report.updated,
            "unchanged": report.unchanged,
            "kept because edited here": report.kept,
        }
        words = [f"{len(keys)} {word}" for word, keys in numbers.items() if keys]
        self._say(f"{title}: {', '.join(words) or 'nothing'}")

    def _bar(self, title: str) -> Any:
        """Return a progress bar; only a terminal gets one."""

        def draw(number: int, total: int) -> None:
            if not self.stdout.isatty():
                return
            done = BAR * number // max(total, 1)
            end = "\n" if number == total else ""
            self.stdout.write(f"\r{title} [{'#' * done}{'.' * (BAR - done)}] {number}/{total}", ending=end)
            self.stdout.flush()

        return draw


def enabled_packs() -> dict[str, CountryPack]:
    """Return the countries of the enabled plugins by the name they are loaded under."""
    found = {}
    for config in installed_plugins():
        for number, pack in enumerate(config.country_packs()):
            found[config.label if number == 0 else f"{config.label}-{pack.country.code.lower()}"] = pack
    return found


def pack_digest(pack: CountryPack) -> str:
    """Return a digest of a pack's files, and of which packs stand beside it: pages may name those."""
    return digest_of((path for path in pack.data.rglob("*") if path.is_file()), *settings.PORTAL_PLUGINS)


def digest_of(paths: Iterable[Path], *words: str) -> str:
    """Return a digest of files by name and content; ``words`` count too."""
    mark = sha256("\0".join(words).encode())
    for path in sorted(paths):
        mark.update(f"\0{path.name}\0".encode() + path.read_bytes())
    return mark.hexdigest()
