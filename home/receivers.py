"""What follows a change: pages stay findable and keep one slug in all languages, saved settings show at once."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from directory.models import Service, ServiceTerm
from home.models import PortalPage, PortalSettings, RightService
from home.models.site import site_values
from home.search import keys_of, searchable_models
from portal import languages, site
from search.index import refresh


def page_changed(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Refresh a page that was published, unpublished, moved or deleted."""
    page = instance.specific if type(instance) is Page else instance
    if isinstance(page, PortalPage):
        refresh("page", keys_of(page))


def key_changes(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Refresh the key that a page had before, when it gets another."""
    if instance.pk and hasattr(instance, "key"):
        before = sender.objects.filter(pk=instance.pk).exclude(key=instance.key)
        if keys := [key for key in before.values_list("key", flat=True) if key]:
            refresh("page", keys)


def privacy_changed(sender: Any, instance: PageViewRestriction, **kwargs: Any) -> None:
    """Refresh every page below one that became private or open."""
    for model in searchable_models():
        for page in model.objects.filter(path__startswith=instance.page.path):
            refresh("page", keys_of(page))


def right_changed(sender: Any, instance: RightService, **kwargs: Any) -> None:
    """Refresh the page of a right that got or lost a service: its needs are in the page's document."""
    refresh("page", keys_of(instance.page.specific))


def service_changed(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Refresh the pages that name a service which was saved, or got or lost a need."""
    service = instance.service_id if isinstance(instance, ServiceTerm) else instance.pk
    pages = {row.page for row in RightService.objects.filter(service=service).select_related("page")}
    for page in pages:
        refresh("page", keys_of(page))


def forget_settings(**kwargs: Any) -> None:
    """Show the new settings at the next page."""
    site.forget()


def rename_translations(instance: Page, **kwargs: Any) -> None:
    """Give the translations of a source page its new slug: one address in all languages (trap L5).

    A draft of a translation keeps its text; only its slug follows.
    """
    if instance.locale.language_code != languages.DEFAULT_LANGUAGE:
        return
    for page in instance.get_translations().exclude(slug=instance.slug).specific():
        page.slug = instance.slug
        page.save()
        if revision := page.latest_revision:
            revision.content["slug"] = instance.slug
            revision.save(update_fields=["content"])


def connect() -> None:
    """Connect the receivers; called once when the app is ready."""
    site.provide(site_values)
    page_slug_changed.connect(rename_translations, dispatch_uid="home.renamed")
    post_save.connect(forget_settings, PortalSettings, dispatch_uid="home.settings")
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(page_changed, dispatch_uid=f"home.page.{id(signal)}")
    for model in searchable_models():
        post_delete.connect(page_changed, model, dispatch_uid=f"home.{model.__name__}.deleted")
        pre_save.connect(key_changes, model, dispatch_uid=f"home.{model.__name__}.key")
    watched: list[tuple[Any, Any]] = [(privacy_changed, PageViewRestriction), (right_changed, RightService)]
    watched += [(service_changed, Service), (service_changed, ServiceTerm)]
    for receiver, model in watched:
        for signal in (post_save, post_delete):
            name = f"home.{model.__name__}.{receiver.__name__}.{id(signal)}"
            signal.connect(receiver, model, dispatch_uid=name)
