"""Processes with plugins of their own: which apps run is decided at start, so another start is the honest test."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = Path(__file__).resolve().parent / "example_plugin"


def install(folder: Path, project: Path = EXAMPLE) -> Path:
    """Write into ``folder`` what an installer leaves of a project: its name and its entry points."""
    described = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    name = described["name"].replace("-", "_")
    info = folder / f"{name}-{described['version']}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {described['name']}\nVersion: {described['version']}\n"
    )
    lines = [
        line
        for group, points in described["entry-points"].items()
        for line in (f"[{group}]", *(f"{key} = {value}" for key, value in points.items()))
    ]
    (info / "entry_points.txt").write_text("\n".join(lines) + "\n")
    return folder


def environment(*folders: Path, **values: str) -> dict[str, str]:
    """Return the environment of a process that finds ``folders``, under the settings of the tests."""
    paths = [str(ROOT), *(str(folder) for folder in folders)]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    # Its own PostgreSQL database could not be the one of the running session.
    kept.pop("DATABASE_URL", None)
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join(paths),
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        "PYTHONDONTWRITEBYTECODE": "1",
        **values,
    }


def manage(*arguments: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a command of manage.py to its end."""
    return run(str(ROOT / "manage.py"), *arguments, env=env)


def run(*arguments: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run Python with these arguments to its end."""
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, env=env, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )
