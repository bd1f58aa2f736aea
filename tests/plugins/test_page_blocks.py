"""A plugin's block in a page: used, the plugin switched off, the page edited and translated, on again: intact."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection, connections

from tests.plugins.processes import EXAMPLE, environment, install, run

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]  # a copy waits for open transactions

START = """
import json, sys, django
django.setup()
from django.test import Client
from django.db import transaction
from wagtail.models import Locale
from home.models import RightsIndexPage, RightsPage

def text(path):
    return Client().get(path).content.decode()

def page(code):
    return RightsPage.objects.get(slug="rs-duchy", locale__language_code=code)

def raw(found):
    return found.body.stream_block.get_prep_value(found.body)
"""
USE = """
index = RightsIndexPage.objects.get(locale__language_code="en")
body = [
    {"type": "summary", "value": "This is short.", "id": "1"},
    {"type": "ruritania_timeline", "value": {"year": 1894, "text": "A king is crowned."}, "id": "2"},
]
made = RightsPage(title="A duchy", slug="rs-duchy", safe_title="A duchy", country="RS", body=json.dumps(body),
                  locale=index.locale, live=False)
index.add_child(instance=made)
made.save_revision().publish()
print(json.dumps({"raw": raw(page("en")), "shown": '<b>1894</b> A king is crowned.' in text("/en/rights/rs-duchy/")}))
"""
CHANGE = """
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.operations import translate_object
changed = page("en")
block = changed.body.stream_block
state = block.get_form_state(changed.body)
form = {"b-count": str(len(state))}
for number, part in enumerate(state):
    form |= {f"b-{number}-deleted": "", f"b-{number}-order": str(number), f"b-{number}-type": part["type"],
             f"b-{number}-id": part["id"], f"b-{number}-value": part["value"]}
form["b-0-value"] = "This is shorter."
changed.body = block.clean(block.value_from_datadict(form, {}, "b"))
changed.title = "Edited"
changed.save_revision().publish()
slovenian = Locale.objects.get(language_code="sl")
translate_object(changed, [slovenian])
source = TranslationSource.objects.get(object_id=changed.translation_key)
for segment in source.stringsegment_set.select_related("string"):
    words = "To je krajše." if segment.string.data == "This is shorter." else "Vojvodina"
    StringTranslation.objects.create(translation_of=segment.string, locale=slovenian, context=segment.context,
                                     data=words)
Translation.objects.get(source=source, target_locale=slovenian).save_target(publish=True)
print(json.dumps({"raw": [raw(page("en")), raw(page("sl"))], "shown": "A king" in text("/en/rights/rs-duchy/"),
                  "sl": "To je krajše." in text("/sl/rights/rs-duchy/")}))
"""
LOOK = """
print(json.dumps({"raw": [raw(page("en")), raw(page("sl"))],
                  "shown": ['<b>1894</b> A king' in text(f"/{code}/rights/rs-duchy/") for code in ("en", "sl")],
                  "types": [block.block_type for block in page("en").body]}))
"""


@contextmanager
def copied_database(folder: Path) -> Iterator[dict[str, str]]:
    """Copy the filled database, and return what makes another process use the copy."""
    values = {"PORTAL_DATA": str(folder)}
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(folder / "db.sqlite3")) as copy:
            connection.ensure_connection()
            connection.connection.backup(copy)
        yield values
        return
    own = connection.settings_dict
    name = f"{own['NAME']}_blocks"
    connections.close_all()  # a template must have no other user
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{own["NAME"]}"')
    user, password = quote(own["USER"], safe=""), quote(own["PASSWORD"], safe="")
    place = f"{own['HOST']}:{own['PORT']}" if own["PORT"] else own["HOST"]
    try:
        yield {**values, "DATABASE_URL": f"postgres://{user}:{password}@{place}/{name}"}
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture
def copied(tmp_path) -> Iterator[dict[str, str]]:
    with copied_database(tmp_path) as values:
        yield values


def test_block_outlives_the_time_without_its_plugin(tmp_path, copied):
    folder = install(tmp_path / "site")

    def say(code: str, plugins: str) -> dict:
        env = environment(folder, EXAMPLE, PORTAL_PLUGINS=plugins, **copied)
        done = run("-c", START + code, env=env)
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout.splitlines()[-1])

    used = say(USE, "serbia,slovenia,ruritania")
    assert used["shown"]
    timeline = used["raw"][1]
    changed = say(CHANGE, "serbia,slovenia")
    assert (changed["shown"], changed["sl"]) == (False, True)
    assert [body[1] for body in changed["raw"]] == [timeline, timeline]
    back = say(LOOK, "serbia,slovenia,ruritania")
    assert back["shown"] == [True, True]
    assert back["types"] == ["summary", "ruritania_timeline"]
    assert [body[1] for body in back["raw"]] == [timeline, timeline]
    assert back["raw"][0][0]["value"] == "This is shorter."
