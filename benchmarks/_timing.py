"""Processor time of one action, and what is said of many: the machine may be shared."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any


def timed(action: Callable[[], Any]) -> float:
    """Return the processor seconds that ``action`` takes."""
    started = time.process_time()
    action()
    return time.process_time() - started


def spread(seconds: Sequence[float]) -> tuple[float, float]:
    """Return median and 95th percentile in milliseconds."""
    ordered = sorted(seconds)
    return statistics.median(ordered) * 1000, ordered[int(len(ordered) * 0.95)] * 1000
