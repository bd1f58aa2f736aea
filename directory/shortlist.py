"""The visitor's list: services by the codes in the path, compared side by side, on a card, on a sheet, in a link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from directory import cards
from directory.choices import Coverage
from directory.hours import state_text
from directory.models import Service
from directory.opening import OpeningState
from portal import languages
from portal.localized import LocalizedText, localized
from portal.neutral_words import is_neutral
from portal.plugins.registry import get_country
from portal.qr import qr_svg

ON_A_CARD = 3
"""How many numbers one wallet card of the size of a bank card holds."""

Phones = Sequence[cards.PhoneView]
Words = LocalizedText | str


@dataclass(frozen=True, slots=True)
class Entry:
    """A service on the list with its numbers and whether it is open now."""

    service: Service
    phones: Phones
    state: OpeningState

    @property
    def name(self) -> LocalizedText:
        """Its name for the reader."""
        return localized(self.service, "name")

    @property
    def card(self) -> cards.ServiceCard:
        """It as a card of a list."""
        return cards.service_card(self.service, self.phones, state=self.state)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the comparison: what it is about, and what each service says, in the order of the list."""

    label: str
    cells: tuple[tuple[LocalizedText, Words], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """One point of the sheet in two languages."""

    label: str
    text: Words
    other_label: str
    other_text: Words


@dataclass(frozen=True, slots=True)
class Sheet:
    """A service on paper; ``codes`` are its numbers to call with a picture for a camera, empty without one."""

    name: Words
    other_name: Words
    pairs: tuple[Pair, ...]
    phones: tuple[tuple[cards.PhoneView, SafeString | str], ...]


@dataclass(frozen=True, slots=True)
class WalletLine:
    """A number on the card under a letter; ``name`` says on the screen alone whose it is."""

    letter: str
    phone: cards.PhoneView
    name: LocalizedText


def entries(codes: Sequence[str]) -> list[Entry]:
    """Return the services that these codes name and a visitor may see, in their order; four queries."""
    rows = Service.objects.for_visitors().filter(code__in=codes).select_related("organization")
    found = {service.code: service for service in rows}
    services = [found[code] for code in codes if code in found]
    phones = cards.phones_by_organization(service.organization for service in services)
    states = cards.service_states(services)
    return [
        Entry(service, phones.get(service.organization_id, [])[:2], states[service.pk])
        for service in services
    ]


def points(entry: Entry) -> dict[str, Words]:
    """Return what is said of a service, by its label, in the active language."""
    service = entry.service
    fees: Words = localized(service, "fees_description")
    if not fees:
        known = _("It is free.") if service.is_free else ""
        fees = known or _("We do not know if it costs something. Ask first.")
    found: dict[str, Words] = {
        _("Who gives it"): localized(service.organization, "name"),
        _("When"): _when(entry),
        _("Where"): _where(service),
        _("How to reach it"): localized(service, "application_process"),
        _("For whom"): localized(service, "eligibility_description") or _("Anyone can ask."),
        _("What it costs"): fees,
    }
    if service.is_anonymous:
        found[_("Your name")] = _("No name needed")
    return found


def _when(entry: Entry) -> str:
    own = state_text(entry.state)
    return (
        own
        or next((p.opening or p.hours for p in entry.phones if p.opening or p.hours), "")
        or _("Hours not known")
    )


def _where(service: Service) -> Words:
    country = cards.country_name(service.country)
    if service.coverage != Coverage.LOCAL_OFFER:
        return country
    return LocalizedText(
        f"{country.text}. {_('Only in some municipalities')}", country.language, country.asked
    )


def comparison(found: Sequence[Entry]) -> list[Row]:
    """Return what differs between services and what does not, a row for each point that any of them has."""
    said = [(entry.name, points(entry)) for entry in found]
    labels = dict.fromkeys(label for _name, words in said for label in words)
    rows = [Row(label, tuple((name, words.get(label, "")) for name, words in said)) for label in labels]
    return [row for row in rows if any(text for _name, text in row.cells)]


def wallet(found: Sequence[Entry]) -> list[list[WalletLine]]:
    """Return the numbers for cards, each number once; a letter stands for the service, whose name says too much."""
    lines: dict[str, WalletLine] = {}
    for entry in found:
        for phone in entry.phones:
            letter = ascii_uppercase[len(lines) % len(ascii_uppercase)]
            lines.setdefault(phone.number, WalletLine(letter, phone, entry.name))
    all_lines = list(lines.values())
    return [all_lines[start : start + ON_A_CARD] for start in range(0, len(all_lines), ON_A_CARD)]


def office_language(found: Sequence[Entry], own: str, enabled: Sequence[str]) -> str:
    """Return the language of the office that reads the sheet: that of the first service's country."""
    home = get_country(found[0].service.country) if found else None
    wanted = [home.office_language] if home else []
    wanted += [languages.DEFAULT_LANGUAGE, *enabled]
    return next(code for code in wanted if code in enabled and code != own)


def sheets(found: Sequence[Entry], own: str, other: str, *, whole: bool = False) -> list[Sheet]:
    """Return the services in two languages side by side; only neutral words unless ``whole`` (R17)."""
    with translation.override(other):
        others = [(entry.name, points(entry)) for entry in entries([e.service.code for e in found])]
    with translation.override(own):
        return [
            _sheet(entry, name, words, whole=whole)
            for entry, (name, words) in zip(found, others, strict=True)
        ]


def _sheet(entry: Entry, other_name: Words, others: Mapping[str, Words], *, whole: bool) -> Sheet:
    pairs = [
        Pair(label, text, other_label, other_text)
        for (label, text), (other_label, other_text) in zip(
            points(entry).items(), others.items(), strict=True
        )
        if text and (whole or (_says_little(text) and _says_little(other_text)))
    ]
    named = whole or (_says_little(entry.name) and _says_little(other_name))
    code = format_html("<bdi>{}</bdi>", entry.service.code)
    phones = tuple(
        (
            phone,
            qr_svg(f"tel:{phone.dial}", _("Call: %(number)s") % {"number": phone.number})
            if phone.dial
            else "",
        )
        for phone in entry.phones
    )
    return Sheet(entry.name if named else code, other_name if named else code, tuple(pairs), phones)


def _says_little(text: Words) -> bool:
    return is_neutral(text.text if isinstance(text, LocalizedText) else text)
