"""What the template of a rights page gets: the stream as plain parts, beside records of the directory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from directory.cards import PhoneView, phones_by_organization
from directory.models import Organization
from home.columns import name_columns
from portal.localized import LocalizedText, choose, localized

Raw = Mapping[str, Any]
# The parts that the list "on this page" names.
SECTIONS = ("rights", "guidance", "list", "law")


@dataclass(frozen=True, slots=True)
class Call:
    """An organization to call; ``why`` is in the language of the page."""

    name: LocalizedText
    url: str
    why: str
    phones: Sequence[PhoneView]


@dataclass(frozen=True, slots=True)
class Helper:
    """A service that helps with a right."""

    name: LocalizedText
    provider: LocalizedText
    url: str
    reason: LocalizedText


@dataclass(frozen=True, slots=True)
class Right:
    """A right with the services that realise it; none is said plainly."""

    key: str
    text: str
    note: str
    law: str
    source: str
    helpers: Sequence[Helper] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a page. ``heading`` is empty for the summary; ``anchor`` is its id in the page."""

    kind: str
    anchor: str
    heading: LocalizedText
    text: str = ""
    items: Sequence[Any] = ()
    source: str = ""
    key: str = ""

    @property
    def template(self) -> str:
        """The template that shows this kind of part."""
        return f"home/parts/{self.kind}.html"


@dataclass
class Builder:
    """Turns a raw stream into parts.

    ``asked`` is the reader's language, ``inside`` the page's own: a text in any other language than the
    page's carries its ``lang`` and ``dir``.
    """

    asked: str
    inside: str
    links: Iterable[Any] = ()
    query: str = ""
    _calls: dict[int, Call] = field(default_factory=dict)

    def build(self, stream: Iterable[Raw]) -> list[Part]:
        """Return the parts that can be shown; two queries when somebody is to be called, else none."""
        blocks = shown_blocks(stream)
        self._calls = self._callable(raw for raw, _anchor in blocks)
        self._helpers = self._by_right()
        parts = []
        for raw, anchor in blocks:
            part = BUILDERS[raw["type"]](self, raw["value"], anchor)
            if part.text or part.items:
                parts.append(part)
        return parts

    def within(self, text: LocalizedText) -> LocalizedText:
        """Return a text that marks itself when its language is not the page's."""
        return text.read_in(self.inside)

    def words(self, text: str) -> LocalizedText:
        """Return interface words, which are in the reader's language."""
        return LocalizedText(text, self.asked, self.inside)

    def content(self, text: str) -> LocalizedText:
        """Return a text of the page itself."""
        return LocalizedText(text, self.inside, self.inside)

    def phrases(self) -> dict[str, LocalizedText]:
        """Return the interface words that stand between texts of the page."""
        words = {
            "sections": _("On this page"),
            "helps": _("Who helps with this"),
            "nobody": _("We know no service for this here."),
            "ask": _("Ask one of those under “Whom to call”."),
            "providers": _("Ask somebody who can help."),
            "source": _("Source:"),
            "law": _("Law:"),
            "laws": _("The laws, as the source names them"),
        }
        return {name: self.words(text) for name, text in words.items()}

    def _callable(self, raws: Iterable[Raw]) -> dict[int, Call]:
        wanted = {
            entry["organization"]
            for raw in raws
            if raw["type"] == "call"
            for entry in values(raw["value"])
            if entry.get("organization")
        }
        if not wanted:
            return {}
        rows = Organization.objects.for_visitors().filter(pk__in=wanted)
        found = list(rows.only("code", "country", "parent_organization", *name_columns()))
        phones = phones_by_organization(found)
        return {
            org.pk: Call(
                name=self.within(localized(org, "name", self.asked)),
                url=reverse("directory:organization", args=[org.code]) + self.query,
                why="",
                phones=phones.get(org.pk, []),
            )
            for org in found
        }

    def _by_right(self) -> dict[str, list[Helper]]:
        found: dict[str, list[Helper]] = {}
        for link in self.links:
            service = link.service
            helper = Helper(
                name=self.within(localized(service, "name", self.asked)),
                provider=self.within(localized(service.organization, "name", self.asked)),
                url=reverse("directory:service", args=[service.code]) + self.query,
                reason=self.within(choose(link.reason, self.asked)),
            )
            found.setdefault(link.right_key, []).append(helper)
        return found

    def summary(self, value: str, anchor: str) -> Part:
        """What: the summary."""
        return Part("summary", anchor, self.words(_("In short")), text=value)

    def steps(self, value: Any, anchor: str) -> Part:
        """What to do: numbered steps."""
        return Part("steps", anchor, self.words(_("Do this now")), items=values(value))

    def call(self, value: Any, anchor: str) -> Part:
        """Whom to call: organizations that a visitor may see, with their phones."""
        shown = [
            replace(self._calls[entry["organization"]], why=entry.get("why", ""))
            for entry in values(value)
            if entry.get("organization") in self._calls
        ]
        return Part("call", anchor, self.words(_("Whom to call")), items=shown)

    def rights(self, value: Raw, anchor: str) -> Part:
        """Rights under a heading."""
        rights = [
            Right(
                key=entry.get("key", ""),
                text=entry.get("text", ""),
                note=entry.get("note", ""),
                law=entry.get("law", ""),
                source=entry.get("source", ""),
                helpers=self._helpers.get(entry.get("key", ""), ()),
            )
            for entry in values(value.get("rights"))
        ]
        return Part("rights", anchor, self.content(value.get("heading", "")), items=rights)

    def guidance(self, value: Raw, anchor: str) -> Part:
        """Advice for professionals under a heading."""
        heading, source = self.content(value.get("heading", "")), value.get("source", "")
        return Part(
            "guidance",
            anchor,
            heading,
            items=values(value.get("items")),
            source=source,
            key=value.get("key", ""),
        )

    def bring(self, value: Any, anchor: str) -> Part:
        """What to bring."""
        return Part("list", anchor, self.words(_("What to bring")), items=values(value))

    def deadlines(self, value: Any, anchor: str) -> Part:
        """Time limits."""
        return Part("list", anchor, self.words(_("Time limits")), items=values(value))

    def money(self, value: Any, anchor: str) -> Part:
        """What it costs, what you get."""
        return Part("list", anchor, self.words(_("Money")), items=values(value))

    def law(self, value: str, anchor: str) -> Part:
        """A law in plain words."""
        return Part("law", anchor, self.words(_("The law")), text=value)


BUILDERS = {
    name: getattr(Builder, name)
    for name in ("summary", "steps", "call", "rights", "guidance", "bring", "deadlines", "money", "law")
}


def shown_blocks(stream: Iterable[Raw]) -> list[tuple[Raw, str]]:
    """Return the raw blocks that a page can show, each with its anchor there; the search leads to these too."""
    known = (raw for raw in stream if raw["type"] in BUILDERS)
    return [(raw, f"p{number}") for number, raw in enumerate(known, 1)]


def values(raw: Any) -> list[Any]:
    """Return the values of a raw list block, in the form with ids or in the old one without."""
    items = raw or []
    return [
        item["value"] if isinstance(item, Mapping) and item.get("type") == "item" else item for item in items
    ]
