"""Read a PO file of the directory in: all of it or nothing."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.actions import import_translations
from directory.translation_po import BrokenPoFile


class Command(BaseCommand):
    """``manage.py import_po directory-sl.po --dry-run``."""

    help = "Reads a PO file that export_po or the editors' page made; all of it or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")
        parser.add_argument(
            "--machine", action="store_true", help="a machine translated it: visitors are told"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = options["file"].read_bytes()
            report = import_translations(content, by_machine=options["machine"], dry_run=options["dry_run"])
        except OSError as error:
            raise CommandError(f"The file cannot be read: {error}") from None
        except BrokenPoFile as error:
            lines = "\n".join(error.lines)
            raise CommandError(f"Nothing was changed. To mend:\n{lines}") from None
        would = "Would be" if options["dry_run"] else "Were"
        self.stdout.write(
            f"{report.language}: {would} filled {len(report.filled)}, replaced {len(report.replaced)}, "
            f"confirmed {len(report.confirmed)}; the same {report.unchanged}, empty {report.empty}, "
            f"fuzzy {report.fuzzy}."
        )
