"""Our templates without their indentation: a twelfth of a page's bytes that say nothing to a reader."""

from __future__ import annotations

import re
from pathlib import Path

from django.template import Origin
from django.template.loaders import app_directories

ROOT = Path(__file__).resolve().parents[1]
OURS = {"portal", "search", "directory", "home", "plugins"}
_INDENTED = re.compile(r"[ \t]*\n[ \t]+")
_ONLY_TAGS = re.compile(
    r"\n(?=(?:{% *(?:load|text|with|endwith|if|elif|else|endif|for|empty|endfor|block|endblock)\b[^%\n]*%})+\n)"
)


class Loader(app_directories.Loader):
    """Read templates of applications."""

    def get_contents(self, origin: Origin) -> str:
        """Return a template's text; only pages of our own packages lose their indentation."""
        text: str = super().get_contents(origin)
        file = Path(origin.name)
        ours = file.is_relative_to(ROOT) and file.relative_to(ROOT).parts[0] in OURS
        return without_indentation(text) if ours and file.suffix == ".html" else text


def without_indentation(text: str) -> str:
    """Return a template with each line at the margin, and tags that show nothing on no line of their own.

    One in which white space may be shown or translated is returned as it is.
    """
    many_lines = any("\n" in part for part in re.findall(r"{% *blocktrans.*?endblocktrans", text, re.DOTALL))
    if many_lines or "<pre" in text or "<textarea" in text:
        return text
    return _ONLY_TAGS.sub("", _INDENTED.sub("\n", text))
