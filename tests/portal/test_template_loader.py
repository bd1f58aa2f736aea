"""Templates lose what says nothing: indentation and empty lines of tags, never a space between two words."""

from __future__ import annotations

import pytest

from portal.template_loader import without_indentation


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("<ul>\n  <li>a</li>\n    <li>b</li>\n</ul>", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("<p>\n  {% if a %}\n    a\n  {% endif %}\n</p>", "<p>{% if a %}\na{% endif %}\n</p>"),
        ("a {% if b %}\nb", "a {% if b %}\nb"),
        ('<b>a</b>\n  {% include "b.html" %}\n<b>c</b>', '<b>a</b>\n{% include "b.html" %}\n<b>c</b>'),
    ],
)
def test_space_between_words_stays_and_indentation_goes(template: str, expected: str):
    assert without_indentation(template) == expected


@pytest.mark.parametrize(
    "template",
    [
        "<pre>\n  a\n</pre>",
        "<textarea>\n  a</textarea>",
        "{% blocktranslate %}\n  a\n{% endblocktranslate %}",
    ],
)
def test_template_whose_space_is_shown_or_translated_stays_as_it_is(template: str):
    assert without_indentation(template) == template
