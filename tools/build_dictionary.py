"""Build search/data/lemmas from simplemma's data, so that what is shipped can be made again and checked.

Needs simplemma (a test dependency): ``.venv/bin/python -m tools.build_dictionary [language …]``. The same
release of simplemma gives the same files, byte for byte.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import takewhile
from pathlib import Path

import marisa_trie
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from search.analysis.dictionary import FOLDER, RULES, encode_rule
from search.analysis.letters import folded_word, normalise

SOURCES = {"sr": "hbs", "sl": "sl", "en": "en"}
Rule = tuple[int, str]


def main(chosen: list[str]) -> int:
    """Build the dictionaries of the chosen languages, all when none is chosen, and say their sizes."""
    for language in chosen or list(SOURCES):
        forms = folded_forms(DefaultDictionaryFactory().get_dictionary(SOURCES[language]), language)
        files = write(forms, language, FOLDER)
        size = sum(file.stat().st_size for file in files)
        print(f"{language}: {len(forms):,} forms, {size / 1e6:.2f} MB")
    return 0


def folded_forms(dictionary: Mapping[str, str], language: str) -> dict[str, set[str]]:
    """Return the folded lemmas of each folded form; a lemma is a form of itself. Phrases are left out."""
    forms: dict[str, set[str]] = defaultdict(set)
    for form, lemma in dictionary.items():
        if form.replace("-", "").isalpha() and lemma.isalpha():
            folded, base = (folded_word(normalise(word, language), language) for word in (form, lemma))
            forms[folded].add(base)
            forms[base].add(base)
    forms.pop("", None)
    return forms


def write(forms: Mapping[str, set[str]], language: str, folder: Path) -> tuple[Path, Path]:
    """Write the trie and the list of rules of a language; forms of the rarest rules are left out."""
    pairs = [(form, rule_between(form, lemma)) for form in sorted(forms) for lemma in sorted(forms[form])]
    counted = Counter(rule for _, rule in pairs)
    kept = sorted(counted, key=lambda rule: (-counted[rule], rule))[:RULES]
    numbers = {rule: number for number, rule in enumerate(kept)}
    trie, rules = folder / f"{language}.marisa", folder / f"{language}.rules"
    folder.mkdir(parents=True, exist_ok=True)
    marisa_trie.BytesTrie(_items(pairs, numbers)).save(str(trie))
    rules.write_text("".join(f"{cut} {added}\n" for cut, added in kept), encoding="utf-8")
    return trie, rules


def rule_between(form: str, lemma: str) -> Rule:
    """Return how many letters of the form to cut and what to add to reach the lemma."""
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(form, lemma, strict=False)))
    return len(form) - shared, lemma[shared:]


def _items(pairs: list[tuple[str, Rule]], numbers: Mapping[Rule, int]) -> Iterator[tuple[str, bytes]]:
    """Give each form with its stored rule."""
    for form, rule in pairs:
        if rule in numbers:
            yield form, encode_rule(numbers[rule])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
