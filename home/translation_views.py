"""wagtail-localize's pages where its defaults would harm: publishing, taking over a source, reading a PO file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail.models import Page
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.models import Translation
from wagtail_localize.views.edit_translation import apply_machine_translation, user_can_edit_instance
from wagtail_localize.views.update_translations import UpdateTranslationsView

from home.translation_po import BrokenPoFile, export_page_po, import_page_po
from home.translation_states import managed_translation, missing_strings
from home.translation_sync import Synced, sync_translations


def refuse_unfinished(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to publish a translation that misses sentences, and say how many (L1, L4)."""
    if request.method != "POST" or request.POST.get("action") != "publish":
        return None
    translation = managed_translation(page)
    missing = missing_strings(translation) if translation else 0
    if not missing:
        return None
    messages.error(request, missing_text(missing) + " " + _("Nothing was published."))
    return redirect("wagtailadmin_pages:edit", page.pk)


def missing_text(missing: int) -> str:
    """Say how many sentences are still to be translated."""
    return ngettext(
        "%(count)d sentence is not translated yet.", "%(count)d sentences are not translated yet.", missing
    ) % {"count": missing}


class SyncView(UpdateTranslationsView):  # type: ignore[misc]  # wagtail-localize is untyped
    """Takes a changed source over: whole translations go live when asked, the others become drafts."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Sync, and say for each language what became of it."""
        self.object.update_from_db()
        if form.cleaned_data.get("use_machine_translation"):
            self._translate_by_machine()
        done = sync_translations(
            self.object, user=self.request.user, publish=form.cleaned_data["publish_translations"]
        )
        self.components.save(
            self.object, sources_and_translations={self.object: [row.translation for row in done]}
        )
        for row in done:
            self._tell(row)
        return redirect(self.get_success_url() or self.get_default_success_url())

    def _translate_by_machine(self) -> None:
        machine = get_machine_translator()
        for row in self.object.translations.filter(enabled=True).select_related("target_locale"):
            if machine and machine.can_translate(self.object.locale, row.target_locale):
                apply_machine_translation(row.id, self.request.user, machine)

    def _tell(self, row: Synced) -> None:
        language = row.translation.target_locale.get_display_name()
        if row.published:
            messages.success(self.request, _("%(language)s: published.") % {"language": language})
        elif row.missing:
            said = _("%(language)s: a draft. Visitors read the old text until it is whole.")
            messages.warning(self.request, said % {"language": language} + " " + missing_text(row.missing))
        else:
            messages.success(self.request, _("%(language)s: saved as a draft.") % {"language": language})


@require_safe
def download_po(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Hand a page's sentences out as a PO file; its name says nothing about the page (R7)."""
    translation = get_object_or_404(Translation, id=translation_id)
    if not user_can_edit_instance(request.user, translation.get_target_instance()):
        raise PermissionDenied
    answer = HttpResponse(
        export_page_po(translation), content_type="text/x-gettext-translation; charset=utf-8"
    )
    name = f"page-{translation.source_id}-{translation.target_locale.language_code}.po"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_POST
def upload_po(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Read a PO file into a page's translation; whatever is wrong with it is said, never a 500 (L10)."""
    translation = get_object_or_404(Translation, id=translation_id)
    if not user_can_edit_instance(request.user, translation.get_target_instance()):
        raise PermissionDenied
    uploaded = request.FILES.get("file")
    try:
        count = import_page_po(translation, uploaded.read() if uploaded else b"", user=request.user)
    except BrokenPoFile as error:
        for line in error.lines:
            messages.error(request, line)
    else:
        said = ngettext("%(count)d sentence was read.", "%(count)d sentences were read.", count)
        messages.success(request, said % {"count": count})
    return redirect(get_valid_next_url_from_request(request) or reverse("wagtailadmin_home"))
