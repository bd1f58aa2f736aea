"""How a developer runs: debugging, reload, throw-away keys that production refuses."""

from __future__ import annotations

from portal.settings.base import *  # noqa: F403

DEBUG = True
SECRET_KEY = "django-insecure-development-only"  # noqa: S105
SEALING_KEYS = ["ZGV2ZWxvcG1lbnQtb25seS1zZWFsaW5nLWtleS0wMDE="]
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
WHITENOISE_USE_FINDERS = True
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
