"""The package home as a Django application: at start it offers its links to the directory's pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """Pages: front page, rights, plain pages."""

    name = "home"
    verbose_name = _("Pages")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from home import feedback, receivers, search_results, translation_receivers
        from home.related import page_named, pages_using, rights_of
        from home.search import PageIndex
        from home.site_pack import SITE_PACK
        from home.translators import CyrillicTranslator
        from portal.plugins.registry import machine_translators, record_usages, related_links, site_pages
        from search.index import register

        machine_translators.extend("home", [CyrillicTranslator()])
        related_links.extend("home", [rights_of, page_named])
        site_pages.extend("home", [SITE_PACK])
        record_usages.extend("home", [pages_using])
        register(PageIndex())
        feedback.connect()
        receivers.connect()
        search_results.connect()
        translation_receivers.connect()
