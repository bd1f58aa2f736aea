"""What every way of running the portal shares; values come from the environment through small readers."""

from __future__ import annotations

import os
from pathlib import Path
from zoneinfo import available_timezones

from portal import languages
from portal.environment import database_from_url, env_bool, env_int, env_list, sqlite
from portal.logging import privacy_logging
from portal.plugins.discovery import apps_for

BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(os.environ.get("PORTAL_DATA", BASE_DIR / "var")).resolve()

# --- the site ---------------------------------------------------------------------------------------------
PORTAL_NAME = os.environ.get("PORTAL_NAME", "Sidro")
PORTAL_SAFE_MODE = env_bool("PORTAL_SAFE_MODE")
PORTAL_PLUGINS = env_list("PORTAL_PLUGINS", "serbia,slovenia")
PORTAL_PLUGIN_SETTINGS: dict[str, dict[str, object]] = {}
PORTAL_SECURITY_CONTACT = os.environ.get("PORTAL_SECURITY_CONTACT", "")
SEARCH_QUEUE = env_bool("SEARCH_QUEUE")
WAGTAIL_SITE_NAME = PORTAL_NAME
PORTAL_SITE_SECONDS: float | None = 5  # how long a process keeps what the operator has set
WAGTAILADMIN_BASE_URL = os.environ.get("PORTAL_BASE_URL", "http://127.0.0.1:8000")

# --- applications -----------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "portal",
    "modeltranslation",
    "search",
    "directory",
    "home",
    *apps_for([] if PORTAL_SAFE_MODE else PORTAL_PLUGINS, BASE_DIR),
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.snippets",
    "wagtail.images",
    "wagtail.documents",
    "wagtail.users",
    "wagtail.sites",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "portal.middleware.AccessLogMiddleware",
    "portal.page_cache.PageCacheMiddleware",
    "portal.middleware.PrivacyHeadersMiddleware",
    "portal.middleware.MethodGuardMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "portal.flat.HideStepsMiddleware",
    "portal.kept.KeptMiddleware",
    "portal.language_middleware.LanguageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [("django.template.loaders.cached.Loader", ["portal.template_loader.Loader"])],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context_processors.portal",
            ],
            "builtins": ["portal.templatetags.portal"],
        },
    }
]

# --- data -------------------------------------------------------------------------------------------------
_database_url = os.environ.get("DATABASE_URL", "")
DATABASES = {
    "default": database_from_url(_database_url) if _database_url else sqlite(DATA_DIR / "db.sqlite3")
}
_engine = "postgresql.PostgresqlEngine" if _database_url.startswith("postgres") else "embedded.EmbeddedEngine"
SEARCH_ENGINE = os.environ.get("SEARCH_ENGINE", f"search.engines.{_engine}")
# Only where every change of what pages show is a commit of SQLite (decision 13).
_keeps_pages = not _database_url and SEARCH_ENGINE == "search.engines.embedded.EmbeddedEngine"
PORTAL_PAGE_CACHE_BYTES = env_int("PORTAL_PAGE_CACHE_MB", 16) * 1_000_000 if _keeps_pages else 0
TASKS = {"default": {"BACKEND": "portal.tasks.GatheringBackend"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_MAX_AGE = 300
WHITENOISE_ALLOW_ALL_ORIGINS = False

# --- languages --------------------------------------------------------------------------------------------
PORTAL_LANGUAGES = languages.parse_enabled(os.environ.get("PORTAL_LANGUAGES", ""))
LANGUAGE_CODE = languages.DEFAULT_LANGUAGE
LANGUAGES = languages.django_languages(PORTAL_LANGUAGES)
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "portal" / "locale"]  # the second: Wagtail's own texts
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Belgrade"
MODELTRANSLATION_LANGUAGES = languages.CODES
MODELTRANSLATION_DEFAULT_LANGUAGE = languages.DEFAULT_LANGUAGE
MODELTRANSLATION_ENABLE_FALLBACKS = False
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAIL_LOCALIZE_DEFAULT_TRANSLATION_MODE = "synced"
WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {"CLASS": "home.translators.RoutedTranslator", "OPTIONS": {}}

# --- accounts and safety ----------------------------------------------------------------------------------
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "wagtailadmin_login"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_PATH = "/cms/"
CSRF_COOKIE_PATH = "/cms/"
CSRF_COOKIE_HTTPONLY = False
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "portal.error_views.csrf_failure"
# portal.middleware sets the last word of these per path: the editors' pages need "same-origin".
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
PORTAL_ONION = os.environ.get("PORTAL_ONION", "").rstrip(
    "/"
)  # this site's address in Tor, told to its browser
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
# The languages whose texts for editors are whole: ours in locale/, Wagtail's in its own files and portal/locale/.
WAGTAILADMIN_PERMITTED_LANGUAGES = [pair for pair in LANGUAGES if pair[0] in languages.FIRST_LANGUAGES]
# Without names like "localtime", at which the script of the account's page stops.
WAGTAIL_USER_TIME_ZONES = ["UTC", *sorted(name for name in available_timezones() if "/" in name)]
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a page with many blocks in the editor

LOGGING = privacy_logging()
