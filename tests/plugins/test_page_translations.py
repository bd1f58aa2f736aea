"""A translated page of a pack says what the English one says: nothing left out, added or left in English."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from portal import languages
from portal.neutral_words import telling_words

PLUGINS = Path(__file__).parents[2] / "plugins"
ENGLISH = languages.DEFAULT_LANGUAGE
SAME = (
    *(
        "key",
        "kind",
        "country",
        "slug",
        "audience",
        "guidance_key",
        "id",
        "source",
        "organization",
        "service",
    ),
    *("date", "checked", "insert"),
)
APART = ("title", "editor_notes")
NEWCOMERS = ("ar", "hu", "ru", "sq", "uk")
FIRST = {
    "serbia": "overview places police residence language money health children",
    "slovenia": "overview first-days safe police stay health-money children asylum",
}
FOLDERS = (PLUGINS.glob("*/data/pages/*/*.json"), PLUGINS.parent.glob("home/data/pages/*/*.json"))
FILES = sorted(path for folder in FOLDERS for path in folder if path.parent.name != ENGLISH)
NAMES = [f"{path.parent.name}/{path.stem}" for path in FILES]

Place = tuple[str | int, ...]


@pytest.fixture(params=FILES, ids=NAMES)
def path(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


def read(path: Path) -> dict[str, Any]:
    page: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return page


def english_of(path: Path) -> dict[str, Any]:
    return read(path.parents[1] / ENGLISH / path.name)


def leaves(value: Any, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Every string of a page with its place; titles and editors' notes are compared apart."""
    if isinstance(value, dict):
        for key, each in value.items():
            if not (not place and key in APART):
                yield from leaves(each, (*place, key))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from leaves(each, (*place, number))
    else:
        yield place, value


def field_of(place: Place) -> str:
    return next(str(part) for part in reversed(place) if isinstance(part, str))


def differences(english: dict[str, Any], page: dict[str, Any], language: str) -> list[str]:
    """What is wrong with a translation, one line a fault; empty when nothing is."""
    source, texts = dict(leaves(english)), dict(leaves(page))
    wrong = [f"{place} is missing" for place in source.keys() - texts.keys()]
    wrong += [f"{place} is not in the English page" for place in texts.keys() - source.keys()]
    for place in source.keys() & texts.keys():
        original, text, field = source[place], texts[place], field_of(place)
        if field in SAME:
            wrong += [f"{place}: {text!r} is not {original!r}"] if text != original else []
        elif bool(original) != bool(text.strip()):
            wrong.append(f"{place}: empty in one of the two")
        elif original and text == original:
            wrong.append(f"{place}: still English")
        elif lost := Counter(numbers(original)) - Counter(numbers(text)):
            wrong.append(f"{place}: {sorted(lost)} is lost")
    wrong += [] if page["title"].get(language) else ["the title is missing"]
    return sorted(wrong)


def numbers(text: str) -> list[str]:
    return re.findall(r"\d+", text)


def test_page_says_what_the_english_page_says(path):
    assert differences(english_of(path), read(path), path.parent.name) == []


def test_page_has_a_title_for_the_browser_that_gives_nobody_away(path):
    assert telling_words(read(path)["safe_title"]) == ()


@pytest.mark.parametrize("language", NEWCOMERS)
@pytest.mark.parametrize("pack", FIRST)
def test_pages_that_a_newcomer_needs_first_are_translated(pack, language):
    prefix = {"serbia": "rs", "slovenia": "si"}[pack]
    expected = {f"{prefix}-{name}" for name in FIRST[pack].split()}
    folder = PLUGINS / pack / "data" / "pages" / language
    assert expected - {each.stem for each in folder.glob("*.json")} == set()


def test_titles_of_a_language_differ_within_a_pack(path):
    language = path.parent.name
    titles = [read(each)["title"][language] for each in sorted(path.parent.glob("*.json"))]
    assert [title for title, count in Counter(titles).items() if count > 1] == []


@pytest.mark.parametrize(
    ("fault", "change"),
    [
        ("('do_now', 0): still English", lambda page: page["do_now"].__setitem__(0, "Ask for 30 days.")),
        ("('do_now', 0): ['30'] is lost", lambda page: page["do_now"].__setitem__(0, "Zaprosite.")),
        ("('do_now', 0): empty in one of the two", lambda page: page["do_now"].__setitem__(0, " ")),
        ("('do_now', 0) is missing", lambda page: page["do_now"].pop()),
        ("('do_now', 1) is not in the English page", lambda page: page["do_now"].append("Še nekaj.")),
        ("('key',): 'other' is not 'one'", lambda page: page.update(key="other")),
        ("the title is missing", lambda page: page["title"].pop("sl")),
    ],
)
def test_comparison_finds_each_fault(fault, change):
    english = {"key": "one", "title": {"en": "Ask"}, "do_now": ["Ask for 30 days."]}
    page = {"key": "one", "title": {"en": "Ask", "sl": "Prosite"}, "do_now": ["Zaprosite za 30 dni."]}
    assert differences(english, page, "sl") == []
    change(page)
    assert differences(english, page, "sl") == [fault]
