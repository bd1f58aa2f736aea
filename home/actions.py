"""Every change of the pages by the program: the site's frame, and the pages that packs bring."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Q
from wagtail.models import Locale, Page, Site, Workflow, WorkflowPage, WorkflowTask

from directory.actions import ImportReport
from directory.actions.columns import assign, digest
from directory.choices import NoteKind
from directory.importers import read_pages
from directory.importers.errors import ImportProblem, UnreadableImport
from directory.importers.files import read_json
from directory.models import EditorNote, Organization, Service
from home.addresses import RIGHTS_SLUG
from home.kinds import KINDS, page_of
from home.models import (
    CONTENT,
    GlossaryTerm,
    HomePage,
    RightService,
    RightsIndexPage,
    RightsPage,
    SecondReaderTask,
)
from home.page_records import content_of, values_of
from home.site_pack import SITE_PACK, SITE_PACK_NAME
from home.translations import is_edited, load_translations
from portal import languages
from portal.neutral_words import telling_words
from portal.plugins import CountryPack, PageRecord
from portal.tasks import gather_tasks

Progress = Callable[[int, int], None]
HOME_SLUG = "front"
# Wagtail stores one name and shows it as it stands: so it says it in each language of the desk.
SECOND_READER = "Drugi čitalac · Drugi bralec · Second reader"
ENGLISH = {"locale__language_code": languages.DEFAULT_LANGUAGE}


def ensure_site() -> RightsIndexPage:
    """Make what every portal has: a locale and a home page per language, the site, the list of rights.

    Doing it twice changes nothing. Returns the English list of rights.
    """
    with transaction.atomic(), gather_tasks():
        locales = [Locale.objects.get_or_create(language_code=code)[0] for code in settings.PORTAL_LANGUAGES]
        english = next(each for each in locales if each.language_code == languages.DEFAULT_LANGUAGE)
        home = HomePage.objects.filter(locale=english).first() or _create_home(english)
        known = set(home.get_translations(inclusive=True).values_list("locale_id", flat=True))
        for locale in locales:
            if locale.pk not in known:
                publish(home.copy_for_translation(locale))
        found = RightsIndexPage.objects.filter(locale=english).child_of(home).first()
        index: RightsIndexPage = found or _create_index(home)
        return index


def _create_home(english: Locale) -> HomePage:
    """Create the English home page as the site's root, in place of Wagtail's welcome page."""
    home = HomePage(title=settings.PORTAL_NAME, slug=HOME_SLUG, locale=english, live=False)
    Page.get_first_root_node().add_child(instance=home)
    publish(home)
    site = Site.objects.filter(is_default_site=True).first() or Site(
        hostname="localhost", is_default_site=True
    )
    site.root_page, site.site_name = home, settings.PORTAL_NAME
    site.save()
    for page in Page.objects.filter(depth=2, numchild=0, content_type__model="page"):
        page.delete()
    return home


def _create_index(home: HomePage) -> RightsIndexPage:
    found = RightsIndexPage(title="Your rights", slug=RIGHTS_SLUG, locale=home.locale, live=False)
    HomePage.objects.get(pk=home.pk).add_child(instance=found)
    publish(found)
    index: RightsIndexPage = RightsIndexPage.objects.get(pk=found.pk)
    return index


def publish(page: Any) -> None:
    """Publish a page as it stands, with a revision."""
    page.save_revision().publish()


def load_pages(pack: CountryPack, *, name: str, progress: Progress | None = None) -> ImportReport:
    """Create or update the English page of each of a pack's records, with its links to services.

    A page that was edited here is kept, with a note for editors; one that was unpublished stays so. The
    directory of the pack is loaded before. Raises ``UnreadableImport`` and changes nothing when a record
    cannot be used.
    """
    records = sorted(_read(pack), key=lambda record: (not record.key.endswith("overview"), record.key))
    report = ImportReport()
    with transaction.atomic(), gather_tasks():
        index = ensure_site()
        organizations = _ids(Organization, {name for record in records for name, _ in record.call})
        services = _ids(Service, {name for record in records for name in _services_of(record)})
        problems = [
            text for record in records for text in _problems(record, records, organizations, services)
        ]
        if problems:
            raise UnreadableImport(problems)
        for number, record in enumerate(records, 1):
            _load_page(record, index, name, organizations, services, report)
            if progress:
                progress(number, len(records))
        load_translations(pack, name=name, organizations=organizations, report=report)
    return report


def _read(pack: CountryPack) -> Sequence[PageRecord]:
    try:
        return read_pages(pack, languages.DEFAULT_LANGUAGE)
    except (KeyError, TypeError, AttributeError) as error:
        problem = ImportProblem(
            "pages/en", pack.country.code, f"a page is not written as it must be: {error}"
        )
        raise UnreadableImport([problem]) from error


def _ids(model: Any, names: set[str]) -> dict[str, int]:
    """Return the ids of records by the name that a page uses: a row of the source list, or a key."""
    rows = model.objects.filter(Q(fact_id__in=names - {""}) | Q(key__in=names)).values_list(
        "pk", "key", "fact_id"
    )
    return {name: pk for pk, key, fact_id in rows for name in (key, fact_id) if name in names}


def _services_of(record: PageRecord) -> list[str]:
    return [name for section in record.sections for right in section.rights for name, _ in right.services]


def _problems(
    record: PageRecord,
    records: Iterable[PageRecord],
    organizations: Mapping[str, int],
    services: Mapping[str, int],
) -> list[ImportProblem]:
    """Return what is wrong with a record. A page for every country may name bodies of a pack not loaded."""
    bad = [f"“{word}” must not stand in {record.slug!r}" for word in telling_words(record.slug)]
    bad += [f"“{word}” must not stand in {record.safe_title!r}" for word in telling_words(record.safe_title)]
    bad += [] if record.safe_title else ["safe_title is missing"]
    bad += [] if record.title.get(languages.DEFAULT_LANGUAGE) else ["the English title is missing"]
    others = [other for other in records if other is not record]
    bad += [f"the slug {record.slug!r} stands twice" for other in others if other.slug == record.slug]
    bad += [f"the key {record.key!r} stands twice" for other in others if other.key == record.key]
    if record.kind not in KINDS:
        return [ImportProblem(f"{record.key}.json", record.key, f"no kind of page is called {record.kind!r}")]
    taken = {page.key for kind in CONTENT for page in kind.objects.filter(slug=record.slug, **ENGLISH)}
    bad += [f"the slug {record.slug!r} is taken by another page" for key in taken if key != record.key]
    if record.country:
        bad += [
            f"organization {name!r} does not exist" for name, _ in record.call if name not in organizations
        ]
    bad += [f"service {name!r} does not exist" for name in _services_of(record) if name not in services]
    return [ImportProblem(f"{record.key}.json", record.key, text) for text in bad]


def _load_page(
    record: PageRecord,
    index: RightsIndexPage,
    pack: str,
    organizations: Mapping[str, int],
    services: Mapping[str, int],
    report: ImportReport,
) -> None:
    values = values_of(record, organizations)
    named = sorted(name for name, _ in record.call if name in organizations)
    mark = digest({"record": digest(record), "named": named})
    kind = KINDS[record.kind]
    stored = page_of(record.key, index.locale)
    if stored is not None and not isinstance(stored, kind) and _leave_old_type(stored):
        stored = None
    if stored is not None and stored.loaded_digest == mark:
        report.unchanged.append(record.key)
        return
    if stored is None:
        stored = _create_page(index, kind(key=record.key, locale=index.locale), values, mark, pack)
        report.created.append(record.key)
    elif is_edited(stored):
        _note_new_text(record, pack)
        report.kept.append(record.key)
    else:
        _update_page(stored, values, mark, pack)
        report.updated.append(record.key)
    _link_services(stored, record, services)


def _leave_old_type(stored: Any) -> bool:
    """Delete a page whose file now names another type, with its translations; not when one was edited."""
    pages = [stored, *stored.get_translations()]
    if any(is_edited(page) for page in pages):
        return False
    for page in pages:
        page.delete()
    return True


def _fill(page: Any, values: Mapping[str, Any], mark: str, pack: str) -> Any:
    for field, value in values.items():
        setattr(page, field, value)
    page.loaded_digest, page.pack, page.content_digest = mark, pack, digest(content_of(page))
    return page


def _create_page(index: RightsIndexPage, page: Any, values: Mapping[str, Any], mark: str, pack: str) -> Any:
    """Add a page below the list of rights, or beside it when its type does not stand there."""
    page.live = False
    below = index if "home.RightsIndexPage" in page.parent_page_types else index.get_parent()
    type(below).objects.get(pk=below.pk).add_child(instance=_fill(page, values, mark, pack))
    publish(page)
    return page


def _update_page(stored: Any, values: Mapping[str, Any], mark: str, pack: str) -> None:
    """Save the new text; it goes public only where the old one was."""
    page = _fill(stored.get_latest_revision_as_object(), values, mark, pack)
    revision = page.save_revision()
    if stored.live:
        revision.publish()
    else:
        type(stored).objects.filter(pk=stored.pk).update(loaded_digest=mark)


def _note_new_text(record: PageRecord, pack: str) -> None:
    EditorNote.objects.update_or_create(
        key=f"pack-page-{record.key}",
        defaults={
            "country": record.country,
            "kind": NoteKind.TASK,
            "text": f"{pack} brings a new text for {record.slug}, which was edited here: compare them.",
        },
    )


def _link_services(page: Any, record: PageRecord, services: Mapping[str, int]) -> None:
    """Make the links of a page those of its record; a reviewed link is never changed or removed."""
    if record.kind != "rights" or not isinstance(page, RightsPage):
        return
    links = [
        (right.key, services[name], reason)
        for section in record.sections
        for right in section.rights
        for name, reason in right.services
    ]
    existing = {(row.right_key, row.service_id): row for row in RightService.objects.filter(page=page)}
    for order, (right_key, service, reason) in enumerate(links, 1):
        row = existing.pop((right_key, service), None)
        if row is not None and row.reviewed:
            continue
        row = row or RightService(page=page, right_key=right_key, service_id=service)
        reasons = {**row.reason, languages.DEFAULT_LANGUAGE: reason}
        if assign(row, {"reason": reasons, "order": order}) or row.pk is None:
            row.save()
    for row in existing.values():
        if not row.reviewed:
            row.delete()


def load_site(progress: Progress | None = None) -> ImportReport:
    """Create or update the pages and the words that every site has; as :func:`load_pages`.

    The directories of the packs are loaded before: some pages name organizations.
    """
    report = load_pages(SITE_PACK, name=SITE_PACK_NAME, progress=progress)
    load_glossary(report)
    return report


def load_glossary(report: ImportReport) -> None:
    """Create or update the words of the glossary; a word that was reviewed or changed here is kept."""
    for row in read_json(SITE_PACK.data / "glossary.json", []):
        values = {name: row.get(name, {}) for name in ("term", "forms", "meaning")}
        values["country"] = row.get("country", "")
        mark, label = digest(values), f"word {row['key']}"
        stored = GlossaryTerm.objects.filter(key=row["key"]).first()
        if stored is None:
            GlossaryTerm.objects.create(key=row["key"], loaded_digest=mark, **values)
            report.created.append(label)
        elif (
            stored.reviewed
            or digest({name: getattr(stored, name) for name in values}) != stored.loaded_digest
        ):
            report.kept.append(label)
        elif stored.loaded_digest == mark:
            report.unchanged.append(label)
        else:
            assign(stored, {**values, "loaded_digest": mark})
            stored.save()
            report.updated.append(label)


def ensure_second_reader() -> None:
    """Give every list of rights the workflow of a second reader, unless its editors chose another one."""
    for model in (SecondReaderTask, Workflow):
        model.objects.filter(name="Second reader").update(name=SECOND_READER)
    task, is_new = SecondReaderTask.objects.get_or_create(name=SECOND_READER)
    if is_new:
        task.groups.set(Group.objects.filter(name="Moderators"))
    workflow, _ = Workflow.objects.get_or_create(name=SECOND_READER)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    for page in RightsIndexPage.objects.filter(alias_of__isnull=True, workflowpage__isnull=True):
        WorkflowPage.objects.create(page_id=page.pk, workflow=workflow)
