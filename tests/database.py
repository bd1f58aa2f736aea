"""A filled test database at the price of one copy: built once, then restored from a snapshot."""

from __future__ import annotations

import importlib
import os
import sqlite3
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from django.conf import settings
from django.db import connection

from portal.plugins import installed_plugins

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("portal", "search", "directory", "home", "plugins")
# What a loaded database does not depend on: a change there keeps the snapshot.
WITHOUT_DATA = {
    "templates",
    "static",
    "templatetags",
    "locale",
    "hsds",
    "api.py",
    "api_parameters.py",
    "api_urls.py",
    "cards.py",
    "error_views.py",
    "forms.py",
    "listing.py",
    "middleware.py",
    "panels.py",
    "urls.py",
    "views.py",
    "viewsets.py",
    "wagtail_hooks.py",
}


def fill() -> None:
    """Load everything that a new site loads: terms, every enabled pack, its pages, the search index."""
    from directory.actions import load_country, load_taxonomies
    from search.index import rebuild_all

    load_taxonomies()
    packs = [(config.label, pack) for config in installed_plugins() for pack in config.country_packs()]
    for label, pack in packs:
        load_country(pack, name=label)
    # The package home is written by others and may not have pages yet.
    if (ROOT / "home" / "actions.py").is_file():
        load_pages = importlib.import_module("home.actions").load_pages
        for label, pack in packs:
            load_pages(pack, name=label)
    rebuild_all()


def schema_key() -> str:
    """Return what the empty, migrated database depends on, as a short digest."""
    folders = [*(ROOT / package for package in PACKAGES), *(Path(p.path) for p in installed_plugins())]
    migrations = {path for folder in folders for path in folder.rglob("migrations/*.py")}
    return _digest([*migrations, ROOT / "uv.lock", ROOT / "portal" / "languages.py", Path(__file__)])


def content_key() -> str:
    """Return what the filled database depends on, as a short digest."""
    found = (path for package in PACKAGES for path in (ROOT / package).rglob("*"))
    read = (path for path in found if path.suffix in {".py", ".csv", ".json"})
    kept = [path for path in read if not WITHOUT_DATA.intersection(path.relative_to(ROOT).parts)]
    return _digest([*kept, ROOT / "uv.lock", Path(__file__)])


def _digest(paths: Iterable[Path]) -> str:
    mark = blake2b(repr(settings.PORTAL_LANGUAGES).encode(), digest_size=12)
    for path in sorted(paths):
        mark.update(str(path).encode() + b"\0" + path.read_bytes())
    return mark.hexdigest()


class Snapshots:
    """Copies of the test database in a folder (SQLite) or beside it on the server (PostgreSQL).

    On PostgreSQL a copy lives for one session only: ``name`` is its database.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.is_sqlite = connection.vendor == "sqlite"

    def path(self, stage: str, key: str) -> Path:
        """Return the file of a stage ("schema" or "content") under the enabled plugins."""
        return self.folder / f"{self.prefix(stage)}-{key}.sqlite3"

    @staticmethod
    def prefix(stage: str) -> str:
        """Return how the files of a stage begin, whatever their key."""
        return "-".join([stage, *settings.PORTAL_PLUGINS]) if stage == "content" else stage

    def has(self, stage: str, key: str) -> bool:
        """Return whether a file of this stage and key can be restored."""
        return self.is_sqlite and self.path(stage, key).is_file()

    def keep(self, stage: str, key: str) -> None:
        """Copy the database as it is now; older files of the stage are thrown away."""
        if not self.is_sqlite:
            if stage == "content":
                connection.close()
                connection.creation.clone_test_db(suffix="filled", verbosity=0)
            return
        for old in self.folder.glob(f"{self.prefix(stage)}-{'?' * len(key)}.sqlite3"):
            old.unlink(missing_ok=True)
        part = self.path(stage, key).with_suffix(f".{os.getpid()}.part")
        connection.ensure_connection()
        target = sqlite3.connect(part)
        connection.connection.backup(target)
        target.close()
        part.replace(self.path(stage, key))

    def restore(self, stage: str, key: str) -> None:
        """Make the database what it was when it was kept."""
        connection.close()
        if self.is_sqlite:
            connection.ensure_connection()
            source = sqlite3.connect(self.path(stage, key))
            source.backup(connection.connection)
            source.close()
            return
        name = connection.settings_dict["NAME"]
        quote = connection.ops.quote_name
        with connection.creation._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {quote(name)} WITH (FORCE)")
            cursor.execute(f"CREATE DATABASE {quote(name)} TEMPLATE {quote(name + '_filled')}")

    def forget(self) -> None:
        """Drop PostgreSQL's copy at the end of the session."""
        if not self.is_sqlite:
            name = connection.ops.quote_name(connection.settings_dict["NAME"] + "_filled")
            with connection.creation._nodb_cursor() as cursor:
                cursor.execute(f"DROP DATABASE IF EXISTS {name}")
