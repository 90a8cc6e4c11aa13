"""Machines sleep, connections break, servers are killed in the middle of a class: a sentence follows, and nothing is lost."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.server.conftest import Peer
from tests.server.test_crash import Process
from wargame.cli.main import wargame
from wargame.wire import messages as wire
from wargame_server.clock import SystemClock
from wargame_server.settings import Expected
from wargame_server.table import GRACE

PUSH = [{"action": "push", "targets": [], "rationale": "before it"}]
NIGHT = 8 * 3_600_000


def break_off(peer: Peer) -> None:
    """The connection is gone without a word, as when a machine falls asleep."""
    peer.socket.transport.abort()


def token_of(peer: Peer) -> str:
    """The key that brings somebody back."""
    return str(next(message.token for message in peer.heard if isinstance(message, wire.Welcome)))


async def test_a_laptop_that_slept_finds_the_phase_as_it_was_with_time_to_come_back(bench: Any) -> None:
    """The machine that serves wakes the next morning: nobody's phase has ended, everybody is back with what they drafted."""
    server = await bench.server()
    handle, boss, red, blue = await bench.started(server)
    assert isinstance(await red.do(do="orders", orders=PUSH), wire.Ack)
    for peer in (boss, red, blue):
        break_off(peer)
    bench.clock.advance(NIGHT)
    boss = await bench.join(server, "Boss", secret=handle.secret)
    red = await bench.join(server, "Rosa", token=token_of(red))
    await boss.until(lambda view: view["deadline"] == bench.clock.now() + GRACE)
    assert (boss.mirror.data["turn"], boss.mirror.data["phase"]) == (1, "rooms")
    assert red.mirror.data["orders"] == PUSH
    # And the clock goes on from there.
    bench.clock.advance(GRACE)
    await boss.until(lambda view: view["turn"] == 2)
    assert handle.table.game.state.deadline == bench.clock.now() + 60_000


async def test_a_player_whose_laptop_slept_goes_on_where_they_were(bench: Any) -> None:
    """What came meanwhile follows; what was on its way and had arrived is not done twice."""
    server = await bench.server()
    _, _, red, blue = await bench.started(server)
    command = red.command("once", do="say", to=None, text="are you there")
    await red.send(command)
    await blue.until(lambda view: bool(view["messages"]))
    have = red.seq  # the acknowledgement was never read
    break_off(red)
    await blue.do(do="say", to=None, text="yes")
    mirror = red.mirror
    red = await bench.say_hello(server, "Rosa", token=token_of(red), have=have)
    red.mirror = mirror
    assert (await red.next(wire.Welcome)).view is None
    await red.send(command)
    assert isinstance(await red.answered("once"), wire.Ack)
    assert [message["text"] for message in red.mirror.data["messages"]] == ["are you there", "yes"]


async def test_a_facilitator_whose_laptop_slept_is_who_they_were_and_the_game_went_on(bench: Any) -> None:
    server = await bench.server()
    handle, boss, red, blue = await bench.started(server)
    person = boss.heard[0].person
    break_off(boss)
    for peer in (red, blue):
        assert isinstance(await peer.do(do="seal"), wire.Ack)
    back = await bench.join(server, "Boss", secret=handle.secret)
    assert back.heard[0].person == person
    await red.until(lambda view: view["turn"] == 2)
    assert isinstance(await back.ask(what="meters"), wire.Answer)


async def test_a_whole_class_breaks_off_at_once_and_is_back_with_every_command_done_once(bench: Any) -> None:
    """Forty connections die with commands on their way; all come back at the same moment and send what was not answered."""
    people = [Expected(f"Kid {number}") for number in range(40)]
    server = await bench.server(clock=SystemClock())
    made = await server.create_class(bench.tiny, tables=5, roster=people, timed=False)
    boss = await bench.join(server, "Boss", secret=made.secret)
    peers = await asyncio.gather(*(bench.join(server, each.name, code=made.code) for each in people))
    assert (await boss.manage(what="all", body={"do": "start"})).body["done"] == 5
    for peer in peers:
        await peer.until(lambda view: view["status"] == "running")
    commands = [peer.command(f"c{number}", do="say", to=None, text=f"word {number}") for number, peer in enumerate(peers)]
    await asyncio.gather(*(peer.send(command) for peer, command in zip(peers, commands, strict=True)))
    for peer in peers:
        break_off(peer)

    async def again(number: int) -> Any:
        back = await bench.join(server, people[number].name, token=token_of(peers[number]))
        await back.send(commands[number])
        assert isinstance(await back.answered(f"c{number}"), wire.Ack)
        return back

    back = await asyncio.gather(*map(again, range(40)))
    said: list[str] = []
    for table in made.tables:
        sat = next(peer for peer in back if peer.heard[0].table == table.game)
        await sat.do(do="say", to=None, text="all here")
        said += [message["text"] for message in sat.mirror.data["messages"] if message["text"] != "all here"]
    assert sorted(said) == sorted(f"word {number}" for number in range(40))
    assert sum(len(table.table.roster.guests) for table in made.tables) == 41


@pytest.fixture
async def broken_off(bench: Any, tmp_path: Path) -> Path:
    """The journal of a server that was killed in the middle of a game."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    for name, text in bench.tiny.items():
        (folder / name).write_text(text)
    journal = tmp_path / "games.sqlite3"
    server = await Process.start(journal, "--scenario", str(folder))
    boss = await bench.join(server, "Boss", secret=server.secret)
    assert isinstance(await boss.do(do="start"), wire.Ack)
    await boss.until(lambda view: view["status"] == "running")
    for number in range(3):
        assert isinstance(await boss.do(do="announce", text=f"notice {number}"), wire.Ack)
    await server.kill()
    return journal


async def test_the_report_of_a_game_whose_server_was_killed_tells_how_far_it_came(broken_off: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.html"
    shown = CliRunner().invoke(wargame, ["report", str(broken_off), "--what-if", "none", "-o", str(out)])
    assert shown.exit_code == 0, shown.output
    assert "The game is not over" in shown.stderr
    page = out.read_text("utf-8")
    assert all(f"notice {number}" in page for number in range(3))


async def test_a_journal_cut_off_anywhere_ends_in_a_page_or_a_sentence(broken_off: Path, tmp_path: Path) -> None:
    """A copy that was interrupted: part of the file, without what the database kept beside it."""
    whole = broken_off.read_bytes()
    sentences = 0
    for share in (0.0, 0.01, 0.3, 0.6, 0.9, 0.99):
        part = tmp_path / "part.sqlite3"
        part.write_bytes(whole[: int(share * len(whole))])
        shown = CliRunner().invoke(wargame, ["report", str(part), "--what-if", "none", "-o", str(tmp_path / "part.html")])
        assert "Traceback" not in shown.output
        assert shown.exit_code in (0, 1), shown.output
        assert shown.exception is None or isinstance(shown.exception, SystemExit), shown.exception
        if shown.exit_code:
            sentences += 1
            assert "part.sqlite3" in shown.stderr
    assert sentences, "half a file is not a whole one"
