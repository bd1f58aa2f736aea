"""A server in front that speaks https in small records, as docs/operations.md asks for; only for benchmarks."""

from __future__ import annotations

import asyncio
import ssl
from contextlib import suppress
from pathlib import Path

from benchmarks._link import Relay, Stream

RECORD = 1400  # bytes of content: a record that fits into one packet


class Front(Relay):
    """An https port before the http port ``target``: ``with Front(target, chain, key) as port``."""

    def __init__(self, target: int, chain: Path, key: Path) -> None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(chain, key)
        super().__init__(target, context)

    async def carry(self, browser: Stream, server: Stream) -> None:
        """Carry both directions as they come."""
        await asyncio.gather(in_records(browser[0], server[1]), in_records(server[0], browser[1]))


async def in_records(source: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
    """Write what comes, one record for each piece."""
    while data := await source.read(RECORD):
        out.write(data)
        await out.drain()
    with suppress(OSError, RuntimeError):
        if out.can_write_eof():
            out.write_eof()
        else:
            out.close()
