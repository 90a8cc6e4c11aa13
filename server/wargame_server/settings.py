"""What the host decided about a table, and about a class of tables; kept beside their journals."""

from __future__ import annotations

from typing import Any

import attrs
import msgpack
from attrs import define, field, frozen

from wargame_server.journal.contract import JournalError

# Kinds of what is kept beside a game's journal. What is kept of a class lies beside its first game.
PEOPLE = "person"
SETTINGS = "settings"
CLASS = "class"


@define(kw_only=True)
class Settings:
    """A table's settings.

    `classroom`: the id of its class (that of the class's first game); `name`: what people call the table; `seed` (empty: random
    at the start), `played` (empty: all seats but the optional ones that nobody took) and `timed` are for the start of the game;
    `forked`: the game and row it goes on from; `stopped`: somebody gave the stop signal.
    """

    classroom: str
    name: str = "Table 1"
    seed: bytes = b""
    played: tuple[str, ...] = ()
    timed: bool = True
    forked: tuple[str, int] | None = None
    stopped: bool = False

    def encode(self) -> bytes:
        """What is kept."""
        packed: bytes = msgpack.packb(attrs.asdict(self))
        return packed

    @classmethod
    def decode(cls, value: bytes, game: str) -> Settings:
        """The settings of a game again. Raises JournalError."""
        try:
            plain: dict[str, Any] = msgpack.unpackb(value)
            if "classroom" not in plain:  # of a version that knew no classes
                return cls(classroom=game, seed=plain["seed"], played=tuple(plain["played"]), timed=plain["timed"])
            forked = plain.pop("forked")
            return cls(**{**plain, "played": tuple(plain["played"]), "forked": None if forked is None else tuple(forked)})
        except (ValueError, TypeError, KeyError) as fault:
            raise JournalError("The settings of a table cannot be read.") from fault


@frozen
class Expected:
    """Somebody on the list of a class: their name, and where they belong (empty: anywhere).

    `table` is a table's name; `person` the id of who came under the name (empty: nobody yet).
    """

    name: str
    seat: str = ""
    table: str = ""
    captain: bool = False
    person: str = ""


@define(kw_only=True)
class ClassSettings:
    """The settings of a class.

    `secrets`: by digest, what right each gives. `open`: the code gives the wished or first free seat at once, without approval.
    `spectators`: the code (with the wish `public`) lets watch at once. `locked`: nobody new; `waiting`: who is new may wait in
    the lobby all the same. `auto_extend`: seconds, and times a phase, for seats whose people are away. `hosts`: names that
    facilitators came under, with the id each has.
    """

    code: str
    secrets: dict[bytes, str]
    open: bool = False
    spectators: bool = True
    locked: bool = False
    waiting: bool = False
    auto_extend: tuple[int, int] = (0, 0)
    expected: tuple[Expected, ...] = ()
    hosts: dict[str, str] = field(factory=dict)

    def encode(self) -> bytes:
        """What is kept."""
        plain = attrs.asdict(self, recurse=False)
        plain["secrets"] = list(self.secrets.items())
        plain["expected"] = [attrs.astuple(each, recurse=False) for each in self.expected]
        packed: bytes = msgpack.packb(plain)
        return packed

    @classmethod
    def decode(cls, value: bytes) -> ClassSettings:
        """The settings again. Raises JournalError."""
        try:
            plain: dict[str, Any] = msgpack.unpackb(value)
            plain["secrets"] = {bytes(key): str(right) for key, right in plain["secrets"]}
            plain["expected"] = tuple(Expected(*each) for each in plain["expected"])
            seconds, times = plain["auto_extend"]
            return cls(**{**plain, "auto_extend": (int(seconds), int(times))})
        except (ValueError, TypeError, KeyError) as fault:
            raise JournalError("The settings of a class cannot be read.") from fault

    @classmethod
    def of_one(cls, value: bytes) -> ClassSettings:
        """The settings of a class from those of a table, as a version kept them that knew no classes. Raises JournalError."""
        try:
            plain: dict[str, Any] = msgpack.unpackb(value)
            rest = {name: plain[name] for name in ("code", "open", "spectators", "locked")}
            return cls(secrets={bytes(plain["secret"]): "control"}, **rest)
        except (ValueError, TypeError, KeyError) as fault:
            raise JournalError("The settings of a table cannot be read.") from fault
