"""How fast words are analysed, beside a bare Snowball stemmer and simplemma, in one run."""

from __future__ import annotations

import random
import resource
import time
from collections.abc import Callable, Sequence
from typing import Any

import simplemma
from Stemmer import Stemmer

from search.analysis import analyse, analyse_query, analyser, dictionary, letters
from search.correction import correct
from tools.console import say

LEMMAS = {"sr": "hbs", "sl": "sl", "en": "en"}
SNOWBALL = {"sr": "serbian", "en": "english"}
DOCUMENTS, WORDS_OF_EACH, SEED = 2000, 60, 4


def main() -> None:
    """Print words a second for each language, one look-up, a query and a repair."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for language in LEMMAS:
        dictionary.lemmas_of("a", language)
    say(
        f"memory of three dictionaries {(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024:.1f} MB"
    )
    for language in LEMMAS:
        _one_language(language)
    _queries()


def _one_language(language: str) -> None:
    """Print the speeds of one language, on texts whose words are as unequal as in real ones."""
    chance = random.Random(SEED)  # noqa: S311  (a benchmark, no secret)
    words = _forms(language)
    chance.shuffle(words)
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    texts = [" ".join(chance.choices(words, weights, k=WORDS_OF_EACH)) for _ in range(DOCUMENTS)]
    all_words = [word for text in texts for word in text.split()]
    for cache in (analyser.word_tokens, analyser._exact, letters.folded_word):
        cache.cache_clear()
    say(f"{language}: {len(all_words):,} words, {len(set(all_words)):,} different")
    _speed("analysed, empty caches", lambda text: analyse(text, language), texts, len(all_words))
    _speed("analysed, full caches", lambda text: analyse(text, language), texts, len(all_words))
    if language in SNOWBALL:
        _speed("bare Snowball", Stemmer(SNOWBALL[language]).stemWord, all_words, len(all_words))
    code = LEMMAS[language]
    simplemma.lemmatize("a", code)
    _speed("simplemma", lambda word: simplemma.lemmatize(word, code), all_words, len(all_words))
    folded = [letters.folded_word(word, language) for word in all_words]
    seconds = _seconds(lambda word: dictionary.lemmas_of(word, language), folded)
    say(f"  one look-up {1e6 * seconds / len(folded):.2f} µs")


def _forms(language: str) -> list[str]:
    """Return thirty thousand forms of a dictionary, as they are typed without marks."""
    trie = dictionary._load(language)[0]
    return random.Random(SEED).sample(sorted(set(trie.keys())), 30_000)  # noqa: S311


def _queries() -> None:
    """Print what a query of three words and the repair of one cost."""
    vocabulary = {word: 1 for language in LEMMAS for word in _forms(language)[:10_000]}
    words = list(vocabulary)
    triples = [" ".join(words[at : at + 3]) for at in range(0, 3000, 3)]
    say(f"a query of three new words {1000 * _seconds(analyse_query, triples) / len(triples):.2f} ms")
    typed = [analyse_query(f"{word[:3]}q{word[3:]}") for word in words[:200]]
    seconds = _seconds(lambda word: correct(word, vocabulary), typed)
    say(f"the repair of a word among {len(vocabulary):,} {1000 * seconds / len(typed):.2f} ms")


def _speed(what: str, run: Callable[[str], object], items: Sequence[str], words: int) -> None:
    """Print the words a second of one way."""
    say(f"  {what:24} {words / _seconds(run, items):>12,.0f} words/s")


def _seconds(run: Callable[[Any], object], items: Sequence[Any]) -> float:
    """Return the processor time that all items take, which other work on the machine does not change."""
    begun = time.process_time()
    for item in items:
        run(item)
    return time.process_time() - begun


if __name__ == "__main__":
    main()
