"""A frame is exactly one message of the protocol, in both directions, and the recorded bytes never change their meaning."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wargame.wire import messages as wire
from wargame.wire.codec import WireError, decode, decode_client, encode, encode_update, encode_welcome
from wargame.wire.packing import CLIENT_FRAME, SERVER_FRAME, pack

VECTORS = Path(__file__).parent.parent / "vectors"
KINDS: dict[str, Any] = {
    "hello": wire.Hello,
    "command": wire.Command,
    "ask": wire.Ask,
    "manage": wire.Manage,
    "lobby": wire.Lobby,
    "welcome": wire.Welcome,
    "update": wire.Update,
    "ack": wire.Ack,
    "refused": wire.Refused,
    "answer": wire.Answer,
    "room": wire.Room,
    "moved": wire.Moved,
    "class": wire.Classroom,
    "bye": wire.Bye,
}


def vectors(name: str) -> list[Any]:
    cases: list[Any] = json.loads((VECTORS / f"{name}.json").read_text("utf-8"))
    return [pytest.param(case, id=case["name"]) for case in cases]


def meant(case: dict[str, Any]) -> Any:
    """The message of a vector; JSON has no numbers for keys, so the slots of a view are written as text there."""
    fields = dict(case["message"])
    kind = KINDS[fields.pop("t")]
    view = fields.get("view")
    if view is not None:
        fields["view"] = {**view, "slots": {int(index): slot for index, slot in view["slots"].items()}}
    return kind(**fields)


@pytest.mark.parametrize("case", vectors("client"))
def test_a_recorded_frame_of_a_client_means_what_it_meant(case: dict[str, Any]) -> None:
    frame = bytes.fromhex(case["hex"])
    assert decode_client(frame) == meant(case)
    assert encode(meant(case)) == frame


@pytest.mark.parametrize("case", vectors("server"))
def test_a_recorded_frame_of_a_server_means_what_it_meant(case: dict[str, Any]) -> None:
    frame = bytes.fromhex(case["hex"])
    assert decode(frame) == meant(case)
    assert encode(meant(case)) == frame


@pytest.mark.parametrize("case", vectors("refused"))
def test_a_recorded_bad_frame_is_refused_for_the_same_reason(case: dict[str, Any]) -> None:
    with pytest.raises(WireError) as caught:
        decode_client(bytes.fromhex(case["hex"]))
    assert caught.value.code == case["code"]


def test_every_message_has_a_vector() -> None:
    seen = {
        case["message"]["t"]
        for name in ("client", "server")
        for case in json.loads((VECTORS / f"{name}.json").read_text("utf-8"))
    }
    assert seen == set(KINDS)


GOOD: dict[str, Any] = {"t": "command", "id": "a", "turn": 1, "phase": "desk", "body": {"do": "seal"}}


@pytest.mark.parametrize("key", ["t", "id", "turn", "phase", "body"])
def test_a_missing_key_is_refused(key: str) -> None:
    with pytest.raises(WireError):
        decode_client(msgpack.packb({name: value for name, value in GOOD.items() if name != key}))


@pytest.mark.parametrize(
    "change",
    [
        {"more": 1},
        {"t": "welcome"},
        {"t": 3},
        {"id": ""},
        {"id": "x" * 65},
        {"id": 4},
        {"turn": "1"},
        {"turn": True},
        {"turn": 1.0},
        {"turn": -1},
        {"turn": 2**60},
        {"phase": None},
        {"body": []},
        {"body": None},
        {"body": {1: 2}},
        {"sender": "washington"},
    ],
)
def test_a_wrong_or_unknown_key_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(WireError):
        decode_client(msgpack.packb({**GOOD, **change}))


@pytest.mark.parametrize("frame", [b"\x90", b"\xc0", b"\x80", msgpack.packb([GOOD]), msgpack.packb("hello")])
def test_what_is_no_map_with_a_tag_is_refused(frame: bytes) -> None:
    with pytest.raises(WireError):
        decode_client(frame)


def test_a_hello_has_one_key_at_most() -> None:
    with pytest.raises(WireError):
        encode(wire.Hello(name="Ana", client="c", token="a", code="b"))
    frame = msgpack.packb(
        {"t": "hello", "version": 1, "name": "A", "client": "c", "seat": None, "have": 0, "code": "x", "secret": "y"}
    )
    with pytest.raises(WireError):
        decode_client(frame)


def test_a_client_does_not_take_its_own_messages_from_a_server_nor_the_other_way_round() -> None:
    with pytest.raises(WireError):
        decode(encode(wire.Ask(id="1", body={})))
    with pytest.raises(WireError):
        decode_client(encode(wire.Ack(id="1", seq=1)))


def test_a_frame_too_long_is_not_sent() -> None:
    with pytest.raises(WireError) as caught:
        encode(wire.Ask(id="1", body={"text": "x" * CLIENT_FRAME}))
    assert caught.value.code == "too_long"


def test_an_update_from_packed_parts_is_the_same_update() -> None:
    ops: list[Any] = [["set", "turn", 3], ["slots", [[1, 2, 5, None]]]]
    offers = [{"do": "seal", "ok": True, "why": ""}]
    for given_offers in (None, offers):
        whole = encode(wire.Update(seq=2**40, ops=ops, offers=given_offers, now=1_700_000_000_000))
        parts = encode_update(2**40, pack(ops), None if given_offers is None else pack(given_offers), 1_700_000_000_000)
        assert parts == whole


def _welcome(**more: Any) -> wire.Welcome:
    given = {"catalog": {}, "offers": [], "view": None, **more}
    return wire.Welcome(table="t", you="red", person="p1", right="", token="k", now=7, seq=2**40, **given)


@pytest.mark.parametrize("view", [None, {"turn": 3, "slots": {7: [2, 1, None]}}])
def test_a_welcome_from_packed_parts_is_the_same_welcome(view: Any) -> None:
    catalog, offers = {"scenario": {"id": "tiny"}, "slots": []}, [{"do": "seal", "ok": True, "why": ""}]
    whole = encode(_welcome(view=view, catalog=catalog, offers=offers))
    assert encode_welcome(_welcome(view=view), pack(catalog), pack(offers)) == whole


def test_a_welcome_too_long_is_not_sent() -> None:
    with pytest.raises(WireError) as caught:
        encode_welcome(_welcome(), bytes(SERVER_FRAME), pack([]))
    assert caught.value.code == "too_long"


@given(st.binary(max_size=300))
def test_any_bytes_are_a_message_or_a_wire_error(data: bytes) -> None:
    for read in (decode_client, decode):
        try:
            message = read(data)
        except WireError:
            continue
        assert decode_client(encode(message)) == message if read is decode_client else decode(encode(message)) == message


@given(st.data())
def test_a_damaged_frame_is_another_message_or_a_wire_error(data: st.DataObject) -> None:
    frame = bytearray(encode(wire.Command(id="abc", turn=3, phase="rooms", body={"do": "say", "to": None, "text": "hi"})))
    for _ in range(data.draw(st.integers(1, 3))):
        frame[data.draw(st.integers(0, len(frame) - 1))] = data.draw(st.integers(0, 255))
    damaged = bytes(frame[: data.draw(st.integers(0, len(frame)))])
    with suppress(WireError):
        assert decode_client(encode(decode_client(damaged))) == decode_client(damaged)
