"""Names of the directory's language columns, so that a page reads only those that it shows."""

from __future__ import annotations

from portal import languages


def name_columns(prefix: str = "", field: str = "name") -> list[str]:
    """Return the columns of a translated field; ``prefix`` is a relation with its two underscores."""
    return [f"{prefix}{field}_{language.column_suffix}" for language in languages.CATALOGUE]
