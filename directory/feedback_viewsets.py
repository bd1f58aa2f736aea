"""Visitors' feedback on the editors' desk: a queue to filter and to mark as done, one press for each row."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, ObjectList, Panel, TabbedInterface
from wagtail.admin.ui.tables import BooleanColumn, Column

from directory import feedback
from directory.actions import close_feedback
from directory.choices import FeedbackKind, FeedbackTopic
from directory.filtersets import CountryFilterSet, ticked
from directory.forms import RecordForm
from directory.models import Feedback
from directory.viewsets import DirectoryIndexView, DirectoryViewSet, ReadMostlyPolicy

WHAT = _(
    "Visitors can only tick. Days are kept, never times, and nothing of the visitor. A row counts one topic."
)


class FeedbackForm(RecordForm):
    """Form of a row: only the tick "done" can be changed."""

    def store(self, record: Any) -> None:
        close_feedback(record, done=record.done)


class FeedbackSubjectPanel(Panel):
    """Links to what a row speaks of: its page for visitors and its form."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "directory/admin/feedback_subject.html"

        @property
        def links(self) -> list[Any]:
            return feedback.editors_links(self.instance.kind, self.instance.key)


class FeedbackFilterSet(CountryFilterSet):
    """Filters of the queue."""

    kind = ticked(FeedbackKind.choices, _("About"))
    topic = ticked(FeedbackTopic.choices, _("Topic"))
    done = django_filters.BooleanFilter(label=_("Done"))

    class Meta:
        model = Feedback
        fields = ["done", "topic", "kind", "country"]


class FeedbackIndexView(DirectoryIndexView):
    """The queue, danger first; rows have no name in several languages."""

    name_field = ""

    def get_base_queryset(self) -> models.QuerySet[Any]:
        is_danger = models.When(topic=FeedbackTopic.DANGER, then=0)
        rows = super().get_base_queryset()
        ordered: models.QuerySet[Any] = rows.annotate(gravity=models.Case(is_danger, default=1))
        return ordered


class DoneColumn(Column):
    """A button that marks the row as done, or opens it again."""

    cell_template_name = "directory/admin/feedback_done.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """Add where the button posts to, and its token."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        request = parent_context["request"]
        return {
            **context,
            "row": instance,
            "action": reverse("directory_feedback_done", args=[instance.pk]),
            "back": request.get_full_path(),
            "csrf": get_token(request),
        }


class FeedbackViewSet(DirectoryViewSet):
    """What visitors ticked."""

    model = Feedback
    name = "directory_feedback"
    url_prefix = "directory/feedback"
    icon = "comment"
    menu_label = _("Feedback")
    index_view_class = FeedbackIndexView
    filterset_class = FeedbackFilterSet
    ordering = ("done", "gravity", "-last_day", "-number")
    search_fields = ["title", "key"]
    list_display = [
        "title",
        Column("get_topic_display", label=_("Topic"), sort_key="topic"),
        Column("language_name", label=_("Language")),
        Column("number", label=_("How often"), sort_key="number"),
        Column("last_day", label=_("Last day"), sort_key="last_day"),
        BooleanColumn("done", label=_("Done"), sort_key="done"),
        DoneColumn("close", label=_("Deal with it")),
    ]

    @property
    def permission_policy(self) -> Any:
        return ReadMostlyPolicy(self.model)

    def get_edit_handler(self) -> Any:
        shown = [
            FieldRowPanel([FieldPanel(name, read_only=True) for name in names])
            for names in (
                ("title", "kind", "country"),
                ("topic", "language"),
                ("number", "first_day", "last_day"),
            )
        ]
        main = ObjectList(
            [
                HelpPanel(content=WHAT),
                *shown,
                FeedbackSubjectPanel(heading=_("It speaks of")),
                FieldPanel("done", help_text=_("When it is ticked again by a visitor, the row opens again.")),
            ],
            heading=_("Feedback"),
        )
        return TabbedInterface([main], base_form_class=FeedbackForm).bind_to_model(Feedback)


@require_POST
def mark_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a row of the queue as done, or open it again; back to the list as it was filtered."""
    if not ReadMostlyPolicy(Feedback).user_has_permission(request.user, "change"):
        raise PermissionDenied
    row = close_feedback(get_object_or_404(Feedback, pk=pk), done="open" not in request.POST)
    said = _now("Done: %(row)s") if row.done else _now("Open again: %(row)s")
    messages.success(request, said % {"row": row})
    back = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/cms/")
    return redirect(back if is_ours else reverse("directory_feedback:index"))
