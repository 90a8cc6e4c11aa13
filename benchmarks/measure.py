"""What the benchmarks share: rates, percentiles, and tables to print."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter

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


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns side by side: the first to the left, the others to the right."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]

    def line(row: Sequence[str]) -> str:
        cells = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        return "  ".join([row[0].ljust(widths[0]), *cells]).rstrip()

    return "\n".join([line(head), line(["-" * width for width in widths]), *(line(row) for row in rows)])
