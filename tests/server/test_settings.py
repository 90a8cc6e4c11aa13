"""What was decided about a table and a class comes back as it was, also from before there were classes."""

from __future__ import annotations

from typing import Any

import msgpack
import pytest

from wargame.wire import messages as wire
from wargame_server.journal.contract import JournalError
from wargame_server.settings import CLASS, SETTINGS, ClassSettings, Expected, Settings

OLD = {"open": True, "spectators": False, "locked": True, "seed": b"s", "played": ["red"], "timed": False}


def test_settings_come_back_as_they_were() -> None:
    table = Settings(classroom="a-1", name="Table 2", played=("red",), timed=False, forked=("a-1", 7), stopped=True)
    assert Settings.decode(table.encode(), "a-2") == table
    people = (Expected("Ana", "red", "Table 2", True, "p3"), Expected("Bo"))
    settings = ClassSettings(
        code="ABCD-EFGH", secrets={b"x": "observer"}, auto_extend=(30, 2), expected=people, hosts={"Boss": "g1"}, waiting=True
    )
    assert ClassSettings.decode(settings.encode()) == settings


def test_a_table_of_before_classes_is_a_class_of_its_own() -> None:
    kept: bytes = msgpack.packb({"code": "ABCD-EFGH", "secret": b"d", **OLD})
    assert Settings.decode(kept, "a-1") == Settings(classroom="a-1", seed=b"s", played=("red",), timed=False)
    assert ClassSettings.of_one(kept) == ClassSettings(
        code="ABCD-EFGH", secrets={b"d": "control"}, open=True, spectators=False, locked=True
    )


@pytest.mark.parametrize("damaged", [b"", b"\xc1", msgpack.packb([1]), msgpack.packb({"classroom": "a"}), msgpack.packb(7)])
def test_what_cannot_be_read_is_said(damaged: bytes) -> None:
    for read in (lambda value: Settings.decode(value, "a-1"), ClassSettings.decode, ClassSettings.of_one):
        with pytest.raises(JournalError, match="cannot be read"):
            read(damaged)


async def test_a_journal_of_before_classes_opens_with_its_code_and_secret(bench: Any) -> None:
    server = await bench.server()
    handle, *_ = await bench.started(server)
    settings, table = handle.classroom.settings, handle.table
    await server.stop()
    epoch = await bench.journal.claim(handle.game)
    secret = next(iter(settings.secrets))
    old = {**OLD, "open": False, "spectators": True, "locked": False, "seed": table.settings.seed}
    await bench.journal.put(handle.game, epoch, CLASS, "", None)
    packed: bytes = msgpack.packb({"code": settings.code, "secret": secret, **old})
    await bench.journal.put(handle.game, epoch, SETTINGS, "", packed)
    again = await bench.server()
    assert (await bench.join(again, "Boss", secret=handle.secret)).heard[0].right == "control"
    assert (await bench.join(again, "Rosa", token=handle.seat_token("red"))).heard[0].you == "red"
    await (await bench.say_hello(again, "Ana", code=settings.code)).next(wire.Lobby)
