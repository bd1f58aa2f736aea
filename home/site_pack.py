"""The pages that every site has, whatever its countries: kept in files like those of a pack."""

from pathlib import Path

from portal.plugins import Country, CountryPack

SITE_PACK_NAME = "site"
SITE_PACK = CountryPack(
    Country("", {"en": "This site"}, (), time_zone="", calling_code="", region_word={}),
    Path(__file__).parent / "data",
)
