"""What several parts of the page show the same way: an event with who knew of it, a link to where it is told, who decided."""

from __future__ import annotations

from wargame.analysis.debrief.naming import Names, listed, row, spaced, stance
from wargame.analysis.debrief.record import Act, Draft, Record, Told
from wargame.analysis.html import Html, Node, bullets, div, el, join, p, span


def told_link(told: Told, words: Node = None) -> Html:
    """A link to where the event is told."""
    return el("a", words if words is not None else str(told.story["head"]), href=f"#e{told.number}")


def act_link(act: Act, words: Node = None) -> Html:
    """A link to the decision."""
    return el("a", words if words is not None else act.label, href=f"#a{act.number}")


def known_to(record: Record, names: Names, told: Told) -> str:
    """Who knew of it, in words; empty where every seat in play did."""
    seats = set(record.seats)
    if seats <= told.knew:
        return ""
    if told.story["kind"] == "reveal":
        return "Each seat was told its own part alone."
    knew = names.seat_list(told.knew & seats) or "nobody but the facilitator"
    felt = names.seat_list(told.felt & seats)
    return f"Known to {knew}." + (f" Only that something changed: {felt}." if felt else "")


def lines_of(names: Names, told: Told) -> Html:
    """What an event did, line by line."""
    return bullets((span(f"t-{tone}", words) for tone, words in names.lines(told.event, told.story)), "lines")


def told_article(record: Record, names: Names, told: Told, act: Act | None) -> Html:
    """The event as the facilitator heard it."""
    known = known_to(record, names, told)
    head = spaced(
        el("b", told.story["head"]),
        stance(told.story["stance"]),
        act_link(act, "why") if act is not None else None,
        row(told.row),
    )
    body = join(
        p(head),
        p(quoted(told.story["rationale"])) if told.story["rationale"] else None,
        lines_of(names, told),
        p(span("private", "Private"), " ", known, class_="known") if known else None,
    )
    return el("div", body, class_="told" + (" hid" if known else ""), id=f"e{told.number}")


def quoted(text: str | None) -> Html:
    """Somebody's own words."""
    return el("q", text) if text else Html("")


def who_decided(names: Names, drafts: tuple[Draft, ...]) -> Node:
    """Who wrote the decision that stood, and who had written before."""
    if not drafts:
        return "nobody"
    last = drafts[-1]
    person = names.person(last.person, last.name) or "somebody at the seat"
    earlier = [names.person(each.person, each.name) for each in drafts[:-1]]
    others = list(dict.fromkeys(each for each in earlier if each and each != person))
    return join(
        person,
        _agreed(names, last) if last.how else None,
        f"; before that {listed(others)}" if others else None,
        f"; changed {len(drafts) - 1} times" if len(drafts) > 2 else "; changed once" if len(drafts) == 2 else None,
        " ",
        row(last.row),
    )


HOWS = {
    "majority": "by majority",
    "captain": "the captain with one other",
    "objection": "nobody objected in time",
    "deadline": "it led when the phase ended",
    "alone": "alone at the seat",
}


def _agreed(names: Names, draft: Draft) -> str:
    """How a team came to it."""
    backers = listed([names.person(each) for each in draft.backers])
    against = listed([names.person(each) + (f" (“{why}”)" if why else "") for each, why in draft.against])
    words = f", for the team: {HOWS.get(draft.how, draft.how)}"
    return words + (f"; for it {backers}" if backers else "") + (f"; against it {against}" if against else "")


def definition(pairs: list[tuple[str, Node]]) -> Html:
    """Facts under their names; those that are empty are left out."""
    shown = [(name, join(words)) for name, words in pairs if words is not None]
    return el("dl", *(div("fact", el("dt", name), el("dd", words)) for name, words in shown if words), class_="facts")
