"""A server in front that speaks https in small records, as docs/operations.md asks for; only for benchmarks."""

from __future__ import annotations

import asyncio
import ssl
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType

RECORD = 1400  # bytes of content: a record that fits into one packet


class Front:
    """An https port before the http port ``target``: ``with Front(target, chain, key) as port``."""

    def __init__(self, target: int, chain: Path, key: Path) -> None:
        self.target = target
        self.context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.context.load_cert_chain(chain, key)
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)

    def __enter__(self) -> int:
        self.thread.start()
        begun = asyncio.start_server(self.connected, "127.0.0.1", 0, ssl=self.context)
        self.server = asyncio.run_coroutine_threadsafe(begun, self.loop).result()
        return int(self.server.sockets[0].getsockname()[1])

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self.close(), self.loop).result()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    async def close(self) -> None:
        """End everything."""
        self.server.close()
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def connected(self, browser: asyncio.StreamReader, to_browser: asyncio.StreamWriter) -> None:
        """Carry one connection until both sides have ended."""
        server, to_server = await asyncio.open_connection("127.0.0.1", self.target)
        try:
            await asyncio.gather(carry(browser, to_server), carry(server, to_browser))
        except (asyncio.CancelledError, OSError):
            pass  # one side went away
        finally:
            to_server.close()
            to_browser.close()


async def carry(source: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
    """Write what comes, one record for each piece."""
    while data := await source.read(RECORD):
        out.write(data)
        await out.drain()
    with suppress(OSError, RuntimeError):
        if out.can_write_eof():
            out.write_eof()
        else:
            out.close()
