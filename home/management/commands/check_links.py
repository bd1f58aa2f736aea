"""Ask the sites that we link to whether they still answer; prints a report and leaves tasks for editors."""

from __future__ import annotations

from argparse import ArgumentParser
from hashlib import blake2b
from typing import Any

from django.core.management.base import BaseCommand
from wagtail.models import Page

from directory.choices import NoteKind
from directory.models import EditorNote
from home.link_report import Checked, check_links, outside_links
from home.models import PortalPage

KEY = "link-"


class Command(BaseCommand):
    """``manage.py check_links``: the one request that leaves the server, and only when a person starts it."""

    help = "Asks every outside link once; prints a report, makes a task for each that is broken."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--timeout", type=float, default=10.0, help="seconds for each address (10)")

    def handle(self, *args: Any, **options: Any) -> None:
        pages = [page for page in Page.objects.live().specific() if isinstance(page, PortalPage)]
        done = list(check_links(outside_links(pages), timeout=options["timeout"]))
        broken = [row for row in done if row.is_broken]
        for row in done:
            self.stdout.write(
                f"{row.status or 'no answer':>9}  {row.link.url}  ({row.link.place}) {row.reason}"
            )
        self._note(broken)
        self.stdout.write(f"{len(done)} links, {len(broken)} broken.")

    def _note(self, broken: list[Checked]) -> None:
        """Leave one task for each broken link, and close those of links that answer again."""
        keys = set()
        for row in broken:
            key = KEY + blake2b(f"{row.link.url} {row.link.place}".encode(), digest_size=8).hexdigest()
            keys.add(key)
            text = f"{row.link.url} does not answer ({row.status or row.reason}). It stands in: {row.link.place}."
            EditorNote.objects.update_or_create(
                key=key, defaults={"kind": NoteKind.TASK, "text": text, "done": False}
            )
        EditorNote.objects.filter(key__startswith=KEY, done=False).exclude(key__in=keys).update(done=True)
