"""Fitting a scenario to the time there is: fewer turns, shorter phases, fewer cards.

What is changed stands in a small file of its own that goes with the scenario's sources, so a game keeps it:

    turns: 5
    seconds: {desk: 180, rooms: 400}      # by phase
    cards: {desk: 2}                      # cards that are dealt a turn, by phase
    shelf: [tariff_threat]                # they no longer come by themselves; the facilitator can still fire them
    when: {kidnapping: 2-3}               # turns in which a card may come
    plan: {offer: 2}                      # a card that comes in this turn whatever holds, if anybody is there to answer it
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from attrs import evolve, field, frozen

from wargame.scenario.model import PhaseKind, Pool, Scenario, Span
from wargame.scenario.node import Node, Scalar, Seq
from wargame.scenario.problem import Report, suggest
from wargame.scenario.scalars import as_int, as_span, described, shown, width
from wargame.scenario.side_file import SideFile
from wargame.scenario.strict_yaml import parse

FIT = "fit.yaml"  # among the sources
LONGEST_PHASE = 24 * 3600


@frozen
class Fit:
    """What is changed; what is not named stays."""

    turns: int | None = None
    seconds: Mapping[str, int] = field(factory=dict)
    cards: Mapping[str, int] = field(factory=dict)
    shelf: tuple[str, ...] = ()
    when: Mapping[str, Span] = field(factory=dict)
    plan: Mapping[str, int] = field(factory=dict)

    def __str__(self) -> str:
        """The file that says it."""
        lines = [] if self.turns is None else [f"turns: {self.turns}"]
        for name, entries in (("seconds", self.seconds), ("cards", self.cards), ("plan", self.plan)):
            if entries:
                lines += [f"{name}:", *(f"  {key}: {value}" for key, value in entries.items())]
        if self.shelf:
            lines += ["shelf:", *(f"  - {card}" for card in self.shelf)]
        if self.when:
            lines += ["when:", *(f"  {card}: {span.lo}-{span.hi}" for card, span in self.when.items())]
        return "\n".join(lines or ["{}"]) + "\n"


def read_fit(text: str, scenario: Scenario, report: Report) -> Fit:
    """What a fit file says for a scenario. Problems go to the report, each with its place; what is wrong stays as it was."""
    parsed = parse(text.encode(), FIT, report)
    if parsed is None or parsed.root is None:
        return Fit()
    acted = {phase.id for phase in scenario.phases if phase.kind is not PhaseKind.AUTOMATIC}
    dealing = {phase.id for phase in scenario.phases if phase.kind is PhaseKind.CARDS}
    reader = _Reader(report)
    keys: Mapping[str, Callable[[Node], Any]] = {
        "turns": lambda node: reader.number(node, 1, scenario.turns.count),
        "seconds": lambda node: reader.numbers(node, acted, 5, LONGEST_PHASE),
        "cards": lambda node: reader.numbers(node, dealing, 0, 50),
        "shelf": lambda node: reader.cards(node, scenario.injects),
        "when": lambda node: reader.spans(node, scenario.injects, scenario.turns.count),
        "plan": lambda node: reader.numbers(node, scenario.injects, 1, scenario.turns.count),
    }
    return Fit(**reader.entries(parsed.root, keys))


def fitted(scenario: Scenario, fit: Fit) -> Scenario:
    """The scenario with what the file changes."""
    turns = (
        scenario.turns
        if fit.turns is None
        else evolve(scenario.turns, count=fit.turns, labels=scenario.turns.labels[: fit.turns])
    )
    phases = tuple(
        evolve(
            phase,
            seconds=fit.seconds.get(phase.id, phase.seconds),
            cards=fit.cards.get(phase.id, phase.cards),
            # Where cards are thinned, a chained one must not bring them back.
            cards_with_chained=None if phase.id in fit.cards else phase.cards_with_chained,
        )
        for phase in scenario.phases
    )
    injects = dict(scenario.injects)
    for name, span in fit.when.items():
        injects[name] = evolve(injects[name], trigger=evolve(injects[name].trigger, turns=span))
    for name, turn in fit.plan.items():
        trigger = evolve(injects[name].trigger, turns=Span(lo=turn, hi=turn), when=None, chance=None, once=True)
        injects[name] = evolve(injects[name], pool=Pool.TRIGGER, trigger=trigger)
    for name in fit.shelf:
        injects[name] = evolve(injects[name], pool=Pool.SHELF)
    return evolve(scenario, turns=turns, phases=phases, injects=injects)


@frozen
class _Reader(SideFile):
    def number(self, node: Node, least: int, most: int) -> int | None:
        value = as_int(node) if isinstance(node, Scalar) else None
        if value is None or not least <= value <= most:
            self.unfit(node, f"a whole number from {least} to {most}")
            return None
        return value

    def numbers(self, node: Node, known: Collection[str], least: int, most: int) -> dict[str, int]:
        return self.entries(node, dict.fromkeys(sorted(known), lambda value: self.number(value, least, most)))

    def spans(self, node: Node, known: Collection[str], most: int) -> dict[str, Span]:
        return self.entries(node, dict.fromkeys(known, lambda value: self.span(value, most)))

    def span(self, node: Node, most: int) -> Span | None:
        span = as_span(node) if isinstance(node, Scalar) else None
        if span is None or not 1 <= span[0] <= span[1] <= most:
            self.unfit(node, f"turns from 1 to {most} like `2-3`")
            return None
        return Span(lo=span[0], hi=span[1])

    def cards(self, node: Node, known: Collection[str]) -> tuple[str, ...] | None:
        if not isinstance(node, Seq):
            self.unfit(node, "a list of cards")
            return None
        found = []
        for item in node.items:
            if isinstance(item, Scalar) and item.text in known:
                found.append(item.text)
                continue
            name = shown(item.text) if isinstance(item, Scalar) else described(item)
            hint = suggest(item.text, known) if isinstance(item, Scalar) else ""
            self.report.error(item.mark, "unknown_name", f"{name} is no card.", hint, width(item))
        return tuple(dict.fromkeys(found))
