"""How the tests run: fast hashing, a database of their own, nothing written beside temporary folders."""

from __future__ import annotations

from portal.settings.base import *  # noqa: F403

DEBUG = False
SECRET_KEY = "tests-only-" + "x" * 50
SEALING_KEYS = ["dGVzdHMtb25seS1zZWFsaW5nLWtleS0wMDAwMDAwMDE="]
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PORTAL_SITE_SECONDS = None  # a test that is about the settings of the site sets 0
PORTAL_PAGE_CACHE_BYTES = 0  # tests look at pages as they are made; those of the cache set a size
