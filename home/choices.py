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
