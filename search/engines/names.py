"""The static key and the key of every record in memory, packed: a page of hits reads no row."""

from __future__ import annotations

import struct
import zlib
from array import array
from collections.abc import Iterable, Mapping
from itertools import accumulate

from pyroaring import BitMap

Name = tuple[str, str]
"""The static key and the key."""


class Names:
    """Names by number: those of a snapshot in one piece, later ones beside them."""

    def __init__(self, numbers: BitMap, text: bytes, ends: array[int], later: Mapping[int, Name]) -> None:
        self._numbers = numbers
        self._text = text
        self._ends = ends
        self._later = later

    @classmethod
    def of(cls, names: Iterable[tuple[int, Name]]) -> Names:
        """Pack these names."""
        in_order = sorted(names)
        parts = [part.encode("utf-8", "surrogatepass") for _, name in in_order for part in name]
        return cls(BitMap(n for n, _ in in_order), b"".join(parts), _ends(map(len, parts)), {})

    def get(self, number: int) -> Name:
        """Return the name of a number; ``KeyError`` when there is none."""
        found = self._later.get(number)
        if found is not None:
            return found
        if number not in self._numbers:
            raise KeyError(number)
        at = 2 * (self._numbers.rank(number) - 1)
        start = self._ends[at - 1] if at else 0
        middle, end = self._ends[at], self._ends[at + 1]
        return _text(self._text[start:middle]), _text(self._text[middle:end])

    def key(self, number: int) -> str:
        """Return the key alone."""
        return self.get(number)[1]

    def with_later(self, names: Mapping[int, Name]) -> Names:
        """Return these and more; this object stays as it is."""
        return Names(self._numbers, self._text, self._ends, {**self._later, **names})

    def only(self, numbers: BitMap) -> Names:
        """Return the names of these numbers, all in one piece."""
        return Names.of((number, self.get(number)) for number in numbers)

    def to_bytes(self) -> bytes:
        """Return everything as one value; only what stands in one piece is written (see :meth:`only`)."""
        numbers = self._numbers.serialize()
        lengths = array("I", (e - s for s, e in zip([0, *self._ends], self._ends, strict=False))).tobytes()
        head = struct.pack("<II", len(numbers), len(lengths))
        return zlib.compress(head + numbers + lengths + self._text, 1)

    @classmethod
    def from_bytes(cls, data: bytes) -> Names:
        """Return what :meth:`to_bytes` wrote."""
        plain = zlib.decompress(data)
        first, second = struct.unpack_from("<II", plain)
        lengths = array("I")
        lengths.frombytes(plain[8 + first : 8 + first + second])
        numbers = BitMap.deserialize(plain[8 : 8 + first])
        return cls(numbers, plain[8 + first + second :], _ends(lengths), {})


def _ends(lengths: Iterable[int]) -> array[int]:
    return array("I", accumulate(lengths))


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
