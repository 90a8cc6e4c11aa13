"""A stopwatch beside a game of bots: how long people would have taken for the same game, phase by phase."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from attrs import define, field, frozen

from wargame.analysis.rehearsal.pace import Pace
from wargame.analysis.sweep.reading import briefing_words, card_words
from wargame.engine import events as e
from wargame.engine.state import SETUP, State
from wargame.rules.program import Program

MOST_READ_OUT = 15  # outcomes that are read to the class after a phase; of more the facilitator gives the gist


@frozen
class Lap:
    """A phase that took place: seconds it took, seconds it would have taken without its clock, and its clock (0: none)."""

    turn: int
    phase: str
    seconds: float
    needed: float
    clock: int


@define
class Stopwatch:
    """Give `watch` to a playout. `members`: how many people share a seat, where more than one; `seed` keys the hesitations."""

    program: Program
    people: tuple[str, ...]
    pace: Pace
    seed: str
    members: Mapping[str, int] = field(factory=dict)
    timed: bool = True
    laps: list[Lap] = field(init=False, factory=list)
    decisions: dict[str, list[int]] = field(init=False, factory=dict)  # by seat and turn
    messages: Counter[str] = field(init=False, factory=Counter)
    dealt: set[str] = field(init=False, factory=set)
    _spent: defaultdict[str, float] = field(init=False, factory=lambda: defaultdict(float))  # seconds by seat in this phase
    _headlines: int = field(init=False, default=0)
    _moment: tuple[int, int] = field(init=False, default=(0, SETUP))
    _words: Sequence[Sequence[int]] = field(init=False, default=())

    def __attrs_post_init__(self) -> None:
        self.decisions = {seat: [0] * self.program.scenario.turns.count for seat in self.people}
        self._words = card_words(self.program)

    def watch(self, state: State, event: e.Event) -> None:
        """Takes an event in."""
        pace = self.pace
        match event:
            case e.GameStarted():
                for name in self.people:
                    self._spent[name] += pace.reading(briefing_words(self.program, name))
            case e.ChoiceMade() | e.PlacementDrafted():
                self._decide(event.seat, pace.choose)
            case e.CardDealt():
                self.dealt.add(self.program.cards[event.card].id)
                for seat, place in event.to:
                    self._read(seat, self._words[event.card][place])
            case e.AnswerDrafted():
                self._decide(event.seat, pace.answer)
            case e.AnswerRevealed():
                self._headlines += 1
            case e.OrderDone():
                self._decide(event.seat, pace.order)
                self._headlines += self.program.actions[event.order.action].audience is None
            case e.AgreementProposed() | e.AgreementSigned():
                self._decide(event.seat, pace.deal)
            case e.AgreementEntered():
                self._headlines += 1
            case e.FloorDrafted():
                self._decide(event.seat, pace.vote)
            case e.MotionVoted():
                self._headlines += 1
            case e.PhaseBegan():
                self._lap()
                self._moment = (event.turn, event.phase)
            case e.GameEnded():
                self._lap()
            case _:
                pass

    def _read(self, seat: int, words: int) -> None:
        self._spent[self.program.seats[seat]] += self.pace.reading(words)

    def _decide(self, seat: int, seconds: float) -> None:
        name = self.program.seats[seat]
        if name not in self.decisions:
            return
        self._spent[name] += seconds
        self.messages[name] += 1
        turn = max(1, self._moment[0])
        self.decisions[name][turn - 1] += 1

    def _lap(self) -> None:
        """The phase ends: it took as long as the seat with most to do, and then its outcomes are read out."""
        turn, index = self._moment
        phase = "setup" if index < 0 else self.program.phases[index].id
        clock = 0 if index < 0 or not self.timed else self.program.phases[index].model.seconds
        busy = {seat: seconds for seat, seconds in self._spent.items() if seat in self.people and seconds}
        if busy:
            needed = max(
                seconds
                * (1 + self.pace.member * (self.members.get(seat, 1) - 1))
                * self.pace.hesitation(self.seed, turn, phase, seat)
                for seat, seconds in busy.items()
            )
            told = min(self._headlines, MOST_READ_OUT) * self.pace.headline + self.pace.changeover
            within = min(needed, clock) if clock else needed
            self.laps.append(Lap(turn, phase, within + told, needed, clock))
        self._spent.clear()
        self._headlines = 0
