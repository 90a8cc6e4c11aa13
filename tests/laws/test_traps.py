"""What others fell into does not happen here. docs/classroom.md lists each trap with its test; some of them stand here."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.engine.test_msel import PLAN
from tests.server.test_teams import PUSH, team, told
from tests.support.hands import Hands, program_from
from wargame.engine.events import OnBehalf
from wargame.wire import messages as wire

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def test_every_test_that_the_classroom_page_names_exists() -> None:
    page = (ROOT / "docs" / "classroom.md").read_text("utf-8")
    named = NAMED.findall(page)
    lost = [f"{file}::{name}" for file, name in named if f"def {name}(" not in _source(file)]
    assert lost == []
    # Every row of a table has one.
    rows = [
        line for line in page.splitlines() if line.startswith("| ") and not line.startswith(("| | what", "| what", "| trap"))
    ]
    assert rows
    assert [row[:60] for row in rows if not NAMED.search(row)] == []
    numbers = {int(row.split("|")[1]) for row in rows if row.split("|")[1].strip().isdigit()}
    assert numbers == set(range(1, 26)), "every wish of the list has its row"


def _source(file: str) -> str:
    path = ROOT / file
    return path.read_text("utf-8") if path.exists() else ""


def test_a_card_to_all_names_all() -> None:
    """On the time-line, before it comes and after; and what is for one names that one."""
    one = Hands(program_from(PLAN)).to("desk")

    def to(entry: str) -> list[str]:
        (line,) = [each for each in one.view("white_cell")["msel"] if each["entry"] == entry]
        return list(line["to"])

    assert (to("tturning"), to("topening")) == (["ann", "ben"], ["ann"])
    one.done("white_cell", "skip", entry="tturning", reason="")
    one.done("white_cell", "release", entry="tturning")
    assert to("tturning") == ["ann", "ben"]


async def test_a_message_stands_in_the_turn_in_which_it_arrived_for_everybody(bench: Any) -> None:
    """Written in turn 1 and sent when turn 2 had begun: it is a message of turn 2, for whoever wrote it too."""
    _, boss, red, blue = await bench.started(await bench.server(), timed=False)
    late = red.command("late", do="say", to=None, text="too late")
    assert late.turn == 1
    await boss.do(do="advance")
    for peer in (boss, red, blue):
        await peer.until(lambda view: view["turn"] == 2)
    await red.send(late)
    assert isinstance(await red.answered("late"), wire.Ack)
    for peer in (boss, red, blue):
        await peer.until(lambda view: bool(view["messages"]))
        (message,) = peer.mirror.data["messages"]
        assert (message["text"], message["turn"], message["phase"]) == ("too late", 2, "rooms")


async def test_a_fork_keeps_every_message(bench: Any) -> None:
    """Public and private ones, for each who read them."""
    server = await bench.server()
    _, boss, red, blue = await bench.started(server, timed=False)
    for number in range(3):
        await red.do(do="say", to=None, text=f"to all {number}")
        await blue.do(do="say", to=["red"], text=f"to red {number}")
    await boss.do(do="advance")
    where = (await boss.manage(what="boundaries")).body["boundaries"][-1]["seq"]
    await red.until(lambda view: view["turn"] == 2)
    new = (await boss.manage(what="fork", at=where, people=True)).body["table"]
    people: list[tuple[str, Any]] = [("Rosa", red), ("Bela", blue)]
    for name, peer in people:
        moved = await peer.next(wire.Moved)
        again = await bench.join(server, name, token=moved.token)
        assert again.heard[0].table == new
        assert again.mirror.data["messages"] == peer.mirror.data["messages"]
        assert len(again.mirror.data["messages"]) == 6


async def test_what_a_team_decided_can_be_set_right(bench: Any) -> None:
    """The members by another decision of theirs, the facilitator at once and with a reason that stays."""
    server = await bench.server()
    handle, boss, (rosa, rita), _ = await team(bench, server, 2)
    assert isinstance(await rosa.do(do="orders", orders=PUSH), wire.Ack)
    assert isinstance(await rita.do(do="orders", orders=PUSH), wire.Ack)
    await rosa.until(lambda view: bool(view["orders"]))
    assert isinstance(await rita.do(do="orders", orders=[]), wire.Ack)
    assert isinstance(await rosa.do(do="orders", orders=[]), wire.Ack)
    await rita.until(lambda view: view["orders"] == [])
    body = {"do": "orders", "orders": PUSH}
    assert isinstance(await boss.do(do="act", seat="red", body=body, reason="They called across the room."), wire.Ack)
    for peer in (rosa, rita):
        await peer.until(lambda view: bool(view["orders"]))
    (deed,) = [event for event in await told(handle) if isinstance(event, OnBehalf)]
    assert deed.reason == "They called across the room."


@pytest.mark.parametrize("effects", ["tension +1000", "tension -1000; tension -1"])
async def test_what_is_typed_by_hand_stays_within_the_ranges(bench: Any, effects: str) -> None:
    """A value far out is refused; effects end where the range does."""
    handle, boss, _, _ = await bench.started(await bench.server())
    program = handle.table.game.program
    refused = await boss.do(do="override", slot="tension", value=1000, reason="So it was told.")
    assert isinstance(refused, wire.Refused)
    assert refused.reason
    assert isinstance(await boss.do(do="happen", text="A tale.", effects=effects, reason="So it was told."), wire.Ack)
    assert handle.table.game.state.board[program.slot_of["tension"]] in (0, 100)


async def _late(bench: Any, how: str) -> Any:
    """Somebody who comes by the code to a class in some state."""
    server = await bench.server()
    handle, boss, red, _ = await bench.started(server, timed=False)
    match how:
        case "locked":
            await boss.manage(what="lock", locked=True)
        case "locked, may wait":
            await boss.manage(what="lock", locked=True, waiting=True)
        case "full":
            assert isinstance(await boss.manage(what="bot", seat="green", level="random"), wire.Answer)
        case "over":
            assert isinstance(await boss.do(do="end", ending=None, reason="The bell."), wire.Ack)
        case "sent away":
            await boss.manage(what="kick", person=red.heard[0].person)
            return await bench.say_hello(server, "Rosa", token=handle.seat_token("red"))
        case "no room to watch":
            return await bench.say_hello(server, "Zed", code="AAAA-AAAA")
    return await bench.say_hello(server, "Zed", code=handle.code)


@pytest.mark.parametrize("how", ["running", "locked", "locked, may wait", "full", "over", "sent away", "no room to watch"])
async def test_whoever_comes_late_gets_a_place_to_wait_or_a_sentence(bench: Any, how: str) -> None:
    """Nobody sits before a screen that says nothing."""
    peer = await _late(bench, how)
    message = await peer.hear()
    assert isinstance(message, wire.Lobby | wire.Bye)
    if isinstance(message, wire.Bye):
        assert message.reason.endswith(".")
        assert " " in message.reason
    else:
        assert message.place == 1
        assert message.title == "Tiny"
    assert isinstance(message, wire.Bye) is (how in ("locked", "sent away", "no room to watch"))


async def test_who_pauses_and_leaves_does_not_hold_the_game(bench: Any) -> None:
    """Any other facilitator lets it go on, or the same one who comes back; players neither pause nor resume."""
    server = await bench.server()
    handle, boss, red, blue = await bench.started(server)
    deputy = await bench.join(server, "Deputy", secret=(await boss.manage(what="invite", right="control")).body["secret"])
    for do in ("pause", "resume"):
        assert (await red.do(do=do)).code in ("forbidden", "unknown")
    assert isinstance(await boss.do(do="pause"), wire.Ack)
    await boss.close()
    await blue.until(lambda view: view["paused"] is not None)
    bench.clock.advance(3_600_000)
    await deputy.until(lambda view: view["paused"] is not None)
    assert isinstance(await deputy.do(do="resume"), wire.Ack)
    await blue.until(lambda view: view["paused"] is None)
    assert handle.table.game.state.turn == 1


@pytest.mark.parametrize("encoding", ["cp437", "ascii"])
def test_a_console_of_few_characters_is_no_crash(encoding: str) -> None:
    """What a game tells has signs that such a console has not."""
    words = [sys.executable, "-m", "wargame.cli.main", "demo", "practice", "--headless", "--seed", "7"]
    told = subprocess.run(words, env={**os.environ, "PYTHONIOENCODING": f"{encoding}:strict"}, capture_output=True, check=False)
    assert told.returncode == 0, told.stderr
    assert b"Traceback" not in told.stderr
    assert told.stdout
