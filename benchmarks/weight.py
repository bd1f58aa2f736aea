"""What a visitor's phone gets: bytes, requests and first paint of pages over slow links, beside a bare hello page.

https comes from a server in front with small records, as docs/operations.md asks for. Pages are in memory, as they
are for every visitor but the first after a change; with ``--made-anew`` none is.

Each round opens the hello page and every page once, each in a browser context that knows nothing; ratios are those
of the medians. The link is benchmarks/_link.py; ``--emulated`` adds Chromium's own throttling, which knows no round
trips of TCP. ``--lighthouse DIR`` (made by ``.ci/web-tools.sh fetch DIR``) adds medians of five runs of Lighthouse.
Exit 1 when a target of performance.md is missed.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks._link import Link
from benchmarks._server import write_certificate
from benchmarks._tls import Front
from tools.data import data_directory, django_environment, ensure_data_directory
from tools.environment import ROOT
from tools.site import prepare

LINKS = {
    "slow 3G": (0.4, 400_000),
    "2G": (0.8, 256_000),
}  # round trip in seconds, bits a second (performance.md)
MOST_HTML, MOST_IN_ALL, MOST_RATIO = 11_000, 30_000, 1.1
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
FLAGS.append("--ignore-certificate-errors")  # ours; asked later, the browser would begin again
FCP = "performance.getEntriesByName('first-contentful-paint').map(entry => entry.startTime)[0]"


@dataclass(frozen=True, slots=True)
class View:
    """One first view: milliseconds to the first paint, requests answered before it, all of them, their bytes."""

    painted: float
    before: int
    requests: int
    size: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; return 1 when a target is missed."""
    parser = argparse.ArgumentParser(prog="./run bench weight", description=__doc__)
    parser.add_argument("--pairs", type=int, default=5, help="rounds of hello page and pages (5)")
    parser.add_argument("--language", default="sr-cyrl", help="language of the pages (sr-cyrl, the heaviest)")
    parser.add_argument("--one-record", action="store_true", help="also https by the site's own server")
    parser.add_argument("--emulated", action="store_true", help="also with Chromium's own throttling")
    parser.add_argument("--lighthouse", metavar="DIR", help="also Lighthouse, from this folder")
    parser.add_argument(
        "--made-anew", action="store_true", help="make each page anew, as for its first visitor"
    )
    options = parser.parse_args(arguments)
    if options.made_anew:
        os.environ["PORTAL_PAGE_CACHE_MB"] = "0"
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        plain = stack.enter_context(serving(None))
        servers = {"http": plain, "https": stack.enter_context(Front(plain, *write_certificate(folder)))}
        if options.one_record:
            servers["https, one record"] = stack.enter_context(serving(folder))
        pages = addresses(plain, options.language)
        missed = weigh(plain, pages)
        missed += paint(servers, pages, options)
        if options.lighthouse:
            urls = [f"http://127.0.0.1:{plain}{path}" for path in pages.values()]
            command = [str(ROOT / ".ci/web-tools.sh"), "medians", options.lighthouse, "5", *urls]
            missed += ["Lighthouse"] * (subprocess.call(command) != 0)  # noqa: S603 - our own script
    print(
        f"load {os.getloadavg()[0]:.1f}; "
        + (f"missed: {'; '.join(missed)}" if missed else "every target is met")
    )
    return 1 if missed else 0


@contextmanager
def serving(tls: Path | None) -> Iterator[int]:
    """Serve the site of the data directory on a free port."""
    folder = data_directory()
    ensure_data_directory(folder)
    env = django_environment("portal.settings.production", folder)
    prepare(env, folder)
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "benchmarks._server",
        f"--port={port}",
        *([f"--tls={tls}"] if tls else []),
    ]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, env=env, cwd=ROOT, **quiet)  # type: ignore[call-overload]  # noqa: S603
    try:
        wait_for(port, process)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Return when the server takes connections; raise ``RuntimeError`` when it ends instead."""
    for _try in range(240):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.25)
        else:
            return
    raise RuntimeError("The server did not start.")


def get(port: int, path: str, encoding: str = "identity") -> bytes:
    """Return the body of a page as it comes over the wire."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={"Accept-Encoding": encoding})
        return connection.getresponse().read()
    finally:
        connection.close()


def addresses(port: int, language: str) -> dict[str, str]:
    """Return the pages that are measured, by name; their codes are read from the site's own links."""
    services = f"/{language}/services/"
    found = re.search(rf'href="({services}[a-z0-9]+/)"', get(port, services).decode())
    step = re.search(rf'href="(/{language}/find/[a-z0-9-]+/)', get(port, f"/{language}/find/").decode())
    if not found or not step:
        raise RuntimeError("The list or the finder leads nowhere.")
    return {"front page": f"/{language}/", "finder step": step[1], "list": services, "service page": found[1]}


def weigh(port: int, pages: dict[str, str]) -> list[str]:
    """Print the bytes of pages; return what is over its budget."""
    missed = []
    head = f"{'page':14} {'html, gzip':>10} {'script':>8} {'icon':>6} {'in all':>8}"
    print(f"{head}   targets: {MOST_HTML}, {MOST_IN_ALL}")
    for name, path in pages.items():
        text = get(port, path).decode()
        script = re.search(r'<script src="([^"]+)"', text)
        icon = re.search(r'<link rel="icon"[^>]* href="([^"]+)"', text)
        sizes = [
            len(get(port, each, "gzip"))
            for each in (path, script[1] if script else "", icon[1] if icon else "")
            if each
        ]
        print(f"{name:14} {sizes[0]:10} {sizes[1]:8} {sizes[2]:6} {sum(sizes):8}")
        missed += [f"{name}: html"] * (sizes[0] > MOST_HTML) + [f"{name}: bytes in all"] * (
            sum(sizes) > MOST_IN_ALL
        )
    return missed


def paint(servers: dict[str, int], pages: dict[str, str], options: argparse.Namespace) -> list[str]:
    """Print the first paint of pages over each link; return what is slower than it may be."""
    from playwright.sync_api import sync_playwright

    missed: list[str] = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        missed += need_no_script(browser, servers["http"], pages)
        for link, (rtt, rate) in LINKS.items():
            for scheme, server in servers.items():
                with Link(server, rtt=rtt, rate=rate) as port:
                    missed += table(
                        browser,
                        f"{link}, {scheme}",
                        f"{scheme.split(',')[0]}://127.0.0.1:{port}",
                        pages,
                        options.pairs,
                    )
            if options.emulated:
                url = f"http://127.0.0.1:{servers['http']}"
                title = f"{link}, emulated by the browser"
                missed += table(browser, title, url, pages, options.pairs, emulated=(rtt, rate))
        browser.close()
    return missed


def need_no_script(browser: Any, port: int, pages: dict[str, str]) -> list[str]:
    """Say how many bytes of script a page needs: none when it says the same without."""
    missed = []
    for name, path in pages.items():
        said = []
        for script in (True, False):
            context = browser.new_context(java_script_enabled=script)
            page = context.new_page()
            page.goto(f"http://127.0.0.1:{port}{path}")
            said.append(page.evaluate("document.body.innerText"))
            context.close()
        if said[0] != said[1]:
            missed.append(f"{name}: needs its script")
    print(f"bytes of script needed: {'some' if missed else 0}")
    return missed


def table(browser: Any, title: str, base: str, pages: dict[str, str], pairs: int,
          emulated: tuple[float, float] | None = None) -> list[str]:  # fmt: skip
    """Measure one link in rounds, print a line for each page, return what misses a target."""
    seen: dict[str, list[View]] = {name: [] for name in ("hello", *pages)}
    for _round in range(pairs):
        for name, path in {"hello": "/hello", **pages}.items():
            seen[name].append(view(browser, base + path, emulated))
    head = f"{title:36} {'paint, ms':>9} {'ratio':>6} {'first':>6} {'requests':>9} {'bytes':>7}"
    print(f"\n{head}   targets: {MOST_RATIO}, 1")
    bare = statistics.median(each.painted for each in seen["hello"])
    missed = []
    for name, views in seen.items():
        painted = statistics.median(each.painted for each in views)
        before = max(each.before for each in views)
        middle = [statistics.median(getattr(each, what) for each in views) for what in ("requests", "size")]
        print(
            f"  {name:34} {painted:9.0f} {painted / bare:6.2f} {before:6} {middle[0]:9.0f} {middle[1]:7.0f}",
            flush=True,
        )
        missed += [f"{title}, {name}: first paint"] * (painted / bare > MOST_RATIO)
        missed += [f"{title}, {name}: {before} requests before the first paint"] * (before > 1)
    return missed


def view(browser: Any, url: str, emulated: tuple[float, float] | None) -> View:
    """Open a page in a context that knows nothing."""
    with ExitStack() as stack:
        context = browser.new_context(viewport={"width": 360, "height": 640})
        stack.callback(context.close)
        page = context.new_page()
        session = context.new_cdp_session(page)
        ended: list[tuple[float, float]] = []
        paints: list[float] = []
        session.on(
            "Network.loadingFinished",
            lambda said: ended.append((said["timestamp"], said["encodedDataLength"])),
        )
        session.on(
            "Page.lifecycleEvent",
            lambda said: paints.append(said["timestamp"]) if said["name"] == "firstContentfulPaint" else None,
        )
        session.send("Network.enable")
        session.send("Page.enable")
        session.send("Page.setLifecycleEventsEnabled", {"enabled": True})
        if emulated:
            rtt, rate = emulated
            limits = {"latency": rtt * 1000, "downloadThroughput": rate / 8, "uploadThroughput": rate / 8}
            session.send("Network.emulateNetworkConditions", {"offline": False, **limits})
        page.goto(url, wait_until="networkidle", timeout=60_000)
        page.wait_for_function(FCP)
        before = sum(at <= paints[-1] for at, _size in ended)
        return View(page.evaluate(FCP), before, len(ended), int(sum(size for _at, size in ended)))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
