"""Events as plain lists of numbers, texts, bytes and lists (msgpack-able), and back, exactly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args, get_origin

import attrs

from wargame.engine.events import EVENTS, Event


def _plain(value: object) -> object:
    kind: Any = type(value)
    if attrs.has(kind):
        return [_plain(getattr(value, each.name)) for each in attrs.fields(kind)]
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, bool) or value is None or isinstance(value, int | float | str | bytes):
        return value
    raise TypeError(f"an event cannot hold {type(value).__name__}")


def encode(event: Event) -> list[object]:
    """The event as a plain list: its name, then its fields in order (by position: rows stay small)."""
    kind: Any = type(event)
    return [kind.__name__, *(_plain(getattr(event, each.name)) for each in attrs.fields(kind))]


def decode(plain: object) -> Event:
    """The event again. Raises ValueError for anything that `encode` did not make."""
    if not isinstance(plain, list | tuple) or not plain or not isinstance(plain[0], str) or plain[0] not in EVENTS:
        raise ValueError("not an event")
    kind = EVENTS[plain[0]]
    try:
        event: Event = _build(kind, plain[1:])
    except (TypeError, ValueError) as fault:
        raise ValueError(f"not a {kind.__name__}") from fault
    return event


def _build(kind: type[Any], fields: Any) -> Any:
    specs = attrs.fields(kind)
    # Rows written before a field was added do without it where it has a default.
    if len(fields) > len(specs) or any(spec.default is attrs.NOTHING for spec in specs[len(fields) :]):
        raise TypeError(f"{kind.__name__} has {len(specs)} fields")
    attrs.resolve_types(kind)
    return kind(*(_reader(spec.type)(value) for spec, value in zip(attrs.fields(kind), fields, strict=False)))


_readers: dict[Any, Callable[[Any], Any]] = {}


def _reader(hint: Any) -> Callable[[Any], Any]:
    reader = _readers.get(hint)
    if reader is None:
        reader = _readers[hint] = _make_reader(hint)
    return reader


def _make_reader(hint: Any) -> Callable[[Any], Any]:
    if isinstance(hint, type) and attrs.has(hint):
        return lambda value: _build(hint, value)
    arguments = get_args(hint)
    if get_origin(hint) is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            member = _reader(arguments[0])
            return lambda value: tuple([member(each) for each in value])
        members = [_reader(each) for each in arguments]
        return lambda value: tuple(read(each) for read, each in zip(members, value, strict=True))
    if arguments and type(None) in arguments:
        some = next(each for each in arguments if each is not type(None))
        reader = _reader(some)
        return lambda value: None if value is None else reader(value)
    return _checked(hint)


def _checked(kind: type[Any]) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if kind is float and isinstance(value, int) and not isinstance(value, bool):
            return float(value)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise TypeError(f"{kind.__name__} wanted")
        return value

    return read
