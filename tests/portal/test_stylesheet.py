"""The one inline stylesheet and the hash that the policy allows it by."""

from __future__ import annotations

import base64
import hashlib
import os
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from portal import stylesheet


@pytest.fixture
def own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "site.css"
    monkeypatch.setattr(stylesheet, "STYLESHEET", file)
    stylesheet._minified.cache_clear()
    stylesheet._hash.cache_clear()
    yield file
    stylesheet._minified.cache_clear()
    stylesheet._hash.cache_clear()


def write(file: Path, css: str, modified: int) -> None:
    file.write_text(css, encoding="utf-8")
    os.utime(file, ns=(modified, modified))


def test_inline_css_drops_comments_and_spare_space(own_file: Path):
    write(own_file, "/* a\n ; */\na:hover ,\n b > c {\n  color : red ;\n  margin: 0 1px;\n}\n", 1)
    assert stylesheet.inline_css() == "a:hover,b>c{color :red;margin:0 1px}"


def test_inline_css_keeps_what_space_means_in_values(own_file: Path):
    write(own_file, "a { width: calc(1px + 2px) } @media (min-width: 40em) and (hover) { b c { x: y } }", 1)
    assert stylesheet.inline_css() == "a{width:calc(1px + 2px)}@media (min-width:40em) and (hover){b c{x:y}}"


def test_csp_hash_is_of_what_stands_in_the_page():
    digest = hashlib.sha256(stylesheet.inline_css().encode()).digest()
    assert stylesheet.csp_hash() == "sha256-" + base64.b64encode(digest).decode()


def test_a_changed_file_is_read_again(own_file: Path):
    write(own_file, "a { color: red }", 1)
    before = stylesheet.inline_css(), stylesheet.csp_hash()
    write(own_file, "a { color: blue }", 2)
    assert stylesheet.inline_css() == "a{color:blue}"
    assert stylesheet.csp_hash() != before[1]


def test_an_unchanged_file_is_read_once(own_file: Path):
    write(own_file, "a { color: red }", 1)
    stylesheet.inline_css()
    write(own_file, "b { color: red }", 1)
    assert stylesheet.inline_css() == "a{color:red}"


def test_sheets_follow_what_every_page_has():
    assert stylesheet.inline_css("cards", "texts").startswith(stylesheet.inline_css())
    assert stylesheet.inline_css("cards") in stylesheet.inline_css("cards", "texts")


def test_sheet_that_does_not_exist_is_named():
    with pytest.raises(ValueError, match="no sheet 'card'; there are cards,"):
        stylesheet.inline_css("card")


@pytest.mark.parametrize("path", ["/", "/en/", "/en/services/", "/en/no/such/page/", "/sl/search/"])
def test_style_of_a_page_is_the_one_that_its_policy_allows(path: str, db: None):
    answer = Client().get(path)
    style = BeautifulSoup(answer.content, "html.parser").style.get_text()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'self' 'sha256-{digest}';" in answer["Content-Security-Policy"]


def test_the_stylesheet_cannot_close_its_own_element_and_loads_nothing():
    css = stylesheet.inline_css(*stylesheet.sheet_names())
    assert "</" not in css
    assert "url(" not in css
    assert "@import" not in css
