"""``./run`` itself: set up, say where the site is, and hand the process over to the server."""

from __future__ import annotations

import argparse
import errno
import os
import socket
import sys
import time
from collections.abc import Mapping
from typing import NoReturn

from tools.announce import announce_later, site_address
from tools.console import Problem, say
from tools.data import data_directory, django_environment, ensure_data_directory
from tools.environment import PYTHON, ROOT, ensure_environment
from tools.site import prepare

STARTED = time.time()


def serve(options: argparse.Namespace) -> int:
    """Serve until Ctrl-C or SIGTERM; raise ``Problem`` when that cannot be."""
    ensure_port_free(options.host, options.port)
    folder = data_directory()
    ensure_data_directory(folder)
    ensure_environment(package_set())
    settings = "portal.settings.dev" if options.dev else "portal.settings.production"
    env = django_environment(settings, folder, options.host)
    prepare(env, folder, static=not options.dev)
    ensure_port_free(options.host, options.port)
    hand_over(development(options) if options.dev else production(options), env)


def package_set() -> str:
    """Return which set of packages serving needs."""
    return "postgres" if os.environ.get("DATABASE_URL") else "base"


def ensure_port_free(host: str, port: int) -> None:
    """Raise ``Problem`` when nobody could listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except (OSError, OverflowError) as error:
        raise Problem(port_message(host, port, error)) from error


def port_message(host: str, port: int, error: Exception) -> str:
    """Return the sentence for an address that cannot be listened on."""
    number = getattr(error, "errno", None)
    if number == errno.EADDRINUSE:
        return f"Port {port} of {host} is taken by another program: stop it, or choose another with --port."
    if number == errno.EACCES:
        return f"Port {port} is for the administrator only: choose one above 1023 with --port."
    reason = getattr(error, "strerror", None) or error
    return f"{host} port {port} cannot be listened on ({reason}): check --host and --port."


def production(options: argparse.Namespace) -> list[str]:
    """Return the command of the real server, whose first answer will be announced."""
    announce_later(options.host, options.port, STARTED)
    flags = {"host": options.host, "port": options.port, "workers": options.workers}
    return [str(PYTHON), "-m", "tools.server", *(f"--{name}={value}" for name, value in flags.items())]


def development(options: argparse.Namespace) -> list[str]:
    """Return the command of Django's reloading server."""
    host = f"[{options.host}]" if ":" in options.host else options.host
    site = site_address(options.host, options.port)
    say(f"\n  Site      {site}/\n  Editors   {site}/cms/\n")
    return [str(PYTHON), str(ROOT / "manage.py"), "runserver", f"{host}:{options.port}"]


def hand_over(command: list[str], env: Mapping[str, str]) -> NoReturn:
    """Become that command, so that signals and the terminal are its own and nothing stays behind."""
    sys.stdout.flush()
    os.chdir(ROOT)
    os.execve(command[0], command, env)
