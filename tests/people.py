"""The people of the tests, by name: what each may do is what the tests speak of."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User


def milena() -> User:
    """Return Milena, who runs the site and may do everything."""
    return get_user_model().objects.create_superuser("milena", "milena@example.org", "long-enough-password")


def ana() -> User:
    """Return Ana, who edits pages (Wagtail's group Editors) and has no right on the directory."""
    user = get_user_model().objects.create_user("ana", "ana@example.org", "long-enough-password")
    user.groups.add(Group.objects.get(name="Editors"))
    return user
