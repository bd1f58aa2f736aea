"""What an editor sees beside the text: how plain it is, sentence by sentence, and what to look at again (R75)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import cached_property
from wagtail.admin.panels import Panel
from wagtail.fields import StreamField

from home import readability
from home.text_checks import numbers_in
from portal import languages
from portal.link_forms import link_faults

# Fields of a page that are running text for a reader, beside its streams.
TEXT_FIELDS = ("intro", "as_of")


@dataclass(frozen=True, slots=True)
class Marks:
    """What was found in a text. ``limits`` are the broken limits of R75, ``long`` the sentences to cut."""

    reading: readability.Reading
    highest_lix: float | None
    limits: tuple[str, ...]
    long: tuple[tuple[str, int], ...]
    numbers: tuple[str, ...]
    links: tuple[str, ...]

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing to look at again."""
        return not (self.limits or self.long or self.numbers or self.links)


def raw_texts(page: Any) -> Iterator[str]:
    """Yield the texts of a page as they are written, mark-up included."""
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            yield from _strings(field.value_from_object(page).raw_data)
        elif field.name in TEXT_FIELDS and (text := getattr(page, field.name, "")):
            yield str(text)


def _strings(raw: Any) -> Iterator[str]:
    return iter(readability.stream_text(list(raw)).splitlines())


def marks_of(page: Any) -> Marks:
    """Measure a page in its own language; no query beside the page's locale."""
    code = page.locale.language_code if page.locale_id else languages.DEFAULT_LANGUAGE
    texts = list(raw_texts(page))
    whole = "\n".join(texts)
    reading = readability.measure(whole, code)
    long = tuple((text, readability.measure(text, code).longest) for text in readability.too_long(whole))
    return Marks(
        reading=reading,
        highest_lix=readability.highest_lix(code),
        limits=tuple(readability.faults(reading, code)),
        long=long,
        numbers=tuple(numbers_in(texts)),
        links=tuple(link_faults(texts)),
    )


class ReadingPanel(Panel):  # type: ignore[misc]  # Wagtail is untyped
    """Shows the marks of the text as it was saved last; needs no script."""

    class BoundPanel(Panel.BoundPanel):  # type: ignore[misc]  # Wagtail is untyped
        """The panel of one page."""

        template_name = "home/admin/reading_panel.html"

        @cached_property
        def marks(self) -> Marks | None:
            """The marks of a page that was saved; a new page has none."""
            return marks_of(self.instance) if self.instance.pk else None

        @property
        def language(self) -> languages.Language:
            """The language that the page is written in."""
            return languages.get(self.instance.locale.language_code)
