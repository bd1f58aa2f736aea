"""The editors' pages of the translation table and its lists: read, tick, ask for a translation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.auth import require_admin_access
from wagtail.models import Page

from directory.actions import ask_for_translation, confirm_texts, review_texts
from directory.models import EditorNote
from directory.translation_texts import target_languages
from home import translation_dashboard as dashboard
from home.translation_states import confirm_translation, set_reviewed
from portal import languages
from portal.states import TextState

ON_A_PAGE = 50
ASK = "ask:"


@require_admin_access  # type: ignore[untyped-decorator]  # Wagtail is untyped
@require_safe
def translation_table(request: HttpRequest) -> HttpResponse:
    """Show languages against content, with how many texts are in which state."""
    order = request.GET.get("order", "")
    context = {
        "rows": dashboard.table(order=order),
        "languages": dashboard.enabled(),
        "states": TextState.choices,
        "order": order,
        "asked": EditorNote.objects.filter(key__startswith="translate-", done=False),
        "may_read_files": request.user.has_perm("directory.change_service"),
    }
    return render(request, "home/admin/translation_table.html", context)


@require_admin_access  # type: ignore[untyped-decorator]  # Wagtail is untyped
@require_http_methods(["GET", "HEAD", "POST"])
def translation_list(request: HttpRequest, language: str) -> HttpResponse:
    """List the texts of one language; a POST ticks them as read or compared, or asks for one."""
    if language not in target_languages():
        raise Http404
    if request.method == "POST":
        messages.success(request, _act(request, language))
        return redirect(request.get_full_path())
    group, state = request.GET.get("group", ""), request.GET.get("state", "")
    found = list(dashboard.items(language, group if group in dashboard.GROUPS else "", state))
    context = {
        "language": languages.get(language),
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("p")),
        "total": len(found),
        "groups": dashboard.GROUPS.items(),
        "states": TextState.choices,
        "group": group,
        "state": state,
        "table_url": reverse("translation_table"),
    }
    return render(request, "home/admin/translation_list.html", context)


def _act(request: HttpRequest, language: str) -> str:
    """Do what the list's button says; return what was done."""
    texts, pages = dashboard.marked(request.POST.getlist("mark"))
    action = request.POST.get("action", "")
    if action.startswith(ASK):
        return _ask(action.removeprefix(ASK), language)
    texts = dashboard.changeable(texts, request.user)
    allowed = [page for page in Page.objects.filter(pk__in=pages) if _may_publish(page, request.user)]
    if action == "reviewed":
        count = review_texts(texts) + sum(set_reviewed(page, reviewed=True) for page in allowed)
        said = ngettext("%(count)d text marked as read.", "%(count)d texts marked as read.", count)
        return said % {"count": count}
    if action == "confirmed":
        count = confirm_texts(texts) + len(allowed)
        for page in allowed:
            confirm_translation(page)
        said = ngettext(
            "%(count)d text marked as still right.", "%(count)d texts marked as still right.", count
        )
        return said % {"count": count}
    return _("Nothing was changed.")


def _may_publish(page: Page, user: Any) -> bool:
    return bool(page.permissions_for_user(user).can_publish())


def _ask(place: str, language: str) -> str:
    """Ask for the translation of the record or page that ``place`` names; raises ``Http404``."""
    kind, _bar, key = place.partition("|")
    found = next((item for item in dashboard.items(language) if item.place == (kind, key)), None)
    if found is None:
        raise Http404
    note = ask_for_translation(kind=kind, key=key, title=found.title, language=language)
    return str(note.text)
