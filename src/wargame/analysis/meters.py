"""Meters of a game in progress and of one that is over: which learning objectives were covered, and who did how much.

What people do is counted row by row as it happens, so an answer costs the same late in a game as early. Only deeds are counted,
never what came of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median
from typing import Any

import attrs
from attrs import define, field

from wargame.analysis.chronicle import Chronicle, Entry, Member, is_computer, place_of
from wargame.engine import events as e
from wargame.engine import msel
from wargame.engine.state import State
from wargame.rules.program import Program
from wargame.scenario.model import PhaseKind, Pool, each_objective

QUIET = 1 / 3  # of what people do who are in the middle: whoever does less is called quiet


@define
class Airtime:
    """What one person has done. `orders`: in their drafts and given at once; `answers`: to cards; `words`: in messages and
    reasons. Where a team decides, what counts for its members is `suggestions` and `endorsements` (what others suggested that
    they endorsed or objected to). `last`: ms, 0 for never."""

    person: str
    name: str
    seat: str
    messages: int = 0
    words: int = 0
    orders: int = 0
    answers: int = 0
    suggestions: int = 0
    endorsements: int = 0
    petitions: int = 0
    notes: int = 0
    last: int = 0

    @property
    def deeds(self) -> int:
        """All that is counted but words."""
        return self.messages + self.orders + self.answers + self.suggestions + self.endorsements + self.petitions + self.notes


@define
class Meters:
    """Counts what people in seats do; to be told every row once, also those that are taken back later: they did it."""

    program: Program
    people: dict[str, Airtime] = field(factory=dict)
    _drafts: dict[str, int] = field(factory=dict)  # orders that a person had in a draft of this phase
    _answered: set[tuple[str, int]] = field(factory=set)  # (person, card) on the table
    _in_turns: bool = False

    def hear(self, row: Entry) -> None:
        """One more row."""
        who = self._of(row)
        # What a team adopts is done in the same row by whoever's word made it so: it is nobody's own.
        adopted = any(isinstance(event, e.Adopted) for event in row.events)
        for event in row.events:
            if isinstance(event, e.PhaseBegan):
                self._drafts.clear()
                self._in_turns = self.program.phases[event.phase].kind is PhaseKind.TURNS
            elif isinstance(event, e.CardsClosed):
                self._answered.clear()
            elif who is not None:
                self._count(who, row.who, event, adopted=adopted)
        if who is not None:
            who.last = row.at

    def _of(self, row: Entry) -> Airtime | None:
        """The person in a seat whose row it is; nobody for a computer's."""
        if not row.person or is_computer(row.person) or not 0 <= row.who < len(self.program.seats):
            return None
        known = self.people.get(row.person)
        if known is None:
            known = self.people[row.person] = Airtime(row.person, row.name, "")
        known.name, known.seat = row.name, place_of(self.program, row.who)
        return known

    def _count(self, who: Airtime, seat: int, event: e.Event, *, adopted: bool) -> None:
        match event:
            case e.Said(seat=sender, text=text) if sender == seat:
                who.messages += 1
                who.words += _words(text)
            case e.AnswerDrafted(number=number, answer=answer) if not adopted:
                if (who.person, number) not in self._answered:
                    self._answered.add((who.person, number))
                    who.answers += 1
                    who.words += _words(answer.rationale)
            case e.OrdersDrafted(orders=orders) if not adopted:
                before = self._drafts.get(who.person, 0)
                if len(orders) > before:
                    self._drafts[who.person] = len(orders)
                    who.orders += len(orders) - before
                    who.words += sum(_words(order.rationale) for order in orders[before:])
            case e.OrderDone(seat=giver, order=order) if self._in_turns and giver == seat and not adopted:
                who.orders += 1
                who.words += _words(order.rationale)
            case e.Suggested(person=person) if person == who.person:
                who.suggestions += 1
            case e.Endorsed(person=person) if person == who.person:
                who.endorsements += 1
            case e.Objected(person=person, why=why) if person == who.person:
                who.endorsements += 1
                who.words += _words(why)
            case e.Petitioned(person=person, what=what, because=because, against=against) if person == who.person:
                who.petitions += 1
                who.words += _words(" ".join((what, *because, against)))
            case e.Noted(person=person, fact=fact, so_what=so_what, change=change) if person == who.person:
                who.notes += 1
                who.words += _words(f"{fact} {so_what} {change}")

    def airtime(self, members: Iterable[Member] = ()) -> list[Airtime]:
        """By person, those without a deed too where they are given, whoever did least first."""
        counted = dict(self.people)
        for member in members:
            if member.seat in self.program.seats and not member.bot:
                known = counted.get(member.id) or Airtime(member.id, member.name, member.seat)
                counted[member.id] = attrs.evolve(known, name=member.name, seat=member.seat)
        return sorted(counted.values(), key=lambda each: (each.deeds, each.words, each.name, each.person))


def meters_of(chronicle: Chronicle) -> Meters:
    """The meters at the end of a chronicle."""
    meters = Meters(chronicle.base)
    for entry in chronicle.entries:
        meters.hear(entry)
    return meters


def quiet(airtime: Iterable[Airtime]) -> list[str]:
    """The ids of people who do much less than the others; nobody while hardly anything was done."""
    counted = list(airtime)
    middle = median([each.deeds for each in counted]) if counted else 0
    return [each.person for each in counted if each.deeds < middle * QUIET]


def coverage(program: Program, state: State) -> list[dict[str, Any]]:
    """By objective (`id`, `title`; branches before their parts, and with all that those have): `covered`, the titles of cards
    that came; `planned`, of those on the time-line or armed; `shelf`, the ids of cards on the shelf that would cover it."""
    waiting = {line.card for _, line in msel.waiting(program, state)}
    waiting |= {line.card for line in state.lines.values() if line.status == msel.ARMED}
    found: dict[str, dict[str, Any]] = {
        path: {"id": path, "title": str(objective.title), "covered": [], "planned": [], "shelf": []}
        for path, objective in each_objective(program.scenario.objectives)
    }
    for card in program.cards:
        if card.model.objective is None:
            continue
        came, comes = bool(state.board[card.fired]), card.index in waiting
        parts = card.model.objective.text.split(".")
        for entry in (found.get(".".join(parts[:count])) for count in range(1, len(parts) + 1)):
            if entry is None:
                continue
            if came or comes:
                entry["covered" if came else "planned"].append(str(card.model.title))
            elif card.pool is Pool.SHELF:
                entry["shelf"].append(card.id)
    return list(found.values())


def minutes_left(program: Program, state: State, now: int) -> int | None:
    """How long the game still takes if every phase takes its whole time; None where phases have no clock or nothing runs."""
    if not state.timed or state.status not in ("setup", "running"):
        return None
    seconds = [phase.model.seconds for phase in program.phases]
    left = state.left if state.left is not None else max(0, state.deadline - now) if state.deadline is not None else 0
    turns = program.scenario.turns.count - state.turn
    return round((left / 1000 + sum(seconds[state.phase + 1 :]) * (state.turn > 0) + turns * sum(seconds)) / 60)


def _words(text: str) -> int:
    return len(text.split())
