"""The commands that show coverage and eligibility, and the crawler that sees what a visitor sees."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from directory.management.commands import coverage
from directory.management.commands.eligibility_table import table
from directory.management.crawler import Answer, Seen, crawl, fetch_from, short
from directory.models import Organization, Service
from portal.opaque import filter_code

PAGES = {
    "/en/": '<a href="/en/services/">x</a><a href="/en/services/?f=abcd.efgh">y</a><a href="/sl/">z</a>'
    '<a href="/exit/en">exit</a><a href="https://example.org/">other</a><link href="/en/style/">',
    "/en/services/": '<a href="bcdfg/">s</a><a href="?page=2">next</a>',
    "/en/services/?page=2": '<a href="/en/services/hjkmn/">s</a><a href="/en/organizations/pqrst/?f=rsrs">o</a>',
    "/en/services/bcdfg/": '<a href="/en/moved/">m</a>',
    "/en/services/hjkmn/": "",
    "/en/organizations/pqrst/": '<li id="r84"></li><li id="right-R85"></li><p id="rights"></p>',
}


def fetch_page(path):
    if path == "/en/moved/":
        return Answer(302, "/en/", "")
    return Answer(200, "", PAGES[path]) if path in PAGES else Answer(404, "", "")


def run(*arguments):
    out = StringIO()
    call_command("coverage", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def seen_of_database():
    """What a perfect site would show."""
    seen = Seen(pages=1)
    seen.services = set(Service.objects.for_visitors().values_list("code", flat=True))
    seen.organizations = set(Organization.objects.published().values_list("code", flat=True))
    seen.rights = coverage.rights_in_database()
    slugs = coverage.TaxonomyTerm.objects.filter(taxonomy__key="needs").values_list("slug", flat=True)
    seen.facets = {filter_code("need", slug) for slug in slugs}
    return seen


def test_crawler_follows_links_and_pages_but_no_filter_and_no_other_host():
    seen = crawl(fetch_page, "en")
    assert seen.services == {"bcdfg", "hjkmn"}
    assert seen.organizations == {"pqrst"}
    assert seen.rights == {"R84", "R85"}
    assert seen.facets == {"abcd", "efgh", "rsrs"}
    assert seen.broken == []


@pytest.mark.parametrize(("inside", "found"), [("sl", {"R1", "P2", "G3", "H4"}), ("en", set())])
def test_crawler_counts_facts_in_the_language_asked_for_only(inside, found):
    ids = "".join(f'<li id="{name}"></li>' for name in ("r1", "p2", "g3", "h4", "part5", "s6"))
    page = f'<html lang="sl"><main lang="{inside}">{ids}</main></html>'
    assert crawl(lambda path: Answer(200, "", page), "sl").rights == found


def test_coverage_asks_the_first_languages_for_every_row_and_others_for_their_pages():
    everything = coverage.told_ids("en")
    assert len(everything) == len(set(everything)) == 139 + 7 + 12 + 11
    seen = Seen(rights=set(everything) - {"P3"})
    assert coverage.told_in("sl", seen).missing == coverage.told_in("sr-cyrl", seen).missing == ("P3",)
    arabic = coverage.told_in("ar", seen)
    assert 0 < arabic.wanted < len(everything)
    assert arabic.line == f"In ar: {arabic.wanted} of {arabic.wanted} rows found in texts"


def test_crawler_names_broken_links():
    assert crawl(lambda path: Answer(500, "", ""), "en").broken == ["500 /en/"]


def test_fetch_reads_a_running_site():
    class Site(BaseHTTPRequestHandler):
        def do_GET(self):
            answer = fetch_page(self.path)
            self.send_response(answer.status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if answer.location:
                self.send_header("Location", f"http://{self.headers['Host']}{answer.location}")
            self.end_headers()
            self.wfile.write(answer.text.encode())

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        seen = crawl(fetch_from(f"http://127.0.0.1:{server.server_port}"), "en")
    finally:
        server.shutdown()
        server.server_close()
    assert seen.services == {"bcdfg", "hjkmn"}
    assert seen.broken == []


@pytest.mark.parametrize("address", ["127.0.0.1:8000", "file:///etc/passwd", "http://"])
def test_fetch_refuses_what_is_no_site(address):
    with pytest.raises(ValueError, match="is no address of a site"):
        fetch_from(address)


def test_short_keeps_links_of_other_hosts():
    assert short("http://a:1/x/", "http://a:1") == "/x/"
    assert short("http://a:10/x/", "http://a:1") == "http://a:10/x/"


@pytest.mark.django_db
def test_coverage_of_a_whole_site_is_complete():
    rows = coverage.compare(coverage.pack_ids(), set(coverage.pack_ids()), seen_of_database())
    by_state = {row.state for row in rows}
    assert by_state == {"present", "hidden: publication", "hidden: publish", "hidden: audience"}
    hidden = {row.fact_id: row.state for row in rows if row.state != "present"}
    assert {state for fact_id, state in hidden.items() if fact_id.startswith("S")} == {
        "hidden: publication",
        "hidden: audience",
    }


@pytest.mark.django_db
def test_coverage_row_that_no_page_shows_is_missing():
    seen = seen_of_database()
    service = Service.objects.get(fact_id="S47")
    seen.services.discard(service.code)
    (row,) = coverage.compare(["S47"], {"S47"}, seen)
    assert row.state == coverage.MISSING


@pytest.mark.django_db
def test_coverage_hidden_row_that_a_page_shows_is_a_fault():
    seen = seen_of_database()
    service = Service.objects.filter(publication="hidden")[0]
    seen.services.add(service.code)
    (row,) = coverage.compare([service.fact_id], {service.fact_id}, seen)
    assert row.state == coverage.SHOWN


@pytest.mark.django_db
def test_coverage_row_lost_from_the_database_is_missing(tmp_path):
    Service.objects.get(fact_id="S47").delete()
    with pytest.raises(CommandError, match="S47 MISSING"):
        run("--write", str(tmp_path / "coverage.md"))
    assert "| S47 | yes | no | – | MISSING |" in (tmp_path / "coverage.md").read_text(encoding="utf-8")


@pytest.mark.django_db
def test_coverage_fact_that_no_pack_brings_is_missing(tmp_path):
    facts = {"organizations": [], "needs": [], "services": [{"id": "S999"}], "rights": []}
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(facts), encoding="utf-8")
    with pytest.raises(CommandError, match="S999 MISSING"):
        run("--facts", str(path))


@pytest.mark.django_db
def test_coverage_broken_facts_are_one_clear_sentence(tmp_path):
    path = tmp_path / "facts.json"
    path.write_text("[", encoding="utf-8")
    with pytest.raises(CommandError, match="cannot be read as facts"):
        run("--facts", str(path))


@pytest.mark.django_db
def test_coverage_unreachable_site_is_one_clear_sentence():
    with pytest.raises(CommandError, match="The site cannot be crawled"):
        run("--base-url", "http://127.0.0.1:9")


@pytest.mark.django_db
@pytest.mark.slow
def test_coverage_in_process_sees_every_row(tmp_path):
    target = tmp_path / "coverage.md"
    said = run("--in-process", "--write", str(target))
    assert "Services: 104 rows, 97 present, 4 hidden (publication), 3 hidden (audience), 0 missing" in said
    text = target.read_text(encoding="utf-8")
    linked, unlinked = coverage.rights_with_services()
    assert linked + unlinked == 139
    assert f"Rights with at least one service that realises them: {linked}; with none: {unlinked}." in text


@pytest.mark.django_db
def test_eligibility_table_has_a_row_for_every_limited_service(tmp_path):
    target = tmp_path / "eligibility.md"
    call_command("eligibility_table", "--write", str(target), stdout=StringIO())
    rows = [line for line in target.read_text(encoding="utf-8").splitlines() if line.startswith("| S")]
    assert len(rows) == Service.objects.exclude(source_words="").count()
    assert all(line.replace("\\|", "").count("|") == 6 for line in rows)


@pytest.mark.django_db
def test_eligibility_table_keeps_bars_and_lines_inside_a_cell():
    Service.objects.filter(fact_id="S47").update(source_words="a | b\n<script>")
    out = StringIO()
    call_command("eligibility_table", stdout=out)
    assert "| a \\| b &lt;script> |" in out.getvalue()


@pytest.mark.django_db
def test_eligibility_document_is_up_to_date():
    document = Path(__file__).resolve().parents[2] / "docs" / "eligibility.md"
    assert document.read_text(encoding="utf-8") == table()[0]
