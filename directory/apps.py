"""The directory as a Django application: at start it makes services findable."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    """Organizations, services, places."""

    name = "directory"
    verbose_name = _("Directory")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from directory import receivers, search_results, translation_receivers
        from directory.search import ServiceIndex
        from directory.search_organizations import OrganizationIndex
        from search.index import register

        register(ServiceIndex())
        register(OrganizationIndex())
        receivers.connect()
        translation_receivers.connect()
        search_results.connect()
