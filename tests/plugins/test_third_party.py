"""A plugin that somebody else wrote, in its own folder with its own pyproject, keeps the same contract."""

from __future__ import annotations

import re
import shutil

import pytest

from tests.plugins.processes import EXAMPLE, environment, install, manage, run


@pytest.fixture
def installed(tmp_path):
    """An environment in which the example plugin is installed."""
    return lambda **values: environment(install(tmp_path / "site"), EXAMPLE, **values)


@pytest.mark.slow
def test_example_plugin_keeps_the_contract(installed):
    file = str(EXAMPLE / "ruritania_contract.py")
    options = ["-q", "--no-header", "-p", "no:randomly"]
    done = run("-m", "pytest", file, *options, env=installed(PORTAL_PLUGINS="ruritania"))
    summary = re.search(r"(\d+) passed", done.stdout)
    assert done.returncode == 0, done.stdout[-3000:]
    assert summary is not None
    assert int(summary[1]) > 20


def test_installed_plugin_is_listed_but_runs_only_when_enabled(installed):
    done = manage("plugins", env=installed(PORTAL_PLUGINS="serbia"))
    lines = {line.split()[0]: line.split()[1:3] for line in done.stdout.splitlines()}
    assert lines == {
        "serbia": ["enabled", "bundled"],
        "ruritania": ["installed", "installed"],
        "slovenia": ["installed", "bundled"],
    }


def test_enabled_plugin_passes_the_checks_and_is_listed(installed):
    env = installed(PORTAL_PLUGINS="ruritania,slovenia")
    done = manage("plugins", env=env)
    assert [line.split()[:2] for line in done.stdout.splitlines()] == [
        ["ruritania", "enabled"],
        ["slovenia", "enabled"],
        ["serbia", "installed"],
    ]
    checked = manage("check", "--fail-level", "WARNING", env=env)
    assert (checked.returncode, checked.stderr) == (0, checked.stderr)


def test_plugin_for_another_api_is_named_with_the_reason(tmp_path):
    folder = copied(tmp_path, "api_range = '>=9.0'\n    title")
    env = environment(folder, PORTAL_PLUGINS="ruritania")
    done = manage("check", env=env)
    assert done.returncode == 1
    assert "portal.E003" in done.stderr
    assert "written for plugin API >=9.0, this site has 1.0" in done.stderr
    assert manage("plugins", env=env).stdout.split()[:2] == ["ruritania", "failed"]


def test_broken_plugin_is_named_with_the_reason_in_safe_mode(tmp_path):
    folder = copied(tmp_path, "raise LookupError('no such duchy')\n    title")
    env = environment(folder, PORTAL_PLUGINS="ruritania", PORTAL_SAFE_MODE="1")
    done = manage("plugins", env=env)
    assert done.returncode == 1
    assert done.stdout.splitlines()[0].split(maxsplit=3) == [
        *("ruritania", "failed", "installed"),
        "LookupError: no such duchy",
    ]


def test_safe_mode_runs_no_plugin_and_passes_the_checks():
    env = environment(PORTAL_SAFE_MODE="1")
    assert manage("check", "--fail-level", "WARNING", env=env).returncode == 0
    done = manage("plugins", env=env)
    assert {line[21:36] for line in done.stdout.splitlines()} == {"off (safe mode)"}


def copied(folder, instead_of_title: str):
    """Return a copy of the example plugin in which one line differs."""
    install(folder)
    package = folder / "ruritania"
    shutil.copytree(EXAMPLE / "ruritania", package)
    text = (EXAMPLE / "ruritania" / "apps.py").read_text(encoding="utf-8")
    (package / "apps.py").write_text(
        text.replace("    title", f"    {instead_of_title}", 1), encoding="utf-8"
    )
    return folder
