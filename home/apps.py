"""The package home as a Django application."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """See the package's docstring."""

    name = "home"
    default_auto_field = "django.db.models.BigAutoField"
