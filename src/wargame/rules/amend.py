"""A program with more in it: cards and effects that somebody wrote while a game runs.

Nothing of the old program is made again or numbered anew: what an index meant there it means in the new one, and what is added
comes last (slots, the card, places where dice are rolled, texts of news). So a state of the old program is one of the new,
once its board is as long (`wargame.engine.apply`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from attrs import evolve, frozen

from wargame.rules.aside import Aside
from wargame.rules.cards import build_card
from wargame.rules.limits import TooBig
from wargame.rules.lint_cards import warn_of_card
from wargame.rules.program import NOBODY, Code, Effects, Program
from wargame.scenario.addition import read_card
from wargame.scenario.model import Inject
from wargame.scenario.problem import Problem, Report

T = TypeVar("T")

MOST_WRITTEN = 200  # cards that a game can be given
MOST_KEPT = 8  # amendments of one program that are remembered


@frozen
class Amended:
    """What came of writing a card: the program with it, its id, and what is wrong with it or questionable about it.

    With problems that are errors `program` is as it was and `card` None.
    """

    program: Program
    card: str | None
    report: Report


@frozen
class Typed:
    """What came of effects as typed: the program that knows their dice and news, how to run and to describe them, and what is
    wrong with them. With problems that are errors `program` is as it was and `run` does nothing."""

    program: Program
    run: Effects
    code: Code
    report: Report


def amend(program: Program, source: str) -> Amended:
    """The program with the one card that stands in `source`: YAML with `injects: {id: {...}}`, as in a scenario's files.

    The card is checked as those of the scenario are. Never raises for what is written. The same source is compiled once.
    """
    return _once(program, source, lambda: _amend(program, source), Amended)


def with_effects(program: Program, text: str, seat: int = NOBODY) -> Typed:
    """Effects as typed (short ones divided by `;`, or YAML), acting for a seat, checked as the scenario's own are.

    Never raises for what is typed. The same text is compiled once.
    """
    return _once(program, (text, seat), lambda: _typed(program, text, seat), Typed)


def _once(program: Program, key: object, make: Callable[[], T], kind: type[T]) -> T:
    """What was made before of the same text, or else is made now; the last few are remembered."""
    kept = program.memo.get(key)
    if not isinstance(kept, kind):
        kept = make()
        program.memo[key] = kept
        made = [key for key, value in list(program.memo.items()) if isinstance(value, (Amended, Typed))]
        for old in made[:-MOST_KEPT]:
            program.memo.pop(old, None)
    return kept


def _typed(program: Program, text: str, seat: int) -> Typed:
    report = Report()
    trial = Aside.of(program).trial(text, seat, report)
    if trial is None:
        return Typed(program, _nothing, Code(), report)
    same = len(trial.sites) == len(program.sites) and len(trial.news) == len(program.news)
    grown = program if same else evolve(program, sites=trial.sites, news=trial.news)
    return Typed(grown, trial.run, trial.code, report)


def _nothing(*_: object) -> None:
    """Effects that do nothing."""


def _amend(program: Program, source: str) -> Amended:
    report = Report()
    read = read_card(program.scenario, source, report)
    if read is None or report.failed:
        return Amended(program, None, report)
    name, card = read
    if len(program.written) >= MOST_WRITTEN:
        message = f"{MOST_WRITTEN} cards have been written in this game; that is the most."
        report.error(card.mark, "too_big", message, "fire one of them again")
        return Amended(program, None, report)
    try:
        made = _compiled(program, name, card, report)
    except TooBig as error:
        made = None
        report.problems.append(Problem(card.mark, "too_big", error.sentence, error.hint))
    return Amended(program, None, report) if made is None else Amended(made, name, report)


def _compiled(program: Program, name: str, card: Inject, report: Report) -> Program | None:
    aside = Aside.of(program).with_card(name, card, report)
    sheet = aside.sheet(report, recording=program.recording, prefix=f"w{len(program.written)}_")
    sheet.emitter.take_leaving(aside.leaving)
    later = build_card(sheet, len(program.cards), name, card, aside.bound[name])
    if not report.failed:
        warn_of_card(sheet, name, card)
    if report.failed:
        return None
    layout, book = sheet.layout, sheet.checker.book
    slots = tuple(layout.slots)
    grown = evolve(
        program,
        scenario=layout.scenario,
        slots=slots,
        start=tuple(slot.start for slot in slots),
        slot_of=dict(layout.slot_of),
        sight=tuple(row + bytes(levels[len(row) :]) for row, levels in zip(program.sight, sheet.sights.fixed, strict=True)),
        cards=(*program.cards, later(sheet.module.link())),
        card_index={**program.card_index, name: len(program.cards)},
        sites=tuple(book.sites),
        news=tuple(book.news),
        marks={**program.marks, f"injects.{name}": card.mark},
        written=(*program.written, name),
        trees={**program.trees, **sheet.trees},
        generated=f"{program.generated}\n{sheet.module.text()}",
    )
    aside.builder.checker.book = book
    grown.memo[Aside] = aside  # where the next card is added to this one
    return grown
