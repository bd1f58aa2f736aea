"""What must be done before the first page can be served, each step skipped when its stamp says it is done."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path

from tools.console import Problem, run_quietly, run_step
from tools.environment import PYTHON, ROOT, VENV, keep_log, last_line, stamped
from tools.stamps import digest, digest_contents, digest_times, one_at_a_time, read_stamp, write_stamp

APPLIED = "SELECT app, name FROM django_migrations ORDER BY app, name"
PACKAGES = ("portal", "directory", "home", "search")
INDEX_CODE = (
    "portal/folding.py",
    "uv.lock",
    "search/*.py",
    "search/analysis/*.py",
    "search/data/**/*",
    "search/engines/**/*.py",
    "*/search*.py",
)
UNWRITABLE = r"readonly database|Read-only file system|Permission denied|unable to open database"
POSTGRESQL = """
import os, psycopg
with psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=5) as connection:
    print(*connection.execute(%r), sep="\\n")
"""


def prepare(env: Mapping[str, str], folder: Path, *, static: bool = True) -> None:
    """Bring texts, static files, tables and records to the state of this checkout."""
    with one_at_a_time(folder):
        compile_texts(env)
        if static:
            collect_static(env, folder)
        migrate(env, folder)
        load_packs(env, folder)
        build_index(env, folder)


def compile_texts(env: Mapping[str, str]) -> None:
    """Compile the interface texts whose sources changed."""
    stamp_file = VENV / "sidro-texts.json"
    sources = below("locale", "**/*.po")
    wanted = {"sources": digest_contents(sources, ROOT), "environment": stamped()}
    if read_stamp(stamp_file) == wanted and all(file.with_suffix(".mo").is_file() for file in sources):
        return
    manage("Compiling the interface texts", ["compile_locale"], env)
    write_stamp(stamp_file, wanted)


def collect_static(env: Mapping[str, str], folder: Path) -> None:
    """Collect and compress the static files when one of ours, or a package, changed."""
    stamp_file = folder / "static.stamp.json"
    files = below("static", "**/*")
    wanted = {"files": digest_times(files, ROOT), "packages": packages(), "plugins": plugins(env)}
    if read_stamp(stamp_file) == wanted and (folder / "static" / "staticfiles.json").is_file():
        return
    stamp_file.unlink(missing_ok=True)
    manage("Collecting static files", ["collectstatic", "--noinput", "--clear", "--verbosity=0"], env)
    write_stamp(stamp_file, wanted)


def migrate(env: Mapping[str, str], folder: Path) -> None:
    """Run the migrations unless the database has, by its own record, what it had after the last run."""
    stamp_file = folder / "migrate.stamp.json"
    wanted = {"files": migration_files(), "packages": packages(), "plugins": plugins(env)}
    known = applied(env, folder)
    if known and read_stamp(stamp_file) == wanted | {"database": known}:
        return
    counts = r"^\s+Applying .*\.\.\. OK"
    manage("Bringing the database up to date", ["migrate", "--noinput"], env, counts=counts)
    write_stamp(stamp_file, wanted | {"database": applied(env, folder)})


def load_packs(env: Mapping[str, str], folder: Path) -> None:
    """Load the country packs into an empty database, once per database and set of plugins."""
    stamp_file = folder / "packs.stamp.json"
    wanted = {"plugins": plugins(env), "database": identity(env, folder)}
    found = read_stamp(stamp_file)
    if found == wanted:
        return
    write_stamp(stamp_file, {"begun": wanted["database"]})
    manage("Loading the country packs", ["load_packs", "--if-empty"], env)
    if (
        found.get("begun") == wanted["database"]
    ):  # stopped half way: the records may be there without their index
        manage("Rebuilding the search index", ["rebuild_index"], env)
    write_stamp(stamp_file, wanted)
    write_stamp(folder / "index.stamp.json", index_state(env, folder))


def build_index(env: Mapping[str, str], folder: Path) -> None:
    """Build the search index anew when the code that makes it is another one than last time."""
    stamp_file = folder / "index.stamp.json"
    wanted = index_state(env, folder)
    if read_stamp(stamp_file) == wanted:
        return
    manage("Rebuilding the search index", ["rebuild_index"], env)
    write_stamp(stamp_file, wanted)


def index_state(env: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Return what the index depends on: its code and dictionaries, the engine, the database, the plugins."""
    code = [file for pattern in INDEX_CODE for file in ROOT.glob(pattern) if file.is_file()]
    return {
        "code": digest_contents(code, ROOT),
        "engine": env.get("SEARCH_ENGINE", ""),
        "database": identity(env, folder),
        "plugins": plugins(env),
    }


def manage(title: str, command: list[str], env: Mapping[str, str], *, counts: str = r"(?!)") -> None:
    """Run a command of manage.py under a progress line; raise ``Problem`` when it fails."""
    code, output = run_step(title, [PYTHON, ROOT / "manage.py", *command], env=env, cwd=ROOT, counts=counts)
    if code == 0:
        return
    reason = last_line(output)
    if re.search(UNWRITABLE, output):
        raise Problem(f"{title} failed, because something cannot be written: {reason}.")
    raise Problem(f"{title} failed: {reason} (all of it: {keep_log(output)}).")


def below(name: str, pattern: str) -> list[Path]:
    """Return the matching files in the folder ``name`` of the checkout, of our packages and of the packs."""
    packages = [ROOT, *(ROOT / one for one in PACKAGES), *ROOT.glob("plugins/*")]
    return [file for one in packages for file in (one / name).glob(pattern) if file.is_file()]


def migration_files() -> str:
    """Return one hash of the names of our migrations."""
    return digest(sorted(str(file.relative_to(ROOT)) for file in below("migrations", "*.py")))


def packages() -> str:
    """Return one hash of the packages installed, third-party plugins among them."""
    return digest(sorted(folder.name for folder in VENV.glob("lib/python*/site-packages/*.dist-info")))


def plugins(env: Mapping[str, str]) -> str:
    """Return the choice of plugins, which adds and takes away applications."""
    return f"{env.get('PORTAL_PLUGINS', '')} safe={env.get('PORTAL_SAFE_MODE', '')}"


def applied(env: Mapping[str, str], folder: Path) -> str:
    """Return one hash of the migrations that the database itself records; empty when it cannot be asked."""
    if env.get("DATABASE_URL"):
        code, output = run_quietly([PYTHON, "-c", POSTGRESQL % APPLIED], env=env, cwd=ROOT)
        return "" if code else digest([env["DATABASE_URL"], output])
    return digest_rows(folder / "db.sqlite3")


def digest_rows(file: Path) -> str:
    if not file.is_file():
        return ""
    try:
        connection = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)
        try:
            rows: Iterable[tuple[str, str]] = connection.execute(APPLIED).fetchall()
        finally:
            connection.close()
    except sqlite3.Error:
        return ""
    return digest(f"{app} {name}" for app, name in rows)


def identity(env: Mapping[str, str], folder: Path) -> str:
    """Return which database this is: a new file or another URL is another database."""
    if env.get("DATABASE_URL"):
        return digest([env["DATABASE_URL"]])
    return str((folder / "db.sqlite3").stat().st_ino)
