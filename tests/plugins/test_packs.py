"""The bundled packs keep the contract of every plugin."""

from __future__ import annotations

import pytest

from tests.plugins.contract import PluginContract


class TestSerbia(PluginContract):
    label = "serbia"


class TestSlovenia(PluginContract):
    label = "slovenia"


def test_contract_that_finds_nothing_to_test_fails():
    class Nothing:
        def urls(self):
            return []

    with pytest.raises(AssertionError):
        PluginContract().test_plugin_brings_something(Nothing(), [])
