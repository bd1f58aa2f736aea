"""The headers of every answer, the methods that are allowed, and a log that knows nobody (R11, R18, R48)."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import patch_vary_headers

from portal.languages import DEFAULT_LANGUAGE
from portal.stylesheet import allowed

GetResponse = Callable[[HttpRequest], HttpResponse]
ADMIN_PREFIX = "/cms/"
ALLOWED_METHODS = ("GET", "HEAD", "POST", "OPTIONS")
# The translation editor saves a sentence by PUT and takes it back by DELETE.
DESK_METHODS = (*ALLOWED_METHODS, "PUT", "DELETE")
STRICT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src {style}; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
# Wagtail's editor writes inline scripts and styles (trap W3); still nothing of anybody else, and no eval.
ADMIN_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; frame-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'; object-src 'none'"
)
HEADERS = {
    "Cache-Control": "no-store",
    "Server": "web",  # the application server would name itself
    "X-Content-Type-Options": "nosniff",
    "X-DNS-Prefetch-Control": "off",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "geolocation=(self), camera=(), microphone=(), payment=(), usb=(), browsing-topics=()"
    ),
}
PUBLIC_HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Embedder-Policy": "require-corp",
}
ADMIN_HEADERS = {
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "X-Robots-Tag": "noindex, nofollow",
}


def is_admin(request: HttpRequest) -> bool:
    """Whether a path belongs to the editors."""
    return request.path_info.startswith(ADMIN_PREFIX)


class PrivacyHeadersMiddleware:
    """Put the headers of safety.md on every answer; strict for visitors, relaxed for editors only."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.get_full_path()  # as the visitor wrote it, the choice to hide steps included
        response = self.get_response(request)
        admin = is_admin(request)
        response["Content-Security-Policy"] = ADMIN_POLICY if admin else self._strict(request)
        for name, value in {**HEADERS, **(ADMIN_HEADERS if admin else PUBLIC_HEADERS)}.items():
            if name != "Cache-Control" or not self._is_static(request, response):
                response[name] = value
        if request.is_secure() and settings.SECURE_HSTS_SECONDS:
            response["Strict-Transport-Security"] = self._transport()
        if not admin:
            self._forget_cookie_in_vary(response)
            if settings.PORTAL_ONION and response.get("Content-Type", "").startswith("text/html"):
                response["Onion-Location"] = settings.PORTAL_ONION + asked
        return response

    @staticmethod
    def _strict(request: HttpRequest) -> str:
        style = allowed(request)
        return STRICT_POLICY.format(style=f"'self' '{style}'" if style else "'self'")

    @staticmethod
    def _is_static(request: HttpRequest, response: HttpResponse) -> bool:
        """Whether a static file answers, which says itself how long it lasts; an error page there is none."""
        html = response.get("Content-Type", "").startswith("text/html")
        return request.path_info.startswith(settings.STATIC_URL) and not html

    @staticmethod
    def _transport() -> str:
        parts = [f"max-age={settings.SECURE_HSTS_SECONDS}"]
        parts += ["includeSubDomains"] if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else []
        return "; ".join(parts + (["preload"] if settings.SECURE_HSTS_PRELOAD else []))

    @staticmethod
    def _forget_cookie_in_vary(response: HttpResponse) -> None:
        kept = [part.strip() for part in response.get("Vary", "").split(",") if part.strip()]
        if "Vary" in response:
            del response["Vary"]
            patch_vary_headers(response, [part for part in kept if part.lower() != "cookie"])


class MethodGuardMiddleware:
    """Refuse every method that no page uses, with the same headers as any answer."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        allowed = DESK_METHODS if request.path_info.startswith(ADMIN_PREFIX) else ALLOWED_METHODS
        if request.method not in allowed:
            return HttpResponseNotAllowed(allowed)
        return self.get_response(request)


class AccessLogMiddleware:
    """Log minute, route name, status, language and milliseconds: no address, agent, path or query."""

    logger = logging.getLogger("portal.access")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        start = time.perf_counter()
        response = self.get_response(request)
        match = getattr(request, "resolver_match", None)
        self.logger.info(
            "%s %s %s %s %d",
            time.strftime("%Y-%m-%dT%H:%MZ", time.gmtime()),
            (match.view_name if match else "") or "-",
            response.status_code,
            getattr(request, "LANGUAGE_CODE", DEFAULT_LANGUAGE),
            round((time.perf_counter() - start) * 1000),
        )
        return response
