"""Serbia: its name, its emergency numbers, and the folder of its data."""

from pathlib import Path

from portal.plugins import Country, CountryPack, EmergencyLine, PluginConfig

COUNTRY = Country(
    code="RS",
    name={
        "en": "Serbia",
        "sr-latn": "Srbija",
        "sl": "Srbija",
        "sq": "Serbia",
        "hu": "Szerbia",
        "ro": "Serbia",
        "rom": "Serbiya",
        "bs": "Srbija",
        "mk": "Србија",
        "bg": "Сърбия",
        "uk": "Сербія",
        "ru": "Сербия",
        "ar": "صربيا",
        "fa": "صربستان",
        "tr": "Sırbistan",
        "de": "Serbien",
        "fr": "Serbie",
    },
    # 112 is announced but not confirmed as working in Serbia: it is not shown.
    emergency_lines=(
        EmergencyLine(
            "192",
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
            "https://www.podrskazrtvama.rs/lat/pomoc-i-podrska/ko-pruza-podrsku.php",
            "stored copy; 2023",
        ),
        EmergencyLine(
            "194",
            "ambulance",
            {
                "en": "Ambulance",
                "sr-latn": "Hitna pomoć",
                "sl": "Reševalci",
                "sq": "Ambulanca",
                "hu": "Mentők",
                "uk": "Швидка допомога",
                "ru": "Скорая помощь",
                "ar": "الإسعاف",
            },
            "https://bif.rs/2012/01/menjaju-se-brojevi-policije-vatrogasnih-i-ostalih-hitnih-sluzbi-4/",
            "2012",
        ),
        EmergencyLine(
            "193",
            "fire",
            {
                "en": "Fire and rescue",
                "sr-latn": "Vatrogasci",
                "sl": "Gasilci",
                "sq": "Zjarrfikësit",
                "hu": "Tűzoltóság",
                "uk": "Пожежники",
                "ru": "Пожарные",
                "ar": "الإطفاء",
            },
            "https://bif.rs/2012/01/menjaju-se-brojevi-policije-vatrogasnih-i-ostalih-hitnih-sluzbi-4/",
            "2012",
        ),
    ),
    time_zone="Europe/Belgrade",
    calling_code="+381",
    region_word={
        "en": "District",
        "sr-latn": "Okrug",
        "sl": "Okrožje",
        "sq": "Rrethi",
        "hu": "Körzet",
        "uk": "Округ",
        "ru": "Округ",
        "ar": "المقاطعة",
    },
    office_language="sr-latn",
)

ATTRIBUTION = (
    "Place names and coordinates: © GeoNames, CC BY 4.0 (geonames.org); extract of 2026, changed: "
    "municipality, district and Cyrillic names added.",
)


class SerbiaConfig(PluginConfig):
    """The country pack of Serbia."""

    name = "plugins.serbia"
    label = "serbia"
    title = "Serbia"

    def country_packs(self) -> tuple[CountryPack, ...]:
        return (CountryPack(COUNTRY, Path(__file__).parent / "data", ATTRIBUTION),)
