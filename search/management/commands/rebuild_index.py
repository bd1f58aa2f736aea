"""Rebuild the search index; readers see the old one until the new one is whole."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search.engine import get_engine
from search.index import process_pending, rebuild_all

WIDTH = 30  # signs of the progress bar


class Command(BaseCommand):
    """``manage.py rebuild_index``."""

    help = "Builds the search index anew from what is public; safe to stop and to run at any time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-needed",
            action="store_true",
            help="only when the index is missing, or was made by another version of the analysis",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_needed"] and not (reason := get_engine().health()):
            process_pending()
            self.stdout.write("The search index is up to date.")
            return
        if options["if_needed"]:
            self.stdout.write(reason)
        total = rebuild_all(self._show)
        self.stdout.write(self.style.SUCCESS(f"{total} records are findable."))

    def _show(self, kind: str, done: int, of: int) -> None:
        """Draw the bar of one kind; on a terminal over the one before."""
        filled = WIDTH if not of else done * WIDTH // of
        line = f"{kind:<14} [{'#' * filled}{'.' * (WIDTH - filled)}] {done}/{of}"
        is_last = done >= of
        if self.stdout.isatty():
            self.stdout.write(f"\r{line}", ending="\n" if is_last else "")
        elif is_last:
            self.stdout.write(line)
