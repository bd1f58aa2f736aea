"""QR codes: the drawn modules are those of the code, with its white border, and nothing is asked of anybody."""

from __future__ import annotations

import re

import segno
from bs4 import BeautifulSoup

from portal.qr import QUIET, qr_svg


def dark(svg: str) -> set[tuple[int, int]]:
    """Return the dark modules of a drawing as (column, row) without its border."""
    path = BeautifulSoup(svg, "html.parser").select("path")[1]["d"]
    found = set()
    for x, y, length in re.findall(r"M(\d+) (\d+)\.5h(\d+)", path):
        found |= {(int(x) - QUIET + step, int(y) - QUIET) for step in range(int(length))}
    return found


def test_drawing_has_every_module_of_the_code() -> None:
    text = "tel:+381117850000"
    matrix = segno.make(text, error="m", micro=False, boost_error=False).matrix
    expected = {(x, y) for y, row in enumerate(matrix) for x, module in enumerate(row) if module}
    assert dark(qr_svg(text, "Call")) == expected
    assert len(expected) > 200


def test_drawing_is_named_and_has_a_white_border() -> None:
    svg = BeautifulSoup(qr_svg("tel:113", 'Say "this" & more'), "html.parser").svg
    assert svg["aria-label"] == 'Say "this" & more'
    assert svg["viewbox"].split()[2:] == ["29", "29"]
    assert min(min(module) for module in dark(str(svg))) == 0
