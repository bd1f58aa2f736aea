"""The lock and its hashed exports say the same, and name no host but the public index."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import locks

ROOT = Path(__file__).resolve().parent.parent
A, B = "sha256:" + "a" * 64, "sha256:" + "b" * 64
LOCKED = f"""
[[package]]
name = "one"
version = "1.0"
source = {{ registry = "https://mirror.example/simple" }}
sdist = {{ url = "https://mirror.example/one.tar.gz", hash = "{A}" }}
wheels = [{{ url = "https://mirror.example/one.whl", hash = "{B}" }}]

[[package]]
name = "own"
version = "0.1"
source = {{ virtual = "." }}
"""


def test_lock_exports_and_project_agree():
    assert locks.disagreements() == []


def test_every_set_is_exported():
    assert sorted(file.stem for file in (ROOT / "requirements").glob("*.txt")) == sorted(locks.SETS)


@pytest.mark.parametrize("name", locks.SETS)
def test_every_package_of_an_export_is_pinned_and_hashed(name):
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    assert {line[0] for line in text.splitlines() if line} <= set(" abcdefghijklmnopqrstuvwxyz")
    assert [name for name, (_, hashes) in locks.exported(text).items() if not hashes] == []


def test_lock_is_read_without_the_project_itself():
    assert locks.locked(LOCKED) == {"one": ("1.0", frozenset({A, B}))}


def test_export_is_read_with_extras_and_markers():
    text = f"one[x]==1.0 ; python_version < '4' \\\n    --hash={A} \\\n    --hash={B}\n    # via two\n"
    assert locks.exported(text) == {"one": ("1.0", frozenset({A, B}))}


def test_mirror_in_the_lock_is_found():
    assert locks.foreign(LOCKED) == ["uv.lock names the index https://mirror.example/simple"]


@pytest.mark.parametrize(
    ("written", "limits"),
    [
        ("Django>=5.2.19,<5.3", ("django", frozenset({">=5.2.19", "<5.3"}))),
        ("psycopg[binary] >= 3.2, <4", ("psycopg", frozenset({">=3.2", "<4"}))),
    ],
)
def test_requirement_is_compared_without_extras_and_spaces(written, limits):
    assert locks.limits(written) == limits
