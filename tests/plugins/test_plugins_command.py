"""``manage.py plugins`` lists what is installed, what runs, and why something does not."""

from __future__ import annotations

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from portal.management.commands.plugins import Command, Row, rows


def listed() -> list[tuple[str, str]]:
    return [(row.name, row.state) for row in rows()]


def test_list_names_enabled_plugins_in_their_order():
    assert listed() == [("serbia", "enabled"), ("slovenia", "enabled")]


def test_list_names_a_plugin_that_is_not_enabled(settings):
    settings.PORTAL_PLUGINS = ["slovenia"]
    assert listed() == [("slovenia", "enabled"), ("serbia", "installed")]


def test_list_names_a_plugin_that_is_not_there(settings):
    settings.PORTAL_PLUGINS = ["serbia", "slovenia", "atlantis"]
    reason = "PORTAL_PLUGINS names it, and no such plugin is installed"
    assert rows()[-1] == Row("atlantis", "failed", "unknown", reason=reason)


def test_list_says_what_a_sick_plugin_says(monkeypatch):
    monkeypatch.setattr(type(apps.get_app_config("serbia")), "health", lambda self: "The duchy is empty.")
    assert rows()[0] == Row("serbia", "failed", "bundled", "Serbia", "The duchy is empty.")


def test_command_fails_when_a_plugin_does(settings):
    settings.PORTAL_PLUGINS = ["serbia", "slovenia", "atlantis"]
    out = StringIO()
    with pytest.raises(CommandError, match=r"^Failed: atlantis\.$"):
        call_command("plugins", stdout=out)
    assert [line.split()[:2] for line in out.getvalue().splitlines()] == [
        ["serbia", "enabled"],
        ["slovenia", "enabled"],
        ["atlantis", "failed"],
    ]


def test_command_runs_without_the_checks_that_a_plugin_may_fail():
    assert Command.requires_system_checks == []
