"""What somebody missed while they were away: from how things stood when they were connected last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import define

from wargame.engine.amended import fold
from wargame.engine.history import Row, live_rows
from wargame.engine.offers import offers
from wargame.engine.project import project
from wargame.engine.state import State
from wargame.rules.program import Program

MOST_STORIES = 120  # the newest: what a feed holds, too


@define
class Since:
    """The game as somebody knew it last: the row, and how things stood after it. `until`: the row at which they came back
    (None: they are away)."""

    seq: int
    program: Program
    state: State
    until: int | None = None

    @classmethod
    def beginning(cls, base: Program) -> Since:
        """Somebody who never was at the table."""
        return cls(0, base, State.fresh(base))

    def cut(self, to: int, program: Program, state: State) -> None:
        """The game was set back to row `to`, where it stood like this."""
        if self.seq > to:
            self.seq, self.program, self.state = to, program, state
        if self.until is not None:
            self.until = min(self.until, to)


def missed(since: Since, rows: Sequence[Row], viewer: int) -> tuple[list[Any], int]:
    """The stories a viewer was told by these rows, those after `since.seq`, and how many messages came."""
    program, state = since.program, since.state.fork()
    stories: list[Any] = []
    messages = 0
    for _, events in live_rows(rows):
        for event in events:
            program = fold(program, state, event)
            for op in project(program, state, event, viewer):
                if op[:2] == ["push", "feed"]:
                    stories.append(op[2])
                elif op[:2] == ["push", "messages"]:
                    messages += 1
    return stories[-MOST_STORIES:], messages


def due(program: Program, state: State, viewer: int, view: Mapping[str, Any]) -> list[dict[str, str]]:
    """What is asked of a viewer now and not done yet, as the `do` of the offer and a sentence."""
    if view["status"] not in ("setup", "running"):
        return []
    found = [
        {"do": offer["do"], "text": words}
        for offer in offers(program, state, viewer)
        if offer["ok"] and (words := _asked(offer, view))
    ]
    drafting = [entry for entry in found if entry["do"] == "order"]
    return [entry for entry in found if entry["do"] != "order"] + drafting[:1]


def _asked(offer: Mapping[str, Any], view: Mapping[str, Any]) -> str:
    """The offer as something to do; empty for what one may do but is not asked to."""
    match offer["do"]:
        case "choose" if offer["choice"] not in view["setup"]["choices"]:
            return f"Choose: {offer['label']}."
        case "place" if offer["placement"] not in view["setup"]["placements"]:
            return f"Place: {offer['label']}."
        case "respond" if offer["card"] not in view["responses"]:
            return f"Answer the card: {offer['title']}."
        case "order" if not view["orders"]:
            return "Give your orders."
        case "floor" if view["motion"] is not None:
            return f"Take a stand on the floor: {view['motion']['label']}."
        case "sign":
            return f"Sign or decline: {offer.get('label') or offer['agreement']}."
        case "seal":
            return "Say that you are done with this phase."
        case _:
            return ""
