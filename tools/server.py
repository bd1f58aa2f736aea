"""The server process: granian with the site's WSGI application, which says when it is ready."""

from __future__ import annotations

import argparse
import http.client
import sys
import threading
import time

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

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
    except OSError:
        return False
    except http.client.HTTPException:
        return False
    finally:
        connection.close()
    return True


def announce(host: str, port: int, started: float) -> None:
    """Wait for the first answer, then print the addresses."""
    while not answers(host, port):
        time.sleep(0.05)
    print(
        f"Ready after {time.time() - started:.1f} s.{NOTE.format(site=site_address(host, port))}", flush=True
    )


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", required=True, type=int)
    parser.add_argument("--workers", required=True, type=int)
    parser.add_argument("--started", required=True, type=float)
    options = parser.parse_args()
    server = Granian(
        "portal.wsgi:application",
        address=options.host or "0.0.0.0",
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.workers,
        blocking_threads=4,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
        log_level=LogLevels.error,
    )
    told = (options.host, options.port, options.started)
    server.on_startup(threading.Thread(target=announce, args=told, daemon=True).start)
    server.serve()
    return 0


if __name__ == "__main__":
    sys.exit(main())
