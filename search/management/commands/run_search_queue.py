"""Bring changed records into the search index outside the requests, where SEARCH_QUEUE is switched on."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search.index import process_pending


class Command(BaseCommand):
    """``manage.py run_search_queue``: runs until it is stopped."""

    help = "Indexes what waits, again and again; several may run, and stopping one loses nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=float, default=0.5, help="seconds between two looks (0.5)")
        parser.add_argument("--once", action="store_true", help="look once and end")

    def handle(self, *args: Any, **options: Any) -> None:
        while True:
            if done := process_pending():
                self.stdout.write(f"{done} records indexed.")
            if options["once"]:
                return
            time.sleep(options["every"])
