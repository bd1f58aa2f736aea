"""Rebuild the search index; readers see the old one until the new one is whole."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from search.index import rebuild_all


class Command(BaseCommand):
    """``manage.py rebuild_index``."""

    help = "Builds the search index anew from what is public; safe to stop and to run at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        def say(kind: str, number: int) -> None:
            self.stdout.write(f"{kind}: {number}")

        total = rebuild_all(say)
        self.stdout.write(self.style.SUCCESS(f"{total} records are findable."))
