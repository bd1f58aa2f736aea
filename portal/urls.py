"""Every address of the site; only the server imports this."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponseNotFound
from django.urls import include, path, re_path
from wagtail.admin import urls as wagtailadmin_urls

from portal import exit as leaving
from portal import views
from portal.plugins import installed_plugins


def switched_off(request: HttpRequest) -> HttpResponseNotFound:
    """Answer 404: uploads and mails wait for the second factor and for cleaning (R26, R39)."""
    return HttpResponseNotFound()


handler400 = "portal.error_views.bad_request"
handler403 = "portal.error_views.forbidden"
handler404 = "portal.error_views.not_found"
handler500 = "portal.error_views.server_error"

public = [
    path("", views.choose_language, name="choose_language"),
    path("robots.txt", views.robots_txt, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("-/live", views.live, name="live"),
    path("-/ready", views.ready, name="ready"),
    path("exit", leaving.leave, name="exit-default"),
    path("exit/<str:lang>", leaving.leave, name="exit"),
    path("api/hsds/3.1/", include("directory.api_urls")),
]

private = [
    re_path(r"^cms/(?:images|documents)/", switched_off),
    re_path(r"^cms/(?:password_reset|account/change_email)", switched_off),
    path("cms/", include(wagtailadmin_urls)),
]

localized = i18n_patterns(
    path("", include("search.urls")),
    path("", include("directory.urls")),
    *[
        path(f"x/{plugin.label}/", include((plugin.urls(), plugin.label)))
        for plugin in installed_plugins()
        if plugin.urls()
    ],
    path("", include("home.urls")),
    prefix_default_language=True,
)

urlpatterns = [*public, *private, *localized]

if settings.DEBUG:
    urlpatterns.insert(0, path("styleguide/", views.styleguide, name="styleguide"))
    urlpatterns.insert(0, path("styleguide/guide.css", views.styleguide_css, name="styleguide_css"))
