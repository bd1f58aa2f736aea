"""Search as a visitor does, for operators: what is found, in which order; writes nothing anywhere."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from portal import languages
from portal.plugins.registry import country_codes
from search import presenters
from search.engine import get_engine
from search.highlight import Marker
from search.presenters import Asked, Presenter


class Command(BaseCommand):
    """``manage.py search "words" --language sl``."""

    help = "Prints what a visitor finds: rank, key, name, answer. The words are kept nowhere."

    def add_arguments(self, parser: ArgumentParser) -> None:
        kinds = [presenter.kind for presenter in presenters.registered()]
        parser.add_argument("words", help="what a visitor would type")
        parser.add_argument(
            "--language", default=languages.DEFAULT_LANGUAGE, help="language of the names (en)"
        )
        parser.add_argument("--kind", choices=kinds, help="one kind only")
        parser.add_argument("--country", default="", help="ISO code of a country")
        parser.add_argument("--limit", type=int, default=10, help="findings of each kind (10)")

    def handle(self, *args: Any, **options: Any) -> None:
        language, country = options["language"], options["country"].upper()
        if language not in settings.PORTAL_LANGUAGES:
            raise CommandError(f"{language} is not enabled: {', '.join(settings.PORTAL_LANGUAGES)}.")
        if country and country not in country_codes():
            raise CommandError(f"{country} is not enabled: {', '.join(country_codes())}.")
        if options["limit"] < 1:
            raise CommandError("The limit must be 1 or more.")
        asked = Asked(options["words"], country)
        with translation.override(language):
            for presenter in presenters.registered():
                if options["kind"] in (None, presenter.kind):
                    self._print(presenter, asked, options["limit"])

    def _print(self, presenter: Presenter, asked: Asked, limit: int) -> None:
        result = get_engine().search(replace(presenter.query(asked), limit=limit, count_left_out=False))
        self.stdout.write(f"{presenter.kind}: {result.total}{_notes(result)}")
        for rank, hit in enumerate(result.hits, 1):
            cards = presenter.cards([hit], asked, Marker(""))
            name = presenter.name_of(cards[0]) if cards else "(no longer public)"
            self.stdout.write(f"{rank:>3}  {hit.key:<40}  {name}  [{hit.answer.name.lower()}]")


def _notes(result: Any) -> str:
    notes = [f"searched for “{result.corrected}”"] if result.corrected else []
    notes += ["a cry for help"] if result.is_distress else []
    notes += ["answered by the stand-in engine"] if result.is_degraded else []
    return f"  ({', '.join(notes)})" if notes else ""
