"""Typed places: certain ones are taken, uncertain ones are asked about, never guessed."""

from __future__ import annotations

import pytest

from directory.models import Area, Place
from directory.place_names import key_of, loose_key
from directory.places import find_place

pytestmark = pytest.mark.django_db


CERTAIN = {
    "rs-m-cukarica": ("Čukarica", "cukarica", "ČUKARICA", "Чукарица", "opština Čukarica", "  čukarica  "),
    "rs-m-novi-sad": ("Novi Sad", "нови сад", "novi sad", "Novi Sad, Srbija", "Новий Сад", "Neusatz"),
    "rs-m-subotica": ("Subotica", "Суботица", "grad Subotica", "Szabadka", "szabadka"),
    "rs-m-nis": ("Niš", "nis", "Ниш", "Nish", "Нишь", "u Nis"),
    "rs-m-uzice": ("Užice", "uzice", "ужице"),
    "rs-m-sabac": ("Šabac", "sabac", "Шабац"),
    "rs-m-indjija": ("Inđija", "Indjija", "Indija", "Инђија", "indija"),
    "rs-m-vrsac": ("Vršac", "vrsac", "Вршац"),
    "rs-m-pancevo": ("Pančevo", "pancevo", "Panchevo", "Панчево"),
    "rs-m-becej": ("Bečej", "becej", "Бечеј"),
    "rs-m-smederevo": ("Smederevo", "Smederijevo", "Смедерево"),
    "rs-m-bela-palanka": ("Bela Palanka", "Bijela Palanka", "Бела Паланка"),
    "rs-m-novi-pazar": ("Novi Pazar", "Yeni Pazar", "Нови Пазар"),
    "rs-m-zrenjanin": ("Zrenjanin", "Зрењанин", "Becskerek"),
    "rs-m-presevo": ("Preševo", "presevo", "Presheva"),
    "rs-m-novi-beograd": ("Novi Beograd", "novi beograd", "New Belgrade"),
    "si-003": ("Bled", "Блед", "občina Bled", "Veldes"),
    "si-061": ("Ljubljana", "ljubljana", "Љубљана", "Любляна", "Laibach", "lubljana"),
    "si-070": ("Maribor", "Марибор", "Marburg"),
    "si-011": ("Celje", "Цеље", "Celle"),
    "si-052": ("Kranj", "Крань", "kranj"),
    "si-050": ("Koper", "Capodistria"),
    "si-122": ("Škofja Loka", "skofja loka", "Shkofja Loka"),
    "si-080": ("Murska Sobota", "Muraszombat"),
    "si-131": ("Tržič", "trzic"),
}
OFFERED = {
    "rs-m-cukarica": ("Čukaricaa", "cukarca", "čukraica"),
    "rs-m-subotica": ("subotca", "Subotice", "subtoica"),
    "rs-m-kragujevac": ("kragujevc", "Kraguejvac"),
    "rs-m-novi-sad": ("novisad", "novi sd"),
    "rs-m-vrsac": ("vrsca",),
    "si-061": ("ljublajna", "Ljubjana"),
    "si-070": ("maribr", "Maribro"),
    "si-003": ("Blde",),
}


def pairs(names: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(typed, key) for key, all_typed in names.items() for typed in all_typed]


@pytest.mark.parametrize(("typed", "key"), pairs(CERTAIN))
def test_find_place_takes_a_certain_place_in_any_script(typed, key):
    answer = find_place(typed)
    assert answer.area is not None
    assert answer.area.key == key


def test_find_place_city_offers_its_municipalities():
    answer = find_place("Beograd")
    assert answer.area is None
    assert not answer.suggested
    assert {area.key for area in answer.choices} >= {"rs-m-cukarica", "rs-m-zemun"}


def test_find_place_uncertain_asks_with_ours_first():
    answer = find_place("Vranić")
    assert answer.area is None
    assert answer.suggested
    assert answer.choices[0].key == "rs-m-barajevo"
    assert len(answer.choices) > 1


@pytest.mark.parametrize(("typed", "key"), pairs(OFFERED))
def test_find_place_near_miss_offers_and_never_takes(typed, key):
    answer = find_place(typed)
    assert answer.area is None
    assert not answer.suggested
    assert key in [area.key for area in answer.choices][:3]


@pytest.mark.parametrize("typed", ["Beograd", "Београд", "Belgrade", "Белград", "بلغراد", "Beograd, Srbija"])
def test_find_place_city_is_known_in_any_script(typed):
    answer = find_place(typed)
    assert answer.area is None
    assert {area.parent.key for area in answer.choices} == {"rs-00"}


def test_find_place_has_at_least_sixty_names_in_its_tests():
    assert len(pairs(CERTAIN)) + len(pairs(OFFERED)) >= 60


def test_find_place_same_name_in_two_municipalities_asks():
    first, second = Area.objects.get(key="rs-m-subotica"), Area.objects.get(key="rs-m-vrsac")
    for number, area in enumerate((first, second)):
        make_place(f"t-{number}", "Kestrelovo", area, confirmed=True)
    assert set(find_place("kestrelovo").choices) == {first, second}


def make_place(key: str, name: str, area: Area, **values: object) -> Place:
    given = {"key": key, "country": area.country, "name_sr_latn": name, "search_key": name.lower()}
    return Place.objects.create(**{**given, "municipality": area, **values})


def test_find_place_sees_a_new_place_at_once_and_reads_the_names_only_then(count_queries):
    find_place("bled")
    with count_queries() as held:
        find_place("qqqqqqqq")
    assert len(held) == 1
    make_place("t-new", "Kestrelovo", Area.objects.get(key="rs-m-vrsac"), confirmed=True)
    assert find_place("kestrelovo").area.key == "rs-m-vrsac"


def test_find_place_needs_few_queries_and_loads_no_rows_of_places(count_queries):
    find_place("bled")
    for typed in ("bled", "Čukaricaa", "subot", "Beograd", "Vranić"):
        with count_queries() as seen:
            find_place(typed)
        assert len(seen) <= 3
        assert not [query for query in seen.captured_queries if 'directory_place"' in query["sql"]]


@pytest.mark.parametrize(("first", "second"), [("Inđija", "Indija"), ("bijelo", "belo"), ("Celje", "Cele")])
def test_loose_key_is_the_same_for_what_sounds_the_same(first, second):
    assert loose_key(key_of(first)) == loose_key(key_of(second))


@pytest.mark.parametrize(("first", "second"), [("Ruma", "Roma"), ("Kranj", "Krani"), ("Bled", "Blid")])
def test_loose_key_differs_for_other_names(first, second):
    assert loose_key(key_of(first)) != loose_key(key_of(second))


def test_find_place_beginning_offers():
    assert "rs-m-subotica" in [area.key for area in find_place("Subot").choices]


@pytest.mark.parametrize("typed", ["", "   ", "qqqqqqqq", "💥"])
def test_find_place_unknown_is_said(typed):
    assert find_place(typed).is_unknown


def test_find_place_looks_only_in_the_chosen_country():
    assert find_place("Bled", "RS").area is None
