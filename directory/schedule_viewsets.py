"""Opening hours and accessibility on the editors' desk: small rows that belong to other records."""

from __future__ import annotations

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column

from directory.feedback_viewsets import FeedbackViewSet
from directory.finder_viewsets import FinderViewSet
from directory.models import Accessibility, Schedule, ScheduleException
from directory.viewsets import DirectoryGroup, DirectoryIndexView, DirectoryViewSet


class RowIndexView(DirectoryIndexView):
    """A list of rows without a name of their own."""

    name_field = ""


class ScheduleIndexView(RowIndexView):
    """The list of opening hours with what they belong to."""

    joined = ("phone__organization", "contact__organization", "service")


class ExceptionIndexView(RowIndexView):
    """The list of exceptions with their weekly hours."""

    joined = ("schedule",)


class AccessibilityIndexView(RowIndexView):
    """The list of descriptions with their offices."""

    joined = ("location",)


class RowViewSet(DirectoryViewSet):
    """Base: a plain form of the row's own fields."""

    ordering = ("-pk",)
    filterset_class = None
    searched: tuple[str, ...] = ()

    @cached_property
    def search_fields(self) -> list[str]:
        """The columns that a search reads."""
        return list(self.searched)


class ScheduleViewSet(RowViewSet):
    """Opening hours of a phone, a contact or a service."""

    model = Schedule
    name = "directory_schedules"
    url_prefix = "directory/schedules"
    icon = "time"
    index_view_class = ScheduleIndexView
    searched = ("phone__number", "contact__value", "service__key", "byday", "note")
    list_display = [
        "__str__",
        Column("phone", label=_("Phone")),
        Column("contact", label=_("Contact")),
        Column("service", label=_("Service")),
        BooleanColumn("is_24_7", label=_("Day and night")),
    ]
    form_fields = [
        "phone",
        "contact",
        "service",
        "is_24_7",
        "byday",
        "opens_at",
        "closes_at",
        "valid_from",
        "valid_to",
        "note",
    ]


class ScheduleExceptionViewSet(RowViewSet):
    """Days on which the weekly hours do not hold."""

    model = ScheduleException
    name = "directory_exceptions"
    url_prefix = "directory/exceptions"
    icon = "calendar-alt"
    index_view_class = ExceptionIndexView
    searched = ("schedule__note",)
    list_display = ["__str__", Column("schedule", label=_("Opening hours")), "closed"]
    form_fields = ["schedule", "first_day", "last_day", "closed", "opens_at", "closes_at"]


class AccessibilityViewSet(RowViewSet):
    """How an office can be used by people with a disability."""

    model = Accessibility
    name = "directory_accessibility"
    url_prefix = "directory/accessibility"
    icon = "info-circle"
    index_view_class = AccessibilityIndexView
    searched = ("description_en", "location__key")
    list_display = ["__str__", Column("location", label=_("Location"))]
    form_fields = ["location", "description_en", "description_sr_latn", "description_sl", "details_en"]


class DeskGroup(DirectoryGroup):
    """The menu "Directory" with visitors' feedback, the guided finder and these rows at its end."""

    items = (
        *DirectoryGroup.items,
        FeedbackViewSet,
        FinderViewSet,
        ScheduleViewSet,
        ScheduleExceptionViewSet,
        AccessibilityViewSet,
    )
