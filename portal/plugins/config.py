"""PluginConfig: what a package declares to become a plugin, and how the site finds it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.apps import AppConfig

from portal.plugins.country import CountryPack
from portal.plugins.translators import MachineTranslator

API_VERSION = "1.0"
ENTRY_POINT_GROUP = "portal.plugins"


class PluginConfig(AppConfig):
    """Base of every plugin's AppConfig.

    ``api_range`` is a version specifier (PEP 440) of the plugin API that it was written for; ``default_settings``
    are read through :func:`portal.plugins.plugin_setting`. Everything not declared here is not part of the API.
    """

    default = False
    title: ClassVar[str] = ""
    api_range: ClassVar[str] = ">=1.0,<2.0"
    default_settings: ClassVar[Mapping[str, Any]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        # Django ignores an apps.py that holds an imported base beside its own class unless one is marked.
        super().__init_subclass__(**kwargs)
        cls.default = True

    def country_packs(self) -> tuple[CountryPack, ...]:
        """Return the countries that this plugin brings."""
        return ()

    def machine_translators(self) -> tuple[MachineTranslator, ...]:
        """Return the machine translators that this plugin brings; the first one that has a pair is used."""
        return ()

    def urls(self) -> list[Any]:
        """Return URL patterns; the site mounts them under ``/<lang>/x/<label>/``."""
        return []

    def page_blocks(self) -> Mapping[str, Callable[[], Any]]:
        """Return blocks for the pages: by name, what makes a new Wagtail block.

        A block is stored under ``<label>_<name>`` and shown as its own ``render`` says. It stays stored while
        the plugin is switched off. Called while models are loaded: import models inside the callables only.
        """
        return {}

    def health(self) -> str:
        """Return an empty string when the plugin works, else one sentence why not."""
        return ""

    def ready(self) -> None:
        """Register this plugin's parts; call ``super().ready()`` when overriding. No queries here."""
        from portal.plugins import registry

        registry.countries.extend(self.label, self.country_packs())
        registry.machine_translators.extend(self.label, self.machine_translators())
