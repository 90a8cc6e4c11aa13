"""The console while a class of 40 is busy: from a key to the first paint that shows it, beside a class that sits still.

The console is the command that teachers run, in a pseudo-terminal of 120 by 40; server, pupils and console are a process each.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import pty
import select
import struct
import subprocess
import sys
import tempfile
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from time import perf_counter

from attrs import define

from measure import HERE, percentile, process, table

TABLES = 5
PRESSES = 60
PAUSE = 0.25  # seconds between two keys, on average
PATIENCE = 20.0
# A key, and what stands on the page it leads to and on no other.
PAGES = ((b"2", "All tables"), (b"3", "The class"))
LETTER, RUBOUT = "ж", b"\x7f"  # a letter that stands nowhere else


@define
class Terminal:
    """What runs in the pseudo-terminal, from outside: keys go in, bytes to paint come out."""

    device: int

    def press(self, keys: bytes) -> None:
        """Keys are pressed."""
        os.write(self.device, keys)

    def until(self, shown: str, patience: float = PATIENCE) -> float:
        """Seconds until a text is painted. Raises TimeoutError."""
        start, wanted, tail = perf_counter(), shown.encode(), b""
        while perf_counter() - start < patience:
            tail = tail[-len(wanted) :] + self.read(0.05)
            if wanted in tail:
                return perf_counter() - start
        raise TimeoutError(f"`{shown}` was not painted")

    def read(self, seconds: float) -> bytes:
        """What is painted at once, or within the time."""
        return os.read(self.device, 1 << 16) if select.select([self.device], [], [], seconds)[0] else b""

    def rest(self, seconds: float) -> None:
        """Time passes."""
        end = perf_counter() + seconds
        while (left := end - perf_counter()) > 0:
            self.read(left)


@contextmanager
def pupils(about: str, *, busy: bool) -> Iterator[None]:
    """A class that has come."""
    words = [sys.executable, str(HERE / "pupils.py"), *([] if busy else ["--quiet"])]
    people = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert people.stdin is not None, "it is a pipe"
        assert people.stdout is not None, "it is a pipe"
        people.stdin.write(about)
        people.stdin.flush()
        people.stdout.readline()
        yield
    finally:
        people.terminate()
        people.wait()


@contextmanager
def console(about: str) -> Iterator[Terminal]:
    """The facilitator's console on the class."""
    keys = json.loads(about)
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    with tempfile.TemporaryDirectory() as home:
        folders = {f"XDG_{name}_HOME": home for name in ("DATA", "STATE", "CONFIG", "CACHE")}
        words = ["join", f"127.0.0.1:{keys['port']}", "--secret", keys["classes"][0]["secret"], "--name", "Teacher"]
        running = subprocess.Popen(
            [sys.executable, "-m", "wargame.cli.main", *words],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**os.environ, **folders, "HOME": home, "TERM": "xterm-256color", "COLORTERM": "truecolor"},
            start_new_session=True,
        )
        try:
            yield Terminal(ours)
        finally:
            running.kill()
            running.wait()
            os.close(ours)
            os.close(theirs)


def presses(terminal: Terminal) -> tuple[list[float], list[float]]:
    """Milliseconds to another page, and to a letter in a line that is being written."""
    luck = Random(7)
    terminal.until("The whole desk", 60)
    terminal.rest(2)
    pages, letters = [], []
    for number in range(PRESSES + 4):
        key, shown = PAGES[number % 2]
        terminal.press(key)
        pages.append(1000 * terminal.until(shown))
        terminal.rest(luck.expovariate(1 / PAUSE))
    terminal.press(b"5")
    terminal.until("to search")
    terminal.rest(2)
    terminal.press(b"/")
    terminal.rest(2)
    for _ in range(PRESSES + 4):
        terminal.press(LETTER.encode())
        letters.append(1000 * terminal.until(LETTER))
        terminal.rest(luck.expovariate(1 / PAUSE))
        terminal.press(RUBOUT)
        terminal.rest(PAUSE)
    return pages[4:], letters[4:]  # what is drawn for the first time is made first


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario", nargs="?", default="five_questions")
    scenario = parser.parse_args().scenario
    found: list[tuple[list[float], list[float]]] = []
    for busy in (True, False):
        with (
            process("class_server.py", scenario, "1", str(TABLES)) as about,
            pupils(about, busy=busy),
            console(about) as terminal,
        ):
            found.append(presses(terminal))
    rows = []
    for what, mine, theirs in zip(("another page", "a letter typed"), *found, strict=True):
        for share, name in ((0.5, f"{what}, p50"), (0.99, "p99")):
            one, other = percentile(mine, share), percentile(theirs, share)
            rows.append([name, f"{one:.1f}", f"{other:.1f}", f"{one / other:.2f}"])
    print(table(["key to paint (ms)", "40 busy", "sitting still", "times"], rows))


if __name__ == "__main__":
    main()
