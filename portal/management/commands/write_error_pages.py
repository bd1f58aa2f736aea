"""Write the error pages as plain files, for the server in front to show when this one does not answer (R50)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http import HttpRequest

from portal import error_views

STATUSES = (400, 403, 404, 429, 500, 503)


class Command(BaseCommand):
    """``manage.py write_error_pages FOLDER``."""

    help = "Writes FOLDER/<language>/<status>.html, for the server in front to show when this one is down."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            number = write_pages(options["folder"])
        except OSError as error:
            raise CommandError(
                f"{options['folder']} cannot be written: {error.strerror or error}."
            ) from error
        self.stdout.write(f"{number} pages written.")


def write_pages(folder: Path) -> int:
    """Write every error page in every enabled language below ``folder``; return how many."""
    for code in settings.PORTAL_LANGUAGES:
        (folder / code).mkdir(parents=True, exist_ok=True)
        for status in STATUSES:
            (folder / code / f"{status}.html").write_bytes(error_views.page(Asked(code), status).content)
    return len(settings.PORTAL_LANGUAGES) * len(STATUSES)


class Asked(HttpRequest):
    """A request for the front page of a language, as a browser would ask; the page takes its links from it."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self.method = "GET"
        self.path = self.path_info = f"/{code}/"
        self.META["HTTP_HOST"] = next(iter(settings.ALLOWED_HOSTS), "localhost").removeprefix(".")

    def _get_scheme(self) -> str:
        return "https" if getattr(settings, "PORTAL_HTTPS", False) else "http"
