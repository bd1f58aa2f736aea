"""A slow link between a browser and a server on one machine: round trips, one shared rate, TCP's slow start.

Chromium's own throttling delays a request once, whatever its size; on a real link a page of 20 kB takes one round
trip more than one of 10 kB. So this proxy follows what TCP does on a clean link: a connection costs a round trip
before the first byte goes up; the server may have ten segments under way at first and one more for each that is
confirmed; all connections share one rate in each direction. Loss, delayed confirmations and their own bytes, and the
look-up of names are left out: they make every page slower, also the one that ours is compared with.
"""

from __future__ import annotations

import asyncio
import ssl
import threading
from abc import ABC, abstractmethod
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType

SEGMENT = 1460  # bytes of content in a packet
HEADER = 40  # bytes of IP and TCP around it
FIRST_WINDOW = 10  # segments (RFC 6928)


@dataclass
class Direction:
    """One direction of a link: its packets leave one after another and arrive half a round trip later."""

    rate: float  # bits a second
    delay: float  # seconds
    free_at: float = 0.0

    def arrival(self, size: int, now: float) -> float:
        """Return when a packet of ``size`` bytes of content that is sent at ``now`` has arrived."""
        self.free_at = max(now, self.free_at) + (size + HEADER) * 8 / self.rate
        return self.free_at + self.delay


@dataclass
class Sender:
    """The server's side of one connection: how many segments it may have under way."""

    down: Direction
    window: int = FIRST_WINDOW
    under_way: int = 0
    freed: asyncio.Event = field(default_factory=asyncio.Event)

    async def may_send(self) -> None:
        while self.under_way >= self.window:
            self.freed.clear()
            await self.freed.wait()

    def send(self, size: int) -> float:
        """Send one segment now; return when it arrives."""
        loop = asyncio.get_running_loop()
        arrival = self.down.arrival(size, loop.time())
        self.under_way += 1
        loop.call_at(arrival + self.down.delay, self.confirmed)
        return arrival

    def confirmed(self) -> None:
        """A segment was confirmed: its place is free, and the window grows by one."""
        self.under_way -= 1
        self.window += 1
        self.freed.set()


Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]
"""Both directions of a connection: what comes, and where to."""


class Relay(ABC):
    """A port of this machine that leads to the port ``target``: ``with Relay(target) as port``.

    A subclass says how a connection is carried; ``context`` makes the port speak https.
    """

    def __init__(self, target: int, context: ssl.SSLContext | None = None) -> None:
        self.target, self.context = target, context
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
        """End everything; a connection that came at the last moment too."""
        self.server.close()
        while tasks := [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks, timeout=1)

    async def connected(self, browser: asyncio.StreamReader, to_browser: asyncio.StreamWriter) -> None:
        """Carry one connection until both sides have ended."""
        server, to_server = await asyncio.open_connection("127.0.0.1", self.target)
        try:
            await self.carry((browser, to_browser), (server, to_server))
        except (asyncio.CancelledError, OSError):
            pass  # the port is taken away, or one side was: nothing of it is measured any more
        finally:
            to_server.close()
            to_browser.close()

    @abstractmethod
    async def carry(self, browser: Stream, server: Stream) -> None:
        """Carry both directions until both have ended."""


class Link(Relay):
    """A port that leads to ``target`` over a slow link: ``with Link(target, rtt=0.4, rate=400_000) as port``."""

    def __init__(self, target: int, *, rtt: float, rate: float) -> None:
        super().__init__(target)
        self.rtt = rtt
        self.up, self.down = Direction(rate, rtt / 2), Direction(rate, rtt / 2)

    async def carry(self, browser: Stream, server: Stream) -> None:
        """Carry both directions at the pace of the link."""
        open_at = asyncio.get_running_loop().time() + self.rtt
        await asyncio.gather(
            self.carry_up(browser[0], server[1], open_at), self.carry_down(server[0], browser[1])
        )

    async def carry_up(
        self, browser: asyncio.StreamReader, to_server: asyncio.StreamWriter, open_at: float
    ) -> None:
        """What the browser sends: not before the connection is open on its side."""
        loop, late = asyncio.get_running_loop(), Late(to_server)
        while data := await browser.read(SEGMENT):
            late.write(self.up.arrival(len(data), max(loop.time(), open_at)), data)
        late.end(self.up.free_at + self.up.delay + 0.001)
        await late.done

    async def carry_down(self, server: asyncio.StreamReader, to_browser: asyncio.StreamWriter) -> None:
        """What the server sends: as much as its window allows."""
        sender, late = Sender(self.down), Late(to_browser)
        while True:
            await sender.may_send()
            if not (data := await server.read(SEGMENT)):
                break
            late.write(sender.send(len(data)), data)
        late.end(self.down.free_at + self.down.delay + 0.001)
        await late.done


class Late:
    """Writes each packet at its time of arrival, in order."""

    def __init__(self, out: asyncio.StreamWriter) -> None:
        self.out, self.loop = out, asyncio.get_running_loop()
        self.done: asyncio.Future[None] = self.loop.create_future()

    def write(self, at: float, data: bytes) -> None:
        self.loop.call_at(at, self._write, data)

    def _write(self, data: bytes) -> None:
        if not self.out.is_closing():
            self.out.write(data)

    def end(self, at: float) -> None:
        """No more comes after ``at``."""
        self.loop.call_at(at, self._end)

    def _end(self) -> None:
        with suppress(OSError, RuntimeError):
            self.out.write_eof()
        if not self.done.done():
            self.done.set_result(None)
