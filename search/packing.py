"""A row of the index as one packed value: the facts of a document and its tokens, a quarter of their plain size.

Also the words of a whole generation, with how often each is used.
"""

from __future__ import annotations

import json
import struct
import zlib
from array import array
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

COMMON = (
    b'[{"kind":"service","key":"","facets":{"area":[["country":["language":["papers":["gender":["audience":'
    b'[["everyone"],[],0],"need":[["kind":[["yes"],[],0],[[],["yes"],0],[[],[],1],[[],[],2],[[],[],0]},'
    b'"ranges":{"age":[null,null,true]},"limited":false},{"facets":{"ranges":{"age":[18,null,false]},'
    b'"limited":true}],"alternatives":[{"facets":{"static_key":"","ask_always":false,'
    b'"round_the_clock":false,"uncounted":["area"],"numbers":[],"specialised":false},'
)
"""What most rows hold, so that they need not; another text makes all rows unreadable and needs a migration."""

LEVEL = 2
"""Of zlib: higher ones take a quarter longer for a fortieth of the room."""
_dumps = json.JSONEncoder(ensure_ascii=False).encode


class Row(NamedTuple):
    """What :func:`pack` was given: the document as plain values, and the tokens of each column in their order."""

    content: dict[str, Any]
    columns: tuple[str, ...]


def pack(content: str, columns: Sequence[str]) -> bytes:
    """Return both as one value; ``content`` is JSON already."""
    plain = f"[{','.join((content, *map(_dumps, columns)))}]"
    packer = zlib.compressobj(LEVEL, wbits=-zlib.MAX_WBITS, zdict=COMMON)
    return packer.compress(plain.encode("utf-8", "surrogatepass")) + packer.flush()


def unpack(data: bytes | memoryview) -> Row:
    """Return what :func:`pack` packed."""
    unpacker = zlib.decompressobj(wbits=-zlib.MAX_WBITS, zdict=COMMON)
    plain = unpacker.decompress(bytes(data)) + unpacker.flush()
    content, *columns = json.loads(plain.decode("utf-8", "surrogatepass"))
    return Row(content, tuple(columns))


def pack_words(uses: Mapping[str, int]) -> bytes:
    """Return words, none of them empty, with how often each is used as one value."""
    words = "\n".join(uses).encode()
    return struct.pack("<I", len(words)) + words + array("I", uses.values()).tobytes()


def unpack_words(data: bytes | memoryview) -> dict[str, int]:
    """Return what :func:`pack_words` packed."""
    whole = bytes(data)
    end = 4 + struct.unpack_from("<I", whole)[0]
    words = whole[4:end].decode().split("\n") if end > 4 else []
    return dict(zip(words, array("I", whole[end:]), strict=True))
