"""The version of the analysis: an index made by another one is made again."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import Stemmer

from portal import folding

_HERE: Final = Path(__file__).parent
_DATA: Final = _HERE.parent / "data"


def inputs() -> Iterator[tuple[str, bytes]]:
    """Yield, with its name, all that decides which tokens a record has: code, data, Snowball, tables of Unicode."""
    files = [*_HERE.glob("*.py"), *(_DATA / "lemmas").glob("*.*"), _DATA / "irregular_forms.tsv"]
    files += [_HERE.parent / "tokens.py", Path(folding.__file__)]
    yield from ((file.name, file.read_bytes()) for file in sorted(files))
    yield "Stemmer", Stemmer.version().encode()
    yield "unicodedata", unicodedata.unidata_version.encode()


def _digest() -> str:
    """Return a short digest of all that decides which tokens a record has."""
    digest = hashlib.sha256()
    for name, content in inputs():
        digest.update(name.encode() + b"\0" + content)
    return digest.hexdigest()[:10]


CODE_VERSION: Final = "1"
ANALYSIS_VERSION: Final = f"{CODE_VERSION}-{_digest()}"
