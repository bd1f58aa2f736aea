"""How the editors' pages are laid out: what a record is, then one tab for each enabled language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
)

from directory import forms as own
from directory.models import (
    Area,
    ConfidentialPlace,
    EditorNote,
    Location,
    Organization,
    Place,
    Service,
    TaxonomyTerm,
)
from directory.panels import NotedRecords, RecordNotes, Rows, language_group, language_tabs

UNKNOWN = _("“Unknown” is an answer of its own: choose it when no source says.")
DRAFTS = _("Drafts and hidden services are on no page, in no list and in no answer for machines.")
ALTERNATIVES = _("A person fits when one alternative fits. “Anyone” and “unknown” are not the same.")
UPDATES = _("An update of the site sets the words of its own list of terms again; other languages stay.")
SECRET = _(
    "Never write a street, a postcode, a map link or a landmark in any field: "
    "this record says how to ask for a place, not where it is."
)


def tabs(model: type[models.Model], form: type[own.RecordForm], *groups: ObjectList) -> TabbedInterface:
    """Return the whole page of a record."""
    return TabbedInterface(list(groups), base_form_class=form).bind_to_model(model)


def related(model: Any, name: str) -> type[models.Model]:
    """Return the model of the rows behind ``name``."""
    found: type[models.Model] = model._meta.get_field(name).related_model
    return found


def source_tab(*more: str) -> ObjectList:
    """Return where a record is from, when and how it was verified, and until when it holds."""
    return ObjectList(
        [
            FieldPanel("source"),
            FieldPanel("source_date"),
            *(FieldPanel(name) for name in more),
            MultiFieldPanel(
                [FieldPanel("assured_date"), FieldPanel("assurer_email"), FieldPanel("verification")],
                heading=_("Verified"),
                help_text=_("Edited and verified are not the same: verified means that somebody asked."),
            ),
            FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")], heading=_("Valid")),
            FieldPanel("fact_id", read_only=True),
        ],
        heading=_("Source"),
    )


def shown_fields() -> list[Panel]:
    """Return what phones and contacts share: whether each may be shown, and where it was seen."""
    return [
        FieldPanel("publish", help_text=_("A number that nobody has confirmed is not shown.")),
        FieldRowPanel([FieldPanel("hours_text"), FieldPanel("is_anonymous")]),
        FieldRowPanel([FieldPanel("source_url"), FieldPanel("source_date")]),
        FieldPanel("languages"),
        FieldPanel("note"),
    ]


def what_is_known(*fields: str) -> MultiFieldPanel:
    """Return the facts with three answers: yes, no, unknown."""
    panels = [FieldPanel(name) for name in fields]
    return MultiFieldPanel(panels, heading=_("What is known"), help_text=UNKNOWN)


def organization_main() -> ObjectList:
    """Return an organization's first tab."""
    kinds = [FieldPanel("kind"), FieldPanel("sector"), FieldPanel("country"), FieldPanel("seat")]
    networks = [FieldPanel("parent_organization"), FieldPanel("network"), FieldPanel("is_network")]
    return ObjectList(
        [
            MultiFieldPanel(kinds, heading=_("Kind")),
            MultiFieldPanel(
                [FieldPanel("publication"), FieldPanel("status"), FieldPanel("name_reviewed")],
                heading=_("Publication"),
                help_text=_("Only public records of enabled countries are shown; internal ones never are."),
            ),
            MultiFieldPanel(networks, heading=_("Part of")),
            what_is_known("is_specialised", "is_free", "is_open_24_7", "is_anonymous"),
            FieldPanel("is_confidential"),
            Rows(
                "areas",
                panels=[FieldPanel("area"), FieldPanel("source")],
                heading=_("Responsible for"),
                help_text=_("Only where a table says so; never worked out from a district."),
            ),
        ],
        heading=_("Main data"),
    )


def organization_contacts() -> ObjectList:
    """Return an organization's tab of phones and other contacts."""
    phone, contact = related(Organization, "phones"), related(Organization, "contacts")
    number = FieldRowPanel([FieldPanel("kind"), FieldPanel("number"), FieldPanel("is_free")])
    value = FieldRowPanel([FieldPanel("kind"), FieldPanel("value")])
    mark = FieldRowPanel([FieldPanel("tells_others_source"), FieldPanel("tells_others_date")])
    return ObjectList(
        [
            Rows(
                "phones",
                panels=[number, *shown_fields(), language_group(phone, "safe_call_note")],
                heading=_("Phones"),
                row_form=own.ReachableForm,
                ordered=True,
            ),
            Rows(
                "contacts",
                panels=[
                    value,
                    FieldPanel("tells_others"),
                    mark,
                    *shown_fields(),
                    language_group(contact, "safe_call_note"),
                ],
                heading=_("Other contacts"),
                row_form=own.ReachableForm,
                ordered=True,
            ),
        ],
        heading=_("Phones and contacts"),
    )


def organization_panels() -> TabbedInterface:
    """Return the page of an organization."""
    first = (organization_main(), organization_contacts())
    texts = language_tabs(Organization, "name", "description", "how_to_reach", "area_text", "alert")
    notes = ObjectList([RecordNotes()], heading=_("Notes"))
    return tabs(Organization, own.OrganizationForm, *first, source_tab("source_note"), notes, *texts)


def service_main() -> ObjectList:
    """Return a service's first tab."""
    providers = [
        FieldPanel("organization"),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
        FieldPanel("source"),
    ]
    return ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel("organization"), FieldPanel("service_type"), FieldPanel("parent_service")],
                heading=_("What and who"),
            ),
            MultiFieldPanel(
                [FieldPanel(name) for name in ("publication", "publication_reason", "audience", "status")],
                heading=_("Publication"),
                help_text=DRAFTS,
            ),
            MultiFieldPanel([FieldPanel("country"), FieldPanel("coverage")], heading=_("Where")),
            Rows("areas", panels=[FieldPanel("area"), FieldPanel("source")], heading=_("Areas")),
            what_is_known("is_free", "is_open_24_7", "is_anonymous", "police_cooperation"),
            FieldPanel("is_confidential"),
            Rows("providers", panels=providers, heading=_("All providers, over time"), ordered=True),
        ],
        heading=_("Main data"),
    )


def service_eligibility() -> ObjectList:
    """Return the tab of a service that says for whom it is."""
    alternative = related(Service, "alternatives")
    panels = [
        FieldRowPanel([FieldPanel("age_rule"), FieldPanel("minimum_age"), FieldPanel("maximum_age")]),
        FieldRowPanel([FieldPanel("gender_rule"), FieldPanel("genders")]),
        FieldRowPanel([FieldPanel("papers_rule"), FieldPanel("papers")]),
        FieldRowPanel([FieldPanel("disability"), FieldPanel("with_children")]),
        FieldPanel("circumstances"),
        language_group(alternative, "ask_first"),
    ]
    return ObjectList(
        [
            Rows(
                "alternatives",
                panels=panels,
                heading=_("Who may come"),
                label=_("alternative"),
                help_text=ALTERNATIVES,
                row_form=own.AlternativeForm,
                ordered=True,
            ),
            FieldPanel("referral"),
            MultiFieldPanel(
                [FieldPanel(name) for name in ("source_words", "structured", "stays_ask_first")],
                heading=_("How it was read"),
            ),
        ],
        heading=_("For whom"),
    )


def service_details() -> ObjectList:
    """Return the tab of a service with its terms, languages, costs and documents."""
    cost, document = related(Service, "cost_options"), related(Service, "required_documents")
    costs = [
        FieldRowPanel([FieldPanel("amount"), FieldPanel("currency")]),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
        language_group(cost, "option"),
    ]
    spoken = [FieldPanel("code"), FieldPanel("with_interpreter"), FieldPanel("note")]
    return ObjectList(
        [
            Rows(
                "service_terms",
                panels=[FieldPanel("term")],
                heading=_("Needs and groups"),
                help_text=_("The first need is the main one."),
                row_form=own.ServiceTermForm,
                ordered=True,
            ),
            Rows(
                "languages",
                panels=[FieldRowPanel(spoken)],
                heading=_("Languages"),
                help_text=_("No language here means unknown."),
                row_form=own.LanguageForm,
            ),
            Rows("cost_options", panels=costs, heading=_("Costs")),
            Rows(
                "required_documents",
                panels=[language_group(document, "document")],
                heading=_("What to bring"),
            ),
        ],
        heading=_("Details"),
    )


def service_panels() -> TabbedInterface:
    """Return the page of a service."""
    texts = language_tabs(
        Service,
        "name",
        "description",
        "application_process",
        "eligibility_description",
        "conditions",
        "duration",
        "fees_description",
        "alert",
    )
    notes = ObjectList([RecordNotes()], heading=_("Notes"))
    first = (service_main(), service_eligibility(), service_details())
    return tabs(Service, own.ServiceForm, *first, source_tab("state"), notes, *texts)


def location_panels() -> TabbedInterface:
    """Return the page of a public office."""
    address = [FieldPanel("address_1"), FieldPanel("postal_code"), FieldPanel("city")]
    main = ObjectList(
        [
            FieldPanel("organization", help_text=_("A confidential organization cannot have an address.")),
            MultiFieldPanel([*address, FieldPanel("area"), FieldPanel("country")], heading=_("Address")),
            FieldPanel("publish"),
            FieldRowPanel([FieldPanel("source_url"), FieldPanel("source_date")]),
            FieldPanel("services_here"),
        ],
        heading=_("Main data"),
    )
    return tabs(Location, own.LocationForm, main, *language_tabs(Location, "name", "transportation"))


def confidential_place_panels() -> TabbedInterface:
    """Return the page of a confidential place."""
    main = ObjectList(
        [
            HelpPanel(content=SECRET),
            FieldPanel("organization"),
            FieldRowPanel([FieldPanel("country"), FieldPanel("region", widget=forms.Select)]),
            FieldRowPanel(
                [FieldPanel("gate_phone"), FieldPanel("gate_contact")],
                heading=_("Front gate"),
                help_text=_("Save a new record once; then its organization’s phones can be chosen."),
            ),
            FieldPanel("services_here"),
        ],
        heading=_("Main data"),
    )
    texts = language_tabs(ConfidentialPlace, "public_name", "referral_path")
    return tabs(ConfidentialPlace, own.ConfidentialPlaceForm, main, *texts)


def term_panels() -> TabbedInterface:
    """Return the page of a term."""
    main = ObjectList(
        [
            HelpPanel(content=UPDATES),
            FieldRowPanel([FieldPanel("taxonomy"), FieldPanel("slug")]),
            FieldRowPanel([FieldPanel("order"), FieldPanel("front_page"), FieldPanel("urgent")]),
            FieldPanel("icon"),
            FieldPanel(
                "is_accommodation",
                help_text=_("Services of this type are confidential and cannot be opened."),
            ),
        ],
        heading=_("Main data"),
    )
    return tabs(TaxonomyTerm, own.TermForm, main, *language_tabs(TaxonomyTerm, "name", "plain"))


def delivered_panels(model: type[Area] | type[Place], fields: Iterable[str]) -> TabbedInterface:
    """Return the page of an area or place: a pack delivers it, editors add names in other languages."""
    note = _("A country pack delivers this list. You can add names in languages that the pack does not have.")
    shown = [FieldPanel(name, read_only=True) for name in fields]
    main = ObjectList([HelpPanel(content=note), *shown], heading=_("Main data"))
    return tabs(model, own.RecordForm, main, *language_tabs(model, "name"))


def note_panels() -> TabbedInterface:
    """Return the page of an editors' note."""
    main = ObjectList(
        [
            FieldPanel("done", help_text=_("Tick it when nothing is left to do; the note stays readable.")),
            FieldPanel("kind"),
            FieldPanel("country"),
            FieldPanel("text"),
            NotedRecords(heading=_("It speaks of")),
            FieldRowPanel([FieldPanel("source"), FieldPanel("source_date")]),
        ],
        heading=_("To do"),
    )
    return tabs(EditorNote, own.NoteForm, main)
