"""Whether a colour can be read on another: the contrast of WCAG, and the grounds that the brand stands on."""

from __future__ import annotations

import re

LEAST = 4.5
HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
# The grounds of portal/static/portal/site.css: paper, surface, tint; words on a button of the brand's colour.
LIGHT_GROUNDS = ("#faf7f2", "#ffffff", "#e2efee", "#f1ece3")
DARK_GROUNDS = ("#11181d", "#19232a", "#17373a", "#0d1317")


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours as "#rrggbb", 1 to 21."""
    high, low = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def lowest(colour: str, grounds: tuple[str, ...]) -> tuple[float, str]:
    """Return the lowest contrast of a colour with the grounds, and that ground."""
    return min((contrast(colour, ground), ground) for ground in grounds)


def _luminance(colour: str) -> float:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
