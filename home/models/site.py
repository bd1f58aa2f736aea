"""What the operator of a site sets: its name, its colours, where the way out leads, who runs it."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from directory.models import Organization
from home.addresses import relative_path
from home.blocks import FootLinks
from home.choices import FootLinkName, Mark
from home.contrast import DARK_GROUNDS, HEX, LEAST, LIGHT_GROUNDS, lowest
from home.fields import ChoiceListField, KeepingStreamField
from home.site_blocks import CountryLines, MenuEntries
from home.site_links import country_lines, fault_of_menu, menu_entry, titles_of
from portal import languages
from portal.neutral_words import telling_words
from portal.plugins.registry import country_codes
from portal.site import FootLink, SiteValues


@register_setting(icon="cog")
class PortalSettings(BaseGenericSetting):
    """The settings of the site; one row."""

    name = models.CharField(
        _("name of the site"),
        max_length=40,
        blank=True,
        help_text=_("Stands in every title, so it must be neutral. Empty: as the server is set."),
    )
    mark = models.CharField(_("mark"), max_length=20, choices=Mark.choices, default=Mark.ANCHOR)
    brand = models.CharField(
        _("main colour"), max_length=7, blank=True, help_text=_("For light screens, such as #0b5a62.")
    )
    brand_dark = models.CharField(
        _("main colour on dark screens"), max_length=7, blank=True, help_text=_("Such as #7fcdc8.")
    )
    exit_targets = models.TextField(
        _("where the way out leads"),
        blank=True,
        help_text=_("A line for each language, such as: sl https://sl.wikipedia.org/"),
    )
    country_order = models.CharField(
        _("order of the countries"), max_length=60, blank=True, help_text=_("Codes, such as: SI, RS")
    )
    menu = KeepingStreamField(
        MenuEntries(),
        blank=True,
        verbose_name=_("menu of every page"),
        help_text=_("Two to four entries. Empty: as the portal comes."),
    )
    lines = KeepingStreamField(
        CountryLines(),
        blank=True,
        verbose_name=_("lines per country"),
        help_text=_("The first number of each stands beside the emergency numbers of its country."),
    )
    hidden_links = ChoiceListField(
        _("links of the foot to leave out"), default=list, blank=True, allowed=FootLinkName.choices
    )
    foot_links = KeepingStreamField(FootLinks(), blank=True, verbose_name=_("more links in the foot"))
    operator_name = models.CharField(_("who runs this site"), max_length=200, blank=True)
    operator = models.ForeignKey(
        Organization,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("its entry in the directory"),
        help_text=_("Its phones and hours come from there."),
    )
    supporters = models.TextField(_("who pays for it"), blank=True, help_text=_("A line for each."))

    panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [FieldPanel(name) for name in ("name", "mark", "brand", "brand_dark")], heading=_("Look")
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("exit_targets", "menu", "hidden_links", "foot_links")],
            heading=_("Ways"),
        ),
        MultiFieldPanel([FieldPanel(name) for name in ("country_order", "lines")], heading=_("Countries")),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("operator_name", "operator", "supporters")], heading=_("Who")
        ),
    ]

    class Meta:
        verbose_name = _("settings of the site")

    def clean(self) -> None:
        """Refuse what would harm a reader; raises ``ValidationError`` with a sentence for each field."""
        super().clean()
        checks = {
            "name": self._fault_of_name,
            "brand": lambda: _fault_of_colour(self.brand, LIGHT_GROUNDS),
            "brand_dark": lambda: _fault_of_colour(self.brand_dark, DARK_GROUNDS),
            "exit_targets": self._fault_of_targets,
            "country_order": self._fault_of_order,
            "menu": self._fault_of_menu,
        }
        if errors := {name: fault for name, check in checks.items() if (fault := check())}:
            raise ValidationError(errors)

    def values(self) -> SiteValues:
        """Return what the ground floor needs of this row."""
        return SiteValues(
            name=self.name,
            mark=self.mark,
            brand=self.brand,
            brand_dark=self.brand_dark,
            exit_targets=dict(self.targets()),
            country_order=self.order(),
            hidden_links=tuple(self.hidden_links),
            foot_links=self._foot_links(),
            menu=tuple(entry for block in self.menu if (entry := menu_entry(block))),
            lines=country_lines(self.lines),
        )

    def targets(self) -> list[tuple[str, str]]:
        """Return the ways out as pairs of language and address."""
        lines = [line.split(maxsplit=1) for line in self.exit_targets.splitlines() if line.strip()]
        return [(line[0].lower(), line[1].strip() if len(line) > 1 else "") for line in lines]

    def order(self) -> tuple[str, ...]:
        """Return the codes of the countries in their order."""
        return tuple(code.upper() for code in self.country_order.replace(",", " ").split())

    def _foot_links(self) -> tuple[FootLink, ...]:
        pages = [block.value for block in self.foot_links if block.block_type == "page" and block.value]
        titled = ((titles_of(page), page) for page in pages)
        return tuple(FootLink(titles, relative_path(page.url_path)) for titles, page in titled if titles)

    def _fault_of_name(self) -> Any:
        if words := telling_words(self.name):
            return _("Choose another name: “%(words)s” would stay in the browser’s history.") % {
                "words": ", ".join(words)
            }
        return ""

    def _fault_of_targets(self) -> Any:
        for language, url in self.targets():
            parts = urlsplit(url)
            if (
                language not in (*settings.PORTAL_LANGUAGES, "sr")
                or parts.scheme != "https"
                or not parts.hostname
            ):
                return _("Write a language and an address with https, such as: %(example)s") % {
                    "example": f"{languages.DEFAULT_LANGUAGE} https://www.bbc.com/weather"
                }
            if words := telling_words(url):
                return _("The way out must be neutral; this address holds “%(words)s”.") % {
                    "words": ", ".join(words)
                }
        return ""

    def _fault_of_menu(self) -> Any:
        return fault_of_menu(self.menu)

    def _fault_of_order(self) -> Any:
        unknown = [code for code in self.order() if code not in country_codes()]
        if unknown:
            return _("No country here has the code %(codes)s.") % {"codes": ", ".join(unknown)}
        return ""


def _fault_of_colour(colour: str, grounds: tuple[str, ...]) -> Any:
    """Return what is wrong with a colour, an empty string when it can be read on every ground."""
    if not colour:
        return ""
    if not HEX.fullmatch(colour):
        return _("Write a colour as # and six signs, such as #0b5a62.")
    ratio, ground = lowest(colour, grounds)
    if ratio < LEAST:
        return _(
            "Too hard to read: its contrast with %(ground)s is %(ratio).1f, and must be %(least).1f."
        ) % {
            "ground": ground,
            "ratio": ratio,
            "least": LEAST,
        }
    return ""


def site_values() -> SiteValues:
    """Return the values of this site; one query, more when links were added to the foot."""
    stored = PortalSettings.objects.first()
    return stored.values() if stored else SiteValues()
