"""The API for machines: HSDS 3.1 answers from published records only; nothing here is written to a log."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, cast
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from directory import api_openapi
from directory import api_parameters as parameters
from directory.api_parameters import BadParameterError
from directory.filters import BY_NAME, Chosen, to_query
from directory.hsds import writer
from directory.hsds.records import Json
from directory.hsds.texts import Reader
from directory.hsds.writer import Writer
from directory.models import Organization, Service, ServiceAtLocation, Taxonomy, TaxonomyTerm
from directory.organization_listing import find_organizations
from portal.folding import fold
from portal.languages import DEFAULT_LANGUAGE
from portal.localized import stored
from portal.plugins import Answer, Hit
from search.engine import get_engine

Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[HttpRequest, Arguments], HttpResponse]
Values = Mapping[str, str]
METHODS = ("GET", "HEAD")
PROFILE = Path(__file__).resolve().parents[1] / "docs" / "hsds-profile.md"
ANSWERS = {Answer.MATCH: "match", Answer.ASK: "ask_first"}


def answers_json(view: View[Arguments]) -> View[Arguments]:
    """Make a view answer in JSON whatever happens: 405 for other methods, 400 for a bad parameter."""

    @csrf_exempt  # no method that changes anything is allowed: a POST gets 405, not a page about cookies
    @wraps(view)
    def guarded(request: HttpRequest, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponse:
        if request.method not in METHODS:
            refused = _json({"error": "Only GET and HEAD.", "allowed": METHODS}, status=405)
            refused["Allow"] = ", ".join(METHODS)
            return refused
        try:
            response = view(request, *args, **kwargs)
        except BadParameterError as bad:
            content = {"error": bad.error, "parameter": bad.parameter, "allowed": bad.allowed}
            response = _json(content, status=400)
        response["X-Robots-Tag"] = "noindex"
        return response

    return cast("View[Arguments]", guarded)


def _json(content: Any, status: int = 200) -> JsonResponse:
    return JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})


@answers_json
def base(request: HttpRequest) -> HttpResponse:
    """Return the version of HSDS, our profile and where the description of this API is."""
    parameters.read(request.GET, ())
    content = {
        "version": api_openapi.VERSION,
        "profile": request.build_absolute_uri(reverse("hsds:profile")),
        "openapi_url": request.build_absolute_uri(reverse("hsds:openapi")),
    }
    return _json(content)


@answers_json
def openapi(request: HttpRequest) -> HttpResponse:
    """Return the OpenAPI description."""
    parameters.read(request.GET, ())
    return _json(api_openapi.describe())


@answers_json
def profile(request: HttpRequest) -> HttpResponse:
    """Return what this API adds to HSDS and what it leaves out, as the document that comes with the code."""
    parameters.read(request.GET, ())
    return HttpResponse(PROFILE.read_text(encoding="utf-8"), content_type="text/markdown; charset=utf-8")


@answers_json
def services(request: HttpRequest) -> HttpResponse:
    """Return services: matches, then "ask first"; with words in the order of the search."""
    values = parameters.read(request.GET, parameters.SERVICES)
    hits, judged = _find(values)
    page = Paging(values, len(hits))
    shown = page.of(hits)
    write = Writer(_reader(values), full="full" in values)
    rows = _service_rows(write.full).filter(key__in=[hit.key for hit in shown])
    by_key = {row.key: row for row in rows}
    answers = {hit.key: ANSWERS[hit.answer] if judged else "" for hit in shown}
    return _json(page.answer([write.service(by_key[key], answers[key]) for key in answers if key in by_key]))


def _find(values: Values) -> tuple[list[Hit], bool]:
    """Return the hits that are still published, and whether a filter was chosen: else nothing is judged."""
    chosen = {p.filter: values[p.name] for p in parameters.SERVICES if p.filter and p.name in values}
    restrict = {}
    if "area" in chosen:
        area = parameters.find_area(chosen["area"], chosen.get("country", ""))
        chosen["area"] = area.key
        restrict["country"] = area.country
    in_order = {name: chosen[name] for name in BY_NAME if name in chosen}
    query = to_query(Chosen(in_order, values.get("search", "")), {}, restrict)
    published = Service.objects.published()
    for name in ("taxonomy_term", "taxonomy_term_id"):
        if name in values:
            term = Q(service_type__uuid=values[name]) | Q(service_terms__term__uuid=values[name])
            published = published.filter(term)
    keys = set(published.values_list("key", flat=True))
    return [hit for hit in get_engine().search(query).hits if hit.key in keys], query.has_filter


def _service_rows(full: bool) -> QuerySet[Service]:
    rows = writer.FULL_SERVICE_ROWS if full else writer.SERVICE_ROWS
    return Service.objects.published().select_related(*writer.SERVICE_RELATED).prefetch_related(*rows)


@answers_json
def service(request: HttpRequest, record: str) -> HttpResponse:
    """Return one service with everything that belongs to it."""
    values = parameters.read(request.GET, parameters.DETAIL)
    found = _by_id(_service_rows(True), record)
    return _missing() if found is None else _json(Writer(_reader(values), full=True).service(found))


@answers_json
def organizations(request: HttpRequest) -> HttpResponse:
    """Return published organizations, networks and their members."""
    values = parameters.read(request.GET, parameters.ORGANIZATIONS)
    country = values.get("country", "")
    area = parameters.find_area(values["municipality"], country) if "municipality" in values else None
    found = find_organizations(
        values.get("kind", ""), country or (area.country if area else ""), area, values.get("search", "")
    )
    page = Paging(values, len(found))
    wanted = [row.pk for row in page.of(found)]
    write = Writer(_reader(values), full="full" in values)
    by_pk = {row.pk: row for row in _organization_rows(write.full).filter(pk__in=wanted)}
    return _json(page.answer([write.organization(by_pk[pk]) for pk in wanted if pk in by_pk]))


def _organization_rows(full: bool) -> QuerySet[Organization]:
    rows = writer.ORGANIZATION_ROWS if full else ()
    return (
        Organization.objects.published().select_related(*writer.ORGANIZATION_RELATED).prefetch_related(*rows)
    )


@answers_json
def organization(request: HttpRequest, record: str) -> HttpResponse:
    """Return one organization with its ways to be reached."""
    values = parameters.read(request.GET, parameters.DETAIL)
    found = _by_id(_organization_rows(True), record)
    return _missing() if found is None else _json(Writer(_reader(values), full=True).organization(found))


@answers_json
def taxonomies(request: HttpRequest) -> HttpResponse:
    """Return the taxonomies."""
    values = parameters.read(request.GET, parameters.PAGED)
    return _list(values, list(Taxonomy.objects.order_by("key")), Writer(_reader(values)).taxonomy)


@answers_json
def taxonomy(request: HttpRequest, record: str) -> HttpResponse:
    """Return one taxonomy."""
    values = parameters.read(request.GET, parameters.DETAIL)
    found = _by_id(Taxonomy.objects.all(), record)
    return _missing() if found is None else _json(Writer(_reader(values)).taxonomy(found))


@answers_json
def taxonomy_terms(request: HttpRequest) -> HttpResponse:
    """Return the terms; ``search`` looks at the beginnings of words in all languages."""
    values = parameters.read(request.GET, parameters.TERMS)
    rows = TaxonomyTerm.objects.select_related("taxonomy").order_by("taxonomy__key", "order", "slug")
    if "taxonomy_id" in values:
        rows = rows.filter(taxonomy__uuid=values["taxonomy_id"])
    found = [term for term in rows if _has_words(term, values.get("search", ""))]
    return _list(values, found, Writer(_reader(values)).term)


def _has_words(term: TaxonomyTerm, words: str) -> bool:
    if not words:
        return True
    texts = [*stored(term, "name").values(), *stored(term, "plain").values(), term.slug]
    known = fold(" ".join(texts)).split()
    wanted = fold(words).split()
    return bool(wanted) and all(any(word.startswith(part) for word in known) for part in wanted)


@answers_json
def taxonomy_term(request: HttpRequest, record: str) -> HttpResponse:
    """Return one term."""
    values = parameters.read(request.GET, parameters.DETAIL)
    found = _by_id(TaxonomyTerm.objects.select_related("taxonomy"), record)
    return _missing() if found is None else _json(Writer(_reader(values)).term(found))


def _placed() -> list[ServiceAtLocation]:
    """Return the services at public offices that may be shown; never a confidential one (R20)."""
    services = Service.objects.published().filter(is_confidential=False)
    related = [f"service__{name}" for name in writer.SERVICE_RELATED]
    parts = [f"service__{name}" for name in writer.SERVICE_ROWS]
    rows = (
        ServiceAtLocation.objects.filter(service__in=services)
        .select_related(*related, "location__organization", "location__area__parent")
        .prefetch_related(*parts, "location__accessibility")
        .order_by("service__key", "location__key")
    )
    return [row for row in rows if writer.may_be_placed(row.service, row.location)]


@answers_json
def service_at_locations(request: HttpRequest) -> HttpResponse:
    """Return services at public offices."""
    values = parameters.read(request.GET, parameters.PAGED)
    write = Writer(_reader(values))
    return _list(values, _placed(), lambda row: write.at_location(row, row.service, with_service=True))


@answers_json
def service_at_location(request: HttpRequest, record: str) -> HttpResponse:
    """Return one service at one public office."""
    values = parameters.read(request.GET, parameters.DETAIL)
    write = Writer(_reader(values))
    for row in _placed():
        if writer.at_location_id(row.service.key, row.location.key) == record:
            return _json(write.at_location(row, row.service, with_service=True))
    return _missing()


@answers_json
def missing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer a path that this API does not have."""
    return _missing()


def _missing() -> JsonResponse:
    return _json({"error": "Not found."}, status=404)


def _reader(values: Values) -> Reader:
    return Reader(values.get("language", DEFAULT_LANGUAGE))


def _by_id(rows: QuerySet[Any], record: str) -> Any:
    try:
        return rows.filter(uuid=UUID(record)).first()
    except ValueError:
        return None


def _list(values: Values, rows: Sequence[Any], write: Callable[[Any], Json]) -> JsonResponse:
    page = Paging(values, len(rows))
    return _json(page.answer([write(row) for row in page.of(rows)]))


class Paging:
    """The page form of HSDS; a page beyond the last is empty, no error."""

    def __init__(self, values: Values, total: int) -> None:
        self.number = int(values.get("page", "1"))
        self.per_page = int(values.get("per_page", parameters.PER_PAGE))
        self.total = total
        self.pages = -(-total // self.per_page)

    def of(self, rows: Sequence[Any]) -> Sequence[Any]:
        """Return the rows of this page."""
        return rows[(self.number - 1) * self.per_page : self.number * self.per_page]

    def answer(self, contents: list[Json]) -> Json:
        """Return the page with its contents."""
        return {
            "total_items": self.total,
            "total_pages": self.pages,
            "page_number": self.number,
            "size": len(contents),
            "first_page": self.number == 1,
            "last_page": self.number >= self.pages,
            "empty": not contents,
            "contents": contents,
        }
