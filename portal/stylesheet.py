"""The one stylesheet: put into each page, and allowed there by its hash (performance.md, R11)."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import Path

from portal import site

STYLESHEET = Path(__file__).parent / "static" / "portal" / "site.css"


@lru_cache(maxsize=2)
def _minified(modified: int) -> str:
    css = STYLESHEET.read_text(encoding="utf-8")
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r"\s*([{};,>])\s*", r"\1", css).replace(";}", "}").strip()


@lru_cache(maxsize=8)
def _hash(css: str) -> str:
    digest = hashlib.sha256(css.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def inline_css() -> str:
    """Return the stylesheet without comments and spare white space, with the site's own colours last.

    It is read again when the file changes.
    """
    return _minified(STYLESHEET.stat().st_mtime_ns) + site.current().css


def csp_hash() -> str:
    """Return the stylesheet's source expression for the policy: ``sha256-…``."""
    return _hash(inline_css())
