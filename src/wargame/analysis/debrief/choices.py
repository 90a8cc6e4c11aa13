"""Every choice: who decided, why, what they expected, how long it took, and what followed at once."""

from __future__ import annotations

from wargame.analysis.debrief.naming import Names, counted, row, spaced, stance
from wargame.analysis.debrief.parts import definition, known_to, lines_of, quoted, told_link, who_decided
from wargame.analysis.debrief.record import Act, Record
from wargame.analysis.html import Html, Node, el, join, p, section


def choices(record: Record, names: Names) -> Html:
    """An article for every answer and order, by turn, with a search."""
    if not record.acts:
        return p("Nothing was chosen.")
    turns = sorted({act.told.turn for act in record.acts})
    silent = sum(act.defaulted for act in record.acts)
    said = sum(bool(act.rationale) for act in record.acts)
    parts = [
        section(
            names.turn(turn),
            *(_article(record, names, act) for act in record.acts if act.told.turn == turn),
            level=3,
        )
        for turn in turns
    ]
    return join(
        p(
            f"{counted(len(record.acts), 'choice', 'choices')}: {said} with a reason in words, "
            f"{silent} that nobody made, so that the default stood."
        ),
        el("div", *parts, data_search="Search in choices:"),
    )


def _article(record: Record, names: Names, act: Act) -> Html:
    event = act.told.event
    where = f"Card: {act.about}" if act.about else "Order"
    belief: Node = None
    if act.belief is not None:
        belief = f"{act.belief} % that the other side escalates"
    status = getattr(event, "status", "done")
    body = definition(
        [
            ("Decided by", _decided(names, act)),
            ("Why", quoted(act.rationale) if act.rationale else "no reason was given" if not act.defaulted else None),
            ("Expected", belief),
            ("Time taken", lasting(act.seconds) if act.seconds is not None else None),
            ("Instead of", "; ".join(act.others) if act.others else None),
            ("Not carried out", event.reason if status != "done" else None),
            ("What followed", _followed(names, act)),
            ("Known", known_to(record, names, act.told) or "to everybody"),
        ]
    )
    head = spaced(f"{names.seat(act.seat)}:", el("b", act.label), stance(act.stance))
    source = spaced(where, row(act.dealt) if act.dealt >= 0 else None, told_link(act.told, "in the story"), row(act.told.row))
    return el("article", el("h4", head), p(source, class_="muted"), body, id=f"a{act.number}", class_="act")


def _decided(names: Names, act: Act) -> Node:
    if act.defaulted and not act.drafts:
        return "nobody: there was no answer in time, and the default stood"
    return join(who_decided(names, act.drafts), "; the default stood" if act.defaulted else None)


def _followed(names: Names, act: Act) -> Node:
    lines = lines_of(names, act.told)
    return lines or "nothing at once"


def lasting(seconds: float) -> str:
    """A time in minutes and seconds."""
    whole = round(seconds)
    return f"{whole // 60} min {whole % 60} s" if whole >= 60 else f"{whole} s"
