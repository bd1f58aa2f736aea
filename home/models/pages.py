"""The types of pages that visitors read."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PageManager

from home import front, index
from home.addresses import country_query
from home.blocks import TextBody
from home.fields import KeepingStreamField
from home.gathering import gathered
from home.models.base import ContentPage, OwnField, PortalPage, ShellPage
from home.models.links import RightService
from home.parts import Builder
from home.querysets import HomePageQuerySet, open_to_all


class HomePage(ShellPage):
    """The front page of one language."""

    objects = PageManager.from_queryset(HomePageQuerySet)()

    template = "home/home_page.html"
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = [
        "home.RightsIndexPage",
        "home.EntryPage",
        "home.SafetyPage",
        "home.StandardPage",
        "home.NewsIndexPage",
    ]
    is_creatable = False  # made by load_packs, and by translating
    # Homes of several languages are neighbours below the root, so their slugs differ; no visitor sees them.
    override_translatable_fields: ClassVar[list[Any]] = [OwnField("slug")]

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the tiles, all needs, and the countries to choose from."""
        shell = self.shell_context(request)
        terms = front.needs(self.asked_language())
        return {
            **super().get_context(request, *args, **kwargs),
            **shell,
            "tiles": front.need_links(front.tiles(terms), shell["country"]),
            "needs": front.need_links(terms, shell["country"]),
            "state": front.state_sentence(terms, self.asked_language()),
            "countries": front.country_links(shell["country"]),
            "entries": EntryPage.links(self.asked_language(), shell["country"]),
        }


class RightsIndexPage(ShellPage):
    """The list of all pages about rights."""

    template = "home/rights_index_page.html"
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["home.RightsPage", "home.GuidancePage", "home.PathwayPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of rights")
        verbose_name_plural = _("lists of rights")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the pages in groups by country; a query a type of page."""
        shell = self.shell_context(request)
        rows = [
            row
            for kind in LISTED
            for row in kind.objects.for_visitors().order_by("path").values(*index.COLUMNS)
        ]
        query = country_query(shell["country"])
        return {
            **super().get_context(request, *args, **kwargs),
            **shell,
            "groups": index.groups(rows, self.asked_language(), shell["country"], query),
            "entries": EntryPage.links(self.asked_language(), shell["country"]),
        }


class _ListedPage(ContentPage):
    """A page of the list of rights."""

    parent_page_types: ClassVar[list[str]] = ["home.RightsIndexPage"]

    class Meta:
        abstract = True

    def back(self) -> bool:
        """Lead back to the list."""
        return True


class RightsPage(_ListedPage):
    """A page about rights: what, what to do, whom to call; each right with services that realise it."""

    def services(self) -> Any:
        """Return the links of this page and its translations; one query."""
        return RightService.objects.of_page(self.translation_key)

    class Meta:
        verbose_name = _("page about rights")
        verbose_name_plural = _("pages about rights")


class GuidancePage(_ListedPage):
    """A page for people who meet victims at work: what to notice, how to talk, how to support."""

    class Meta:
        verbose_name = _("page for professionals")
        verbose_name_plural = _("pages for professionals")


class PathwayPage(_ListedPage):
    """A way through offices and help, as numbered steps in boxes that print."""

    class Meta:
        verbose_name = _("way in steps")
        verbose_name_plural = _("ways in steps")


class EntryPage(ContentPage):
    """A way in for a child, a relative, a foreigner: the right pages, lines and services of each country."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]

    class Meta:
        verbose_name = _("page for one group of people")
        verbose_name_plural = _("pages for one group of people")

    @classmethod
    def links(cls, asked: str, chosen: str) -> list[index.Entry]:
        """Return these pages as links, in the order of the tree; one query."""
        rows = cls.objects.for_visitors().order_by("path").values(*index.COLUMNS)
        return index.entries(rows, asked, country_query(chosen))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return what each country has for these people, too."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        rows = [
            row
            for kind in LISTED
            for row in kind.objects.for_visitors().order_by("path").values(*index.COLUMNS)
        ]
        return {**context, "gathered": gathered(rows, self.audience, self.asked_language(), request)}


class SafetyPage(ContentPage):
    """How to leave no traces, and what no website can do; one step away from every page (R15)."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]

    class Meta:
        verbose_name = _("page about safe reading")
        verbose_name_plural = _("pages about safe reading")


class StandardPage(ContentPage):
    """A plain page: who runs this, privacy, accessibility, the data, the words."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "home.StandardPage"]
    subpage_types: ClassVar[list[str]] = ["home.StandardPage"]

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")


class NewsIndexPage(ShellPage):
    """The list of news, the newest first."""

    template = "home/news_index_page.html"
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["home.NewsPage"]
    max_count_per_parent = 1
    most = 50

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the newest news in the best language for the reader; one query."""
        rows = open_to_all(NewsPage.objects.all()).select_related("locale").order_by("-date", "path")
        return {
            **super().get_context(request, *args, **kwargs),
            **self.shell_context(request),
            "news": index.newest(rows[: self.most * 4], self.asked_language())[: self.most],
        }


class NewsPage(PortalPage):
    """A piece of news: a date, a summary, a text."""

    date = models.DateField(_("date"), default=timezone.localdate)
    summary = models.CharField(_("summary"), max_length=300)
    body = KeepingStreamField(TextBody(), blank=True, verbose_name=_("text"))

    template = "home/news_page.html"
    parent_page_types: ClassVar[list[str]] = ["home.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("date"),
        FieldPanel("summary"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")

    def clean(self) -> None:
        super().clean()
        self.ask_for_safe_title()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the parts of the text."""
        builder = Builder(self.asked_language(), self.content_language.code)
        raw = getattr(self, "derived_body", None) or self.body.raw_data
        return {**super().get_context(request, *args, **kwargs), "parts": builder.build(raw)}


LISTED = (RightsPage, PathwayPage, GuidancePage)
"""The types of pages that the list of rights shows, in its order."""
CONTENT = (*LISTED, EntryPage, SafetyPage, StandardPage)
"""The types of pages that are loaded from files."""
