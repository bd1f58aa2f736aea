"""Packs bring pages: twice changes nothing, what was edited here is kept, a bad record changes nothing."""

from __future__ import annotations

import json
import re
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Locale

from directory.importers import read_pages
from directory.importers.errors import UnreadableImport
from directory.models import EditorNote, LoadedPack, Organization, Service
from home.actions import load_pages
from home.kinds import page_of
from home.management.commands import load_packs
from home.models import RightService, RightsPage
from home.page_records import raw_stream
from plugins import serbia as serbian_pack
from portal.plugins import CountryPack, registry

pytestmark = pytest.mark.django_db


def pack_of(code: str) -> CountryPack:
    return next(pack for pack in registry.countries if pack.country.code == code)


@pytest.fixture
def serbia(tmp_path) -> CountryPack:
    """Serbia's pack with a copy of its pages, which a test may change."""
    pack = pack_of("RS")
    shutil.copytree(pack.data / "pages", tmp_path / "pages")
    return CountryPack(pack.country, tmp_path)


def change(pack: CountryPack, name: str = "rs-police", /, **values) -> None:
    path = pack.data / "pages" / "en" / f"{name}.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **values}), encoding="utf-8")


# the English pages of Serbia and every translation that its pack holds
SERBIAN_FILES = sum(1 for _ in Path(serbian_pack.__file__).parent.glob("data/pages/*/*.json"))


def officers() -> RightsPage:
    return RightsPage.objects.get(key="rs-police", locale__language_code="en")


def state() -> list[tuple]:
    pages = RightsPage.objects.order_by("pk").values_list(
        "pk", "title", "live", "latest_revision", "content_digest"
    )
    return [*pages, *RightService.objects.order_by("pk").values_list("pk", "reason", "order")]


def test_loading_twice_changes_nothing(serbia):
    before = state()
    report = load_pages(serbia, name="serbia")
    assert (report.changed, len(report.unchanged), report.kept) == (0, SERBIAN_FILES, [])
    assert state() == before


def test_every_page_and_every_right_of_the_packs_is_there():
    records = [record for pack in registry.countries for record in read_pages(pack, "en")]
    assert len(records) == 38
    for record in records:
        page = page_of(record.key, Locale.get_default())
        assert (page.live, page.title, page.slug) == (True, record.title["en"], record.slug)
        sections = [block["value"] for block in raw_stream(page) if block["type"] == "rights"]
        keys = [item["value"]["key"] for section in sections for item in section["rights"]]
        assert keys == [right.key for section in record.sections for right in section.rights]


def test_links_to_services_are_those_of_the_records():
    for pack in registry.countries:
        for record in read_pages(pack, "en"):
            rights = [right for section in record.sections for right in section.rights]
            wanted = {(right.key, name, reason) for right in rights for name, reason in right.services}
            rows = RightService.objects.filter(page__key=record.key).select_related("service")
            assert {(row.right_key, row.service.fact_id, row.reason["en"]) for row in rows} == wanted
            assert not any(row.reviewed for row in rows)


def test_new_text_of_a_pack_goes_public(serbia, visitor):
    change(serbia, summary="The police must listen.")
    report = load_pages(serbia, name="serbia")
    assert (report.updated, len(report.unchanged)) == (["rs-police"], SERBIAN_FILES - 1)
    assert "The police must listen." in visitor.get("/en/rights/rs-officers/").content.decode()
    assert load_pages(serbia, name="serbia").changed == 0


def test_edited_page_is_kept_and_editors_are_told(serbia):
    page = officers()
    page.title = "Written by Ana"
    page.save_revision().publish()
    change(serbia, summary="The police must listen.")
    report = load_pages(serbia, name="serbia")
    assert report.kept == ["rs-police"]
    assert officers().title == "Written by Ana"
    assert EditorNote.objects.filter(key="pack-page-rs-police", country="RS").count() == 1


def test_page_with_an_edited_draft_is_kept(serbia):
    page = officers()
    page.law_reference = "A draft of Ana"
    page.save_revision()
    change(serbia, summary="The police must listen.")
    assert load_pages(serbia, name="serbia").kept == ["rs-police"]
    assert officers().get_latest_revision_as_object().law_reference == "A draft of Ana"


def test_published_again_without_a_change_is_not_edited(serbia):
    officers().save_revision().publish()
    change(serbia, summary="The police must listen.")
    assert load_pages(serbia, name="serbia").updated == ["rs-police"]


def test_unpublished_page_stays_unpublished(serbia, visitor):
    officers().unpublish()
    assert load_pages(serbia, name="serbia").changed == 0
    change(serbia, summary="The police must listen.")
    assert load_pages(serbia, name="serbia").updated == ["rs-police"]
    assert not officers().live
    assert visitor.get("/en/rights/rs-officers/").status_code == 404
    assert load_pages(serbia, name="serbia").changed == 0


def test_reviewed_link_is_kept_and_an_unreviewed_one_follows_the_pack(serbia):
    reviewed, other = RightService.objects.filter(page=officers())[:2]
    RightService.objects.filter(pk=reviewed.pk).update(reviewed=True, reason={"en": "Read by Nika."})
    change(serbia, sections=[])
    load_pages(serbia, name="serbia")
    rows = RightService.objects.filter(page=officers())
    assert [(row.pk, row.reason) for row in rows] == [(reviewed.pk, {"en": "Read by Nika."})]
    assert not RightService.objects.filter(pk=other.pk).exists()


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"slug": "rs-victims"}, "must not stand in"),
        ({"safe_title": "Victims"}, "must not stand in"),
        ({"safe_title": ""}, "safe_title is missing"),
        ({"slug": "rs-hearing"}, "stands twice"),
        ({"slug": "si-officers"}, "is taken by another page"),
        ({"key": "rs-court"}, "stands twice"),
        ({"title": {"sl": "Samo"}}, "English title is missing"),
        ({"call": [{"organization": "O999", "why": "?"}]}, "'O999' does not exist"),
        (
            {
                "sections": [
                    {
                        "heading": "A",
                        "rights": [
                            {
                                "id": "R1",
                                "text": "b",
                                "source": "c",
                                "services": [{"service": "S999", "reason": "d"}],
                            }
                        ],
                    }
                ]
            },
            "'S999' does not exist",
        ),
        ({"sections": [{}]}, "not written as it must be"),
        ({"call": None}, "not written as it must be"),
    ],
)
def test_bad_record_is_named_and_nothing_changes(serbia, values, message):
    before = state()
    change(serbia, "rs-health", summary="A good change.")
    change(serbia, **values)
    with pytest.raises(UnreadableImport, match=message):
        load_pages(serbia, name="serbia")
    assert state() == before


def test_broken_file_is_named(serbia):
    (serbia.data / "pages" / "en" / "rs-police.json").write_text("{", encoding="utf-8")
    with pytest.raises(UnreadableImport, match=r"rs-police\.json, line 1"):
        load_pages(serbia, name="serbia")


def test_page_for_every_country_leaves_out_bodies_of_a_pack_not_loaded():
    Organization.objects.filter(fact_id__in=["O1", "O3"]).delete()
    assert load_pages(pack_of("SI"), name="slovenia").updated == ["pro", "pro/sr-latn", "pro/sl"]
    raw = raw_stream(page_of("pro", Locale.get_default()))
    (calls,) = [block["value"] for block in raw if block["type"] == "call"]
    ljubljana = Organization.objects.get(fact_id="O24")
    assert [item["value"]["organization"] for item in calls] == [ljubljana.pk]


def test_progress_is_told(serbia):
    seen = []
    load_pages(serbia, name="serbia", progress=lambda number, total: seen.append((number, total)))
    total = len(read_pages(serbia, "en"))
    assert seen == [(number, total) for number in range(1, total + 1)]


def texts(raw) -> list[str]:
    """Return every sentence of a raw stream that a visitor reads as the page's own."""
    if isinstance(raw, str):
        return [raw]
    if isinstance(raw, list):
        return [text for item in raw for text in texts(item)]
    if isinstance(raw, dict):
        if raw.get("type") and "id" in raw:
            return texts(raw["value"])
        return [
            text
            for name, value in raw.items()
            if name not in ("key", "source", "law")
            for text in texts(value)
        ]
    return []


@pytest.mark.parametrize("key", ["rs-police", "si-stay", "pro", "rs-overview", "si-court"])
def test_pages_are_written_in_plain_words(key):
    page = page_of(key, Locale.get_default())
    sentences = [
        s for text in texts(raw_stream(page)) for s in re.split(r"[.!?:]\s+|[.!?:]$", text) if s.strip()
    ]
    lengths = [len(sentence.split()) for sentence in sentences]
    assert max(lengths) <= 20
    assert sum(lengths) / len(lengths) <= 12


def test_no_phone_number_stands_in_a_text():
    for page in RightsPage.objects.all():
        text = " ".join(texts(raw_stream(page)))
        assert not re.search(r"\+\d|\d[\d ()/-]{5,}\d|\b(192|193|194|112|113)\b", text), page.key


# --- the command ------------------------------------------------------------------------------------------


def run(*args: str) -> str:
    out = StringIO()
    call_command("load_packs", *args, stdout=out)
    return out.getvalue()


@pytest.fixture
def small_packs(monkeypatch, serbia, tmp_path) -> dict[str, CountryPack]:
    """One pack whose files are the copied pages only; its directory is in the database already."""
    packs = {"serbia": serbia}
    monkeypatch.setattr(load_packs, "enabled_packs", lambda: packs)
    return packs


def test_command_loads_once_and_skips_what_is_unchanged(small_packs):
    first = run()
    assert f"Serbia, pages: {SERBIAN_FILES} unchanged" in first
    assert "Search index:" in first
    loaded = set(LoadedPack.objects.values_list("name", flat=True))
    assert loaded == {"taxonomies", "lexicon", "finder", "serbia", "site"}
    assert run() == "The packs are loaded already; nothing has changed.\n"


def test_command_loads_a_pack_whose_files_changed(small_packs):
    run()
    change(small_packs["serbia"], summary="The police must listen.")
    assert run("--if-empty") == "The packs are loaded already; nothing has changed.\n"
    assert f"Serbia, pages: 1 updated, {SERBIAN_FILES - 1} unchanged" in run()


def test_command_loads_a_pack_that_was_never_loaded_even_if_another_was(small_packs):
    run()
    LoadedPack.objects.filter(name="serbia").delete()
    assert "Serbia, pages" in run("--if-empty")


def test_command_names_each_problem_in_a_line_and_changes_nothing(small_packs):
    change(small_packs["serbia"], slug="rs-victims", safe_title="")
    before = state()
    with pytest.raises(CommandError) as caught:
        run()
    lines = str(caught.value).splitlines()
    assert lines[0].startswith("Nothing was changed.")
    assert len(lines) >= 3
    assert all(line.startswith("rs-police.json, rs-police: ") for line in lines[1:])
    assert caught.value.returncode == 1
    assert state() == before
    assert not LoadedPack.objects.exists()


def test_digest_tells_which_files_and_which_packs_stand_together(tmp_path, settings):
    file = tmp_path / "a.json"
    file.write_text("1")
    pack = CountryPack(pack_of("RS").country, tmp_path)
    first = load_packs.pack_digest(pack)
    settings.PORTAL_PLUGINS = ["serbia"]
    second = load_packs.pack_digest(pack)
    file.write_text("2")
    assert len({first, second, load_packs.pack_digest(pack)}) == 3


def test_enabled_packs_are_named_like_their_plugins():
    assert list(load_packs.enabled_packs()) == ["serbia", "slovenia"]


def test_services_named_by_rights_exist_in_the_same_country():
    rows = RightService.objects.exclude(page__country="").select_related("page", "service")
    assert rows.count() > 50
    assert {row.service.fact_id for row in rows if row.service.country != row.page.country} == set()
    assert Path(pack_of("RS").data).is_dir()
    assert Service.objects.exists()
