"""Pages kept in memory: the same as made anew, until anything is written or the clock says so; nothing of anybody."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as portal_settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.utils import timezone

from directory.models import Service
from portal import page_cache
from portal.kept import prefix
from portal.links import HIDDEN_STEPS
from portal.opaque import filter_code
from portal.page_cache import PageCacheMiddleware, Store, Watch, cacheable, holds_until
from tests.flows.pages import PAGES, address

KEPT = (
    "front",
    "rights page",
    "services",
    "service",
    "organizations",
    "organization",
    "finder",
    "places of the larger country",
)


@pytest.fixture
def store(settings, monkeypatch) -> Store:
    """A store of its own that believes a number which a test may change."""
    settings.PORTAL_PAGE_CACHE_BYTES = 1_000_000
    made = Store()
    made._watch.number = 7
    monkeypatch.setattr(Watch, "version", lambda self: self.number)
    monkeypatch.setattr(page_cache, "store", made)
    return made


@pytest.mark.parametrize("name", KEPT)
@pytest.mark.django_db
def test_page_from_memory_is_the_page_that_was_made_and_asks_nothing(name, store, django_assert_num_queries):
    for code in ("en", "sr-cyrl", "ar"):
        url = address(name, code)
        first = Client().get(url)
        with django_assert_num_queries(0):
            again = Client().get(url)
        fresh = _without_cache(url)
        assert again.content == first.content == fresh.content
        assert dict(again.items()) == dict(first.items()) == dict(fresh.items())
        assert again["Cache-Control"] == "no-store"


def _without_cache(url: str) -> HttpResponse:
    with override_settings(PORTAL_PAGE_CACHE_BYTES=0):
        return Client().get(url)


@pytest.mark.django_db
def test_every_page_that_is_kept_is_the_same_for_everybody(store):
    """Whatever is in memory after a tour of every kind of page says the same when it is made again."""
    urls = {f"{prefix_}{address(name, 'en')}" for name in PAGES for prefix_ in ("", HIDDEN_STEPS)}
    for url in urls:
        Client().get(url)
    held = {key[2]: page.content for key, page in store._pages.items()}
    assert len(held) > 20
    assert held.keys() <= urls
    for url, content in held.items():
        assert _without_cache(url).content == content, url


@pytest.mark.django_db
def test_nothing_that_says_something_of_a_visitor_is_kept(store):
    service = Service.objects.for_visitors().order_by("key").first()
    names = ("typed services", "filtered services", "note", "note sent")
    urls = [address(name, "en") for name in names]
    urls += [
        f"{prefix([service.code])}/en/",
        f"{prefix([service.code])}/en/list/",
        f"/en/services/?f={filter_code('need', 'shelter')}",
        "/en/services/?f=x",
        "/en/?secret=1",
        "/en/nothing-is-here/",
        "/exit/en",
        "/",
    ]
    for url in urls:
        Client().get(url, headers={"accept-language": "sr"})
    Client().post("/en/services/", {"words": "house"})
    Client().head("/en/")
    assert not store._pages


@pytest.mark.django_db
def test_editors_get_no_kept_page_and_leave_none(store, client):
    client.force_login(get_user_model().objects.create_superuser("editor", password="x" * 14))
    client.get("/en/")
    assert not store._pages
    Client().get("/en/")
    (key,) = store._pages
    store._pages[key] = page_cache.Page(b"kept", (("Content-Type", "text/html"),), float("inf"), None, "en")
    assert client.get("/en/").content != b"kept"
    assert Client().get("/en/").content == b"kept"


@pytest.mark.django_db
def test_a_commit_anywhere_makes_pages_anew(store, settings):
    settings.PORTAL_SITE_SECONDS = None
    service = Service.objects.for_visitors().filter(fact_id="S43").get()
    url = f"/en/services/{service.code}/"
    before = Client().get(url).content.decode()
    Service.objects.filter(pk=service.pk).update(name_en="Another name of this service")
    assert Client().get(url).content.decode() == before  # nothing was committed yet
    store._watch.number += 1
    assert "Another name of this service" in Client().get(url).content.decode()


@pytest.mark.django_db
def test_page_that_was_overtaken_by_a_commit_is_not_kept(store, rf):
    @cacheable
    def view(request):
        store._watch.number += 1
        return HttpResponse("made of two states")

    PageCacheMiddleware(view)(rf.get("/en/"))
    assert not store._pages


def test_settings_of_the_site_may_lag_so_a_new_state_is_kept_only_later(settings, monkeypatch):
    settings.PORTAL_SITE_SECONDS, settings.PORTAL_PAGE_CACHE_BYTES = 5, 1_000
    now = [100.0]
    monkeypatch.setattr(Watch, "version", lambda self: 1)
    store = Store(clock=lambda: now[0])
    page = page_cache.Page(b"page", (), float("inf"), None, "en")
    store.state()
    for second, is_kept in ((100, False), (104.9, False), (105, True)):
        now[0] = second
        store.keep(("key",), page, 1)
        assert (store.get(("key",), 0) is not None) == is_kept


@pytest.mark.django_db
def test_page_holds_until_the_clock_changes_what_it_says(store, monkeypatch):
    moment = [datetime(2026, 11, 25, 7, 59, tzinfo=UTC)]

    @cacheable
    def view(request):
        holds_until(datetime(2026, 11, 25, 8, 0, tzinfo=UTC))
        holds_until(datetime(2026, 11, 25, 16, 0, tzinfo=UTC))
        holds_until(None)
        return HttpResponse(moment[0].isoformat())

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return moment[0]

    monkeypatch.setattr(page_cache, "datetime", Clock)
    ask = PageCacheMiddleware(view)
    said = []
    for minutes in (0, 0.9, 0.2, 1):
        moment[0] += timedelta(minutes=minutes)
        said.append(ask(RequestFactory().get("/en/")).content.decode()[11:19])
    assert said == ["07:59:00", "07:59:00", "08:00:06", "08:01:06"]  # the last: its end has passed already


@pytest.mark.django_db
def test_page_with_opening_hours_ends_at_their_next_change(store):
    """Every service whose hours are known says until when its page holds: never later than midnight of its place."""
    url = address("services", "en")
    Client().get(url)
    (page,) = store._pages.values()
    assert datetime.now(UTC).timestamp() < page.until <= (timezone.now() + timedelta(hours=25)).timestamp()


@pytest.mark.django_db
def test_zipped_and_plain_hosts_and_schemes_are_kept_apart(store):
    plain = Client().get("/en/")
    zipped = Client().get("/en/", headers={"accept-encoding": "gzip, br"})
    Client().get("/en/", headers={"host": "localhost"})
    Client().get("/en/", secure=True)
    assert len(store._pages) == 4
    assert "Content-Encoding" not in plain
    assert Client().get("/en/", headers={"accept-encoding": "gzip"})["Content-Encoding"] == "gzip"
    assert zipped["Content-Encoding"] == "gzip"


@pytest.mark.django_db
def test_memory_is_bounded_and_the_longest_unasked_page_goes_first(store, settings):
    Client().get("/en/")
    settings.PORTAL_PAGE_CACHE_BYTES = int(store._bytes * 2.5)
    Client().get("/sl/")
    Client().get("/en/")
    Client().get("/sr-latn/")
    assert {key[2] for key in store._pages} == {"/en/", "/sr-latn/"}
    assert store._bytes == sum(len(page.content) for page in store._pages.values())


@pytest.mark.django_db
def test_log_says_the_same_of_a_kept_page(store, caplog):
    caplog.set_level("INFO", "portal.access")
    for _again in range(2):
        Client().get("/sl/services/")
    first, second = (record.args[1:4] for record in caplog.records if record.name == "portal.access")
    assert first == second == ("directory:services", 200, "sl")


def test_watch_sees_commits_of_others_only_when_they_are_done(tmp_path, monkeypatch):
    file = tmp_path / "a folder" / "db.sqlite3"
    file.parent.mkdir()
    other = sqlite3.connect(file)
    other.execute("PRAGMA journal_mode=WAL")
    other.execute("CREATE TABLE t (x)")
    other.commit()
    monkeypatch.setitem(connection.settings_dict, "NAME", str(file))
    monkeypatch.setattr(connection, "vendor", "sqlite", raising=False)
    watch = Watch()
    before = watch.version()
    assert watch.version() == before is not None
    other.execute("INSERT INTO t VALUES (1)")
    assert watch.version() == before
    other.commit()
    assert watch.version() != before


@pytest.mark.parametrize("vendor", ["postgresql", "sqlite"])
def test_nothing_is_kept_where_nobody_can_tell_a_change(vendor, tmp_path, monkeypatch):
    monkeypatch.setattr(connection, "vendor", vendor, raising=False)
    monkeypatch.setitem(connection.settings_dict, "NAME", str(tmp_path / "none" / "there.sqlite3"))
    assert Watch().version() is None


def test_only_the_embedded_engine_on_sqlite_keeps_pages():
    assert portal_settings.PORTAL_PAGE_CACHE_BYTES == 0  # in tests
    from portal.settings import base

    embedded = base.SEARCH_ENGINE == "search.engines.embedded.EmbeddedEngine"
    assert (base.PORTAL_PAGE_CACHE_BYTES > 0) == embedded
