"""A connection whose timeout bounds the whole answer: the library's own starts again with each piece that comes."""

from __future__ import annotations

import time
from typing import Any, NamedTuple

import urllib3
from elastic_transport import NodeConfig, Urllib3HttpNode

PIECE = 65_536


class Answer(NamedTuple):
    """What the library wants to know of an answer."""

    status: int
    headers: Any
    data: bytes


class InTimePool:
    """A pool of connections that ends an answer which is not whole in time with ``ReadTimeoutError``."""

    def __init__(self, pool: Any, seconds: float) -> None:
        self._pool = pool
        self._seconds = seconds

    def urlopen(self, method: str, target: str, *, timeout: float | None = None, **options: Any) -> Answer:
        """Ask and read; ``timeout`` is in seconds, and without it that of the connection counts."""
        seconds = timeout or self._seconds
        end = time.monotonic() + seconds
        limit = urllib3.Timeout(total=seconds)
        response = self._pool.urlopen(method, target, timeout=limit, preload_content=False, **options)
        pieces = []
        try:
            while piece := response.read1(PIECE):
                pieces.append(piece)
                if time.monotonic() > end:
                    raise urllib3.exceptions.ReadTimeoutError(self._pool, target, "not whole in time")
        except BaseException:
            response.close()
            raise
        finally:
            response.release_conn()
        return Answer(response.status, response.headers, b"".join(pieces))

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()


class InTimeNode(Urllib3HttpNode):
    """The library's connection with such a pool."""

    def __init__(self, config: NodeConfig) -> None:
        super().__init__(config)
        self.pool: Any = InTimePool(self.pool, float(config.request_timeout or 0) or 10.0)
