"""What people say and what it means: concepts, the words for them, and a number that every change renews."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from portal import languages

LINK = re.compile(r"[a-z]+:[a-z0-9_-]+")
LANGUAGES = [(language.code, language.own_name) for language in languages.CATALOGUE]


def check_links(text: str) -> None:
    """Raise ``ValidationError`` unless ``text`` is links such as "need:shelter type:helpline", by spaces."""
    wrong = [link for link in text.split() if not LINK.fullmatch(link)]
    if wrong or not text.split():
        raise ValidationError(_("Write links like “need:shelter type:helpline”, with spaces between."))


class Concept(models.Model):
    """Something people look for, and by which facets of records it is answered.

    A query that names a distress concept puts the services that are open day and night first. The words of a
    concept with ``links_only`` are not looked for in texts: "without police" must not find the police.
    ``loaded_digest`` is empty, or what the last load wrote: a row that says something else was edited here.
    """

    key = models.SlugField(_("key"), max_length=40, unique=True)
    name = models.CharField(
        _("name"),
        max_length=120,
        help_text=_("Delivered names are shown in the editor’s language, others as they are written."),
    )
    links = models.CharField(
        _("leads to"),
        max_length=400,
        validators=[check_links],
        help_text=_("For example: need:shelter type:helpline page:rs-money"),
    )
    is_distress = models.BooleanField(
        _("a cry for help"),
        default=False,
        help_text=_("Services that are open day and night come first."),
    )
    links_only = models.BooleanField(
        _("do not look for these words in texts"),
        default=False,
        help_text=_("For words that would find the wrong thing, such as “without police”."),
    )
    loaded_digest = models.CharField(max_length=32, blank=True, editable=False)

    class Meta:
        verbose_name = _("search concept")
        verbose_name_plural = _("search concepts")
        ordering = ["name"]

    def __str__(self) -> str:
        """Return the name in the editor's language when it is a delivered one, else as it was written."""
        return pgettext("concept", self.name) if self.name else self.key

    @property
    def link_pairs(self) -> tuple[tuple[str, str], ...]:
        """The links as (facet, value) pairs."""
        pairs = (link.partition(":") for link in self.links.split())
        return tuple((facet, value) for facet, _colon, value in pairs)


class ConceptTerm(models.Model):
    """A word or phrase for a concept in one language; ``sr-latn`` and ``bs`` serve Cyrillic as well.

    ``source`` is the lexicon or pack that delivered it, empty for an editor's. ``words`` are its analysed
    words as of ``analysis``: pairs of a folded form and tokens.
    """

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="terms", verbose_name=_("concept"))
    language = models.CharField(_("language"), max_length=10, choices=LANGUAGES)
    text = models.CharField(_("word or phrase"), max_length=120)
    reviewed = models.BooleanField(
        _("reviewed"),
        default=False,
        help_text=_("Tick when someone who speaks this language has read it."),
    )
    source = models.CharField(_("source"), max_length=60, blank=True, editable=False)
    words = models.JSONField(default=list, editable=False)
    analysis = models.CharField(max_length=80, blank=True, editable=False)

    class Meta:
        verbose_name = _("search word")
        verbose_name_plural = _("search words")
        ordering = ["language", "text"]
        constraints = [
            models.UniqueConstraint(
                fields=["concept", "language", "text"],
                name="search_term_once",
                violation_error_message=_("This concept has this word already."),
            )
        ]

    def __str__(self) -> str:
        return self.text


class LexiconSource(models.Model):
    """What one source has delivered, as digests of its terms: a term that editors removed is not brought back."""

    name = models.CharField(max_length=60, unique=True)
    delivered = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.name


class LexiconVersion(models.Model):
    """The one row whose random number changes with every edit; a worker that read another number reads again."""

    version = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.version)
