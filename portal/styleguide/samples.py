"""Sample values for the style guide: every component in every state, with texts of real length."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from portal.localized import LocalizedText, choose

NEEDS = (
    (
        "talk",
        {
            "en": "I want to talk to someone",
            "sr-latn": "Želim da razgovaram sa nekim",
            "ar": "أريد أن أتحدث مع شخص",
        },
    ),
    (
        "shelter",
        {
            "en": "I need a safe place to sleep",
            "sr-latn": "Treba mi sigurno mesto za spavanje",
            "ar": "أحتاج مكانًا آمنًا للنوم",
        },
    ),
    (
        "get-out",
        {"en": "I want to get out of here", "sr-latn": "Želim da odem odavde", "ar": "أريد الخروج من هنا"},
    ),
    ("medical", {"en": "I need a doctor", "sr-latn": "Treba mi lekar", "ar": "أحتاج طبيبًا"}),
    ("legal", {"en": "I need a lawyer", "sr-latn": "Treba mi advokat", "ar": "أحتاج محاميًا"}),
    ("money", {"en": "I have no money", "sr-latn": "Nemam novca", "ar": "ليس لدي مال"}),
)
SUMMARY = {
    "en": "You get a bed, food and somebody to talk to. You can come with your children.",
    "sr-latn": "Dobijate krevet, hranu i nekoga za razgovor. Možete da dođete sa decom.",
}
NAME = {"en": "Emergency place to stay", "sr-latn": "Hitan smeštaj", "ar": "مكان إقامة عاجل"}


def phone(**changes: Any) -> dict[str, Any]:
    """Return a sample phone; the number is nobody's."""
    sample = {
        "number": "0800 000 000",
        "dial": "+381800000000",
        "label": "Help line",
        "is_free": True,
        "hours": "Day and night",
        "note": "",
        "publish": "yes",
        "source_host": "",
        "source_date": "",
        "opening": "",
    }
    return {**sample, **changes}


def contacts() -> list[dict[str, Any]]:
    """Return one contact of each kind that differs in the page."""
    plain = {"value": "", "url": "", "host": "", "hours": "", "publish": "yes"}
    return [
        {
            **plain,
            "kind": "website",
            "kind_label": "Web site",
            "url": "https://example.org/",
            "host": "example.org",
        },
        {**plain, "kind": "email", "kind_label": "E-mail", "value": "office@example.org"},
        {
            **plain,
            "kind": "public_office",
            "kind_label": "Public office",
            "value": "Main street 1, 11000 Town",
            "hours": "8–16",
            "publish": "noted",
            "source_host": "example.org",
            "source_date": "2019",
        },
        {**plain, "kind": "by_referral", "kind_label": "By referral"},
    ]


def service(**changes: Any) -> dict[str, Any]:
    """Return a sample card of a service."""
    sample = {
        "url": "#",
        "name": choose(NAME),
        "organization_name": "Example Association",
        "organization_url": "#",
        "summary": choose(SUMMARY),
        "answer": "match",
        "reason": "It is for women. It takes people of 34 years.",
        "facts": [
            {"icon": "place", "text": choose({"en": "Serbia", "sr-latn": "Srbija", "ar": "صربيا"})},
            {"icon": "people", "text": "Women, any age"},
            {"icon": "clock", "text": "Day and night"},
            {"icon": "free", "text": "Free of charge"},
            {"icon": "quiet", "text": "No name needed"},
        ],
        "phones": [phone()],
        "confirmed": "Confirmed on 2026-11-03.",
        "alert": "",
    }
    return {**sample, **changes}


def organization() -> dict[str, Any]:
    """Return a sample card of a provider."""
    return {
        "url": "#",
        "name": "Centre for social work of Novi Primer",
        "kind": "Centre for social work",
        "place": "Novi Primer",
        "summary": choose(SUMMARY),
        "phones": [phone(dial="", is_free=None, label="Office")],
    }


def choice(value: str, label: str, match: int = 0, ask: int = 0, selected: bool = False) -> object:
    """Return a choice of a filter."""
    return SimpleNamespace(value=value, label=label, match=match, ask=ask, selected=selected)


def groups() -> list[object]:
    """Return a filter group of each kind."""
    genders = [
        choice("female", "Woman or girl", 9, 3, True),
        choice("male", "Man or boy", 4, 12),
        choice("diverse", "Another gender", 104, 35),
    ]
    papers = [choice("citizen", "Citizen of the country", 14, 2), choice("none", "Without a permit", 0, 9)]
    flags = [
        choice("free", "Free of charge", 6, 8, True),
        choice("police", "No contact with the police needed", 2, 11),
    ]
    plain = {"value": "", "choices": (), "help": "", "error": ""}
    described: list[dict[str, Any]] = [
        {
            **plain,
            "name": "gender",
            "legend": "For whom?",
            "kind": "radio",
            "value": "female",
            "choices": genders,
        },
        {**plain, "name": "age", "legend": "How old?", "kind": "number", "value": "34"},
        {
            **plain,
            "name": "place",
            "legend": "Town",
            "kind": "text",
            "help": "You can also choose it from a list.",
            "error": "We do not know this town. Please write it in another way.",
        },
        {**plain, "name": "papers", "legend": "Papers", "kind": "select", "choices": papers},
        {**plain, "name": "flags", "legend": "It must be", "kind": "checks", "choices": flags},
    ]
    return [SimpleNamespace(**group) for group in described]


def cards() -> list[dict[str, Any]]:
    """Return three services: one that fits, one to ask first, one of which little is known."""
    noted = phone(
        publish="noted",
        is_free=None,
        source_host="example.org",
        source_date="2014",
        number="+386 1 000 00 00",
        dial="+38610000000",
        hours="",
    )
    ask = service(
        name="House for a new start",
        answer="ask",
        reason="We do not know if people of 15 years can come. Ask first.",
        alert="In 2024 somebody reported that it is closed. Ask the centre first.",
        phones=[noted],
        confirmed="Not confirmed yet: ask if it is still so.",
    )
    bare = service(
        answer="",
        phones=[],
        alert="",
        facts=[],
        confirmed="",
        member_name="Office of Novi Primer",
        member_url="#",
    )
    return [service(), ask, bare]


def needs() -> list[dict[str, Any]]:
    """Return six needs as choices."""
    return [{"url": "#", "icon": slug, "plain": choose(texts)} for slug, texts in NEEDS]


def lines() -> list[dict[str, Any]]:
    """Return the emergency lines of two countries; the numbers are nobody's."""
    serbia = {"en": "Serbia", "sr-latn": "Srbija", "ar": "صربيا"}
    slovenia = {"en": "Slovenia", "sr-latn": "Slovenija", "ar": "سلوفينيا"}
    police = {"en": "Police", "sr-latn": "Policija", "ar": "الشرطة"}
    return [
        {"country_name": choose(country), "number": number, "name": choose(police)}
        for country, number in ((serbia, "000"), (slovenia, "001"))
    ]


def pager(page: int, pages: int) -> dict[str, Any]:
    """Return a place in a list of pages."""
    return {
        "page": page,
        "pages": pages,
        "previous_url": "#1" if page > 1 else "",
        "next_url": "#3" if page < pages else "",
    }


def steps() -> list[str | LocalizedText]:
    """Return three things to do; the last may be in another language than the page."""
    return [
        "If you are in danger now, call the police emergency line.",
        "Say at once which language you understand. Ask for an interpreter.",
        choose({"en": "Ask what your rights are. Ask again when something is not clear."}),
    ]


def regions(drawn: bool = True) -> dict[str, Any]:
    """Return a country of four regions, with or without their picture."""
    spots = (
        (0, 0, "North", "NO", ["North"]),
        (106, 0, "North-eastern hills", "NE", ["North-", "eastern hills"]),
        (0, 82, "City", "CI", ["City"]),
        (106, 82, "South", "SO", ["South"]),
    )
    found = [
        {
            "name": choose({"en": name}),
            "url": "#",
            "number": 58 - number,
            "sign": choose({"sr-latn": sign}),
            "x": x,
            "y": y,
            "middle": x + 50,
            "head": y + 36,
            "foot": y + 67,
            "lines": [{"text": text, "y": y + 30 + 14 * line} for line, text in enumerate(lines)],
        }
        for number, (x, y, name, sign, lines) in enumerate(spots)
    ]
    return {"is_drawn": drawn, "width": 206, "height": 158, "regions": found}


def toggle(**changes: Any) -> dict[str, Any]:
    """Return the link to a visitor's list."""
    return {"url": "#", "is_kept": False, "is_full": False, "list_url": "#", "most": 6, **changes}
