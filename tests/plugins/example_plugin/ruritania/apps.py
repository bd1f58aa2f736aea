"""Ruritania: its name, its emergency number, the folder of its data, one page and one setting of its own."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from portal.plugins import Country, CountryPack, EmergencyLine, PluginConfig, plugin_setting

COUNTRY = Country(
    code="XX",
    name={"en": "Ruritania", "sr-latn": "Ruritanija", "sl": "Ruritanija"},
    emergency_lines=(
        EmergencyLine("999", "all", {"en": "Emergency"}, "https://ruritania.example/emergency", "2026-01"),
    ),
    time_zone="Europe/Vienna",
    calling_code="+999",
    region_word={"en": "Duchy"},
)


def greeting(request: HttpRequest) -> HttpResponse:
    """Answer with the greeting that the site has set."""
    return HttpResponse(str(plugin_setting("ruritania", "greeting")), content_type="text/plain")


class RuritaniaConfig(PluginConfig):
    """The country pack of Ruritania."""

    name = "ruritania"
    label = "ruritania"
    title = "Ruritania"
    default_settings = {"greeting": "Welcome to Strelsau"}

    def country_packs(self) -> tuple[CountryPack, ...]:
        return (CountryPack(COUNTRY, Path(__file__).parent / "data", ("Written for the tests.",)),)

    def page_blocks(self) -> Mapping[str, Callable[[], Any]]:
        from ruritania.blocks import TimelineBlock  # needs the settings

        return {"timeline": TimelineBlock}

    def urls(self) -> list[Any]:
        return [path("greeting/", greeting, name="greeting")]
