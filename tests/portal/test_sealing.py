"""Sealed search words: only our keys open them, only for an hour, and nothing shows (R9, F12, F17)."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from portal.sealing import BLOCK, LONGEST, MAX_AGE, Sealed, seal, unseal

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
WORDS = {"q": "jemand schlägt mich", "p": "Čukarica", "f": "n1.a3"}


def key() -> str:
    return Fernet.generate_key().decode()


def later(seconds: int) -> datetime:
    return NOW + timedelta(seconds=seconds)


def decoded(token: str) -> bytes:
    return base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))


def test_seal_keeps_all_fields():
    assert unseal(seal(WORDS, now=NOW), now=NOW) == Sealed(WORDS)


def test_seal_is_url_safe_and_shows_no_word():
    token = seal(WORDS, now=NOW)
    assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    assert b"ukarica" not in decoded(token)


def test_seal_gives_another_token_each_time():
    assert seal(WORDS, now=NOW) != seal(WORDS, now=NOW)


@pytest.mark.parametrize(
    ("seconds", "expired"), [(0, False), (MAX_AGE, False), (MAX_AGE + 1, True), (90_000, True)]
)
def test_unseal_says_expired_after_sixty_minutes(seconds: int, expired: bool):
    opened = unseal(seal(WORDS, now=NOW), now=later(seconds))
    assert opened == Sealed(WORDS, expired)


def test_unseal_takes_another_age():
    assert unseal(seal(WORDS, now=NOW), now=later(11), max_age=10) == Sealed(WORDS, True)


@pytest.mark.parametrize(("seconds", "expired"), [(-30, False), (-86_400, True)])
def test_unseal_of_a_clock_that_jumped_back_opens_no_old_words_longer(seconds: int, expired: bool):
    assert unseal(seal(WORDS, now=NOW), now=later(seconds)) == Sealed(WORDS, expired)


def test_unseal_of_nothing_of_ours_is_none():
    for token in (
        "",
        "x",
        "not-a-token",
        "ž",
        "\ud800",
        "=" * 8,
        "A" * 500,
        "A" * (LONGEST + 1),
        "../../etc",
    ):
        assert unseal(token, now=NOW) is None


def test_unseal_refuses_every_changed_character():
    token = seal({"q": "reč"}, now=NOW)
    for place, letter in enumerate(token):
        other = "A" if letter != "A" else "B"
        assert unseal(token[:place] + other + token[place + 1 :], now=NOW) is None


@pytest.mark.parametrize("change", ["{}=", "{}!", " {}", "{}AAAA", "!{}"])
def test_unseal_refuses_another_spelling(change: str):
    assert unseal(change.format(seal(WORDS, now=NOW)), now=NOW) is None


def test_unseal_refuses_a_key_that_is_not_ours(settings):
    token = seal(WORDS, now=NOW)
    settings.SEALING_KEYS = [key()]
    assert unseal(token, now=NOW) is None


def test_keys_rotated_twice_keep_live_links(settings):
    first, second, third, fourth = key(), key(), key(), key()
    settings.SEALING_KEYS = [first]
    oldest = seal(WORDS, now=NOW)
    settings.SEALING_KEYS = [second, first]
    middle = seal(WORDS, now=NOW)
    settings.SEALING_KEYS = [third, second, first]
    newest = seal(WORDS, now=NOW)
    assert [unseal(token, now=NOW) for token in (oldest, middle, newest)] == [Sealed(WORDS)] * 3
    settings.SEALING_KEYS = [fourth, third, second]
    assert unseal(oldest, now=NOW) is None
    assert [unseal(token, now=NOW) for token in (middle, newest)] == [Sealed(WORDS)] * 2
    settings.SEALING_KEYS = [second]
    assert unseal(newest, now=NOW) is None


def test_the_first_key_seals(settings):
    first, second = key(), key()
    settings.SEALING_KEYS = [first, second]
    token = seal(WORDS, now=NOW)
    settings.SEALING_KEYS = [first]
    assert unseal(token, now=NOW) == Sealed(WORDS)
    settings.SEALING_KEYS = [second]
    assert unseal(token, now=NOW) is None


def test_short_words_have_one_length():
    lengths = {
        len(seal({"q": word}, now=NOW)) for word in ("a", "help", "azil", "policija", "poverljivo mesto")
    }
    assert len(lengths) == 1


@given(st.text(max_size=120))
def test_length_moves_in_whole_blocks(word: str):
    empty, full = len(decoded(seal({}, now=NOW))), len(decoded(seal({"q": word}, now=NOW)))
    assert (full - empty) % BLOCK == 0


@given(st.dictionaries(st.text(max_size=8), st.text(max_size=120), max_size=5))
def test_seal_round_trip(payload: dict[str, str]):
    assert unseal(seal(payload, now=NOW), now=NOW) == Sealed(payload)


@given(st.text())
def test_unseal_takes_any_text(token: str):
    assert unseal(token, now=NOW) is None


def test_seal_refuses_what_no_link_can_hold():
    with pytest.raises(ValueError, match="too long"):
        seal({"q": "".join(chr(0x4E00 + i * 7 % 20_000) for i in range(4_000))}, now=NOW)


def test_seal_without_a_key_says_so(settings):
    settings.SEALING_KEYS = []
    with pytest.raises(ValueError, match="key"):
        seal(WORDS, now=NOW)
    assert unseal("AAAA", now=NOW) is None
