"""The page before a web site that tells others about its visitors: it says so, and the numbers come first (R12)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory import cards
from directory.models import Contact, Organization
from directory.source_words import told
from portal.localized import localized


@require_safe
def before_site(request: HttpRequest, code: str, site: str) -> HttpResponse:
    """Where a link out leads is never taken from a request: the path names a provider and one of its sites."""
    organization = get_object_or_404(Organization.objects.for_visitors(), code=code)
    marked = Contact.objects.published().filter(organization=organization, tells_others=True)
    contact = next((row for row in marked if row.is_web and cards.site_code(row) == site), None)
    if contact is None:
        raise Http404
    request.portal_country = organization.country  # type: ignore[attr-defined]
    context = {
        "name": localized(organization, "name"),
        "contact": cards.contact_view(contact, organization),
        "phones": cards.phones_by_organization([organization])[organization.pk],
        "sources": told(contact.tells_others_source, contact.tells_others_date),
        "back_url": reverse("directory:organization", args=[organization.code]),
        "safe_title": _("Web site %(code)s") % {"code": site},
    }
    return render(request, "directory/site.html", context)
