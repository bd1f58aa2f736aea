"""Reading the JSON and CSV files of a country pack, with clear words when one is broken."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from directory.importers.errors import ImportProblem, UnreadableImport
from portal import languages


def read_json(path: Path, default: Any = None) -> Any:
    """Return a JSON file's content, or ``default`` when the file is not there.

    Raises :class:`UnreadableImport` when it is no UTF-8 JSON.
    """
    if not path.is_file():
        return default
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        where = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else "the file"
        raise UnreadableImport([ImportProblem(path.name, where, f"this is no UTF-8 JSON: {error}")]) from None


def read_csv(path: Path) -> list[dict[str, str]]:
    """Return a CSV file's rows, or none when the file is not there; raises :class:`UnreadableImport`."""
    if not path.is_file():
        return []
    try:
        with path.open(newline="", encoding="utf-8-sig") as handle:
            return [{k: (v or "").strip() for k, v in row.items() if k} for row in csv.DictReader(handle)]
    except (UnicodeDecodeError, csv.Error) as error:
        raise UnreadableImport([ImportProblem(path.name, "the file", f"no UTF-8 CSV: {error}")]) from None


def merged_json(folder: Path, pattern: str) -> dict[str, Any]:
    """Return the objects of all files that match, put together by their keys."""
    merged: dict[str, Any] = {}
    for path in sorted(folder.glob(pattern)):
        merged.update(read_json(path, {}))
    return merged


def texts_from_row(row: Mapping[str, str], prefix: str) -> dict[str, str]:
    """Return ``prefix_<language>`` columns of a CSV row as a text by language code."""
    columns = ((lang.code, row.get(f"{prefix}_{lang.column_suffix}", "")) for lang in languages.CATALOGUE)
    return {code: value for code, value in columns if value}


def yes(value: str) -> bool:
    """Return whether a CSV cell says yes."""
    return value.strip().lower() in {"yes", "true", "1"}


def yes_or_unknown(value: str) -> bool | None:
    """Return true for yes, false for no, ``None`` for an empty cell."""
    word = value.strip().lower()
    return None if not word else word in {"yes", "true", "1"}
