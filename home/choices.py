"""The closed lists of the pages: whom a page speaks to."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """Whom the rights of a page are for."""

    ADULT = "adult", _("Adults")
    CHILD = "child", _("Children and young people")
    FOREIGNER = "foreigner", _("People from another country")
    FAMILY = "family", _("Families")
    PROFESSIONAL = "professional", _("People who help at work")


class Mark(models.TextChoices):
    """The small picture beside the site's name."""

    ANCHOR = "anchor", _("Anchor")
    HOME = "home", _("House")
    TALK = "bubble", _("Talk")
    PEOPLE = "pair", _("People")


class FootLinkName(models.TextChoices):
    """The links that the portal itself puts into the foot of every page, beside the lists."""

    SAFETY = "safety", _("Reading safely")
    WHO = "who", _("Who runs this")
    PRIVACY = "privacy", _("Privacy")
    ACCESS = "access", _("Accessibility")
    DATA = "data", _("About the data")
    WORDS = "words", _("Words explained")


class MenuName(models.TextChoices):
    """The parts of the portal that may stand in the menu of every page."""

    FIND = "find", _("Find help")
    RIGHTS = "rights", _("Your rights")
    ORGANIZATIONS = "organizations", _("Who can help")
    SERVICES = "services", _("All services")
    SAFETY = "safety", _("Reading safely")
    WORDS = "words", _("Words explained")


class Insert(models.TextChoices):
    """Parts of a page that the portal itself fills in."""

    OPERATOR = "operator", _("Who runs this site")
    ATTRIBUTIONS = "attributions", _("Sources of the data")
    PRACTISE = "practise", _("Practise leaving")
    GLOSSARY = "glossary", _("All words of the glossary")
