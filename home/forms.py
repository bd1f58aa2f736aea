"""Forms of the editors' admin: a reason in several languages as one field a language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from home.models import GlossaryTerm, RightService
from home.page_names import source_pages
from portal import languages

PREFIX = "reason_"


class RightServiceForm(WagtailAdminModelForm):  # type: ignore[misc]  # Wagtail is untyped
    """A service for a right; the reason can be written in each of the first languages."""

    class Meta:
        model = RightService
        fields = ("page", "right_key", "service", "order", "reviewed")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["page"].queryset = source_pages()
        self.fields["page"].label_from_instance = lambda page: page.own_title
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


class GlossaryTermForm(WagtailAdminModelForm):  # type: ignore[misc]  # Wagtail is untyped
    """A word of the glossary: word, forms and meaning in each of the first languages."""

    class Meta:
        model = GlossaryTerm
        fields = ("key", "country", "reviewed")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in languages.FIRST_LANGUAGES:
            name, is_needed = languages.get(code).own_name, code == languages.DEFAULT_LANGUAGE
            self.fields[f"term_{code}"] = forms.CharField(
                label=_("Word: %(language)s") % {"language": name},
                required=is_needed,
                max_length=80,
                initial=self.instance.term.get(code, ""),
            )
            self.fields[f"forms_{code}"] = forms.CharField(
                label=_("Other forms in texts, a line for each: %(language)s") % {"language": name},
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
                initial="\n".join(self.instance.forms.get(code, ())),
            )
            self.fields[f"meaning_{code}"] = forms.CharField(
                label=_("Meaning: %(language)s") % {"language": name},
                required=is_needed,
                max_length=300,
                widget=forms.Textarea(attrs={"rows": 2}),
                initial=self.instance.meaning.get(code, ""),
            )

    def save(self, commit: bool = True) -> Any:
        """Save the texts into their columns; other languages keep theirs."""
        for name in ("term", "meaning", "forms"):
            texts = dict(getattr(self.instance, name))
            for code in languages.FIRST_LANGUAGES:
                text = self.cleaned_data[f"{name}_{code}"]
                texts[code] = (
                    [form.strip() for form in text.splitlines() if form.strip()] if name == "forms" else text
                )
            setattr(self.instance, name, {code: text for code, text in texts.items() if text})
        return super().save(commit=commit)
