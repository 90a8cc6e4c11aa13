"""A whole game of a scenario, as text with every viewer's view at each phase, stays what it was.

After a change that is meant: `WARGAME_REGOLDEN=1 pytest tests/golden` rewrites the texts; review them as a diff.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tests.support.play import RandomPlay
from wargame.engine.apply import apply
from wargame.engine.commands import Refused
from wargame.engine.events import Event
from wargame.engine.game import Game
from wargame.engine.knowledge import band_name, slot_label
from wargame.engine.mirror import Mirror
from wargame.engine.offers import offers
from wargame.engine.project import project
from wargame.engine.state import State
from wargame.engine.view import view
from wargame.rules.program import Program

HERE = Path(__file__).parent


@pytest.mark.parametrize("name", ["everything", "five_questions"])
def test_playthrough(name: str) -> None:
    """The text of the game with seed 7 is the golden one."""
    text = playthrough(name, 7)
    golden = HERE / f"{name}.txt"
    if os.environ.get("WARGAME_REGOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def playthrough(name: str, number: int) -> str:
    """The game as text: at each phase what changed for every viewer, and what it is offered."""
    play = RandomPlay(name, number, house=0)
    program = play.game.program
    names = [*program.seats, "public", "white cell"]
    mirrors = [Mirror(view(program, play.game.state, viewer)) for viewer in range(program.viewers)]
    shown: list[dict[int, Any]] = [{} for _ in names]
    lines = [f"# {program.scenario.title}, seed {number}"]
    twin = Game.started(program, play.game.state.seed).state
    at = None
    while True:
        state = play.game.state
        if at != (state.turn, state.phase, state.status):
            at = (state.turn, state.phase, state.status)
            lines.append(f"\n## Turn {state.turn}, {state.phase_id(program)} ({state.status})")
            for viewer, who in enumerate(names):
                lines.append(f"\n### {who}")
                lines += _stories(mirrors[viewer])
                lines += _slots(program, mirrors[viewer], shown[viewer])
                lines += _rest(mirrors[viewer], offers(program, state, viewer))
        if play.game.over:
            return "\n".join(lines) + "\n"
        done = play.step()
        assert done is not None
        if isinstance(done[1], Refused):
            continue
        # Projections are of the state after each event: fold them on a twin, one by one.
        _fold(program, twin, mirrors, done[1])


def _fold(program: Program, twin: State, mirrors: list[Mirror], events: tuple[Event, ...]) -> None:
    for event in events:
        apply(program, twin, event)
        for viewer, mirror in enumerate(mirrors):
            mirror.fold(project(program, twin, event, viewer))


def _stories(mirror: Mirror) -> list[str]:
    lines = []
    for told in mirror.data["feed"]:
        stance = f" [{told['stance']}]" if told["stance"] else ""
        lines.append(f"* {told['kind']}: {told['head']}{stance}")
        lines += [f"    {tone}: {words}" for tone, words in told["lines"]]
    mirror.data["feed"] = []
    return lines


def _slots(program: Program, mirror: Mirror, shown: dict[int, Any]) -> list[str]:
    lines = []
    for index, (level, value, turn) in sorted(mirror.data["slots"].items()):
        if shown.get(index) == (level, value, turn) or (index not in shown and not value):
            continue
        shown[index] = (level, value, turn)
        slot = program.slots[index]
        words = str(value) if level == 2 else band_name(slot, value) if level == 1 else f"last {value} (turn {turn})"
        lines.append(f"- {slot_label(program, slot)}: {words}")
    return lines


def _rest(mirror: Mirror, made: list[dict[str, Any]]) -> list[str]:
    data = mirror.data
    lines = [f"> waiting for {', '.join(data['active']) or 'nobody'}; done: {', '.join(data['sealed']) or 'nobody'}"]
    for number, card in data["cards"].items():
        options = ", ".join(f"{each['id']} ({each['stance']})" for each in card["options"])
        lines.append(f"> card {number} {card['id']} to {', '.join(card['to'])}: {options or 'to read'}")
    if data["motion"]:
        lines.append(f"> motion {data['motion']['id']}")
    return lines + _offers(made)


def _offers(made: list[dict[str, Any]]) -> list[str]:
    """What is open, a line for each kind of doing, and what is not with the reason."""
    open_: dict[str, list[str]] = {}
    closed: dict[str, list[str]] = {}
    for offer in made:
        keys = ("action", "agreement", "card", "choice", "placement", "motion")
        what = str(next((offer[key] for key in keys if key in offer), ""))
        if offer["ok"]:
            count = f" x{len(offer['choices'])}" if offer.get("targets") else ""
            open_.setdefault(offer["do"], []).append(what + count)
        else:
            closed.setdefault(offer["why"], []).append(f"{offer['do']} {what}".strip())
    lines = [f"> {do}: {', '.join(names)}".rstrip(": ") for do, names in open_.items()]
    return lines + [f"> not {', '.join(names)}: {why}" for why, names in closed.items()]
