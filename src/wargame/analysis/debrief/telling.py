"""The story, turn by turn: every event that anybody heard of, who knew of it, and what was said."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.analysis.debrief.naming import Names, counted, row
from wargame.analysis.debrief.parts import told_article
from wargame.analysis.debrief.record import Message, Record, Told
from wargame.analysis.html import Html, el, join, p, span
from wargame.analysis.page.document import folded


def telling(record: Record, names: Names) -> Html:
    """A block for every turn, open until it is closed."""
    turns = sorted({told.turn for told in record.told} | {message.turn for message in record.messages})
    hidden = sum(bool(set(record.seats) - told.knew) for told in record.told)
    blocks = [_turn(record, names, turn) for turn in turns]
    return join(
        p(
            f"{counted(len(record.told), 'event', 'events')}, told as the facilitator heard them. {hidden} of them not "
            "every seat "
            "knew of: these are marked, with who did."
        )
        if record.told
        else p("Nothing happened that could be told."),
        *blocks,
    )


def _turn(record: Record, names: Names, turn: int) -> Html:
    told = [each for each in record.told if each.turn == turn and each.story["kind"] != "phase"]
    said = [each for each in record.messages if each.turn == turn]
    acts = {act.told.number: act for act in record.acts}
    phases = {phase.id: str(phase.model.label) for phase in record.program.phases}
    body: list[Html] = []
    phase = ""
    for each in told:
        if each.phase != phase:
            phase = each.phase
            body.append(el("h4", phases.get(phase, "Before the first turn")))
        body.append(told_article(record, names, each, acts.get(each.number)))
    head = f"{names.turn(turn)} · {_events(told)}"
    messages = folded(counted(len(said), "message", "messages"), _messages(names, said))
    return el("details", el("summary", el("h3", head)), join(body, messages), class_="turn", open="", id=f"turn-{turn}")


def _events(told: Sequence[Told]) -> str:
    return counted(len(told), "event", "events")


def _messages(names: Names, said: Sequence[Message]) -> Html:
    lines = []
    for each in said:
        person = names.person(each.person)
        sender = names.seat(each.seat) + (f" ({person})" if person else "")
        to = "everybody" if each.to is None else names.seat_list(each.to) or "the facilitator"
        lines.append(el("li", el("b", sender), f" to {to}: ", span("said", each.text), " ", row(each.row)))
    return el("ul", *lines, class_="messages") if lines else Html("")
