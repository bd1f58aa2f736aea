"""Stamps: small files that say for which input a step was finished, so that the next start skips it."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from tools.console import say


def digest(parts: Iterable[str]) -> str:
    """Return one hash of the given texts, in their order."""
    total = hashlib.sha256()
    for part in parts:
        total.update(part.encode())
        total.update(b"\0")
    return total.hexdigest()


def digest_contents(files: Iterable[Path], root: Path) -> str:
    """Return one hash of the names and contents of files below ``root``."""
    return digest(
        f"{file.relative_to(root)} {hashlib.sha256(file.read_bytes()).hexdigest()}" for file in sorted(files)
    )


def digest_times(files: Iterable[Path], root: Path) -> str:
    """Return one hash of the names, sizes and times of files below ``root``: quick for many files."""

    def line(file: Path) -> str:
        facts = file.stat()
        return f"{file.relative_to(root)} {facts.st_size} {facts.st_mtime_ns}"

    return digest(line(file) for file in sorted(files))


def read_stamp(file: Path) -> dict[str, str]:
    """Return what a stamp says; a missing or torn one says nothing."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_stamp(file: Path, content: dict[str, str]) -> None:
    """Write a stamp in one go: it is either the old one or the new one, never half of it."""
    part = file.with_name(f"{file.name}.part")
    part.write_text(json.dumps(content, indent=1, sort_keys=True), encoding="utf-8")
    os.replace(part, file)


@contextlib.contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Hold the folder's lock: a second start waits for the first one's set-up instead of joining in."""
    folder.mkdir(exist_ok=True)
    with open(folder / "lock", "w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("Another start is setting things up; waiting for it …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
