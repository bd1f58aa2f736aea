"""From an official settlement register as CSV to records; docs/settlements.md says how the file is written."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path

from directory.importers.errors import ImportProblem, UnreadableImport
from portal import languages

COLUMNS = ("code", "municipality")
LONGEST = {"code": 30, "name": 120, "type": 60}


@dataclass(frozen=True, slots=True)
class SettlementRecord:
    """A settlement of a register; ``municipality`` is a key or a name, ``row`` its line in the file."""

    row: int
    code: str
    name: Mapping[str, str]
    municipality: str
    kind: str = ""
    valid_from: date | None = None


def read_settlements(path: Path) -> list[SettlementRecord]:
    """Return the rows of a register; raises :class:`UnreadableImport` with every row that cannot be used."""
    rows = list(_rows(path))
    problems = [problem for number, row in rows for problem in _problems(path.name, number, row)]
    problems += _twice(path.name, rows)
    if problems or not rows:
        empty = ImportProblem(path.name, "the file", "it holds no row")
        raise UnreadableImport(problems or [empty])
    return [_record(number, row) for number, row in rows]


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the number and the cells of each row; comma or semicolon, UTF-8 with or without a mark."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        problem = ImportProblem(path.name, "the file", "it is no UTF-8: save it as “CSV UTF-8”")
        raise UnreadableImport([problem]) from None
    except OSError as error:
        raise UnreadableImport([ImportProblem(path.name, "the file", str(error.strerror))]) from None
    header = text.partition("\n")[0]
    delimiter = ";" if header.count(";") > header.count(",") else ","
    reader = csv.DictReader(StringIO(text, newline=""), delimiter=delimiter)
    names = [name.strip() for name in reader.fieldnames or ()]
    missing = [name for name in COLUMNS if name not in names]
    missing += [] if any(name in names for name in _name_columns()) else ["name_<language>"]
    if missing:
        text = f"these columns are missing: {', '.join(missing)}"
        raise UnreadableImport([ImportProblem(path.name, "the first line", text)])
    try:
        for row in reader:
            cells = {
                str(name).strip(): (cell or "").strip() for name, cell in row.items() if name is not None
            }
            if None in row:
                cells["_more"] = "yes"
            if any(cells.values()):
                yield reader.line_num, cells
    except csv.Error as error:
        problem = ImportProblem(path.name, f"line {reader.line_num}", f"no CSV: {error}")
        raise UnreadableImport([problem]) from None


def _name_columns() -> dict[str, str]:
    """Return the columns of names by their language."""
    return {f"name_{language.column_suffix}": language.code for language in languages.CATALOGUE}


def _names(row: Mapping[str, str]) -> dict[str, str]:
    return {code: row[column] for column, code in _name_columns().items() if row.get(column)}


def _problems(file: str, number: int, row: Mapping[str, str]) -> Iterator[ImportProblem]:
    said = [f"{name} is empty" for name in COLUMNS if not row.get(name)]
    said += ["there are more cells than columns"] if "_more" in row else []
    said += [] if _names(row) else ["there is no name"]
    cells = [("code", row.get("code", "")), ("type", row.get("type", ""))]
    cells += [("name", name) for name in _names(row).values()]
    said += [f"{name} is too long" for name, cell in cells if len(cell) > LONGEST[name]]
    if row.get("valid_from") and _day(row["valid_from"]) is None:
        said.append("valid_from is no day like 2026-01-31")
    yield from (ImportProblem(file, f"line {number}", text) for text in said)


def _twice(file: str, rows: Iterable[tuple[int, Mapping[str, str]]]) -> list[ImportProblem]:
    first: dict[str, int] = {}
    problems = []
    for number, row in rows:
        code = row.get("code", "")
        if code and code in first:
            text = f"code {code} stands in line {first[code]} too"
            problems.append(ImportProblem(file, f"line {number}", text))
        first.setdefault(code, number)
    return problems


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _record(number: int, row: Mapping[str, str]) -> SettlementRecord:
    return SettlementRecord(
        row=number,
        code=row["code"],
        name=_names(row),
        municipality=row["municipality"],
        kind=row.get("type", ""),
        valid_from=_day(row.get("valid_from", "")),
    )
