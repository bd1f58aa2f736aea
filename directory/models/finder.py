"""The guided finder's questions and answers: their order, words and branches are data, edited in ``/cms/``."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from directory.choices import FinderFilter, FinderKind, OrganizationKind
from directory.models.taxonomy import TaxonomyTerm
from portal.localized import name_of


class FinderQuestion(ClusterableModel):
    """A page of the guided finder.

    A ``branch`` is met only through an answer that leads to it; the others follow one another in their
    order. The ``_other`` texts replace the plain ones when the visitor asks for somebody else.
    """

    key = models.SlugField(_("key"), max_length=40, unique=True, help_text=_("Never shown; stays as it is."))
    kind = models.CharField(_("kind"), max_length=10, choices=FinderKind, default=FinderKind.CHOICE)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    enabled = models.BooleanField(_("asked"), default=True)
    branch = models.BooleanField(
        _("only through an answer"), default=False, help_text=_("Shown only when an answer leads here.")
    )
    title = models.CharField(_("question"), max_length=160)
    title_other = models.CharField(_("question about somebody else"), max_length=160, blank=True)
    text = models.TextField(_("text"), blank=True)
    text_other = models.TextField(_("text about somebody else"), blank=True)
    text_none = models.TextField(
        _("text when no service is listed"), blank=True, help_text=_("Say honestly whom one can ask.")
    )
    next = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("next question"),
        help_text=_("Empty: the next one in order."),
    )  # fmt: skip
    shows_lines = models.BooleanField(_("shows the lines of the country"), default=False)
    term = models.ForeignKey(
        TaxonomyTerm, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("term"),
        help_text=_("Services with this need or group are shown."),
    )  # fmt: skip
    organization_kind = models.CharField(
        _("kind of provider"), max_length=20, choices=OrganizationKind, blank=True,
        help_text=_("A link to the providers of this kind is shown."),
    )  # fmt: skip
    pages = models.CharField(
        _("pages"), max_length=200, blank=True, help_text=_("Last parts of their addresses, with spaces.")
    )
    loaded_digest = models.CharField(max_length=32, blank=True, editable=False)
    locally_edited = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("question of the finder")
        verbose_name_plural = _("questions of the finder")
        ordering = ["order", "key"]

    def __str__(self) -> str:
        return name_of(self, "title", instead=self.key)


class FinderAnswer(models.Model):
    """An answer: what it chooses in the filters, and where it leads.

    For a question of kind "needs" or "age" an answer without words says where a need, or an age such as
    "0-17", leads; it is no choice of its own.
    """

    question = ParentalKey(FinderQuestion, on_delete=models.CASCADE, related_name="answers")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    enabled = models.BooleanField(_("shown"), default=True)
    text = models.CharField(_("answer"), max_length=120, blank=True)
    text_other = models.CharField(_("answer about somebody else"), max_length=120, blank=True)
    icon = models.CharField(_("icon"), max_length=40, blank=True)
    filter = models.CharField(_("filter"), max_length=20, choices=FinderFilter, blank=True)
    value = models.CharField(_("value"), max_length=60, blank=True)
    for_other = models.BooleanField(_("asks for somebody else"), default=False)
    next = models.ForeignKey(
        FinderQuestion, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("next question"), help_text=_("Empty: the next one in order."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return name_of(self, "text", instead=f"{self.filter} {self.value}")

    def clean(self) -> None:
        super().clean()
        from directory.finder_values import is_value  # reads the filters, which read the plugins

        if self.filter and not is_value(self.filter, self.value):
            raise ValidationError({"value": _("This filter does not have this value.")})
