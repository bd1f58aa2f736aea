"""Says when the site answers, from a process of its own: the server forks, so it must not have a thread."""

from __future__ import annotations

import http.client
import os
import select
import signal
import time

from tools.console import say
from tools.data import EVERYWHERE

NOTE = """
  Site      {site}/
  Editors   {site}/cms/
  First editor: ./run manage createsuperuser      Stop: Ctrl-C
"""


def site_address(host: str, port: int) -> str:
    """Return the address to open on this machine."""
    name = "127.0.0.1" if host in EVERYWHERE else host
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


def answers(host: str, port: int) -> bool:
    """Ask the site for a sign of life; any answer at all is one."""
    connection = http.client.HTTPConnection("127.0.0.1" if host in EVERYWHERE else host, port, timeout=5)
    try:
        connection.request("GET", "/-/live")
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def announce_later(host: str, port: int, started: float) -> None:
    """Leave a small process behind that prints the addresses at the first answer, then ends."""
    server = os.getpid()
    first = os.fork()
    if first:
        os.waitpid(first, 0)
        return
    if os.fork():
        os._exit(0)  # so that the other one is nobody's child and needs no waiting for
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        announce(host, port, started, server)
    finally:
        os._exit(0)


def announce(host: str, port: int, started: float, server: int) -> None:
    """Wait for the first answer, then print the addresses; give up when the server is gone."""
    ended = os.pidfd_open(server)
    while not answers(host, port):
        if select.select([ended], [], [], 0.05)[0]:
            return
    say(f"Ready after {time.time() - started:.1f} s.{NOTE.format(site=site_address(host, port))}")
