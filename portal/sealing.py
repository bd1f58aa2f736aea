"""Sealed search words: typed text travels in the path only encrypted, and only for an hour (R9)."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

MAX_AGE = 3600  # seconds
BLOCK = 64  # bytes
LONGEST = 4096  # characters of a token
CLOCK_SKEW = 60  # seconds that two servers' clocks may differ


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a token held.

    ``expired`` true: it was ours but is too old, or made while a clock ran ahead; then show no words.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    expired: bool = False


def _ring() -> MultiFernet:
    """Return all keys of the site: the first seals, each opens; raise ``ValueError`` when there is none."""
    if not settings.SEALING_KEYS:
        raise ValueError("SEALING_KEYS holds no key, so nothing can be sealed.")
    return MultiFernet([Fernet(key) for key in settings.SEALING_KEYS])


def seal(payload: Mapping[str, str], *, now: datetime) -> str:
    """Return a URL-safe token for ``payload``; its length says little about the words (padded to 64 bytes).

    Raises ``ValueError`` when the payload is too long for a link, or when the site has no key.
    """
    packed = zlib.compress(json.dumps(dict(payload), ensure_ascii=False).encode("utf-8", "replace"), 9)
    if len(packed) > LONGEST:
        raise ValueError("These values are too long to be sealed into a link.")
    size = len(packed).to_bytes(2, "big")
    padded = (size + packed).ljust(-(-(len(packed) + 2) // BLOCK) * BLOCK, b"\0")
    token = _ring().encrypt_at_time(padded, int(now.timestamp())).decode().rstrip("=")
    if len(token) > LONGEST:
        raise ValueError("These values are too long to be sealed into a link.")
    return token


def unseal(token: str, *, now: datetime, max_age: int = MAX_AGE) -> Sealed | None:
    """Return what ``token`` held, or ``None`` when no key of ours opens it. ``max_age`` in seconds."""
    raw = _canonical(token)
    if raw is None:
        return None
    try:
        padded = _ring().decrypt(raw)
        age = now.timestamp() - _ring().extract_timestamp(raw)
        size = int.from_bytes(padded[:2], "big")
        values = json.loads(zlib.decompress(padded[2 : 2 + size]))
    except (InvalidToken, ValueError, zlib.error):
        return None
    expired = not -CLOCK_SKEW <= age <= max_age
    return Sealed({str(key): str(value) for key, value in values.items()}, expired)


def _canonical(token: str) -> bytes | None:
    """Return the token with its padding, or ``None`` for any spelling but the one that we gave out."""
    if len(token) > LONGEST or not token.isascii():
        return None
    raw = (token + "=" * (-len(token) % 4)).encode()
    try:
        same = base64.urlsafe_b64encode(base64.urlsafe_b64decode(raw)) == raw
    except (binascii.Error, ValueError):
        return None
    return raw if same else None
