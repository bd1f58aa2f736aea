"""Take over an official settlement register from a CSV file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.actions import import_settlements
from directory.importers import UnreadableImport, read_settlements
from portal.plugins.registry import country_codes

SHOWN = 50


class Command(BaseCommand):
    """``manage.py import_settlements FILE --country RS``."""

    help = "Imports a settlement register (docs/settlements.md): all rows or none; twice changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the CSV file")
        parser.add_argument("--country", required=True, help="ISO code of an enabled country, such as RS")
        parser.add_argument(
            "--source", default="", help="what to say of where it is from; else the file's name"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        country, path = options["country"].upper(), options["file"]
        if country not in country_codes():
            raise CommandError(f"{country} is not enabled here; enabled are: {', '.join(country_codes())}.")
        source = options["source"] or f"Settlement register, {path.name}"
        try:
            records = read_settlements(path)
            report = import_settlements(records, country=country, source=source, dry_run=options["dry_run"])
        except UnreadableImport as error:
            raise CommandError(self._said(error)) from None
        done = "Nothing is changed (dry run): " if options["dry_run"] else ""
        numbers = (
            f"{len(report.created)} new, {len(report.updated)} changed, {len(report.unchanged)} as before."
        )
        self.stdout.write(self.style.SUCCESS(done + numbers))

    @staticmethod
    def _said(error: UnreadableImport) -> str:
        lines = [str(problem) for problem in error.problems[:SHOWN]]
        more = len(error.problems) - len(lines)
        lines += [f"… and {more} more"] if more > 0 else []
        return "\n".join(["Nothing is changed. Please mend:", *lines])
