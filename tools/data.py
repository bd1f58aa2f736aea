"""The data directory: database, media, collected static files and keys, and what Django is told about it."""

from __future__ import annotations

import base64
import os
import secrets
import socket
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from tools.console import Problem
from tools.environment import ROOT

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
LOOPBACK_HOSTS = {"localhost", "127.0.0.1", "::1"}
EVERYWHERE = {"0.0.0.0", "::", ""}
KEYS: dict[str, Callable[[], str]] = {
    "secret": lambda: secrets.token_urlsafe(64),
    "sealing": lambda: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
}


def data_directory() -> Path:
    """Return the directory that ``PORTAL_DATA`` names, else ``var/`` of the checkout."""
    return Path(os.environ.get("PORTAL_DATA") or ROOT / "var").resolve()


def ensure_data_directory(folder: Path) -> None:
    """Make the directory and its keys; raise ``Problem`` when it cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
        ensure_keys(folder / "keys")
    except OSError as error:
        raise Problem(
            f"The data directory {folder} cannot be written ({error.strerror or error}): "
            "make it writable, or name another with PORTAL_DATA=DIR."
        ) from error


def ensure_keys(folder: Path) -> None:
    """Make the keys that are missing, readable by this user alone; keys that exist are never changed."""
    folder.mkdir(mode=0o700, exist_ok=True)
    for name, make in KEYS.items():
        file = folder / name
        if not file.is_file() or not file.read_text(encoding="utf-8").strip():
            write_secret(file, make())


def write_secret(file: Path, content: str) -> None:
    """Write a file that only this user can read, whole or not at all."""
    part = file.with_name(f"{file.name}.part")
    part.unlink(missing_ok=True)
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        out.write(content + "\n")
        out.flush()
        os.fsync(out.fileno())
    os.replace(part, file)


def allowed_hosts(host: str) -> list[str]:
    """Return the host names that the site answers to when it listens on ``host``."""
    names = [*LOOPBACK]
    if host in EVERYWHERE:
        names += [socket.gethostname(), socket.getfqdn()]
    elif host not in LOOPBACK_HOSTS:
        names.append(f"[{host}]" if ":" in host else host)
    return list(dict.fromkeys(name.lower() for name in names))


def django_environment(
    settings: str, folder: Path, host: str = "127.0.0.1", base: Mapping[str, str] = os.environ
) -> dict[str, str]:
    """Return the environment of every Django process; what the operator sets wins, hosts are joined."""
    own = [name.strip() for name in base.get("PORTAL_HOSTS", "").split(",") if name.strip()]
    env = {**base, "DJANGO_SETTINGS_MODULE": settings, "PORTAL_DATA": str(folder), "PYTHONUNBUFFERED": "1"}
    env["PORTAL_HOSTS"] = ",".join(dict.fromkeys([*own, *allowed_hosts(host)]))
    # Plain http is for a loopback address only (portal/settings/production.py); the operator's word wins.
    env.setdefault("PORTAL_HTTPS", "0" if host in LOOPBACK_HOSTS else "1")
    env["PYTHONPATH"] = str(ROOT)
    env.pop("VIRTUAL_ENV", None)
    return env
