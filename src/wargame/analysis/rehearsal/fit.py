"""Fitting a scenario to the minutes there are: which turns, clocks and cards to keep so that every objective is still met.

Candidates differ in turns and in cards a turn; clocks are set to what three quarters of the rehearsed phases need. Each is
rehearsed; of those that fit, the one that keeps most is taken. An objective at the top of the list that too few of its games
meet gets a card of its own, planned for a turn. Nothing is guessed: what the plan says was counted in rehearsal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from math import ceil

from attrs import evolve, field, frozen

from wargame.analysis.rehearsal.pace import Pace
from wargame.analysis.rehearsal.rehearse import Rehearsal, branches, cards_by_objective
from wargame.rules.program import Card, Program
from wargame.scenario.fitting import Fit
from wargame.scenario.model import PhaseKind, Pool, Span

GAMES = 12  # rehearsed of a candidate
FEWEST_TURNS = 2
MET = 0.9  # an objective is covered that at least so many games meet
STEP = 15  # seconds that clocks are set in
AT_A_TABLE = 8  # students; with more of them some only look on
LARGEST_TEAM = 10

Make = Callable[[str], Program]  # the scenario's program with a fit file


class TooShortError(ValueError):
    """There is no time for it. The argument is a sentence that says how much there would have to be."""


@frozen
class Fitted:
    """A plan: the file, the game it makes as rehearsed, and the whole one beside it."""

    fit: Fit
    minutes: int
    play: float  # minutes that there are to play in
    whole: Rehearsal
    kept: Rehearsal

    def left_out(self) -> list[str]:
        """Cards that came in at least one of the whole games and in none of the fitted."""
        before = frozenset[str]().union(*(game.dealt for game in self.whole.games))
        after = frozenset[str]().union(*(game.dealt for game in self.kept.games))
        return [card.id for card in self.whole.program.cards if card.id in before - after]

    def coverage(self) -> dict[str, tuple[float, float]]:
        """By objective at the top: the share of games that meet it, whole and fitted."""
        return {name: (self.whole.share(cards), self.kept.share(cards)) for name, cards in branches(self.whole.program).items()}


@frozen
class Seating:
    """Tables for a number of students, and how many share each seat of a table; 0: a computer plays it."""

    tables: tuple[Mapping[str, int], ...] = field(factory=tuple)

    @classmethod
    def of(cls, students: int, people: tuple[str, ...]) -> Seating:
        """As even as can be: the first tables, and at each the first seats, have one more. Raises ValueError for too many."""
        tables = max(1, ceil(students / max(AT_A_TABLE, len(people))))
        made = []
        for number in range(tables):
            here = students // tables + (number < students % tables)
            shares = {seat: here // len(people) + (place < here % len(people)) for place, seat in enumerate(people)}
            if max(shares.values()) > LARGEST_TEAM:
                raise ValueError(f"A seat takes {LARGEST_TEAM} students at most.")
            made.append(shares)
        return cls(tuple(made))

    @property
    def members(self) -> dict[str, int]:
        """The largest team of each seat: the slowest table sets the pace."""
        seats = self.tables[0] if self.tables else {}
        return {seat: max(1, *(table[seat] for table in self.tables)) for seat in seats}


def fit(
    make: Make,
    minutes: int,
    people: tuple[str, ...],
    pace: Pace,
    *,
    members: Mapping[str, int] | None = None,
    opening: float | None = None,
    debrief: float | None = None,
    games: int = GAMES,
) -> Fitted:
    """The plan that keeps most of the scenario within so many minutes, opening and debrief included.

    `opening`, `debrief`: minutes for them, the pace's where not given. Raises TooShortError.
    """
    opening = pace.opening_minutes if opening is None else opening
    debrief = pace.debrief_minutes if debrief is None else debrief
    play = minutes - opening - debrief
    team = dict(members or {})

    def rehearsed(changes: Fit) -> Rehearsal:
        program = make(str(changes))
        here = tuple(seat for seat in people if seat in program.seats)
        return Rehearsal(program, here, pace, team).run(games)

    whole = rehearsed(Fit())
    clocks = _clocks(whole)
    shortest = 0.0
    for candidate in _candidates(whole.program, clocks):
        if _estimate(whole, candidate) > 1.2 * max(play, 1):
            continue
        kept = rehearsed(candidate)
        shortest = kept.minutes.median
        if shortest <= play:
            settled = _covering(whole, kept, candidate, rehearsed)
            if settled is not None and settled[1].minutes.median <= play:
                return Fitted(settled[0], minutes, play, whole, settled[1])
    least = ceil((shortest or _least(whole)) + opening + debrief)
    raise TooShortError(
        f"{minutes} minutes are not enough: with {opening:g} for the opening and {debrief:g} for the debrief, "
        f"{FEWEST_TURNS} turns need about {least} in all. Shorten those two, or take a smaller scenario."
    )


def _clocks(whole: Rehearsal) -> dict[str, int]:
    """Seconds by phase that has a clock: what three quarters of the rehearsed phases needed, but never more than now."""
    needs: dict[str, list[float]] = {}
    for lap in whole.laps():
        if lap.clock:
            needs.setdefault(lap.phase, []).append(lap.needed)
    made = {}
    for phase in whole.program.phases:
        if phase.model.seconds and phase.id in needs:
            ordered = sorted(needs[phase.id])
            wanted = ceil(ordered[(3 * len(ordered)) // 4 if len(ordered) > 1 else 0] / STEP) * STEP
            made[phase.id] = max(min(STEP, phase.model.seconds), min(phase.model.seconds, wanted))
    return made


def _candidates(program: Program, clocks: Mapping[str, int]) -> Iterator[Fit]:
    """What could be kept, most first: everything; everything with tighter clocks; then fewer turns and fewer cards."""
    count = program.scenario.turns.count
    desks = {phase.id: phase.model.cards for phase in program.phases if phase.kind is PhaseKind.CARDS}
    most = max(desks.values(), default=1)
    yield Fit()
    made = [(turns, cards) for turns in range(min(FEWEST_TURNS, count), count + 1) for cards in range(1, most + 1)]
    # A turn is worth more than a card in each: the story needs its course.
    for turns, cards in sorted(made, key=lambda pair: -(0.65 * pair[0] / count + 0.35 * pair[1] / most)):
        thinner = {phase: cards for phase, usual in desks.items() if cards < usual}
        changed = {phase: seconds for phase, seconds in clocks.items() if seconds < _seconds(program, phase)}
        yield Fit(turns if turns < count else None, changed, thinner, (), _moved(program, turns))


def _seconds(program: Program, phase: str) -> int:
    return next(each.model.seconds for each in program.phases if each.id == phase)


def _moved(program: Program, turns: int) -> dict[str, Span]:
    """The turns in which cards may come, drawn together as the game is."""
    count = program.scenario.turns.count
    if turns == count:
        return {}
    made = {}
    for card in program.cards:
        span = card.model.trigger.turns
        if span is not None and card.pool.waits:
            lo = max(1, min(turns, round(span.lo * turns / count)))
            made[card.id] = Span(lo=lo, hi=max(lo, min(turns, ceil(span.hi * turns / count))))
    return made


def _estimate(whole: Rehearsal, candidate: Fit) -> float:
    """Minutes, roughly, from the whole game's laps: to pass over what cannot fit."""
    turns = candidate.turns or whole.program.scenario.turns.count
    return sum(lap.seconds for lap in whole.laps() if lap.turn <= turns) / 60 / len(whole.games)


def _least(whole: Rehearsal) -> float:
    return _estimate(whole, Fit(FEWEST_TURNS))


def _covering(
    whole: Rehearsal, kept: Rehearsal, candidate: Fit, rehearsed: Callable[[Fit], Rehearsal]
) -> tuple[Fit, Rehearsal] | None:
    """The candidate with a planned card for each objective that it would miss; None where there is no card for one."""
    made = candidate
    turns = candidate.turns or whole.program.scenario.turns.count
    for _ in range(3):
        missed = [cards for cards in branches(whole.program).values() if kept.share(cards) < MET]
        if not missed:
            return made, kept
        plan = dict(made.plan)
        for cards in missed:
            chosen = _card_for(whole.program, kept, cards - plan.keys())
            if chosen is None:
                continue
            taken = list(plan.values())
            plan[chosen.id] = min(range(1, turns + 1), key=lambda turn: (taken.count(turn), abs(turn - (turns + 1) / 2)))
        if plan == dict(made.plan):
            return None
        made = evolve(made, plan=plan)
        kept = rehearsed(made)
    return (made, kept) if all(kept.share(cards) >= MET for cards in branches(whole.program).values()) else None


def _card_for(program: Program, kept: Rehearsal, cards: frozenset[str]) -> Card | None:
    """The card that serves an objective best: one that asks most seats, that comes by itself now and then."""
    known = [card for card in program.cards if card.id in cards and card.addressees and card.pool is not Pool.CHAINED]
    return max(known, key=lambda card: (kept.share(frozenset((card.id,))), len(card.addressees), -card.index), default=None)


def lost(plan: Fitted) -> list[str]:
    """Parts of objectives that the whole game met in most games and the fitted one does not."""
    parts = cards_by_objective(plan.whole.program)
    return [name for name, cards in parts.items() if plan.whole.share(cards) >= 0.5 > plan.kept.share(cards)]
