"""Write the directory's texts for one language into a PO file, for translators who work outside."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.translation_po import BrokenPoFile, export_directory_po


class Command(BaseCommand):
    """``manage.py export_po sl directory-sl.po``."""

    help = "Writes the directory's texts for a language into a PO file; without a file, to the screen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("language", help="a code such as sl or ar")
        parser.add_argument("file", nargs="?", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = export_directory_po(options["language"])
        except BrokenPoFile as error:
            raise CommandError(str(error)) from None
        if options["file"] is None:
            self.stdout.write(content)
            return
        options["file"].write_text(content, encoding="utf-8")
        self.stdout.write(f"{options['file']}: written.")
