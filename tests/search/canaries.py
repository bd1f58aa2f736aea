"""Strings planted where nothing may leave the house: no store of any engine may hold them afterwards."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from directory.choices import Publication
from directory.models import (
    Area,
    ConfidentialPlace,
    Contact,
    CostOption,
    DatedValue,
    EditorNote,
    EligibilityAlternative,
    Location,
    Organization,
    OrganizationArea,
    Phone,
    RequiredDocument,
    Schedule,
    Service,
    ServiceArea,
    ServiceLanguage,
    ServiceProvider,
)
from home.models import RightsPage
from search.analysis import digits_of
from search.analysis.numbers import number_token
from tests import factories

CANARY = "zzyqx"  # no stem of any language cuts into it
PUBLIC = "vvwkq"
SHOWN = "+381 11 5550 123"
SECRET = "+381 11 9876 501"
INDEXED = ("name", "description", "eligibility_description")
INDEXED_OF_PROVIDERS = ("name", "description", "seat")
INDEXED_OF_PAGES = ("title", "slug", "url_path", "key")
NEVER = (
    ConfidentialPlace,
    Contact,
    CostOption,
    DatedValue,
    EditorNote,
    EligibilityAlternative,
    Location,
    OrganizationArea,
    Phone,
    RequiredDocument,
    Schedule,
    ServiceArea,
    ServiceLanguage,
    ServiceProvider,
)
"""Models of which no text is findable."""


def secrets() -> list[str]:
    """Return what no store may hold: the word, and the number in every form that a number has there."""
    digits = digits_of(SECRET)
    return [CANARY, *digits, *map(number_token, digits)]


def plant() -> list[str]:
    """Plant canaries in every field that is not to be found; return what of public ones is to be found."""
    public = Service.objects.published().filter(is_confidential=False).first()
    hidden = Service.objects.published().exclude(pk=public.pk).first()
    Service.objects.filter(pk=hidden.pk).update(publication=Publication.HIDDEN)
    Service.objects.filter(pk=public.pk).update(name_en=f"{PUBLIC} line")
    _add_rows(public)
    published = list(Service.objects.published().values_list("pk", flat=True))
    assert Service.objects.filter(pk__in=published, is_confidential=True).exists()
    _fill(Service.objects.exclude(pk__in=published))
    _fill(Service.objects.filter(pk__in=published), keep=INDEXED)
    providers = Organization.objects.filter(
        pk__in=list(Organization.objects.published().values_list("pk", flat=True))
    )
    _fill(Organization.objects.exclude(pk__in=providers.values_list("pk", flat=True)))
    _fill(providers.filter(is_confidential=True), keep=("name", "description"))
    _fill(providers.filter(is_confidential=False), keep=INDEXED_OF_PROVIDERS)
    for model in NEVER:
        _fill(model.objects.all())
    _plant_in_pages()
    return [PUBLIC, *map(number_token, digits_of(SHOWN))]


def _add_rows(public: Service) -> None:
    """Add what the packs do not bring: numbers, offices, confidential places and what belongs to a service."""
    for number, publish in ((SHOWN, "yes"), (SECRET, "no")):
        Phone.objects.create(
            key=f"canary-{publish}",
            organization=public.organization,
            kind="office",
            number=number,
            publish=publish,
        )
    factories.location(organization=public.organization, publish="yes")
    place = factories.confidential_place()
    Phone.objects.create(
        key="canary", organization=place.organization, kind="office", number=SECRET, publish="no"
    )
    ServiceArea.objects.create(service=public, area=Area.objects.filter(level="municipality").first())
    ServiceLanguage.objects.create(service=public, code="sl")
    CostOption.objects.create(service=public)
    RequiredDocument.objects.create(service=public, document="x")


def _plant_in_pages() -> None:
    """Plant canaries in a page that is no longer shown, in the notes on all, and in a draft of one that is shown."""
    pages = RightsPage.objects.filter(locale__language_code="en").order_by("pk")
    gone, drafted = pages[:2]
    RightsPage.objects.filter(pk=gone.pk).update(
        live=False, title=f"{CANARY} title", search_description=CANARY
    )
    _fill(RightsPage.objects.live(), keep=INDEXED_OF_PAGES)
    page = RightsPage.objects.get(pk=drafted.pk)
    page.title = f"{CANARY} draft"
    page.save_revision()


def _fill(rows: models.QuerySet, keep: Iterable[str] = ()) -> None:
    """Write the canary into every free text column of these rows, of which there must be some."""
    kept = tuple(keep)
    values = {
        field.name: f"{CANARY} {field.name}"[: field.max_length]
        for field in rows.model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not (field.choices or field.unique or field.is_relation or field.name.startswith(kept or ("\0",)))
        and (field.max_length or 99) >= 60
    }
    assert values
    assert rows.update(**values), rows.model
