"""Writes docs/eligibility.md: what limits who may come, in the source's words and as structured data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from directory.models import Service

INTRO = """\
# Eligibility: words of the sources and what became of them

Written by `manage.py eligibility_table`; do not edit.

Only the filters that somebody chose are judged; with none chosen, no answer is shown. A filter gives one of
three answers: it **fits**, it is **unknown** (ask first), or it **fails**. A service has one or more
alternatives, ways to be eligible ("over 65 or ill"). An alternative is as good as its worst answer. A service
is as good as its best alternative. So a service is left out only when every alternative surely fails.

- No limit stated on age, gender or papers means anyone. "Unknown" is another value than "anyone".
- Unknown means ask first, for: free, day and night, anonymous, language, disability, with children, and
  whether the police must be told.
- A limit in words that no filter asks for (means, health, residence, a court case …) turns "fits" into "ask
  first". To be a victim of trafficking or violence, in danger, or family of a victim counts as met.
- The gender "diverse" is never excluded: where a source names women or men only, it is "ask first".
- Alternatives of a source replace its flat age and gender. "Child" in a reason is also an age of at most 17.
- A service that is reported closed is "ask first" at best; what its conditions exclude stays left out.

The last column says what stays in words, to be asked first. A dash means that nothing does.
"""
HEAD = (
    "| Row | Service | Words of the source | Structured | Stays “ask first” |\n"
    "| --- | --- | --- | --- | --- |\n"
)


class Command(BaseCommand):
    """``eligibility_table``: one row for every service whose source limits who may come."""

    help = "Writes the table of eligibility: words of the source, what is structured, what stays to ask."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the option."""
        parser.add_argument("--write", type=Path, help="write into this Markdown file, not to the screen")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the table; the number of its rows goes to the screen."""
        text, number = table()
        if options["write"] is None:
            self.stdout.write(text)
            return
        options["write"].write_text(text, encoding="utf-8")
        self.stdout.write(f"{number} services")


def table() -> tuple[str, int]:
    """Return the document and the number of services in it."""
    services = sorted(Service.objects.exclude(source_words=""), key=_order)
    return f"{INTRO}\n{len(services)} services.\n\n{HEAD}{''.join(_row(row) for row in services)}", len(
        services
    )


def _order(service: Service) -> tuple[int, str]:
    digits = "".join(sign for sign in service.fact_id if sign.isdigit())
    return int(digits or 9999), service.key


def _row(service: Service) -> str:
    texts = (service.fact_id, str(service), service.source_words, service.structured, service.stays_ask_first)
    return f"| {' | '.join(_cell(text) for text in texts)} |\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;") or "–"
