"""``manage.py rebuild_index`` killed with -9 in the middle: the old index answers, the next build sweeps."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from tests.database import Snapshots

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the tests run on another database"),
]
Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start(snapshots: Snapshots, tmp_path: Path) -> Start:
    """Return what starts a command of a site of its own, filled with both packs."""
    assert snapshots.copy is not None
    with closing(sqlite3.connect(tmp_path / "db.sqlite3")) as site:
        snapshots.copy.backup(site)
    environment = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SEARCH_ENGINE")
    }
    environment |= {
        "PORTAL_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        "PYTHONUNBUFFERED": "1",
    }

    def run(*arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)

    return run


def said(start: Start, *arguments: str) -> str:
    """Return what a command prints; it must end well."""
    process = start(*arguments)
    out, _ = process.communicate(timeout=300)
    assert process.returncode == 0
    return out


def generations(folder: Path) -> tuple[int, set[int]]:
    """Return the generation that is read, and those that have rows."""
    with closing(sqlite3.connect(folder / "db.sqlite3")) as site:
        [[read]] = site.execute("SELECT generation FROM search_indexgeneration")
        return read, {
            row for (row,) in site.execute("SELECT DISTINCT generation FROM search_indexeddocument")
        }


def test_killed_command_leaves_the_old_index_and_the_next_one_sweeps(start: Start, tmp_path: Path):
    before, (read, _) = said(start, "search", "astra"), generations(tmp_path)
    assert "astra" in before
    building = start("rebuild_index")
    assert building.stdout is not None
    with building.stdout:
        assert building.stdout.readline().startswith("service")  # one kind is written, others are not
        building.send_signal(signal.SIGKILL)
        assert building.wait(timeout=60) == -signal.SIGKILL
    assert generations(tmp_path) == (read, {read, read + 1})
    assert said(start, "search", "astra") == before
    assert "records are findable" in said(start, "rebuild_index")
    now, kept = generations(tmp_path)
    assert now > read
    assert kept == {now}
