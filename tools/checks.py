"""``./run check``: everything that can be judged without running the site, side by side, one line each."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tools.console import Problem, run_quietly, say
from tools.data import django_environment, ensure_keys
from tools.environment import PYTHON, ROOT, VENV
from tools.lengths import too_long
from tools.locks import disagreements

Check = Callable[[], tuple[int, str]]
PACKAGES = ("portal", "directory", "home", "search", "plugins")
PYTHONS = ("run", "manage.py", "tools", "tests")


def run_checks(names: list[str]) -> int:
    """Run the checks, all or the named ones; print a line for each and the details of failing ones."""
    unknown = [name for name in names if name not in CHECKS]
    if unknown:
        raise Problem(f"There is no check {unknown[0]!r}; there are: {', '.join(CHECKS)}.")
    started = time.monotonic()
    chosen = {name: CHECKS[name] for name in names or CHECKS}
    # Two cores; the slowest (mypy) is first in the table, so that the others run beside it.
    with ThreadPoolExecutor(max_workers=max(2, os.cpu_count() or 2)) as pool:
        failed = sum(pool.map(report, chosen, chosen.values()))
    word = f"{failed} of {len(chosen)} checks failed" if failed else f"all {len(chosen)} checks passed"
    say(f"{word} in {time.monotonic() - started:.1f} s")
    return 1 if failed else 0


def report(name: str, check: Check) -> bool:
    """Run one check and print its line; return whether it failed."""
    started = time.monotonic()
    code, output = check()
    line = f"{'FAIL' if code else 'ok  '} {name:<12} {time.monotonic() - started:5.1f} s"
    say(f"{line}\n{indented(output)}" if code else line)
    return code != 0


def indented(output: str) -> str:
    lines = output.strip().splitlines()
    kept = lines if len(lines) <= 80 else [*lines[:20], f"… {len(lines) - 80} lines left out …", *lines[-60:]]
    return "\n".join(f"       {line}" for line in kept)


def tool(*command: str, optional: Iterable[str] = ()) -> Check:
    """Return the check that runs an installed tool; of ``optional`` paths those that exist are added."""

    def check() -> tuple[int, str]:
        paths = [path for path in optional if (ROOT / path).exists()]
        return run_quietly([VENV / "bin" / command[0], *command[1:], *paths], env=environment(), cwd=ROOT)

    return check


def environment() -> dict[str, str]:
    """Return an environment that does not depend on the shell of the person who checks."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PORTAL_", "DJANGO_"))}
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}


def django(settings: str, *command: str) -> Check:
    """Return the check that runs a command of manage.py over a data directory of its own."""

    def check() -> tuple[int, str]:
        with tempfile.TemporaryDirectory() as folder:
            ensure_keys(Path(folder, "keys"))
            env = django_environment(settings, Path(folder), base=environment()) | {"PORTAL_HTTPS": "1"}
            env.pop("DATABASE_URL", None)
            return run_quietly([PYTHON, "-W", "ignore", ROOT / "manage.py", *command], env=env, cwd=ROOT)

    return check


def lines(find: Callable[[], list[str]]) -> Check:
    """Return the check that fails when ``find`` has something to say."""

    def check() -> tuple[int, str]:
        found = find()
        return (1 if found else 0), "\n".join(found)

    return check


def templates(*command: str) -> Check:
    """Return the check that runs a template linter over the templates of our packages."""

    def check() -> tuple[int, str]:
        folders = [str(folder) for one in PACKAGES for folder in sorted((ROOT / one).glob("**/templates"))]
        return tool(*command, *folders)() if folders else (0, "")

    return check


CHECKS: dict[str, Check] = {
    "types": tool("mypy", "--scripts-are-modules", "run", "manage.py", "tools", optional=PACKAGES),
    "deploy": django("portal.settings.production", "check", "--deploy", "--fail-level", "WARNING"),
    "migrations": django("portal.settings.production", "makemigrations", "--check", "--dry-run"),
    "imports": tool("lint-imports", "--no-cache"),
    "templates": templates("djlint", "--lint", "--quiet"),
    "markup": templates("curlylint"),
    "lint": tool("ruff", "check", "--quiet", optional=(*PACKAGES, *PYTHONS)),
    "format": tool("ruff", "format", "--check", "--quiet", optional=(*PACKAGES, *PYTHONS)),
    "lengths": lines(lambda: too_long(ROOT)),
    "locks": lines(disagreements),
}
