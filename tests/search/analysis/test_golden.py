"""The tokens of some words, in a file: a change of the analysis is seen in review and needs a new version."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.analysis import ANALYSIS_VERSION, analyse, version
from search.analysis.version import CODE_VERSION
from tests.search.analysis.word_lists import LANGUAGES, bases

FILE = Path(__file__).parent / "golden_tokens.tsv"
OF_EACH = 6
OTHERS = (
    ("sr-cyrl", "склоништа за дјецу"),
    ("en", "call 112 or +381 11 785 0000"),
    ("de", "Häuser"),
    ("fr", "aidée"),
    ("ru", "ASTRA"),
    ("en", "Атина 日本 é"),
)


def lines() -> list[str]:
    """Return the golden file as it should be: the version, then language, word and tokens."""
    chosen = {one: bases(one)[:: max(1, len(bases(one)) // OF_EACH)] for one in LANGUAGES}
    words = [(language, word) for language, listed in chosen.items() for word in listed]
    rows = [
        f"{language}\t{word.exact}\t{' '.join(word.tokens)}"
        for language, text in (*words, *OTHERS)
        for word in analyse(text, language)
    ]
    return [f"version\t{CODE_VERSION}", *rows]


def test_tokens_are_the_golden_ones():
    """When this fails on purpose: raise CODE_VERSION and run ``python -m tests.search.analysis.test_golden``."""
    assert FILE.read_text(encoding="utf-8").splitlines() == lines()


def test_version_names_code_and_data():
    code, _, digest = ANALYSIS_VERSION.partition("-")
    assert code == CODE_VERSION
    assert len(digest) == 10


@pytest.mark.parametrize(
    "name",
    [
        "analyser.py",
        "letters.py",
        "stems.py",
        "folding.py",
        "sr.marisa",
        "uk.rules",
        "irregular_forms.tsv",
        "Stemmer",
        "unicodedata",
    ],
)
def test_version_is_another_when_what_makes_tokens_is_another(name: str, monkeypatch: pytest.MonkeyPatch):
    before = list(version.inputs())
    assert name in dict(before)
    changed = [(each, content + b"!" if each == name else content) for each, content in before]
    monkeypatch.setattr(version, "inputs", lambda: iter(changed))
    assert version._digest() != ANALYSIS_VERSION.partition("-")[2]
    monkeypatch.setattr(version, "inputs", lambda: iter(before))
    assert version._digest() == ANALYSIS_VERSION.partition("-")[2]


if __name__ == "__main__":
    FILE.write_text("\n".join(lines()) + "\n", encoding="utf-8")
