"""Logging that cannot tell who looked at what: paths, queries and addresses never reach a log (R48)."""

from __future__ import annotations

import logging
from typing import Any


class WithoutRequest(logging.Filter):
    """Replace a record's message by its logger and status: Django puts paths into its own messages."""

    def filter(self, record: logging.LogRecord) -> bool:
        status = getattr(record, "status_code", "")
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        record.msg = " ".join(str(part) for part in (record.name, status, kind) if part)
        record.args = ()
        record.__dict__.pop("request", None)
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_info = (record.exc_info[0], _BareError(kind), record.exc_info[2])
        record.exc_text = None
        return True


class _BareError(Exception):
    """Stands in for an exception whose own words may hold what a visitor typed."""


def privacy_logging() -> dict[str, Any]:
    """Return the site's ``LOGGING``: everything to the console, nothing of a visitor in it."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"without_request": {"()": "portal.logging.WithoutRequest"}},
        "formatters": {
            "plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
            "bare": {"format": "{message}", "style": "{"},
        },
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "plain"},
            "requests": {
                "class": "logging.StreamHandler",
                "formatter": "plain",
                "filters": ["without_request"],
            },
            "access": {"class": "logging.StreamHandler", "formatter": "bare"},
        },
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "django.request": {"handlers": ["requests"], "level": "ERROR", "propagate": False},
            "django.security": {"handlers": ["requests"], "level": "ERROR", "propagate": False},
            "django.server": {"handlers": [], "level": "CRITICAL", "propagate": False},
            "portal.access": {"handlers": ["access"], "level": "INFO", "propagate": False},
        },
    }
