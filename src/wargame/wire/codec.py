"""Messages <-> frames. A frame is one msgpack map; what `docs/protocol.md` does not list is refused, in both directions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar, cast

import msgpack
from attrs import frozen

from wargame.wire import messages as m
from wargame.wire.errors import WireError
from wargame.wire.packing import CLIENT_DEPTH, CLIENT_FRAME, SERVER_DEPTH, SERVER_FRAME, pack, unpack

__all__ = ["WireError", "decode", "decode_client", "encode", "encode_update", "encode_welcome"]

ID_LENGTH = 64
WORD_LENGTH = 64
NAME_BYTES = 256  # a name is cut by `wargame.wire.plain`, not here: this only bounds it
REASON_LENGTH = 2000
MOST = 2**53  # numbers that every language can hold

Reader: TypeAlias = Callable[[Any, str], Any]
Message = TypeVar("Message")


def _fault(where: str, wanted: str) -> WireError:
    return WireError("malformed", f"`{where}` is not {wanted}.")


def _text(least: int, most: int) -> Reader:
    def read(value: Any, where: str) -> str:
        if type(value) is not str:
            raise _fault(where, "a text")
        if len(value) < least:
            raise _fault(where, f"a text of at least {least} characters")
        if len(value) > most:
            raise WireError("too_long", f"`{where}` has more than {most} characters.")
        return value

    return read


def _whole(least: int, most: int = MOST) -> Reader:
    def read(value: Any, where: str) -> int:
        if type(value) is not int or not least <= value <= most:
            raise _fault(where, f"a whole number from {least} to {most}")
        return value

    return read


def _flag(value: Any, where: str) -> bool:
    if type(value) is not bool:
        raise _fault(where, "true or false")
    return value


def _map(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _fault(where, "a map")
    return value


def _list(value: Any, where: str) -> Sequence[Any]:
    if not isinstance(value, list | tuple):
        raise _fault(where, "a list")
    return value


def _each(read: Reader) -> Reader:
    return lambda value, where: [read(each, f"{where}[{i}]") for i, each in enumerate(_list(value, where))]


def _or_nil(read: Reader) -> Reader:
    return lambda value, where: None if value is None else read(value, where)


def _maps(readers: Mapping[str, Reader]) -> Reader:
    """A list of small maps that all have exactly these keys."""

    def read(value: Any, where: str) -> list[dict[str, Any]]:
        members = enumerate(_list(value, where))
        return [_exactly(_map(each, f"{where}[{i}]"), readers, frozenset(), f"{where}[{i}].") for i, each in members]

    return read


def _exactly(plain: Mapping[str, Any], readers: Mapping[str, Reader], optional: frozenset[str], at: str) -> dict[str, Any]:
    for key in plain:
        if key not in readers:
            raise WireError("malformed", f"{at[:-1] or 'The message'} has a key that is not known.")
    values: dict[str, Any] = {}
    for key, read in readers.items():
        if key in plain:
            values[key] = read(plain[key], at + key)
        elif key not in optional:
            raise WireError("malformed", f"`{at}{key}` is missing.")
    return values


@frozen
class _Shape:
    kind: type[Any]
    readers: Mapping[str, Reader]
    optional: frozenset[str] = frozenset()


_ID = _text(1, ID_LENGTH)
_WORD = _text(1, WORD_LENGTH)
_TITLE = _text(0, REASON_LENGTH)

_FROM_CLIENT: Mapping[str, _Shape] = {
    "hello": _Shape(
        m.Hello,
        {
            "version": _whole(0),
            "name": _text(0, NAME_BYTES),
            "client": _text(0, WORD_LENGTH),
            "token": _text(1, WORD_LENGTH),
            "code": _text(1, WORD_LENGTH),
            "secret": _text(1, WORD_LENGTH),
            "table": _WORD,
            "seat": _or_nil(_WORD),
            "have": _whole(0),
        },
        frozenset({"token", "code", "secret", "table"}),
    ),
    "command": _Shape(m.Command, {"id": _ID, "turn": _whole(0), "phase": _WORD, "body": _map}),
    "ask": _Shape(m.Ask, {"id": _ID, "body": _map}),
    "manage": _Shape(m.Manage, {"id": _ID, "body": _map}),
}

_FROM_SERVER: Mapping[str, _Shape] = {
    "lobby": _Shape(
        m.Lobby,
        {
            "table": _WORD,
            "title": _TITLE,
            "seats": _maps({"seat": _WORD, "title": _TITLE, "taken": _flag}),
            "place": _whole(1),
            "note": _TITLE,
        },
    ),
    "welcome": _Shape(
        m.Welcome,
        {
            "version": _whole(0),
            "table": _WORD,
            "you": _WORD,
            "person": _WORD,
            "right": _text(0, WORD_LENGTH),
            "token": _text(0, WORD_LENGTH),
            "now": _whole(0),
            "catalog": _map,
            "seq": _whole(0),
            "view": _or_nil(_map),
            "offers": _list,
        },
    ),
    "update": _Shape(m.Update, {"seq": _whole(1), "ops": _list, "offers": _or_nil(_list), "now": _whole(0)}),
    "ack": _Shape(m.Ack, {"id": _ID, "seq": _whole(0)}),
    "refused": _Shape(m.Refused, {"id": _ID, "code": _WORD, "reason": _TITLE, "turn": _whole(0), "phase": _WORD}),
    "answer": _Shape(m.Answer, {"id": _ID, "body": _map}),
    "room": _Shape(
        m.Room,
        {
            "people": _maps(
                {
                    "person": _WORD,
                    "name": _TITLE,
                    "seat": _WORD,
                    "connected": _flag,
                    "bot": _flag,
                    "sealed": _flag,
                    "active": _flag,
                },
            ),
            "locked": _flag,
            "requests": _maps({"request": _WORD, "name": _TITLE, "seat": _or_nil(_WORD)}),
            "muted": _flag,
        },
        frozenset({"muted"}),
    ),
    "moved": _Shape(m.Moved, {"table": _WORD, "token": _text(1, WORD_LENGTH), "reason": _TITLE}),
    "class": _Shape(
        m.Classroom,
        {
            "code": _WORD,
            "locked": _flag,
            "waiting": _flag,
            "auto_extend": _each(_whole(0)),
            "tables": _maps(
                {
                    "table": _WORD,
                    "title": _TITLE,
                    "name": _TITLE,
                    "status": _WORD,
                    "turn": _whole(0),
                    "turns": _whole(0),
                    "phase": _WORD,
                    "phase_label": _TITLE,
                    "deadline": _or_nil(_whole(0)),
                    "paused": _or_nil(_whole(0)),
                    "over_since": _or_nil(_whole(0)),
                    "seats": _maps(
                        {
                            "seat": _WORD,
                            "title": _TITLE,
                            "people": _each(_TITLE),
                            "connected": _whole(0),
                            "bot": _text(0, WORD_LENGTH),
                            "sealed": _flag,
                            "active": _flag,
                            "blocking_since": _or_nil(_whole(0)),
                        },
                    ),
                    "spectators": _whole(0),
                    "petitions": _whole(0),
                    "armed": _whole(0),
                    "held": _whole(0),
                    "stop": _flag,
                    "forked_from": _or_nil(_WORD),
                },
            ),
            "lobby": _maps({"request": _WORD, "name": _TITLE, "seat": _or_nil(_WORD), "since": _whole(0)}),
            "people": _maps(
                {
                    "person": _WORD,
                    "name": _TITLE,
                    "table": _WORD,
                    "seat": _WORD,
                    "connected": _flag,
                    "muted": _flag,
                    "right": _text(0, WORD_LENGTH),
                    "bot": _flag,
                    "captain": _flag,
                },
            ),
        },
    ),
    "bye": _Shape(m.Bye, {"code": _WORD, "reason": _TITLE}),
}

_TAGS: Mapping[type[Any], tuple[str, _Shape, int, int]] = {
    **{shape.kind: (tag, shape, CLIENT_FRAME, CLIENT_DEPTH) for tag, shape in _FROM_CLIENT.items()},
    **{shape.kind: (tag, shape, SERVER_FRAME, SERVER_DEPTH) for tag, shape in _FROM_SERVER.items()},
}


def encode(message: m.ClientMessage | m.ServerMessage) -> bytes:
    """The frame of a message: keys in the order of the protocol. Raises WireError for what a decoder would refuse."""
    tag, shape, limit, depth = _TAGS[type(message)]
    plain: dict[str, Any] = {"t": tag}
    given = {name: getattr(message, name) for name in shape.readers}
    for name in shape.optional:
        if given[name] is None:
            del given[name]
    plain.update(_exactly(given, shape.readers, shape.optional, ""))
    if isinstance(message, m.Hello):
        _one_key(given)
    frame = pack(plain, depth=depth, numbered=limit == SERVER_FRAME)
    if len(frame) > limit:
        raise WireError("too_long", f"A frame has at most {limit} bytes.")
    return frame


def encode_update(seq: int, ops: bytes, offers: bytes | None, now: int) -> bytes:
    """The frame of an `Update` from parts that `packing.pack` made: parts that several connections get are packed once."""
    packer = msgpack.Packer(autoreset=False)
    packer.pack_map_header(5)
    for plain in ("t", "update", "seq", seq, "ops"):
        packer.pack(plain)
    head = packer.bytes()
    middle = msgpack.packb("offers") + (msgpack.packb(None) if offers is None else offers)
    return b"".join((head, ops, middle, msgpack.packb("now"), msgpack.packb(now)))


def encode_welcome(message: m.Welcome, catalog: bytes, offers: bytes) -> bytes:
    """The frame of a `Welcome` with a catalog and offers that `packing.pack` made, instead of those in the message.

    A catalog is large and many get the same: a class that comes back at once would wait for it to be packed for each.
    """
    tag, shape, limit, depth = _TAGS[m.Welcome]
    given = {name: getattr(message, name) for name in shape.readers}
    parts = [msgpack.Packer().pack_map_header(1 + len(given)), pack("t"), pack(tag)]
    for name, value in _exactly(given, shape.readers, shape.optional, "").items():
        packed = {"catalog": catalog, "offers": offers}.get(name)
        parts += [pack(name), pack(value, depth=depth - 1) if packed is None else packed]
    frame = b"".join(parts)
    if len(frame) > limit:
        raise WireError("too_long", f"A frame has at most {limit} bytes.")
    return frame


def decode_client(frame: bytes) -> m.ClientMessage:
    """The message in a frame from a client. Raises WireError."""
    message = _decode(frame, _FROM_CLIENT, CLIENT_FRAME, CLIENT_DEPTH)
    return cast(m.ClientMessage, message)


def decode(frame: bytes) -> m.ServerMessage:
    """The message in a frame from a server. Raises WireError."""
    message = _decode(frame, _FROM_SERVER, SERVER_FRAME, SERVER_DEPTH)
    return cast(m.ServerMessage, message)


def _decode(frame: bytes, shapes: Mapping[str, _Shape], limit: int, depth: int) -> object:
    plain = unpack(frame, limit=limit, depth=depth, numbered=limit == SERVER_FRAME)
    if not isinstance(plain, dict):
        raise WireError("malformed", "A message is a map.")
    tag = plain.pop("t", None)
    shape = shapes.get(tag) if type(tag) is str else None
    if shape is None:
        raise WireError("malformed", "The message has no tag that is known.")
    values = _exactly(plain, shape.readers, shape.optional, "")
    if shape.kind is m.Hello:
        _one_key(values)
    return shape.kind(**values)


def _one_key(values: Mapping[str, Any]) -> None:
    if sum(name in values for name in ("token", "code", "secret")) > 1:
        raise WireError("malformed", "A hello has at most one of `token`, `code` and `secret`.")
