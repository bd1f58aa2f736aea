"""The version of the analysis: an index made by another one is made again."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

_HERE: Final = Path(__file__).parent
_DATA: Final = _HERE.parent / "data"


def _digest() -> str:
    """Return a short digest of the code and data that decide which tokens a word has."""
    digest = hashlib.sha256()
    files = [*_HERE.glob("*.py"), *(_DATA / "lemmas").glob("*.*"), _DATA / "irregular_forms.tsv"]
    for file in sorted(files):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:10]


CODE_VERSION: Final = "1"
ANALYSIS_VERSION: Final = f"{CODE_VERSION}-{_digest()}"
