"""The public plugin API: what is exported here is stable within one API version, anything else is not part of it."""

from __future__ import annotations

from typing import Any

from portal.plugins.config import API_VERSION, ENTRY_POINT_GROUP, PluginConfig
from portal.plugins.country import Country, CountryPack, EmergencyLine
from portal.plugins.records import (
    ANYONE,
    UNKNOWN,
    AlternativeRecord,
    AreaRecord,
    ContactRecord,
    DatedValueRecord,
    FactRecord,
    NoteRecord,
    OrganizationRecord,
    PackRecords,
    PageRecord,
    PlaceRecord,
    RightRecord,
    SectionRecord,
    ServiceRecord,
)
from portal.plugins.search import (
    Answer,
    Conditions,
    Count,
    FacetValues,
    Hit,
    IndexSource,
    Progress,
    RangeValues,
    SearchDocument,
    SearchEngine,
    SearchQuery,
    SearchResult,
)
from portal.plugins.translators import MachineTranslator

__all__ = [
    "ANYONE",
    "API_VERSION",
    "ENTRY_POINT_GROUP",
    "UNKNOWN",
    "AlternativeRecord",
    "Answer",
    "AreaRecord",
    "Conditions",
    "ContactRecord",
    "Count",
    "Country",
    "CountryPack",
    "DatedValueRecord",
    "EmergencyLine",
    "FacetValues",
    "FactRecord",
    "Hit",
    "IndexSource",
    "MachineTranslator",
    "NoteRecord",
    "OrganizationRecord",
    "PackRecords",
    "PageRecord",
    "PlaceRecord",
    "PluginConfig",
    "Progress",
    "RangeValues",
    "RightRecord",
    "SearchDocument",
    "SearchEngine",
    "SearchQuery",
    "SearchResult",
    "SectionRecord",
    "ServiceRecord",
    "installed_plugins",
    "plugin_setting",
]


def installed_plugins() -> list[PluginConfig]:
    """Return the enabled plugins, in the order of ``PORTAL_PLUGINS``."""
    from django.apps import apps

    return [config for config in apps.get_app_configs() if isinstance(config, PluginConfig)]


def plugin_setting(label: str, name: str) -> Any:
    """Return a plugin's setting: the site's ``PORTAL_PLUGIN_SETTINGS[label][name]`` or the plugin's default.

    Raises ``KeyError`` when the plugin declares no such setting.
    """
    from django.apps import apps
    from django.conf import settings

    config = apps.get_app_config(label)
    site = getattr(settings, "PORTAL_PLUGIN_SETTINGS", {}).get(label, {})
    defaults = config.default_settings if isinstance(config, PluginConfig) else {}
    return site[name] if name in site else defaults[name]
