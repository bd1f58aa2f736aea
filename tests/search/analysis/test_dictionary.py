"""The dictionaries that are shipped: small, quick, made by the script that is there."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from search.analysis import dictionary, is_known
from tools import build_dictionary

MEGABYTE = 1_000_000
ROOT = Path(__file__).parents[3]
RSS = """
import resource
from search.analysis import dictionary
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for language in dictionary.languages():
    for word in ("pomoc", "help", "otroka"):
        dictionary.lemmas_of(word, language)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def size(*languages: str) -> int:
    return sum(file.stat().st_size for one in languages for file in dictionary.FOLDER.glob(f"{one}.*"))


def test_files_are_small():
    assert size("sr", "sl", "en") < 2.5 * MEGABYTE
    assert size("*") < 6 * MEGABYTE


def test_memory_is_small():
    result = subprocess.run([sys.executable, "-c", RSS], cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(result.stdout) < 15_000  # kilobytes


@pytest.mark.parametrize("language", ["fa", "sl"])
def test_build_gives_the_shipped_files(language: str, tmp_path: Path):
    data = DefaultDictionaryFactory().get_dictionary(build_dictionary.SOURCES[language])
    built = build_dictionary.write(build_dictionary.folded_forms(data, language), language, tmp_path)
    for file in built:
        assert file.read_bytes() == (dictionary.FOLDER / file.name).read_bytes()


def test_lemmas_of_folded_forms():
    assert dictionary.lemmas_of("novca", "sr") == ("novac",)
    assert dictionary.lemmas_of("otroci", "sl") == ("otrok",)
    assert dictionary.lemmas_of("qqqq", "en") == ()
    assert dictionary.lemmas_of("word", "xx") == ()


@pytest.mark.parametrize("number", [0, 223, 224, 479, 480, dictionary.RULES - 1])
def test_rules_are_stored_and_read(number: int):
    assert dictionary.decode_rule(dictionary.encode_rule(number)) == number


def test_too_many_rules_are_refused():
    with pytest.raises(ValueError, match="of at most"):
        dictionary.encode_rule(dictionary.RULES)


def test_known_words():
    assert all(map(is_known, ("sklonište", "skloniste", "склоништа", "shelters", "zatočišča", "притулок")))
    assert not any(map(is_known, ("", "112", "sklnoište", "sheltr", "zatočičše")))


SOURCES = (
    "simplemma",
    "Lemmatization lists",
    "Wiktionary",
    "FreeLing",
    "spaCy lookups data",
    "UniMorph",
    "Wikinflection",
    "Universal Dependencies",
    "Wikidata",
)


def test_notice_names_every_source_that_simplemma_names():
    notice = (dictionary.DATA / "NOTICE.md").read_text(encoding="utf-8")
    assert [name for name in SOURCES if name not in notice] == []
    assert "which is made available here under the Open Database License (ODbL)" in notice
    description = distribution("simplemma").metadata["Description"].lower()
    credits = description[
        description.index("## credits and licenses") : description.index("## contributions")
    ]
    named = [re.sub(r"\s+", " ", name) for name in re.findall(r"\[([^\]]*)\]\(http", credits)]
    assert len(named) >= 5
    known = notice.lower()
    assert [name for name in named if name.removesuffix(" project") not in known] == []


def test_notice_says_of_each_file_where_it_may_be_from():
    notice = (dictionary.DATA / "NOTICE.md").read_text(encoding="utf-8")
    named = {
        code for line in notice.splitlines() if line.startswith("| [") for code in line.split("|")[3].split()
    }
    assert dictionary.languages() <= {code.strip("*") for code in named}


def test_licences_that_ask_for_their_text_are_given_with_it():
    notice, folder = dictionary.DATA / "NOTICE.md", dictionary.DATA / "licences"
    assert {file.name for file in folder.iterdir()} == set(
        re.findall(r"`licences/([\w.-]+)`", notice.read_text(encoding="utf-8"))
    )
    whole = next(each for each in distribution("simplemma").files or () if each.name == "LICENSE")
    given = (folder / "simplemma-MIT.txt").read_text(encoding="utf-8")
    assert given == whole.locate().read_text(encoding="utf-8")
    for name, said in (
        ("spacy-lookups-data-MIT.txt", "Copyright (c) 2019 ExplosionAI GmbH"),
        ("Apache-2.0.txt", "Version 2.0, January 2004"),
        ("WordNet-3.0.txt", "Copyright 2006 by Princeton University"),
    ):
        assert said in (folder / name).read_text(encoding="utf-8")


WITHOUT = """
import sys
from pathlib import Path
from search.analysis import dictionary, is_known
dictionary.FOLDER = Path(sys.argv[1])
from tests.search.analysis.word_lists import LANGUAGES, pairs, tokens
assert not is_known("sklonište")
for language in LANGUAGES:
    met = sum(bool(tokens(form, language) & tokens(base, language)) for form, base in pairs(language))
    print(language, 100 * met / len(pairs(language)))
"""
RECALL_WITHOUT = {
    "sr": 89,
    "sl": 77,
    "en": 92,
    "ar": 85,
    "bg": 88,
    "mk": 94,
    "uk": 88,
    "ro": 86,
    "sq": 98,
    "fa": 98,
}


def test_portal_runs_without_dictionaries(tmp_path: Path):
    """Whoever may not use data of mixed origin removes the folder (NOTICE.md): less is found, nothing breaks."""
    command = [sys.executable, "-c", WITHOUT, str(tmp_path)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    recall = {language: float(share) for language, share in map(str.split, result.stdout.splitlines())}
    assert set(RECALL_WITHOUT) <= set(recall)
    assert {one: recall[one] for one, floor in RECALL_WITHOUT.items() if recall[one] < floor} == {}
