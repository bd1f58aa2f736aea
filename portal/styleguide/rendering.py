"""Draws the style guide: every state light, dark and from right to left, beside what its template documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from portal.languages import get
from portal.styleguide.examples import PATTERNS, State, states
from portal.stylesheet import inline_css, sheet_names

COMPONENTS = Path(__file__).parents[1] / "templates" / "components"
MODES = (("light", "en", ""), ("dark", "sr-latn", "as-dark"), ("right to left", "ar", ""))
"""The name of a mode, the language of its interface words, and its class."""

_HEADER = re.compile(r"{%\s*comment\s*%}(.*?){%\s*endcomment\s*%}|{#(.*?)#}", re.DOTALL)
_NAMED = re.compile(r'\b(id|for|aria-labelledby|aria-describedby)="([^"]+)"')
_DARK = re.compile(r"@media \(prefers-color-scheme:\s*dark\)\{:root\{(.*?)\}\}")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A state as one mode shows it."""

    mode: str
    tag: str
    direction: str
    css_class: str
    html: SafeString


@dataclass(frozen=True, slots=True)
class Shown:
    """A state with its drawings; none for a state that rightly shows nothing."""

    name: str
    is_empty: bool
    drawings: list[Drawing]


@dataclass(frozen=True, slots=True)
class Section:
    """A component or pattern: what its template says of its variables, and its states."""

    name: str
    documented: str
    shown: list[Shown]


def component_names() -> list[str]:
    """Return the names of all component templates."""
    return sorted(path.stem for path in COMPONENTS.glob("*.html"))


def documented(name: str) -> str:
    """Return what the header comment of a component says; empty when it has none."""
    found = _HEADER.search((COMPONENTS / f"{name}.html").read_text(encoding="utf-8"))
    return " ".join((found[1] or found[2] or "").split()) if found else ""


def sections() -> list[Section]:
    """Return every component, in the order of the examples."""
    by_mode = {}
    for mode, code, css_class in MODES:
        with translation.override(code):
            by_mode[mode] = (code, css_class, states())
    first = by_mode[MODES[0][0]][2]
    return [
        Section(name, documented(name), [_shown(name, number, by_mode) for number in range(len(first[name]))])
        for name in first
    ]


def patterns() -> list[Section]:
    """Return what is no component: text, forms and lists as the sheet alone shows them."""
    found = []
    for name in PATTERNS:
        drawings = list(
            _drawings(f"portal/styleguide/{name}.html", {m: (c, k, State(name)) for m, c, k in MODES})
        )
        found.append(Section(name, "", [Shown("", False, drawings)]))
    return found


def _shown(name: str, number: int, by_mode: dict[str, tuple[str, str, dict[str, list[State]]]]) -> Shown:
    chosen = {mode: (code, css, found[name][number]) for mode, (code, css, found) in by_mode.items()}
    state = next(iter(chosen.values()))[2]
    return Shown(state.name, state.is_empty, list(_drawings(f"components/{name}.html", chosen)))


def _drawings(template: str, by_mode: dict[str, tuple[str, str, State]]) -> Iterator[Drawing]:
    for number, (mode, (code, css_class, state)) in enumerate(by_mode.items()):
        language = get(code)
        with translation.override(code):
            html = render_to_string(template, dict(state.values))
        if html.strip():
            unique = f"{template}-{state.name}-{number}"
            yield Drawing(mode, language.tag, language.direction, css_class, _alone(html, unique))


def _alone(html: str, unique: str) -> SafeString:
    """Return a drawing whose ids are its own: the same component stands on the page many times."""
    suffix = re.sub(r"[^a-z0-9]+", "-", unique.lower())
    named = _NAMED.sub(lambda found: f'{found[1]}="{found[2]}-{suffix}"', html)
    return mark_safe(named)


def guide_css() -> str:
    """Return the guide's own sheet: the site's dark colours and states under classes, taken from its sheet."""
    site = inline_css(*sheet_names())
    dark = _DARK.search(site)
    own = (COMPONENTS.parents[1] / "styleguide" / "guide.css").read_text(encoding="utf-8")
    rules = [own, f".as-dark{{color-scheme:dark;{dark[1]}}}" if dark else ""]
    for state in ("focus-visible", "hover"):
        found = re.findall(rf"[^{{}}]*:{state}[^{{}}]*{{[^{{}}]*}}", site)
        rules += [rule.replace(f":{state}", f".as-{state}") for rule in found]
    return "\n".join(rules)
