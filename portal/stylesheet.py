"""The stylesheets: what a page needs of them stands inside it, allowed there by its hash (performance.md, R11)."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import Path

from django.http import HttpRequest

from portal import site

STYLESHEET = Path(__file__).parent / "static" / "portal" / "site.css"
"""What every page has; the sheets beside it, in the folder "sheets", are for some kinds of pages."""

_MARK = "portal_style"


def sheet_names() -> tuple[str, ...]:
    """Return the names of the sheets that a page may add to what every page has."""
    return tuple(sorted(file.stem for file in (STYLESHEET.parent / "sheets").glob("*.css")))


def sheet_file(name: str) -> Path:
    """Return the file of a sheet, raise ``ValueError`` for a name that no file has."""
    file = STYLESHEET.parent / "sheets" / f"{name}.css"
    if not file.is_file():
        raise ValueError(f"There is no sheet {name!r}; there are {', '.join(sheet_names())}.")
    return file


@lru_cache(maxsize=64)
def _minified(file: Path, modified: int) -> str:
    css = file.read_text(encoding="utf-8")
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r"\s*([{};,>])\s*|(:) ", r"\1\2", css).replace(";}", "}").strip()


@lru_cache(maxsize=64)
def _hash(css: str) -> str:
    digest = hashlib.sha256(css.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def inline_css(*sheets: str) -> str:
    """Return the style of a page without comments and spare white space, with the site's own colours last.

    A file is read again when it changes. Raises ``ValueError`` for a sheet that does not exist.
    """
    files = [STYLESHEET, *map(sheet_file, sheets)]
    return "".join(_minified(file, file.stat().st_mtime_ns) for file in files) + site.current().css


def csp_hash(*sheets: str) -> str:
    """Return the source expression of the same style for the policy: ``sha256-…``."""
    return _hash(inline_css(*sheets))


def allow(request: HttpRequest, css: str) -> None:
    """Remember which style the page of a request holds: its policy allows that one and no other."""
    setattr(request, _MARK, _hash(css))


def allowed(request: HttpRequest) -> str:
    """Return the source expression of the style that the page of a request holds, empty when it holds none."""
    return getattr(request, _MARK, "")
