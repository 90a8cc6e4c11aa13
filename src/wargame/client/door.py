"""What a screen needs of a session: the same for one over the network, a recorded one and a scripted one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Any, Protocol, TypeAlias

from attrs import field, frozen

Body: TypeAlias = Mapping[str, Any]
Listener: TypeAlias = Callable[[frozenset[str]], None]

PUBLIC = "public"
WHITE_CELL = "white_cell"


class Stage(Enum):
    """How far a connection is."""

    CONNECTING = "connecting"
    LOBBY = "lobby"
    LIVE = "live"
    LOST = "lost"
    CLOSED = "closed"
    RECORD = "record"  # no connection: a game on record is looked at


@frozen
class Connection:
    """The state of a connection, with words for people.

    `retry_at`: when the next try starts, on the session's clock in seconds (LOST only). `again`: whether trying once
    more by hand makes sense (CLOSED only).
    """

    stage: Stage = Stage.CONNECTING
    reason: str = ""
    retry_at: float | None = None
    again: bool = False
    code: str = ""


@frozen
class Place:
    """Where this person stands in the lobby."""

    table: str = ""
    title: str = ""
    seats: Sequence[Mapping[str, Any]] = ()
    place: int = 0
    note: str = ""  # why one waits, where that is not plain


@frozen
class People:
    """Who is at the table."""

    people: Sequence[Mapping[str, Any]] = ()
    locked: bool = False
    requests: Sequence[Mapping[str, Any]] = ()
    muted: bool = False  # the facilitator lets this person write no messages


@frozen
class Classroom:
    """All tables of the class, for its facilitators: see *The class* in `docs/protocol.md`. Empty for everybody else."""

    code: str = ""
    locked: bool = False
    waiting: bool = False  # whether newcomers may wait though it is locked
    auto_extend: tuple[int, int] = (0, 0)  # seconds, and times a phase
    tables: Sequence[Mapping[str, Any]] = ()
    lobby: Sequence[Mapping[str, Any]] = ()
    people: Sequence[Mapping[str, Any]] = ()


@frozen
class Outcome:
    """What became of a command: applied, or refused with a reason for people."""

    ok: bool
    code: str = ""
    reason: str = ""


@frozen
class Glance:
    """All that is known at a moment: what a screen is drawn from."""

    connection: Connection = Connection()
    catalog: Body = field(factory=dict)
    data: Body = field(factory=dict)
    offers: Sequence[Body] = ()
    room: People = People()
    place: Place = Place()
    you: str = ""
    table: str = ""
    classroom: Classroom = Classroom()
    person: str = ""  # one's own id among the people
    right: str = ""  # of a facilitator; empty for everybody else
    moved: str = ""  # why one's place is another than it was


class Door(Protocol):
    """A session as screens see it.

    Listeners are called with the names of what changed since they were last called: `connection`, `lobby`, `welcome`,
    `mirror`, `offers`, `room`, `classroom`, `moved`.
    """

    def glance(self) -> Glance:
        """Everything known now; cheap."""

    def clock(self) -> float:
        """This machine's clock in seconds, the one `retry_at` is on."""

    def now(self) -> int:
        """The server's clock in ms, as well as known."""

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Calls `listener` in batches from now on; the function returned ends it."""

    async def run(self) -> None:
        """Connects and stays connected until closed."""

    async def look_at(self, table: str) -> None:
        """Goes to another table of the class, as a facilitator may."""

    async def close(self) -> None:
        """Leaves. Nothing is lost on the server."""

    def retry(self) -> None:
        """Ends a wait and tries now."""

    async def do(self, body: Body, *, seen: tuple[int, str] | None = None) -> Outcome:
        """Sends a command and waits for its answer, over lost connections too. `seen`: the (turn, phase) its sender saw."""

    async def ask(self, body: Body) -> Body:
        """Puts a question. An answer with only `error` says why there is none."""

    async def manage(self, body: Body) -> Body:
        """The facilitator's hand on seats and table; answers like `ask`."""
