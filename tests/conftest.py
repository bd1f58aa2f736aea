"""What every test may use: a database filled with both packs, once a session, and a fresh engine."""

from __future__ import annotations

from collections.abc import Iterator

import hypothesis
import pytest
from django.db import connection, connections

from portal.management.commands.compile_locale import compile_folder, locale_folders
from search.engine import get_engine
from tests import database

# A busy machine is no fault of the product: speed is measured by benchmarks, never by a test.
hypothesis.settings.register_profile("portal", deadline=None)
hypothesis.settings.load_profile("portal")

USES_REAL_TRANSACTIONS = {"transactional_db", "live_server", "django_db_reset_sequences"}


def pytest_sessionstart(session: pytest.Session) -> None:
    """Compile the interface texts, as ``./run`` does: a fresh clone has none."""
    for folder in locale_folders():
        compile_folder(folder)


@pytest.fixture(scope="session")
def snapshots(request: pytest.FixtureRequest, tmp_path_factory) -> database.Snapshots:
    """The copies of the filled database; kept in pytest's cache between sessions (SQLite)."""
    cache = getattr(request.config, "cache", None)
    return database.Snapshots(cache.mkdir("database") if cache else tmp_path_factory.mktemp("database"))


@pytest.fixture(scope="session")
def migrated(snapshots: database.Snapshots) -> bool:
    """Whether a copy of the migrated tables is at hand."""
    return snapshots.has("schema", database.schema_key())


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, migrated: bool) -> None:
    """Skip the migrations (12 seconds, Wagtail's mostly) when a copy of their result is at hand."""
    connections["default"].settings_dict["TEST"]["MIGRATE"] = not migrated


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker, snapshots: database.Snapshots, migrated: bool
) -> Iterator[None]:
    """Fill the test database: every test finds both countries in it, inside its own transaction."""
    schema, content = database.schema_key(), database.content_key()
    with django_db_blocker.unblock():
        if snapshots.has("content", content):
            snapshots.read("content", content)
        else:
            if migrated:
                snapshots.read("schema", schema)
            else:
                snapshots.write("schema", schema)
            database.fill()
            snapshots.write("content", content)
        snapshots.remember()
    yield
    with django_db_blocker.unblock():
        snapshots.forget()


@pytest.fixture(autouse=True)
def fresh_engine() -> Iterator[None]:
    """Forget what was held in memory: a rolled-back test may have used the same version number."""
    yield
    get_engine.cache_clear()
    from directory import place_table  # needs the models

    place_table.forget()


@pytest.fixture(autouse=True)
def refilled(request: pytest.FixtureRequest) -> None:
    """Fill again before a test with real transactions: the one before it left the tables empty."""
    marker = request.node.get_closest_marker("django_db")
    real = marker is not None and marker.kwargs.get("transaction", False)
    if not real and not USES_REAL_TRANSACTIONS.intersection(request.fixturenames):
        return
    request.getfixturevalue("transactional_db")
    request.getfixturevalue("snapshots").recall()


@pytest.fixture
def count_queries() -> type:
    """A context manager that captures the queries of a block: ``with count_queries() as seen``."""
    from django.test.utils import CaptureQueriesContext

    class Counted(CaptureQueriesContext):
        def __init__(self) -> None:
            super().__init__(connection)

    return Counted
