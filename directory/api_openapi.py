"""The OpenAPI description of the API, made from the declared parameters so that the two cannot disagree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from directory import api_parameters as parameters
from directory.api_parameters import Parameter

VERSION = "3.1"
PAGE_PROPERTIES = {
    "total_items": "integer",
    "total_pages": "integer",
    "page_number": "integer",
    "size": "integer",
    "first_page": "boolean",
    "last_page": "boolean",
    "empty": "boolean",
    "contents": "array",
}
LISTS: tuple[tuple[str, str, Sequence[Parameter]], ...] = (
    ("services", "Services that match, then those to ask first.", parameters.SERVICES),
    ("organizations", "Providers and authorities.", parameters.ORGANIZATIONS),
    ("taxonomies", "Taxonomies.", parameters.PAGED),
    ("taxonomy_terms", "Terms of the taxonomies; the needs are one of them.", parameters.TERMS),
    ("service_at_locations", "Services at public offices.", parameters.PAGED),
)


def describe() -> dict[str, Any]:
    """Return the OpenAPI 3.1 document; one query, for the slugs of the needs."""
    paths: dict[str, Any] = {"/": {"get": _operation("Version, profile and this description.", (), "Base")}}
    for name, words, declared in LISTS:
        paths[f"/{name}"] = {"get": _operation(words, declared, "Page")}
        paths[f"/{name}/{{id}}"] = {
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": _schema_id()}],
            "get": _operation(f"One of {name}, by id.", parameters.DETAIL, "Record", with_missing=True),
        }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Sidro: HSDS API", "version": VERSION},
        "servers": [{"url": "/api/hsds/3.1"}],
        "paths": paths,
        "components": {"schemas": _schemas()},
    }


def _operation(
    words: str, declared: Sequence[Parameter], schema: str, *, with_missing: bool = False
) -> dict[str, Any]:
    responses = {"200": _response("The answer.", schema), "400": _response("A bad parameter.", "Error")}
    if with_missing:
        responses["404"] = _response("No such record.", "Error")
    return {
        "summary": words,
        "parameters": [_parameter(parameter) for parameter in declared],
        "responses": responses,
    }


def _response(words: str, schema: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": words, "content": content}


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": "query",
        "required": False,
        "allowEmptyValue": True,
        "description": parameter.description,
        "schema": _schema(parameter),
    }


def _schema(parameter: Parameter) -> dict[str, Any]:
    if parameter.kind == "number":
        return {"type": "integer", "minimum": parameter.low, "maximum": parameter.high}
    if parameter.kind == "choice":
        return {"type": "string", "enum": list(parameter.values())}
    if parameter.kind == "id":
        return _schema_id()
    if parameter.kind in ("flag", "switch"):
        extra = parameters.FALSE if parameter.kind == "switch" else ()
        return {"type": "string", "enum": [*parameters.TRUE, *extra]}
    return {"type": "string", "maxLength": parameters.MOST_LETTERS}


def _schema_id() -> dict[str, Any]:
    return {"type": "string", "format": "uuid"}


def _schemas() -> dict[str, Any]:
    page: dict[str, Any] = {name: {"type": kind} for name, kind in PAGE_PROPERTIES.items()}
    page["contents"]["items"] = {"$ref": "#/components/schemas/Record"}
    texts = {"type": "string"}
    error = {"error": texts, "parameter": texts, "allowed": {"type": "array", "items": texts}}
    return {
        "Base": {"type": "object", "required": ["version", "profile", "openapi_url"]},
        "Page": {"type": "object", "required": list(page), "properties": page},
        "Record": {"type": "object", "required": ["id"], "properties": {"id": _schema_id()}},
        "Error": {"type": "object", "required": ["error"], "properties": error},
    }
