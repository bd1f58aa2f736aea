"""What a person at the terminal sees: a clear sentence for a problem, progress for what takes long."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

WIDTH = 24
PLAIN_SECONDS = 10.0


class Problem(Exception):
    """Something the person at the keyboard can mend: said in one sentence, exit code 2."""


class Stopped(Exception):
    """Ctrl-C or SIGTERM arrived while something was being set up."""


def say(text: str) -> None:
    """Print a line at once, also into a pipe."""
    print(text, flush=True)


def progress_line(title: str, done: int, total: int, seconds: float) -> str:
    """Return the live line of a step: a bar when the total is known, else only the seconds."""
    if not total:
        return f"{title} … {done or ''}{', ' if done else ''}{seconds:.0f} s"
    share = min(done, total) / total
    bar = "#" * round(share * WIDTH)
    return f"{title} [{bar:<{WIDTH}}] {min(done, total)}/{total}  {seconds:.0f} s"


class Step:
    """One piece of work with a live line on a terminal and plain lines elsewhere."""

    def __init__(self, title: str, total: int = 0, stream: TextIO | None = None) -> None:
        self.title, self.total, self.done, self.failed = title, total, 0, False
        self.stream = stream or sys.stdout
        self.live = self.stream.isatty() and os.environ.get("TERM") != "dumb"
        self.started = time.monotonic()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._draw, daemon=True)

    def __enter__(self) -> Self:
        if not self.live:
            self._write(f"{self.title} …\n")
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()
        word = "stopped" if kind is not None else "failed" if self.failed else "done"
        start = "\r\033[K" if self.live else ""
        self._write(f"{start}{self.title}: {word} in {self.seconds:.1f} s\n")

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started

    def _draw(self) -> None:
        while not self._ended.wait(0.2 if self.live else PLAIN_SECONDS):
            line = progress_line(self.title, self.done, self.total, self.seconds)
            self._write(f"\r\033[K{line}" if self.live else f"{line}\n")

    def _write(self, text: str) -> None:
        self.stream.write(text)
        self.stream.flush()


def run_step(
    title: str,
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str],
    cwd: Path,
    total: int = 0,
    counts: str = r"(?!)",
) -> tuple[int, str]:
    """Run a command under a progress line; lines matching ``counts`` move the bar. Return code and output."""
    counted = re.compile(counts)
    with Step(title, total) as step:

        def see(line: str) -> None:
            step.done += bool(counted.search(line))

        code, output = run_quietly(command, env=env, cwd=cwd, see=see)
        step.failed = code != 0
        return code, output


def run_quietly(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    see: Callable[[str], None] = lambda line: None,
) -> tuple[int, str]:
    """Run a command, return its exit code and all it printed; it ends with us when we are stopped."""
    process = subprocess.Popen(
        [str(part) for part in command],
        env=env,
        cwd=cwd,
        text=True,
        errors="replace",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    lines: list[str] = []
    try:
        for line in process.stdout or ():
            lines.append(line)
            see(line)
        return process.wait(), "".join(lines)
    except BaseException:
        end(process)
        raise


def end(process: subprocess.Popen[str]) -> None:
    """Ask a process to end, and insist after five seconds."""
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def stop_on_signals() -> None:
    """Turn Ctrl-C and SIGTERM into ``Stopped``, so that every step can clean up behind itself."""

    def stop(number: int, frame: object) -> None:
        raise Stopped

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
