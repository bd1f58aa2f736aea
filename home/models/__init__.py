"""The database tables of the pages."""

from home.models.base import ContentPage, PortalPage, ShellPage
from home.models.glossary import GlossaryTerm
from home.models.links import RightService
from home.models.pages import (
    CONTENT,
    LISTED,
    EntryPage,
    GuidancePage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    PathwayPage,
    RightsIndexPage,
    RightsPage,
    SafetyPage,
    StandardPage,
)
from home.models.site import PortalSettings
from home.translation_models import PageText
from home.workflow_models import SecondReaderTask

__all__ = [
    "CONTENT",
    "LISTED",
    "ContentPage",
    "EntryPage",
    "GlossaryTerm",
    "GuidancePage",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "PageText",
    "PathwayPage",
    "PortalPage",
    "PortalSettings",
    "RightService",
    "RightsIndexPage",
    "RightsPage",
    "SafetyPage",
    "SecondReaderTask",
    "ShellPage",
    "StandardPage",
]
