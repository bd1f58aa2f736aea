"""The picture of regions: every region has its tile, words in the reader's script, secret places not counted."""

from __future__ import annotations

import unicodedata
from itertools import permutations
from statistics import mean

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import translation

from directory.filters import Chosen
from directory.importers import UnreadableImport, read_pack
from directory.models import Area, Service, ServiceArea
from directory.region_picture import FILE, lines_of, numbers_of, own_part, picture, read_tiles
from portal.localized import localized
from portal.opaque import filter_code
from portal.plugins import CountryPack, registry
from search.index import rebuild_all

pytestmark = pytest.mark.django_db


def page(language: str, *pairs: tuple[str, str]) -> BeautifulSoup:
    codes = ".".join(filter_code(*pair) for pair in pairs)
    return BeautifulSoup(Client().get(f"/{language}/places/?f={codes}").content, "html.parser")


def regions(country: str) -> list[Area]:
    return list(Area.objects.filter(country=country, level="region").order_by("search_key"))


def test_every_region_of_every_pack_has_one_tile() -> None:
    packs = list(registry.countries)
    assert len(packs) == 2
    for pack in packs:
        tiles = read_tiles(pack.data / FILE)
        assert set(tiles) == {area.key for area in regions(pack.country.code)}
        signs = [tile.sign for tile in tiles.values()]
        assert len(set(signs)) == len(signs)
        assert {len(sign) for sign in signs} == {2}


def middles(pack: CountryPack) -> dict[str, tuple[float, float]]:
    """Return the mean latitude and longitude of each region's places, by the region's key."""
    records = read_pack(pack)
    region_of = {area.key: area.parent or area.key for area in records.areas}
    spots: dict[str, list[tuple[float, float]]] = {}
    for place in records.places:
        if place.latitude is not None and place.longitude is not None:
            spots.setdefault(region_of[place.municipality], []).append((place.latitude, place.longitude))
    return {key: (mean(lat for lat, _ in all_), mean(lon for _, lon in all_)) for key, all_ in spots.items()}


def test_tiles_stand_about_where_the_regions_lie() -> None:
    """Of two regions that are far apart, the one more to the north is higher, and no eastern one more to the west."""
    compared = 0
    for pack in registry.countries:
        tiles, lies = read_tiles(pack.data / FILE), middles(pack)
        for one, other in permutations(lies, 2):
            if lies[one][0] - lies[other][0] > 0.6:
                compared += 1
                assert tiles[one].row < tiles[other].row, (one, other)
            if lies[one][1] - lies[other][1] > 0.9:
                compared += 1
                assert tiles[one].column >= tiles[other].column, (one, other)
    assert compared > 300


def test_two_tiles_on_one_spot_are_refused(tmp_path) -> None:
    (tmp_path / FILE).write_text("area,column,row,sign\na,1,1,A\nb,1,1,B\n")
    with pytest.raises(UnreadableImport):
        read_tiles(tmp_path / FILE)
    (tmp_path / "other.csv").write_text("area,column,row,sign\na,x,1,A\n")
    with pytest.raises(UnreadableImport):
        read_tiles(tmp_path / "other.csv")


def test_links_of_picture_and_list_are_the_same_and_need_no_script() -> None:
    soup = page("en", ("need", "legal"), ("country", "RS"))
    drawn = {link["href"] for link in soup.select("svg.map a")}
    listed = [link["href"] for link in soup.select(".regions li a")]
    assert drawn == set(listed)
    assert len(listed) == 25
    assert [href for href in listed if filter_code("area", "rs-00") in href] != []
    assert all(filter_code("need", "legal") in href for href in listed)


def test_picture_is_for_eyes_and_the_list_for_everybody() -> None:
    soup = page("en", ("country", "SI"))
    assert soup.select_one("svg.map")["aria-hidden"] == "true"
    assert {link["tabindex"] for link in soup.select("svg.map a")} == {"-1"}
    first = soup.select_one(".regions li a")
    assert "Gorenjska" in first.get_text()
    assert "services." in first.get_text()
    assert first.select_one("[aria-hidden]").get_text() == "KR"


@pytest.mark.parametrize(
    ("language", "words", "sign"),
    [
        ("en", ["Podunavlje"], "NS"),
        ("sr-latn", ["Podunavski"], "NS"),
        ("sr-cyrl", ["Подунавски"], "НС"),
        ("ar", ["بودونافلي"], "NS"),
    ],
)
def test_words_stand_in_the_readers_script_without_the_shared_word(language, words, sign) -> None:
    soup = page(language, ("country", "RS"))
    names = [[span.get_text() for span in text.select("tspan")] for text in soup.select("svg.map .name")]
    assert words in names
    assert sign in [code.get_text() for code in soup.select("svg.map .code")]


@pytest.mark.parametrize(
    ("language", "script"),
    [("sr-cyrl", "CYRILLIC"), ("uk", "CYRILLIC"), ("ru", "CYRILLIC"), ("ar", "ARABIC")],
)
def test_every_region_is_named_in_the_readers_script(language, script) -> None:
    with translation.override(language):
        names = [localized(area, "name") for area in Area.objects.filter(parent=None)]
    assert names
    for name in names:
        assert name.language == language
        assert unicodedata.name(name.text[0]).startswith(script), name.text


@pytest.mark.parametrize(
    ("key", "language", "part"),
    [
        ("rs-01", "ar", "شمال باتشكا"),
        ("rs-01", "sq", "Baçkës Veriore"),
        ("rs-01", "hu", "Észak-bácskai"),
        ("rs-14", "uk", "Борський"),
        ("rs-00", "sq", "Qyteti i Beogradit"),
        ("si-pomurska", "ar", "بومورسكا"),
    ],
)
def test_shared_word_is_left_out_before_and_behind_a_name(key, language, part) -> None:
    area = Area.objects.get(key=key)
    with translation.override(language):
        assert own_part(localized(area, "name"), area.country) == part


def test_long_names_break_where_they_may() -> None:
    assert lines_of("Primorsko-notranjska") == ["Primorsko-", "notranjska"]
    assert lines_of("City of Belgrade") == ["City of", "Belgrade"]
    assert lines_of("Osrednjeslovenska") == ["Osrednjeslovenska"]


def test_secret_places_are_not_counted() -> None:
    areas = regions("SI")
    before = numbers_of(Chosen(), "SI", areas)
    secret = Service.objects.for_visitors().filter(is_confidential=True, country="SI")
    assert secret.exists()
    secret.update(publication="hidden")
    rebuild_all()
    assert numbers_of(Chosen(), "SI", areas) == before
    assert before["si-gorenjska"] > 0


def test_number_counts_what_a_region_offers_and_what_was_chosen() -> None:
    bled = Area.objects.get(key="si-003")
    clinic = Service.objects.get(fact_id="S103")
    clinic.coverage = "areas"
    clinic.save()
    ServiceArea.objects.create(service=clinic, area=bled)
    rebuild_all()
    numbers = numbers_of(Chosen({"need": "medical"}), "SI", regions("SI"))
    assert numbers["si-gorenjska"] == numbers["si-pomurska"] + 1


def test_country_without_tiles_gets_the_list_alone() -> None:
    with translation.override("en"):
        areas = regions("SI")
        drawn = picture("SI", areas, {}, lambda area: f"/{area.key}/")
        bare = picture("XX", areas, {}, lambda area: f"/{area.key}/")
    assert (drawn.is_drawn, bare.is_drawn) == (True, False)
    assert [region.url for region in bare.regions] == [region.url for region in drawn.regions]
    assert picture("SI", [], {}, lambda area: "").regions == ()
