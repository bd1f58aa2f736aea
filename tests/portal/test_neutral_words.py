"""The list of words that give a reader away: nothing telling passes, everyday titles do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import languages
from portal.neutral_words import fold, is_neutral, stems_by_language, telling_words

# The black-box probe's own list, word for word.
PROBE_DENY = """
traffick trgovin žrtv zrtv victim nasilj nasilje violence abuse zlostav zlorab shelter sigurna-kuca varna-hisa
prostitu rape siluj posilst exploit eksploat izkorišč iskorišć bekstvo pobeg astra atina kljuc
ključ police polici
трговин жртв насиљ злостав полициј склониш жртва жертв насили тръговия хора трафик жрт порабо
اتجار ضحية ضحايا عنف قاچاق خشونت قربانی
"""
PROBE_WORDS = PROBE_DENY.split()
TIED_TO_THE_START = {"rape", "atina"}
TITLES = [
    ("en", "Services for victims of trafficking", ("traffick", "victim")),
    ("en", "Safe house / get help", ("safe house",)),
    ("sr-latn", "Sigurna kuća", ("sigurna kuc",)),
    ("sr-latn", "Prava žrtava", ("zrtav",)),
    ("sr-cyrl", "Склоништа у Србији", ("склониш",)),
    ("sl", "Varna hiša", ("varna his",)),
    ("ar", "مساعدة ضحايا الاتجار", ("اتجار", "ضحایا")),
    ("uk", "Допомога постраждалим від насильства", ("насильств",)),
    ("ru", "Помощь жертвам насилия", ("жертв", "насили")),
    ("hu", "Segítség áldozatoknak", ("aldozat",)),
    ("sq", "Ndihmë për viktimat e dhunës", ("dhun", "viktim")),
    ("ro", "Ajutor pentru victime", ("victim",)),
    ("bs", "Pomoć kod zloupotrebe", ("zloupotreb",)),
    ("mk", "Засолниште", ("засолниш",)),
    ("bg", "Трафик на хора", ("трафик", "хора")),
    ("tr", "İnsan ticareti", ("insan ticareti",)),
    ("fa", "قربانیان خشونت", ("خشونت", "قربانی")),
    ("de", "Hilfe gegen Gewalt", ("gewalt",)),
    ("fr", "Aide aux victimes", ("victim",)),
]
NEUTRAL = """
Portal|Find help near you|Serbia: talking to officers|therapeutic|Psihoterapija|latinica|Evropa|properties
Pravo na rad|Brazil|Vaš jezik: prevođenje|Pomoć i podrška|Prava dece|Housing|Money and daily needs
Safe use of this page|Varna raba te strani|European|sklonost|Politika privatnosti|policy|violin|biologija
/sr-latn/services/|/en/rs-officers/|static/portal/site.css|api/hsds/3.1|Zdravje|Здравље и посао
رعاية صحية|Здоровье|For colleagues
"""
NEUTRAL_TITLES = NEUTRAL.strip().replace("\n", "|").split("|")


@pytest.mark.parametrize("word", PROBE_WORDS)
def test_telling_words_knows_every_word_of_the_probe(word: str):
    assert telling_words(word)


@pytest.mark.parametrize("word", [word for word in PROBE_WORDS if word not in TIED_TO_THE_START])
def test_telling_words_finds_the_probe_s_words_inside_others(word: str):
    assert telling_words(f"xx{word}xx")


@pytest.mark.parametrize(("language", "title", "found"), TITLES)
def test_telling_words_names_the_stems(language: str, title: str, found: tuple[str, ...]):
    assert telling_words(title) == found


def test_every_language_of_the_catalogue_that_needs_one_has_a_list():
    assert set(languages.CODES) - set(stems_by_language()) == {"rom"}


@pytest.mark.parametrize("title", NEUTRAL_TITLES)
def test_everyday_titles_are_neutral(title: str):
    assert telling_words(title) == ()
    assert is_neutral(title)


@pytest.mark.parametrize(
    "path", ["/en/VICTIMS-rights/", "/sl/%C5%BErtve/", "sigurna_kuca.pdf", "varna+hiša", "Safe–house"]
)
def test_paths_and_file_names_are_read_as_words(path: str):
    assert telling_words(path)


def test_rape_is_stopped_as_a_word_only():
    assert telling_words("rape") == ("rape",)
    assert telling_words("therapeutic drapes") == ()


@given(st.text())
def test_fold_is_stable(text: str):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    "title", ["ＶＩＣＴＩＭＳ", "𝐕𝐢𝐜𝐭𝐢𝐦𝐬", "VİCTİMS", "vic\u00adtims", "žr\u200dtve", "vi\u0301ctim"]
)
def test_odd_spellings_do_not_hide_a_word(title: str):
    assert telling_words(title)
