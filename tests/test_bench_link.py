"""The modelled link of the benchmark of pages: rate, delay and window add up, and every byte comes through."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from benchmarks._link import FIRST_WINDOW, HEADER, SEGMENT, Direction, Link, Sender
from benchmarks._server import write_certificate
from benchmarks._tls import RECORD, Front


def test_packets_leave_one_after_another_and_arrive_half_a_round_trip_later():
    line = Direction(rate=8_000, delay=0.5)
    assert line.arrival(1_000 - HEADER, now=0.0) == pytest.approx(1.5)
    assert line.arrival(1_000 - HEADER, now=0.0) == pytest.approx(2.5)
    assert line.arrival(1_000 - HEADER, now=10.0) == pytest.approx(11.5)


def test_server_sends_ten_segments_and_one_more_for_each_confirmed():
    async def flights() -> list[int]:
        sender = Sender(Direction(rate=1e12, delay=0.0))
        sent = []
        for _flight in range(3):
            number = 0
            while sender.under_way < sender.window:
                sender.send(SEGMENT)
                number += 1
            sent.append(number)
            await asyncio.sleep(0.05)  # all are confirmed
        return sent

    with ThreadPoolExecutor(1) as thread:  # browser tests leave a running loop in theirs
        numbers = thread.submit(asyncio.run, flights()).result()
    assert numbers == [FIRST_WINDOW, 2 * FIRST_WINDOW, 4 * FIRST_WINDOW]


def test_every_byte_comes_through_in_order():
    said = bytes(range(256)) * 400
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            connection, _address = server.accept()
            with connection:
                heard = b""
                while data := connection.recv(65_536):
                    heard += data
                connection.sendall(heard[::-1])

        threading.Thread(target=answer, daemon=True).start()
        line = Link(server.getsockname()[1], rtt=0.001, rate=1e9)
        with line as port, socket.create_connection(("127.0.0.1", port), 10) as browser:
            browser.sendall(said)
            browser.shutdown(socket.SHUT_WR)
            got = b""
            while data := browser.recv(65_536):
                got += data
    assert got == said[::-1]


def test_server_in_front_speaks_https_in_small_records(tmp_path):
    said = bytes(range(256)) * 40
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            connection, _address = server.accept()
            with connection:
                connection.recv(65_536)
                connection.sendall(said)

        threading.Thread(target=answer, daemon=True).start()
        chain, key = write_certificate(tmp_path)
        trusting = ssl.create_default_context(cafile=str(chain))
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        with (
            Front(server.getsockname()[1], chain, key) as port,
            socket.create_connection(("127.0.0.1", port), 10) as plain,
            trusting.wrap_socket(plain) as browser,
        ):
            browser.sendall(b"hello")
            records = []
            while sum(map(len, records)) < len(said):
                records.append(browser.recv(65_536))
    assert b"".join(records) == said
    assert max(map(len, records)) <= RECORD
