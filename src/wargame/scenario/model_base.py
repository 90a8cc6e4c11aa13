"""What all parts of the model stand on: places, bounds, stances, conditions in words."""

from __future__ import annotations

from enum import Enum

from attrs import field, frozen

from wargame.scenario.node import NOWHERE, Mark, Scalar
from wargame.scenario.text import EMPTY, Text


class Stance(Enum):
    """What choosing something says."""

    ESCALATE = "escalate"
    HOLD = "hold"
    DEESCALATE = "deescalate"


@frozen(kw_only=True)
class Range:
    """Bounds, both included; written `[lo, hi]`."""

    lo: int
    hi: int


@frozen(kw_only=True)
class Span:
    """A span of whole numbers, both included; written `3-7` or `5`."""

    lo: int
    hi: int


@frozen(kw_only=True)
class Band:
    """A named part of a range."""

    lo: int
    hi: int
    name: Text


@frozen(kw_only=True)
class Entry:
    """What every named entry has: where it stands."""

    mark: Mark = field(default=NOWHERE, eq=False)


@frozen(kw_only=True)
class Requirement(Entry):
    """A condition and the words for when it fails."""

    when: Scalar
    otherwise: Text = EMPTY
    for_: Scalar | None = None
