"""The figures of a sweep in words and signs, the same on a terminal and on a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wargame.analysis.sweep.figures import Z

STANCES = {"escalate": "▲", "hold": "■", "deescalate": "▼"}


def percent(share: float | None) -> str:
    """A share in whole per cent; a dash where there is none."""
    return "-" if share is None else f"{100 * share:.0f} %"


def minutes(time: Mapping[str, Any]) -> str:
    """What `time_needed` found, as a sentence without its subject."""
    clocks = f"{time['by_clocks']:.0f} if every phase runs its clock, " if time["by_clocks"] else ""
    done = f"{time['by_reading']:.0f} if phases end when all are done"
    return f"{clocks}{done}; {time['before_turn_1']:.0f} to read before turn 1."


def between(told: Mapping[str, float]) -> str:
    """A share with its interval."""
    return f"{percent(told['share'])} ({100 * told['low']:.0f}-{100 * told['high']:.0f})"


def signed(told: Mapping[str, float]) -> str:
    """A mean of points with its interval."""
    return f"{told['mean']:+.1f} ({told['low']:+.1f} to {told['high']:+.1f})"


def certain(told: Mapping[str, float]) -> bool:
    """Whether the interval leaves nought out."""
    return told["low"] * told["high"] > 0


def target_figure(target: Mapping[str, Any]) -> str:
    """The figure of a target that was judged."""
    if target["unit"] == "hundredths":
        return f"{target['figure'] / 100:+.2f}"
    return f"{target['figure']:.1f} {target['unit']}"


def target_span(target: Mapping[str, Any]) -> str:
    """What the figure of a target should be."""
    low, high, unit = target["low"], target["high"], target["unit"]
    if unit == "hundredths":
        return f"{low / 100:+.2f} to {high / 100:+.2f}"
    if low == 0:
        return f"at most {high} {unit}"
    return f"at least {low} {unit}" if high == 100 else f"{low}-{high} {unit}"


def beyond_chance(pair: Mapping[str, float], games: int) -> bool:
    """Whether two seats meet their mandates together so much more or less often that it is worth a line."""
    chance = pair["if_independent"]
    apart = abs(pair["share"] - chance)
    return apart >= 0.05 and apart > Z * (chance * (1 - chance) / games) ** 0.5
