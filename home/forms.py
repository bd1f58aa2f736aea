"""Forms of the editors' admin: a reason in several languages as one field a language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from home.models import RightService, RightsPage
from portal import languages

PREFIX = "reason_"


class RightServiceForm(WagtailAdminModelForm):  # type: ignore[misc]  # Wagtail is untyped
    """A service for a right; the reason can be written in each of the first languages."""

    class Meta:
        model = RightService
        fields = ("page", "right_key", "service", "order", "reviewed")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        source = RightsPage.objects.filter(locale__language_code=languages.DEFAULT_LANGUAGE)
        self.fields["page"].queryset = source.order_by("path")
        for code in languages.FIRST_LANGUAGES:
            self.fields[PREFIX + code] = forms.CharField(
                label=_("Reason: %(language)s") % {"language": languages.get(code).own_name},
                required=code == languages.DEFAULT_LANGUAGE,
                max_length=200,
                initial=self.instance.reason.get(code, ""),
            )

    def save(self, commit: bool = True) -> Any:
        """Save the reasons into their one column; other languages keep theirs."""
        reason = dict(self.instance.reason)
        for code in languages.FIRST_LANGUAGES:
            reason[code] = self.cleaned_data[PREFIX + code]
        self.instance.reason = {code: text for code, text in reason.items() if text}
        return super().save(commit=commit)
