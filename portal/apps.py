"""The ground floor as a Django application: it registers the portal's own system checks."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Languages, plugins, privacy headers, base templates."""

    name = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from portal import checks  # noqa: F401  registers itself when the app registry is ready
