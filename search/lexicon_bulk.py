"""Marks many search words as read at once: an editor reads a screen of them and ticks those that are right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.bulk_action import BulkAction

from search.lexicon_actions import review_terms
from search.lexicon_models import ConceptTerm

CHANGE = "search.change_conceptterm"


class MarkReviewed(BulkAction):
    """The action under the list of search words; only for the words that were ticked, never for all of a listing."""

    display_name = _("Mark as reviewed")
    action_type = "review"
    aria_label = _("Mark the chosen words as reviewed")
    template_name = "search/admin/confirm_reviewed.html"
    models: ClassVar[list[type[ConceptTerm]]] = [ConceptTerm]

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Refuse whoever may not change words."""
        if not request.user.has_perm(CHANGE):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_all_objects_in_listing_query(self, parent_id: Any) -> list[int]:
        """Return none: nobody has read a whole lexicon when the list shows a hundred words."""
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["words"] = [each["item"] for each in context["items"]]
        return context

    @classmethod
    def execute_action(cls, objects: Sequence[ConceptTerm], **kwargs: Any) -> tuple[int, int]:
        return review_terms(objects), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        return _now("Marked as reviewed: %(number)s.") % {"number": num_parent_objects}
