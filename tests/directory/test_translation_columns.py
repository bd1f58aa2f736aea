"""The traps of a column per language (M1–M5): fixed columns, no base names, no text in a wrong language."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import translation
from modeltranslation.translator import translator
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import TranslatableMixin

from directory.actions import save_organization
from directory.models import Organization
from directory.viewsets import DirectoryGroup
from portal import languages
from tests import factories

# Append-only: a language may be added at the end, none may ever go or move (its column holds text).
GOLDEN = (
    *("en", "sr-latn", "sr-cyrl", "sl", "sq", "hu", "ro", "rom", "bs", "mk", "bg", "uk", "ru", "ar", "fa"),
    *("tr", "de", "fr"),
)
TRANSLATED = sorted(translator.get_registered_models(abstract=False), key=lambda model: model.__name__)
LOOKUPS = {
    "filter",
    "exclude",
    "get",
    "order_by",
    "values",
    "values_list",
    "annotate",
    "aggregate",
    "only",
    "defer",
}
# A field of the same name that is not translated: a loaded pack has one name.
OTHER_MODELS = {
    "home/management/commands/load_packs.py": {"name"},
    "home/actions.py": {"name"},
    "home/models/site.py": {"title"},  # of pages, as are the next
    "home/querysets.py": {"title"},
    "home/feedback.py": {"title"},
    "home/site_links.py": {"title"},
    "home/page_names.py": {"title"},
    "search/lexicon.py": {"text"},  # of search words
}


def bases(model) -> list[str]:
    """Return the names of a model's translated fields, without language."""
    return list(translator.get_options_for_model(model).get_field_names())


def test_translated_models_are_found():
    assert [model.__name__ for model in TRANSLATED] == [
        *("Accessibility", "Area", "ConfidentialPlace", "Contact", "CostOption", "EligibilityAlternative"),
        *("FinderAnswer", "FinderQuestion", "Location", "Organization", "Phone", "Place"),
        *("RequiredDocument", "Service", "TaxonomyTerm"),
    ]


def test_catalogue_is_append_only():
    assert languages.CODES[: len(GOLDEN)] == GOLDEN


def test_columns_are_made_for_the_catalogue_not_for_the_enabled_languages():
    assert tuple(settings.MODELTRANSLATION_LANGUAGES) == languages.CODES
    assert set(settings.PORTAL_LANGUAGES) < set(settings.MODELTRANSLATION_LANGUAGES)


@pytest.mark.django_db
@pytest.mark.parametrize("model", TRANSLATED, ids=lambda model: model.__name__)
def test_table_has_a_column_for_every_language_of_the_catalogue(model):
    with connection.cursor() as cursor:
        found = {c.name for c in connection.introspection.get_table_description(cursor, model._meta.db_table)}
    wanted = {f"{base}_{lang.column_suffix}" for base in bases(model) for lang in languages.CATALOGUE}
    assert wanted - found == set()
    assert {name for name in found if _is_language_column(name, bases(model))} == wanted


def _is_language_column(name: str, names: list[str]) -> bool:
    suffixes = {language.column_suffix for language in languages.CATALOGUE}
    return any(name.removeprefix(f"{base}_") in suffixes for base in names if name.startswith(f"{base}_"))


@pytest.mark.django_db
def test_migrations_say_what_the_models_say():
    out = StringIO()
    call_command("makemigrations", "directory", "search", "home", check=True, dry_run=True, stdout=out)
    assert "No changes detected" in out.getvalue()


def test_columns_are_never_made_outside_migrations():
    texts = {path: path.read_text(encoding="utf-8") for path in sources()}
    assert [path for path, text in texts.items() if "sync_translation_fields" in text] == []


def panels_of(panel) -> Iterator:
    """Yield a bound panel and all below it, rows inside records included."""
    yield panel
    for child in getattr(panel, "children", ()):
        yield from panels_of(child)
    if isinstance(panel, InlinePanel):
        yield from panels_of(panel.child_edit_handler)


@pytest.mark.parametrize("viewset", [item() for item in DirectoryGroup.items], ids=lambda item: item.name)
def test_panels_name_language_columns_never_base_names(viewset):
    found = [p for p in panels_of(viewset.get_edit_handler()) if isinstance(p, FieldPanel)]
    wrong = [
        (panel.model.__name__, panel.field_name)
        for panel in found
        if panel.model in TRANSLATED and panel.field_name in bases(panel.model)
    ]
    assert (wrong, bool(found)) == ([], True)


@pytest.mark.parametrize("viewset", [item() for item in DirectoryGroup.items], ids=lambda item: item.name)
def test_lists_search_and_order_by_columns_never_by_base_names(viewset):
    named = [*viewset.search_fields, *(name.lstrip("-") for name in viewset.ordering)]
    named += [name for name in viewset.list_display if isinstance(name, str)]
    assert set(named) & set(bases(viewset.model) if viewset.model in TRANSLATED else ()) == set()


@pytest.mark.parametrize("model", TRANSLATED, ids=lambda model: model.__name__)
def test_models_are_not_ordered_by_a_translated_name(model):
    assert {name.lstrip("-") for name in model._meta.ordering} & set(bases(model)) == set()


def sources() -> list[Path]:
    """Return our own Python files, without migrations."""
    folders = (settings.BASE_DIR / name for name in ("portal", "search", "directory", "home", "plugins"))
    return [path for folder in folders for path in folder.rglob("*.py") if "migrations" not in path.parts]


def lookups(path: Path) -> Iterator[str]:
    """Yield the first part of every field that a file's database lookups name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called not in {*LOOKUPS, "Q", "F"}:
            continue
        words = [
            arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
        ]
        yield from (word.lstrip("-").split("__")[0] for word in words if called != "get")
        yield from (keyword.arg.split("__")[0] for keyword in node.keywords if keyword.arg)


def test_lookups_are_found():
    assert sum(len(list(lookups(path))) for path in sources()) > 100


def test_code_never_filters_or_orders_by_a_translated_base_name():
    translated = {base for model in TRANSLATED for base in bases(model)}
    found = [
        (str(path.relative_to(settings.BASE_DIR)), name)
        for path in sources()
        for name in lookups(path)
        if name in translated - OTHER_MODELS.get(str(path.relative_to(settings.BASE_DIR)), set())
    ]
    assert found == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["sl", "uk", "fr"])
def test_saving_under_another_language_writes_into_no_column_of_it(language):
    record = factories.organization(name_en="Only English")
    with translation.override(language):
        save_organization(Organization.objects.get(pk=record.pk))
    fresh = Organization.objects.get(pk=record.pk)
    suffix = languages.get(language).column_suffix
    assert (fresh.name_en, getattr(fresh, f"name_{suffix}") or "") == ("Only English", "")


@pytest.mark.django_db
@pytest.mark.parametrize("label", ["portal", "search", "directory", "home"])
def test_start_asks_the_database_nothing(label, django_assert_num_queries):
    with django_assert_num_queries(0):
        apps.get_app_config(label).ready()


@pytest.mark.parametrize("model", TRANSLATED, ids=lambda model: model.__name__)
def test_translated_models_are_not_translatable_pages_too(model):
    assert not issubclass(model, TranslatableMixin)
