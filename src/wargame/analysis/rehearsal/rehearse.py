"""Rehearsal: a scenario played some times by bots that take a person's time; what it takes, and what never happens in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from attrs import define, field, frozen

from wargame.analysis.playout import Playout
from wargame.analysis.rehearsal.pace import Pace
from wargame.analysis.rehearsal.stopwatch import Lap, Stopwatch
from wargame.bots.levels import seat_bot
from wargame.engine import events as e
from wargame.engine.state import State
from wargame.rules.program import Program
from wargame.scenario.model import Pool, each_objective

LEVEL = "one-ply"
IDLE_TURNS = 3  # a seat with nothing to decide for so long has been forgotten


@frozen
class Spread:
    """A figure over the games: the median, and what a tenth of them stay under and over."""

    low: float
    median: float
    high: float

    @classmethod
    def of(cls, values: Iterable[float]) -> Spread:
        """Of some values, at least one. Between two values it lies in proportion."""
        ordered = sorted(values)
        return cls(_quantile(ordered, 0.1), _quantile(ordered, 0.5), _quantile(ordered, 0.9))

    def plain(self) -> dict[str, float]:
        """As data, to a tenth."""
        return {"low": round(self.low, 1), "median": round(self.median, 1), "high": round(self.high, 1)}


def _quantile(ordered: Sequence[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


@frozen
class Rehearsed:
    """A game as the stopwatch has it."""

    laps: tuple[Lap, ...]
    decisions: Mapping[str, Sequence[int]]
    messages: Mapping[str, int]
    dealt: frozenset[str]
    turns: int

    @property
    def minutes(self) -> float:
        """From the first to the last lap, the set-up too."""
        return sum(lap.seconds for lap in self.laps) / 60

    def idle(self, seat: str) -> bool:
        """Whether the seat had nothing to decide for `IDLE_TURNS` turns that were played, one after the other."""
        row = self.decisions[seat][: self.turns]
        return any(not any(row[turn : turn + IDLE_TURNS]) for turn in range(len(row) - IDLE_TURNS + 1))


@define
class Rehearsal:
    """Games of a scenario rehearsed. `members`: how many share a seat; `timed`: whether phases end by their clocks."""

    program: Program
    people: tuple[str, ...]
    pace: Pace
    members: Mapping[str, int] = field(factory=dict)
    timed: bool = True
    games: list[Rehearsed] = field(init=False, factory=list)
    chosen: Counter[tuple[str, str, str]] = field(init=False, factory=Counter)  # card, addressee, option

    def run(self, games: int, seed: int = 1) -> Rehearsal:
        """Plays so many more games; the same seed gives the same games."""
        for number in range(seed, seed + games):
            self._play(str(number))
        return self

    def _play(self, seed: str) -> None:
        program = self.program
        watch = Stopwatch(program, self.people, self.pace, seed, self.members, self.timed)

        def both(state: State, event: e.Event) -> None:
            watch.watch(state, event)
            if isinstance(event, e.AnswerRevealed):
                dealt = next(each for each in state.hand if each.number == event.number)
                place = next(index for seat, index in dealt.to if seat == event.seat)
                addressee = program.cards[dealt.card].addressees[place]
                self.chosen[program.cards[dealt.card].id, addressee.key, addressee.options[event.answer.option].id] += 1

        bots = {seat: seat_bot(LEVEL, program, seat, seed, silent=True) for seat in self.seats}
        game = Playout(program, bots, both)
        game.start(sha256(f"wargame simulate {seed}".encode()).digest())
        turns = game.play().turn
        messages = {seat: round(count * self.pace.messages) for seat, count in watch.messages.items()}
        self.games.append(Rehearsed(tuple(watch.laps), watch.decisions, messages, frozenset(watch.dealt), turns))

    @property
    def seats(self) -> tuple[str, ...]:
        """The seats in play: those of people, and those that no game can do without."""
        seats = self.program.scenario.seats
        return tuple(seat for seat in self.program.seats if seat in self.people or not seats[seat].optional)

    # -- what it came to ------------------------------------------------------------------------------------------------

    @property
    def minutes(self) -> Spread:
        """Minutes of play."""
        return Spread.of(game.minutes for game in self.games)

    def laps(self) -> Iterator[Lap]:
        """All laps of all games."""
        return (lap for game in self.games for lap in game.laps)

    def by_phase(self) -> dict[str, dict[str, Any]]:
        """By phase: how often it took place, seconds, seconds needed without its clock, and how often the clock cut it."""
        found: dict[str, list[Lap]] = defaultdict(list)
        for lap in self.laps():
            found[lap.phase].append(lap)
        return {
            phase: {
                "times": round(len(laps) / len(self.games), 2),
                "seconds": Spread.of(lap.seconds for lap in laps).plain(),
                "needed": Spread.of(lap.needed for lap in laps).plain(),
                "clock": laps[0].clock,
                "cut": round(sum(0 < lap.clock < lap.needed for lap in laps) / len(laps), 3),
            }
            for phase, laps in found.items()
        }

    def by_turn(self) -> list[dict[str, Any]]:
        """By turn: minutes, over the games that played it; 0 is the set-up."""
        found: dict[int, list[float]] = defaultdict(list)
        for game in self.games:
            spent: dict[int, float] = defaultdict(float)
            for lap in game.laps:
                spent[lap.turn] += lap.seconds / 60
            for turn, minutes in spent.items():
                found[turn].append(minutes)
        return [{"turn": turn, "games": len(found[turn]), "minutes": Spread.of(found[turn]).plain()} for turn in sorted(found)]

    def never_dealt(self) -> list[str]:
        """Cards that are meant to come by themselves and came in no game."""
        dealt = frozenset[str]().union(*(game.dealt for game in self.games))
        return [card.id for card in self.program.cards if card.pool is not Pool.SHELF and card.id not in dealt]

    def never_chosen(self) -> list[tuple[str, str, str]]:
        """Answers that nobody gave on cards that were answered: (card, addressee, option)."""
        answered = {(card, key) for card, key, _ in self.chosen}
        return [
            (card.id, addressee.key, option.id)
            for card in self.program.cards
            for addressee in card.addressees
            for option in addressee.options
            if (card.id, addressee.key) in answered and not self.chosen[card.id, addressee.key, option.id]
        ]

    def coverage(self) -> dict[str, float]:
        """By learning objective that any card is for: in what share of the games such a card came."""
        return {objective: self.share(cards) for objective, cards in cards_by_objective(self.program).items()}

    def share(self, cards: frozenset[str]) -> float:
        """In what share of the games one of the cards came."""
        return sum(not cards.isdisjoint(game.dealt) for game in self.games) / len(self.games)

    def plain(self) -> dict[str, Any]:
        """Everything as data."""
        return {
            "scenario": self.program.scenario.id,
            "games": len(self.games),
            "people": list(self.people),
            "minutes": self.minutes.plain(),
            "opening_minutes": self.pace.opening_minutes,
            "debrief_minutes": self.pace.debrief_minutes,
            "turns": self.by_turn(),
            "phases": self.by_phase(),
            "seats": {
                seat: {
                    "messages": Spread.of(game.messages.get(seat, 0) for game in self.games).plain(),
                    "decisions_a_turn": round(
                        sum(sum(game.decisions[seat]) / game.turns for game in self.games) / len(self.games), 2
                    ),
                    "idle_games": sum(game.idle(seat) for game in self.games),
                }
                for seat in self.people
            },
            "never_dealt": self.never_dealt(),
            "never_chosen": [list(each) for each in self.never_chosen()],
            "coverage": {name: round(share, 3) for name, share in self.coverage().items()},
        }


def branches(program: Program) -> dict[str, frozenset[str]]:
    """By learning objective at the top: the cards that are for it or for a part of it. Those without any are left out."""
    found: dict[str, frozenset[str]] = {}
    for path, cards in cards_by_objective(program).items():
        top = path.partition(".")[0]
        found[top] = found.get(top, frozenset()) | cards
    return found


def cards_by_objective(program: Program) -> dict[str, frozenset[str]]:
    """By learning objective without parts, in declared order: the cards that are for it. Those without any are left out."""
    found: dict[str, set[str]] = defaultdict(set)
    for card in program.cards:
        if card.model.objective is not None:
            found[card.model.objective.text].add(card.id)
    order = [path for path, _ in each_objective(program.scenario.objectives)]
    return {path: frozenset(found[path]) for path in order if path in found}
