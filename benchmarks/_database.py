"""A throw-away SQLite database for benchmarks, with the site's own settings and only the tables asked for."""

from __future__ import annotations

from pathlib import Path

import django
from django.conf import settings


def use_sqlite(path: Path, apps: tuple[str, ...] = ("search",)) -> None:
    """Set Django up on a fresh file at ``path`` and migrate ``apps`` into it."""
    from portal.environment import sqlite

    settings.DATABASES = {"default": sqlite(path)}
    django.setup()
    from django.core.management import call_command

    for app in apps:
        call_command("migrate", app, verbosity=0)
