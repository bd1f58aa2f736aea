"""Every change of the directory's data is a function here; admin, import, command and pack call it."""

from directory.actions.feedback import close_feedback, record_feedback
from directory.actions.finder import load_finder, save_finder_question
from directory.actions.importing import ImportReport, import_organizations, import_services
from directory.actions.loading import load_country, load_taxonomies
from directory.actions.publishing import (
    assure_service,
    delete_record,
    publish_service,
    save_confidential_place,
    save_location,
    save_organization,
    save_record,
    save_service,
    save_term,
    withdraw_service,
)
from directory.actions.settlements import import_settlements
from directory.actions.translating import (
    ask_for_translation,
    confirm_texts,
    import_translations,
    review_texts,
)

__all__ = [
    "ImportReport",
    "ask_for_translation",
    "assure_service",
    "close_feedback",
    "confirm_texts",
    "delete_record",
    "import_organizations",
    "import_services",
    "import_settlements",
    "import_translations",
    "load_country",
    "load_finder",
    "load_taxonomies",
    "publish_service",
    "record_feedback",
    "review_texts",
    "save_confidential_place",
    "save_finder_question",
    "save_location",
    "save_organization",
    "save_record",
    "save_service",
    "save_term",
    "withdraw_service",
]
