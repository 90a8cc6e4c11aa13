"""Whom a question is put to: what the facilitator's hand needs of the app on the screens, or of the line mode."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from textual.screen import Screen

from wargame.client.door import Body, Door
from wargame.client.look import Look
from wargame.client.watching import Watching

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel

T = TypeVar("T")


class Host(Protocol):
    """Asks a person, and sends what they decide. A dialog is its data: the app draws it, the line mode reads it out."""

    look: Look
    door: Door | None
    server: str  # HOST[:PORT] as it was typed; empty where it is not known
    watching: Watching  # how players join, where the client was told

    async def send(self, body: Body, seen: tuple[int, str], done: str = "") -> bool:
        """Sends a command; a refusal is told with its reason. Whether it went through."""

    async def ask(self, body: Body) -> Body:
        """Puts a question to the server."""

    async def manage(self, body: Body, done: str = "") -> Body:
        """The facilitator's hand on seats and table; an error is told."""

    def draft(self, key: str) -> str:
        """A text begun before."""

    def keep(self, key: str, text: str) -> None:
        """Keeps a text as it is written."""

    def sent(self, *keys: str) -> None:
        """Drops drafts that were sent."""

    def done(self, *keys: str) -> None:
        """Drops drafts of what the seat has done; what only lies on a team's table is kept."""

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Tells something in passing."""

    def push_screen(self, screen: Screen[Any]) -> Any:
        """Puts up something to read."""

    async def push_screen_wait(self, screen: Screen[T]) -> T | None:
        """Puts a question up and waits for its answer; None for going back."""
