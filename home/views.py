"""Pages for visitors, found at request time; a missing translation never blocks help (R69)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import translation
from django.views.decorators.http import require_safe

from home.models import HomePage
from home.moved import new_address
from home.routing import find_page
from portal import languages
from portal.page_cache import cacheable


@cacheable
@require_safe
def serve(request: HttpRequest, path: str = "") -> HttpResponse:
    """Serve the page at ``path`` in the best language there is; an old address leads on, else 404.

    The front page always answers, even before a pack is loaded.
    """
    language = translation.get_language() or languages.DEFAULT_LANGUAGE
    page = find_page(path, language) if path else HomePage.objects.for_language(language) or HomePage()
    if page is None and (moved := new_address(path, language)):
        return HttpResponsePermanentRedirect(moved)
    if page is None or not page.is_offered():
        raise Http404
    response: HttpResponse = page.serve(request)
    return response
