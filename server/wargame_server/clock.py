"""Time, from outside, so that tests neither wait nor guess."""

from __future__ import annotations

import asyncio
import time
from typing import Protocol

from attrs import define, field


class Clock(Protocol):
    """The server's clock."""

    def now(self) -> int:
        """Milliseconds since 1970, never going back while the server runs."""

    async def until(self, moment: int) -> None:
        """Returns once `now()` is `moment` or later."""


@define
class SystemClock:
    """The machine's clock: the time of day when it was made, monotonic from then on."""

    _ahead: int = field(factory=lambda: round((time.time() - time.monotonic()) * 1000))

    def now(self) -> int:
        """See Clock."""
        return int(time.monotonic() * 1000) + self._ahead

    async def until(self, moment: int) -> None:
        """See Clock."""
        while (left := moment - self.now()) > 0:
            await asyncio.sleep(left / 1000)


@define
class ManualClock:
    """A clock that stands until it is advanced."""

    moment: int = 1_000_000
    _waiting: list[tuple[int, asyncio.Future[None]]] = field(factory=list)

    def now(self) -> int:
        """See Clock."""
        return self.moment

    async def until(self, moment: int) -> None:
        """See Clock."""
        if moment > self.moment:
            future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append((moment, future))
            await future

    def advance(self, ms: int) -> None:
        """Lets time pass; whoever waited long enough goes on."""
        self.moment += ms
        due = [future for moment, future in self._waiting if moment <= self.moment]
        self._waiting = [(moment, future) for moment, future in self._waiting if moment > self.moment]
        for future in due:
            if not future.done():
                future.set_result(None)
