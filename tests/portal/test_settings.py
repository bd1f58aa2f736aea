"""Production refuses to start half-configured, and the traps of the admin (W1–W6) are closed by settings."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.urls import Resolver404, get_resolver, resolve
from wagtail.search.index import class_is_indexed

from portal.middleware import ADMIN_POLICY, STRICT_POLICY

ROOT = Path(__file__).resolve().parents[2]
SECRET = "s" * 60
SEALING = base64.urlsafe_b64encode(b"k" * 32).decode()
SHOW = "import django; from django.conf import settings; settings.DEBUG; print('started')"


def start(tmp_path: Path, code: str = SHOW, **values: str) -> tuple[int, str]:
    """Start Python under the production settings; return its code and the last line that it said."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
    env = {**kept, "DJANGO_SETTINGS_MODULE": "portal.settings.production", "PORTAL_DATA": str(tmp_path)}
    given = {"SECRET_KEY": SECRET, "SEALING_KEYS": SEALING, "PORTAL_HOSTS": "sidro.example", **values}
    env |= {name: value for name, value in given.items() if value}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=env,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    said = (done.stdout + done.stderr).strip().splitlines()
    return done.returncode, said[-1] if said else ""


def test_production_starts_when_all_is_set(tmp_path):
    assert start(tmp_path) == (0, "started")


def test_production_reads_keys_from_the_data_directory(tmp_path):
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "secret").write_text(SECRET)
    (tmp_path / "keys" / "sealing").write_text(f"{SEALING}\n{SEALING}\n")
    assert start(tmp_path, SECRET_KEY="", SEALING_KEYS="") == (0, "started")


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
        ({"SEALING_KEYS": ""}, "SEALING_KEYS is not set"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is a default or shorter than 50 characters"),
        ({"SECRET_KEY": "django-insecure-" + "x" * 60}, "SECRET_KEY is a default"),
        ({"SEALING_KEYS": "too-short"}, "SEALING_KEYS must be keys of 32 bytes"),
        ({"PORTAL_HOSTS": ""}, "PORTAL_HOSTS must name the host names"),
        ({"PORTAL_HOSTS": "sidro.example,*"}, "PORTAL_HOSTS must name the host names"),
        ({"DEBUG": "1"}, "Production never runs with DEBUG"),
        ({"DJANGO_DEBUG": "true"}, "Production never runs with DEBUG"),
        ({"PORTAL_HTTPS": "maybe"}, "PORTAL_HTTPS must be one of"),
        ({"PORTAL_LANGUAGES": "en,xx"}, "PORTAL_LANGUAGES names xx"),
        ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL must start with postgresql://"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_production_refuses_to_start(tmp_path, values, reason):
    code, said = start(tmp_path, **values)
    assert (code, reason in said) == (1, True), said


def test_production_is_strict_about_cookies_and_transport(tmp_path):
    code = (
        "from django.conf import settings as s; print(s.DEBUG, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
        " s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS, s.SECURE_HSTS_PRELOAD, s.SILENCED_SYSTEM_CHECKS)"
    )
    assert start(tmp_path, code)[1] == (
        "False True True True 63072000 False ['security.W005', 'security.W021']"
    )


def test_plain_http_is_said_on_purpose(tmp_path):
    code = "from django.conf import settings as s; print(s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS)"
    assert start(tmp_path, code, PORTAL_HTTPS="0")[1] == "False 0"


def test_w1_nothing_of_the_directory_is_in_wagtails_search_index():
    models = apps.get_app_config("directory").get_models()
    assert [model.__name__ for model in models if class_is_indexed(model)] == []


def test_w2_admin_calls_no_other_host():
    assert settings.WAGTAIL_GRAVATAR_PROVIDER_URL is None
    assert settings.WAGTAIL_ENABLE_UPDATE_CHECK is False
    assert settings.WAGTAIL_ENABLE_WHATS_NEW_BANNER is False


def test_w3_admin_policy_allows_inline_but_neither_eval_nor_others():
    assert "script-src 'self' 'unsafe-inline'" in ADMIN_POLICY
    assert [word for word in ("unsafe-eval", "http:", "https:", "*") if word in ADMIN_POLICY] == []
    assert [word for word in ("unsafe", "http", "*", "data:") if word in STRICT_POLICY] == []


def test_w4_there_is_no_other_way_into_an_admin():
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    with pytest.raises(Resolver404):
        resolve("/admin/")


def test_w5_language_cookie_and_switched_off():
    assert "set_language" not in get_resolver().reverse_dict
    off = [
        resolve(path).func.__name__ for path in ("/cms/images/add/", "/cms/documents/add/", "/cms/images/")
    ]
    assert off == ["switched_off"] * 3


def test_w5_no_public_template_shows_the_userbar():
    folders = (ROOT / name / "templates" for name in ("portal", "directory", "home", "search"))
    texts = {path: path.read_text(encoding="utf-8") for folder in folders for path in folder.rglob("*.html")}
    assert [str(path) for path, text in texts.items() if "wagtailuserbar" in text] == []
    assert texts


def test_w6_search_is_our_own_engine():
    ours = {
        "sqlite": "search.engines.embedded.EmbeddedEngine",
        "postgresql": "search.engines.postgresql.PostgresqlEngine",
    }
    assert ours[connection.vendor] == settings.SEARCH_ENGINE
    assert not hasattr(settings, "WAGTAILSEARCH_BACKENDS")


def test_localize_publishes_nothing_by_itself():
    assert settings.WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE is False


def test_cookies_belong_to_the_admin_alone():
    assert (settings.SESSION_COOKIE_PATH, settings.CSRF_COOKIE_PATH) == ("/cms/", "/cms/")


def test_passwords_are_argon2_and_long():
    from portal.settings import base

    assert base.PASSWORD_HASHERS[0] == "django.contrib.auth.hashers.Argon2PasswordHasher"
    lengths = [one["OPTIONS"]["min_length"] for one in base.AUTH_PASSWORD_VALIDATORS if "OPTIONS" in one]
    assert lengths == [12]
