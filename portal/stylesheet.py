"""The one stylesheet: put into each page, and allowed there by its hash (performance.md, R11)."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import Path

STYLESHEET = Path(__file__).parent / "static" / "portal" / "site.css"


@lru_cache(maxsize=2)
def _minified(modified: int) -> str:
    css = STYLESHEET.read_text(encoding="utf-8")
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r"\s*([{};,>])\s*", r"\1", css).replace(";}", "}").strip()


@lru_cache(maxsize=2)
def _hash(modified: int) -> str:
    digest = hashlib.sha256(_minified(modified).encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def inline_css() -> str:
    """Return the stylesheet without comments and spare white space; read again when the file changes."""
    return _minified(STYLESHEET.stat().st_mtime_ns)


def csp_hash() -> str:
    """Return the stylesheet's source expression for the policy: ``sha256-…``."""
    return _hash(STYLESHEET.stat().st_mtime_ns)
