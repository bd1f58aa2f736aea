"""A filled test database at the price of one copy: built once, then restored from a snapshot."""

from __future__ import annotations

import importlib
import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
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
    "checks.py",
    "dates.py",
    "elasticsearch",
    "error_views.py",
    "fallback.py",
    "following.py",
    "forms.py",
    "hours_words.py",
    "link_forms.py",
    "listing.py",
    "text_checks.py",
    "middleware.py",
    "panels.py",
    "source_words.py",
    "sources.json",
    "urls.py",
    "views.py",
    "viewsets.py",
    "wagtail_hooks.py",
}


def fill() -> None:
    """Load everything that a new site loads: terms, every enabled pack, its pages, the search index."""
    from directory.actions import load_country, load_finder, load_taxonomies
    from directory.actions.loading import LEXICON_FOLDER
    from search.index import rebuild_all
    from search.lexicon_actions import load_lexicon
    from search.lexicon_files import read_lexicon, read_pack_lexicon

    load_taxonomies()
    load_finder()
    load_lexicon(read_lexicon(LEXICON_FOLDER), source="lexicon")
    packs = [(config.label, pack) for config in installed_plugins() for pack in config.country_packs()]
    for label, pack in packs:
        load_country(pack, name=label)
        load_lexicon(read_pack_lexicon(pack.data), source=label)
    # The package home is written by others and may not have pages yet.
    if (ROOT / "home" / "actions.py").is_file():
        actions = importlib.import_module("home.actions")
        for label, pack in packs:
            actions.load_pages(pack, name=label)
        actions.load_site()
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
    """Copies of the test database: files that outlive the session (SQLite), and one for this session alone.

    On PostgreSQL there are no files; the session's copy is a second database beside the first.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.is_sqlite = connection.vendor == "sqlite"
        self.copy = sqlite3.connect(":memory:") if self.is_sqlite else None

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

    def write(self, stage: str, key: str) -> None:
        """Copy the database as it is now to a file; older files of the stage are thrown away."""
        if not self.is_sqlite:
            return
        for old in self.folder.glob(f"{self.prefix(stage)}-{'?' * len(key)}.sqlite3"):
            old.unlink(missing_ok=True)
        part = self.path(stage, key).with_suffix(f".{os.getpid()}.part")
        with closing(sqlite3.connect(part)) as target:
            connection.ensure_connection()
            connection.connection.backup(target)
        part.replace(self.path(stage, key))

    def read(self, stage: str, key: str) -> None:
        """Make the database what it was when the file was written."""
        with closing(sqlite3.connect(f"{self.path(stage, key).as_uri()}?mode=ro", uri=True)) as source:
            connection.ensure_connection()
            source.backup(connection.connection)

    def remember(self) -> None:
        """Keep the database as it is now for this session: files may change while it runs."""
        if self.copy is None:
            connection.close()
            connection.creation.clone_test_db(suffix="filled", verbosity=0)
            return
        connection.ensure_connection()
        connection.connection.backup(self.copy)

    def recall(self) -> None:
        """Make the database what it was when it was remembered."""
        if self.copy is None:
            connection.close()
            name = connection.settings_dict["NAME"]
            quote = connection.ops.quote_name
            with connection.creation._nodb_cursor() as cursor:
                cursor.execute(f"DROP DATABASE {quote(name)} WITH (FORCE)")
                cursor.execute(f"CREATE DATABASE {quote(name)} TEMPLATE {quote(name + '_filled')}")
            return
        connection.ensure_connection()
        self.copy.backup(connection.connection)

    def forget(self) -> None:
        """Drop the session's copy at its end."""
        if self.copy is not None:
            self.copy.close()
            return
        name = connection.ops.quote_name(connection.settings_dict["NAME"] + "_filled")
        with connection.creation._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name}")
