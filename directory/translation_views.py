"""The editors' page "Translations of the directory": PO files out and in, a preview before anything is written."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.auth import permission_required

from directory.actions import import_translations
from directory.translation_po import BrokenPoFile, export_directory_po
from directory.translation_texts import target_languages
from portal import languages

MAY = "directory.change_service"
MOST_SHOWN = 300
TEMPLATE = "directory/admin/translations.html"


class UploadForm(forms.Form):
    """A PO file, its language, and who translated it."""

    file = forms.FileField(label=gettext_lazy("PO file"))
    language = forms.ChoiceField(label=gettext_lazy("Language"))
    by_machine = forms.BooleanField(
        label=gettext_lazy("A machine translated it"),
        required=False,
        help_text=gettext_lazy("Visitors are told until a person has read it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            (code, languages.get(code).own_name) for code in target_languages()
        ]


@permission_required(MAY)  # type: ignore[untyped-decorator]  # Wagtail is untyped
@require_http_methods(["GET", "HEAD", "POST"])
def directory_translations(request: HttpRequest) -> HttpResponse:
    """Show the page; on POST show what a file would do, or read it in: all of it or nothing."""
    form = UploadForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "languages": _languages(), "most": MOST_SHOWN}
    if request.method != "POST" or not form.is_valid():
        return render(request, TEMPLATE, context)
    dry_run = "write" not in request.POST
    try:
        report = import_translations(
            form.cleaned_data["file"].read(),
            language=form.cleaned_data["language"],
            user=request.user,
            by_machine=form.cleaned_data["by_machine"],
            dry_run=dry_run,
        )
    except BrokenPoFile as error:
        return render(request, TEMPLATE, {**context, "faults": error.lines}, status=422)
    if dry_run:
        return render(request, TEMPLATE, {**context, "report": report})
    said = _("%(count)d texts were read into the directory.") % {"count": report.changed}
    messages.success(request, said)
    return redirect("directory_translations")


def _languages() -> list[languages.Language]:
    wanted = set(target_languages())
    return [languages.get(code) for code in settings.PORTAL_LANGUAGES if code in wanted]


@permission_required(MAY)  # type: ignore[untyped-decorator]  # Wagtail is untyped
@require_safe
def download_directory_po(request: HttpRequest, language: str) -> HttpResponse:
    """Hand the directory's texts for a language out as a PO file."""
    try:
        content = export_directory_po(language)
    except BrokenPoFile as error:
        messages.error(request, str(error))
        return redirect("directory_translations")
    answer = HttpResponse(content, content_type="text/x-gettext-translation; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="directory-{language}.po"'
    return answer
