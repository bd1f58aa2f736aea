"""Which states of each component the style guide shows; a component that is missing here fails a test."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from portal.languages import CATALOGUE
from portal.localized import LocalizedText
from portal.styleguide import samples

LONG = "Hausgemeinschaftsunterstützungsvereinbarung"
"""A word longer than a phone is wide in large type."""


@dataclass(frozen=True, slots=True)
class State:
    """A state of a component: its name, the template's variables, and whether it rightly shows nothing."""

    name: str
    values: dict[str, Any] = field(default_factory=dict)
    is_empty: bool = False


PATTERNS = ("colours", "type", "buttons", "fields", "lists", "surfaces")
"""What is no component: how the sheet alone shows text, forms and lists."""


def states() -> dict[str, list[State]]:
    """Return the states of every component by the name of its template, in the active language."""
    return {**_ways(), **_calls(), **_records(), **_lists(), **_messages(), **_forms(), **_reading()}


def _ways() -> dict[str, list[State]]:
    other = [{"language": each, "text": "…"} for each in CATALOGUE[:4]]
    ways = {"home_url": "#", "services_url": "#"}
    return {
        "back_link": [
            State("as it is", {"url": "#"}),
            State("with its own words", {"url": "#", "text": "All services"}),
            State("no way back", {"url": ""}, is_empty=True),
        ],
        "error_ways": [
            State("in a language", {**ways, "other_languages": []}),
            State("of an address without a language", {**ways, "other_languages": other}),
        ],
        "keep": [
            State("not on the list", {"choice": samples.toggle(), "name": "Legal help"}),
            State("on the list", {"choice": samples.toggle(is_kept=True), "name": "Legal help"}),
            State("no room", {"choice": samples.toggle(is_full=True), "name": "Legal help"}),
            State("nowhere to put it", {"choice": None}, is_empty=True),
        ],
        "region_picture": [
            State("with its picture", {"picture": samples.regions()}),
            State("a country without tiles", {"picture": samples.regions(drawn=False)}),
        ],
        "pager": [
            State("in the middle", {"pager": samples.pager(2, 7)}),
            State("first page", {"pager": samples.pager(1, 2)}),
            State("last page", {"pager": samples.pager(7, 7)}),
            State("one page only", {"pager": samples.pager(1, 1)}, is_empty=True),
        ],
        "tell_us": [
            State("with a number to call", {"url": "#", "can_call": True}),
            State("a page", {"url": "#"}),
            State("nothing to tell about", {"url": ""}, is_empty=True),
        ],
    }


def _calls() -> dict[str, list[State]]:
    both, one = samples.lines(), samples.lines()[:1]
    noted = samples.phone(publish="noted", source_host="example.org", source_date="2014")
    return {
        "call_card": [
            State("before a country is chosen", {"lines": both}),
            State("with a country", {"lines": both, "country": "Serbia"}),
            State("inner pages", {"lines": both, "small": True}),
            State("one country", {"lines": one, "small": True}),
            State("no country at all", {"lines": []}, is_empty=True),
        ],
        "phone": [
            State("free", {"phone": samples.phone()}),
            State(
                "costs, with a note",
                {"phone": samples.phone(is_free=False, note="Ask them not to call back.")},
            ),
            State("not known, seen elsewhere", {"phone": {**noted, "is_free": None}}),
            State(
                "closed now",
                {"phone": samples.phone(hours="", opening="Closed now. Opens tomorrow at 08:00.")},
            ),
            State("no number to dial from here", {"phone": samples.phone(dial="", label="", hours="")}),
            State("long words", {"phone": samples.phone(label=LONG)}),
        ],
        "contact": [
            *(State(str(each["kind_label"]), {"contact": each}) for each in samples.contacts()),
            State("long words", {"contact": {**samples.contacts()[1], "value": f"{LONG}@example.org"}}),
        ],
        "source": [
            State("seen, with host and day", {"entry": noted}),
            State("seen, day unknown", {"entry": {**noted, "source_date": ""}}),
            State("seen, nothing known", {"entry": {**noted, "source_host": ""}}),
            State("shown without a word", {"entry": samples.phone()}, is_empty=True),
        ],
        "sources": [
            State("one", {"sources": ["example.org (2014)"], "noted": False}),
            State("several, not checked", {"sources": ["example.org (2014)", LONG], "noted": True}),
            State("nothing known, not checked", {"sources": [], "noted": True}),
            State("shown without a word", {"sources": [], "noted": False}, is_empty=True),
        ],
    }


def _records() -> dict[str, list[State]]:
    one, ask, bare = samples.cards()
    long = samples.service(name=LONG, organization_name=LONG, summary=LONG, reason=LONG)
    office = samples.organization()
    return {
        "service_card": [
            State("fits", {"card": one}),
            State("ask first, with a warning", {"card": ask}),
            State("as little as can be known", {"card": bare}),
            State("long words", {"card": long}),
        ],
        "organization_card": [
            State("with a number", {"card": office}),
            State("name only", {"card": {"url": "#", "name": office["name"]}}),
            State("long words", {"card": {**office, "name": LONG, "place": LONG}}),
        ],
        "tag": [
            State("fits", {"answer": "match"}),
            State("ask first", {"answer": "ask"}),
            State("own words", {"answer": "match", "text": "For you"}),
            State("plain", {"answer": "info", "text": "Plain"}),
            State("no state", {"answer": ""}, is_empty=True),
        ],
        "facts": [
            State("as it is", {"facts": one["facts"]}),
            State("long words", {"facts": [{"icon": "place", "text": LONG}]}),
            State("nothing known", {"facts": []}, is_empty=True),
        ],
        "steps": [
            State("as it is", {"steps": samples.steps()}),
            State("long words", {"steps": [LONG, LONG]}),
        ],
    }


def _lists() -> dict[str, list[State]]:
    needs = samples.needs()
    return {
        "need_tiles": [
            State("six, and the way to the rest", {"needs": needs, "all_url": "#"}),
            State("one chosen", {"needs": [{**needs[0], "selected": True}, needs[1]]}),
            State("own words", {"needs": needs[:1], "all_url": "#", "all_text": "Something else"}),
            State("long words", {"needs": [{**needs[0], "plain": LONG}]}),
        ],
    }


def _messages() -> dict[str, list[State]]:
    said = {"corrected": "police", "words": "polcie", "original_url": "#"}
    return {
        "notice": [
            State("information", {"kind": "info", "text": "One choice was not understood. It was left out."}),
            State("warning", {"kind": "warning", "text": "This was so in 2019. Ask first."}),
            State("long words", {"kind": "warning", "text": LONG}),
        ],
        "corrected": [
            State("a slip was mended", said),
            State("nothing to mend", {**said, "corrected": ""}, is_empty=True),
        ],
        "fallback_notice": [
            State("in English", {"text": LocalizedText("Text", "en", "ar")}),
            State("in another language", {"text": LocalizedText("Text", "sl", "hu")}),
            State("in the reader’s language", {"text": LocalizedText("Text", "en", "en")}, is_empty=True),
        ],
    }


def _forms() -> dict[str, list[State]]:
    form = {"action": "#", "groups": samples.groups(), "clear_url": "#"}
    plain = [group for group in samples.groups() if not getattr(group, "error", "")]
    return {
        "search_box": [
            State("empty", {"url": "#"}),
            State("with words", {"url": "#", "words": "police"}),
            State("a site without search", {"url": ""}, is_empty=True),
        ],
        "filter_form": [
            State("with an error and a help", {**form, "summary": "Woman or girl, 34 years, Free of charge"}),
            State(
                "nothing chosen",
                {**form, "groups": plain[1:2], "clear_url": "", "summary": "No filter chosen"},
            ),
            State("long words", {**form, "groups": plain[1:2], "summary": LONG}),
        ],
        "sealed_form": [State("hidden from everybody", {"token": "…", "id": "agree"})],
    }


def _reading() -> dict[str, list[State]]:
    return {
        "page_tools": [
            State("a whole page", {"short_url": "#"}),
            State("its short version", {"short_url": "#", "short": True}),
            State("a page without one", {}),
        ],
    }
