"""The editors' forms: they save through the directory's actions and say every refusal beside its field."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import validate_email
from django.db import DatabaseError, models
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminModelForm

from directory.actions import (
    save_confidential_place,
    save_location,
    save_organization,
    save_record,
    save_service,
    save_term,
)
from directory.choices import AreaLevel, Circumstance, ContactKind, Gender, Papers, Referral
from directory.models import Area, Contact, Phone, Service, TaxonomyTerm
from portal import languages
from portal.link_forms import link_fault, link_faults, phone_fault
from portal.localized import choose
from portal.plugins.registry import enabled_countries

NO_ADDRESS = _("A confidential organization cannot have an address.")
CLOSED = _("Accommodation stays confidential until two people may open it.")
# What the database's own guards say (migration 0002), by the field that an editor must change.
GUARDED = (
    ("be linked to an address", "services_here", _("A confidential service cannot be had at an address.")),
    ("cannot have an address", "organization", NO_ADDRESS),
    ("cannot have a public office", None, _("A confidential organization cannot have a public office.")),
    (
        "addresses before making it confidential",
        "is_confidential",
        _("Remove its addresses and public offices first, save, then make it confidential."),
    ),
    ("until two people may open it", "is_confidential", CLOSED),
    (
        "before marking a type as accommodation",
        "is_accommodation",
        _("Make the services of this type confidential first."),
    ),
)


def refuse(form: forms.BaseForm, error: ValidationError | DatabaseError) -> None:
    """Put what an action or the database refused on the form: beside its field when the form has it."""
    for field, message in _refusals(error):
        form.add_error(field if field in form.fields else None, message)


def _refusals(error: ValidationError | DatabaseError) -> Iterable[tuple[str | None, Any]]:
    if isinstance(error, ValidationError):
        found = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        return [(None if name == NON_FIELD_ERRORS else name, texts) for name, texts in found.items()]
    said = str(error).splitlines()[0] if str(error) else type(error).__name__
    known = ((field, text) for words, field, text in GUARDED if words in said)
    reason = _("The database refused this, so nothing was saved: %(reason)s.") % {"reason": said}
    return [next(known, (None, reason))]


def country_choices(current: str = "") -> list[tuple[str, Any]]:
    """Return the enabled countries, and ``current`` when its pack is switched off."""
    known = {country.code: str(choose(country.name)) for country in enabled_countries()}
    return [*known.items(), *([(current, current)] if current and current not in known else [])]


def language_choices(*used: str) -> list[tuple[str, Any]]:
    """Return the catalogue's languages, named in the editor's language, and codes in use that it lacks."""
    known = {language.code: _(language.english_name) for language in languages.CATALOGUE}
    return [*known.items(), *((code, code) for code in used if code and code not in known)]


class Ticked(forms.MultipleChoiceField):
    """Several choices as boxes to tick; the model keeps their values as a JSON list."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, choices: Any, label: Any, help_text: Any = "") -> None:
        super().__init__(choices=choices, label=label, help_text=help_text, required=False)


class ChildRows(BaseChildFormSet):
    """Rows inside a record: each knows its owner while it is checked, and keeps the order of the page."""

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)
        setattr(form.instance, self.fk.name, self.instance)
        return form

    def save(self, commit: bool = True) -> Any:
        if self.can_order:
            for number, form in enumerate(self.ordered_forms):
                form.instance.order = number
        return super().save(commit)


class RecordForm(WagtailAdminModelForm):
    """Base of the records' forms: a country is chosen from the enabled ones, an action saves."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "country" in self.fields:
            choices = [("", "–"), *country_choices(self.instance.country)]
            needed = self.fields["country"].required
            self.fields["country"] = forms.ChoiceField(choices=choices, label=_("Country"), required=needed)

    def clean(self) -> Any:
        """Refuse a link of wrong form in a text that was changed, beside its field."""
        cleaned = super().clean()
        for name in self.changed_data:
            if isinstance(text := self.cleaned_data.get(name), str):
                for fault in link_faults([text]):
                    self.add_error(name, fault)
        return cleaned

    def store(self, record: Any) -> None:
        """Check and save ``record`` by its action; raises ``ValidationError``."""
        save_record(record)

    def save(self, commit: bool = True) -> Any:
        record = super().save(commit=False)
        if commit:
            self.store(record)
            self._save_m2m()
        return record


class OrganizationForm(RecordForm):
    """Form of an organization with its phones, contacts and areas."""

    def store(self, record: Any) -> None:
        save_organization(record)


class ServiceForm(RecordForm):
    """Form of a service; what is accommodation keeps its type and stays confidential (R21)."""

    referral = Ticked(Referral.choices, _("Who may refer"), _("Tick none when no source says."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        types = TaxonomyTerm.objects.filter(taxonomy__key="service_type")
        self.fields["service_type"].queryset = types
        kept = self.instance.service_type
        if kept is not None and kept.is_accommodation:
            for name in ("service_type", "is_confidential"):
                self.fields[name].disabled = True
            self.fields["is_confidential"].help_text = CLOSED

    def store(self, record: Any) -> None:
        save_service(record)


class TermForm(RecordForm):
    """Form of a term; what links and imports depend on is fixed once it exists."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in ("taxonomy", "slug"):
                self.fields[name].disabled = True

    def store(self, record: Any) -> None:
        save_term(record)


class NoteForm(RecordForm):
    """Form of an editors' note: a note may speak of no country."""


class PlaceLike(RecordForm):
    """What public offices and confidential places share: the services that can be had there."""

    services_here = forms.ModelMultipleChoiceField(
        Service.objects.none(),
        required=False,
        label=_("Services here"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Save a new record once; then its organization’s services can be ticked."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["services_here"]
        owner = self.instance.organization_id
        if owner is not None:
            field.queryset = self.offered().filter(providers__organization=owner).distinct().order_by("key")
        if self.instance.pk:
            field.initial = list(self.instance.services.values_list("service", flat=True))

    def offered(self) -> models.QuerySet[Service]:
        """Return the services that may be linked at all."""
        return Service.objects.all()


class LocationForm(PlaceLike):
    """Form of a public office: nothing confidential can have one (R20)."""

    def offered(self) -> models.QuerySet[Service]:
        return Service.objects.filter(is_confidential=False)

    def clean_organization(self) -> Any:
        """Refuse a confidential organization here too, before model and database do."""
        organization = self.cleaned_data["organization"]
        if organization.is_confidential:
            raise ValidationError(NO_ADDRESS)
        return organization

    def store(self, record: Any) -> None:
        save_location(record, services=self.cleaned_data["services_here"])


class ConfidentialPlaceForm(PlaceLike):
    """Form of a confidential place: a name, a region, the way through the front gate, and nothing else."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = Area.objects.filter(level=AreaLevel.REGION)
        owner = self.data.get("organization") or self.instance.organization_id
        owner = owner if str(owner or "").isdigit() else None
        for name, model in (("gate_phone", Phone), ("gate_contact", Contact)):
            rows: models.QuerySet[Any] = model._default_manager.all()
            self.fields[name].queryset = rows.filter(organization=owner)

    def store(self, record: Any) -> None:
        save_confidential_place(record, services=self.cleaned_data["services_here"])


class AlternativeForm(WagtailAdminModelForm):
    """One way to be eligible: its lists as boxes to tick."""

    genders = Ticked(Gender.choices, _("Which genders"), _("Only read when gender says “Only those listed”."))
    papers = Ticked(Papers.choices, _("Which papers"), _("Only read when papers say “Only those listed”."))
    circumstances = Ticked(
        Circumstance.choices, _("Limits"), _("Being a victim, a victim’s family or in danger counts as met.")
    )


def contact_fault(kind: str | None, value: str, *, is_phone: bool) -> str:
    """Return what is wrong with the form of a contact, or an empty string."""
    if is_phone:
        return phone_fault(value)
    if kind == ContactKind.EMAIL and value:
        try:
            validate_email(value)
        except ValidationError as error:
            return str(error.messages[0])
    return link_fault(value) if kind in {ContactKind.WEBSITE, ContactKind.CHAT} and value else ""


class ReachableForm(WagtailAdminModelForm):
    """A phone or another contact, with the languages spoken there."""

    languages = Ticked(language_choices(), _("Languages spoken"), _("Tick none when no source says."))

    def clean(self) -> Any:
        """Check the form of a number, an address on the web or a mail address; nobody is asked."""
        cleaned = super().clean()
        kind = self.cleaned_data.get("kind")
        for name in {"number", "value"} & set(self.changed_data) & set(self.cleaned_data):
            if fault := contact_fault(kind, str(self.cleaned_data[name]), is_phone=name == "number"):
                self.add_error(name, fault)
        return cleaned


class LanguageForm(WagtailAdminModelForm):
    """A language in which a service can be had."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "–"), *language_choices(self.instance.code)]
        self.fields["code"] = forms.ChoiceField(choices=choices, label=_("Language"))


class ServiceTermForm(WagtailAdminModelForm):
    """A need, target group or form of exploitation of a service, listed by taxonomy."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["term"]
        terms = TaxonomyTerm.objects.exclude(taxonomy__key="service_type")
        field.queryset = terms.select_related("taxonomy").order_by("taxonomy__pk", "order")
        field.label_from_instance = lambda term: f"{term.taxonomy.name}: {term}"
