"""Tasks of Wagtail's indexes run at once, or once at the end while many pages are loaded."""

from __future__ import annotations

import pytest
from django_tasks import task

from portal.tasks import gather_tasks

ran: list[str] = []


@task()
def note(name: str) -> None:
    ran.append(name)


@pytest.fixture(autouse=True)
def _nothing_ran():
    ran.clear()


def test_task_runs_where_it_is_enqueued():
    note.enqueue("a")
    assert ran == ["a"]


def test_gathered_tasks_run_once_each_at_the_end():
    with gather_tasks():
        for name in ("a", "b", "a"):
            note.enqueue(name)
        assert ran == []
    assert ran == ["b", "a"]


def test_gathering_inside_gathering_waits_for_the_outer_end():
    with gather_tasks():
        with gather_tasks():
            note.enqueue("a")
        assert ran == []
    assert ran == ["a"]


def test_gathered_tasks_are_dropped_with_an_error():
    def fail_inside() -> None:
        with gather_tasks():
            note.enqueue("a")
            raise ValueError("undone")

    with pytest.raises(ValueError, match="undone"):
        fail_inside()
    assert ran == []
    note.enqueue("b")
    assert ran == ["b"]
