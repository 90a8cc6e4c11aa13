"""What cannot be stored in the middle of a change leaves nothing half done: a restarted server has the people, places and
settings that this one has, and what was refused is as it was before."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import define

from tests.server.test_classroom import class_of, seated
from wargame.wire import messages as wire
from wargame_server.journal.contract import Committed, Fenced, Unknown
from wargame_server.journal.memory import MemoryJournal


@define
class BrittleJournal(MemoryJournal):
    """A journal that fails once: the write beside the rows of this number from now on, and whatever is tried right after it."""

    fails: int = 0  # 0: no more
    written: bool = False  # whether it is there all the same

    async def put(self, game: str, epoch: int, kind: str, key: str, value: bytes | None) -> Committed | Fenced | Unknown:
        self.fails -= 1
        if self.fails not in (0, -1):
            return await super().put(game, epoch, kind, key, value)
        if self.written:
            await super().put(game, epoch, kind, key, value)
        return Unknown("made to fail")


VERBS: dict[str, dict[str, Any]] = {
    "assign": {"seat": "blue"},
    "kick": {},
    "rename": {"name": "Zoe"},
    "mute": {"muted": True},
    "captain": {},
    "bot": {"seat": "blue", "level": "one-ply"},
    "lock": {"locked": True},
    "approve": {"seat": "blue"},
    "fork": {"people": True},
    "new_table": {},
}


def stands(server: Any) -> dict[str, Any]:
    """Who is where, as this server has it."""
    return {
        name: (
            handle.classroom.settings.locked,
            {
                table.game: sorted(
                    (each.id, each.name, each.seat, each.muted, each.captain, each.level, each.kept)
                    for each in table.table.roster.people.values()
                )
                for table in handle.tables
            },
        )
        for name, handle in server.classes.items()
    }


@pytest.mark.parametrize("written", [False, True])
@pytest.mark.parametrize("fails", [1, 2, 3])
@pytest.mark.parametrize("verb", list(VERBS))
async def test_a_write_that_fails_leaves_nothing_half_done(bench: Any, verb: str, fails: int, written: bool) -> None:
    bench.journal = journal = BrittleJournal()
    server, made, boss = await class_of(bench)
    ana = await seated(bench, server, made, boss, "Ana", "red", 0)
    bo = await seated(bench, server, made, boss, "Bo", "red", 0)
    captain = next(each for each in bo.heard if isinstance(each, wire.Welcome)).person
    assert isinstance(await boss.manage(what="captain", person=captain), wire.Answer)
    assert isinstance(await boss.do(do="start"), wire.Ack)
    body: dict[str, Any] = {"what": verb, **VERBS[verb]}
    if verb == "approve":
        await (await bench.say_hello(server, "Cy", code=made.code)).next(wire.Lobby)
        body |= {"request": made.classroom.commons.waiting[0].request}
    elif verb == "fork":
        body |= {"at": (await boss.manage(what="boundaries")).body["boundaries"][0]["seq"]}
    elif verb in ("assign", "kick", "rename", "mute", "captain"):
        body |= {"person": next(each for each in ana.heard if isinstance(each, wire.Welcome)).person}
    if verb == "assign":
        body |= {"table": made.tables[1].game}
    before = stands(server)
    journal.fails, journal.written = fails, written
    answer = await boss.manage(**body)
    journal.fails = 0
    after = stands(server)
    if isinstance(answer, wire.Refused) and verb != "fork":
        assert answer.code == "unavailable"
        assert after == before, "what was refused was not done"
    await server.stop()
    again = await bench.server()
    assert stands(again) == after
    if verb == "fork" and isinstance(answer, wire.Refused):
        opened = len(after[made.id][1]) > len(before[made.id][1])
        assert ("by hand" in answer.reason) is opened
