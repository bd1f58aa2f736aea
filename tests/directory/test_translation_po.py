"""PO files of the directory: all texts out, all or nothing in, each fault with its line."""

from __future__ import annotations

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from directory.actions import import_translations
from directory.models import Organization, Service, TaxonomyTerm, TranslatedText
from directory.translation_po import BrokenPoFile, export_directory_po
from tests import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def service() -> Service:
    return Service.objects.exclude(description_en="").exclude(description_sl="").order_by("key").first()


def file_for(language: str) -> polib.POFile:
    return polib.pofile(export_directory_po(language))


def entry_of(po: polib.POFile, context: str) -> polib.POEntry:
    return next(entry for entry in po if entry.msgctxt == context)


def only(po: polib.POFile, *entries: polib.POEntry) -> bytes:
    made = polib.POFile()
    made.metadata = dict(po.metadata)
    made.extend(entries)
    return str(made).encode()


def faults(content: bytes, language: str = "") -> str:
    with pytest.raises(BrokenPoFile) as caught:
        import_translations(content, language=language)
    return "\n".join(caught.value.lines)


def test_file_holds_every_text_with_its_source_and_what_is_there(service):
    po = file_for("sl")
    entry = entry_of(po, f"service|{service.key}|description")
    assert (entry.msgid, entry.msgstr, entry.flags) == (service.description_en, service.description_sl, [])
    kinds = {entry.msgctxt.split("|")[0] for entry in po}
    assert {"term", "service", "organization", "alternative"} <= kinds
    assert po.metadata["Language"] == "sl"
    assert len({entry.msgctxt for entry in po}) == len(po)


def test_text_is_fuzzy_once_its_english_source_changed(service):
    service.description_en = "Something else now."
    service.save()
    entry = entry_of(file_for("sl"), f"service|{service.key}|description")
    assert (entry.msgid, entry.flags) == ("Something else now.", ["fuzzy"])


def test_same_file_twice_changes_nothing(service):
    po = file_for("hu")
    entry = entry_of(po, f"service|{service.key}|description")
    entry.msgstr = "Magyar szöveg."
    content = only(po, entry)
    assert import_translations(content).changed == 1
    again = import_translations(content)
    assert (again.changed, again.unchanged) == (0, 1)
    service.refresh_from_db()
    assert service.description_hu == "Magyar szöveg."


def test_filled_text_leaves_the_record_to_its_pack_and_a_replaced_one_does_not(service):
    po = file_for("hu")
    entry = entry_of(po, f"service|{service.key}|description")
    entry.msgstr = "Magyar szöveg."
    assert len(import_translations(only(po, entry)).filled) == 1
    service.refresh_from_db()
    assert not service.locally_edited
    entry.msgstr = "Jobb szöveg."
    assert len(import_translations(only(po, entry)).replaced) == 1
    service.refresh_from_db()
    assert service.locally_edited


def test_dry_run_says_it_and_changes_nothing(service):
    po = file_for("hu")
    entry = entry_of(po, f"service|{service.key}|description")
    entry.msgstr = "Magyar szöveg."
    report = import_translations(only(po, entry), dry_run=True)
    assert [change.new for change in report.filled] == ["Magyar szöveg."]
    service.refresh_from_db()
    assert not service.description_hu
    assert not TranslatedText.objects.filter(key=service.key, language="hu", field="description").exists()


def test_one_bad_entry_stops_the_whole_file(service):
    po = file_for("hu")
    good = entry_of(po, f"service|{service.key}|description")
    good.msgstr = "Magyar szöveg."
    name = entry_of(po, f"service|{service.key}|name")
    name.msgstr = "x" * 301
    unknown = polib.POEntry(msgctxt="service|nobody|name", msgid="A", msgstr="B")
    said = faults(only(po, good, name, unknown))
    assert "longer than 300 characters" in said
    assert "service|nobody|name: the directory has no such text" in said
    service.refresh_from_db()
    assert not service.description_hu


def test_english_that_changed_since_the_download_stops_the_file(service):
    po = file_for("hu")
    entry = entry_of(po, f"service|{service.key}|description")
    entry.msgstr = "Magyar szöveg."
    content = only(po, entry)
    service.description_en = "Something else now."
    service.save()
    assert "the English text has changed since" in faults(content)


def test_wrong_files_are_answered_with_a_sentence(service):
    po = file_for("hu")
    assert "another language: hu instead of sl" in faults(str(po).encode(), "sl")
    foreign = polib.POFile()
    foreign.append(polib.POEntry(msgid="A", msgstr="B"))
    assert "not from “Translations of the directory”" in faults(str(foreign).encode())
    assert "Choose a PO file" in faults(b"")
    assert "This is no PO file" in faults(b"/etc/hostname")
    assert "broken" in faults(b'msgid "a"\nmsgfoo "b"\n')
    po.metadata["Language"] = "sr-cyrl"
    assert "made from the Latin text" in faults(str(po).encode())
    po.metadata["Language"] = "xx"
    assert "not translated into “xx”" in faults(str(po).encode())


def test_confirmed_text_is_current_again(service):
    TranslatedText.objects.filter(kind="service", key=service.key).update(reviewed=True)
    service.description_en = "Something else now."
    service.save()
    po = file_for("sl")
    entry = entry_of(po, f"service|{service.key}|description")
    assert import_translations(only(po, entry)).fuzzy == 1
    entry.flags = []
    assert len(import_translations(only(po, entry)).confirmed) == 1
    assert entry_of(file_for("sl"), f"service|{service.key}|description").flags == []


def test_need_and_organization_come_in_too():
    po = file_for("hu")
    term = TaxonomyTerm.objects.filter(taxonomy__key="needs").first()
    organization = Organization.objects.exclude(description_en="").first()
    entries = [
        entry_of(po, f"term|{term.key}|plain"),
        entry_of(po, f"organization|{organization.key}|description"),
    ]
    for entry in entries:
        entry.msgstr = "Magyar."
    assert import_translations(only(po, *entries)).changed == 2
    term.refresh_from_db()
    organization.refresh_from_db()
    assert (term.plain_hu, organization.description_hu) == ("Magyar.", "Magyar.")


def test_editor_sees_a_preview_then_reads_the_file_in(service):
    client = Client()
    client.force_login(people.milena())
    page = client.get(reverse("directory_translations"))
    assert page.status_code == 200
    content = client.get(reverse("directory_translations_po", args=["hu"])).content
    po = polib.pofile(content.decode())
    entry = entry_of(po, f"service|{service.key}|description")
    entry.msgstr = "Magyar szöveg."

    def send(**extra):
        upload = SimpleUploadedFile("hu.po", only(po, entry))
        return client.post(reverse("directory_translations"), {"file": upload, "language": "hu", **extra})

    shown = send()
    assert "Magyar szöveg." in shown.content.decode()
    service.refresh_from_db()
    assert not service.description_hu
    assert send(write="1").status_code == 302
    service.refresh_from_db()
    assert service.description_hu == "Magyar szöveg."
    entry.msgid = "Changed"
    answer = send(write="1")
    assert answer.status_code == 422
    assert "the English text has changed since" in answer.content.decode()


def test_page_asks_for_the_right_to_edit_services():
    assert Client().get(reverse("directory_translations")).status_code == 302
    client = Client()
    client.force_login(people.ana())
    assert client.get(reverse("directory_translations_po", args=["hu"])).status_code == 302


def test_commands_do_the_same(tmp_path, service, capsys):
    file = tmp_path / "hu.po"
    call_command("export_po", "hu", str(file))
    po = polib.pofile(str(file))
    entry = entry_of(po, f"service|{service.key}|description")
    entry.msgstr = "Magyar szöveg."
    po.save()
    call_command("import_po", str(file), "--dry-run")
    assert "Would be filled 1" in capsys.readouterr().out
    call_command("import_po", str(file), "--machine")
    row = TranslatedText.objects.get(key=service.key, field="description", language="hu")
    assert row.by_machine
    with pytest.raises(CommandError, match="not translated into"):
        call_command("export_po", "xx")
    file.write_text("nothing\nat all")
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("import_po", str(file))
