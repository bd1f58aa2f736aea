"""What visitors can tell us without an account: about which record or page, which topics, and the signed form.

The packages above register what else can be spoken of; ``kind`` and ``key`` say it in the database, a letter
and a code in the address.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import token_urlsafe

from django.urls import reverse
from django.utils.translation import gettext as _

from directory.cards import phones_by_organization
from directory.choices import FeedbackKind, FeedbackTopic
from directory.models import Organization, Service
from portal import languages
from portal.localized import LocalizedText, localized, stored
from portal.plugins.registry import Link
from portal.sealing import seal, unseal

SECONDS_TO_READ = 2.0
"""A form that comes back faster was not read by a person."""
FORM_SECONDS = 12 * 3600
"""A form is good for half a day: a page may stay open."""

T = FeedbackTopic
ABOUT_RECORD = (T.PHONE, T.CLOSED, T.HOURS, T.COST, T.WHO, T.HARD, T.WORDS, T.DANGER)
ABOUT_PAGE = (T.OUTDATED, T.PHONE, T.LINK, T.HARD, T.WORDS, T.DANGER)
ANSWERS = {"yes": T.ANSWERED, "no": T.SILENT}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a visitor speaks of. ``read_in`` are the codes of the languages in which it can be read."""

    kind: FeedbackKind
    key: str
    code: str
    title: LocalizedText
    english: str
    url: str
    country: str = ""
    can_call: bool = False
    read_in: frozenset[str] = frozenset()

    @property
    def topics(self) -> tuple[FeedbackTopic, ...]:
        """What can be ticked, the gravest last."""
        return ABOUT_PAGE if self.kind == FeedbackKind.PAGE else ABOUT_RECORD

    @property
    def wishes(self) -> list[languages.Language]:
        """The languages that can be asked for: those in which it cannot be read yet."""
        return [each for each in languages.CATALOGUE if each.code not in self.read_in]


Find = Callable[[str], Subject | None]
Links = Callable[[str], list[Link]]
_finders: dict[str, Find] = {}
_links: dict[str, Links] = {}


def register(letter: str, kind: FeedbackKind, find: Find, links: Links) -> None:
    """Let ``find`` return the subject for a code after ``letter`` in the address.

    ``links`` gives editors the way from a key to its page and its form.
    """
    _finders[letter] = find
    _links[kind] = links


def editors_links(kind: str, key: str) -> list[Link]:
    """Return where editors see and change what a row of feedback speaks of; none when it is gone."""
    return _links[kind](key) if kind in _links else []


def find_subject(code: str) -> Subject | None:
    """Return what ``code`` of an address ("s-bcdfg") speaks of; ``None`` when visitors see no such thing."""
    letter, _sign, rest = code.partition("-")
    find = _finders.get(letter)
    return find(rest) if find else None


def note_url(letter: str, code: str) -> str:
    """Return the address of the form about something."""
    return reverse("directory:note", args=[f"{letter}-{code}"])


def _service(code: str) -> Subject | None:
    service = Service.objects.for_visitors().select_related("organization").filter(code=code).first()
    if service is None:
        return None
    return Subject(
        FeedbackKind.SERVICE,
        service.key,
        f"s-{code}",
        localized(service, "name"),
        localized(service, "name", languages.DEFAULT_LANGUAGE).text,
        reverse("directory:service", args=[code]),
        service.country,
        can_call=_has_phones(service.organization),
        read_in=readable(stored(service, "description")),
    )


def _organization(code: str) -> Subject | None:
    organization = Organization.objects.for_visitors().filter(code=code).first()
    if organization is None:
        return None
    return Subject(
        FeedbackKind.ORGANIZATION,
        organization.key,
        f"o-{code}",
        localized(organization, "name"),
        localized(organization, "name", languages.DEFAULT_LANGUAGE).text,
        reverse("directory:organization", args=[code]),
        organization.country,
        can_call=_has_phones(organization),
        read_in=readable(stored(organization, "description") or stored(organization, "name")),
    )


def _has_phones(organization: Organization) -> bool:
    return bool(phones_by_organization([organization]).get(organization.pk))


def readable(codes: Iterable[str]) -> frozenset[str]:
    """Return these languages and those that are derived from them."""
    found = set(codes)
    return frozenset(
        each.code for each in languages.CATALOGUE if each.code in found or each.derived_from in found
    )


def _service_links(key: str) -> list[Link]:
    return _record_links(Service.objects.filter(key=key).first(), "service", "directory_services")


def _organization_links(key: str) -> list[Link]:
    return _record_links(
        Organization.objects.filter(key=key).first(), "organization", "directory_organizations"
    )


def _record_links(record: Service | Organization | None, name: str, desk: str) -> list[Link]:
    if record is None:
        return []
    code = languages.DEFAULT_LANGUAGE
    shown = reverse(f"directory:{name}", args=[record.code])
    return [
        Link(_("As visitors see it"), shown, code),
        Link(_("Its form"), reverse(f"{desk}:edit", args=[record.pk]), code),
    ]


register("s", FeedbackKind.SERVICE, _service, _service_links)
register("o", FeedbackKind.ORGANIZATION, _organization, _organization_links)


def make_token(subject: Subject) -> str:
    """Return a sealed token for a form: what it is about, when it was made, and that it is used once."""
    now = datetime.now(UTC)
    values = {"k": subject.code, "t": f"{now.timestamp():.1f}", "n": token_urlsafe(9)}
    return seal(values, now=now)


def token_state(token: str, subject: Subject) -> str:
    """Return "good", "hasty" for a form that nobody can have read, or "bad" for an old or foreign one."""
    now = datetime.now(UTC)
    opened = unseal(token, now=now, max_age=FORM_SECONDS)
    if opened is None or opened.expired or opened.values.get("k") != subject.code:
        return "bad"
    age = now.timestamp() - float(opened.values.get("t", "0"))
    return "good" if age >= SECONDS_TO_READ else "hasty"
