"""The words that ``./run`` understands."""

from __future__ import annotations

import argparse
import os
import sys

from tools.console import Problem, Stopped, say, stop_on_signals
from tools.data import data_directory, django_environment, ensure_data_directory
from tools.environment import PYTHON, ROOT, ensure_environment
from tools.serve import hand_over, package_set, serve

USAGE = """./run [--host H] [--port P] [--dev] [--workers N]   set up what is missing and serve the site
./run test [--full] [pytest arguments]             run the tests (--full: every page type x language x mode)
./run check [name ...]                             lint, types, import contracts, limits, locks
./run bench [name]                                 run a benchmark; without a name list them
./run manage COMMAND ...                           manage.py with this site's settings and data
./run lock [uv lock arguments]                     make the lock and its hashed exports anew (needs uv)"""


def port(text: str) -> int:
    """Return a port number, for argparse."""
    number = int(text)
    if not 1 <= number <= 65535:
        raise ValueError
    return number


def workers(text: str) -> int:
    """Return a number of processes, for argparse."""
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def serve_options(arguments: list[str]) -> argparse.Namespace:
    """Read the options of ``./run``; a wrong one ends with exit code 2 and one line."""
    parser = argparse.ArgumentParser(
        prog="./run", usage=USAGE, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", default=8000, type=port, help="port to listen on (8000)")
    parser.add_argument(
        "--workers", default=default_workers(), type=workers, help="number of server processes"
    )
    parser.add_argument("--dev", action="store_true", help="debugging and automatic reload")
    return parser.parse_args(arguments)


def default_workers() -> int:
    return min(2, os.cpu_count() or 1)


def main(arguments: list[str]) -> int:
    """Do what the arguments say and return the exit code: 2 for a problem that the person can mend."""
    stop_on_signals()
    os.umask(os.umask(0o077) | 0o022)
    try:
        return dispatch(arguments)
    except Problem as problem:
        print(f"run: {problem}", file=sys.stderr)
        return 2
    except Stopped:
        print("\nrun: stopped; the next start goes on from here.", file=sys.stderr)
        return 130


def dispatch(arguments: list[str]) -> int:
    word, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if word in COMMANDS:
        return COMMANDS[word](rest)
    if word and not word.startswith("-"):
        raise Problem(f"{word!r} is not a command; there are: {', '.join(COMMANDS)} (./run --help).")
    return serve(serve_options(arguments))


def test(arguments: list[str]) -> int:
    """Run pytest with the test settings."""
    ensure_environment("test")
    env = dict(os.environ) | {"DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    if "--full" in arguments:
        arguments = [one for one in arguments if one != "--full"]
        env["PORTAL_FULL_MATRIX"] = "1"
    return hand_over([str(PYTHON), "-m", "pytest", *arguments], env)


def check(arguments: list[str]) -> int:
    """Run the checks, all or the named ones."""
    from tools.checks import run_checks  # only this command needs it

    ensure_environment("test")
    return run_checks(arguments)


def manage(arguments: list[str]) -> int:
    """Run manage.py as the served site runs."""
    folder = data_directory()
    ensure_data_directory(folder)
    ensure_environment(package_set())
    env = django_environment("portal.settings.production", folder)
    return hand_over([str(PYTHON), str(ROOT / "manage.py"), *arguments], env)


def bench(arguments: list[str]) -> int:
    """Run one benchmark, or list those there are."""
    names = sorted(file.stem for file in ROOT.glob("benchmarks/*.py") if not file.stem.startswith("_"))
    if not names:
        say("There are no benchmarks yet: they will be modules of benchmarks/.")
        return 2 if arguments else 0
    if not arguments:
        say("Benchmarks: " + ", ".join(names) + "  (./run bench NAME)")
        return 0
    if arguments[0] not in names:
        raise Problem(f"There is no benchmark {arguments[0]!r}; there are: {', '.join(names)}.")
    ensure_environment("test")
    env = django_environment("portal.settings.test", data_directory())
    return hand_over([str(PYTHON), "-m", f"benchmarks.{arguments[0]}", *arguments[1:]], env)


def lock(arguments: list[str]) -> int:
    """Make uv.lock and its exports anew."""
    from tools.locks import make_locks  # only this command needs it

    return make_locks(arguments)


COMMANDS = {"test": test, "check": check, "bench": bench, "manage": manage, "lock": lock}
