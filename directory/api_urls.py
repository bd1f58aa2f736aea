"""Addresses of the API for machines, mounted at /api/hsds/3.1/."""

from __future__ import annotations

from django.urls import URLPattern, path

from directory import api

app_name = "hsds"

urlpatterns: list[URLPattern] = [
    path("", api.base, name="base"),
    path("openapi.json", api.openapi, name="openapi"),
    path("profile", api.profile, name="profile"),
    path("services", api.services, name="services"),
    path("services/<str:record>", api.service, name="service"),
    path("organizations", api.organizations, name="organizations"),
    path("organizations/<str:record>", api.organization, name="organization"),
    path("taxonomies", api.taxonomies, name="taxonomies"),
    path("taxonomies/<str:record>", api.taxonomy, name="taxonomy"),
    path("taxonomy_terms", api.taxonomy_terms, name="taxonomy_terms"),
    path("taxonomy_terms/<str:record>", api.taxonomy_term, name="taxonomy_term"),
    path("service_at_locations", api.service_at_locations, name="service_at_locations"),
    path("service_at_locations/<str:record>", api.service_at_location, name="service_at_location"),
    path("<path:rest>", api.missing, name="missing"),
]
