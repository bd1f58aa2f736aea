"""What is off until the second factor and cleaning are there answers 404, for an administrator too."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path",
    [
        "images/",
        "images/add/",
        "images/multiple/add/",
        "images/chooser/",
        "documents/",
        "documents/multiple/add/",
        "documents/chooser/",
        "password_reset/",
    ],
)
def test_uploads_and_password_mails_are_off(admin_client, path):
    assert admin_client.get(f"/cms/{path}").status_code == 404
    assert admin_client.post(f"/cms/{path}").status_code == 404


def test_django_admin_and_language_cookie_are_not_mounted(client, admin_client):
    for path in ("/admin/", "/cms/../admin/", "/i18n/setlang/", "/en/i18n/setlang/"):
        assert admin_client.get(path).status_code == 404
        assert not client.get(path).cookies


def test_editors_pages_ask_no_other_host(admin_client):
    page = admin_client.get("/cms/").content.decode()
    assert "gravatar" not in page
    assert "releases.wagtail" not in page
