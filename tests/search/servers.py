"""The servers that engine tests want: there, or a skip that says why; ``REQUIRE_ENGINES=1`` makes it a failure."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest


def elasticsearch_url() -> str:
    """Return the address of the test server."""
    return os.environ.get("ELASTICSEARCH_URL") or missing("ELASTICSEARCH_URL names no Elasticsearch")


def missing(reason: str) -> str:
    """Skip the test, or fail where every engine must be there."""
    if os.environ.get("REQUIRE_ENGINES") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def later(work: Callable[[], None]) -> None:
    """Run nothing in the background: a thread would not see the test's own transaction."""
