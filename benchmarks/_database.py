"""A throw-away SQLite database for benchmarks, with the site's own settings and all its tables, empty."""

from __future__ import annotations

from pathlib import Path

import django
from django.conf import settings


def use_sqlite(path: Path, *, migrate: bool = True) -> None:
    """Set Django up on a fresh file at ``path`` and migrate it."""
    from portal.environment import sqlite

    settings.DATABASES = {"default": sqlite(path)}
    django.setup()
    from django.core.management import call_command

    if migrate:
        call_command("migrate", verbosity=0)
