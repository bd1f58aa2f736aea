"""A wrong choice of engine stops here, with an id and one sentence (house rule 8)."""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.db import connection
from django.utils.module_loading import import_string

EMBEDDED = "search.engines.embedded.EmbeddedEngine"
POSTGRESQL = "search.engines.postgresql.PostgresqlEngine"
ELASTICSEARCH = "search.engines.elasticsearch.ElasticsearchEngine"
WANTED = {EMBEDDED: "sqlite", POSTGRESQL: "postgresql"}


def register_checks() -> None:
    """Register the checks; called when the application starts."""
    register(check_engine)


def check_engine(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """E001: the engine imports; E002: it fits the database; E003: Elasticsearch has an address."""
    path = settings.SEARCH_ENGINE
    try:
        import_string(path)
    except ImportError:
        hint = f"Known engines: {EMBEDDED}, {POSTGRESQL}, {ELASTICSEARCH}."
        return [
            Error(f"SEARCH_ENGINE names {path!r}, which cannot be imported.", hint=hint, id="search.E001")
        ]
    if WANTED.get(path, connection.vendor) != connection.vendor:
        hint = "Leave SEARCH_ENGINE out: the engine of the database is taken."
        return [Error(f"{path} does not work on {connection.vendor}.", hint=hint, id="search.E002")]
    if path == ELASTICSEARCH and not os.environ.get("ELASTICSEARCH_URL"):
        hint = "Such as ELASTICSEARCH_URL=http://127.0.0.1:9200; see docs/operations.md."
        return [Error("The Elasticsearch engine has no ELASTICSEARCH_URL.", hint=hint, id="search.E003")]
    return []
