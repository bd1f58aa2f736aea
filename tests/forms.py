"""Reading a form as a browser would: what a page would send back, with some answers changed."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.http import HttpResponse


def page(response: HttpResponse) -> BeautifulSoup:
    """Return a page, parsed."""
    return BeautifulSoup(response.content, "html.parser")


def answers(response: HttpResponse, **changes: Any) -> dict[str, Any]:
    """Return what the editor's form would send; a value of ``None`` in ``changes`` sends nothing."""
    sent: dict[str, Any] = {}
    form = max(page(response).find_all("form"), key=lambda found: len(found.find_all(True)))
    for field in form.find_all(["input", "textarea", "select"]):
        if field.find_parent("template") is None and field.get("name") and not field.has_attr("disabled"):
            _collect(field, sent)
    sent.update(changes)
    return {name: value for name, value in sent.items() if value is not None}


def _collect(field: Tag, sent: dict[str, Any]) -> None:
    name = str(field["name"])
    kind = field.get("type", "")
    if field.name == "select":
        chosen = [option["value"] for option in field.find_all("option") if option.has_attr("selected")]
        sent[name] = chosen[0] if chosen else field.find("option")["value"]
    elif field.name == "textarea":
        sent[name] = field.text.removeprefix("\n")
    elif kind in {"checkbox", "radio"}:
        if field.has_attr("checked"):
            sent.setdefault(name, []).append(field.get("value", "on"))
    elif kind not in {"submit", "file"}:
        sent[name] = field.get("value", "")


def new_row(prefix: str, **values: Any) -> dict[str, Any]:
    """Return what the first row of an inline panel that had none sends."""
    empty = {f"{prefix}-0-id": "", f"{prefix}-0-ORDER": "", f"{prefix}-0-DELETE": ""}
    return {f"{prefix}-TOTAL_FORMS": "1", **empty, **{f"{prefix}-0-{name}": v for name, v in values.items()}}


def errors(response: HttpResponse) -> list[str]:
    """Return the error messages of a form that was shown again."""
    found = page(response).select(".error-message, .w-field__errors, .messages li.error, .messages .error")
    return [" ".join(element.stripped_strings) for element in found]
