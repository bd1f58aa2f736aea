"""What every plugin must keep: run this suite over yours by deriving from it and naming your plugin's label.

    class TestMyPack(PluginContract):
        label = "mypack"

A suite that finds nothing to test fails: a plugin that brings nothing is no plugin.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from wagtail.blocks import Block

from directory.actions import load_country, load_taxonomies
from directory.actions.loading import TERMS_FILE
from directory.choices import (
    AreaLevel,
    ContactKind,
    Coverage,
    OrganizationKind,
    PhoneKind,
    Publication,
    Status,
)
from directory.importers import read_pack, read_pages
from directory.importers.files import read_csv
from directory.models import Organization, Service
from portal import languages
from portal.plugins import CountryPack, PackRecords, PluginConfig, discovery, plugin_setting, registry

OURS = ("portal", "directory", "home", "search", "plugins")
PUBLIC_API = "portal.plugins"


def texts(value: Any) -> Iterator[dict[str, str]]:
    """Yield every text by language inside a record."""
    if is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    elif isinstance(value, dict):
        yield value


def keys(records: tuple[Any, ...]) -> list[str]:
    """Return the keys of records."""
    return [record.key for record in records]


class PluginContract:
    """The suite; ``label`` is the Django label of an enabled plugin."""

    label = ""

    @pytest.fixture
    def config(self) -> PluginConfig:
        found = apps.get_app_config(self.label)
        assert isinstance(found, PluginConfig)
        return found

    @pytest.fixture
    def packs(self, config) -> tuple[CountryPack, ...]:
        return config.country_packs()

    @pytest.fixture
    def delivered(self, packs) -> list[PackRecords]:
        return [read_pack(pack) for pack in packs]

    def test_plugin_brings_something(self, config, delivered):
        services = sum(len(records.services) for records in delivered)
        assert services or config.urls() or self.extras(config)

    def extras(self, config: PluginConfig) -> list[Any]:
        """Return what else the plugin registers (an engine, links …); a plugin without a pack overrides this."""
        return []

    def test_plugin_has_a_title_and_fits_the_api(self, config):
        assert config.title
        assert discovery.refusal(config) == ""

    def test_plugin_is_well(self, config):
        assert config.health() == ""

    def test_plugin_uses_the_public_api_only(self, config):
        outside = [name for path in Path(config.path).rglob("*.py") for name in foreign_imports(path, config)]
        assert outside == []

    def test_ready_asks_the_database_nothing_and_may_be_called_twice(
        self, config, django_assert_num_queries, db
    ):
        before = list(registry.countries)
        with django_assert_num_queries(0):
            config.ready()
        assert list(registry.countries) == before

    def test_settings_are_declared_and_unknown_ones_refused(self, config):
        for name, value in config.default_settings.items():
            assert type(plugin_setting(self.label, name)) is type(value)
        with pytest.raises(KeyError):
            plugin_setting(self.label, "no such setting")

    def test_urls_have_names(self, config):
        assert [str(pattern.pattern) for pattern in config.urls() if not pattern.name] == []

    def test_blocks_of_pages_are_named_and_new_each_time(self, config):
        for name, make in config.page_blocks().items():
            first, second = make(), make()
            assert name.isidentifier()
            assert isinstance(first, Block)
            assert first is not second
            assert isinstance(first.render(first.get_default()), str)

    def test_country_is_complete(self, packs):
        for pack in packs:
            country = pack.country
            assert re.fullmatch("[A-Z]{2}", country.code)
            assert re.fullmatch(r"\+[0-9]{1,4}", country.calling_code)
            assert ZoneInfo(country.time_zone)
            assert country.name["en"]
            assert country.region_word["en"]
            assert pack.data.is_dir()

    def test_emergency_lines_are_short_numbers_with_source_and_date(self, packs):
        for pack in packs:
            assert pack.country.main_line
            for line in pack.country.emergency_lines:
                assert re.fullmatch("[0-9]{2,6}", line.number)
                assert line.kind in {"police", "fire", "ambulance", "all"}
                assert all((line.source, line.source_date, line.name["en"]))

    def test_texts_are_in_languages_of_the_catalogue(self, packs, delivered):
        written = [text for one in (*delivered, *(pack.country for pack in packs)) for text in texts(one)]
        assert {code for text in written for code in text} <= set(languages.CODES)

    def test_keys_are_unique(self, delivered):
        for records in delivered:
            groups = (records.areas, records.places, records.organizations, records.services)
            for group in (*groups, records.dated_values, records.notes):
                assert len(set(keys(group))) == len(group)

    def test_contacts_are_of_known_kinds_and_unique(self, delivered):
        for records in delivered:
            contacts = [contact for org in records.organizations for contact in org.contacts]
            assert len({contact.key for contact in contacts}) == len(contacts)
            assert {contact.kind for contact in contacts} <= {*PhoneKind.values, *ContactKind.values}
            assert {contact.publish for contact in contacts} <= {"yes", "noted", "no"}

    def test_shown_contacts_say_where_they_were_seen(self, delivered):
        shown = [
            contact
            for records in delivered
            for org in records.organizations
            for contact in org.contacts
            if contact.publish != "no" and contact.value
        ]
        assert [contact.key for contact in shown if not contact.source_url] == []

    def test_areas_and_places_hang_together(self, delivered):
        for records in delivered:
            areas = {area.key: area for area in records.areas}
            assert {area.level for area in records.areas} <= set(AreaLevel.values)
            assert {area.parent for area in records.areas if area.parent} <= set(areas)
            assert {place.municipality for place in records.places} <= set(areas)

    def test_organizations_hang_together(self, delivered):
        for records in delivered:
            known = set(keys(records.organizations))
            organizations = records.organizations
            assert {org.country for org in organizations} <= {records.country}
            assert {org.kind for org in organizations} <= set(OrganizationKind.values)
            assert {org.publication for org in organizations} <= set(Publication.values)
            assert {key for org in organizations for key in (org.parent, org.network) if key} <= known
            assert [org.key for org in organizations if not org.name] == []

    def test_services_hang_together(self, delivered):
        terms = read_csv(TERMS_FILE)
        needs = {row["slug"] for row in terms if row["taxonomy"] == "needs"}
        types = {row["slug"] for row in terms if row["taxonomy"] == "service_type"}
        for records in delivered:
            known, services = set(keys(records.organizations)), records.services
            assert {service.country for service in services} <= {records.country}
            assert {key for service in services for key in service.organizations} <= known
            assert {slug for service in services for slug in service.needs} <= needs
            assert {service.service_type for service in services if service.service_type} <= types
            assert {service.status for service in services} <= set(Status.values)
            assert {service.coverage for service in services} <= set(Coverage.values)

    def test_services_have_a_name_a_source_and_an_alternative(self, delivered):
        services = [service for records in delivered for service in records.services]
        assert [service.key for service in services if not service.name.get("en")] == []
        assert [service.key for service in services if not service.source] == []
        assert [service.key for service in services if not service.alternatives] == []

    def test_confidential_organizations_have_no_public_office(self, delivered):
        secret = [org for records in delivered for org in records.organizations if org.is_confidential]
        offices = [c.key for org in secret for c in org.contacts if c.kind == ContactKind.PUBLIC_OFFICE]
        assert offices == []

    def test_pages_can_be_read(self, packs):
        for pack in packs:
            pages = read_pages(pack, "en")
            assert len({page.slug for page in pages}) == len(pages)
            assert [page.key for page in pages if not page.title.get("en")] == []

    def test_loading_twice_changes_nothing(self, packs, db):
        load_taxonomies()
        for pack in packs:
            load_country(pack, name=self.label)
            again = load_country(pack, name=self.label)
            assert (again.created, again.updated, again.kept) == ([], [], [])

    def test_loaded_records_say_who_delivered_them(self, packs, delivered, db):
        load_taxonomies()
        for pack, records in zip(packs, delivered, strict=True):
            load_country(pack, name=self.label)
            for model, group in ((Organization, records.organizations), (Service, records.services)):
                loaded = model.objects.filter(pack=self.label, country=pack.country.code)
                assert set(loaded.values_list("key", flat=True)) == set(keys(group))


def foreign_imports(path: Path, config: PluginConfig) -> list[str]:
    """Return what a file of a plugin imports of the portal beside its public API."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and not node.level:
            names = [node.module or ""]
        found += [f"{path.name}: {name}" for name in names if _is_foreign(name, config.name)]
    return found


def _is_foreign(name: str, own: str) -> bool:
    if name == own or name.startswith(f"{own}."):
        return False
    return name.split(".")[0] in OURS and name != PUBLIC_API
