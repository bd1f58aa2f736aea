"""The form of every page: it refuses what must not be saved and remembers what the editor is told after it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.forms import WagtailAdminPageForm

from home.reading_panel import marks_of, raw_texts
from portal.link_forms import link_faults


class PortalPageForm(WagtailAdminPageForm):  # type: ignore[misc]  # Wagtail is untyped
    """Refuses links of wrong form in any text (nobody is asked: that is ``check_links``)."""

    def clean(self) -> Any:
        """Add one error for each broken link to the field that holds the texts."""
        cleaned = super().clean()
        field = "body" if "body" in self.fields else None
        if field and cleaned.get(field) is not None:
            page = self.instance
            page.body = cleaned[field]
            for fault in link_faults(raw_texts(page)):
                self.add_error(None, fault)
        return cleaned


def tell_marks(request: HttpRequest, page: Any) -> None:
    """Say after a save what to look at again; nothing when the text is plain."""
    if not hasattr(page, "body"):
        return
    marks = marks_of(page)
    if marks.long:
        said = ngettext(
            "%(count)d sentence has more than 20 words. See “How plain is it?”.",
            "%(count)d sentences have more than 20 words. See “How plain is it?”.",
            len(marks.long),
        )
        messages.warning(request, said % {"count": len(marks.long)})
    if marks.numbers:
        said = _("Numbers stand in the directory. Choose the organization instead of writing: %(numbers)s")
        messages.warning(request, said % {"numbers": ", ".join(marks.numbers)})
