"""The closed lists of the directory; "unknown" and "anyone" are different values in every one of them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OrganizationKind(models.TextChoices):
    """What a visitor would call a provider; the filter "kind of provider" offers these."""

    SPECIALISED = "specialised", _("Specialised help organisation")
    SOCIAL_WORK = "social_work", _("Centre for social work")
    POLICE = "police", _("Police")
    PROSECUTION = "prosecution", _("Prosecutor’s office")
    COURT = "court", _("Court")
    VICTIM_SUPPORT = "victim_support", _("Support for victims and witnesses")
    EMPLOYMENT = "employment", _("Employment service")
    HEALTH = "health", _("Health care")
    HELPLINE = "helpline", _("Helpline")
    HUMANITARIAN = "humanitarian", _("Charity or association")
    MIGRATION = "migration", _("Office for foreigners and asylum")
    ADMINISTRATION = "administration", _("Town or state office")
    LICENSED = "licensed", _("Licensed provider of care")
    EMERGENCY = "emergency", _("Emergency service")


class Sector(models.TextChoices):
    """Who stands behind a provider."""

    PUBLIC = "public", pgettext_lazy("who stands behind a provider", "Public")
    NGO = "ngo", _("Non-governmental")
    MIXED = "mixed", _("Public or non-governmental")
    UNKNOWN = "unknown", _("Unknown")


class Publication(models.TextChoices):
    """Whether a record may leave the house."""

    DRAFT = "draft", _("Draft")
    PUBLIC = "public", pgettext_lazy("whether a record is shown", "Public")
    INTERNAL = "internal", _("Internal, never public")
    HIDDEN = "hidden", _("Hidden, an editors’ task")


class Audience(models.TextChoices):
    """Whom a service is shown to."""

    EVERYONE = "everyone", _("Everyone")
    PROFESSIONALS = "professionals", _("Professionals")


class Status(models.TextChoices):
    """HSDS ``service.status``."""

    ACTIVE = "active", _("Active")
    TEMPORARILY_CLOSED = "temporarily closed", _("Temporarily closed")
    INACTIVE = "inactive", _("Inactive")
    DEFUNCT = "defunct", _("Ended")


class Rule(models.TextChoices):
    """Whether an alternative limits something: nobody is excluded, nobody knows, or a list decides."""

    ANYONE = "anyone", _("Anyone")
    UNKNOWN = "unknown", _("Unknown, ask first")
    LISTED = "listed", _("Only those listed")


class Gender(models.TextChoices):
    """The choices of the filter gender; "diverse" never excludes."""

    FEMALE = "female", _("Woman or girl")
    MALE = "male", _("Man or boy")
    DIVERSE = "diverse", _("Another gender")


class Papers(models.TextChoices):
    """Legal status in the country of the service."""

    CITIZEN = "citizen", _("Citizen of the country")
    PERMIT = "permit", _("Foreigner with a permit to stay")
    NO_PERMIT = "no_permit", _("Foreigner without a permit")
    ASYLUM = "asylum", _("Asked for asylum")


class PoliceCooperation(models.TextChoices):
    """Whether help depends on cooperating with the police."""

    NOT_REQUIRED = "not_required", _("No")
    REQUIRED = "required", _("Yes")
    UNKNOWN = "unknown", _("Unknown")


class Coverage(models.TextChoices):
    """Where a service can be had; ``AREAS`` reads the service's areas."""

    COUNTRY = "country", _("The whole country")
    NETWORK = "network", _("Every municipality, through the network’s member")
    LOCAL_OFFER = "local_offer", _("Only where it is offered: ask")
    AREAS = "areas", _("The areas listed")
    UNKNOWN = "unknown", _("Unknown")


class Circumstance(models.TextChoices):
    """A limit in words; those in :data:`MET` count as met for the people this portal serves."""

    VICTIM_TRAFFICKING = "victim_trafficking", _("Victim of trafficking in people")
    VICTIM_VIOLENCE = "victim_violence", _("Victim of violence")
    FAMILY_OF_VICTIM = "family_of_victim", _("Family of a victim")
    ENDANGERED = "endangered", _("In danger")
    MEANS = "means", _("Little or no income")
    NO_HOUSING = "no_housing", _("Without a home")
    HEALTH = "health", _("State of health")
    NEEDS_CARE = "needs_care", _("Needs care of another person")
    RESIDENCE = "residence", _("Lives in the area")
    LOCAL_OFFER = "local_offer", _("Only where it is offered")
    COURT_CASE = "court_case", _("Part of a court case")
    FAMILY_SITUATION = "family_situation", _("Family situation")
    STUDENT = "student", _("Full-time student")
    IN_PROGRAMME = "in_programme", _("Already in a programme")
    INSURANCE = "insurance", _("Health insurance")
    EMPLOYMENT = "employment", _("Work or unemployment")
    PERMIT_HOLDER = "permit_holder", _("Holds the permit for victims")
    RETURNING = "returning", _("Is being returned")
    UNACCOMPANIED = "unaccompanied", _("Alone, without family")
    OTHER = "other", _("Another limit")


MET = frozenset({"victim_trafficking", "victim_violence", "family_of_victim", "endangered"})


class Referral(models.TextChoices):
    """Who may refer somebody to a service."""

    SELF = "self", _("The person alone")
    SOCIAL_WORK = "social_work", _("A centre for social work")
    POLICE = "police", _("The police")
    COURT = "court", _("A court or prosecutor")
    NGO = "ngo", _("A help organisation")
    SCHOOL = "school", _("A school")
    CENTRE = "centre", _("The centre for victims of trafficking")
    AUTHORITY = "authority", _("A decision of an authority")


class PhoneKind(models.TextChoices):
    """What kind of line a number is."""

    EMERGENCY = "emergency", _("Emergency number")
    SOS = "sos", _("Help line")
    REPORTS = "reports", _("Line for reports")
    OFFICE = "office", _("Office phone")
    MOBILE = "mobile", _("Mobile phone")


class ContactKind(models.TextChoices):
    """Ways to reach a provider that are no phone."""

    EMAIL = "email", _("E-mail")
    CHAT = "chat", _("Chat")
    WEBSITE = "website", _("Web site")
    PUBLIC_OFFICE = "public_office", _("Public office")
    THROUGH_POLICE = "through_police", _("Through the police")
    BY_REFERRAL = "by_referral", _("By referral")
    BY_DECISION = "by_decision", _("By decision of an authority")


class Publish(models.TextChoices):
    """Whether a contact is shown."""

    YES = "yes", _("Shown")
    NOTED = "noted", _("Shown with source and date, not checked by us")
    NO = "no", _("Not shown: to be confirmed")


class AreaLevel(models.TextChoices):
    """The two levels of the lists by region."""

    REGION = "region", _("Region")
    MUNICIPALITY = "municipality", _("Municipality")


class NoteKind(models.TextChoices):
    """Why a note was written for editors."""

    CONFLICT = "conflict", _("Sources disagree")
    WARNING = "warning", _("Perhaps out of date")
    TASK = "task", _("To do")


class Verification(models.TextChoices):
    """How a record was confirmed last."""

    NONE = "none", _("Not confirmed yet")
    PROVIDER = "provider", _("Confirmed by the provider")
    EDITOR = "editor", _("Checked by an editor")


class FinderKind(models.TextChoices):
    """What a page of the guided finder asks."""

    CHOICE = "choice", _("Answers to choose from")
    NEEDS = "needs", _("The needs")
    AGE = "age", _("How old")
    PLACE = "place", _("Where")
    READ = "read", _("Something to read first")


class FinderFilter(models.TextChoices):
    """The filters that an answer of the finder may choose."""

    NEED = "need", _("Need")
    GENDER = "gender", _("Gender")
    AGE = "age", _("Age")
    PAPERS = "papers", _("Papers")
    CHILDREN = "children", _("With children")
    DISABILITY = "disability", _("With a disability or illness")
    LANGUAGE = "language", _("Language")
    FREE = "free", _("Free of charge")
    ALWAYS = "always", _("Day and night")
    ANONYMOUS = "anonymous", _("No name needed")
    POLICE = "police", _("Without the police")


class FeedbackKind(models.TextChoices):
    """What visitors can tell us something about."""

    SERVICE = "service", _("Service")
    ORGANIZATION = "organization", _("Organization")
    PAGE = "page", _("Page")


class FeedbackTopic(models.TextChoices):
    """What a visitor can tell by ticking; there is no field to write in."""

    DANGER = "danger", _("It can put people in danger")
    PHONE = "phone", _("A phone number is wrong")
    CLOSED = "closed", _("It is closed or has moved")
    HOURS = "hours", _("The opening hours are wrong")
    COST = "cost", _("The price is wrong")
    WHO = "who", _("It says wrongly who can come")
    OUTDATED = "outdated", _("Something is out of date")
    LINK = "link", _("A link does not work")
    HARD = "hard", _("The text is hard to understand")
    WORDS = "words", _("The translation is bad")
    ANSWERED = "answered", _("Somebody answered")
    SILENT = "silent", _("Nobody answered")
    WISH = "wish", _("Please translate it")


ABOUT_LANGUAGE = frozenset({FeedbackTopic.HARD, FeedbackTopic.WORDS, FeedbackTopic.WISH})
"""The topics that are kept by language; of every other the language is forgotten."""
