"""The dictionaries that are shipped: small, quick, made by the script that is there."""

from __future__ import annotations

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


def test_notice_names_the_sources():
    notice = (dictionary.DATA / "NOTICE.md").read_text(encoding="utf-8")
    assert all(name in notice for name in ("simplemma", "Open Database License", "Wiktionary", "FreeLing"))
    assert "which is made available here under the Open Database License (ODbL)" in notice
    given = (dictionary.DATA / "licences" / "simplemma-MIT.txt").read_text(encoding="utf-8")
    whole = next(each for each in distribution("simplemma").files or () if each.name == "LICENSE")
    assert given == whole.locate().read_text(encoding="utf-8")
