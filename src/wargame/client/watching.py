"""What a projector shows beside the game: which tables in turn, how to join, and whether it is dark. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define

EVERY = "all"


@define
class Watching:
    """`tables`: numbers or names as asked for, `(EVERY,)` for all there are; `code` and `links`: how players join; `picture`:
    the link drawn as a QR code; `server`: where others reach it. `turning`: pages, then tables, come by themselves; `dark`:
    nothing is shown.
    """

    tables: Sequence[str] = ()
    code: str = ""
    links: Sequence[str] = ()
    picture: str = ""
    server: str = ""
    turning: bool = True
    dark: bool = False
    at: int = 0  # which of `tables`; with EVERY, its number less one
    first: str = ""  # the id of the first table that was shown

    @property
    def several(self) -> bool:
        """Whether there may be another table to show."""
        return len(self.tables) > 1 or EVERY in self.tables

    @property
    def now(self) -> str:
        """The table that is asked for now."""
        if EVERY in self.tables:
            return str(self.at + 1)
        return self.tables[self.at] if self.tables else ""

    def following(self) -> str:
        """The table to show next."""
        self.at = self.at + 1 if EVERY in self.tables else (self.at + 1) % max(1, len(self.tables))
        return self.now

    def landed(self, table: str) -> None:
        """The table that is really shown: a server gives the first one where a number is none of its tables."""
        self.first = self.first or table
        if EVERY in self.tables and table == self.first:
            self.at = 0
