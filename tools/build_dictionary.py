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

from search.analysis.dictionary import FOLDER, RULES, encode_rule, stored
from search.analysis.letters import folded_word, normalise
from search.analysis.stems import stems_of

SOURCES = {
    one: {"sr": "hbs"}.get(one, one) for one in ("sr", "sl", "en", "sq", "bg", "mk", "uk", "ar", "fa", "ro")
}
# The rules for endings reach most forms of these; only the others and the lemmas are kept.
PRUNED = frozenset({"bg", "mk", "uk", "ro", "ar", "sq"})
Rule = tuple[int, str]


def main(chosen: list[str]) -> int:
    """Build the dictionaries of the chosen languages, all when none is chosen, and say their sizes."""
    for language in chosen or list(SOURCES):
        forms = folded_forms(DefaultDictionaryFactory().get_dictionary(SOURCES[language]), language)
        if language in PRUNED:
            forms = out_of_reach(forms, language)
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


def out_of_reach(forms: Mapping[str, set[str]], language: str) -> dict[str, set[str]]:
    """Return the forms that share no stem with their lemma, and the lemmas themselves."""
    kept: dict[str, set[str]] = {}
    for form, lemmas in forms.items():
        stems = set(stems_of(form, form, language))
        far = {
            lemma for lemma in lemmas if lemma == form or not stems & set(stems_of(lemma, lemma, language))
        }
        if far:
            kept[form] = far
    return kept


def write(forms: Mapping[str, set[str]], language: str, folder: Path) -> tuple[Path, Path]:
    """Write the trie and the list of rules of a language; forms of rules used once may be left out."""
    pairs = [(form, rule_between(form, lemma)) for form in sorted(forms) for lemma in sorted(forms[form])]
    counted = Counter(rule for _, rule in pairs)
    used = [rule for rule in counted if counted[rule] > 1 or language not in PRUNED]
    kept = sorted(used, key=lambda rule: (-counted[rule], rule))[:RULES]
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
            yield stored(form), encode_rule(numbers[rule])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
