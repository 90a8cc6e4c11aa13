"""The workshop: one game of a scenario in a designer's hands. No screen, no files, no clock.

Everything that happens goes through the engine's own commands and events, so what is tried here is what is played. Every
change replaces the state, so that what others have read of it stays as it was, and can be taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypeAlias

from attrs import define, evolve, field, frozen

from wargame.analysis.playout import Playout, RunawayError
from wargame.analysis.workshop.accounts import Account, accounts
from wargame.analysis.workshop.carry_over import Move, Past
from wargame.bots.bot import Bot
from wargame.bots.levels import seat_bot
from wargame.engine import events as e
from wargame.engine.apply import apply
from wargame.engine.catalog import catalog
from wargame.engine.commands import Advance, Command, Fire, Override, Refused, Start, house
from wargame.engine.decide import decide
from wargame.engine.flow import settle
from wargame.engine.knowledge import knowing
from wargame.engine.legality import phase_of
from wargame.engine.offers import offers
from wargame.engine.parse import parse
from wargame.engine.project import project_all
from wargame.engine.questions import answer, describe_lines
from wargame.engine.state import SETUP, State
from wargame.engine.view import view
from wargame.engine.work import Work
from wargame.rules.aside import TYPED, Aside
from wargame.rules.program import NOBODY, Family, Kind, Program, Slot, Variable
from wargame.rules.reasons import Reasons, reasons
from wargame.scenario.problem import Report, Severity, guess
from wargame.scenario.render import Checked, block

MOST_STEPS = 300  # that can be taken back
MOST_VERSIONS = 8  # of the scenario that they were made with
KEPT = {"feed": 120, "messages": 120, "history": 120}  # newest entries of what a viewer has heard
TRUTHS = {"true": 1, "yes": 1, "1": 1, "false": 0, "no": 0, "0": 0}
TRUE_OR_FALSE = (Family.FLAG, Family.AGREEMENT)
WHY = "set in the preview"

Moment: TypeAlias = tuple[int, int]  # turn, phase


class Unable(Exception):  # noqa: N818 - not an error of the program: what was asked for cannot be done; the text says why
    """What was asked for cannot be done. The argument is a sentence, or several lines with the place underlined."""


@frozen
class Step:
    """The game as it was before something was done, and what that was."""

    did: str
    program: Program
    state: State
    past: tuple[Past, ...]


@frozen
class Reading:
    """The value of an expression and of the names in it, as sentences."""

    value: str
    names: tuple[str, ...]


@define(eq=False)
class Workshop:
    """A game that can be played, bent, taken back, and carried over to another version of its scenario."""

    program: Program
    seed: bytes
    level: str = "one-ply"
    without: frozenset[str] = frozenset()  # optional seats that are not in play
    state: State = field(init=False)
    past: tuple[Past, ...] = field(init=False)
    steps: list[Step] = field(init=False, factory=list)
    _bots: dict[str, Bot] = field(init=False, factory=dict)
    _aside: Aside | None = field(init=False, default=None)
    _reasons: Reasons | None = field(init=False, default=None)
    _catalogs: dict[int, Mapping[str, Any]] = field(init=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        self._begin()  # raises `Unable` where the game cannot do without a seat

    def _begin(self) -> None:
        self.state = State.fresh(self.program)
        self.past = tuple({} for _ in range(self.program.viewers))
        seats = tuple(seat for seat in self.program.seats if seat not in self.without)
        refused = self._command(house(self.program, Start(self.seed, seats, timed=False)))
        if refused is not None:
            raise Unable(refused.reason)

    # ------------------------------------------------------------ what is known

    def view(self, viewer: int) -> dict[str, Any]:
        """What a viewer's mirror would hold."""
        past = self.past[viewer]
        return {**view(self.program, self.state, viewer), **{name: list(past.get(name, ())) for name in KEPT}}

    def catalog(self, viewer: int) -> Mapping[str, Any]:
        """What is fixed for a viewer."""
        if viewer not in self._catalogs:
            self._catalogs[viewer] = catalog(self.program, viewer)
        return self._catalogs[viewer]

    def offers(self, viewer: int) -> list[dict[str, Any]]:
        """What a viewer may do."""
        return offers(self.program, self.state, viewer)

    def ask(self, viewer: int, body: Mapping[str, Any]) -> dict[str, Any] | Refused:
        """The answer to a player's question."""
        return answer(self.program, self.state, viewer, body)

    def viewer(self, name: str) -> int:
        """The number of a seat, `public` or `white_cell`. Raises `Unable` for anybody else."""
        known = {**{seat: number for number, seat in enumerate(self.program.seats)}}
        known |= {"public": self.program.public, "white_cell": self.program.white_cell}
        if name not in known:
            raise Unable(f"There is no seat `{name}`.{guess(name, known)}")
        return known[name]

    @property
    def moment(self) -> Moment:
        """Turn and phase now."""
        return self.state.turn, self.state.phase

    # ------------------------------------------------------------ playing

    def do(self, viewer: int, body: Mapping[str, Any], turn: int, phase: str) -> Refused | None:
        """What somebody at the table does, exactly as over a connection."""
        command = parse(self.program, viewer, body, turn=turn, phase=phase)
        if isinstance(command, Refused):
            return command
        before = self._now(str(body.get("do", "")))
        refused = self._command(command)
        if refused is None:
            self._keep(before)
        return refused

    def bots(self, mine: str = "") -> None:
        """Lets bots do what is left of this phase in all seats but `mine`. Raises `Unable`."""
        start = self.moment
        self._play(f"bots in {self._phase_words()}", mine, lambda state: (state.turn, state.phase) != start, push=False)

    def next_phase(self, mine: str = "") -> None:
        """Ends this phase, after bots in all seats but `mine` have done what they want in it. Raises `Unable`."""
        start = self.moment
        self._play(f"the rest of {self._phase_words()}", mine, lambda state: (state.turn, state.phase) != start)

    def next_turn(self) -> None:
        """Lets bots play all seats to the next turn. Raises `Unable`."""
        turn = self.state.turn
        self._play(f"the rest of turn {turn}", "", lambda state: state.turn != turn)

    def jump(self, turn: int, phase: int) -> None:
        """Goes to a turn and phase: on by bots in all seats, back to where the game was remembered there.

        A floor with nothing to vote on is passed over, so what comes next is reached instead. Raises `Unable`.
        """
        if not (1 <= turn <= self.program.scenario.turns.count and 0 <= phase < len(self.program.phases)):
            raise Unable(f"There is no such phase: turns go from 1 to {self.program.scenario.turns.count}.")
        wanted = (turn, phase)
        if wanted > self.moment:
            label = f"the way to turn {turn}, {self.program.phases[phase].id}"
            self._play(label, "", lambda state: (state.turn, state.phase) >= wanted)
        elif wanted < self.moment:
            # A phase in which nobody decides anything is never waited in: the next one that was is meant.
            moments = [(step.state.turn, step.state.phase) for step in self.steps]
            if not moments or moments[0] > wanted:
                raise Unable("So far back nothing is remembered. Start again and go there.")
            self._back_to(next((n for n, moment in enumerate(moments) if moment >= wanted), len(moments) - 1))

    def restart(self) -> None:
        """A new game with the same luck."""
        before = self._now("the game so far")
        self._bots.clear()
        self._begin()
        self._keep(before)

    def undo(self) -> str:
        """Takes the last step back; what it was. Raises `Unable` where there is none."""
        if not self.steps:
            raise Unable("There is nothing to take back.")
        did = self.steps[-1].did
        self._back_to(len(self.steps) - 1)
        return did

    # ------------------------------------------------------------ bending

    def deal(self, card: str, bound: Mapping[str, str] | None = None) -> None:
        """Deals a card now; names that are not `bound` are bound as the card says. Raises `Unable`."""
        index = self.program.card_index.get(card)
        if index is None:
            raise Unable(f"There is no card `{card}`.{guess(card, self.program.card_index)}")
        entry = self.program.cards[index]
        pairs = []
        for name, member in (bound or {}).items():
            place = next((number for number, each in enumerate(entry.variables) if each.name == name), None)
            if place is None:
                raise Unable(f"The card `{card}` binds no `{name}`.")
            pairs.append((place, self._member(entry.variables[place], member)))
        self._house(f"the card {card}", Fire(index, tuple(sorted(pairs))))

    def members(self, variable: Variable) -> Sequence[str]:
        """What a name of a card can be bound to."""
        names = self._names(variable.kind)
        return [names[member] for member in variable.members if member != NOBODY]

    def _names(self, kind: Kind) -> Sequence[str]:
        if kind is Kind.OWNER:
            return self.program.owners
        return self.program.areas if kind is Kind.AREA else [each.id for each in self.program.agreements]

    def _member(self, variable: Variable, name: str) -> int:
        known = self.members(variable)
        if name not in known:
            raise Unable(f"`{variable.name}` of this card cannot be `{name}`.{guess(name, known)}")
        return list(self._names(variable.kind)).index(name)

    def settable(self) -> tuple[Slot, ...]:
        """The slots that can be set."""
        return tuple(slot for slot in self.program.shown if not slot.fixed)

    def options(self, slot: Slot) -> Sequence[str]:
        """What a slot can be set to, where that has names."""
        if slot.family in TRUE_OR_FALSE:
            return ("false", "true")
        if slot.family is Family.CHOICE:
            return next(choice.options for choice in self.program.choices if choice.slot == slot.index)
        if slot.family is Family.AGENDA:
            return [name for deck in self.program.agendas if deck.slot == slot.index for name, _, _ in deck.agendas]
        return ()

    def value_of(self, slot: Slot) -> str:
        """What stands in a slot, in words."""
        value, options = self.state.board[slot.index], self.options(slot)
        return options[value] if 0 <= value < len(options) else str(value)

    def read_value(self, slot: Slot, text: str) -> int:
        """The number that a text stands for in a slot. Raises `Unable` with a sentence."""
        text, options = text.strip(), self.options(slot)
        if slot.family in TRUE_OR_FALSE:
            if text not in TRUTHS:
                raise Unable(f"`{slot.name}` holds or not: write `true` or `false`.")
            return TRUTHS[text]
        if options:
            if text not in options:
                raise Unable(f"`{slot.name}` is one of {', '.join(options)}.{guess(text, options)}")
            return list(options).index(text)
        digits = text.removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) < 12):
            raise Unable(f"`{slot.name}` needs a whole number from {slot.lo} to {slot.hi}.")
        number = int(text)
        if not slot.lo <= number <= slot.hi:
            raise Unable(f"`{slot.name}` goes from {slot.lo} to {slot.hi}; {number} is outside.")
        return number

    def set_value(self, name: str, text: str) -> None:
        """Sets a slot by its name: a number, a flag, an agreement, a choice. Raises `Unable`."""
        index = self.program.slot_of.get(name)
        if index is None or not self.program.slots[index].shown:
            names = [slot.name for slot in self.settable()]
            raise Unable(f"Nothing on the board is named `{name}`.{guess(name, names)}")
        slot = self.program.slots[index]
        self._house(f"{name} = {text.strip()}", Override(index, self.read_value(slot, text), WHY))

    def try_effects(self, text: str, viewer: int) -> list[list[Any]]:
        """What effects as typed would do, as lines [indent, tone, text]. Raises `Unable` with what is wrong."""
        report = Report()
        seat = self._seat(viewer)
        trial = self.aside().trial(text, seat, report)
        if trial is None:
            raise Unable(problems(report, text))
        program = evolve(self.program, sites=trial.sites, news=trial.news)
        return describe_lines(program, trial.code, knowing(program, self.state, program.white_cell), seat, ())

    def apply_effects(self, text: str, viewer: int) -> list[list[Any]]:
        """Carries out effects as typed, with the seat as `me`; what came of it, as lines [indent, tone, text]. Raises
        `Unable`."""
        report = Report()
        if self.state.status not in ("setup", "running"):
            raise Unable("The game is over; take a step back, or start again.")
        trial = self.aside().trial(text, self._seat(viewer), report)
        if trial is None:
            raise Unable(problems(report, text))
        before = self._now(text)
        # The program learns of the new rolls and news; those it knew keep their numbers.
        self.program = evolve(self.program, sites=trial.sites, news=trial.news)
        work = Work(self.program, self.state.fork())
        effect = work.run(trial.run, self._seat(viewer), (), "aside", len(self.steps))
        work.emit(e.Upkeep("effects", "Tried by the designer", effect))
        settle(work)
        heard = self._fold(work.events).heard
        self._keep(before)
        stories = [story for viewer, name, story in heard if viewer == self.program.white_cell and name == "feed"]
        return [[0, *line] for story in stories for line in story["lines"]]

    # ------------------------------------------------------------ looking

    def evaluate(self, text: str, viewer: int) -> Reading:
        """The value of an expression as typed, with the seat as `me`. Raises `Unable` with what is wrong."""
        report = Report()
        seat = self._seat(viewer)
        found = self.aside().evaluation(text, seat, report)
        if found is None:
            raise Unable(problems(report, text))
        board = self.state.board
        value = found.whole.named(found.whole.value(board, seat))
        return Reading(value, tuple(term.told(term.value(board, seat)) for term in found.terms))

    def accounts(self, viewer: int) -> list[Account]:
        """Why cards come or do not, and what holds back the viewer's orders, agreements, and the endings."""
        if self._reasons is None:
            self._reasons = reasons(self.aside())
        return accounts(self.program, self.state, self._reasons, self._seat(viewer))

    def aside(self) -> Aside:
        """What further rules are made with."""
        if self._aside is None:
            self._aside = Aside.of(self.program)
        return self._aside

    def _seat(self, viewer: int) -> int:
        return viewer if viewer < len(self.program.seats) else NOBODY

    # ------------------------------------------------------------ another version of the scenario

    def reload(self, program: Program) -> list[str]:
        """Carries the game over to another version of its scenario; sentences on what could not be kept as it was."""
        move = Move(self.program, program)
        self._take(program, move.state(self.state), move.past(self.past))
        # Steps remember the program that they were made with; many versions of a large scenario would fill the memory.
        kept = list(dict.fromkeys(step.program.digest for step in self.steps))[-MOST_VERSIONS:]
        self.steps = [step for step in self.steps if step.program.digest in kept]
        return move.notes

    def _take(self, program: Program, state: State, past: tuple[Past, ...]) -> None:
        if program is not self.program:
            self._aside = self._reasons = None
            self._catalogs = {}
        self._bots.clear()  # they would remember what is not so any more
        self.program, self.state, self.past = program, state, past

    def _back_to(self, at: int) -> None:
        """The game as it was before a step. A scenario that has changed since stays as it is now."""
        step = self.steps[at]
        state, past = step.state, step.past
        if step.program is not self.program:
            move = Move(step.program, self.program)
            state, past = move.state(state), move.past(past)
        del self.steps[at:]
        self._take(self.program, state, past)

    # ------------------------------------------------------------ carrying out

    def _now(self, did: str) -> Step:
        return Step(did, self.program, self.state, self.past)

    def _keep(self, step: Step) -> None:
        self.steps.append(step)
        del self.steps[:-MOST_STEPS]

    def _house(self, did: str, body: Fire | Override | Advance) -> None:
        before = self._now(did)
        refused = self._command(house(self.program, body))
        if refused is not None:
            raise Unable(refused.reason)
        self._keep(before)

    def _command(self, command: Command) -> Refused | None:
        events = decide(self.program, self.state, command)
        if isinstance(events, Refused):
            return events
        self._fold(events)
        return None

    def _fold(self, events: Sequence[e.Event]) -> _Hearing:
        state = self.state.fork()
        hearing = _Hearing(self.program, self.past)
        for event in events:
            apply(self.program, state, event)
            hearing.hear(state, event)
        self.state, self.past = state, hearing.past()
        return hearing

    def _play(self, did: str, mine: str, done: Callable[[State], bool], *, push: bool = True) -> None:
        if self.state.status == "over":
            raise Unable("The game is over; take a step back, or start again.")
        seats = [self.program.seats[seat] for seat in self.state.seats if self.program.seats[seat] != mine]
        before = self._now(did)
        if not seats:
            if push:
                self._house(did, Advance())
            return
        for seat in seats:
            if seat not in self._bots:
                self._bots[seat] = seat_bot(self.level, self.program, seat, self.seed.hex())
        hearing = _Hearing(self.program, self.past)
        bots = {seat: self._bots[seat] for seat in seats}
        playout = Playout(self.program, bots, hearing.hear, self.state.fork())
        try:
            state = playout.play_until(partial(done, playout.state), push=push)
        except RunawayError as error:
            raise Unable(f"{error} The bots were stopped.") from None
        self.state, self.past = state, hearing.past()
        self._keep(before)

    def _phase_words(self) -> str:
        phase = phase_of(self.program, self.state)
        return phase.id if phase is not None else "the set-up" if self.state.phase == SETUP else "the game"


@define(eq=False)
class _Hearing:
    """What viewers hear of events, behind what they have heard before."""

    program: Program
    before: Sequence[Past]
    heard: list[tuple[int, str, Any]] = field(factory=list)

    def hear(self, state: State, event: e.Event) -> None:
        for viewer, ops in enumerate(project_all(self.program, state, event)):
            self.heard += [(viewer, op[1], op[2]) for op in ops if op[0] == "push"]

    def past(self) -> tuple[Past, ...]:
        grown = [{name: list(entries) for name, entries in past.items()} for past in self.before]
        for viewer, name, entry in self.heard:
            grown[viewer].setdefault(name, []).append(entry)
        return tuple({name: tuple(entries[-KEPT[name] :]) for name, entries in past.items()} for past in grown)


def problems(report: Report, text: str) -> str:
    """What is wrong with a text as typed, each place underlined."""
    checked = Checked(report, {TYPED: text}, {})
    return "\n".join(block(checked, problem) for problem in report.sorted() if problem.severity is Severity.ERROR)
