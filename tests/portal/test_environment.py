"""Reading the environment: a wrong word is refused with its name, a secret is never guessed."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.environment import database_from_url, env_bool, env_list, env_secret, sqlite


@pytest.mark.parametrize("word", ["1", "true", "TRUE", "yes", "On"])
def test_bool_reads_yes(monkeypatch, word):
    monkeypatch.setenv("T_FLAG", word)
    assert env_bool("T_FLAG") is True


@pytest.mark.parametrize("word", ["0", "false", "No", "off", ""])
def test_bool_reads_no(monkeypatch, word):
    monkeypatch.setenv("T_FLAG", word)
    assert env_bool("T_FLAG", True) is False


@pytest.mark.parametrize("default", [True, False])
def test_bool_that_is_not_set_is_the_default(monkeypatch, default):
    monkeypatch.delenv("T_FLAG", raising=False)
    assert env_bool("T_FLAG", default) is default


def test_bool_refuses_another_word(monkeypatch):
    monkeypatch.setenv("T_FLAG", "perhaps")
    with pytest.raises(ImproperlyConfigured, match=r"T_FLAG must be one of .* it is 'perhaps'"):
        env_bool("T_FLAG")


@pytest.mark.parametrize(
    ("value", "parts"), [("a, b ,,c", ["a", "b", "c"]), ("", []), (" , ", []), ("serbia", ["serbia"])]
)
def test_list_has_no_empty_parts(monkeypatch, value, parts):
    monkeypatch.setenv("T_LIST", value)
    assert env_list("T_LIST", "default") == parts


def test_list_that_is_not_set_is_the_default(monkeypatch):
    monkeypatch.delenv("T_LIST", raising=False)
    assert env_list("T_LIST", "a,b") == ["a", "b"]


def test_secret_comes_from_the_variable_before_the_file(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("of the file\n")
    monkeypatch.delenv("T_SECRET", raising=False)
    assert env_secret("T_SECRET", tmp_path / "secret") == "of the file"
    monkeypatch.setenv("T_SECRET", " of the variable ")
    assert env_secret("T_SECRET", tmp_path / "secret") == "of the variable"


@pytest.mark.parametrize("content", [None, "", " \n"])
def test_secret_that_is_nowhere_is_refused(monkeypatch, tmp_path, content):
    monkeypatch.delenv("T_SECRET", raising=False)
    if content is not None:
        (tmp_path / "secret").write_text(content)
    with pytest.raises(ImproperlyConfigured, match="T_SECRET is not set and secret does not exist"):
        env_secret("T_SECRET", tmp_path / "secret")


def test_postgresql_url_is_read():
    found = database_from_url("postgresql://ana:p%40ss@db.example:5433/sidro?sslmode=require")
    wanted = {"NAME": "sidro", "USER": "ana", "PASSWORD": "p@ss", "HOST": "db.example", "PORT": "5433"}
    assert {name: found[name] for name in wanted} == wanted
    assert (found["ENGINE"], found["OPTIONS"]) == ("django.db.backends.postgresql", {"sslmode": "require"})


def test_postgresql_socket_is_read():
    assert database_from_url("postgres:///sidro?host=/run/postgresql")["HOST"] == "/run/postgresql"


def test_other_database_is_refused():
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL must start with postgresql://"):
        database_from_url("mysql://localhost/sidro")


def test_sqlite_loses_no_concurrent_write(tmp_path):
    options = sqlite(tmp_path / "db.sqlite3")["OPTIONS"]
    assert (options["transaction_mode"], options["timeout"]) == ("IMMEDIATE", 20)
    pragmas = {line.strip() for line in options["init_command"].split(";") if line.strip()}
    assert pragmas >= {"PRAGMA journal_mode=WAL", "PRAGMA foreign_keys=ON", "PRAGMA secure_delete=ON"}
