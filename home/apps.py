"""The package home as a Django application: at start it makes pages findable and linked."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """Pages: front page, rights, plain pages."""

    name = "home"
    verbose_name = _("Pages")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from home import receivers, search_results
        from home.related import rights_of
        from home.search import PageIndex
        from home.site_pack import SITE_PACK
        from portal.plugins.registry import related_links, site_pages
        from search.index import register

        related_links.extend("home", [rights_of])
        site_pages.extend("home", [SITE_PACK])
        register(PageIndex())
        receivers.connect()
        search_results.connect()
