"""What compiled effects run in: their dice, the log of what they wrote, and what they asked the engine for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from attrs import define, field, frozen

from wargame.rules.dice import draw, pick_weighted, thousandths

LEAST_CHANCE = 2  # no percent roll is surer to fail or to succeed than this
MOST_CHANCE = 95


# Not frozen, for speed: a frozen class takes twice as long to make. Nothing changes one.
@define(unsafe_hash=True)
class Roll:
    """A roll that was made: `need` is the clamped chance for percent rolls, else 0; `sides` 100 for those."""

    site: int
    sides: int
    need: int
    result: int  # 1..sides
    reads: tuple[int, ...]  # slots the chance was computed from
    purpose: str  # what the dice were keyed by
    weights: tuple[
        int, ...
    ] = ()  # of a table whose weights were worked out: `dice.thousandths` of each row; `sides` counts them


@frozen
class Deal:
    """A card to be dealt `delay` turns from now; None where a variable is to be bound then."""

    card: int
    delay: int
    bindings: tuple[int | None, ...]


@frozen
class News:
    """A text of the program for an audience (None: all), with the seats and areas it names."""

    text: int
    audience: tuple[int, ...] | None
    names: tuple[tuple[str, str, int], ...]  # placeholder, "owner" | "area" | "number", value


Purpose: TypeAlias = str | tuple[object, ...]  # a tuple is joined with `|` when the first die is rolled, if any is


@define(eq=False)
class Execution:
    """One run of effects. `purpose` keys every roll in it; the turn is part of it by the engine's doing."""

    seed: bytes
    purpose: Purpose
    writes: list[tuple[int, int, int]] = field(factory=list)
    rolls: list[Roll] = field(factory=list)
    deals: list[Deal] = field(factory=list)
    news: list[News] = field(factory=list)
    motions: list[int] = field(factory=list)
    opened: list[int] = field(factory=list)
    ending: int = -1
    recording: bool = True  # whether rolls are kept (writes are logged by the effects themselves)
    used: dict[tuple[int, tuple[int, ...]], int] = field(factory=dict)

    def clear(self) -> None:
        """Makes ready for another run."""
        self.writes = []
        if self.rolls:
            self.rolls = []
        if self.used:
            self.used = {}
        if self.deals:
            self.deals = []
        if self.news:
            self.news = []
        if self.motions:
            self.motions = []
        if self.opened:
            self.opened = []
        self.ending = -1

    def roll(self, site: int, need: float, reads: tuple[int, ...], refs: tuple[int, ...]) -> bool:
        """A d100 at or under `need`, clamped to 2-95."""
        chance = min(MOST_CHANCE, max(LEAST_CHANCE, round_half_away(need)))
        result = self._draw(site, 100, chance, reads, refs)
        return result <= chance

    def chance(self, site: int, percent: float, reads: tuple[int, ...], refs: tuple[int, ...]) -> bool:
        """True with `percent` per cent, not clamped to less than certainty."""
        chance = min(100, max(0, round_half_away(percent)))
        return self._draw(site, 100, chance, reads, refs) <= chance

    def die(self, site: int, sides: int, refs: tuple[int, ...]) -> int:
        """1 to `sides` (at least 1)."""
        return self._draw(site, max(1, sides), 0, (), refs)

    def pick(self, site: int, members: Sequence[int], refs: tuple[int, ...]) -> int:
        """One of the members at random, or NOBODY (-1)."""
        if not members:
            return -1
        return members[self._index(site, len(members), refs)]

    def pick_by(self, site: int, members: Sequence[int], weights: Sequence[float], refs: tuple[int, ...]) -> int:
        """One of the members, by weight, or NOBODY (-1) when no weight is above 0."""
        index = pick_weighted(self.seed, self._purpose(site, refs), weights)
        return members[index] if index >= 0 else -1

    def table(self, site: int, weights: Sequence[float], refs: tuple[int, ...]) -> int:
        """The index of an outcome by weight, or -1 when no weight is above 0."""
        purpose = self._purpose(site, refs)
        index = pick_weighted(self.seed, purpose, weights)
        if self.recording:
            self.rolls.append(Roll(site, len(weights), 0, index + 1, (), purpose, tuple(thousandths(weights))))
        return index

    def face(self, site: int, bounds: tuple[int, ...], refs: tuple[int, ...]) -> int:
        """The index of an outcome whose weights are known beforehand: `bounds` are their running sums."""
        sides = bounds[-1]
        result = self._draw(site, sides, 0, (), refs)
        index = 0
        while result > bounds[index]:
            index += 1
        return index

    def _draw(self, site: int, sides: int, need: int, reads: tuple[int, ...], refs: tuple[int, ...]) -> int:
        purpose = self._purpose(site, refs)
        result = draw(self.seed, purpose, sides) + 1
        if self.recording:
            self.rolls.append(Roll(site, sides, need, result, reads, purpose))
        return result

    def _index(self, site: int, count: int, refs: tuple[int, ...]) -> int:
        return draw(self.seed, self._purpose(site, refs), count)

    def _purpose(self, site: int, refs: tuple[int, ...]) -> str:
        if self.purpose.__class__ is tuple:
            self.purpose = "|".join(map(str, self.purpose))
        # The same place can be reached twice in one run (a group called twice): the count keeps the rolls apart.
        key = (site, refs)
        if key in self.used:
            self.used[key] += 1
            return f"{self.purpose}|{site}|{refs}|{self.used[key]}"
        self.used[key] = 0
        return f"{self.purpose}|{site}|{refs}|0"


def round_half_away(number: float) -> int:
    """To the nearest whole number, halves away from zero."""
    if isinstance(number, int):
        return number
    return int(number + 0.5) if number >= 0 else -int(0.5 - number)
