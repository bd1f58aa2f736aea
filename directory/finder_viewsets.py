"""The guided finder on the editors' desk: its questions with their answers, words by language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn

from directory.actions import save_finder_question
from directory.forms import RecordForm
from directory.layouts import related, tabs
from directory.models import FinderQuestion, TaxonomyTerm
from directory.panels import Rows, language_group, language_tabs
from directory.viewsets import DirectoryIndexView, DirectoryViewSet
from portal.icons import ICONS

EDITED = _("A question that you change here is no longer changed by updates. At most six answers on a page.")
LEADS = _(
    "A page of needs or of age has no answers of its own: a row says where a need, or an age such as 0-17, leads."
)


class FinderQuestionForm(RecordForm):
    """Form of a question; its key is in links, so it stays once it exists."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["key"].disabled = True
            self.fields["next"].queryset = FinderQuestion.objects.exclude(pk=self.instance.pk)
        terms = TaxonomyTerm.objects.select_related("taxonomy").order_by("taxonomy__pk", "order")
        self.fields["term"].queryset = terms
        self.fields["term"].label_from_instance = lambda term: f"{term.taxonomy.name}: {term}"

    def store(self, record: Any) -> None:
        save_finder_question(record)


class FinderAnswerForm(WagtailAdminModelForm):  # type: ignore[misc]  # Wagtail is untyped
    """Form of an answer: its picture is one of ours."""

    icon = forms.ChoiceField(choices=[("", "–"), *((name, name) for name in sorted(ICONS))], required=False)


class FinderIndexView(DirectoryIndexView):
    """The questions, in the order in which they are asked."""

    name_field = ""


def finder_panels() -> Any:
    """Return the page of a question."""
    answer = related(FinderQuestion, "answers")
    row = [
        FieldRowPanel([FieldPanel("icon"), FieldPanel("enabled"), FieldPanel("for_other")]),
        FieldRowPanel([FieldPanel("filter"), FieldPanel("value"), FieldPanel("next")]),
        language_group(answer, "text"),
        language_group(answer, "text_other"),
    ]
    main = ObjectList(
        [
            HelpPanel(content=EDITED),
            FieldRowPanel([FieldPanel("key"), FieldPanel("kind"), FieldPanel("order")]),
            FieldRowPanel([FieldPanel("enabled"), FieldPanel("branch"), FieldPanel("next")]),
            MultiFieldPanel(
                [FieldPanel(name) for name in ("shows_lines", "term", "organization_kind", "pages")],
                heading=_("What a page to read shows"),
            ),
            Rows(
                "answers", panels=row, heading=_("Answers"), help_text=LEADS, row_form=FinderAnswerForm,
                ordered=True,
            ),
        ],
        heading=_("Main data"),
    )  # fmt: skip
    texts = ("title", "title_other", "text", "text_other", "text_none")
    return tabs(FinderQuestion, FinderQuestionForm, main, *language_tabs(FinderQuestion, *texts))


class FinderViewSet(DirectoryViewSet):
    """Questions of the guided finder."""

    model = FinderQuestion
    name = "directory_finder"
    url_prefix = "directory/finder"
    icon = "help"
    menu_label = _("Guided finder")
    index_view_class = FinderIndexView
    ordering = ("order", "key")
    name_field = "title"
    list_display = [
        "__str__",
        "kind",
        "order",
        BooleanColumn("enabled", label=_("Asked"), sort_key="enabled"),
        BooleanColumn("branch", label=_("Only through an answer"), sort_key="branch"),
    ]

    def get_edit_handler(self) -> Any:
        return finder_panels()
