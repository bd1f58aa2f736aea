"""Slovenia: its name, its emergency numbers, and the folder of its data."""

from pathlib import Path

from portal.plugins import Country, CountryPack, EmergencyLine, PluginConfig

COUNTRY = Country(
    code="SI",
    name={
        "en": "Slovenia",
        "sr-latn": "Slovenija",
        "sl": "Slovenija",
        "sq": "Sllovenia",
        "hu": "Szlovénia",
        "ro": "Slovenia",
        "rom": "Sloveniya",
        "bs": "Slovenija",
        "mk": "Словенија",
        "bg": "Словения",
        "uk": "Словенія",
        "ru": "Словения",
        "ar": "سلوفينيا",
        "fa": "اسلوونی",
        "tr": "Slovenya",
        "de": "Slowenien",
        "fr": "Slovénie",
    },
    emergency_lines=(
        EmergencyLine(
            "113",
            "police",
            {
                "en": "Police",
                "sr-latn": "Policija",
                "sl": "Policija",
                "sq": "Policia",
                "hu": "Rendőrség",
                "uk": "Поліція",
                "ru": "Полиция",
                "ar": "الشرطة",
            },
            "https://www.24ur.com/novice/slovenija/od-januarja-naprej-na-voljo-24-urna-svetovalna-linija-za-zrtve-nasilja.html",
            "2020-12",
        ),
        EmergencyLine(
            "112",
            "ambulance",
            {
                "en": "Ambulance and fire",
                "sr-latn": "Hitna pomoć i vatrogasci",
                "sl": "Reševalci in gasilci",
                "sq": "Ambulanca dhe zjarrfikësit",
                "hu": "Mentők és tűzoltóság",
                "uk": "Швидка допомога й пожежники",
                "ru": "Скорая помощь и пожарные",
                "ar": "الإسعاف والإطفاء",
            },
            "https://www.24ur.com/novice/slovenija-v-stiski/nasilja-je-vec-se-bolj-je-skrito-odhod-je-najbolj-nevaren-trenutek.html",
            "2022",
        ),
    ),
    time_zone="Europe/Ljubljana",
    calling_code="+386",
    region_word={
        "en": "Region",
        "sr-latn": "Regija",
        "sl": "Regija",
        "sq": "Rajoni",
        "hu": "Régió",
        "uk": "Регіон",
        "ru": "Регион",
        "ar": "المنطقة",
    },
    office_language="sl",
)

ATTRIBUTION = (
    "Place names and coordinates: © GeoNames, CC BY 4.0 (geonames.org); extract of 2026, changed: "
    "municipality, district and Cyrillic names added.",
)


class SloveniaConfig(PluginConfig):
    """The country pack of Slovenia."""

    name = "plugins.slovenia"
    label = "slovenia"
    title = "Slovenia"

    def country_packs(self) -> tuple[CountryPack, ...]:
        return (CountryPack(COUNTRY, Path(__file__).parent / "data", ATTRIBUTION),)
