"""How `./run` and a real server run: no debugging, hosts and secrets required, static files hashed."""

from __future__ import annotations

import base64
import binascii
import os

from django.core.exceptions import ImproperlyConfigured

from portal.environment import env_bool, env_list, env_secret
from portal.settings.base import *  # noqa: F403
from portal.settings.base import DATA_DIR

DEBUG = False
if env_bool("DEBUG") or env_bool("DJANGO_DEBUG"):
    raise ImproperlyConfigured("Production never runs with DEBUG; use ./run --dev on your own machine.")

SECRET_KEY = env_secret("SECRET_KEY", DATA_DIR / "keys" / "secret")
if len(SECRET_KEY) < 50 or SECRET_KEY.startswith("django-insecure"):
    raise ImproperlyConfigured("SECRET_KEY is a default or shorter than 50 characters; let ./run make one.")

SEALING_KEYS = env_secret("SEALING_KEYS", DATA_DIR / "keys" / "sealing").split()
try:
    if any(len(base64.urlsafe_b64decode(key)) != 32 for key in SEALING_KEYS):
        raise ValueError
except (ValueError, binascii.Error):
    raise ImproperlyConfigured(
        "SEALING_KEYS must be keys of 32 bytes in URL-safe base64, newest first."
    ) from None

ALLOWED_HOSTS = env_list("PORTAL_HOSTS")
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("PORTAL_HOSTS must name the host names of this site, separated by commas.")

# Plain http is for a loopback address only; ./run says PORTAL_HTTPS=0 there.
PORTAL_HTTPS = env_bool("PORTAL_HTTPS", True)
SECURE_SSL_REDIRECT = PORTAL_HTTPS
SESSION_COOKIE_SECURE = PORTAL_HTTPS
CSRF_COOKIE_SECURE = PORTAL_HTTPS
# The operator's choice, because both bind the NGO's other sites: hence W005 and W021 are silenced.
SECURE_HSTS_SECONDS = 63_072_000 if PORTAL_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = env_bool("PORTAL_HSTS_SUBDOMAINS")
SECURE_HSTS_PRELOAD = env_bool("PORTAL_HSTS_PRELOAD")
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
if env_bool("PORTAL_BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if os.environ.get("EMAIL_HOST")
    else "django.core.mail.backends.dummy.EmailBackend"
)
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
