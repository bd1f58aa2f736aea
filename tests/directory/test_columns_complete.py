"""Every text of the directory stands in the languages that are promised, and no translation claims to be read."""

from __future__ import annotations

import ast

import pytest
from django.conf import settings
from django.utils import translation

from directory.models import Organization, Service, TaxonomyTerm
from directory.translation_states import known_rows
from directory.translation_texts import KINDS, units_of
from portal.localized import localized, stored

pytestmark = pytest.mark.django_db

WHOLE = ("en", "sr-latn", "sl")
FIVE = ("ar", "uk", "ru", "hu", "sq")
# What a service must say about itself; the rest (cost, duration, conditions) only where a source says it.
ALWAYS = ("name", "description", "application_process", "eligibility_description")
LATIN = set("abcdefghijklmnoprstuvzčćđšž")


def gaps(kind: str, records, wanted) -> list[str]:
    return [
        f"{unit.context} {language}"
        for unit in units_of(KINDS[kind], records)
        for language in wanted
        if language not in unit.texts
    ]


def test_every_service_says_what_it_must_in_each_first_language():
    services = list(Service.objects.published())
    empty = [
        f"{service.key} {field} {language}"
        for service in services
        for field in ALWAYS
        for language in WHOLE
        if not stored(service, field).get(language)
    ]
    assert (empty, len(services) >= 100) == ([], True)


def test_every_provider_says_what_it_does_and_how_to_reach_it_in_each_first_language():
    # Members of a network have their name alone: what they do is the network's row.
    providers = list(Organization.objects.published().filter(network=None))
    empty = [
        f"{provider.key} {field} {language}"
        for provider in providers
        for field in ("name", "description", "how_to_reach")
        for language in WHOLE
        if not stored(provider, field).get(language)
    ]
    assert (empty, len(providers) >= 40) == ([], True)


@pytest.mark.parametrize("kind", [name for name in KINDS if name not in {"organization", "term"}])
def test_text_that_stands_in_one_first_language_stands_in_all(kind):
    assert gaps(kind, KINDS[kind].records(), WHOLE) == []


def test_text_of_a_provider_that_stands_in_one_first_language_stands_in_all():
    rows = KINDS["organization"].records()
    fields = [field for field in KINDS["organization"].fields if field != "name"]
    missing = [
        f"{unit.context} {language}"
        for unit in units_of(KINDS["organization"], rows, fields)
        for language in WHOLE
        if language not in unit.texts
    ]
    assert missing == []


def test_needs_and_terms_stand_in_every_enabled_language():
    needs = list(TaxonomyTerm.objects.filter(taxonomy__key="needs"))
    assert len(needs) == 30
    assert all(need.plain_en for need in needs)
    assert gaps("term", KINDS["term"].records(), (*WHOLE, *FIVE)) == []


def test_serbian_cyrillic_is_derived_for_every_text():
    units = [
        unit for kind in KINDS.values() for unit in units_of(kind, kind.records()) if "sr-latn" in unit.texts
    ]
    assert len(units) > 1_000
    for unit in units:
        text = localized(unit.record, unit.field, "sr-cyrl")
        assert (text.language, text.is_fallback) == ("sr-cyrl", False)
    needs = TaxonomyTerm.objects.filter(taxonomy__key="needs")
    texts = [str(localized(need, field, "sr-cyrl")) for need in needs for field in ("name", "plain")]
    assert [text for text in texts if LATIN & set(text.lower())] == []


def test_no_translation_of_a_pack_claims_that_a_native_speaker_has_read_it():
    known = [row for kind in KINDS for row in known_rows(kind).values()]
    assert (len(known) > 2_000, [row for row in known if row.reviewed]) == (True, [])


# Choices that only editors read.
EDITORS = {"FinderKind", "FinderFilter", "FeedbackKind", "FeedbackTopic"}


def sentences(file: str) -> list[str]:
    """Return the texts that a module has translated, without those of the editors' choices."""
    tree = ast.parse((settings.BASE_DIR / "directory" / f"{file}.py").read_text(encoding="utf-8"))
    parts = [part for part in tree.body if getattr(part, "name", "") not in EDITORS]
    calls = [node for part in parts for node in ast.walk(part) if isinstance(node, ast.Call) and node.args]
    first = [node.args[0] for node in calls if getattr(node.func, "id", "") in {"_", "gettext", "ngettext"}]
    return [str(node.value) for node in first if isinstance(node, ast.Constant)]


@pytest.mark.parametrize("language", [*WHOLE[1:], "sr-cyrl", *FIVE])
@pytest.mark.parametrize(
    "file", ["choices", "filters", "reasons", "listing", "organization_listing", "cards"]
)
def test_labels_of_filters_and_reasons_stand_in_every_language(language, file):
    found = sentences(file)
    catalogue = translation.trans_real.translation(language)._catalog  # the one way to ask
    missing = [text for text in found if text not in catalogue and (text, 0) not in catalogue]
    assert (missing, bool(found)) == ([], True)
