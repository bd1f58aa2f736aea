"""PO files of pages: out with what is there, in with every fault named (trap L10)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail_localize.models import Translation, UnknownContext, UnknownString

from home.translation_sync import save_translation
from portal.po import BrokenPoFile, read_po

ID_HEADER = "X-WagtailLocalize-TranslationID"
__all__ = ["BrokenPoFile", "export_page_po", "import_page_po"]


def export_page_po(translation: Translation) -> str:
    """Return the page's sentences with their translations as the text of a PO file; it names its language."""
    po = translation.export_po()
    po.metadata["Language"] = translation.target_locale.language_code
    return str(po)


def import_page_po(
    translation: Translation, content: bytes, *, user: Any = None, machine: bool = False
) -> int:
    """Read a PO file into a page's translation, all or nothing; return how many sentences it holds.

    A draft is written; nothing goes live. Raises :class:`BrokenPoFile` with what is wrong: no PO file, another
    page, another language, sentences that the page does not have.
    """
    po = read_po(content)
    _check_header(translation, po)
    with transaction.atomic():
        kind = "machine" if machine else "manual"
        warnings = translation.import_po(po, user=user, translation_type=kind, tool_name="PO file")
        unknown = [
            line for warning in warnings if not po[warning.index].obsolete and (line := _said(warning))
        ]
        if unknown:
            raise BrokenPoFile(*unknown[:20])
        save_translation(translation, user=user)
    return sum(bool(entry.msgstr) for entry in po if not entry.obsolete)


def _check_header(translation: Translation, po: Any) -> None:
    own, found = str(translation.uuid), po.metadata.get(ID_HEADER, "")
    if not found:
        raise BrokenPoFile(
            _("The file does not say which translation it is for."),
            _("Download the PO file of this page and write into that one."),
        )
    if found != own:
        other = (
            Translation.objects.filter(uuid=found).select_related("source").first()
            if _is_uuid(found)
            else None
        )
        name = other.source.object_repr if other else ""
        said = _("The file is for another page: %(title)s.") % {"title": name} if name else ""
        raise BrokenPoFile(said or _("The file is for another page."))
    language, wanted = po.metadata.get("Language", ""), translation.target_locale.language_code
    if language and language.replace("_", "-").lower() != wanted:
        raise BrokenPoFile(
            _("The file is in another language: %(found)s instead of %(wanted)s.")
            % {"found": language, "wanted": wanted}
        )


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _said(warning: Any) -> str:
    """Return what a warning means; a sentence that only moved is none."""
    if isinstance(warning, UnknownString):
        return _("Entry %(number)d: the page has no such sentence: “%(text)s”.") % {
            "number": warning.index + 1,
            "text": warning.string[:80],
        }
    if isinstance(warning, UnknownContext):
        return _("Entry %(number)d: the page has no such place: “%(text)s”.") % {
            "number": warning.index + 1,
            "text": str(warning.context)[:80],
        }
    return ""
