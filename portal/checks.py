"""Wrong configuration stops here, each with an id and one sentence (house rule 8)."""

from __future__ import annotations

import re
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from portal.plugins import discovery, registry


@register()
def check_plugins_exist(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """E001: every name in ``PORTAL_PLUGINS`` is a plugin; E002: none is named twice."""
    if settings.PORTAL_SAFE_MODE:
        return []
    known = discovery.available(settings.BASE_DIR)
    names = list(settings.PORTAL_PLUGINS)
    missing = [name for name in names if name not in known]
    hint = f"Known plugins: {', '.join(sorted(known)) or 'none'}."
    errors: list[CheckMessage] = [
        Error(f"PORTAL_PLUGINS names {name!r}, which is no plugin.", hint=hint, id="portal.E001")
        for name in missing
    ]
    if len(set(names)) != len(names):
        errors.append(Error("PORTAL_PLUGINS names a plugin twice.", id="portal.E002"))
    return errors


@register()
def check_plugin_configs(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """E003: each enabled plugin's AppConfig is a PluginConfig written for this API version."""
    if settings.PORTAL_SAFE_MODE:
        return []
    known = discovery.available(settings.BASE_DIR)
    modules = {known[name].module for name in settings.PORTAL_PLUGINS if name in known}
    reasons = (discovery.refusal(config) for config in apps.get_app_configs() if config.name in modules)
    return [Error(reason, id="portal.E003") for reason in reasons if reason]


@register()
def check_countries(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """E004: no two packs bring the same country; W001: without a country the hotline bar is empty."""
    codes = registry.country_codes()
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        return [Error(f"Two enabled packs bring {', '.join(twice)}.", id="portal.E004")]
    if not codes and not settings.PORTAL_SAFE_MODE:
        return [Warning("No country pack is enabled: no emergency number can be shown.", id="portal.W001")]
    return []


@register()
def check_country_data(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """E005: a country pack's data folder exists and its country has an emergency line."""
    return [
        Error(f"The pack of {pack.country.code} has no data folder or no emergency line.", id="portal.E005")
        for pack in registry.countries
        if not pack.data.is_dir() or not pack.country.emergency_lines
    ]


@register()
def check_onion(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """E006: ``PORTAL_ONION`` is empty or the address of an onion service, without a path."""
    if not settings.PORTAL_ONION or re.fullmatch(r"https?://[a-z2-7]{56}\.onion", settings.PORTAL_ONION):
        return []
    sentence = (
        "PORTAL_ONION must be http:// or https:// and a name of 56 letters and digits that ends in .onion."
    )
    return [Error(sentence, id="portal.E006")]
