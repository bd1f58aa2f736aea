"""Finding plugins by name without running their code: bundled folders and installed entry points."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from django.apps import AppConfig
from packaging.specifiers import InvalidSpecifier, SpecifierSet

from portal.plugins.config import API_VERSION, ENTRY_POINT_GROUP, PluginConfig

BUNDLED_PACKAGE = "plugins"


@dataclass(frozen=True, slots=True)
class Plugin:
    """A plugin that could be enabled: its name, the module of its app and where it comes from."""

    name: str
    module: str
    origin: str


def bundled(base: Path) -> dict[str, Plugin]:
    """Return the plugins in the checkout's ``plugins`` folder."""
    folder = base / BUNDLED_PACKAGE
    names = sorted(path.parent.name for path in folder.glob("*/apps.py"))
    return {name: Plugin(name, f"{BUNDLED_PACKAGE}.{name}", "bundled") for name in names}


def installed() -> dict[str, Plugin]:
    """Return plugins that installed packages announce; nothing of them is imported."""
    found: Iterable[EntryPoint] = entry_points(group=ENTRY_POINT_GROUP)
    return {point.name: Plugin(point.name, point.module, "installed") for point in found}


def available(base: Path) -> dict[str, Plugin]:
    """Return every plugin by name; a bundled one wins over an installed one of the same name."""
    return {**installed(), **bundled(base)}


def apps_for(names: Iterable[str], base: Path) -> list[str]:
    """Return the ``INSTALLED_APPS`` entries of the enabled plugins that exist.

    A name that is no plugin is left out here and reported by the system check ``portal.E001``.
    """
    known = available(base)
    return [known[name].module for name in names if name in known]


def refusal(config: AppConfig) -> str:
    """Return why this app may not run as a plugin, or an empty string."""
    if not isinstance(config, PluginConfig):
        return f"{config.name}: its AppConfig is no PluginConfig."
    try:
        fits = API_VERSION in SpecifierSet(config.api_range)
    except InvalidSpecifier:
        return f"{config.name}: api_range {config.api_range!r} is no version range."
    return (
        ""
        if fits
        else f"{config.name}: written for plugin API {config.api_range}, this site has {API_VERSION}."
    )


def import_failure(plugin: Plugin) -> str:
    """Import a plugin's module and return why that failed, or an empty string."""
    try:
        importlib.import_module(f"{plugin.module}.apps")
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""
