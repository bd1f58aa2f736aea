"""Limits by what something costs: a count in this process's memory under a secret that is never written (R52).

No address is stored: a network is hashed with a key that dies with the process, and forgotten after its time.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from hashlib import blake2b
from ipaddress import ip_address, ip_network

from django.http import HttpRequest

MOST_ENTRIES = 10_000


class Pace:
    """Lets each name through ``most`` times in ``seconds``.

    When the memory is full, new names pass uncounted: a limit of the whole, in the database, stands behind it.
    """

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.most, self.seconds, self.clock = most, seconds, clock
        self._secret = secrets.token_bytes(32)
        self._lock = threading.Lock()
        self._seen: dict[bytes, tuple[int, float]] = {}

    def allows(self, name: str) -> bool:
        """Count ``name`` and return whether it is still within the limit; an empty name always is."""
        if not name:
            return True
        hashed = blake2b(name.encode(), key=self._secret, digest_size=16).digest()
        now = self.clock()
        with self._lock:
            if len(self._seen) >= MOST_ENTRIES:
                self._seen = {key: entry for key, entry in self._seen.items() if entry[1] > now}
            number, until = self._seen.get(hashed, (0, 0.0))
            if until <= now:
                number, until = 0, now + self.seconds
            if number or len(self._seen) < MOST_ENTRIES:
                self._seen[hashed] = (number + 1, until)
        return number < self.most

    def forget(self) -> None:
        """Forget everything that was counted."""
        with self._lock:
            self._seen.clear()


def network_of(request: HttpRequest) -> str:
    """Return the network that a request comes from (/24, IPv6 /48), empty for a proxy of our own or none."""
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return ""
    if address.is_loopback or address.is_private:
        return ""
    return str(ip_network((address, 24 if address.version == 4 else 48), strict=False))
