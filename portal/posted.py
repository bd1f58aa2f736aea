"""Forms that change nothing and need no cookie: who sent them, what was typed, where they lead."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseRedirect

MOST_SIGNS = 120
"""How many characters of a typed text are read."""


class SeeOther(HttpResponseRedirect):
    """303: the answer to a form stands elsewhere, so that Back and reload send nothing again (R9)."""

    status_code = 303


def is_cross_site(request: HttpRequest) -> bool:
    """Whether a browser says that another site sent this form; older browsers and plain http say nothing."""
    return request.headers.get("Sec-Fetch-Site", "") == "cross-site"


def typed(request: HttpRequest, name: str) -> str:
    """Return what was typed into a field of a form: one line, spaces tidied, without what is too long."""
    return " ".join(request.POST.get(name, "").replace("\0", " ").split())[:MOST_SIGNS]
