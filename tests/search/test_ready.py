"""What ``/-/ready`` says of finding: an operator sees it, a visitor never suffers from it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from search.checks import ELASTICSEARCH
from search.models import PendingRefresh

pytestmark = pytest.mark.django_db


def test_ready_says_that_the_engine_is_well_and_how_long_changes_wait(client: Client):
    assert client.get("/-/ready").json()["search"] == {"problem": "", "lag_seconds": 0.0}
    for key, seconds in (("young", 5), ("old", 90)):
        PendingRefresh.objects.create(kind="service", key=key)
        PendingRefresh.objects.filter(key=key).update(since=datetime.now(UTC) - timedelta(seconds=seconds))
    assert 90 <= client.get("/-/ready").json()["search"]["lag_seconds"] < 3600


def test_ready_names_a_missing_elasticsearch_and_stays_ready(client: Client, settings, monkeypatch):
    monkeypatch.setenv("ELASTICSEARCH_URL", "http://127.0.0.1:9")
    settings.SEARCH_ENGINE = ELASTICSEARCH
    response = client.get("/-/ready")
    assert (response.status_code, response.json()["ready"]) == (200, True)
    assert "does not answer" in response.json()["search"]["problem"]
