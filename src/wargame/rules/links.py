"""What leads to what in a scenario: which orders, answers, agreements, votes and clocks bring cards, set facts, end the game.

Read from the trees that the rules were compiled from, so nothing is found by its spelling. A thing is named by where it stands:
`injects.flood`, `actions.raid`, `agreements.truce`, `motions.war`, `clocks.fuse`, `flags.martial_law`, `endings.ruin`,
`choices.aim`, `phases.close`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import Enum

from attrs import frozen

from wargame.rules.program import Card, Family, Program
from wargame.rules.reach import all_effects, cells, expressions, possible, reads
from wargame.rules.tree import Block, CallVote, Const, Effect, EndAgreement, EndGame, Expr, Inject, OpenChoice, Read, Write

FACTS = {Family.FLAG: "flags", Family.CLOCK: "clocks", Family.AGREEMENT: "agreements", Family.CHOICE: "choices"}
COUNTS = {Family.GIVEN: "actions", Family.FIRED: "injects", Family.DEALT_ON: "injects", Family.ARMED: "injects"}


class Does(Enum):
    """How one thing leads to another."""

    BRINGS = "brings"  # a card, now or later
    SETS = "sets"
    CLEARS = "clears"
    STARTS = "starts"  # a clock
    STOPS = "stops"
    CALLS = "calls a vote on"
    ENDS = "ends"  # an agreement
    OPENS = "opens"  # a choice
    FINISHES = "finishes the game with"
    ASKS = "is asked by"  # a condition of the target reads the source
    WEIGHS = "weighs in"  # what the target does depends on the source


@frozen(order=True)
class Link:
    """A way from one thing to another.

    `part`: which part of the thing that acts or asks (an answer's id, `on_sign`, `passes`); empty for the whole. `delay`:
    turns until a card comes, None where that depends or says nothing.
    """

    source: str
    target: str
    does: Does
    part: str = ""
    delay: int | None = None


def links(program: Program) -> tuple[Link, ...]:
    """All links of a scenario, each once, in the order in which things are declared."""
    return tuple(dict.fromkeys(_Finder(program).all()))


@frozen
class _Finder:
    program: Program

    def all(self) -> Iterator[Link]:
        program = self.program
        for card in program.cards:
            yield from self._card(card)
        for action in program.actions:
            thing = f"actions.{action.id}"
            yield from self._asked(thing, "", (reason.test for reason in (*action.reasons, *action.target_reasons)))
            yield from self._done(thing, "", action.run)
        for agreement in program.agreements:
            thing = f"agreements.{agreement.id}"
            yield from self._asked(thing, "", (reason.test for reason in agreement.reasons))
            yield from self._asked(thing, "ends_when", (agreement.ends_when,))
            for part in ("on_sign", "each_turn", "on_leave", "on_leak"):
                yield from self._done(thing, part, getattr(agreement, part))
        for motion in program.motions:
            thing = f"motions.{motion.id}"
            yield from self._asked(thing, "", (motion.veto_when, *motion.leans))
            yield from self._done(thing, "passes", motion.passes)
            yield from self._done(thing, "fails", motion.fails)
        for clock in program.clocks:
            yield from self._done(f"clocks.{clock.id}", "", clock.at_zero)
        for phase in program.phases:
            for step in phase.steps:
                yield from self._done(f"phases.{phase.id}", "", step.run)
        for ending in program.endings:
            yield from self._asked(f"endings.{ending.id}", "", (ending.when,))

    def _card(self, card: Card) -> Iterator[Link]:
        thing = f"injects.{card.id}"
        yield from self._asked(thing, "", (card.when, card.chance))
        for part in ("on_trigger", "on_deal"):
            yield from self._done(thing, part, getattr(card, part))
        for addressee in card.addressees:
            for option in addressee.options:
                yield from self._asked(thing, option.id, (reason.test for reason in option.reasons))
                yield from self._done(thing, option.id, option.run)

    def _asked(self, thing: str, part: str, functions: Iterable[Callable[..., object] | None]) -> Iterator[Link]:
        for function in functions:
            tree = self.program.tree(function) if function is not None else None
            if isinstance(tree, Expr):
                yield from self._read(tree, thing, part, Does.ASKS)

    def _read(self, expr: Expr, thing: str, part: str, does: Does) -> Iterator[Link]:
        for slot in sorted(reads(expr)):
            fact = self._fact(slot)
            if fact and fact != thing:
                yield Link(fact, thing, does, part)

    def _fact(self, slot: int) -> str:
        """What a slot tells of, if it is not a mere number."""
        entry = self.program.slots[slot]
        if entry.family in FACTS:
            return f"{FACTS[entry.family]}.{entry.name}"
        return f"{COUNTS[entry.family]}.{entry.name.split('.')[1]}" if entry.family in COUNTS else ""

    def _done(self, thing: str, part: str, function: Callable[..., object] | None) -> Iterator[Link]:
        tree = self.program.tree(function) if function is not None else None
        if isinstance(tree, tuple):
            block: Block = tree[1]
            for effect in all_effects(block):
                yield from self._effect(effect, thing, part)
                if not isinstance(effect, EndAgreement):
                    for expr in expressions(effect):
                        if not (isinstance(effect, Write) and expr is effect.place):
                            yield from self._read(expr, thing, part, Does.WEIGHS)

    def _effect(self, effect: Effect, thing: str, part: str) -> Iterator[Link]:
        program = self.program
        match effect:
            case Inject():
                delay = int(effect.delay.value) if isinstance(effect.delay, Const) else None
                yield Link(thing, f"injects.{program.cards[effect.card].id}", Does.BRINGS, part, delay)
            case CallVote():
                yield Link(thing, f"motions.{program.motions[effect.motion].id}", Does.CALLS, part)
            case EndGame():
                yield Link(thing, f"endings.{program.endings[effect.ending].id}", Does.FINISHES, part)
            case OpenChoice():
                yield Link(thing, f"choices.{program.choices[effect.choice].id}", Does.OPENS, part)
            case EndAgreement():
                for index in possible(effect.agreement):
                    if index >= 0:
                        yield Link(thing, f"agreements.{program.agreements[index].id}", Does.ENDS, part)
            case Write():
                yield from self._write(effect, thing, part)

    def _write(self, effect: Write, thing: str, part: str) -> Iterator[Link]:
        slots = (effect.place.slot,) if isinstance(effect.place, Read) else cells(effect.place)
        off = isinstance(effect.amount, Const) and effect.amount.value == 0 and effect.op == "="
        for slot in slots:
            entry = self.program.slots[slot]
            if entry.family is Family.FLAG:
                yield Link(thing, f"flags.{entry.name}", Does.CLEARS if off else Does.SETS, part)
            elif entry.family is Family.CLOCK:
                yield Link(thing, f"clocks.{entry.name}", Does.STOPS if off else Does.STARTS, part)
