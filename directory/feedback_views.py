"""Telling us something about a record or page: ticks only, no account, no cookie, nothing of the visitor (R53)."""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from directory import feedback
from directory.actions import record_feedback
from directory.choices import FeedbackTopic
from directory.feedback import Subject
from directory.filters import Chosen
from directory.listing import country_query
from portal import languages
from portal.error_views import forbidden, too_many_requests, unavailable
from portal.pace import Pace, network_of
from portal.posted import SeeOther, is_cross_site

BY_NETWORK = Pace(most=30, seconds=3600)
HIDING_BY_NETWORK = Pace(most=1, seconds=86_400)
"""One network hides one record a day; what else it reports is only counted."""
BY_TOKEN = Pace(most=1, seconds=feedback.FORM_SECONDS)


@csrf_exempt  # a sealed token of the form stands in for the cookie (safety.md: the CSRF trap)
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, code: str, again: bool = False) -> HttpResponse:
    """The forms about one record or page; what was sent is answered by a redirect to the thanks."""
    subject = _subject(request, code)
    if request.method == "POST":
        return forbidden(request) if is_cross_site(request) else _receive(request, subject)
    context = {
        "subject": subject,
        "topics": [(topic.value, topic.label) for topic in subject.topics],
        "wishes": _wishes(subject),
        "token": feedback.make_token(subject),
        "again": again,
        "action": reverse("directory:note", args=[code]),
        "safe_title": _("A note to us"),
    }
    return render(request, "directory/feedback.html", context)


@require_safe
def sent(request: HttpRequest, code: str) -> HttpResponse:
    """Thanks, and the ways on; it says the same whatever was counted, also when the record was hidden by it."""
    subject = feedback.find_subject(code)
    country = subject.country if subject else ""
    request.portal_country = country  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "back_url": subject.url if subject else "",
        "others_url": reverse("directory:services") + country_query(Chosen({"country": country})),
        "safe_title": _("Thank you"),
    }
    return render(request, "directory/feedback_sent.html", context)


def _subject(request: HttpRequest, code: str) -> Subject:
    subject = feedback.find_subject(code)
    if subject is None:
        raise Http404
    request.portal_country = subject.country  # type: ignore[attr-defined]
    return subject


def _wishes(subject: Subject) -> list[languages.Language]:
    """Return the languages to choose from, the reader's own first when it is missing."""
    own = get_language()
    return sorted(subject.wishes, key=lambda each: each.code != own)


def _receive(request: HttpRequest, subject: Subject) -> HttpResponse:
    thanks = SeeOther(reverse("directory:note_sent", args=[subject.code]))
    if request.POST.get("agree"):  # no person sees this box
        return thanks
    token = request.POST.get("token", "")
    topics, language = _said(request, subject)
    if not topics or feedback.token_state(token, subject) != "good":
        return SeeOther(reverse("directory:note_again", args=[subject.code]))
    if not BY_NETWORK.allows(network_of(request)):
        return too_many_requests(request)
    if not BY_TOKEN.allows(token):
        return thanks
    may_hide = FeedbackTopic.DANGER in topics and HIDING_BY_NETWORK.allows(network_of(request))
    today = timezone.localdate()
    try:
        kept = record_feedback(subject, topics, language=language, today=today, may_hide=may_hide)
    except DatabaseError:
        return unavailable(request)
    return thanks if kept else too_many_requests(request)


def _said(request: HttpRequest, subject: Subject) -> tuple[list[FeedbackTopic], str]:
    """Return what was ticked, and the language that it is about: the wanted one, or that of the page."""
    if answer := feedback.ANSWERS.get(request.POST.get("answer", "")):
        return ([answer] if subject.can_call else []), ""
    wanted = request.POST.get("language", "")
    if wanted:
        known = wanted in {each.code for each in subject.wishes}
        return ([FeedbackTopic.WISH] if known else []), wanted
    ticked = set(request.POST.getlist("topic"))
    return [topic for topic in subject.topics if topic.value in ticked], get_language() or ""
