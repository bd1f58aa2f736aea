"""The promises of ./run that need no set-up: stamps, options, keys, and a clear sentence for each problem."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tools import announce, cli, console, data, environment, pipconfig, pipwheel, serve, site, stamps
from tools.console import Problem
from tools.lengths import long_functions, too_long

ROOT = Path(__file__).resolve().parent.parent


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, **variables}
    return subprocess.run(
        [sys.executable, str(ROOT / "run"), *arguments], env=env, capture_output=True, text=True, timeout=60
    )


# --- stamps -------------------------------------------------------------------------------------------------


def test_stamp_reads_back_what_was_written(tmp_path):
    stamps.write_stamp(tmp_path / "stamp", {"files": "abc"})
    assert stamps.read_stamp(tmp_path / "stamp") == {"files": "abc"}
    assert [file.name for file in tmp_path.iterdir()] == ["stamp"]


@pytest.mark.parametrize("torn", ["", '{"files": "a', "[1]", "\x00"])
def test_torn_stamp_says_nothing(tmp_path, torn):
    (tmp_path / "stamp").write_text(torn)
    assert stamps.read_stamp(tmp_path / "stamp") == {}


def test_digest_tells_parts_apart():
    assert stamps.digest(["ab", "c"]) != stamps.digest(["a", "bc"])


def test_digest_of_contents_changes_with_name_and_content(tmp_path):
    one = tmp_path / "one.po"
    one.write_text("a")
    first = stamps.digest_contents([one], tmp_path)
    one.write_text("b")
    second = stamps.digest_contents([one], tmp_path)
    moved = one.rename(tmp_path / "two.po")
    assert len({first, second, stamps.digest_contents([moved], tmp_path)}) == 3


def test_environment_of_larger_set_serves_smaller_one():
    stamp = environment.wanted_stamp("test")
    assert [environment.holds(stamp, name) for name in environment.SETS] == [True, True, True]


def test_environment_of_smaller_set_does_not_serve_larger_one():
    stamp = environment.wanted_stamp("base")
    assert [environment.holds(stamp, name) for name in environment.SETS] == [True, False, False]


def test_environment_of_moved_checkout_serves_nothing():
    stamp = environment.wanted_stamp("test") | {"root": "/elsewhere"}
    assert [environment.holds(stamp, name) for name in environment.SETS] == [False, False, False]


def test_applied_migrations_are_unknown_without_database(tmp_path):
    assert site.applied({}, tmp_path) == ""


def test_applied_migrations_are_unknown_in_broken_database(tmp_path):
    (tmp_path / "db.sqlite3").write_bytes(b"not a database")
    assert site.applied({}, tmp_path) == ""


# --- options ------------------------------------------------------------------------------------------------


def test_options_default_to_loopback_and_port_8000():
    options = cli.serve_options([])
    assert (options.host, options.port, options.dev) == ("127.0.0.1", 8000, False)


def test_options_are_read():
    options = cli.serve_options(["--host", "0.0.0.0", "--port", "8123", "--workers", "3", "--dev"])
    assert (options.host, options.port, options.workers, options.dev) == ("0.0.0.0", 8123, 3, True)


@pytest.mark.parametrize(
    "wrong", [["--port", "0"], ["--port", "65536"], ["--port", "x"], ["--workers", "0"], ["--x"]]
)
def test_wrong_option_exits_with_2(wrong, capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.serve_options(wrong)
    assert stopped.value.code == 2
    assert wrong[0] in capsys.readouterr().err


def test_help_names_every_command():
    told = run("--help")
    assert told.returncode == 0
    assert [word for word in cli.COMMANDS if f"./run {word}" not in told.stdout] == []


# --- hosts, keys, environment -------------------------------------------------------------------------------


def test_hosts_of_loopback_are_loopback_alone():
    assert data.allowed_hosts("127.0.0.1") == ["localhost", "127.0.0.1", "[::1]"]


def test_hosts_name_the_address_listened_on():
    assert data.allowed_hosts("192.0.2.7") == ["localhost", "127.0.0.1", "[::1]", "192.0.2.7"]
    assert data.allowed_hosts("2001:db8::7") == ["localhost", "127.0.0.1", "[::1]", "[2001:db8::7]"]


def test_hosts_of_every_address_name_the_machine():
    assert socket.gethostname().lower() in data.allowed_hosts("0.0.0.0")


def test_django_environment_keeps_the_operators_word(tmp_path):
    base = {"PORTAL_HOSTS": "help.example", "PORTAL_HTTPS": "1"}
    env = data.django_environment("portal.settings.production", tmp_path, base=base)
    assert env["PORTAL_HOSTS"] == "help.example,localhost,127.0.0.1,[::1]"
    assert env["PORTAL_HTTPS"] == "1"
    assert env["PORTAL_DATA"] == str(tmp_path)


@pytest.mark.parametrize(
    ("host", "https"), [("127.0.0.1", "0"), ("::1", "0"), ("0.0.0.0", "1"), ("192.0.2.7", "1")]
)
def test_plain_http_is_for_loopback_only(tmp_path, host, https):
    assert data.django_environment("x", tmp_path, host, base={})["PORTAL_HTTPS"] == https


def test_keys_are_made_once_and_for_this_user_alone(tmp_path):
    data.ensure_keys(tmp_path / "keys")
    first = {file.name: file.read_text() for file in (tmp_path / "keys").iterdir()}
    data.ensure_keys(tmp_path / "keys")
    assert {file.name: file.read_text() for file in (tmp_path / "keys").iterdir()} == first
    assert sorted(first) == ["sealing", "secret"]
    assert len(first["secret"].strip()) >= 50
    assert {stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "keys").iterdir()} == {0o600}
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700


def test_key_left_empty_by_a_crash_is_made_anew(tmp_path):
    (tmp_path / "secret").touch()
    data.ensure_keys(tmp_path)
    assert len((tmp_path / "secret").read_text().strip()) >= 50


# --- one clear sentence, exit code 2 ------------------------------------------------------------------------


def test_taken_port_is_said():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        told = run("--port", str(number))
    assert (told.returncode, told.stdout, told.stderr) == (
        2,
        "",
        f"run: Port {number} of 127.0.0.1 is taken by another program: "
        "stop it, or choose another with --port.\n",
    )


def test_foreign_address_is_said():
    with pytest.raises(Problem) as problem:
        serve.ensure_port_free("192.0.2.7", 8000)
    assert str(problem.value).endswith("check --host and --port.")


def test_unwritable_data_directory_is_said(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(Problem) as problem:
        data.ensure_data_directory(tmp_path / "file" / "data")
    assert str(problem.value) == (
        f"The data directory {tmp_path}/file/data cannot be written (Not a directory): "
        "make it writable, or name another with PORTAL_DATA=DIR."
    )


def test_read_only_data_directory_of_another_user_is_said():
    with pytest.raises(Problem, match=r"^The data directory /proc/sys/portal cannot be written \("):
        data.ensure_data_directory(Path("/proc/sys/portal"))


def test_unknown_command_is_said():
    told = run("serve")
    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr == (
        "run: 'serve' is not a command; there are: test, check, bench, manage, lock (./run --help).\n"
    )


def test_unknown_benchmark_exits_with_2():
    told = run("bench", "no-such-benchmark")
    assert (told.returncode, "Traceback" in told.stderr) == (2, False)


def test_unreachable_index_is_said():
    output = "WARNING: Retrying\nERROR: No matching distribution found for django==5.2.19\n"
    with pytest.raises(Problem) as problem:
        environment.explain("installing the packages", 1, output)
    assert str(problem.value).startswith(
        "The package index cannot be reached while installing the packages: "
    )


def test_other_failure_of_set_up_says_its_last_line():
    with pytest.raises(Problem, match=r"^Failed while making the environment: it broke "):
        environment.explain("making the environment", 1, "first\nit broke\n\n")


def test_old_python_is_said():
    source = (ROOT / "run").read_text()
    faked = "import sys\nsys.version_info = (3, 9, 2)\n" + source
    told = subprocess.run([sys.executable, "-c", faked], capture_output=True, text=True, timeout=60)
    assert (told.returncode, told.stderr) == (
        2,
        "run: this portal needs Python 3.11, 3.12 or 3.13; this is Python 3.9"
        " (start it with another, for instance: python3.12 run).\n",
    )


# --- pip without ensurepip ----------------------------------------------------------------------------------


def test_wheel_address_is_found_in_json_and_in_html():
    json = f'{{"files":[{{"filename":"{pipwheel.WHEEL}","url":"https://files.example/a/{pipwheel.WHEEL}"}}]}}'
    html = f'<a href="../../a/{pipwheel.WHEEL}#sha256=00">{pipwheel.WHEEL}</a>'
    assert pipwheel.wheel_address(json) == f"https://files.example/a/{pipwheel.WHEEL}"
    assert pipwheel.wheel_address(html) == f"../../a/{pipwheel.WHEEL}"


def test_wheel_missing_from_index_is_an_error():
    with pytest.raises(LookupError):
        pipwheel.wheel_address('{"files": []}')


def test_wrong_wheel_is_not_genuine():
    assert pipwheel.genuine(b"something else") is False


def test_uv_is_told_what_pip_is_told(tmp_path):
    file = tmp_path / "pip.conf"
    file.write_text("[global]\nindex-url = https://mirror.example/simple\nfind_links = /a\n  /b\n")
    env = {
        "PIP_CONFIG_FILE": str(file),
        "PIP_INDEX_URL": "https://nearer.example/simple",
        "HOME": str(tmp_path),
    }
    told = pipconfig.uv_environment(env | {"XDG_CONFIG_DIRS": str(tmp_path)})
    assert (told["UV_DEFAULT_INDEX"], told["UV_FIND_LINKS"]) == ("https://nearer.example/simple", "/a,/b")


# --- what is printed ----------------------------------------------------------------------------------------


def test_progress_line_shows_bar_and_seconds():
    assert (
        console.progress_line("Installing", 25, 50, 3.2) == "Installing [############            ] 25/50  3 s"
    )
    assert console.progress_line("Collecting", 0, 0, 3.2) == "Collecting … 3 s"


def test_step_prints_plain_lines_into_a_pipe(tmp_path):
    with open(tmp_path / "out", "w") as out, console.Step("Collecting", stream=out):
        pass
    assert (tmp_path / "out").read_text() == "Collecting …\nCollecting: done in 0.0 s\n"


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::1", "http://[::1]:8000"),
    ],
)
def test_site_address_can_be_opened(host, address):
    assert announce.site_address(host, 8000) == address


# --- limits -------------------------------------------------------------------------------------------------


def test_long_file_and_long_function_are_found(tmp_path):
    body = "    x = 1\n" * 60
    (tmp_path / "long.py").write_text(f"def f():\n{body}" + "\n" * 340)
    (tmp_path / "migrations").mkdir()
    (tmp_path / "migrations" / "0001.py").write_text("\n" * 500)
    assert too_long(tmp_path) == [
        "long.py: 401 lines, 400 are allowed",
        "long.py:1 f: 61 lines, 60 are allowed",
    ]


def test_function_of_sixty_lines_is_allowed():
    assert long_functions("def f():\n" + "    x = 1\n" * 59) == []
