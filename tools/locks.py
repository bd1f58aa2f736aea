"""The lock and its hashed exports: how they are made, and the proof that they agree."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import tomllib
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from tools.console import Problem, run_quietly, say
from tools.environment import ROOT, SETS, last_line, requirements
from tools.pipwheel import PUBLIC_INDEX

LOCK = ROOT / "uv.lock"
EXPORTS = {
    "base": ("--no-default-groups",),
    "postgres": ("--no-default-groups", "--extra=postgres"),
    "test": ("--extra=postgres", "--group=test", "--group=check"),
}
LINE = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==([^\s;\\]+)")


def make_locks(arguments: list[str]) -> int:
    """Lock with uv and export every set; mirrors and link folders of this machine are kept out."""
    uv = os.environ.get("UV") or shutil.which("uv")
    if not uv:
        raise Problem("uv is needed to make the lock: install it, or name it with UV=/path/to/uv.")
    with tempfile.TemporaryDirectory() as empty:
        env = lock_environment(empty)
        call(uv, ["lock", *arguments], env)
        for name, options in EXPORTS.items():
            call(
                uv,
                [
                    "export",
                    "--locked",
                    "--no-header",
                    "--quiet",
                    *options,
                    f"--output-file={requirements(name)}",
                ],
                env,
            )
    problems = disagreements()
    for line in problems:
        say(line)
    return 1 if problems else 0


def lock_environment(empty: str) -> dict[str, str]:
    """Return an environment in which uv knows no index but the public one."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("UV_", "PIP_"))}
    return env | {"XDG_CONFIG_HOME": empty, "XDG_CONFIG_DIRS": empty, "UV_PYTHON_DOWNLOADS": "never"}


def call(uv: str, arguments: list[str], env: dict[str, str]) -> None:
    code, output = run_quietly([uv, *arguments], env=env, cwd=ROOT)
    if code:
        raise Problem(f"uv {arguments[0]} failed: {last_line(output)}")


def locked(text: str) -> dict[str, tuple[str, frozenset[str]]]:
    """Return name -> version and SHA-256 hashes of every package in a uv.lock."""
    return {
        package["name"]: (package["version"], frozenset(file["hash"] for file in files(package)))
        for package in tomllib.loads(text)["package"]
        if "registry" in package["source"]
    }


def files(package: dict[str, Any]) -> Iterator[dict[str, str]]:
    if "sdist" in package:
        yield package["sdist"]
    yield from package.get("wheels", [])


def exported(text: str) -> dict[str, tuple[str, frozenset[str]]]:
    """Return name -> version and SHA-256 hashes of every package in a requirements file."""
    found: dict[str, tuple[str, frozenset[str]]] = {}
    for block in text.replace("\\\n", " ").splitlines():
        line = LINE.match(block)
        if line:
            found[line[1].lower()] = (line[2], frozenset(re.findall(r"--hash=(sha256:[0-9a-f]{64})", block)))
    return found


def foreign(lock_text: str) -> list[str]:
    """Return the sources that are not the public index; files of several hosts would be a mirror's too."""
    packages = tomllib.loads(lock_text)["package"]
    indexes = {one["source"]["registry"] for one in packages if "registry" in one["source"]}
    addresses = [urlsplit(file.get("url", "")) for one in packages for file in files(one)]
    places = {f"{address.scheme}://{address.hostname}" for address in addresses}
    found = [f"uv.lock names the index {index}" for index in sorted(indexes - {PUBLIC_INDEX})]
    if len(places) != 1 or not next(iter(places)).startswith("https://"):
        found.append(f"uv.lock takes files from {', '.join(sorted(places))}")
    return found


def disagreements() -> list[str]:
    """Return one line for everything in which lock, exports and pyproject.toml disagree."""
    lock_text = LOCK.read_text(encoding="utf-8")
    known, seen, found = locked(lock_text), dict[str, tuple[str, frozenset[str]]](), list[str]()
    found += foreign(lock_text)
    for name in SETS:
        text = requirements(name).read_text(encoding="utf-8")
        packages = exported(text)
        file = f"requirements/{name}.txt"
        found += [f"{file} names an address" for _ in re.findall(r"://", text)[:1]]
        found += [
            f"{file}: {one} differs from uv.lock" for one in packages if packages[one] != known.get(one)
        ]
        found += [f"{file}: {one} has no hash" for one in packages if not packages[one][1]]
        found += [f"{file} lacks {one} of a smaller set" for one in seen if one not in packages]
        seen |= packages
    found += [f"no export names {one} of uv.lock" for one in known if one not in seen]
    return [*found, *stale(lock_text)]


def stale(lock_text: str) -> list[str]:
    """Return which lists of pyproject.toml the lock was not made from."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    own = next(
        one for one in tomllib.loads(lock_text)["package"] if one["name"] == project["project"]["name"]
    )
    made = {
        "dependencies": [
            one for one in own["metadata"]["requires-dist"] if "extra ==" not in one.get("marker", "")
        ]
    }
    made |= own["metadata"].get("requires-dev", {})
    asked = {"dependencies": project["project"]["dependencies"], **project["dependency-groups"]}
    return [
        f"{name} of pyproject.toml changed after uv.lock was made: ./run lock makes it anew"
        for name, lines in asked.items()
        if {limits(line) for line in lines}
        != {limits(one["name"] + one.get("specifier", "")) for one in made.get(name, [])}
    ]


def limits(requirement: str) -> tuple[str, frozenset[str]]:
    """Return the name and the version limits of a requirement, without its extras."""
    parts = re.fullmatch(r"([\w.-]+)(?:\[[^\]]*\])?(.*)", "".join(requirement.split()))
    if parts is None:
        raise ValueError(requirement)
    return parts[1].lower(), frozenset(parts[2].split(","))
