"""Words to tokens, once and in Python, so that every engine finds the same records in any script."""

from search.analysis.analyser import (
    QueryWord,
    Word,
    analyse,
    analyse_query,
    is_known,
    query_languages,
)
from search.analysis.letters import folded_word
from search.analysis.numbers import digits_of, number_token
from search.analysis.version import ANALYSIS_VERSION

__all__ = [
    "ANALYSIS_VERSION",
    "QueryWord",
    "Word",
    "analyse",
    "analyse_query",
    "digits_of",
    "folded_word",
    "is_known",
    "number_token",
    "query_languages",
]
