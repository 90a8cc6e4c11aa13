"""What the benchmarks share: rates, percentiles, servers of their own, and tables to print."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

HERE = Path(__file__).resolve().parent
ROUNDS = 7


def rates(contenders: Sequence[Callable[[int], object]], count: int, rounds: int = ROUNDS) -> list[float]:
    """Median calls per second of each contender, by turns so that a busy machine is unfair to none.

    A contender gets the number of its first call, so that it can vary its seeds.
    """
    times: list[list[float]] = [[] for _ in contenders]
    for around in range(rounds):
        for contender, log in zip(contenders, times, strict=True):
            gc.collect()
            start = perf_counter()
            for each in range(count):
                contender(around * count + each)
            log.append(count / (perf_counter() - start))
    return [median(log) for log in times]


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` (0-1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


@contextmanager
def process(script: str, *words: str) -> Iterator[str]:
    """Runs a server of this folder; gives the first line it prints."""
    server = subprocess.Popen([sys.executable, str(HERE / script), *words], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None, "its output is a pipe"
        yield server.stdout.readline()
    finally:
        server.terminate()
        server.wait()


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns side by side: the first to the left, the others to the right."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]

    def line(row: Sequence[str]) -> str:
        cells = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        return "  ".join([row[0].ljust(widths[0]), *cells]).rstrip()

    return "\n".join([line(head), line(["-" * width for width in widths]), *(line(row) for row in rows)])
