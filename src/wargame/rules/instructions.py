"""Effects as instructions for people who carry them out by hand: nothing estimated, numbers said as they are worked out."""

from __future__ import annotations

from typing import ClassVar

from attrs import define, evolve, field

from wargame.rules.describe import Line, Teller, amount_words
from wargame.rules.execution import LEAST_CHANCE, MOST_CHANCE
from wargame.rules.intervals import NO, Ranges, interval, members_of, spread_of
from wargame.rules.program import Program
from wargame.rules.reach import each_effect, each_expression, has_dice, walk
from wargame.rules.tree import (
    Announce,
    Block,
    Choose,
    Const,
    Do,
    Each,
    EndAgreement,
    Expr,
    Group,
    Inject,
    Outcomes,
    Value,
    ValueCall,
)
from wargame.rules.words import and_list, number, small_body, speaker_of

SMALL_GROUP = 3  # effects up to which a group is told in full instead of by its name
DICE_SIDES = 100


class Glossary:
    """The effect groups and named values that instructions speak of by name, in the order they came up."""

    def __init__(self) -> None:
        self.groups: dict[int, Group] = {}
        self.values: dict[int, Value] = {}

    def takes(self, block: Block) -> None:
        """Notes the named values that effects speak of."""
        for expr in each_expression(block):
            self.reads(expr)

    def reads(self, expr: Expr) -> None:
        """Notes the named values that an expression speaks of, and those that these speak of."""
        for part in walk(expr):
            if isinstance(part, ValueCall) and small_body(part) is None and id(part.value) not in self.values:
                self.values[id(part.value)] = part.value
                self.reads(part.value.body)
            elif isinstance(part, ValueCall) and small_body(part) is not None:
                self.reads(part.value.body)


@define
class Scribe(Teller):
    """Tells effects as instructions. `white_cell`: whether whoever reads it may know what cards follow and what news say.
    `in_full`: whether groups are told in full, as long as they are no part of a branch."""

    glossary: Glossary = field(factory=Glossary)
    white_cell: bool = False
    in_full: bool = False
    most_lines: ClassVar[int] = 2000

    # ------------------------------------------------------------ numbers and odds

    def change(self, amount: Expr, op: str) -> str:
        """`+2`, or `+ (1 + Contested areas)`."""
        lo, hi = spread_of(amount, self.ranges)
        if lo == hi and not has_dice(amount):
            return amount_words(lo, hi, op)
        return f"{'−' if op == '-' else '+'} ({self.speaker.say(amount)})"

    def count(self, amount: Expr) -> str:
        """How many, worked out."""
        lo, hi = spread_of(amount, self.ranges)
        return number(lo) if lo == hi and not has_dice(amount) else f"({self.speaker.say(amount)})"

    def stored(self, amount: Expr, bounds: tuple[int, int]) -> str:
        """What a number is set to, worked out."""
        lo, hi = spread_of(amount, self.ranges)
        if lo == hi and not has_dice(amount):
            return number(min(max(lo, bounds[0]), bounds[1]))
        return self.speaker.say(amount)

    def roll(self, need: Expr, label: str) -> str:
        """`Roll at or under 60: The watch`."""
        lo, hi = interval(need, self.ranges)
        most = number(min(MOST_CHANCE, max(LEAST_CHANCE, round(lo)))) if lo == hi else f"({self.speaker.say(need)})"
        return f"Roll at or under {most}: {label}" if label else f"Roll at or under {most}:"

    def chance(self, amount: Expr) -> str:
        """A branch that comes up by chance."""
        return self.roll(amount, "")

    def outcomes(self, effect: Outcomes) -> None:
        """A table to roll on; with weights that move, their sum is rolled."""
        label = effect.site.label.get(self.speaker.language)
        spans = _spans(effect)
        if spans:
            self.say("roll", f"Roll on this table: {label}" if label else "Roll on this table:")
        else:
            self.say("roll", f"Draw one, by weight: {label}" if label else "Draw one, by weight:")
        inner = self.deeper()
        for place, row in enumerate(effect.rows):
            head = spans[place] if spans else f"weight {self.count(row.weight)}"
            if head:
                inner.say("roll", f"{head}: {row.label.get(self.speaker.language)}".rstrip())
                inner.deeper().block(row.effects)

    # ------------------------------------------------------------ what is told by name

    def group(self, effect: Do) -> None:
        """A short group in full, a longer one by its name."""
        if (self.in_full and self.indent == 0) or sum(1 for _ in each_effect(effect.group.body)) <= SMALL_GROUP:
            self.glossary.takes(effect.group.body)
            Teller.group(self, effect)
            return
        self.glossary.groups.setdefault(id(effect.group), effect.group)
        about = [self.speaker.member(arg) if arg.type.name != "NUMBER" else self.speaker.say(arg) for arg in effect.args]
        self.say("do", f"Do “{titled(effect.group.name)}”" + (f" for {and_list(about)}" if about else ""))

    def each(self, effect: Each) -> None:
        """A loop, told once unless it has one member."""
        members = [member for member, sure in members_of(effect.domain, self.ranges) if sure != NO]
        if len(members) == 1:
            Teller.each(self, effect)
        elif members:
            self.loop(effect, tuple(members))

    def inject(self, effect: Inject) -> None:
        """The card that follows and when; players are told that one may."""
        if not self.white_cell:
            Teller.inject(self, effect)
            return
        card = self.program.cards[effect.card]
        delay = interval(effect.delay, self.ranges)
        when = "this turn" if delay == (0, 0) else "next turn" if delay == (1, 1) else f"in {self.count(effect.delay)} turns"
        bound = [
            f"{variable.name.replace('_', ' ')}: {self.speaker.say(value)}"
            for variable, value in zip(card.variables, effect.bindings, strict=False)
            if value is not None
        ]
        title = card.model.title.get(self.speaker.language)
        self.say("note", f"Put the card “{title}” on the time-line, {when}" + (f" ({'; '.join(bound)})" if bound else ""))

    def announce(self, effect: Announce) -> None:
        """News to read out; players learn only for whom there is some."""
        if not self.white_cell:
            Teller.announce(self, effect)
            return
        text = effect.text.get(self.speaker.language)
        if effect.audience is None:
            self.say("note", f"Read out: “{text}”")
        elif effect.audience:
            self.say("note", f"Tell {and_list([self.speaker.member(seat) for seat in effect.audience])}: “{text}”")

    def _end(self, effect: EndAgreement) -> None:
        self.say("change", f"{self.speaker.member(effect.agreement)} ends, if it is in force, with what leaving it does")


def titled(name: str) -> str:
    """`civilian_harm` as people read it: `Civilian harm`."""
    return name.replace("_", " ").capitalize()


def instructions(
    program: Program,
    tree: object,
    glossary: Glossary,
    *,
    seats: tuple[int, ...] = (),
    white_cell: bool = False,
    in_full: bool = False,
    language: str | None = None,
) -> list[Line]:
    """What effects do, for carrying them out by hand, as (indent, tone, text).

    `tree` is what `Program.tree` gives of a function of effects. `seats` may be acting; they are spoken to as `you`.
    What is told by name only is noted in the glossary.
    """
    if not isinstance(tree, tuple):
        return []
    _, block = tree
    glossary.takes(block)
    names, ranges = speaker_of(program, language), _ranges(program, seats)
    scribe = Scribe(program, names, ranges, glossary=glossary, white_cell=white_cell, in_full=in_full)
    scribe.block(block)
    return scribe.lines


def group_instructions(program: Program, group: Group, glossary: Glossary, *, white_cell: bool = False) -> list[Line]:
    """What an effect group does."""
    return instructions(program, (group.params, group.body), glossary, white_cell=white_cell)


def in_words(
    program: Program, tree: object, glossary: Glossary, seats: tuple[int, ...] = (), language: str | None = None
) -> str:
    """A condition or number of the program in words; empty where there is none, where it always holds, or where it is opaque.

    What does not matter for these seats is left out: `5 if me == clubs else 2` is said as `5` to the clubs.
    """
    if not isinstance(tree, Expr) or (isinstance(tree, Const) and tree.type.name == "TRUTH" and tree.value):
        return ""
    said = pruned(tree, _ranges(program, seats))
    glossary.reads(said)
    return speaker_of(program, language).say(said)


def pruned(expr: Expr, ranges: Ranges) -> Expr:
    """A choice without the sides that cannot come up."""
    while isinstance(expr, Choose):
        lo, hi = interval(expr.test, ranges)
        if lo != hi:
            return evolve(expr, yes=pruned(expr.yes, ranges), no=pruned(expr.no, ranges))
        expr = expr.yes if lo else expr.no
    return expr


def _ranges(program: Program, seats: tuple[int, ...]) -> Ranges:
    def known(slot: int) -> tuple[int, int]:
        return program.slots[slot].lo, program.slots[slot].hi

    return Ranges(known, program.start, {"me": seats} if seats else {})


def _spans(effect: Outcomes) -> list[str]:
    """The part of a d100 that each row takes; none where the weights move or do not divide a hundred."""
    weights = [row.weight.value if isinstance(row.weight, Const) else -1 for row in effect.rows]
    total = sum(weights)
    if min(weights) < 0 or total <= 0 or any((DICE_SIDES * weight) % total for weight in weights):
        return []
    spans, before = [], 0
    for weight in weights:
        most = before + int(DICE_SIDES * weight / total)
        spans.append("" if most == before else f"{before + 1}–{most}" if most > before + 1 else str(most))
        before = most
    return spans
