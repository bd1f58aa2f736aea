"""The example plugin keeps the contract; run in a process of its own, where it is the one enabled plugin."""

from __future__ import annotations

import pytest
from django.test import Client

from directory.models import Service
from tests.plugins.contract import PluginContract


class TestRuritania(PluginContract):
    label = "ruritania"


@pytest.mark.django_db
def test_its_services_are_published_beside_no_other():
    assert sorted(Service.objects.published().values_list("key", flat=True)) == ["xx-s1", "xx-s2"]
    assert Service.objects.get(key="xx-s2").is_confidential is True


@pytest.mark.django_db
def test_its_page_stands_under_the_language_and_its_label():
    response = Client().get("/sl/x/ruritania/greeting/")
    assert (response.status_code, response.content.decode()) == (200, "Welcome to Strelsau")
