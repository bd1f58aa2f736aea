"""List the plugins, so that an operator sees which are there, which run, and why one does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.plugins import PluginConfig, discovery
from portal.plugins.discovery import Plugin

ENABLED, INSTALLED, FAILED, SAFE = "enabled", "installed", "failed", "off (safe mode)"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list: where a plugin comes from, whether it runs, and why not."""

    name: str
    state: str
    origin: str
    title: str = ""
    reason: str = ""

    def __str__(self) -> str:
        said = ": ".join(part for part in (self.title, self.reason) if part)
        return f"{self.name:<20} {self.state:<16} {self.origin:<10} {said}".rstrip()


class Command(BaseCommand):
    """``manage.py plugins``; when a plugin keeps the site from starting: ``PORTAL_SAFE_MODE=1``."""

    help = "Lists plugins: installed, enabled, failed with the reason. With a broken one: PORTAL_SAFE_MODE=1."
    requires_system_checks: list[str] = []  # it must work above all when the checks fail

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--try", action="store_true", dest="attempt", help="import also those that are not enabled"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = rows(attempt=options["attempt"])
        for row in found:
            self.stdout.write(str(row))
        if not found:
            self.stdout.write("No plugin is installed.")
        failed = [row.name for row in found if row.state == FAILED]
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}.")


def rows(*, attempt: bool = False) -> list[Row]:
    """Return every plugin that is known or asked for; ``attempt`` imports those not enabled, too."""
    known = discovery.available(settings.BASE_DIR)
    wanted = list(dict.fromkeys(settings.PORTAL_PLUGINS))
    missing = [
        Row(name, FAILED, "unknown", reason="PORTAL_PLUGINS names it, and no such plugin is installed")
        for name in wanted
        if name not in known
    ]
    others = [name for name in known if name not in wanted]
    listed = [
        _row(known[name], name in wanted, attempt) for name in (*wanted, *sorted(others)) if name in known
    ]
    return [*listed, *missing]


def _row(plugin: Plugin, enabled: bool, attempt: bool) -> Row:
    if not enabled and not attempt:
        return Row(plugin.name, INSTALLED, plugin.origin)
    reason = discovery.import_failure(plugin)
    if reason:
        return Row(plugin.name, FAILED, plugin.origin, reason=reason)
    config = next((c for c in apps.get_app_configs() if c.name == plugin.module), None)
    running = config is not None
    config = config or AppConfig.create(plugin.module)
    reason = discovery.refusal(config) or (_health(config) if running else "")
    state = ENABLED if running else SAFE if enabled else INSTALLED
    return Row(plugin.name, FAILED if reason else state, plugin.origin, getattr(config, "title", ""), reason)


def _health(config: AppConfig) -> str:
    return config.health() if isinstance(config, PluginConfig) else ""
