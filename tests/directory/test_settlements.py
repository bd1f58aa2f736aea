"""Import of a settlement register: documented file, all or nothing, twice unchanged, every bad row said."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from directory.actions import import_settlements
from directory.importers import UnreadableImport, read_settlements
from directory.models import Area, Place
from directory.places import find_place

pytestmark = pytest.mark.django_db

HEADER = "code,name_sr_latn,name_hu,municipality,type,valid_from\n"
GOOD = HEADER + (
    "100,Palić,Palics,Subotica,urban,1981-01-01\n101,Kestrelovo,,rs-m-vrsac,rural,\n102,Вранић,,Опово,,\n"
)


@pytest.fixture
def write(tmp_path):
    def make(text: str | bytes) -> Path:
        path = tmp_path / "register.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return make


def load(path: Path, **options) -> object:
    return import_settlements(read_settlements(path), country="RS", source="the register", **options)


def problems(path: Path) -> list[str]:
    with pytest.raises(UnreadableImport) as said:
        load(path)
    return [f"{problem.row}: {problem.message}" for problem in said.value.problems]


def test_settlements_are_found_with_their_municipality(write):
    report = load(write(GOOD))
    assert (report.created, report.updated, report.unchanged) == (["100", "101", "102"], [], [])
    assert find_place("kestrelovo").area.key == "rs-m-vrsac"
    assert find_place("Palics").area.key == "rs-m-subotica"
    place = Place.objects.get(register_code="100")
    assert (place.settlement_type, str(place.valid_from), place.source) == (
        "urban",
        "1981-01-01",
        "the register",
    )


def test_settlements_twice_change_nothing(write):
    load(write(GOOD))
    report = load(write(GOOD))
    assert (report.changed, len(report.unchanged)) == (0, 3)


def test_settlements_changed_row_is_written(write):
    load(write(GOOD))
    report = load(write(GOOD.replace("rs-m-vrsac", "rs-m-opovo")))
    assert report.updated == ["101"]
    assert find_place("kestrelovo").area.key == "rs-m-opovo"


def test_settlements_dry_run_changes_nothing(write):
    before = Place.objects.count()
    report = load(write(GOOD), dry_run=True)
    assert (len(report.created), Place.objects.count()) == (3, before)
    assert find_place("kestrelovo").is_unknown


def test_settlements_make_a_place_of_unsure_municipality_certain(write):
    assert find_place("Vranić").suggested
    load(write(GOOD))
    assert find_place("Vranić").area.key == "rs-m-opovo"


def test_settlements_keep_other_names_of_the_same_place(write):
    subotica = Area.objects.get(key="rs-m-subotica")
    place = Place.objects.exclude(other_keys=[]).get(search_key="subotica")
    load(write(HEADER + f"7,Subotica,,{subotica.key},,\n"))
    assert set(Place.objects.get(register_code="7").other_keys) >= set(place.other_keys)


def test_settlements_say_every_bad_row_and_change_nothing(write):
    before = Place.objects.count()
    rows = (
        "1,Kestrelovo,,Nowhere,,",
        "2,,,Subotica,,",
        "3,A,,Subotica,,yesterday",
        "3,B,,Subotica,,",
        ",C,,Subotica,,",
    )
    assert problems(write(HEADER + "\n".join(rows[1:]) + "\n")) == [
        "line 2: there is no name",
        "line 3: valid_from is no day like 2026-01-31",
        "line 5: code is empty",
        "line 4: code 3 stands in line 3 too",
    ]
    assert problems(write(HEADER + rows[0] + "\n")) == [
        "line 2: 'Nowhere' is none of the municipalities of RS"
    ]
    assert Place.objects.count() == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "columns are missing"),
        (HEADER, "it holds no row"),
        ("code,name\n1,2\n", "columns are missing: municipality, name_<language>"),
        ("code;name_sl\n1;2\n", "columns are missing: municipality"),
        (HEADER + "1,A,,Subotica,,,,,\n", "more cells than columns"),
        (HEADER + f"1,{'A' * 121},,Subotica,,\n", "name is too long"),
        ("code,name_sr_latn,municipality\n1,Šid,Šid\n".encode("cp1250"), "no UTF-8"),
    ],
)
def test_settlements_wrong_file_is_refused_in_plain_words(write, text, said):
    assert said in " ".join(problems(write(text)))


def test_settlements_file_may_have_semicolons_a_mark_and_quotes(write):
    text = 'code;name_sr_latn;municipality\r\n9;"Kestrelovo";"Grad Subotica"\r\n'
    report = load(write(b"\xef\xbb\xbf" + text.encode()))
    assert report.created == ["9"]
    assert find_place("kestrelovo").area.key == "rs-m-subotica"


def test_settlements_many_rows_are_written_in_few_queries(write, count_queries):
    """How long 10,000 take is measured by ``./run bench places``."""
    keys = list(Area.objects.filter(country="RS", level="municipality").values_list("key", flat=True))
    rows = (f"{n},Selo {n},,{keys[n % len(keys)]},rural," for n in range(2_000))
    path = write(HEADER + "\n".join(rows) + "\n")
    with count_queries() as seen:
        load(path)
    assert len(seen) < 120
    assert find_place("Selo 1999").area is not None


def test_command_imports_and_says_what_it_did(write, capsys):
    call_command("import_settlements", str(write(GOOD)), "--country", "rs", "--dry-run")
    assert "Nothing is changed (dry run): 3 new, 0 changed, 0 as before." in capsys.readouterr().out
    call_command("import_settlements", str(write(GOOD)), "--country", "RS", "--source", "Office 2026")
    assert "3 new" in capsys.readouterr().out
    assert Place.objects.get(register_code="100").source == "Office 2026"


@pytest.mark.parametrize(("country", "text"), [("XX", GOOD), ("RS", HEADER + "1,A,,Nowhere,,\n")])
def test_command_refuses_with_one_message(write, country, text):
    with pytest.raises(CommandError):
        call_command("import_settlements", str(write(text)), "--country", country)
