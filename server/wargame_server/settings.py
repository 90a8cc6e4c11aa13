"""What the host decided about a table; kept beside its journal."""

from __future__ import annotations

from typing import Any

import attrs
import msgpack
from attrs import define

from wargame_server.journal.contract import JournalError


@define(kw_only=True)
class Settings:
    """A table's settings.

    `open`: the code gives the wished or first free seat at once, without approval. `spectators`: the code (with the wish
    `public`) lets watch at once. `locked`: nobody new. `seed` (empty: random at the start), `played` (empty: all seats but the
    optional ones that nobody took) and `timed` are for the start of the game.
    """

    code: str
    secret: bytes  # digest
    open: bool = False
    spectators: bool = True
    locked: bool = False
    seed: bytes = b""
    played: tuple[str, ...] = ()
    timed: bool = True

    def encode(self) -> bytes:
        """What is kept."""
        packed: bytes = msgpack.packb(attrs.asdict(self))
        return packed

    @classmethod
    def decode(cls, value: bytes) -> Settings:
        """The settings again. Raises JournalError."""
        try:
            plain: dict[str, Any] = msgpack.unpackb(value)
            return cls(**{**plain, "played": tuple(plain["played"])})
        except (ValueError, TypeError, KeyError) as fault:
            raise JournalError("The settings of a table cannot be read.") from fault
