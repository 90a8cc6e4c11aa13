"""A scenario's cards as rows of an events list, as planned: who gets what, when, for which objective."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from wargame.analysis.msel.columns import Key
from wargame.rules.program import Addressee, Card, Program
from wargame.scenario.model import Expectation, InjectKind, Objective, Pool

Row: TypeAlias = dict[Key, str]

# How the time of a card that does not wait for its turns is written; a sheet that says so gets such a card.
UNTIMED = {Pool.CHAINED: "When it follows", Pool.DECK: "When drawn", Pool.SHELF: "On call"}
# What is said behind the turns of a card that waits for more than its turn.
WAITING = {Pool.TRIGGER: "", Pool.RANDOM: " by chance", Pool.CONTINGENCY: " if needed"}
KINDS = {
    InjectKind.CONTEXTUAL: "Contextual",
    InjectKind.EXPECTED: "Expected action",
    InjectKind.CONTINGENCY: "Contingency",
    InjectKind.ADMINISTRATIVE: "Administrative",
}


def planned_rows(program: Program) -> list[tuple[Card, Row]]:
    """A row for every card, by the first turn it can come in, those without one last."""
    late = program.scenario.turns.count + 1
    cards = sorted(program.cards, key=lambda card: card.turns[0] if card.pool.waits else late)
    return [(card, _row(program, card)) for card in cards]


def _row(program: Program, card: Card) -> Row:
    model = card.model
    return {
        "number": card.id,
        "kind": KINDS[model.sort],
        "at": scheduled(card),
        "story_time": str(model.story_time),
        "title": str(model.title),
        "text": _text(program, card),
        "channel": model.channel,
        "from": str(model.from_),
        "to": "; ".join(_to(program, card)),
        "controller": str(model.controller),
        "expects": "\n".join(_expected(each) for each in model.expects),
        "objective": objective_words(program, model.objective.text) if model.objective is not None else "",
        "capability": str(model.capability),
        "evaluator": str(model.evaluator),
        "if_missed": "\n".join(each.if_missed.text if each.if_missed else "-" for each in model.expects)
        if any(each.if_missed for each in model.expects)
        else "",
    }


def scheduled(card: Card) -> str:
    """When a card can come: its turns, or how else it comes."""
    if card.pool in UNTIMED:
        return UNTIMED[card.pool]
    first, last = card.turns
    turns = f"Turn {first}" if first == last else f"Turns {first}-{last}"
    return turns + WAITING[card.pool]


def _text(program: Program, card: Card) -> str:
    """The card's text; where seats read their own, each under its name."""
    shared = str(card.model.text)
    own = [f"[{key}] {text}" for key, text in card.model.texts.items()]
    return "\n".join([*([shared] if shared else []), *own])


def _to(program: Program, card: Card) -> Iterator[str]:
    for addressee in card.addressees:
        yield from addressed(program, card, addressee)


def addressed(program: Program, card: Card, addressee: Addressee) -> list[str]:
    """Whom an addressee stands for: seats by title and id, or the name that is bound when the card comes."""
    if addressee.variable >= 0:
        return ["{" + card.variables[addressee.variable].name + "}"]
    seats = program.scenario.seats
    return [f"{seats[program.seats[seat]].title} [{program.seats[seat]}]" for seat in addressee.seats]


def _expected(expectation: Expectation) -> str:
    """What is expected of a seat: `SEAT: order ID within N`."""
    wanted = expectation.wanted
    named = f" {wanted[0]} {wanted[1].text} within {expectation.within}" if wanted is not None else ""
    return f"{expectation.who.text}:{named}"


def objective_words(program: Program, path: str) -> str:
    """An objective as `path: Title > Title of the part`."""
    titles = []
    parts: Mapping[str, Objective] = program.scenario.objectives
    for name in path.split("."):
        if name in parts:
            titles.append(str(parts[name].title))
            parts = parts[name].parts
    return f"{path}: {' > '.join(titles)}"
