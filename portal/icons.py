"""The portal's own line icons, drawn on a grid of 24, put into the page so that none costs a request."""

from __future__ import annotations

# Each value is the inside of one <svg viewBox="0 0 24 24">; colour and stroke come from the stylesheet.
_DRAWINGS: dict[str, str] = {
    "anchor": (
        '<circle cx="12" cy="4.8" r="2.3"/><path d="M12 7.1V21M8.5 10.5h7M4 13.5C4.4 17.8 7.8 21 12 '
        '21s7.6-3.2 8-7.5M2.3 15.7 4 13.3l2.3 1.8M21.7 15.7 20 13.3l-2.3 1.8"/>'
    ),
    "arrow": '<path d="M4 12h16M14 6l6 6-6 6"/>',
    "ask": '<path d="M8 8.5a4 4 0 1 1 5.8 3.6c-1.3.7-1.8 1.5-1.8 2.9M12 19v.1"/>',
    "back": '<path d="M20 12H4M10 6l-6 6 6 6"/>',
    "basket": '<path d="M3.5 10h17l-1.7 9.5H5.2zM7.5 10l3-6M16.5 10l-3-6M9.8 13.5v2.8M14.2 13.5v2.8"/>',
    "bed": ('<path d="M3 5v14M3 16h18v3M21 16v-2.5a3 3 0 0 0-3-3h-7V16"/><circle cx="7" cy="11.8" r="1.9"/>'),
    "book": (
        '<path d="M12 6.2C10 4.6 7 4 3.5 4v14c3.5 0 6.5.6 8.5 2.2 2-1.6 5-2.2 8.5-2.2V4C17 4 14 4.6 '
        '12 6.2zM12 6.2v14"/>'
    ),
    "bubble": (
        '<path d="M5.5 4.5h13a2 2 0 0 1 2 2V14a2 2 0 0 1-2 2H11l-4.5 4v-4h-1a2 2 0 0 1-2-2V6.5a2 2 0 '
        '0 1 2-2zM8 8.8h8M8 12h5"/>'
    ),
    "calendar": '<rect x="3.5" y="5" width="17" height="15.5" rx="2"/><path d="M3.5 10h17M8 3v4M16 3v4"/>',
    "cap": '<path d="M2.5 9.5 12 5l9.5 4.5L12 14zM6.5 11.5V16c2 2.4 9 2.4 11 0v-4.5M21.5 9.5V15"/>',
    "card": (
        '<rect x="3" y="5" width="18" height="14" rx="2"/><circle cx="8.5" cy="10.3" r="1.9"/><path '
        'd="M5.5 16a3 3 0 0 1 6 0M14.5 10h3.5M14.5 14h3.5"/>'
    ),
    "case": (
        '<rect x="3" y="8" width="18" height="12" rx="2"/><path d="M8.5 8V5.5a1 1 0 0 1 1-1h5a1 1 0 '
        '0 1 1 1V8M3 13.2h18M12 12v2.4"/>'
    ),
    "check": '<path d="M4.5 12.5l5 5 10-11"/>',
    "chevron": '<path d="M9.5 5.5 16 12l-6.5 6.5"/>',
    "child": (
        '<circle cx="12" cy="5.8" r="2.8"/><path d="M12 8.6v6.9M6.5 11.5h11M12 15.5 8.8 21M12 15.5l3.2 5.5"/>'
    ),
    "clock": '<circle cx="12" cy="12" r="8.7"/><path d="M12 7v5.2l3.5 2.3"/>',
    "cloud": (
        '<path d="M7 15.5a4.2 4.2 0 1 1 .6-8.3 5.2 5.2 0 0 1 9.9 1.5 3.5 3.5 0 0 1-.5 6.8zM8.5 '
        '18.5l-.8 2M12.5 18.5l-.8 2M16.5 18.5l-.8 2"/>'
    ),
    "columns": '<path d="M3.5 9 12 4l8.5 5zM6 9.5V17M10 9.5V17M14 9.5V17M18 9.5V17M3.5 20h17"/>',
    "cross": '<path d="M9.5 4h5v5.5H20v5h-5.5V20h-5v-5.5H4v-5h5.5z"/>',
    "door": '<path d="M13 4H5v16h8M10.5 12H21M17.3 8.3 21 12l-3.7 3.7"/>',
    "down": '<path d="M6 9.5l6 6 6-6"/>',
    "family": (
        '<circle cx="7" cy="6.5" r="2.7"/><circle cx="17" cy="6.5" r="2.7"/><circle cx="12" '
        'cy="13.5" r="2.2"/><path d="M2.5 17c0-2.9 2-5 4.5-5M21.5 17c0-2.9-2-5-4.5-5M8 21c.3-2.4 '
        '1.9-3.7 4-3.7s3.7 1.3 4 3.7"/>'
    ),
    "filter": (
        '<path d="M4 7h9M18 7h2M4 17h2M11 17h9"/><circle cx="15.5" cy="7" r="2.3"/><circle cx="8.5" '
        'cy="17" r="2.3"/>'
    ),
    "globe": (
        '<circle cx="12" cy="12" r="8.7"/><path d="M3.5 12h17M12 3.3c3.3 3 3.3 14.4 0 17.4M12 '
        '3.3c-3.3 3-3.3 14.4 0 17.4"/>'
    ),
    "home": '<path d="M3.5 11.5 12 4l8.5 7.5M6 9.5V20h12V9.5M10 20v-5.5h4V20"/>',
    "info": '<circle cx="12" cy="12" r="8.7"/><path d="M12 11v5.5M12 7.6v.1"/>',
    "letters": (
        '<path d="M3.5 6.5h10M8.5 4v2.5M11.3 6.5C10.5 10 8 12.6 4.3 14M6 6.5c.9 3 2.9 5.2 5.7 '
        '6.5M12.3 20.5l4.2-9.5 4.2 9.5M13.8 17.3h5.4"/>'
    ),
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "list": (
        '<path d="M9.5 6.5h11M9.5 12h11M9.5 17.5h11M3.5 6.5l1.3 1.3 2.2-2.6M3.5 12.2l1.3 1.3 '
        '2.2-2.6M3.5 17.9l1.3 1.3 2.2-2.6"/>'
    ),
    "mail": '<rect x="3" y="5.5" width="18" height="13" rx="2"/><path d="M3.5 7.5 12 13l8.5-5.5"/>',
    "money": (
        '<rect x="2.8" y="6" width="18.4" height="12" rx="2"/><circle cx="12" cy="12" r="2.6"/><path '
        'd="M6.3 12v.1M17.7 12v.1"/>'
    ),
    "office": (
        '<path d="M5 20.5v-17h14v17M3 20.5h18M9 7.5h1.5M13.5 7.5H15M9 11.5h1.5M13.5 11.5H15M10 '
        '20.5V16h4v4.5"/>'
    ),
    "page": '<path d="M6 3h8l4 4.2V21H6zM14 3v4.2h4M9 12h6M9 16h6"/>',
    "pair": (
        '<circle cx="8.5" cy="8" r="3.2"/><path d="M2.5 19.5c.3-3.7 2.7-6 6-6s5.7 2.3 6 6M15.5 5.2a3 '
        '3 0 0 1 0 5.6M17 14c2.6.6 4.2 2.6 4.5 5.5"/>'
    ),
    "pencil": '<path d="M4 20l1-4.5L16.5 4 20 7.5 8.5 19zM14 6.5l3.5 3.5M13 20h7.5"/>',
    "phone": (
        '<path d="M6.8 3.5h2.7l1.7 4.3-2.2 1.6c1 2.3 2.8 4.1 5.1 5.1l1.6-2.2 4.3 1.7v2.7c0 1.9-1.5 '
        '3.5-3.4 3.3A15.2 15.2 0 0 1 3.5 6.9c-.2-1.9 1.4-3.4 3.3-3.4z"/>'
    ),
    "pin": (
        '<path d="M12 21c-4.5-4.4-6.8-8-6.8-11a6.8 6.8 0 0 1 13.6 0c0 3-2.3 6.6-6.8 11z"/><circle '
        'cx="12" cy="10" r="2.4"/>'
    ),
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "question": (
        '<circle cx="12" cy="12" r="8.7"/><path d="M9.4 9.6a2.6 2.6 0 1 1 3.8 2.3c-.9.5-1.2 1-1.2 '
        '1.8M12 16.7v.1"/>'
    ),
    "quiet": (
        '<path d="M2.8 12C5.2 8 8.3 6 12 6s6.8 2 9.2 6c-2.4 4-5.5 6-9.2 6s-6.8-2-9.2-6zM5 19.5 19 4.5"/>'
    ),
    "receipt": '<path d="M6 3v18l3-2 3 2 3-2 3 2V3zM9.5 8h5M9.5 12h5"/>',
    "return": '<path d="M9 6 4 11l5 5M4 11h10.5a5 5 0 0 1 5 5v3"/>',
    "scales": (
        '<path d="M12 3.5v17M8 20.5h8M5 7l7-1.5L19 7M5 7l-2.6 6.3a2.8 2.8 0 0 0 5.2 0zM19 7l-2.6 '
        '6.3a2.8 2.8 0 0 0 5.2 0z"/>'
    ),
    "search": '<circle cx="10.5" cy="10.5" r="6.7"/><path d="M15.5 15.5 21 21"/>',
    "shield": (
        '<path d="M12 3l7.5 2.8v5.7c0 4.5-3.1 7.9-7.5 9.5-4.4-1.6-7.5-5-7.5-9.5V5.8zM8.8 12l2.3 2.3 '
        '4.3-4.5"/>'
    ),
    "speaker": '<path d="M4 10v4h3l8.5 4.5v-13L7 10zM18.3 9.3a3.8 3.8 0 0 1 0 5.4M8 14.6V19h2.7v-3"/>',
    "sunrise": (
        '<path d="M2.5 18.5h19M6.5 18.5a5.5 5.5 0 0 1 11 0M12 9.5V5.5M5.3 11.8 3.9 10.4M18.7 11.8l1.4-1.4"/>'
    ),
    "warning": '<path d="M12 4 2.8 20h18.4zM12 10v4.8M12 17.3v.1"/>',
    "man": (
        '<circle cx="12" cy="5" r="2.8"/><path d="M8 15v-3.4a1.8 1.8 0 0 1 1.8-1.8h4.4a1.8 1.8 0 0 1 1.8 '
        '1.8V15M10.2 13v8M13.8 13v8"/>'
    ),
    "pause": '<circle cx="12" cy="12" r="8.7"/><path d="M9.8 8.8v6.4M14.2 8.8v6.4"/>',
    "person": '<circle cx="12" cy="7.5" r="3.7"/><path d="M4.8 20.5c.5-4.3 3.4-7 7.2-7s6.7 2.7 7.2 7"/>',
    "woman": '<circle cx="12" cy="5" r="2.8"/><path d="M12 7.8 7 16.8h10zM10.2 16.8V21M13.8 16.8V21"/>',
    "wheelchair": (
        '<circle cx="11" cy="4.3" r="1.9"/><path d="M11 8v6.3h5.2l2.8 5M11 11h4.5M8 11.8a5.2 5.2 0 1 '
        '0 6.6 6.2"/>'
    ),
}

# What the templates ask for by meaning: the slugs of the needs, the kinds of contact, the facts of a card.
_MEANINGS: dict[str, str] = {
    "danger": "warning",
    "get-out": "door",
    "shelter": "bed",
    "housing": "home",
    "basics": "basket",
    "medical": "cross",
    "psych": "cloud",
    "talk": "bubble",
    "legal": "scales",
    "residence": "card",
    "documents": "page",
    "police": "pencil",
    "court": "columns",
    "protection": "shield",
    "interpreter": "letters",
    "identification": "question",
    "companion": "pair",
    "work": "case",
    "education": "cap",
    "language-course": "book",
    "reintegration": "sunrise",
    "asylum": "globe",
    "compensation": "receipt",
    "disability": "wheelchair",
    "complaint": "speaker",
    "prevention": "search",
    "place": "pin",
    "free": "money",
    "people": "pair",
    "language": "letters",
    "email": "mail",
    "website": "globe",
    "chat": "bubble",
    "public_office": "office",
    "through_police": "shield",
    "by_referral": "arrow",
    "by_decision": "page",
}

ICONS: dict[str, str] = {**_DRAWINGS, **{name: _DRAWINGS[drawing] for name, drawing in _MEANINGS.items()}}

# A plugin's need may name an icon that we do not have: a neutral one stands in, its word says the rest.
DEFAULT = "info"

# Icons that point along the line of reading; the stylesheet mirrors them from right to left.
DIRECTIONAL = frozenset({"arrow", "back", "by_referral", "chevron", "door", "get-out", "return"})


def markup(name: str) -> str:
    """Return the whole ``<svg>`` of an icon, hidden from screen readers: the word beside it is read."""
    kind = "icon flip" if name in DIRECTIONAL else "icon"
    drawing = ICONS.get(name, ICONS[DEFAULT])
    return (
        f'<svg class="{kind}" aria-hidden="true" width="24" height="24" viewBox="0 0 24 24">{drawing}</svg>'
    )
