"""Plugins are found by name, bundled or installed, and none of their code runs for that."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest
from django.apps import AppConfig, apps
from django.conf import settings

from portal.plugins import PluginConfig, discovery, installed_plugins, plugin_setting, registry
from tests.plugins.processes import install


def test_bundled_packs_are_found():
    found = discovery.bundled(settings.BASE_DIR)
    assert {name: plugin.module for name, plugin in found.items()} == {
        "serbia": "plugins.serbia",
        "slovenia": "plugins.slovenia",
    }


def test_installed_plugin_is_found_without_running_its_code(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(install(tmp_path)))
    assert discovery.installed()["ruritania"] == discovery.Plugin("ruritania", "ruritania", "installed")
    assert "ruritania" not in sys.modules


def test_bundled_plugin_wins_over_an_installed_one_of_its_name(tmp_path, monkeypatch):
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nname = "other"\nversion = "1"\n[project.entry-points."portal.plugins"]\nserbia = "other"\n'
    )
    monkeypatch.syspath_prepend(str(install(tmp_path / "site", tmp_path)))
    assert discovery.available(settings.BASE_DIR)["serbia"].origin == "bundled"


def test_apps_keep_the_order_of_the_setting_and_leave_unknown_names_out():
    assert discovery.apps_for(["slovenia", "nowhere", "serbia"], settings.BASE_DIR) == [
        "plugins.slovenia",
        "plugins.serbia",
    ]


def test_enabled_plugins_bring_their_countries_in_order():
    assert [plugin.label for plugin in installed_plugins()] == ["serbia", "slovenia"]
    assert registry.country_codes() == ("RS", "SI")
    assert registry.countries.owners() == ("serbia", "slovenia")


def test_app_that_is_no_plugin_is_refused():
    config = apps.get_app_config("directory")
    assert discovery.refusal(config) == "directory: its AppConfig is no PluginConfig."


@pytest.mark.parametrize(
    ("api_range", "reason"),
    [
        (">=1.0,<2.0", ""),
        (">=2.0", "plugins.serbia: written for plugin API >=2.0, this site has 1.0."),
        ("whatever", "plugins.serbia: api_range 'whatever' is no version range."),
    ],
)
def test_api_range_decides(monkeypatch, api_range, reason):
    config = apps.get_app_config("serbia")
    monkeypatch.setattr(type(config), "api_range", api_range)
    assert discovery.refusal(config) == reason


def test_import_failure_gives_the_reason():
    plugin = discovery.Plugin("nowhere", "no_such_module", "installed")
    assert discovery.import_failure(plugin) == "ModuleNotFoundError: No module named 'no_such_module'"


def test_plugin_setting_reads_the_site_before_the_default(monkeypatch, settings):
    monkeypatch.setattr(type(apps.get_app_config("serbia")), "default_settings", {"colour": "blue"})
    assert plugin_setting("serbia", "colour") == "blue"
    settings.PORTAL_PLUGIN_SETTINGS = {"serbia": {"colour": "green"}}
    assert plugin_setting("serbia", "colour") == "green"


def test_plugin_setting_of_no_plugin_is_refused():
    with pytest.raises(KeyError):
        plugin_setting("directory", "colour")


def test_subclass_of_plugin_config_is_the_default_of_its_module():
    class Made(PluginConfig):
        name = "made"

    assert (PluginConfig.default, Made.default) == (False, True)
    assert issubclass(Made, AppConfig)


def test_registry_holds_one_set_an_owner_and_gives_it_back():
    items = registry.Registry[SimpleNamespace]()
    first, second = SimpleNamespace(), SimpleNamespace()
    items.extend("a", [first])
    items.extend("a", [first])
    items.extend("b", [])
    with items.only([second]):
        assert list(items) == [second]
    assert (list(items), items.owners()) == ([first], ("a",))


def test_country_is_found_by_its_code():
    found = registry.get_country("SI")
    assert found is not None
    assert (found.name["sl"], found.main_line.number) == ("Slovenija", "113")
    assert registry.get_country("XX") is None
