"""The directory's tables, one file per subject."""

from directory.models.area import Area, Place, PlaceVersion
from directory.models.contact import Contact, Phone
from directory.models.eligibility import EligibilityAlternative
from directory.models.feedback import Feedback
from directory.models.finder import FinderAnswer, FinderQuestion
from directory.models.location import Accessibility, ConfidentialPlace, Location
from directory.models.organization import Organization, OrganizationArea
from directory.models.review import DatedValue, EditorNote, LoadedPack
from directory.models.schedule import Schedule, ScheduleException
from directory.models.service import (
    CostOption,
    RequiredDocument,
    Service,
    ServiceArea,
    ServiceAtConfidentialPlace,
    ServiceAtLocation,
    ServiceLanguage,
    ServiceProvider,
    ServiceTerm,
)
from directory.models.taxonomy import Taxonomy, TaxonomyTerm
from directory.models.translation import TranslatedText

__all__ = [
    "Accessibility",
    "Area",
    "ConfidentialPlace",
    "Contact",
    "CostOption",
    "DatedValue",
    "EditorNote",
    "EligibilityAlternative",
    "Feedback",
    "FinderAnswer",
    "FinderQuestion",
    "LoadedPack",
    "Location",
    "Organization",
    "OrganizationArea",
    "Phone",
    "Place",
    "PlaceVersion",
    "RequiredDocument",
    "Schedule",
    "ScheduleException",
    "Service",
    "ServiceArea",
    "ServiceAtConfidentialPlace",
    "ServiceAtLocation",
    "ServiceLanguage",
    "ServiceProvider",
    "ServiceTerm",
    "Taxonomy",
    "TaxonomyTerm",
    "TranslatedText",
]
