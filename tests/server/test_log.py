"""The log tells what happened and nothing that somebody may not read, however much comes in."""

import json
import logging
from typing import Any

import pytest

from wargame_server import table as table_module
from wargame_server.clock import ManualClock
from wargame_server.log import NAME, Complaints, quiet_log


async def test_no_key_name_or_text_gets_into_the_log(
    bench: Any, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    server = await bench.server()
    handle, boss, red, _ = await bench.started(server)
    ana = await bench.say_hello(server, "Anastasia", code=handle.code)
    room = await boss.room(lambda room: bool(room.requests))
    await boss.manage(what="approve", request=room.requests[0]["request"], seat="green")
    await (await bench.say_hello(server, "Anastasia", token="wrong-token-of-somebody")).closed()
    await (await bench.say_hello(server, "Anastasia", code="ABCD-EFGH")).closed()

    def crash(*_: Any) -> Any:
        raise ValueError("the hidden plot is 17")

    monkeypatch.setattr(table_module, "decide", crash)
    await red.do(do="say", to=None, text="a word in confidence")
    await ana.send(b"\xc1 nothing good")
    await ana.closed()
    await server.stop()
    written = [record.getMessage() for record in caplog.records if record.name.startswith(NAME)]
    assert {json.loads(line)["event"] for line in written} >= {"table opened", "admitted", "not let in", "engine failed"}
    log = "\n".join(written)
    assert "decide" in log or "crash" in log, "it says where the engine failed"
    keys = [handle.secret, handle.code, "ABCD", "wrong-token", *(handle.seat_token(seat) for seat in handle.seats)]
    for secret in (*keys, "Anastasia", "Rosa", "confidence", "plot is 17", "nothing good"):
        assert secret not in log


def test_a_flood_of_complaints_is_counted_and_not_written(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    clock = ManualClock()
    complaints = Complaints(quiet_log(), clock)
    for _ in range(500):
        complaints.note("malformed frame")
    assert len(caplog.records) == 10
    clock.advance(1_000)
    complaints.note("malformed frame")
    assert json.loads(caplog.records[-1].getMessage())["left_out"] == 490
