"""The replay: the client on a game on record, wound back and forth."""

from __future__ import annotations

from collections.abc import Coroutine
from pathlib import Path
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.screen import Screen
from textual.timer import Timer

from wargame.analysis.chronicle import Chronicle
from wargame.analysis.reel import Reel, after, before
from wargame.client.replay.bar import Where, Winding
from wargame.client.replay.commands import WINDING
from wargame.client.replay.door import ReplayDoor
from wargame.client.speech import later, phrase
from wargame.client.tui.app import ClientApp
from wargame.client.tui.command import bindings
from wargame.client.tui.dialogs.choose import Choose
from wargame.client.tui.dialogs.notice import Notice
from wargame.client.tui.paint import Page, say
from wargame.client.tui.widgets.picker import Row
from wargame.engine import events as e
from wargame.rules.program import NOBODY

SPEEDS = ((2.0, later("one in 2 s")), (1.0, later("one a second")), (0.5, later("2 a second")), (0.2, later("5 a second")))


class ReplayApp(ClientApp):
    """The client on a chronicle, seen by `you`. `begin`: the row to begin at the end of; `what_if`: what is assumed,
    where the chronicle tells of a game that was not played like that."""

    TITLE = "wargame replay"
    BINDINGS: ClassVar[list[BindingType]] = bindings(WINDING)

    def __init__(
        self,
        chronicle: Chronicle,
        you: str,
        *,
        begin: int | None = None,
        what_if: str = "",
        removed: bool = False,
        theme: str = "dark",
        ascii_only: bool = False,
        folder: Path | None = None,
        greeting: str = "",
    ) -> None:
        reel = Reel(chronicle, removed=removed)
        at = reel.end_of(begin) if begin is not None else reel.start
        self.replay_door = ReplayDoor(reel, you, at)
        super().__init__(self.replay_door, theme=theme, ascii_only=ascii_only, folder=folder, greeting=greeting)
        self.chronicle, self.what_if = chronicle, what_if
        self.speed = 1
        self._player: Timer | None = None

    @property
    def reel(self) -> Reel:
        """What is wound."""
        return self.replay_door.reel

    # -- screens ------------------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Says what is assumed. Textual calls the handler of the class above by itself, which opens the game."""
        if self.what_if:
            self.call_later(self.push_screen, Notice(phrase("What if"), Page().line(self.what_if).content))

    def _screen(self, base: str) -> Screen[Any]:
        from wargame.client.replay.screens import ReplayConsole, ReplayPlayer, ReplayWatch

        if base == "watch":
            return ReplayWatch()
        if base != "game":
            return super()._screen(base)
        return ReplayConsole(self._page) if self.look.controls else ReplayPlayer(self._page)

    async def action_quit(self) -> None:
        """Leaves at once: nothing can be lost."""
        await self._go()

    def draw_bars(self) -> None:
        """The lines of the replay, on every screen."""
        door, reel = self.replay_door, self.reel
        moment = reel.moment(door.at)
        for screen in self.screen_stack:
            for where in screen.query(Where):
                live = moment is None or moment.entry.live
                where.draw(door.at, len(reel), reel.words(door.viewer(), door.at), live, bool(self.what_if))
            for winding in screen.query(Winding):
                winding.draw(self._player is not None, phrase(SPEEDS[self.speed][1]), screen.size.width)

    # -- winding ------------------------------------------------------------------------------------------------------

    def _found(self, what: str) -> list[int]:
        reel, door = self.reel, self.replay_door
        match what:
            case "learned":
                return reel.learned(door.viewer())
            case "decisions":
                seats = reel.chronicle.base.seats
                return reel.decisions(seats.index(door.you) if door.you in seats else NOBODY)
            case "phases":
                return reel.phases
            case _:
                return reel.turns

    def action_wind(self, what: str, by: int) -> None:
        """To the next or last position of a kind."""
        at, found = self.replay_door.at, self._found(what)
        to = after(found, at) if by > 0 else before(found, at)
        if to is not None:
            self.replay_door.go(to)
        elif what == "decisions":
            self.notify(phrase("No decision more to that side."), markup=False, timeout=2)
        else:
            end = len(self.reel) if by > 0 else 0
            words = phrase("This is the end of the record.") if by > 0 else phrase("This is the beginning.")
            self.notify(words, markup=False, timeout=2) if at == end else self.replay_door.go(end)

    def action_play(self) -> None:
        """Plays, or stops."""
        if self._player is None:
            self._player = self.set_interval(SPEEDS[self.speed][0], self._play_on)
        else:
            self._player.stop()
            self._player = None
        self.draw_bars()

    def _play_on(self) -> None:
        to = after(self.reel.learned(self.replay_door.viewer()), self.replay_door.at)
        if to is not None:
            self.replay_door.go(to)
        elif self._player is not None:
            self.action_play()

    def action_speed(self) -> None:
        """Another speed."""
        self.speed = (self.speed + 1) % len(SPEEDS)
        if self._player is not None:
            self.action_play()
            self.action_play()
        else:
            self.notify(phrase("It plays {speed}; P starts it.", speed=phrase(SPEEDS[self.speed][1])), markup=False, timeout=2)

    # -- asking -------------------------------------------------------------------------------------------------------

    def _begin(self, task: Coroutine[Any, Any, object]) -> None:
        self.run_worker(self.guarded(task), group="replay", exclusive=True, exit_on_error=False)

    def action_seat(self) -> None:
        """Other eyes."""
        self._begin(self._seat())

    async def _seat(self) -> None:
        listed = [Row(each, say(self.look.title(each), (f"  {each}", "$quiet"))) for each in self.replay_door.places]
        picked = await self.push_screen_wait(Choose(phrase("Whose eyes?"), listed, search=True, verb=phrase("look")))
        if picked is not None:
            self.replay_door.go(self.replay_door.at, picked)

    def action_jump(self) -> None:
        """Jumps to a turn and phase."""
        self._begin(self._jump())

    async def _jump(self) -> None:
        reel, at = self.reel, self.replay_door.at
        here = max((each for each in reel.phases if each <= at), default=0)
        turn = -1
        listed: list[Row] = []
        for each in reel.phases:
            moment = reel.moments[each - 1]
            if moment.turn != turn or not listed:
                turn = moment.turn
                label = phrase("Turn {turn}", turn=turn) if turn else phrase("Before turn 1")
                listed.append(Row(f"heading {each}", say((label, "bold $accent")), heading=True))
            phase = str(moment.program.phases[moment.phase].model.label) if moment.phase >= 0 else "Set-up"
            marks = [phrase("set back to here")] if isinstance(moment.event, e.Rewound) else []
            marks += [phrase("taken back later")] if not moment.entry.live else []
            marks += ["now"] if each == here else []
            listed.append(Row(str(each), say(phase, (f"  {', '.join(marks)}" if marks else "", "$quiet"))))
        listed.append(Row(str(len(reel)), say(phrase("The end of the record"))))
        picked = await self.push_screen_wait(Choose(phrase("Jump to"), listed, search=True, verb=phrase("jump")))
        if picked is not None:
            self.replay_door.go(int(picked))

    def action_removed(self) -> None:
        """Shows what was taken back too, or skips it; stays at the moment, or goes to the last one that counts."""
        if all(entry.live for entry in self.chronicle.entries):
            self.notify(phrase("Nothing was taken back in this game."), markup=False, timeout=3)
            return
        old, moment = self.reel, self.reel.moment(self.replay_door.at)
        reel = Reel(self.chronicle, removed=not old.removed)
        at = 0
        if moment is not None:
            row = moment.entry.seq
            at = reel.end_of(row) - (
                old.end_of(row) - self.replay_door.at if reel.moments[reel.end_of(row) - 1].entry.seq == row else 0
            )
        self.replay_door.go(at, reel=reel)
        words = (
            phrase("What was taken back is shown, and marked.") if reel.removed else phrase("What was taken back is skipped.")
        )
        self.notify(words, markup=False, timeout=3)
