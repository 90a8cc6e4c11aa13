"""What leads to what, ready to be drawn: every card, fact, vote and ending with what brings it and what it sets in motion.

A dead end is a thing that nothing leads to, or a fact that nothing asks for; a card after which no other card, fact or vote
comes is an end too, but most cards are: what they do is move numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import field, frozen

from wargame.rules.links import Does, Link, links
from wargame.rules.program import Card, Program
from wargame.rules.reach import reads
from wargame.rules.tree import Const, Expr
from wargame.rules.words import words
from wargame.scenario.model import Pool

KINDS: Mapping[str, str] = {
    "injects": "card",
    "actions": "order",
    "agreements": "agreement",
    "motions": "vote",
    "clocks": "clock",
    "flags": "fact",
    "choices": "secret choice",
    "endings": "ending",
    "phases": "phase",
}
DRAWN = ("injects", "flags", "clocks", "motions", "endings")  # of these a dead end is worth a word
POOLS: Mapping[Pool, str] = {
    Pool.TRIGGER: "comes when its condition holds",
    Pool.RANDOM: "may be drawn",
    Pool.CHAINED: "only when something brings it",
    Pool.DECK: "drawn from the deck",
    Pool.SHELF: "on the facilitator's shelf",
    Pool.CONTINGENCY: "arms itself; the facilitator releases it",
}


@frozen
class Thing:
    """A thing with a name. `turns`: the first and last turn a card may come in by itself; `comes`: how, in words."""

    id: str
    section: str
    label: str
    turns: tuple[int, int] | None = None
    comes: str = ""
    dead: str = ""  # why it is a dead end; empty if it is none
    last: bool = False  # a card that leads to nothing else of all this

    @property
    def kind(self) -> str:
        """What it is, in a word."""
        return KINDS[self.section]

    @property
    def name(self) -> str:
        """Its name in the scenario."""
        return self.id.partition(".")[2]


@frozen
class Graph:
    """All things that lead somewhere or are led to, in the order in which they are declared, and the links between them."""

    title: str
    turns: int
    things: Mapping[str, Thing]
    links: Sequence[Link]
    parts: Mapping[tuple[str, str], str] = field(factory=dict, repr=False)  # what a part of a thing is called

    def of(self, section: str) -> list[Thing]:
        """The things of a section."""
        return [thing for thing in self.things.values() if thing.section == section]

    def into(self, thing: str) -> list[Link]:
        """What leads to a thing."""
        return [link for link in self.links if link.target == thing]

    def out_of(self, thing: str) -> list[Link]:
        """What a thing leads to."""
        return [link for link in self.links if link.source == thing]

    def part(self, link: Link) -> str:
        """What the part of a thing that a link is about is called; empty for the whole."""
        thing = link.target if link.does in (Does.ASKS, Does.WEIGHS) else link.source
        return self.parts.get((thing, link.part), link.part.replace("_", " "))


def graph(program: Program) -> Graph:
    """The graph of a scenario."""
    found = links(program)
    things = {thing.id: thing for thing in _things(program, found)}
    linked = {end for link in found for end in (link.source, link.target)}
    kept = {key: thing for key, thing in things.items() if thing.section in DRAWN or key in linked}
    parts = {
        (f"injects.{card.id}", option.id): str(option.model.label)
        for card in program.cards
        for addressee in card.addressees
        for option in addressee.options
    }
    return Graph(str(program.scenario.title), program.scenario.turns.count, kept, found, parts)


def _things(program: Program, found: Sequence[Link]) -> Iterator[Thing]:
    for card in program.cards:
        own = card.pool.waits
        yield Thing(
            f"injects.{card.id}",
            "injects",
            str(card.model.title),
            card.turns if own else None,
            _comes(program, card),
            _dead_card(card, found),
            not any(link.source == f"injects.{card.id}" for link in found),
        )
    for action in program.actions:
        yield Thing(f"actions.{action.id}", "actions", str(action.model.label))
    for agreement in program.agreements:
        yield Thing(f"agreements.{agreement.id}", "agreements", str(agreement.model.label))
    for motion in program.motions:
        yield Thing(
            f"motions.{motion.id}",
            "motions",
            str(motion.model.label),
            dead=_dead(f"motions.{motion.id}", found, "nothing calls it", ""),
        )
    elsewhere = _elsewhere(program)
    for clock in program.clocks:
        started = program.start[clock.slot] > 0
        yield Thing(
            f"clocks.{clock.id}",
            "clocks",
            str(clock.model.label) or clock.id,
            dead=_dead(
                f"clocks.{clock.id}",
                found,
                "" if started else "nothing starts it",
                "" if f"clocks.{clock.id}" in elsewhere else "nothing follows from it",
            ),
        )
    for name, flag in program.scenario.flags.items():
        given = flag.start
        yield Thing(
            f"flags.{name}",
            "flags",
            str(flag.label) or name,
            dead=_dead(
                f"flags.{name}",
                found,
                "" if given else "nothing sets it",
                "" if f"flags.{name}" in elsewhere else "nothing asks for it",
            ),
        )
    for choice in program.choices:
        yield Thing(f"choices.{choice.id}", "choices", str(choice.model.label))
    for ending in program.endings:
        dead = "" if ending.when is not None else _dead(f"endings.{ending.id}", found, "nothing leads to it", "")
        yield Thing(
            f"endings.{ending.id}", "endings", str(ending.model.title), comes=_condition(program, ending.when), dead=dead
        )
    for phase in program.phases:
        yield Thing(f"phases.{phase.id}", "phases", str(phase.model.label))


def _elsewhere(program: Program) -> set[str]:
    """The facts and clocks that scores, incomes, sight and the ledger ask for."""
    trees: list[object] = [part.tree for parts in program.scores for part in parts]
    trees += [tree for deck in program.agendas for tree in deck.trees]
    trees += [
        program.tree(function)
        for function in (*(line.value for line in program.ledger), *(one.amount for one in program.incomes))
    ]
    slots = set(program.sight_reads)
    for tree in trees:
        if isinstance(tree, Expr):
            slots |= reads(tree)
    return {f"{section}.{program.slots[slot].name}" for slot in slots for section in ("flags", "clocks")}


def _dead(thing: str, found: Sequence[Link], without_cause: str, without_end: str) -> str:
    changes = (Does.ASKS, Does.WEIGHS)
    if without_cause and not any(
        link.target == thing and link.does not in (*changes, Does.CLEARS, Does.STOPS) for link in found
    ):
        return without_cause
    if without_end and not any(link.source == thing for link in found):
        return without_end
    return ""


def _dead_card(card: Card, found: Sequence[Link]) -> str:
    if card.pool is Pool.CHAINED and not any(
        link.target == f"injects.{card.id}" and link.does is Does.BRINGS for link in found
    ):
        return "nothing brings it"
    return ""


def _comes(program: Program, card: Card) -> str:
    """How a card comes, in words."""
    said = [POOLS[card.pool]]
    if card.pool.waits:
        condition = _condition(program, card.when)
        if condition:
            said.append(f"if {condition}")
        chance = program.tree(card.chance)
        if isinstance(chance, Expr) and not (isinstance(chance, Const) and chance.value >= 100):
            said.append(f"{chance.value:g} %" if isinstance(chance, Const) else f"chance {words(program, chance)} %")
        if card.once:
            said.append("once")
    return ", ".join(said)


def _condition(program: Program, function: object) -> str:
    tree = program.tree(function) if callable(function) else None
    return words(program, tree) if isinstance(tree, Expr) and not isinstance(tree, Const) else ""
