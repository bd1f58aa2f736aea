"""Hard words are explained where they first stand, in the language of the page, without scripts."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from directory.importers.files import read_json
from home.actions import load_site
from home.glossary import Finder
from home.models import GlossaryTerm
from home.site_pack import SITE_PACK

pytestmark = pytest.mark.django_db
ROWS = read_json(SITE_PACK.data / "glossary.json", [])


def main_of(visitor, path):
    return BeautifulSoup(visitor.get(path).content, "html.parser").main


def right(text: str) -> list[dict]:
    value = {"key": "R900", "text": text, "note": "", "law": "", "source": ""}
    return [
        {
            "type": "rights",
            "value": {"heading": "A", "rights": [{"type": "item", "value": value, "id": "1"}]},
            "id": "2",
        }
    ]


def test_word_is_explained_in_place_once(visitor, make_page):
    make_page(
        body=[{"type": "summary", "value": "A guardian helps.", "id": "0"}, *right("Ask your guardian.")]
    )
    page = main_of(visitor, "/en/rights/rs-rest/")
    (word,) = page.select("details.word")
    assert word.find_parent(class_="box") is not None
    assert word.dfn.get_text() == "guardian"
    assert word.p.get_text() == GlossaryTerm.objects.get(key="guardian").meaning["en"]


def test_forms_of_a_word_are_found_in_each_script():
    (term,) = GlossaryTerm.objects.filter(key="witness")
    for language, text in (
        ("sr-latn", "Vi ste svedok."),
        ("sr-cyrl", "Ви сте сведок."),
        ("sl", "Sodišče sliši pričo."),
    ):
        (word,) = Finder([term], language).found_in(text)
        assert (word.term.language, word.meaning.language) == (language, language)
    assert Finder([term], "ar").found_in("شاهد witness") == []


def test_part_of_a_longer_word_is_not_the_word():
    (term,) = GlossaryTerm.objects.filter(key="witness")
    assert Finder([term], "en").found_in("An eyewitnessed thing.") == []


def test_word_of_another_country_is_not_explained():
    keys = set(GlossaryTerm.objects.shown("RS").values_list("key", flat=True))
    assert ("permission-to-stay" in keys, "vulnerable-witness" in keys, "guardian" in keys) == (
        False,
        True,
        True,
    )


@pytest.mark.parametrize("language", ["en", "sr-latn", "sr-cyrl", "sl", "ar"])
def test_list_names_every_word(visitor, language):
    page = main_of(visitor, f"/{language}/words/")
    assert {tag["id"] for tag in page.find_all("dt")} == {f"w-{row['key']}" for row in ROWS}
    foreign = page.select("dt span[lang]")
    assert len(foreign) == 0  # the page and its words are in the same language, English for an Arabic reader


def test_every_word_is_written_in_the_first_languages():
    for row in ROWS:
        for name in ("term", "meaning"):
            assert {"en", "sr-latn", "sl"} <= set(row[name]), row["key"]


def test_most_words_stand_on_some_page():
    from home.written import written

    texts = {
        code: [text.text for text in written() if text.language == code and text.key != "glossary"]
        for code in ("en", "sr-latn", "sl")
    }
    for language, found in texts.items():
        unused = [
            term.key for term in GlossaryTerm.objects.all() if not Finder([term], language).found_in(*found)
        ]
        assert len(unused) <= 4, (language, unused)


def test_changed_word_is_kept_and_a_new_text_is_taken(monkeypatch):
    GlossaryTerm.objects.filter(key="witness").update(meaning={"en": "Written by Ana."})
    GlossaryTerm.objects.filter(key="guardian").update(loaded_digest="")
    report = load_site()
    assert {"word witness", "word guardian"} <= set(report.kept)
    assert GlossaryTerm.objects.get(key="witness").meaning == {"en": "Written by Ana."}


def test_editor_finds_the_glossary(client, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("nika", "nika@example.org", "x" * 12))
    answer = client.get("/cms/glossary/")
    assert answer.status_code == 200
    assert "guardian" in answer.content.decode()
    row = GlossaryTerm.objects.get(key="guardian")
    form = client.get(f"/cms/glossary/edit/{row.pk}/").content.decode()
    assert "meaning_sl" in form
    data = {"key": "guardian", "country": "", "reviewed": "on"}
    data |= {
        f"{name}_{code}": f"{name} {code}"
        for name in ("term", "meaning")
        for code in ("en", "sr-latn", "sr-cyrl", "sl")
    }
    data |= {f"forms_{code}": "one\ntwo" for code in ("en", "sr-latn", "sr-cyrl", "sl")}
    assert client.post(f"/cms/glossary/edit/{row.pk}/", data).status_code == 302
    row.refresh_from_db()
    assert (row.term["sl"], row.forms["sl"], row.reviewed) == ("term sl", ["one", "two"], True)
