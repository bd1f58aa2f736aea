"""Why a service is shown: one sentence a hit, from the same filters that found it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from directory.choices import Status
from directory.filters import BY_NAME, Chosen
from directory.models import Service
from portal.localized import LocalizedText, joined, localized
from portal.plugins import Answer, Hit

Labels = Mapping[str, str | LocalizedText]


def answer_word(hit: Hit, chosen: Chosen) -> str:
    """Return "match", "ask", or nothing when no filter was chosen: then no value is shown."""
    if not chosen.values:
        return ""
    return "match" if hit.answer is Answer.MATCH else "ask"


def reason(service: Service, hit: Hit, chosen: Chosen, labels: Labels) -> SafeString:
    """Return why this service is shown; ``labels`` are the chosen values in words."""
    if not chosen.values:
        return SafeString("")
    fits = [
        labels[name]
        for name in labels
        if name != "need" and hit.answers.get(name) is Answer.MATCH  # the need is the page's heading
    ]
    return _fit_reason(fits) if hit.answer is Answer.MATCH else _ask_reason(service, hit, fits)


def _fit_reason(fits: list[str | LocalizedText]) -> SafeString:
    if not fits:
        return conditional_escape(_("Fits what you chose."))
    return format_html(_("Fits what you chose: {list}."), list=joined(fits))


def _ask_reason(service: Service, hit: Hit, fits: list[str | LocalizedText]) -> SafeString:
    """Say what to ask first: if it is open at all, then what is unknown, then the limit in words."""
    parts: list[SafeString] = []
    if service.status == Status.TEMPORARILY_CLOSED:
        parts.append(conditional_escape(_("It may be closed. Ask first.")))
    unknown = [str(BY_NAME[name].unknown) for name, answer in hit.answers.items() if answer is Answer.ASK]
    parts += [conditional_escape(question[:1].upper() + question[1:]) for question in unknown]
    alternatives = list(service.alternatives.all())
    if 0 <= hit.alternative < len(alternatives) and alternatives[hit.alternative].is_limited:
        limit = localized(alternatives[hit.alternative], "ask_first")
        parts.append(format_html("{}", limit or _("There are conditions.")))
    return SafeString(" ".join(parts)) if parts else _fit_reason(fits)
