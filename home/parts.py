"""What the template of a rights page gets: the stream as plain parts, beside records of the directory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.rich_text import expand_db_html

from directory.cards import PhoneView, phones_by_organization
from directory.models import Organization
from directory.source_words import told
from home.blocks import plugin_blocks
from home.columns import name_columns
from home.glossary import Finder, Word
from home.inserts import FILLED
from portal import dates
from portal.localized import LocalizedText, choose, localized

Raw = Mapping[str, Any]
# The parts that the list "on this page" names.
SECTIONS = ("rights", "guidance", "pathway", "section", "facts", "list", "law")

# What the short version of a page keeps.
BRIEF = ("summary", "steps", "call")


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
    sources: Sequence[LocalizedText]
    helpers: Sequence[Helper] = ()
    words: Sequence[Word] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A number or an event with its date."""

    key: str
    text: str
    date: str
    sources: Sequence[LocalizedText]


@dataclass(frozen=True, slots=True)
class Section:
    """Text, points and steps; ``checked`` is when the steps were written, ``None`` for lasting ones.

    ``month`` is the same in words.
    """

    paragraphs: Sequence[str]
    points: Sequence[str]
    steps: Sequence[str]
    checked: date | None
    month: LocalizedText


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a page. ``heading`` is empty for the summary; ``anchor`` is its id in the page.

    ``words`` are words of the glossary that stand here first.
    """

    kind: str
    anchor: str
    heading: LocalizedText
    text: str = ""
    items: Sequence[Any] = ()
    sources: Sequence[LocalizedText] = ()
    key: str = ""
    words: Sequence[Word] = ()

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
    terms: Iterable[Any] = ()
    _calls: dict[int, Call] = field(default_factory=dict)

    def build(self, stream: Iterable[Raw]) -> list[Part]:
        """Return the parts that can be shown; two queries when somebody is to be called, else none."""
        self._plugins = plugin_blocks()
        blocks = shown_blocks(stream)
        self._calls = self._callable(raw for raw, _anchor in blocks)
        self._helpers = self._by_right()
        self._finder = Finder(self.terms, self.inside)
        built = (self._part(raw, anchor) for raw, anchor in blocks)
        return [part for part in built if part.text or part.items]

    def _part(self, raw: Raw, anchor: str) -> Part:
        build = BUILDERS.get(raw["type"])
        return build(self, raw["value"], anchor) if build else self._plugin(raw, anchor)

    def _plugin(self, raw: Raw, anchor: str) -> Part:
        """A block of a plugin, as its own ``render`` shows it."""
        block = self._plugins[raw["type"]]
        return Part("plugin", anchor, self.words(""), text=block.render(block.to_python(raw["value"])))

    def within(self, text: LocalizedText) -> LocalizedText:
        """Return a text that marks itself when its language is not the page's."""
        return text.read_in(self.inside)

    def words(self, text: str) -> LocalizedText:
        """Return interface words, which are in the reader's language."""
        return LocalizedText(text, self.asked, self.inside)

    def content(self, text: str) -> LocalizedText:
        """Return a text of the page itself."""
        return LocalizedText(text, self.inside, self.inside)

    def sources(self, value: Raw) -> list[LocalizedText]:
        """Return where a part is from, in the reader's words."""
        return [self.within(text) for text in told(value.get("source", ""), asked=self.asked)]

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
            "meaning": _("What does this mean:"),
            "checked": _("Written down, not tried on every device:"),
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
        found = self._finder.found_in(value)
        return Part("summary", anchor, self.words(_("In short")), text=value, words=found)

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
                sources=self.sources(entry),
                helpers=self._helpers.get(entry.get("key", ""), ()),
                words=self._finder.found_in(entry.get("text", ""), entry.get("note", "")),
            )
            for entry in values(value.get("rights"))
        ]
        return Part("rights", anchor, self.content(value.get("heading", "")), items=rights)

    def guidance(self, value: Raw, anchor: str) -> Part:
        """Advice for professionals under a heading."""
        heading = self.content(value.get("heading", ""))
        return Part(
            "guidance",
            anchor,
            heading,
            items=values(value.get("items")),
            sources=self.sources(value),
            key=value.get("key", ""),
        )

    def pathway(self, value: Raw, anchor: str) -> Part:
        """A way in numbered steps."""
        steps, heading = values(value.get("steps")), self.content(value.get("heading", ""))
        found = self._finder.found_in(*steps)
        key, sources = value.get("key", ""), self.sources(value)
        return Part("pathway", anchor, heading, items=steps, sources=sources, key=key, words=found)

    def facts(self, value: Raw, anchor: str) -> Part:
        """Numbers and events with their dates."""
        names = ("key", "text", "date")
        facts = [
            Fact(**{name: entry.get(name, "") for name in names}, sources=self.sources(entry))
            for entry in values(value.get("facts"))
        ]
        return Part("facts", anchor, self.content(value.get("heading", "")), items=facts)

    def section(self, value: Raw, anchor: str) -> Part:
        """Text, points and steps under a heading."""
        texts = [values(value.get(name)) for name in ("paragraphs", "points", "steps")]
        checked = date.fromisoformat(value["checked"]) if value.get("checked") else None
        month = self.words(dates.written(checked, parts=2, language=self.asked) if checked else "")
        section = Section(texts[0], texts[1], texts[2], checked, month)
        found = self._finder.found_in(*(text for part in texts for text in part))
        shown = [section] if any(texts) else []
        return Part("section", anchor, self.content(value.get("heading", "")), items=shown, words=found)

    def insert(self, value: str, anchor: str) -> Part:
        """A part that fills itself; who runs the site says so when nobody filled it in."""
        fill = FILLED.get(value)
        items = fill(self.asked, self.inside) if fill else []
        text = " " if fill and not items else ""
        return Part(f"insert_{value}", anchor, self.words(""), text=text, items=items)

    def text(self, value: str, anchor: str) -> Part:
        """Formatted text."""
        return Part("text", anchor, self.words(""), text=expand_db_html(value))

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


NAMES = (
    *("summary", "steps", "call", "rights", "guidance", "pathway", "facts", "section", "insert", "text"),
    *("bring", "deadlines", "money", "law"),
)
BUILDERS = {name: getattr(Builder, name) for name in NAMES}


def short_parts(parts: Sequence[Part]) -> list[Part]:
    """Return the summary, the steps and the numbers of a page; nothing when that is all there is, or none."""
    brief = [part for part in parts if part.kind in BRIEF]
    return brief if 0 < len(brief) < len(parts) else []


def shown_blocks(stream: Iterable[Raw]) -> list[tuple[Raw, str]]:
    """Return the raw blocks that a page can show, each with its anchor there; the search leads to these too."""
    types = {*BUILDERS, *plugin_blocks()}
    known = (raw for raw in stream if raw["type"] in types)
    return [(raw, f"part{number}") for number, raw in enumerate(known, 1)]


def values(raw: Any) -> list[Any]:
    """Return the values of a raw list block, in the form with ids or in the old one without."""
    items = raw or []
    return [
        item["value"] if isinstance(item, Mapping) and item.get("type") == "item" else item for item in items
    ]
