"""The virtual environment: made from the hashed lock, stamped last, made anew when half done."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from tools.console import Problem, Step, run_quietly, run_step
from tools.pipconfig import uv_environment
from tools.pipwheel import pip_wheel
from tools.stamps import digest, one_at_a_time, read_stamp, write_stamp

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "sidro-stamp.json"
# Each set holds the one before it.
SETS = ("base", "postgres", "test")
# What uv and pip say when the index cannot be reached.
NETWORK = re.compile(
    r"error sending request|dns error|failed to fetch|could not connect|connection (?:refused|reset)|"
    r"NewConnectionError|name resolution|name or service not known|network is unreachable|timed out|"
    r"max retries exceeded|ConnectTimeout|ProxyError|no matching distribution|CERTIFICATE_VERIFY_FAILED|"
    r"network connectivity is disabled|not found in the package registry",
    re.IGNORECASE,
)


def requirements(name: str) -> Path:
    """Return the hashed requirements file of a set."""
    return ROOT / "requirements" / f"{name}.txt"


def wanted_stamp(name: str) -> dict[str, str]:
    """Return the stamp that an environment with this set carries; a moved checkout makes another one."""
    file = requirements(name)
    if not file.is_file():
        raise Problem(f"{file.relative_to(ROOT)} is missing: this is not a whole checkout.")
    return {name: digest([file.read_text(encoding="utf-8")]), "root": str(ROOT)}


def holds(stamp: Mapping[str, str], name: str) -> bool:
    """Say whether a stamped environment has everything of the set, also through a larger one."""
    larger = SETS[SETS.index(name) :]
    return any(wanted_stamp(one).items() <= stamp.items() for one in larger)


def ensure_environment(name: str) -> None:
    """Make ``.venv`` hold the set ``name``; raise ``Problem`` with the reason when that fails."""
    if PYTHON.exists() and holds(read_stamp(STAMP), name):
        return
    try:
        with one_at_a_time(ROOT / ".run"):
            if not (PYTHON.exists() and holds(read_stamp(STAMP), name)):
                build(name)
    except OSError as error:
        raise Problem(
            f"{VENV} cannot be made ({error.strerror or error}): make the checkout writable for the set-up."
        ) from error


def build(name: str) -> None:
    """Build the environment in its place; only the stamp at the end makes it count."""
    grows = PYTHON.exists() and any(holds(read_stamp(STAMP), one) for one in SETS)
    STAMP.unlink(missing_ok=True)
    if not grows and (VENV.exists() or VENV.is_symlink()):
        with Step("Removing an outdated or unfinished environment"):
            remove(VENV)
    uv = shutil.which("uv")
    if uv:
        build_with_uv(uv, name, fresh=not grows)
    else:
        build_with_pip(name)
    write_stamp(STAMP, wanted_stamp(name))


def remove(folder: Path) -> None:
    if folder.is_symlink():
        folder.unlink()
    else:
        shutil.rmtree(folder)


def build_with_uv(uv: str, name: str, *, fresh: bool) -> None:
    """Use uv, told what pip is told about indexes, proxies and certificates."""
    env = uv_environment(os.environ) | {"UV_PYTHON_DOWNLOADS": "never", "VIRTUAL_ENV": str(VENV)}
    if fresh:
        made = run_quietly([uv, "venv", "--quiet", "--python", sys.executable, VENV], env=env, cwd=ROOT)
        explain("making the environment", *made)
    title = f"Installing {count(name)} packages with uv"
    options = [
        "--require-hashes",
        "--compile-bytecode",
        "--python",
        str(PYTHON),
        "-r",
        str(requirements(name)),
    ]
    # Not in the checkout: there uv would read pyproject.toml, whose constraints have no hashes.
    explain(
        "installing the packages", *run_step(title, [uv, "pip", "install", *options], env=env, cwd=Path("/"))
    )


def build_with_pip(name: str) -> None:
    """Use the pip of the environment, or where Python lacks ensurepip a pip wheel run as a zip."""
    pip: list[str | Path] = [PYTHON, "-m", "pip"]
    if run_quietly([*pip, "--version"])[0] if PYTHON.exists() else 1:
        pip = make_with_ensurepip() or make_without_pip()
    options = [
        "--require-hashes",
        "--only-binary=:all:",
        "--no-input",
        "--disable-pip-version-check",
        "--retries=2",
    ]
    title, total = f"Installing {count(name)} packages with pip", count(name)
    command = [*pip, "install", *options, "-r", requirements(name)]
    env = {
        key: value for key, value in os.environ.items() if key not in {"PIP_REQUIRE_VIRTUALENV", "PIP_USER"}
    }
    told = run_step(
        title, command, env=env, cwd=ROOT, total=total, counts=r"^\s*(Collecting|Requirement already)"
    )
    explain("installing the packages", *told)


def make_with_ensurepip() -> list[str | Path] | None:
    """Make the environment as usual; None where this Python has no (whole) ensurepip."""
    if not has_ensurepip():
        return None
    code, _ = run_step(
        "Making the environment", [sys.executable, "-m", "venv", VENV], env=os.environ, cwd=ROOT
    )
    return None if code else [PYTHON, "-m", "pip"]


def has_ensurepip() -> bool:
    try:
        return importlib.util.find_spec("ensurepip") is not None and bool(
            importlib.import_module("ensurepip")
        )
    except ImportError:
        return False


def make_without_pip() -> list[str | Path]:
    """Make the environment without pip and return the command that runs pip out of its wheel."""
    command = [sys.executable, "-m", "venv", "--clear", "--without-pip", str(VENV)]
    explain("making the environment", *run_quietly(command, cwd=ROOT))
    with Step("Fetching pip, because this Python has no ensurepip"):
        wheel = pip_wheel(VENV / "pip")
    return [PYTHON, wheel / "pip"]


def count(name: str) -> int:
    """Return how many packages a set names."""
    text = requirements(name).read_text(encoding="utf-8")
    return len(re.findall(r"(?m)^[A-Za-z0-9][\w.-]*(?:\[[^\]]*\])?==", text))


def explain(doing: str, code: int, output: str) -> None:
    """Raise ``Problem`` with one sentence for a failed command; the log of it is kept."""
    if code == 0:
        return
    log = keep_log(output)
    if re.search(r"Read-only file system|Permission denied|No space left", output):
        raise Problem(f"{VENV} cannot be written while {doing}: {last_line(output)} (all of it: {log}).")
    if NETWORK.search(output):
        raise Problem(
            f"The package index cannot be reached while {doing}: check the network and start again "
            f"(all of it: {log})."
        )
    raise Problem(f"Failed while {doing}: {last_line(output)} (all of it: {log}).")


def last_line(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing"


def keep_log(output: str) -> Path:
    """Keep what a failed command printed where it can be read."""
    log = ROOT / ".run" / "setup.log"
    try:
        log.parent.mkdir(exist_ok=True)
        log.write_text(output, encoding="utf-8")
    except OSError:
        return Path(os.devnull)
    return log


def stamped() -> str:
    """Return one hash of what is installed, for the stamps of the steps after it."""
    return digest([json.dumps(read_stamp(STAMP), sort_keys=True)])
