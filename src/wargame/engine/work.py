"""The working copy that a decision is made on: effects run here, and every event is folded at once."""

from __future__ import annotations

from attrs import define, field

from wargame.engine.amended import BRING_RULES, amended
from wargame.engine.apply import apply_rest
from wargame.engine.events import NOTHING, Effect, Event, Said
from wargame.engine.state import State
from wargame.rules import dice
from wargame.rules.dice import draw
from wargame.rules.execution import Deal, Execution
from wargame.rules.program import NOBODY, Effects, Program

MOST_WAITING = 500  # cards on the schedule
TOO_MANY = Said(
    NOBODY,
    (),
    f"{MOST_WAITING} cards wait to be dealt, so no more are scheduled. A card that schedules cards may never stop: take it off "
    "the schedule, or go on without it.",
)


@define
class Work:
    """A state to work on and the events so far. `at` is the host's time in ms."""

    program: Program
    state: State
    at: int = 0
    person: str = ""  # who commands, as the host names people
    events: list[Event] = field(factory=list)
    _x: Execution | None = None
    _crowded: bool = False  # whether the white cell is to be told that too many cards wait

    def emit(self, event: Event) -> None:
        """Folds the event and keeps it."""
        if type(event) in BRING_RULES:  # asked here, for speed: hardly any does
            self.program = amended(self.program, event)
        apply_rest(self.program, self.state, event)
        self.events.append(event)
        if self._crowded:
            self._crowded = False
            if TOO_MANY not in self.events:
                self.emit(TOO_MANY)

    def run(self, effects: Effects | None, me: int, refs: tuple[int, ...], *purpose: object) -> Effect:
        """Runs effects on the board and says what they did; `purpose` keys their dice within the turn."""
        if effects is None:
            return NOTHING
        x = self.execution(*purpose)
        effects(self.state.board, x, me, *refs)
        return self.effect_of(x)

    def execution(self, *purpose: object) -> Execution:
        """What effects run in; `purpose` keys their dice within the turn. It is the same object every time: what the last
        run left in it is gone, so ask `effect_of` first."""
        x = self._x
        if x is None or x.seed is not self.state.seed:
            x = self._x = Execution(self.state.seed, (), recording=self.program.recording)
        else:
            x.clear()
        x.purpose = (self.state.turn, *purpose)
        return x

    def percent(self, name: str, *purpose: object) -> int:
        """A roll of 1 to 100 that the engine makes itself, keyed by the turn and its purpose; `name` is who or what rolls."""
        return draw(self.state.seed, dice.purpose(self.state.turn, *purpose), 100) + 1

    def effect_of(self, x: Execution) -> Effect:
        """What an execution did, writes to the same slot joined, with what it does to anybody's sight."""
        if x.ending < 0 and not (x.deals or x.motions or x.opened or x.news):
            # Changes and rolls are almost always all there is; a program that does not record keeps neither.
            if not self.program.recording or not (x.writes or x.rolls):
                return NOTHING
            changes = joined(x.writes)
            sight = sight_changes(self.program, self.state, changes) if self.program.sight_reads else ()
            return Effect(changes, tuple(x.rolls), sight=sight)
        changes = joined(x.writes)
        return Effect(
            changes,
            tuple(x.rolls),
            tuple(x.news),
            self._scheduled(x),
            tuple(dict.fromkeys(x.motions)),
            tuple(x.opened),
            x.ending,
            sight_changes(self.program, self.state, changes),
        )

    def _scheduled(self, x: Execution) -> tuple[Deal, ...]:
        """The cards to come, as far as there is room; where there is none the white cell is told, once a command."""
        room = max(0, MOST_WAITING - len(self.state.schedule))
        self._crowded = self._crowded or len(x.deals) > room
        return tuple(x.deals[:room])

    def write(self, writes: list[tuple[int, int]]) -> Effect:
        """Sets slots (clamped to their ranges) and says what that did."""
        board = self.state.board
        log = []
        for slot, value in writes:
            entry = self.program.slots[slot]
            new = min(entry.hi, max(entry.lo, value))
            if new != board[slot]:
                log.append((slot, board[slot], new))
                board[slot] = new
        changes = joined(log)
        if not changes:
            return NOTHING
        return Effect(changes, sight=sight_changes(self.program, self.state, changes))

    def merged(self, first: Effect, second: Effect) -> Effect:
        """Two effects just made, one after the other, as one. Sight is worked out anew: the second may undo the first."""
        if second is NOTHING:
            return first
        if first is NOTHING:
            return second
        changes = joined([*first.changes, *second.changes])
        return Effect(
            changes,
            first.rolls + second.rolls,
            first.news + second.news,
            first.deals + second.deals,
            first.motions + second.motions,
            first.opened + second.opened,
            max(first.ending, second.ending),
            sight_changes(self.program, self.state, changes),
        )

    def emit_if(self, event: Event, effect: Effect) -> None:
        """Keeps the event only when its effect is something."""
        if effect is not NOTHING:
            self.emit(event)


def joined(writes: list[tuple[int, int, int]]) -> tuple[tuple[int, int, int], ...]:
    """Writes in order, those to one slot joined into one from its first old to its last new value."""
    if len(writes) < 2:
        return tuple(writes)
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for slot, old, new in writes:
        if slot not in last:
            first[slot] = old
        last[slot] = new
    if len(last) == len(writes):
        return tuple(writes)
    return tuple([(slot, first[slot], new) for slot, new in last.items() if first[slot] != new])


def sight_changes(
    program: Program, state: State, changes: tuple[tuple[int, int, int], ...]
) -> tuple[tuple[int, int, int], ...]:
    """Whose sight of what differs from the state's once the board is as it is now."""
    touched = {slot for slot, _, _ in changes if slot in program.sight_reads}
    if not touched:
        return ()
    board = state.board
    sight = state.sight
    result = []
    for rule in program.dynamic_sight:
        if not touched.isdisjoint(rule.reads):
            level = rule.level(board)
            if level != sight[rule.viewer][rule.slot]:
                result.append((rule.viewer, rule.slot, int(level)))
    return tuple(result)
