"""QR codes as pictures inside the page, made here: no service of others sees what they hold."""

from __future__ import annotations

from itertools import groupby

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString

QUIET = 4  # modules of white around the code, as its standard asks


def qr_svg(text: str, label: str) -> SafeString:
    """Return an inline SVG that a camera reads as ``text``; ``label`` says to a screen reader what it is for.

    Black on white by its own attributes, in the dark too: many cameras read nothing else.
    """
    matrix = segno.make(text, error="m", micro=False, boost_error=False).matrix
    size = len(matrix) + 2 * QUIET
    path = "".join(_row(row, number + QUIET) for number, row in enumerate(matrix))
    return format_html(
        '<svg class="qr" role="img" aria-label="{}" viewBox="0 0 {} {}" shape-rendering="crispEdges">'
        '<path fill="#fff" d="M0 0h{}v{}H0z"/><path stroke="#000" d="{}"/></svg>',
        *(label, size, size, size, size, path),
    )


def _row(row: bytearray, y: int) -> str:
    """Return the dark runs of a row as strokes one module high."""
    found, x = [], QUIET
    for dark, run in groupby(row):
        length = len(list(run))
        if dark:
            found.append(f"M{x} {y}.5h{length}")
        x += length
    return "".join(found)
