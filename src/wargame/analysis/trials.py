"""Running the tests that a scenario or rulebook holds: the engine itself does what they say, on a board of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from attrs import define, field

from wargame.analysis.told_dice import Cup, ToldWork, UntoldError
from wargame.engine import cards, floor, orders, steps
from wargame.engine import commands as c
from wargame.engine import events as e
from wargame.engine.commands import Command, Refused
from wargame.engine.decide import carry
from wargame.engine.legality import action_block, agreement_block, target_block
from wargame.engine.state import FloorDraft, Order, State
from wargame.engine.telling import news_words
from wargame.rules.compile import build
from wargame.rules.dice import SEED_BYTES
from wargame.rules.program import NOBODY, Board, Program
from wargame.rules.trial import (
    CardDeed,
    Deed,
    EffectsDeed,
    Ends,
    Expectation,
    Holds,
    IsDealt,
    IsRefused,
    IsSaid,
    IsScheduled,
    LeaveDeed,
    OrderDeed,
    PhaseDeed,
    SignDeed,
    StepDeed,
    Trial,
    TriggerDeed,
    VoteDeed,
)
from wargame.scenario.files import RULEBOOK_FILE
from wargame.scenario.load import Loaded
from wargame.scenario.model import PhaseKind
from wargame.scenario.node import Mark
from wargame.scenario.problem import Report
from wargame.scenario.scalars import shown

SEED = bytes(SEED_BYTES)  # every roll is told, so that only lots are drawn with it: the order of orders of one band


def run_tests(loaded: Loaded) -> int:
    """Runs the tests of what was loaded, unless it has errors; what fails becomes a problem in its report. How many ran."""
    if loaded.scenario is None or loaded.report.failed or not loaded.scenario.tests:
        return 0
    program = build(loaded.scenario, Report(), partial=loaded.main == RULEBOOK_FILE, tests=True)
    if program is None:
        return 0
    for trial in program.trials:
        _Run.of(program, trial, loaded.report).go()
    return len(program.trials)


@define
class _Run:
    """One test on its own board."""

    trial: Trial
    report: Report
    program: Program
    cup: Cup
    work: ToldWork
    before: Board = field(factory=list)
    refused: Refused | None = None

    @classmethod
    def of(cls, program: Program, trial: Trial, report: Report) -> _Run:
        cup = Cup(program, trial.falls)
        state = State.fresh(program)
        state.seed = SEED
        return cls(trial, report, program, cup, ToldWork(program, state, cup=cup))

    def error(self, mark: Mark, code: str, message: str, hint: str = "", width: int = 1) -> None:
        test = f"in the test {shown(self.trial.name)}"
        self.report.error(mark, code, message, f"{hint}; {test}" if hint else test, width)

    def go(self) -> None:
        """Sets the board, does what is to be done, and compares."""
        self.set_up()
        self.before = list(self.work.state.board)
        for number, deed in enumerate(self.trial.deeds):
            if not self.do(deed, last=number == len(self.trial.deeds) - 1):
                return
        left = self.cup.left()
        if left:
            rolled = ", ".join(f"`{label}`" for label in dict.fromkeys(self.cup.made))
            hint = f"rolled were: {rolled}" if rolled else "nothing was rolled"
            self.error(self.trial.falls.mark, "test_dice", f"{left[0].upper()}{left[1:]}.", hint)
        for one in self.trial.expected:
            self.expect(one)

    def set_up(self) -> None:
        work, program = self.work, self.program
        given = dict(self.trial.given)
        played = tuple(given.get(slot, 1) == 1 for slot in program.played)
        work.emit(e.GameStarted(played, work.state.seed, "", False, None, e.NOTHING))
        work.emit(e.Overridden("given", work.write(list(given.items()))))
        self.enter(0)

    # ------------------------------------------------------------ doing

    def do(self, deed: Deed, *, last: bool) -> bool:
        """Does one thing; whether the test can go on."""
        if self.work.state.status == "over":
            self.error(deed.mark, "test_fails", "The game is over before this.", "an ending has cut it short", deed.width)
            return False
        try:
            self.refused = _DEEDS[type(deed)](self, deed)
            steps.check_endings(self.work, called_only=True)
        except UntoldError as untold:
            self.error(deed.mark, "test_dice", untold.sentence, untold.hint, deed.width)
            return False
        if self.refused is None or (last and any(isinstance(one, IsRefused) for one in self.trial.expected)):
            return True
        message = f"This is refused: {self.refused.reason}"
        self.error(deed.mark, "test_fails", message, "expect it with `refused:`, or mend `given`", deed.width)
        return False

    def enter(self, phase: int) -> None:
        """Begins a phase, without what the flow of a game would do then."""
        turn = self.trial.turn
        if self.program.phases:
            slot = self.program.turn_slot
            self.work.emit(e.PhaseBegan(turn, phase, None, self.work.write([(slot, turn)])))

    def enter_kind(self, *kinds: PhaseKind) -> Refused | None:
        """Begins the first phase of a kind; of several kinds, the first that there is."""
        for kind in kinds:
            for phase in self.program.phases:
                if phase.kind is kind:
                    self.enter(phase.index)
                    return None
        return Refused("no_phase", f"There is no phase of the kind `{kinds[0].value}` in which it could be done.")

    def command(self, seat: int, body: c.PlayerBody) -> Refused | None:
        """What a seat does, checked and carried out as in a game."""
        state = self.work.state
        return carry(self.work, Command(seat, body, state.turn, state.phase_id(self.program)))

    def order(self, deed: OrderDeed) -> Refused | None:
        work, state = self.work, self.work.state
        refused = self.enter_kind(PhaseKind.ORDERS, PhaseKind.TURNS)
        if refused is not None:
            return refused
        order = Order(deed.action, deed.targets)
        phase = self.program.phases[state.phase]
        if phase.kind is PhaseKind.TURNS:
            state.mover = state.seats.index(deed.seat) * max(1, phase.model.orders) if deed.seat in state.seats else 0
            action = self.program.actions[deed.action]
            block = action_block(self.program, state, deed.seat, action, ())
            block = block or target_block(state, deed.seat, action, deed.targets)
            if block is None:
                orders.carry_out(work, deed.seat, order, 0, paid=False)
            return block
        refused = self.command(deed.seat, c.GiveOrders((order,)))
        if refused is not None:
            return refused
        orders.resolve(work)
        done = next(event for event in reversed(work.events) if isinstance(event, e.OrderDone))
        return None if done.status == "done" else Refused(done.status, done.reason)

    def card(self, deed: CardDeed) -> Refused | None:
        work = self.work
        refused = self.enter_kind(PhaseKind.CARDS)
        if refused is not None:
            return refused
        if not cards.deal(work, self.program.cards[deed.card], deed.bindings, "fired"):
            return Refused("bad_target", "Nobody whom the card is addressed to is in the game.")
        number = work.state.hand[-1].number
        for seat, option in deed.answers:
            refused = self.command(seat, c.Respond(number, option, "", None))
            if refused is not None:
                return refused
        cards.resolve(work)
        work.emit(e.CardsClosed())
        return None

    def trigger(self, deed: TriggerDeed) -> Refused | None:
        refused = self.enter_kind(PhaseKind.CARDS)
        card = self.program.cards[deed.card]
        if refused is None and cards.comes(self.work, card):
            cards.deal(self.work, card, (), card.pool.value)
        return refused

    def sign(self, deed: SignDeed) -> Refused | None:
        agreement = self.program.agreements[deed.agreement]
        refused = self.enter_kind(PhaseKind.ORDERS)
        # All keys are tried before one is turned, for the words of who cannot.
        for seat in agreement.parties:
            refused = refused or agreement_block(self.program, self.work.state, seat, agreement)
        for place, seat in enumerate(agreement.parties):
            refused = refused or self.command(seat, c.Sign(agreement.index) if place else c.Propose(agreement.index, ""))
        return refused

    def leave(self, deed: LeaveDeed) -> Refused | None:
        return self.enter_kind(PhaseKind.ORDERS) or self.command(deed.seat, c.Leave(deed.agreement))

    def vote(self, deed: VoteDeed) -> Refused | None:
        motion = self.program.motions[deed.motion]
        refused = self.enter_kind(PhaseKind.FLOOR)
        if refused is not None:
            return refused
        self.work.emit(e.MotionTabled(motion.index, NOBODY))
        lobby = dict(deed.lobby)
        vetoing = () if deed.veto or motion.veto_by == NOBODY else (motion.veto_by,)
        for seat in dict.fromkeys([*lobby, *deed.against, *vetoing]):
            position = False if seat in deed.against else None
            refused = self.command(seat, c.TakeFloor(FloorDraft(lobby.get(seat, 0), position, seat not in vetoing)))
            if refused is not None:
                return refused
        self.cup.votes = deed.ayes
        floor.resolve(self.work)
        self.cup.votes = {}
        return None

    def phase(self, deed: PhaseDeed) -> Refused | None:
        self.enter(deed.phase)
        steps.take(self.work, self.program.phases[deed.phase])
        return None

    def step(self, deed: StepDeed) -> Refused | None:
        steps.STEPS[deed.name](self.work)
        return None

    def effects(self, deed: EffectsDeed) -> Refused | None:
        effect = self.work.run(deed.run, deed.seat, (), "test")
        self.work.emit(e.Upkeep("effects", "", effect))
        return None

    # ------------------------------------------------------------ comparing

    def expect(self, one: Expectation) -> None:
        fault = _EXPECTED[type(one)](self, one)
        if fault:
            self.error(one.mark, "test_fails", fault, "", one.width)

    def holds(self, one: Holds) -> str:
        if self.value(one.test) != one.negated:
            return ""
        told = ", ".join(term.told(self.value(term.value)) for term in one.terms if term.words != one.words)
        verb = "holds" if one.negated else "does not hold"
        return f"`{one.words}` {verb}: {told}." if told else f"`{one.words}` {verb}."

    def value(self, function: Callable[..., Any]) -> Any:
        return function(self.work.state.board, NOBODY, self.before)

    def is_refused(self, one: IsRefused) -> str:
        if self.refused is None:
            return "" if one.negated else "This should be refused, and it is not."
        if one.negated:
            return f"This is refused: {self.refused.reason}"
        return "" if one.words in self.refused.reason else f"It is refused in other words: {self.refused.reason}"

    def found(self, one: Expectation, there: bool, what: str, happened: str) -> str:
        if there != one.negated:
            return ""
        return f"{what} after all." if there else f"{what.replace(' is ', ' is not ', 1)}{happened}."

    def is_dealt(self, one: IsDealt) -> str:
        dealt = [self.program.cards[event.card].id for event in self.work.events if isinstance(event, e.CardDealt)]
        name = self.program.cards[one.card].id
        return self.found(one, name in dealt, f"The card `{name}` is dealt", _listed("dealt are", dealt))

    def is_scheduled(self, one: IsScheduled) -> str:
        coming = [(deal.card, deal.delay) for effect in self.happened() for deal in effect.deals]
        there = any(card == one.card and one.delay in (None, delay) for card, delay in coming)
        when = "" if one.delay is None else f" in {one.delay}"
        names = [f"{self.program.cards[card].id} in {delay}" for card, delay in coming]
        name = self.program.cards[one.card].id
        return self.found(one, there, f"The card `{name}` is scheduled{when}", _listed("scheduled are", names))

    def ends(self, one: Ends) -> str:
        result = self.work.state.result
        name = self.program.endings[one.ending].id
        ended = result is not None and result.ending == one.ending
        other = [self.program.endings[result.ending].id] if result is not None and result.ending >= 0 else []
        return self.found(one, ended, f"The game is ended by `{name}`", _listed("it is ended by", other))

    def is_said(self, one: IsSaid) -> str:
        said = [news_words(self.program, item) for effect in self.happened() for item in effect.news]
        there = any(one.words in words for words in said)
        return self.found(one, there, f"{shown(one.words)} is in the news", _listed("the news are", said))

    def happened(self) -> Iterator[e.Effect]:
        for event in self.work.events:
            yield getattr(event, "effect", e.NOTHING)


_DEEDS: Mapping[type[Deed], Callable[[_Run, Any], Refused | None]] = {
    OrderDeed: _Run.order,
    CardDeed: _Run.card,
    TriggerDeed: _Run.trigger,
    SignDeed: _Run.sign,
    LeaveDeed: _Run.leave,
    VoteDeed: _Run.vote,
    PhaseDeed: _Run.phase,
    StepDeed: _Run.step,
    EffectsDeed: _Run.effects,
}
_EXPECTED: Mapping[type[Expectation], Callable[[_Run, Any], str]] = {
    Holds: _Run.holds,
    IsRefused: _Run.is_refused,
    IsDealt: _Run.is_dealt,
    IsScheduled: _Run.is_scheduled,
    Ends: _Run.ends,
    IsSaid: _Run.is_said,
}


def _listed(start: str, names: list[str]) -> str:
    return f"; {start} {', '.join(shown(name) for name in names)}" if names else ""
