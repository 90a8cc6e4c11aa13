"""What the text made by `wargame.rules.codegen` can call, and nothing else: its arithmetic, and what effects leave behind."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from wargame.rules.execution import Deal, News, round_half_away
from wargame.rules.intervals import scaled
from wargame.rules.program import NOBODY


def _first_best(pairs: Sequence[tuple[float, int]]) -> int:
    best = NOBODY
    top = -math.inf
    for value, member in pairs:
        if value > top or best == NOBODY:
            best, top = member, value
    return best


def _first_worst(pairs: Sequence[tuple[float, int]]) -> int:
    best = NOBODY
    top = math.inf
    for value, member in pairs:
        if value < top or best == NOBODY:
            best, top = member, value
    return best


def _added(numbers: Iterable[float]) -> float:
    # Not `sum`, which adds reals in another way from Python 3.12 on.
    total = 0.0
    for number in numbers:
        total = total + number
    return total


def _divide(one: float, other: float) -> float:
    return one / other if other else 0.0


def _divide_whole(one: float, other: float) -> int:
    if not other:
        return 0
    if isinstance(one, int) and isinstance(other, int):
        return one // other
    return math.floor(one / other)


def _clamp(x: float, lo: float, hi: float) -> float:
    return min(max(x, lo), hi)


NAMESPACE: Mapping[str, object] = {
    "__builtins__": {},
    "min": min,
    "max": max,
    "abs": abs,
    "sum": sum,
    "len": len,
    "any": any,
    "all": all,
    "int": int,
    "round_": round_half_away,
    "floor": math.floor,
    "ceil": math.ceil,
    "clamp": _clamp,
    "scale": scaled,
    "added": _added,
    "div": _divide,
    "idiv": _divide_whole,
    "highest": _first_best,
    "lowest": _first_worst,
    "Deal": Deal,
    "News": News,
}
