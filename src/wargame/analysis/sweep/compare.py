"""Two sweeps of the same seeds by different bots: what the first chooses that the second does not, and what it gains by it."""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt
from typing import Any

from wargame.analysis.sweep import figures
from wargame.analysis.sweep.figures import Estimate, Z
from wargame.analysis.sweep.summary import Plain, interval, rounded
from wargame.analysis.sweep.tally import Tally

LEAST_OPEN = 20  # in either sweep: below, a difference says nothing


def against(first: Plain, second: Plain, pairs: Tally) -> Plain:
    """What differs between the summaries of two sweeps of the same seeds. `pairs`: see `Sweep.pairs`.

    Choices are those that were open often enough in both, the largest difference of shares first.
    """
    return {
        "bots": second["bots"],
        "seats": {seat: _seat(seat, first, second, pairs) for seat in first["people"]},
        "options": _sorted(_options(first, second)),
        "orders": _sorted(_orders(first, second)),
    }


def _seat(seat: str, first: Plain, second: Plain, pairs: Tally) -> Plain:
    gain = figures.mean(*(list(pairs.row("gain", seat)) or [0, 0, 0]))
    return {
        "level": first["seats"][seat]["level"],
        "against": second["seats"][seat]["level"],
        "gain": interval(gain and Estimate(gain.value / 10, gain.low / 10, gain.high / 10), 2, "mean"),
        "mandate": first["seats"][seat]["mandate"]["share"],
        "mandate_against": second["seats"][seat]["mandate"]["share"],
    }


def _options(first: Plain, second: Plain) -> Iterator[Plain]:
    for card, told in first["cards"].items():
        for seat, choice in told["choices"].items():
            for option, here in choice["options"].items():
                there = second["cards"][card]["choices"][seat]["options"][option]
                yield from _differing({"card": card, "seat": seat, "option": option}, here, there)


def _orders(first: Plain, second: Plain) -> Iterator[Plain]:
    for seat, actions in first["actions"].items():
        for order, here in actions.items():
            yield from _differing({"seat": seat, "order": order}, here, second["actions"][seat][order])


def _differing(where: Plain, here: Any, there: Any) -> Iterator[Plain]:
    if min(here["open"], there["open"]) < LEAST_OPEN:
        return
    p, q = (each["chosen"] / each["open"] for each in (here, there))
    reach = Z * sqrt(p * (1 - p) / here["open"] + q * (1 - q) / there["open"])
    yield {
        **where,
        "label": here["label"],
        "share": rounded(p),
        "share_against": rounded(q),
        **interval(Estimate(p - q, p - q - reach, p - q + reach), name="difference"),
    }


def _sorted(found: Iterator[Plain]) -> list[Plain]:
    return sorted(found, key=lambda each: -abs(each["difference"]))
