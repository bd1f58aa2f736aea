"""``manage.py search``: what a visitor finds, for operators."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from directory.models import Organization

pytestmark = pytest.mark.django_db


def said(capsys, *arguments: str) -> str:
    call_command("search", *arguments)
    return capsys.readouterr().out


def test_command_prints_rank_key_name_and_answer(capsys):
    lines = said(capsys, "astra", "--kind", "organization").splitlines()
    name = Organization.objects.get(key="astra").name_en
    assert lines[0].startswith("organization: ")
    assert (lines[1].split()[:2], name in lines[1], "[match]" in lines[1]) == (["1", "astra"], True, True)


def test_command_prints_every_kind_in_the_language_asked_for(capsys):
    out = said(capsys, "astra", "--language", "sr-cyrl", "--limit", "2")
    assert [line.split(":")[0] for line in out.splitlines() if not line.startswith(" ")] == [
        "service",
        "organization",
        "page",
    ]
    assert Organization.objects.get(key="astra").name_sr_latn not in out


def test_command_looks_only_in_the_country_asked_for(capsys):
    keys = [
        line.split()[1]
        for line in said(capsys, "policija", "--kind", "organization", "--country", "si").splitlines()[1:]
    ]
    assert set(Organization.objects.filter(key__in=keys).values_list("country", flat=True)) == {"SI"}


def test_command_writes_nothing(capsys, count_queries):
    with count_queries() as seen:
        said(capsys, "astra")
    assert {query["sql"].split()[0] for query in seen.captured_queries} == {"SELECT"}


@pytest.mark.parametrize("options", [("--language", "xx"), ("--country", "XX"), ("--limit", "0")])
def test_command_refuses_what_is_not_there(options):
    with pytest.raises(CommandError):
        call_command("search", "astra", *options)
