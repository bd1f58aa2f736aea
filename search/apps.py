"""The package search as a Django application."""

from django.apps import AppConfig

from portal.plugins import registry


class SearchConfig(AppConfig):
    """See the package's docstring."""

    name = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the checks of the configuration and what the site says of the index."""
        from search import checks, index  # models are ready only now

        checks.register_checks()
        registry.health_notes.extend("search", [("search", index.health_note)])
