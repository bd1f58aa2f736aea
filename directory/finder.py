"""The guided finder: one question a page, its state in the address as opaque codes, no script, no storage.

The trail in the path says which pages were seen, the last one is this page; ``f`` says what was chosen.
Back is the trail without its last page, with everything that was chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from django.urls import reverse

from directory.choices import FinderKind
from directory.filters import Chosen
from directory.finder_values import span
from directory.models import FinderAnswer, FinderQuestion, TaxonomyTerm
from directory.sealed_links import query_of, services_address
from portal import opaque
from portal.localized import LocalizedText, choose, localized
from portal.plugins.registry import enabled_countries

MOST_TILES = 6
MOST_STEPS = 20


@lru_cache(maxsize=256)
def step_code(key: str) -> str:
    """Return the opaque code of a question in the path."""
    return opaque.code("finder", key, length=4)


OTHER = opaque.code("finder-mode", "other", length=4)
"""In the trail: the visitor asks for somebody else."""
REST = opaque.code("finder-mode", "rest", length=4)
"""At the trail's end: the needs that the first screen does not show."""


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of a page: a link with its picture; ``selected`` when it was chosen before."""

    plain: str | LocalizedText
    url: str
    icon: str = ""
    selected: bool = False


@dataclass(frozen=True)
class Walk:
    """Where a visitor is: the questions there are, the pages seen, and what was chosen."""

    questions: Mapping[str, FinderQuestion]
    seen: tuple[str, ...]
    chosen: Chosen
    other: bool = False
    rest: bool = False
    place: str = field(default="", repr=False)

    @property
    def question(self) -> FinderQuestion | None:
        """The question of this page; none when nothing is asked at all."""
        return self.questions[self.seen[-1]] if self.seen else None

    @property
    def trail(self) -> str:
        """The path's part that says where the visitor is."""
        codes = [*([OTHER] if self.other else []), *self.seen, *([REST] if self.rest else [])]
        return "-".join(codes)

    @property
    def address(self) -> str:
        """The address of this page with what was chosen."""
        if len(self.seen) < 2 and not self.rest:
            return reverse("directory:finder") + query_of(self.chosen)
        return reverse("directory:finder_step", args=[self.trail]) + query_of(self.chosen)

    @property
    def back_url(self) -> str:
        """The page before this one with everything chosen; empty on the first page."""
        if self.rest:
            return replace(self, rest=False).address
        return replace(self, seen=self.seen[:-1]).address if len(self.seen) > 1 else ""

    @property
    def progress(self) -> tuple[int, int]:
        """Which of the questions that everybody is asked this is, and of how many; 0 on a branch."""
        main = [code for code, question in self.questions.items() if not question.branch]
        here = self.seen[-1] if self.seen else ""
        return (main.index(here) + 1 if here in main else 0, len(main))

    def without(self, name: str) -> str:
        """Return the address of this page when what was chosen for a filter is taken back."""
        return replace(self, chosen=self.chosen.with_value(name, "")).address

    def text(self, record: FinderQuestion | FinderAnswer, name: str) -> LocalizedText:
        """Return a text, the one about somebody else where there is one and it is asked for."""
        return (self.other and localized(record, f"{name}_other")) or localized(record, name)

    def next_question(self, wanted: FinderQuestion | None = None) -> FinderQuestion | None:
        """Return what is asked next: where an answer leads, else the next in order; nothing twice."""
        for code in (step_code(wanted.key) if wanted else "", self._own_next()):
            if code in self.questions and code not in self.seen:
                return self.questions[code]
        main = [code for code, question in self.questions.items() if not question.branch]
        last = max((main.index(code) for code in self.seen if code in main), default=-1)
        return next((self.questions[code] for code in main[last + 1 :]), None)

    def _own_next(self) -> str:
        """Return the code of the question that this page itself leads to, or an empty string."""
        pk = self.question.next_id if self.question else None
        return next((code for code, question in self.questions.items() if question.pk == pk), "")

    def next_url(
        self, chosen: Chosen | None = None, wanted: FinderQuestion | None = None, *, other: bool | None = None
    ) -> str:
        """Return the address after this page: the next question, or the list of services at the end."""
        chosen = self.chosen if chosen is None else chosen
        following = self.next_question(wanted)
        if following is None:
            return services_address(chosen)
        further = replace(self, seen=(*self.seen, step_code(following.key)), chosen=chosen, rest=False)
        return replace(further, other=self.other if other is None else other).address


def walk(trail: str, chosen: Chosen) -> Walk:
    """Return where ``trail`` leads; one that means nothing (any more) is the first page."""
    questions = {step_code(question.key): question for question in _asked()}
    codes = trail.split("-")[:MOST_STEPS]
    seen = tuple(dict.fromkeys(code for code in codes if code in questions))
    first = next((code for code, question in questions.items() if not question.branch), None)
    if not seen and first:
        seen = (first,)
    here = Walk(questions, seen, chosen, OTHER in codes)
    is_needs = here.question is not None and here.question.kind == FinderKind.NEEDS
    return replace(here, rest=is_needs and codes[-1] == REST)


def _asked() -> Iterable[FinderQuestion]:
    questions = FinderQuestion.objects.filter(enabled=True).select_related("term")
    return list(questions.prefetch_related("answers__next").order_by("order", "key"))


def options(here: Walk, terms: Sequence[TaxonomyTerm]) -> list[Option]:
    """Return the choices of this page."""
    question = here.question
    if question is None:
        return []
    if question.kind == FinderKind.NEEDS:
        return list(_needs(here, question, terms))
    if question.kind == FinderKind.PLACE:
        return list(_countries(here))
    return [_answer(here, answer) for answer in answers(question) if localized(answer, "text")]


def answers(question: FinderQuestion) -> list[FinderAnswer]:
    """Return the answers that are shown, in order; no query."""
    return sorted((one for one in question.answers.all() if one.enabled), key=lambda one: (one.order, one.pk))


def _answer(here: Walk, answer: FinderAnswer) -> Option:
    sets = bool(answer.filter) and not (answer.filter == "age" and "-" in answer.value)
    chosen = here.chosen.with_value(answer.filter, answer.value) if sets else here.chosen
    url = here.next_url(chosen, answer.next, other=True if answer.for_other else None)
    selected = sets and here.chosen.values.get(answer.filter) == answer.value
    return Option(here.text(answer, "text"), url, answer.icon, selected)


def _needs(here: Walk, question: FinderQuestion, terms: Sequence[TaxonomyTerm]) -> Iterator[Option]:
    leads = {answer.value: answer.next for answer in answers(question) if answer.filter == "need"}
    first = sorted((term for term in terms if term.front_page), key=lambda term: term.front_page)[:MOST_TILES]
    shown = [term for term in terms if term not in first] if here.rest else first
    for term in shown:
        chosen = here.chosen.with_value("need", term.slug)
        plain = localized(term, "name" if here.other else "plain") or localized(term, "name")
        selected = here.chosen.values.get("need") == term.slug
        yield Option(plain, here.next_url(chosen, leads.get(term.slug)), term.icon, selected)


def _countries(here: Walk) -> Iterator[Option]:
    for country in enabled_countries():
        chosen = here.chosen.with_value("area", "").with_value("country", country.code)
        selected = here.chosen.values.get("country") == country.code
        yield Option(choose(country.name), here.next_url(chosen), "place", selected)


def age_url(here: Walk, age: int) -> str:
    """Return where an age leads: for "0-17" an answer may name a page of its own."""
    found = answers(here.question) if here.question else []
    spans = ((span(answer.value), answer) for answer in found if answer.filter == "age")
    wanted = next((answer.next for ages, answer in spans if ages and age in ages), None)
    return here.next_url(here.chosen.with_value("age", str(age)), wanted)
