"""Limits on the length of files and functions, so that each can be read in one go."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

FILE_LINES = 400
FUNCTION_LINES = 60
SKIPPED_FOLDERS = {
    ".git",
    ".venv",
    ".run",
    "var",
    "data",
    "migrations",
    "node_modules",
    "requirements",
    "__pycache__",
}
CHECKED = {".py", ".html", ".css", ".js", ".sh", ".txt", ".toml", ".yaml", ".yml"}


def sources(root: Path) -> Iterator[Path]:
    """Give every written file below ``root``: not migrations, data, locks, catalogues or caches."""
    for file in sorted(root.iterdir()):
        if file.is_dir() and not file.is_symlink():
            if file.name not in SKIPPED_FOLDERS and not file.name.endswith("_cache"):
                yield from sources(file)
        elif file.suffix in CHECKED or file.name == "run":
            yield file


def too_long(root: Path) -> list[str]:
    """Return one line for each file or function over its limit."""
    found = []
    for file in sources(root):
        name, text = file.relative_to(root), file.read_text(encoding="utf-8")
        count = text.count("\n")
        if count > FILE_LINES:
            found.append(f"{name}: {count} lines, {FILE_LINES} are allowed")
        if file.suffix == ".py" or (file.name == "run" and text.startswith("#!/usr/bin/env python3")):
            found += [f"{name}:{line}" for line in long_functions(text)]
    return found


def long_functions(text: str) -> list[str]:
    """Return line, name and length of each function over the limit."""
    return [
        f"{node.lineno} {node.name}: {length} lines, {FUNCTION_LINES} are allowed"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES
    ]
