"""The index follows each change after its commit, loses nothing when a process is killed, and turns at once."""

from __future__ import annotations

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.utils.module_loading import import_string

from portal.plugins import IndexSource, SearchDocument, SearchQuery
from search import index
from search.models import IndexedDocument, IndexGeneration, PendingRefresh

DatabaseEngine = import_string(settings.SEARCH_ENGINE)  # the one of the database that the tests run on
pytestmark = pytest.mark.django_db


class Things:
    """Records of a kind of their own, kept in a dictionary instead of a table."""

    kind = "thing"

    def __init__(self) -> None:
        self.names = {"a": "Kapija", "b": "Most"}

    def documents(self, keys=None):
        wanted = self.names if keys is None else [key for key in keys if key in self.names]
        return [
            SearchDocument("thing", key, {"sr-latn": {"name": self.names[key]}}, static_key=key)
            for key in wanted
        ]


@pytest.fixture
def things(settings, monkeypatch):
    made = Things()
    monkeypatch.setattr(index, "_indexes", {"thing": made})
    index.rebuild_all()
    return made


def found(words: str = "") -> list[str]:
    return [hit.key for hit in DatabaseEngine().search(SearchQuery("thing", words=words)).hits]


def test_refresh_is_done_after_the_commit_and_leaves_no_note(things, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        things.names["a"] = "Tunel"
        index.refresh("thing", ["a"])
        assert found("tunel") == []
    assert (found("tunel"), found("kapija"), index.lag()) == (["a"], [], 0)


def test_refresh_of_a_record_that_is_gone_removes_it(things, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        del things.names["b"]
        index.refresh("thing", ["b", "never there"])
    assert found() == ["a"]


def test_note_of_a_killed_process_is_indexed_by_the_next_look(things):
    things.names["a"] = "Tunel"
    index.refresh("thing", ["a"])  # the callback of this test's transaction never runs
    assert (found("tunel"), index.lag() > 0) == ([], True)
    assert index.process_pending() == 1
    assert (found("tunel"), index.lag()) == (["a"], 0)


def test_queue_leaves_the_note_for_its_worker(things, settings, django_capture_on_commit_callbacks):
    settings.SEARCH_QUEUE = True
    with django_capture_on_commit_callbacks(execute=True):
        things.names["a"] = "Tunel"
        index.refresh("thing", ["a"])
    assert (found("tunel"), PendingRefresh.objects.count()) == ([], 1)
    call_command("run_search_queue", "--once", stdout=StringIO())
    assert (found("tunel"), PendingRefresh.objects.count()) == (["a"], 0)


def test_rebuild_takes_what_changed_while_it_ran(things):
    def changing(keys):
        documents = things.documents(keys)
        if keys is None:  # somebody edits and indexes while the new generation is being written
            things.names["a"] = "Tunel"
            DatabaseEngine().index(things.documents(["a"]))
        return documents

    DatabaseEngine().rebuild([IndexSource("thing", changing)])
    assert (found("tunel"), found("kapija"), found("most")) == (["a"], [], ["b"])


def test_rebuild_that_dies_leaves_the_old_index_and_the_next_one_sweeps(things):
    def dying(kind, done, of):
        raise KeyboardInterrupt

    before = IndexGeneration.objects.get().generation
    things.names["a"] = "Tunel"
    with pytest.raises(KeyboardInterrupt):
        DatabaseEngine().rebuild([IndexSource("thing", things.documents)], dying)
    assert IndexedDocument.objects.exclude(generation=before).exists()
    assert (found("kapija"), IndexGeneration.objects.get().generation) == (["a"], before)
    index.rebuild_all()
    assert (found("tunel"), found("kapija")) == (["a"], [])
    assert set(IndexedDocument.objects.values_list("generation", flat=True)) == {before + 1}


def test_command_shows_a_bar_and_builds_only_when_needed(things):
    out = StringIO()
    call_command("rebuild_index", stdout=out)
    assert f"[{'#' * 30}] 2/2" in out.getvalue()
    out = StringIO()
    call_command("rebuild_index", "--if-needed", stdout=out)
    assert out.getvalue() == "The search index is up to date.\n"
    IndexGeneration.objects.update(analysis_version="older")
    out = StringIO()
    call_command("rebuild_index", "--if-needed", stdout=out)
    assert "made by another analysis" in out.getvalue()
    assert DatabaseEngine().health() == ""


class Terminal(StringIO):
    """Takes what is printed, and says that somebody looks at it."""

    def isatty(self) -> bool:
        return True


def test_command_draws_the_bar_over_itself_on_a_terminal(things, monkeypatch):
    monkeypatch.setattr("search.engines.database.BATCH", 1)
    out = Terminal()
    call_command("rebuild_index", stdout=out, no_color=True)
    drawn = [line.strip() for line in out.getvalue().partition("\n")[0].split("\r") if line]
    assert [line.split()[-1] for line in drawn] == ["1/2", "2/2"]
    assert [line.count("#") for line in drawn] == [15, 30]


def test_order_holds_for_records_that_came_after_the_rebuild(things):
    engine = DatabaseEngine()
    late = [SearchDocument("thing", key, static_key=key) for key in ("c", "0", "aa")]
    engine.index(late)
    assert found() == ["0", "a", "aa", "b", "c"]
    pages = [engine.search(SearchQuery("thing", offset=at, limit=2)).hits for at in (0, 2, 4)]
    assert [[hit.key for hit in page] for page in pages] == [["0", "a"], ["aa", "b"], ["c"]]
