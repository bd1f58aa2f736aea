"""A second reader for pages about rights: whoever wrote or submitted a text cannot approve it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask

APPROVE = "approve"


class SecondReaderTask(AbstractGroupApprovalTask):  # type: ignore[misc]  # Wagtail is untyped
    """A member of the chosen groups reads the text; it must be somebody else than its author."""

    class Meta:
        verbose_name = _("second reader")
        verbose_name_plural = _("second readers")

    @classmethod
    def get_description(cls) -> Any:
        """Say what the task is when a workflow is built."""
        return _("Another person of the chosen groups reads the text. Its author cannot approve it.")

    def get_actions(self, obj: Any, user: Any) -> list[Any]:
        """Return what this person may do: the author may not approve."""
        actions: list[Any] = super().get_actions(obj, user)
        return [action for action in actions if action[0] != APPROVE] if is_author(obj, user) else actions

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> Any:
        """Do an action; raises ``PermissionDenied`` when the author approves by any road."""
        if action_name == APPROVE and is_author(task_state.workflow_state.content_object, user):
            raise PermissionDenied
        return super().on_action(task_state, user, action_name, **kwargs)


def is_author(page: Any, user: Any) -> bool:
    """Tell whether this person submitted the text, or saved any of it since it was last published."""
    state = page.current_workflow_state
    if state is not None and state.requested_by_id == user.pk:
        return True
    revisions = page.revisions.filter(user_id=user.pk)
    if page.live_revision_id and (live := page.live_revision):
        revisions = revisions.filter(created_at__gt=live.created_at)
    return bool(revisions.exists())
