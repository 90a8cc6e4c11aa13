"""What the facilitator does with cards: holds, moves, skips, plans, fires, recalls and corrects them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wargame.engine import cards, msel
from wargame.engine import commands as c
from wargame.engine import events as e
from wargame.engine.commands import Refused
from wargame.engine.legality import card_of, spent
from wargame.engine.state import Dealt, Line
from wargame.engine.work import MOST_WAITING, Work
from wargame.rules.program import NEVER, VOID, Card

_OVER = Refused("over", "The game is over.")
_UNKNOWN = Refused("unknown", "There is no such line on the time-line.")
_NOT_BEGUN = Refused("not_started", "Turn 1 has not begun.")
_NOBODY = Refused("bad_target", "Nobody whom the card is addressed to is in the game.")
_ON_TABLE = Refused("not_allowed", "It is on the table or has been: recall it, or fire the card again.")
_ARMED = Refused("not_allowed", "It is armed and waits for you: release it or skip it.")
_SPENT = Refused("not_allowed", msel.HAS_COME)


def _line(work: Work, name: str) -> Line | Refused:
    """The line, or why nothing can be done with it."""
    if work.state.status == "over":
        return _OVER
    return msel.line_of(work.program, work.state, name) or _UNKNOWN


def _waiting(work: Work, name: str) -> Line | Refused:
    """The line where it waits for its turn, else why it does not."""
    line = _line(work, name)
    if isinstance(line, Refused):
        return line
    if line.status == msel.ARMED:
        return _ARMED
    if line.status == msel.RELEASED:
        return _ON_TABLE
    # A window is over once its card has come by another way.
    return _SPENT if line.until is not None and spent(work.state, work.program.cards[line.card]) else line


def _hold(work: Work, body: c.Hold) -> Refused | None:
    line = _waiting(work, body.line)
    if isinstance(line, Refused):
        return line
    if line.status != msel.PLANNED:
        return Refused("not_allowed", "It is {status} already.", {"status": line.status})
    work.emit(e.CardHeld(body.line, True, body.reason))
    return None


def _let_go(work: Work, body: c.LetGo) -> Refused | None:
    line = _line(work, body.line)
    if isinstance(line, Refused):
        return line
    if line.status != msel.HELD:
        return Refused("not_allowed", "It is not held.")
    work.emit(e.CardHeld(body.line, False, ""))
    return None


def _release(work: Work, body: c.Release) -> Refused | None:
    line = _line(work, body.line)
    if isinstance(line, Refused):
        return line
    if work.state.status != "running":
        return _NOT_BEGUN
    if line.status == msel.RELEASED:
        return _ON_TABLE
    card = work.program.cards[line.card]
    # A window stays where its card may come more than once; what comes of it has a line of its own.
    name = "" if line.until is not None and not card.once else body.line
    return None if cards.deal(work, card, line.bindings, "released", name) else _NOBODY


def _skip(work: Work, body: c.Skip) -> Refused | None:
    line = _line(work, body.line)
    if isinstance(line, Refused):
        return line
    if line.status in msel.OVER:
        return (
            _ON_TABLE
            if line.status == msel.RELEASED
            else Refused("not_allowed", "It is {status} already.", {"status": line.status})
        )
    card = work.program.cards[line.card]
    disarmed = work.write([(card.armed, 0)]) if line.status == msel.ARMED and card.armed != VOID else e.NOTHING
    work.emit(e.CardSkipped(body.line, body.reason or "the facilitator took it off", disarmed))
    return None


def _turn_block(work: Work, turn: int) -> Refused | None:
    """Why no card can be due in this turn."""
    if turn < work.state.turn or turn < 1:
        return Refused("not_allowed", "It is turn {turn}; a card cannot come earlier.", {"turn": work.state.turn})
    count = work.program.scenario.turns.count
    return Refused("not_allowed", "The game has {count} turns.", {"count": count}) if turn > count else None


def _retime(work: Work, body: c.Retime) -> Refused | None:
    line = _waiting(work, body.line)
    if isinstance(line, Refused):
        return line
    block = _turn_block(work, body.turn)
    if block is None:
        work.emit(e.CardsMoved((_move(work, body.line, line, body.turn - msel.due_now(work.state, line)),)))
    return block


def _move(work: Work, name: str, line: Line, turns: int) -> tuple[str, int, int, int | None]:
    """A line's new turns, as the event tells them; a window that is over opens anew where it is moved to."""
    due = msel.due_now(work.state, line)
    until = None if line.until is None else max(line.until, due) + turns
    return name, due, due + turns, until


def _shift(work: Work, body: c.Shift) -> Refused | None:
    line = _waiting(work, body.line)
    if isinstance(line, Refused):
        return line
    state = work.state
    first = msel.due_now(state, line)
    if not body.turns or first + body.turns < max(1, state.turn):
        return _turn_block(work, first + body.turns) or Refused("not_allowed", "By how many turns?")
    lines = [(name, each) for name, each in msel.waiting(work.program, state) if msel.due_now(state, each) >= first]
    if not lines:
        return Refused("not_allowed", "It is {status}; give it a turn of its own to put it back.", {"status": line.status})
    work.emit(e.CardsMoved(tuple(_move(work, name, each, body.turns) for name, each in lines)))
    return None


def _bound(card: Card, bound: tuple[tuple[int, int], ...]) -> tuple[int | None, ...] | Refused:
    """What the names of a card are bound to by hand; None: as its own rules say."""
    given: list[int | None] = [None] * len(card.variables)
    for index, member in bound:
        variable = card.variables[index]
        if variable.members and member not in variable.members:
            return Refused(
                "bad_target", "That cannot be the {replace} of this card.", {"replace": variable.name.replace("_", " ")}
            )
        given[index] = member
    return tuple(given)


def _plan(work: Work, body: c.Plan) -> Refused | None:
    state = work.state
    if state.status == "over":
        return _OVER
    given = _bound(work.program.cards[body.card], body.bound)
    if isinstance(given, Refused):
        return given
    if len(state.schedule) >= MOST_WAITING:
        return Refused("not_allowed", "{most} cards wait already; no more can be planned.", {"most": MOST_WAITING})
    block = _turn_block(work, body.turn)
    if block is None:
        work.emit(e.CardPlanned(state.scheduled, body.card, given, body.turn))
    return block


def _fire(work: Work, body: c.Fire) -> Refused | None:
    if work.state.status != "running":
        return _OVER if work.state.status == "over" else _NOT_BEGUN
    card = work.program.cards[body.card]
    given = _bound(card, body.bound)
    if isinstance(given, Refused):
        return given
    return None if cards.deal(work, card, given, "fired") else _NOBODY


def _on_table(work: Work, number: int) -> Dealt | Refused:
    if work.state.status == "over":
        return _OVER
    return card_of(work.state, number) or Refused("unknown", "That card is not on the table.")


def _recall(work: Work, body: c.Recall) -> Refused | None:
    dealt = _on_table(work, body.number)
    if isinstance(dealt, Refused):
        return dealt
    effect = work.write([*_uncounted(work, dealt), *(_undone(work, dealt) if body.undo else ())])
    work.emit(e.CardRecalled(dealt.number, dealt.card, dealt.bindings, dealt.to, body.undo, body.reason, effect))
    return None


def _uncounted(work: Work, dealt: Dealt) -> list[tuple[int, int]]:
    """The counters of a card as if it had not been dealt, so that it may come again."""
    card = work.program.cards[dealt.card]
    times = work.state.board[card.fired] - 1
    writes = [(card.fired, times)]
    if sum(each.card == dealt.card for each in work.state.hand) == 1:
        before = next((old for slot, old, _ in dealt.did if slot == card.dealt_on), NEVER if times <= 0 else None)
        writes += [(card.dealt_on, before)] if before is not None else []
    return writes


def _undone(work: Work, dealt: Dealt) -> list[tuple[int, int]]:
    """What the card and its answers changed, set back by the difference they made: what else happened meanwhile stays."""
    card = work.program.cards[dealt.card]
    difference: dict[int, int] = {}
    for slot, old, new in dealt.did:
        difference[slot] = difference.get(slot, 0) + new - old
    counters = (card.fired, card.dealt_on, card.armed)
    return [(slot, work.state.board[slot] - by) for slot, by in difference.items() if slot not in counters]


def _correct(work: Work, body: c.Correct) -> Refused | None:
    dealt = _on_table(work, body.number)
    if isinstance(dealt, Refused):
        return dealt
    work.emit(e.CardCorrected(dealt.number, body.title, body.text, body.reason))
    return None


HOUSE: dict[type[Any], Callable[[Work, Any], Refused | None]] = {
    c.Hold: _hold,
    c.LetGo: _let_go,
    c.Release: _release,
    c.Retime: _retime,
    c.Shift: _shift,
    c.Skip: _skip,
    c.Plan: _plan,
    c.Fire: _fire,
    c.Recall: _recall,
    c.Correct: _correct,
}
