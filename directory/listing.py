"""The list of services: the form with its counts, the hits as cards, and what to do when nothing fits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory import cards, reasons
from directory.choices import Audience
from directory.filters import BY_NAME, FILTERS, YES, Chosen, to_query
from directory.models import Area, Organization, Service, TaxonomyTerm
from directory.sealed_links import query_of, services_address
from portal import languages
from portal.localized import LocalizedText, choose, localized
from portal.opaque import filter_code as code_of
from portal.plugins import Count, Hit, SearchQuery, SearchResult
from portal.plugins.registry import enabled_countries
from search.engine import get_engine
from search.highlight import Marker, mark_fields

PAGE_SIZE = 8  # a page stays within its budget of 11 kB in every language
FEW = 5  # beside the whole form
MOST_PAGES = 50
MARKED = ("name", "organization_name", "summary")
LATER = {"kind", "papers", "language", "flags"}
"""The groups of the form that come after "more choices", unless something was chosen there."""
FLAGS = ("free", "always", "anonymous", "police", "children", "disability")
SELECTS = ("need", "kind", "papers", "language")


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of a group, with what it would show."""

    value: str
    label: str | LocalizedText
    match: int = 0
    ask: int = 0
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A group of the filter form; ``kind`` is "radio", "select", "checks", "number" or "text"."""

    name: str
    legend: str
    kind: str
    value: str = ""
    choices: tuple[Choice, ...] = ()
    help: str = ""


@dataclass(frozen=True, slots=True)
class Drop:
    """A filter to drop, what dropping it shows, and the link that drops it."""

    label: str | LocalizedText
    number: int
    url: str


@dataclass
class Listing:
    """Everything that the list page shows."""

    chosen: Chosen
    result: SearchResult
    cards: list[cards.ServiceCard]
    groups: list[Group]
    chips: list[Drop]
    left_out: list[Drop]
    heading: str | LocalizedText
    summary: str
    pager: dict[str, Any] = field(default_factory=dict)
    area: Area | None = None
    neighbours: list[Drop] = field(default_factory=list)
    more_url: str = ""
    all_url: str = ""


def need_terms() -> list[TaxonomyTerm]:
    """Return the needs in their order; one query."""
    return list(TaxonomyTerm.objects.filter(taxonomy__key="needs").order_by("order"))


def need_codes(terms: list[TaxonomyTerm]) -> dict[str, tuple[str, str]]:
    """Return the opaque codes of the needs."""
    return {code_of("need", term.slug): ("need", term.slug) for term in terms}


def area_codes(text: str) -> dict[str, tuple[str, str]]:
    """Return the areas that the codes in ``text`` name; no query when none can be one."""
    long = [code for code in text.split(".")[:30] if len(code) == 5]
    if not long:
        return {}
    return {area.code: ("area", area.key) for area in Area.objects.filter(code__in=long)}


def country_query(chosen: Chosen) -> str:
    """Return the query string that carries the chosen country only."""
    code = chosen.values.get("country", "")
    return f"?f={code_of('country', code)}" if code else ""


def build(
    chosen: Chosen, terms: list[TaxonomyTerm], area: Area | None, page: int, base: str, *, more: bool = False
) -> Listing:
    """Return the list for what was chosen; ``base`` is the path that its pages share, ``more`` the whole form."""
    query = _query(chosen, terms, area)
    result, page, pages = _page_of(query, page) if not more else (_first_of(query), 1, 1)
    labels = chosen_labels(chosen, terms, area)
    mark = Marker(result.corrected or chosen.words)
    groups = _groups(chosen, terms, result.facet_counts)
    shown = groups if more else _first_groups(groups)
    here = _Links(chosen, base)
    return Listing(
        chosen=chosen,
        result=result,
        cards=service_cards(result.hits, chosen, labels, area, mark),
        groups=shown,
        chips=[here.without(name, label, 0) for name, label in labels.items()],
        left_out=[
            here.without(name, labels.get(name, ""), number)
            for name, number in sorted(result.left_out.items(), key=lambda pair: -pair[1])
            if name != "need" or not result.total
        ],
        heading=labels.get("need") or _("Services"),
        summary=_summary(chosen, result),
        pager=pager(base, page, pages, here.query),
        area=area,
        neighbours=_neighbours(here, area) if area and not result.total else [],
        all_url=here.to(chosen) if more else "",
        more_url="" if len(shown) == len(groups) else f"{base}{here.query}{'&' if here.query else '?'}m=1",
    )


def _page_of(query: SearchQuery, page: int) -> tuple[SearchResult, int, int]:
    """Ask the engine for one page, the last one when there are fewer; return it, its number and how many."""
    page = min(max(page, 1), MOST_PAGES)
    result = get_engine().search(replace(query, offset=(page - 1) * PAGE_SIZE, limit=PAGE_SIZE))
    pages = max(1, min(MOST_PAGES, -(-result.total // PAGE_SIZE)))
    return (result, page, pages) if page <= pages else _page_of(query, pages)


@dataclass(frozen=True, slots=True)
class _Links:
    """The addresses that a list leads to: with typed words they share its sealed path, so they stay short."""

    chosen: Chosen
    base: str

    @property
    def query(self) -> str:
        """The query of this list itself."""
        return query_of(self.chosen) if self.chosen.codes else self._none

    @property
    def _none(self) -> str:
        return "?f=" if self._is_sealed else ""

    @property
    def _is_sealed(self) -> bool:
        return bool(self.chosen.words or self.chosen.place)

    def to(self, chosen: Chosen) -> str:
        """Return the address of another choice with the same words and place."""
        if self._is_sealed and (chosen.words, chosen.place) == (self.chosen.words, self.chosen.place):
            return f"{self.base}{query_of(chosen) or self._none}"
        return services_address(chosen)

    def without(self, name: str, label: str | LocalizedText, number: int) -> Drop:
        """Return the link that drops a filter; a place that was typed goes with its area."""
        left = self.chosen.with_value(name, "")
        left = replace(left, place="") if name == "area" else left
        return Drop(label or str(BY_NAME[name].label), number, self.to(left))


def _first_of(query: SearchQuery) -> SearchResult:
    return get_engine().search(replace(query, offset=0, limit=FEW))


def _neighbours(here: _Links, area: Area) -> list[Drop]:
    """Return municipalities of the same region in which something fits, and how much."""
    near = list(Area.objects.filter(parent_id=area.parent_id or area.pk).exclude(pk=area.pk))
    restrict = {"audience": Audience.EVERYONE.value, "country": area.country}
    keys = tuple(each.key for each in near)
    counts = get_engine().search(to_query(here.chosen, {"area": keys}, restrict)).facet_counts["area"]
    found = [(each, counts[each.key].match + counts[each.key].ask) for each in near]
    return [
        Drop(
            localized(each, "name"),
            number,
            here.to(replace(here.chosen.with_value("area", each.key), place="")),
        )
        for each, number in found
        if number
    ]


def _query(chosen: Chosen, terms: list[TaxonomyTerm], area: Area | None) -> SearchQuery:
    spoken = [lang.code for lang in languages.CATALOGUE if lang.code != "sr-cyrl"]
    counted = {item.name: item.values() for item in FILTERS if item.kind != "number" and item.name != "area"}
    counted |= {
        "need": tuple(term.slug for term in terms),
        "country": tuple(country.code for country in enabled_countries()),
        "language": tuple(spoken),
    }
    restrict = {"audience": Audience.EVERYONE.value}
    if area is not None:
        restrict["country"] = area.country
    return to_query(chosen, counted, restrict)


def chosen_labels(
    chosen: Chosen, terms: list[TaxonomyTerm], area: Area | None
) -> dict[str, str | LocalizedText]:
    """Return what was chosen in words, by filter, in the order of the filters."""
    return {
        item.name: value_label(item.name, chosen.values[item.name], terms, area)
        for item in FILTERS
        if item.name in chosen.values
    }


def value_label(
    name: str, value: str, terms: list[TaxonomyTerm], area: Area | None = None
) -> str | LocalizedText:
    """Return one value of a filter in the reader's words."""
    if name == "need":
        return next((localized(term, "plain") for term in terms if term.slug == value), value)
    if name == "age":
        return ngettext("%(age)s year", "%(age)s years", int(value)) % {"age": value}
    if name == "area":
        return localized(area, "name") if area else value
    if name == "country":
        return cards.country_name(value)
    if name == "language":
        return languages.get(value).own_name
    item = BY_NAME[name]
    return str(item.choices[value]) if value in item.choices else str(item.label)


def service_cards(
    hits: Iterable[Hit], chosen: Chosen, labels: reasons.Labels, area: Area | None, mark: Marker
) -> list[cards.ServiceCard]:
    """Return the cards of hits, of what a visitor may see at this moment, with the found words marked."""
    services = {
        service.key: service
        for service in Service.objects.for_visitors()
        .filter(key__in=[hit.key for hit in hits])
        .select_related("organization")
        .prefetch_related("alternatives")
    }
    shown = [(hit, services[hit.key]) for hit in hits if hit.key in services]
    phones = cards.phones_by_organization(service.organization for _hit, service in shown)
    members = _members(area, [service.organization for _hit, service in shown])
    states = cards.service_states(service for _hit, service in shown)
    made = [
        cards.service_card(
            service,
            phones.get(service.organization_id, []),
            answer=reasons.answer_word(hit, chosen),
            reason=reasons.reason(service, hit, chosen, labels),
            query=country_query(chosen),
            member=members.get(service.organization_id),
            state=states[service.pk],
        )
        for hit, service in shown
    ]
    return [mark_fields(replace(card, anchor=f"s-{card.code}"), MARKED, mark) for card in made]


def national_lines(country: str) -> list[cards.ServiceCard]:
    """Return the lines that are open day and night, of one country or of all: for a list that has no match."""
    services = Service.objects.for_visitors().filter(is_open_24_7=True, service_type__slug="helpline")
    if country:
        services = services.filter(country=country)
    found = list(services.select_related("organization").order_by("key"))
    phones = cards.phones_by_organization(service.organization for service in found)
    return cards.service_cards(found, phones)


def _members(area: Area | None, organizations: list[Organization]) -> dict[int, Organization]:
    """Return, by network, the member that a table names for this municipality; no table, no name."""
    networks = {org.pk for org in organizations if org.is_network}
    if area is None or not networks:
        return {}
    members = Organization.objects.published().filter(network_id__in=networks, areas__area=area)
    return {member.network_id: member for member in members if member.network_id is not None}


Counts = Mapping[str, Mapping[str, Count]]
Labelled = Sequence[tuple[str, str | LocalizedText]]


def _groups(chosen: Chosen, terms: list[TaxonomyTerm], counts: Counts) -> list[Group]:
    """Return the groups of the filter form in their order."""

    def group(name: str, kind: str, labelled: Labelled, legend: str = "") -> Group:
        choices = _choices(name, labelled, chosen, counts)
        choices = _of_use(choices) if kind == "select" else choices
        return Group(name, legend or str(BY_NAME[name].label), kind, chosen.values.get(name, ""), choices)

    spoken = [(lang.code, lang.own_name) for lang in languages.CATALOGUE if lang.code != "sr-cyrl"]
    return [
        group("need", "select", [(term.slug, localized(term, "plain")) for term in terms]),
        group("gender", "radio", _fixed("gender")),
        Group("age", str(BY_NAME["age"].label), "number", chosen.values.get("age", "")),
        group("country", "radio", [(each.code, choose(each.name)) for each in enabled_countries()]),
        Group("place", _("Town"), "text", chosen.place, help=_("You can also choose it from a list below.")),
        Group("words", _("Search words"), "text", chosen.words, help=_("They are not kept.")),
        group("kind", "select", _fixed("kind")),
        group("papers", "select", _fixed("papers")),
        group("language", "select", spoken),
        Group("flags", _("It must be"), "checks", "", _flags(chosen, counts)),
    ]


def _first_groups(groups: list[Group]) -> list[Group]:
    """Return the groups that a list shows at first: what is asked later stands there when it was chosen."""
    return [group for group in groups if group.name not in LATER or _is_used(group)]


def _is_used(group: Group) -> bool:
    return any(choice.selected for choice in group.choices)


def _fixed(name: str) -> list[tuple[str, str | LocalizedText]]:
    return [(value, str(label)) for value, label in BY_NAME[name].choices.items()]


def _choices(name: str, labelled: Labelled, chosen: Chosen, counts: Counts) -> tuple[Choice, ...]:
    tally = counts.get(name, {})
    return tuple(
        Choice(
            value,
            label,
            tally.get(value, Count()).match,
            tally.get(value, Count()).ask,
            chosen.values.get(name) == value,
        )
        for value, label in labelled
    )


def _of_use(choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Leave out what would show nothing; all stay when nothing would show anything."""
    kept = tuple(choice for choice in choices if choice.match or choice.ask or choice.selected)
    return kept if any(choice.match or choice.ask for choice in kept) else choices


def _flags(chosen: Chosen, counts: Counts) -> tuple[Choice, ...]:
    found = [(name, counts.get(name, {}).get(YES, Count())) for name in FLAGS]
    return tuple(
        Choice(name, str(BY_NAME[name].label), count.match, count.ask, name in chosen.values)
        for name, count in found
    )


def _summary(chosen: Chosen, result: SearchResult) -> str:
    if not chosen.values:
        return ngettext("%(n)s service.", "%(n)s services.", result.total) % {"n": result.total}
    fits = ngettext("%(n)s service fits.", "%(n)s services fit.", result.match_total) % {
        "n": result.match_total
    }
    ask = ngettext("%(n)s more may help: ask first.", "%(n)s more may help: ask first.", result.ask_total)
    return f"{fits} {ask % {'n': result.ask_total}}" if result.ask_total else fits


def pager(base: str, page: int, pages: int, query: str) -> dict[str, Any]:
    """Return the links of a list of pages; ``query`` is carried along."""
    joint = "&" if query else "?"

    def link(number: int) -> str:
        return f"{base}{query}{joint}page={number}" if number > 1 else f"{base}{query}"

    return {
        "page": page,
        "pages": pages,
        "previous_url": link(page - 1) if page > 1 else "",
        "next_url": link(page + 1) if page < pages else "",
    }
