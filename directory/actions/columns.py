"""From records to columns: one place that knows how a text by language becomes its columns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, is_dataclass
from hashlib import blake2b
from typing import Any

from django.db import models

from portal import languages
from portal.transliteration import to_cyrillic


def text_columns(field: str, texts: Mapping[str, str]) -> dict[str, str]:
    """Return the columns of a translated field; every language of the catalogue gets one.

    Serbian Cyrillic is stored only where it differs from the derived form: that is the override.
    """
    columns = {f"{field}_{lang.column_suffix}": texts.get(lang.code, "") for lang in languages.CATALOGUE}
    latin = texts.get("sr-latn", "")
    if columns[f"{field}_sr_cyrl"] and columns[f"{field}_sr_cyrl"] == to_cyrillic(latin):
        columns[f"{field}_sr_cyrl"] = ""
    return columns


def delivered_columns(field: str, texts: Mapping[str, str]) -> dict[str, str]:
    """Return the columns that a pack's text fills; what others wrote in languages it does not have stays.

    A text that the pack no longer has in any language is emptied in all of them.
    """
    columns = text_columns(field, texts)
    if not any(texts.values()):
        return columns
    own = {f"{field}_{lang.column_suffix}" for lang in languages.CATALOGUE if lang.code in texts}
    return {name: text for name, text in columns.items() if text or name in own}


def digest(record: Any) -> str:
    """Return a short digest of a record's content, to tell whether a file says something new."""
    content = asdict(record) if is_dataclass(record) and not isinstance(record, type) else record
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
    return blake2b(text.encode(), digest_size=16).hexdigest()


def assign(instance: models.Model, values: Mapping[str, Any]) -> bool:
    """Set the columns that differ; return whether any did."""
    changed = False
    for name, value in values.items():
        if getattr(instance, name, None) != value:
            setattr(instance, name, value)
            changed = True
    return changed


def replace_rows(
    model: type[models.Model], owner: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]
) -> None:
    """Make the child rows of ``owner`` exactly ``rows``, in order; equal rows at the start are not written.

    The others are deleted before new ones are made, so that no unique rule sees the old beside the new.
    """
    existing = list(model._default_manager.filter(**owner).order_by("pk"))
    wanted = list(rows)
    same = 0
    while same < min(len(existing), len(wanted)) and _holds(existing[same], wanted[same]):
        same += 1
    for instance in existing[same:]:
        instance.delete()
    for values in wanted[same:]:
        model._default_manager.create(**owner, **values)


def _holds(instance: models.Model, values: Mapping[str, Any]) -> bool:
    return all(getattr(instance, name, None) == value for name, value in values.items())
