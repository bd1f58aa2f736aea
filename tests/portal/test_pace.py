"""Limits in memory: counted by network under a key that nobody keeps, never by address."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from portal import pace
from portal.pace import Pace, network_of


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_pace_lets_through_up_to_the_limit_and_again_after_its_time():
    clock = Clock()
    limit = Pace(2, 60, clock)
    assert [limit.allows("a"), limit.allows("a"), limit.allows("a"), limit.allows("b")] == [
        True,
        True,
        False,
        True,
    ]
    clock.now += 61
    assert limit.allows("a")


def test_pace_keeps_no_name_in_memory():
    limit = Pace(1, 60)
    limit.allows("203.0.113.0/24")
    kept = b"".join(limit._seen)
    assert len(kept) == 16
    assert b"203" not in kept
    assert set(limit._seen) != set(_counted("203.0.113.0/24")._seen)


def _counted(name: str) -> Pace:
    other = Pace(1, 60)
    other.allows(name)
    return other


def test_pace_when_full_counts_nobody_new_and_refuses_nobody_new(monkeypatch):
    monkeypatch.setattr(pace, "MOST_ENTRIES", 3)
    limit = Pace(1, 60)
    assert all(limit.allows(str(number)) for number in range(20))
    assert len(limit._seen) == 3
    assert not limit.allows("0")


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", ""),
        ("198.41.0.4", "198.41.0.0/24"),
        ("2606:4700:10:1::5", "2606:4700:10::/48"),
        ("127.0.0.1", ""),
        ("10.1.2.3", ""),
        ("", ""),
    ],
)
def test_network_is_coarse_and_empty_for_a_proxy(address, network):
    assert network_of(RequestFactory().get("/", REMOTE_ADDR=address)) == network
