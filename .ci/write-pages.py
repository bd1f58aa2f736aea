"""Write every type of page in every language to a folder, for the checkers of HTML: ``write-pages.py FOLDER``."""

from __future__ import annotations

import logging
import os
import re
import sys
from pathlib import Path

import django

ERRORS = (400, 403, 404, 429, 500, 503)


def main(folder: Path) -> None:
    """Write the pages, and the error pages as templates give them."""
    from django.conf import settings
    from django.test import Client, RequestFactory

    from portal import error_views
    from tests.flows.pages import PAGES, address

    logging.disable(logging.CRITICAL)
    folder.mkdir(parents=True, exist_ok=True)
    for code in settings.PORTAL_LANGUAGES:
        for name in PAGES:
            file = folder / f"{code}-{re.sub('[^a-z]+', '-', name)}.html"
            file.write_bytes(Client().get(address(name, code)).content)
        for status in ERRORS:
            request = RequestFactory().get(f"/{code}/")
            (folder / f"{code}-error-{status}.html").write_bytes(error_views.page(request, status).content)
    (folder / "languages.html").write_bytes(Client().get("/").content)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    django.setup()
    main(Path(sys.argv[1]))
