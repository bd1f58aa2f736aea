"""The server process: granian with the site's WSGI application, loaded whole before it takes connections."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Callable
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels


def load(target: str) -> Callable[..., Any]:
    """Return the application with its addresses resolved: no first visitor waits for that."""
    from django.urls import get_resolver  # in the worker only

    from portal.wsgi import application

    get_resolver().url_patterns  # noqa: B018 - loads every module of views
    # What is loaded stays: else each look for cycles among it stops the worker for 100 ms instead of 5.
    gc.collect()
    gc.freeze()
    return application


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", required=True, type=int)
    parser.add_argument("--workers", required=True, type=int)
    options = parser.parse_args()
    server = Granian(
        "portal.wsgi:application",
        address=options.host or "0.0.0.0",
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.workers,
        blocking_threads=4,
        respawn_failed_workers=True,
        workers_kill_timeout=3,
        log_level=LogLevels.error,
    )
    # No thread may run here: granian forks its workers, and a fork beside a thread can hang.
    server.serve(target_loader=load)
    return 0


if __name__ == "__main__":
    sys.exit(main())
