"""The stop signal: any player may have the game stopped, and nobody learns who it was."""

from __future__ import annotations

from attrs import define, field

from wargame.engine.commands import Refused
from wargame_server.access import Bucket
from wargame_server.clock import Clock
from wargame_server.roster import Person

EVERY = 60_000  # ms until somebody may give it again


@define
class StopSignals:
    """Who gave the signal lately. It is in memory only: nothing of it is kept or told."""

    clock: Clock
    _given: dict[str, Bucket] = field(factory=dict)  # by person

    def refused(self, person: Person | None, playing: bool) -> Refused | None:
        """Why somebody may not give the signal now; None: they have given it."""
        if person is None or not playing:
            return Refused("forbidden", "The stop signal is for players; pause the game instead.")
        if not self._given.setdefault(person.id, Bucket(self.clock, 1, EVERY)).take():
            words = "You have stopped the table a moment ago; speak to your facilitator, or try again in a minute."
            return Refused("too_fast", words)
        return None
