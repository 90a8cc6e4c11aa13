"""What the facilitator makes up while a game runs: cards, and things that happen, in the language of the scenario."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from wargame.engine import cards
from wargame.engine import commands as c
from wargame.engine import events as e
from wargame.engine.apply import lengthen
from wargame.engine.commands import Refused
from wargame.engine.knowledge import knowing
from wargame.engine.legality import readers
from wargame.engine.parse import LONGEST_CARD, LONGEST_EFFECTS
from wargame.engine.state import State
from wargame.engine.view import card_of
from wargame.engine.work import Work
from wargame.rules.amend import amend, with_effects
from wargame.rules.describe import describe
from wargame.rules.program import NOBODY, Effects, Program
from wargame.scenario.problem import Problem, Report, Severity

MOST_PROBLEMS = 40  # told of one text
PUBLIC = "public"


def typed_effects(program: Program, text: str, seat: int) -> Effects | Refused | None:
    """Effects as typed, to be run on a board of this program for a seat (NOBODY: for nobody); None where nothing is typed."""
    if not text.strip():
        return None
    if len(text) > LONGEST_EFFECTS:
        return Refused(
            "too_long", "The effects are {count} characters; the most is {most}.", {"count": len(text), "most": LONGEST_EFFECTS}
        )
    made = with_effects(program, text, seat)
    return _refused(made.report) if made.report.failed else made.run


def _refused(report: Report) -> Refused:
    errors = [problem for problem in report.sorted() if problem.severity is Severity.ERROR]
    more = f" ({len(errors) - 1} more)" if len(errors) > 1 else ""
    return Refused(
        "malformed", "Line {line}: {message}{more}", {"line": errors[0].mark.line, "message": errors[0].message, "more": more}
    )


# Commands


def write(work: Work, body: c.Write) -> Refused | None:
    """Puts a card on the shelf."""
    if work.state.status == "over":
        return Refused("over", "The game is over.")
    made = amend(work.program, body.source)
    if made.card is None:
        return _refused(made.report)
    work.emit(e.CardWritten(made.card, body.source))
    return None


def happen(work: Work, body: c.Happen) -> Refused | None:
    """Something happens that nobody decided: all read of it, and its effects are carried out."""
    state = work.state
    if state.status != "running":
        over = state.status == "over"
        return Refused("over", "The game is over.") if over else Refused("not_started", "Turn 1 has not begun.")
    run = typed_effects(work.program, body.effects, NOBODY)
    if isinstance(run, Refused):
        return run
    effect = work.run(run, NOBODY, (), "happened")
    work.emit(e.Happened(body.text, body.reason, body.effects, effect))
    return None


HOUSE: dict[type[Any], Callable[[Work, Any], Refused | None]] = {c.Write: write, c.Happen: happen}


# Questions


def check_card(program: Program, state: State, body: Mapping[Any, Any]) -> dict[str, Any] | Refused:
    """What is wrong with a card, and how each would see it if it were fired now."""
    source = body.get("source")
    if not isinstance(source, str):
        return Refused("malformed", "source must be a text.")
    if len(source) > LONGEST_CARD:
        return Refused(
            "too_long", "The card is {count} characters; the most is {most}.", {"count": len(source), "most": LONGEST_CARD}
        )
    made = amend(program, source)
    seats = _seen(made.program, state) if made.card is not None else {}
    return {"problems": _told(made.report), "card": made.card, "seats": seats}


def _seen(program: Program, state: State) -> dict[str, Any]:
    """The newest card of the program as the public would see it, and as those seats would that see something else."""
    work = Work(program, state.fork())
    lengthen(program, work.state)
    card = program.cards[-1]
    if not cards.deal(work, card, (), "fired"):
        return {}
    dealt = work.state.hand[-1]
    public = {} if card.private else {PUBLIC: card_of(program, dealt, program.public)}
    seats = [seat for seat in state.seats if not card.private or seat in readers(card, dealt.bindings)]
    seen = {program.seats[seat]: card_of(program, dealt, seat) for seat in seats}
    return public | {seat: view for seat, view in seen.items() if view != public.get(PUBLIC)}


def check_effects(program: Program, state: State, body: Mapping[Any, Any]) -> dict[str, Any] | Refused:
    """What is wrong with effects, and what they would do."""
    text = body.get("effects")
    if not isinstance(text, str):
        return Refused("malformed", "effects must be a text.")
    if len(text) > LONGEST_EFFECTS:
        return Refused(
            "too_long", "The effects are {count} characters; the most is {most}.", {"count": len(text), "most": LONGEST_EFFECTS}
        )
    if not text.strip():
        return {"problems": [], "lines": []}
    made = with_effects(program, text, NOBODY)
    lines: list[list[Any]] = []
    if not made.report.failed:
        told = describe(made.program, made.code, knowing(program, state, program.white_cell), NOBODY, ())
        lines = [[indent, tone, words] for indent, tone, words in told]
    return {"problems": _told(made.report), "lines": lines}


def _told(report: Report) -> list[dict[str, Any]]:
    return [_plain(problem) for problem in report.sorted()[:MOST_PROBLEMS]]


def _plain(problem: Problem) -> dict[str, Any]:
    return {
        "line": problem.mark.line,
        "column": problem.mark.column,
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
        "severity": problem.severity.value,
    }
