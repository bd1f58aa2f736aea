"""The closed lists: "unknown" and "anyone" differ everywhere, and every value fits its column."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models
from django.db.models import TextChoices

from directory import choices
from portal.plugins import ANYONE, UNKNOWN

LISTS = [
    value
    for value in vars(choices).values()
    if isinstance(value, type) and issubclass(value, TextChoices) and value is not TextChoices
]


def test_lists_are_found():
    assert len(LISTS) > 15


@pytest.mark.parametrize("found", LISTS, ids=lambda found: found.__name__)
def test_values_and_labels_are_unique(found):
    assert len(set(found.values)) == len(found.values)
    assert len({str(label) for label in found.labels}) == len(found.values)


def test_anyone_and_unknown_differ():
    assert [choices.Rule(ANYONE), choices.Rule(UNKNOWN)] == [choices.Rule.ANYONE, choices.Rule.UNKNOWN]
    assert len({*choices.Rule}) == 3


def test_met_circumstances_are_circumstances():
    assert set(choices.Circumstance.values) > choices.MET


def test_every_value_fits_its_column():
    fields = [
        field for model in apps.get_app_config("directory").get_models() for field in model._meta.fields
    ]
    chosen = [field for field in fields if field.choices and isinstance(field, models.CharField)]
    too_long = [
        (str(field), value)
        for field in chosen
        for value, _ in field.flatchoices
        if len(value) > field.max_length
    ]
    assert too_long == []
    assert chosen


def test_flags_of_a_service_know_three_answers():
    service = apps.get_model("directory", "Service")
    flags = ("is_free", "is_open_24_7", "is_anonymous")
    assert {name: service._meta.get_field(name).null for name in flags} == dict.fromkeys(flags, True)
