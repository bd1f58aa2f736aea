"""Reading a PO file that somebody uploads: bounded, from memory, each fault as one clear sentence (L10)."""

from __future__ import annotations

import re
from typing import Any

import polib
from django.utils.translation import gettext as _

LARGEST = 5_000_000  # bytes
LINE = re.compile(r"line (\d+)")


class BrokenPoFile(ValueError):
    """A PO file that cannot be used; ``lines`` say why, in the editor's language."""

    def __init__(self, *lines: str) -> None:
        super().__init__(" ".join(lines))
        self.lines = lines


def read_po(content: bytes) -> Any:
    """Return the parsed file; raises :class:`BrokenPoFile`.

    polib takes a text without a line break for the name of a file and would open it: such a text is no PO file.
    """
    if not content.strip():
        raise BrokenPoFile(_("Choose a PO file."))
    if len(content) > LARGEST:
        raise BrokenPoFile(_("The file is larger than 5 MB."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BrokenPoFile(_("The file is not written in UTF-8. Save it as UTF-8.")) from None
    if "\n" not in text.strip() or "\x00" in text:
        raise BrokenPoFile(_("This is no PO file."))
    try:
        return polib.pofile(text, check_for_duplicates=True)
    except (OSError, ValueError, UnicodeError, IndexError, AttributeError, TypeError) as error:
        found = LINE.search(str(error))
        where = _("The mistake is in line %(line)s.") % {"line": found[1]} if found else str(error)[:200]
        raise BrokenPoFile(_("This is no PO file, or it is broken."), where) from error
