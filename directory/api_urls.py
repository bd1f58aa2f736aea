"""Addresses of the API for machines, mounted at /api/hsds/3.1/."""

from __future__ import annotations

from django.urls import URLPattern, path

from directory import api

app_name = "hsds"

urlpatterns: list[URLPattern] = [
    path("", api.base, name="base"),
]
