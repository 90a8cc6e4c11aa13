"""Whom a table waits for, since when, and how long it is patient with those who are away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import define, field

from wargame.engine import commands
from wargame.engine.state import State
from wargame_server.roster import Roster


@define
class Waits:
    """The seats that the phase waits for, with the moment since when (ms); and how often this phase was given more time."""

    since: dict[str, int] = field(factory=dict)
    _phase: tuple[int, str] = (0, "")
    _extended: tuple[tuple[int, str], int] = ((0, ""), 0)

    def note(self, seats: Sequence[str], view: Mapping[str, Any], now: int) -> None:
        """Takes down who is waited for now. `view`: the white cell's; `seats`: all of them."""
        phase, before = (view["turn"], view["phase"]), self.since
        if phase != self._phase or view["status"] == "over":
            self._phase, before = phase, {}
        waited = set(view["active"]) - set(view["sealed"]) if view["status"] in ("setup", "running") else set()
        self.since = {seat: before.get(seat, now) for seat in seats if seat in waited}

    def due(self, state: State, roster: Roster, now: int) -> commands.HouseBody:
        """What the house does when a deadline has passed: it ends the phase, or waits a little for people who are away."""
        seconds, times = roster.commons.auto_extend
        before = self._extended[1] if self._extended[0] == self._phase else 0
        if before < times and state.deadline is not None and now >= state.deadline and self._somebody_away(roster):
            self._extended = (self._phase, before + 1)
            return commands.Extend(seconds)
        return commands.Tick()

    def _somebody_away(self, roster: Roster) -> bool:
        """Whether the phase waits for a seat whose people are all disconnected."""
        return any(roster.taken(seat) and not roster.at(seat) for seat in self.since)
