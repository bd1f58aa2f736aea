"""Sealed search words: typed text travels in the path only encrypted, and only for an hour (R9)."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

MAX_AGE = 3600
BLOCK = 64
LONGEST = 4096


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a token held. ``expired`` true: it was ours but is older than allowed; show no words then."""

    values: Mapping[str, str] = field(default_factory=dict)
    expired: bool = False


def _ring() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.SEALING_KEYS])


def seal(payload: Mapping[str, str], *, now: datetime) -> str:
    """Return a URL-safe token for ``payload``; its length says little about the words (padded to 64 bytes)."""
    packed = zlib.compress(json.dumps(dict(payload), ensure_ascii=False).encode(), 9)
    size = len(packed).to_bytes(2, "big")
    padded = (size + packed).ljust(-(-(len(packed) + 2) // BLOCK) * BLOCK, b"\0")
    token = _ring().encrypt_at_time(padded, int(now.timestamp()))
    return token.decode().rstrip("=")


def unseal(token: str, *, now: datetime, max_age: int = MAX_AGE) -> Sealed | None:
    """Return what ``token`` held, or ``None`` when no key of ours opens it. ``max_age`` in seconds."""
    if len(token) > LONGEST:
        return None
    raw = (token + "=" * (-len(token) % 4)).encode("utf-8", "replace")
    try:
        padded = _ring().decrypt(raw)
        age = now.timestamp() - _ring().extract_timestamp(raw)
        size = int.from_bytes(padded[:2], "big")
        values = json.loads(zlib.decompress(padded[2 : 2 + size]))
    except (InvalidToken, ValueError, zlib.error):
        return None
    return Sealed({str(key): str(value) for key, value in values.items()}, age > max_age)
