"""Wrong configuration stops at a check with an id and one sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.apps import apps
from django.core.checks.registry import registry as checks_registry

from portal import checks
from portal.plugins import registry


def ids(messages) -> list[str]:
    return [message.id for message in messages]


@pytest.fixture
def serbia():
    """Serbia's pack."""
    return next(pack for pack in registry.countries if pack.country.code == "RS")


def all_checks() -> list[str]:
    found = (checks.check_plugins_exist, checks.check_plugin_configs, checks.check_countries)
    return [name for check in (*found, checks.check_country_data) for name in ids(check(None))]


def test_right_configuration_says_nothing():
    assert all_checks() == []


def test_checks_are_registered():
    own = {check.__name__ for check in checks_registry.get_checks() if check.__module__ == "portal.checks"}
    plugins = {"check_plugins_exist", "check_plugin_configs", "check_countries", "check_country_data"}
    assert own == {*plugins, "check_onion"}


def test_e001_names_a_plugin_that_does_not_exist(settings):
    settings.PORTAL_PLUGINS = ["serbia", "atlantis"]
    (found,) = checks.check_plugins_exist(None)
    assert (found.id, found.msg) == ("portal.E001", "PORTAL_PLUGINS names 'atlantis', which is no plugin.")
    assert found.hint == "Known plugins: serbia, slovenia."


def test_e002_names_a_plugin_twice(settings):
    settings.PORTAL_PLUGINS = ["serbia", "serbia"]
    assert ids(checks.check_plugins_exist(None)) == ["portal.E002"]


def test_e003_plugin_written_for_another_api(monkeypatch):
    monkeypatch.setattr(type(apps.get_app_config("serbia")), "api_range", ">=2.0")
    assert ids(checks.check_plugin_configs(None)) == ["portal.E003"]


def test_e004_two_packs_of_one_country(serbia):
    with registry.countries.only([serbia, serbia]):
        (found,) = checks.check_countries(None)
    assert (found.id, found.msg) == ("portal.E004", "Two enabled packs bring RS.")


def test_w001_no_country_at_all():
    with registry.countries.only([]):
        assert ids(checks.check_countries(None)) == ["portal.W001"]


def test_e005_pack_without_data_or_without_an_emergency_line(serbia, tmp_path):
    silent = replace(serbia, country=replace(serbia.country, emergency_lines=()))
    with registry.countries.only([replace(serbia, data=tmp_path / "none"), silent, serbia]):
        assert ids(checks.check_country_data(None)) == ["portal.E005", "portal.E005"]


def test_safe_mode_silences_what_speaks_of_plugins(settings):
    settings.PORTAL_SAFE_MODE = True
    settings.PORTAL_PLUGINS = ["atlantis", "atlantis"]
    with registry.countries.only([]):
        assert all_checks() == []
