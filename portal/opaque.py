"""Short codes that say nothing: for records in paths and for facet values in links (safety R7, R10)."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from uuid import UUID, uuid5

# No vowels and no y: a code can never spell a word. No 0, 1, l: it can be read out over the phone.
ALPHABET = "bcdfghjkmnpqrstvwxz23456789"
NAMESPACE = UUID("5c7a3b4e-6f52-5b0e-9d1f-0a51d40c0de5")


def code(*parts: str, length: int = 5, salt: int = 0) -> str:
    """Return a stable code of ``length`` letters for ``parts``; ``salt`` gives another one on a clash."""
    digest = blake2b("\x1f".join((*parts, str(salt))).encode(), digest_size=16).digest()
    number = int.from_bytes(digest, "big")
    letters = []
    for _ in range(length):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return "".join(letters)


@lru_cache(maxsize=4096)
def filter_code(name: str, value: str) -> str:
    """Return the code of a filter's value in links; areas, of which there are many, get a longer one."""
    return code("filter", name, value, length=5 if name == "area" else 4)


def record_uuid(key: str) -> UUID:
    """Return the stable HSDS id of the record with this import key."""
    return uuid5(NAMESPACE, key)
