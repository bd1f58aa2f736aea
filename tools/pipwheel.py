"""A pip for a Python that has no ensurepip: its wheel, checked by hash and run as a zip."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import ssl
import sys
import tempfile
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urljoin

from tools.console import Problem, run_quietly
from tools.pipconfig import pip_options

VERSION = "26.3"
WHEEL = f"pip-{VERSION}-py3-none-any.whl"
SHA256 = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"
PUBLIC_INDEX = (
    "https://pypi.org/simple"  # the only place of our code that may name it: pip is not there to know it
)
SIMPLE = "application/vnd.pypi.simple.v1+json"


def pip_wheel(cache: Path) -> Path:
    """Return the pinned pip wheel, fetched into ``cache`` once; raise ``Problem`` when it cannot be had."""
    wheel = cache / WHEEL
    if wheel.is_file() and genuine(wheel.read_bytes()):
        return wheel
    content = by_pip() or by_urllib(os.environ)
    if not genuine(content):
        raise Problem(f"The downloaded {WHEEL} does not have the expected SHA-256; nothing of it was used.")
    cache.mkdir(parents=True, exist_ok=True)
    part = cache / f"{WHEEL}.part"
    part.write_bytes(content)
    os.replace(part, wheel)
    return wheel


def genuine(content: bytes) -> bool:
    return hashlib.sha256(content).hexdigest() == SHA256


def by_pip() -> bytes | None:
    """Let the Python's own pip fetch it, with all that it is configured to; None where it has no pip."""
    if importlib.util.find_spec("pip") is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder, "pip.txt")
        wanted.write_text(f"pip=={VERSION} --hash=sha256:{SHA256}\n", encoding="utf-8")
        options = ["--no-deps", "--only-binary=:all:", "--require-hashes", "--retries=2"]
        code, _ = run_quietly(
            [sys.executable, "-m", "pip", "download", *options, "-r", str(wanted), "-d", folder]
        )
        wheel = Path(folder, WHEEL)
        return wheel.read_bytes() if code == 0 and wheel.is_file() else None


def by_urllib(env: Mapping[str, str]) -> bytes:
    """Fetch it from the index that pip is configured for, else from the public one."""
    options = pip_options(env)
    links = options.get("find-links", "").split()
    for folder in links:
        local = Path(folder.removeprefix("file://"), WHEEL)
        if local.is_file():
            return local.read_bytes()
    index = options.get("index-url", PUBLIC_INDEX).rstrip("/") + "/pip/"
    try:
        page = fetch(index, options, SIMPLE).decode("utf-8", "replace")
        return fetch(urljoin(index, wheel_address(page)), options)
    except (OSError, ValueError, LookupError) as error:
        raise Problem(
            "pip could not be fetched from the package index: check the network connection (or install uv or "
            "the package python3-venv) and start again."
        ) from error


def wheel_address(page: str) -> str:
    """Return the wheel's address on an index page, JSON or HTML; ``LookupError`` when it is not there."""
    found = re.search(rf'(?:"url"\s*:\s*|href=)"([^"]*/{re.escape(WHEEL)})[#"]', page)
    if found is None:
        raise LookupError(WHEEL)
    return found[1]


def fetch(address: str, options: Mapping[str, str], accept: str = "*/*") -> bytes:
    """Return what an address answers within 30 s, through the proxy and certificates of the machine."""
    context = ssl.create_default_context(cafile=options.get("cert"))
    handlers: list[urllib.request.BaseHandler] = [urllib.request.HTTPSHandler(context=context)]
    if "proxy" in options:
        handlers.append(urllib.request.ProxyHandler({"http": options["proxy"], "https": options["proxy"]}))
    request = urllib.request.Request(address, headers={"Accept": accept})
    with urllib.request.build_opener(*handlers).open(request, timeout=30) as answer:
        content: bytes = answer.read()
    return content
