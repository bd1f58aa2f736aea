"""Shows that every row of the facts is on the site, or is hidden for one of three reasons."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from directory.choices import Audience, Publication, Publish
from directory.importers.files import read_csv, read_json
from directory.importers.pack import read_pages
from directory.management.crawler import Answer, Fetch, Seen, crawl, fetch_from, short
from directory.models import Organization, Service, TaxonomyTerm
from portal import languages
from portal.languages import DEFAULT_LANGUAGE
from portal.opaque import filter_code
from portal.plugins.registry import countries, site_pages

TERMS = Path(__file__).resolve().parents[2] / "data" / "taxonomy_terms.csv"
REASONS = {
    "publication": "the record is internal, or hidden as an editors’ task",
    "publish": "none of its contacts may be shown yet",
    "audience": "it is for professionals: in the API only",
}
GROUPS = {
    "O": "Organizations",
    "K": "Bodies of the contact list",
    "N": "Needs",
    "S": "Services",
    "R": "Rights",
    "P": "Ways in steps",
    "G": "Guidance for professionals",
    "H": "Numbers and events",
}
TOLD = ("R", "P", "G", "H")  # rows that stand in texts of pages, so in some languages
LISTS = ("organizations", "needs", "services", "rights")
MORE_LISTS = ("pathways", "guidance_for_professionals", "history_and_numbers")
PRESENT, MISSING, SHOWN = "present", "MISSING", "SHOWN ALTHOUGH HIDDEN"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the facts: where it was found, and the verdict about it."""

    fact_id: str
    in_pack: bool
    in_database: bool
    seen: bool | None
    reason: str = ""

    @property
    def state(self) -> str:
        """Whether the row is present, hidden for a reason of the list, or missing."""
        if not (self.in_pack and self.in_database):
            return MISSING
        if self.reason:
            return SHOWN if self.seen else f"hidden: {self.reason}"
        return MISSING if self.seen is False else PRESENT


class Command(BaseCommand):
    """``coverage``: exits with 1 when a row is missing without a reason."""

    help = "Compares the facts with the packs, the database and what a crawler of the site sees."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        crawled = parser.add_mutually_exclusive_group()
        crawled.add_argument("--base-url", default="", help="crawl this running site")
        crawled.add_argument("--in-process", action="store_true", help="crawl without a running site")
        parser.add_argument("--languages", default=DEFAULT_LANGUAGE, help="crawl these, such as en,sl,ar")
        parser.add_argument("--facts", type=Path, help="compare with this facts.json, too")
        parser.add_argument("--write", type=Path, help="write the tables into this Markdown file")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare, write and say; raises ``CommandError`` (exit 1) when a row is missing."""
        expected = pack_ids()
        wanted = {**dict.fromkeys(expected), **dict.fromkeys(facts_ids(options["facts"]))}
        crawled = self._crawl(options["base_url"], options["in_process"], options["languages"].split(","))
        seen = crawled.get(DEFAULT_LANGUAGE)
        rows = compare(sorted(wanted, key=_order), set(expected), seen)
        told = [told_in(language, found) for language, found in crawled.items()]
        text = report(rows, seen, rights_with_services(), bool(options["facts"]), told)
        if options["write"]:
            options["write"].write_text(text, encoding="utf-8")
        for line in [*summary(rows), *(each.line for each in told)]:
            self.stdout.write(line)
        if broken := [link for found in crawled.values() for link in found.broken]:
            raise CommandError(f"Broken links: {', '.join(broken[:20])}")
        if untold := [f"{each.language}: {', '.join(each.missing)}" for each in told if each.missing]:
            raise CommandError(f"Not found on a page in {'; '.join(untold)}")
        if wrong := [f"{row.fact_id} {row.state}" for row in rows if row.state in (MISSING, SHOWN)]:
            raise CommandError(f"Without a reason: {', '.join(wrong)}")

    def _crawl(self, base_url: str, in_process: bool, codes: list[str]) -> dict[str, Seen]:
        """Return what a visitor of each language sees; nothing when no site is to be crawled."""
        if not base_url and not in_process:
            return {}
        try:
            fetch = fetch_from(base_url) if base_url else fetch_in_process()
            return {code: crawl(fetch, code, self.stderr.write) for code in codes}
        except (OSError, ValueError) as error:
            raise CommandError(f"The site cannot be crawled: {error}") from error


def fetch_in_process() -> Fetch:
    """Return a fetcher that asks the site inside this process, without a server."""
    from django.test import Client  # deferred: only this option needs the test client

    allowed = [host for host in settings.ALLOWED_HOSTS if not host.startswith((".", "*", "["))]
    host = "testserver" if "testserver" in allowed or not allowed else allowed[0]
    client = Client(SERVER_NAME=host)

    def fetch(path: str) -> Answer:
        secure = bool(getattr(settings, "SECURE_SSL_REDIRECT", False))
        response = client.get(path, secure=secure)
        is_page = response.get("Content-Type", "").startswith("text/html")
        location = short(response.get("Location", ""), f"http{'s' * secure}://{host}")
        return Answer(response.status_code, location, response.content.decode() if is_page else "")

    return fetch


def pack_ids() -> list[str]:
    """Return the ids of every row that the enabled packs, the site’s pages and the shared terms bring."""
    needs = [row["fact_id"] for row in read_csv(TERMS) if row["taxonomy"] == "needs"]
    found = [fact_id for fact_id in needs if fact_id]
    for pack in countries:
        for name in ("organizations.json", "services.json"):
            found += [row["fact_id"] for row in read_json(pack.data / name, []) if row.get("fact_id")]
    return found + told_ids(DEFAULT_LANGUAGE)


def told_ids(language: str) -> list[str]:
    """Return the ids of the rows that the files’ pages tell in one language."""
    sections = [
        section
        for pack in (*countries, *site_pages)
        for page in read_pages(pack, language)
        for section in page.sections
    ]
    found = [right.key for section in sections for right in section.rights]
    found += [fact.key for section in sections for fact in section.facts]
    found += [key for section in sections for key in (section.pathway_key, section.guidance_key) if key]
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """How many rows the pages of one language must tell, and which of them no visitor finds."""

    language: str
    wanted: int
    missing: tuple[str, ...]

    @property
    def line(self) -> str:
        """One line about the language."""
        return f"In {self.language}: {self.wanted - len(self.missing)} of {self.wanted} rows found in texts"


def told_in(language: str, seen: Seen) -> Told:
    """Return what the pages of a language tell.

    The first languages promise every row; another one the rows of the pages that its files have.
    """
    source = languages.written_in(language)
    wanted = told_ids(DEFAULT_LANGUAGE if language in languages.FIRST_LANGUAGES else source)
    return Told(language, len(wanted), tuple(key for key in wanted if key not in seen.rights))


def _rights(pack: Any) -> list[Any]:
    pages = read_pages(pack, DEFAULT_LANGUAGE)
    return [right for page in pages for section in page.sections for right in section.rights]


def facts_ids(path: Path | None) -> list[str]:
    """Return the ids in a facts.json; raises ``CommandError`` when it cannot be read."""
    if path is None:
        return []
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        told = [row["id"] for name in MORE_LISTS for row in facts.get(name, ())]
        return [row["id"] for name in LISTS for row in facts[name]] + told
    except (OSError, ValueError, KeyError) as error:
        raise CommandError(f"{path} cannot be read as facts: {type(error).__name__}: {error}") from error


def compare(wanted: Iterable[str], in_packs: set[str], seen: Seen | None) -> list[Row]:
    """Return a row for each wanted id; ``seen`` is ``None`` when nothing was crawled."""
    organizations = {org.fact_id: org for org in Organization.objects.prefetch_related("phones", "contacts")}
    services = {service.fact_id: service for service in Service.objects.select_related("organization")}
    needs = dict(TaxonomyTerm.objects.filter(taxonomy__key="needs").values_list("fact_id", "slug"))
    rights = rights_in_database()
    rows = []
    for fact_id in wanted:
        known, shown, reason = False, False, ""
        if organization := organizations.get(fact_id):
            known, reason = True, organization_reason(organization)
            shown = seen is not None and organization.code in seen.organizations
        elif service := services.get(fact_id):
            known, reason = True, service_reason(service)
            shown = seen is not None and service.code in seen.services
        elif fact_id in needs:
            known = True
            shown = seen is not None and filter_code("need", needs[fact_id]) in seen.facets
        elif fact_id in rights:
            known = True
            shown = seen is not None and fact_id in seen.rights
        rows.append(Row(fact_id, fact_id in in_packs, known, shown if seen else None, reason))
    return rows


def organization_reason(organization: Organization) -> str:
    """Return why an organization is hidden, or an empty string."""
    if organization.publication == Publication.PUBLIC:
        return ""
    contacts = [*organization.phones.all(), *organization.contacts.all()]
    is_hidden = organization.publication == Publication.HIDDEN
    return "publish" if is_hidden and all(row.publish == Publish.NO for row in contacts) else "publication"


def service_reason(service: Service) -> str:
    """Return why a service has no page, or an empty string."""
    if service.publication != Publication.PUBLIC or organization_reason(service.organization):
        return "publication"
    return "" if service.audience == Audience.EVERYONE else "audience"


def rights_in_database() -> set[str]:
    """Return the ids of the rows that stand in the texts of live pages.

    The pages belong to ``home``, which stands above this package: it is asked through the app registry.
    """
    if not apps.is_installed("home"):
        return set()
    found: set[str] = set()
    for model in apps.get_app_config("home").get_models():
        if not hasattr(model, "body"):
            continue
        for body in model._default_manager.filter(live=True).values_list("body", flat=True):
            blocks = json.dumps(body.get_prep_value() if hasattr(body, "get_prep_value") else str(body))
            found |= set(re.findall(rf"\b[{''.join(TOLD)}]\d+\b", blocks))
    return found


def rights_with_services() -> tuple[int, int]:
    """Return how many rights a published service realises, and how many none does, by the packs' mapping."""
    names = Service.objects.for_visitors().values_list("key", "fact_id")
    shown = {name for pair in names for name in pair if name}
    rights = [right for pack in countries for right in _rights(pack)]
    linked = sum(any(key in shown for key, _reason in right.services) for right in rights)
    return linked, len(rights) - linked


def _order(fact_id: str) -> tuple[int, int]:
    letters, digits = fact_id[:1], fact_id[1:]
    return (list(GROUPS).index(letters) if letters in GROUPS else len(GROUPS), int(digits or 0))


def summary(rows: list[Row]) -> list[str]:
    """Return one line a group: how many rows, present, hidden by reason, missing."""
    lines = []
    for letter, title in GROUPS.items():
        group = [row for row in rows if row.fact_id.startswith(letter)]
        hidden = [f"{_count(group, f'hidden: {reason}')} hidden ({reason})" for reason in REASONS]
        said = [text for text in hidden if not text.startswith("0 ")]
        wrong = _count(group, MISSING) + _count(group, SHOWN)
        parts = [f"{_count(group, PRESENT)} present", *said, f"{wrong} missing or wrongly shown"]
        lines.append(f"{title}: {len(group)} rows, {', '.join(parts)}")
    return lines


def _count(rows: list[Row], state: str) -> int:
    return sum(row.state == state for row in rows)


def report(
    rows: list[Row], seen: Seen | None, linked: tuple[int, int], with_facts: bool, told: Iterable[Told] = ()
) -> str:
    """Return the whole document as Markdown; ``linked`` counts rights with and without a service."""
    crawled = f"{seen.pages} pages were crawled" if seen else "no site was crawled"
    against = "facts.json, the packs’ files" if with_facts else "the packs’ files"
    lines = [
        "# Coverage",
        "",
        "Written by `manage.py coverage`; do not edit. Every row of the facts is on the site, or is hidden",
        "for one of the reasons below.",
        "",
        f"Compared: {against}, the database, and the site ({crawled}, in English).",
        "",
        *[f"- {line}" for line in summary(rows)],
        f"- Rights with at least one service that realises them: {linked[0]}; with none: {linked[1]}.",
        *[f"- {each.line}." for each in told],
        "",
        "Reasons:",
        "",
        *[f"- `{name}`: {words}." for name, words in REASONS.items()],
    ]
    for letter, title in GROUPS.items():
        group = [row for row in rows if row.fact_id.startswith(letter)]
        lines += ["", f"## {title}", "", "| Row | In the packs | In the database | On the site | State |"]
        lines += ["| --- | --- | --- | --- | --- |", *[_line(row) for row in group]]
    return "\n".join(lines) + "\n"


def _line(row: Row) -> str:
    words = {True: "yes", False: "no", None: "–"}
    cells = (row.fact_id, words[row.in_pack], words[row.in_database], words[row.seen], row.state)
    return f"| {' | '.join(cells)} |"
