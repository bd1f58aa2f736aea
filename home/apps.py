"""The package home as a Django application: at start it offers its links to the directory's pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """Pages: front page, rights, plain pages."""

    name = "home"
    verbose_name = _("Pages")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from home.related import rights_of
        from portal.plugins.registry import related_links

        related_links.extend("home", [rights_of])
