"""What is translated and what is not, in counts and lists: pages and directory side by side, needs first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from directory.models import Organization, Service, ServiceTerm, TranslatedText
from directory.translation_states import Stated, all_states
from directory.translation_texts import KINDS, SOURCE, target_languages
from home.models import HomePage, PageText, PortalPage, RightsIndexPage
from home.translation_states import judge
from portal import languages
from portal.states import TextState

# In the order of importance: what a person in need meets first comes first.
GROUPS = {
    "needs": _("Needs, as a visitor taps them"),
    "finder": _("Guided finder"),
    "first-pages": _("Front page, overviews, list of rights"),
    "urgent-services": _("Services for urgent needs"),
    "pages": _("Other pages"),
    "services": _("Other services"),
    "organizations": _("Organizations"),
    "terms": _("Other terms"),
}
WORK = "work"
FINDER_PARTS = ("question", "answer")
SERVICE_PARTS = ("alternative", "cost", "document")
DESK = {
    "term": "directory_terms",
    "service": "directory_services",
    "organization": "directory_organizations",
    "location": "directory_locations",
    "question": "directory_finder",
    "confidential": "directory_confidential_places",
    "accessibility": "directory_accessibility",
}


@dataclass(frozen=True, slots=True)
class Item:
    """A text in a language: ``mark`` is what a list's box sends: "t12" for a text's row, "p7" for a page."""

    group: str
    language: str
    state: TextState
    title: str
    field: str
    source: str
    text: str
    url: str
    mark: str
    place: tuple[str, str]

    @property
    def tag(self) -> str:
        """The BCP 47 tag of the language."""
        return languages.get(self.language).tag


@dataclass
class Row:
    """A line of the table: counts of states by language."""

    group: str
    label: Any
    counts: dict[str, Counter[TextState]] = field(default_factory=dict)

    @property
    def to_do(self) -> int:
        """How many texts are not current, in all languages."""
        return sum(self.to_do_in(code) for code in self.counts)

    def to_do_in(self, code: str) -> int:
        """How many texts are not current in one language."""
        return sum(n for state, n in self.counts[code].items() if state != TextState.CURRENT)

    def cells(self) -> list[tuple[str, list[tuple[TextState, int]]]]:
        """Return language and its counts, the worst state first, in the order of the languages."""
        return [
            (code, [(state, found[state]) for state in TextState if found[state]])
            for code, found in self.counts.items()
        ]


def table(*, order: str = "") -> list[Row]:
    """Return the table by importance, by how much is to do (``WORK``), or by that in one language (its code).

    A fixed number of queries.
    """
    codes = target_languages()
    rows = {name: Row(name, label, {code: Counter() for code in codes}) for name, label in GROUPS.items()}
    for item in items():
        rows[item.group].counts[item.language][item.state] += 1
    found = list(rows.values())
    if order in codes:
        return sorted(found, key=lambda row: -row.to_do_in(order))
    return sorted(found, key=lambda row: -row.to_do) if order == WORK else found


def items(language: str = "", group: str = "", state: str = "") -> Iterator[Item]:
    """Yield every text that is translated, most important first, narrowed down as asked."""
    codes = (language,) if language else target_languages()
    found = [*_directory_items(codes), *_page_items(codes)]
    order = list(GROUPS)
    for item in sorted(found, key=lambda item: order.index(item.group)):
        if (not group or item.group == group) and (not state or item.state == state):
            yield item


def _directory_items(codes: Iterable[str]) -> Iterator[Item]:
    shown = {
        "service": set(Service.objects.published().values_list("pk", flat=True)),
        "organization": set(Organization.objects.published().values_list("pk", flat=True)),
    }
    urgent = set(ServiceTerm.objects.filter(term__urgent=True).values_list("service_id", flat=True))
    for kind in KINDS.values():
        rows = kind.records().select_related("taxonomy") if kind.name == "term" else kind.records()
        for stated in all_states(kind, rows, codes):
            group = _group_of(stated, shown, urgent)
            if group:
                yield _directory_item(stated, group)


def _group_of(stated: Stated, shown: dict[str, set[int]], urgent: set[int]) -> str:
    """Return the group of a text, or an empty string when no visitor can meet it."""
    name, record = stated.unit.kind.name, stated.unit.record
    if name == "term":
        return "needs" if record.taxonomy.key == "needs" else "terms"
    if name in FINDER_PARTS:
        question = record if name == "question" else record.question
        return "finder" if record.enabled and question.enabled else ""
    if name == "service" or name in SERVICE_PARTS:
        pk = record.pk if name == "service" else record.service_id
        return "" if pk not in shown["service"] else "urgent-services" if pk in urgent else "services"
    owner = record.pk if name == "organization" else getattr(record, "organization_id", None)
    return "organizations" if owner is None or owner in shown["organization"] else ""


def _directory_item(stated: Stated, group: str) -> Item:
    unit = stated.unit
    model_field: Any = unit.kind.model._meta.get_field(unit.field)
    return Item(
        group=group,
        language=stated.language,
        state=stated.state,
        title=str(unit.record if not unit.kind.owner else getattr(unit.record, unit.kind.owner)),
        field=str(model_field.verbose_name),
        source=unit.source,
        text=unit.texts.get(stated.language, ""),
        url=_desk_url(unit.kind.name, unit.record, unit.kind.owner),
        mark=f"t{stated.row.pk}" if stated.row else "",
        place=(unit.kind.name, unit.key),
    )


def _desk_url(kind: str, record: Any, owner: str) -> str:
    name, pk = (kind, record.pk) if kind in DESK else (owner, getattr(record, f"{owner}_id", None))
    try:
        return reverse(f"{DESK[name]}:edit", args=[pk])
    except (KeyError, NoReverseMatch):
        return ""


def _page_items(codes: Iterable[str]) -> Iterator[Item]:
    pages = Page.objects.filter(depth__gt=1, alias_of__isnull=True).select_related("locale", "content_type")
    states = PageText.objects.in_bulk(field_name="page_id")
    reviewed = _reviewed()
    by_key: dict[Any, dict[str, Page]] = {}
    for page in pages:
        by_key.setdefault(page.translation_key, {})[page.locale.language_code] = page
    for versions in by_key.values():
        source = versions.get(SOURCE)
        if source is None or not source.live:
            continue
        for code in codes:
            yield _page_item(source, versions.get(code), code, states, reviewed)


def _reviewed() -> dict[int, bool]:
    """Return whether a page was read by a native speaker, for the kinds of pages that have the mark."""
    models = [model for model in apps.get_app_config("home").get_models() if issubclass(model, PortalPage)]
    marked = [model for model in models if hasattr(model, "reviewed")]
    return {pk: mark for model in marked for pk, mark in model.objects.values_list("pk", "reviewed")}


def _page_item(
    source: Page, own: Page | None, code: str, states: dict[int, PageText], reviewed: dict[int, bool]
) -> Item:
    live = own is not None and own.live
    state = TextState.MISSING
    if own is not None and live:
        state = judge(states.get(own.pk), states.get(source.pk), is_reviewed=reviewed.get(own.pk, True))
    return Item(
        group=_page_group(source),
        language=code,
        state=state,
        title=source.title,
        field=str(_("draft")) if own is not None and not live else "",
        source="",
        text=own.title if own is not None else "",
        url=reverse("wagtailadmin_pages:edit", args=[(own or source).pk]),
        mark=f"p{own.pk}" if own is not None and live else "",
        place=("page", str(source.translation_key)),
    )


def _page_group(source: Page) -> str:
    model = source.content_type.model_class()
    first = model in (HomePage, RightsIndexPage) or source.slug.endswith("overview")
    return "first-pages" if first else "pages"


def marked(marks: Iterable[str]) -> tuple[list[int], list[int]]:
    """Return the rows of texts and the pages that a list's boxes name; anything else is left out."""
    known = [mark for mark in marks if mark[:1] in {"t", "p"} and mark[1:].isdigit()]
    texts = [int(mark[1:]) for mark in known if mark[0] == "t"]
    return texts, [int(mark[1:]) for mark in known if mark[0] == "p"]


def enabled() -> list[languages.Language]:
    """Return the languages of the table's columns."""
    wanted = set(target_languages())
    return [languages.get(code) for code in settings.PORTAL_LANGUAGES if code in wanted]


def changeable(pks: Iterable[int], user: Any) -> list[int]:
    """Return the rows whose kind of record this user may change."""
    rows = TranslatedText.objects.filter(pk__in=list(pks))
    allowed = {name for name, kind in KINDS.items() if user.has_perm(_change_permission(kind.model))}
    return [row.pk for row in rows if row.kind in allowed]


def _change_permission(model: Any) -> str:
    return f"{model._meta.app_label}.change_{model._meta.model_name}"
