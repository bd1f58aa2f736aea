"""Runs Wagtail's upkeep of its own indexes at once, or, while many pages are loaded, once a page at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import TaskResult

_gathered: ContextVar[dict[Any, TaskResult[Any]] | None] = ContextVar("gathered_tasks", default=None)


class GatheringBackend(ImmediateBackend):
    """Runs a task where it is enqueued, unless :func:`gather_tasks` holds it back."""

    def _execute_task(self, task_result: TaskResult[Any]) -> None:
        gathered = _gathered.get()
        if gathered is None:
            super()._execute_task(task_result)
            return
        named = tuple(sorted(task_result.kwargs.items()))
        mark = (task_result.task.module_path, tuple(task_result.args), named)
        gathered.pop(mark, None)  # the last of equal tasks counts: it stands after what it depends on
        gathered[mark] = task_result

    def run(self, task_result: TaskResult[Any]) -> None:
        """Run a task that was held back."""
        super()._execute_task(task_result)


@contextmanager
def gather_tasks() -> Iterator[None]:
    """Hold back what is enqueued inside; at the end run each different task once, in order.

    After an error nothing runs: the transaction around is undone with its tasks. Inside another one it does
    nothing of its own.
    """
    if _gathered.get() is not None:
        yield
        return
    held: dict[Any, TaskResult[Any]] = {}
    token = _gathered.set(held)
    try:
        yield
    finally:
        _gathered.reset(token)
    for result in held.values():
        backend = result.task.get_backend()
        if isinstance(backend, GatheringBackend):
            backend.run(result)
