"""Addresses of pages below the language prefix; the name lets Wagtail's own ``page.url`` work."""

from django.urls import re_path

from home import views

urlpatterns = [
    re_path(r"^((?:[\w\-]+/)*)$", views.serve, name="wagtail_serve"),
]
