"""The lines at the top: who, when, how the connection is, what is wanted; and the tabs."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen
from textual.content import Content
from textual.style import Style

from wargame.client.door import Connection, Stage
from wargame.client.look import Look
from wargame.client.speech import phrase
from wargame.client.tui.paint import duration, glyphs, owner, say
from wargame.client.tui.widgets.note import Note

SOON = 30  # seconds left from which the clock is marked


def connection_words(connection: Connection, clock: float) -> tuple[str, str]:
    """The state of the connection in a few words, and a style."""
    match connection.stage:
        case Stage.LIVE:
            return phrase("{dot} live", dot=glyphs().dot), "$success"
        case Stage.RECORD:
            return phrase("{ring} replay {reason}", ring=glyphs().ring, reason=connection.reason), "$accent"
        case Stage.LOBBY:
            return phrase("{ring} lobby", ring=glyphs().ring), "$warning"
        case Stage.CONNECTING:
            return phrase("{ring} connecting", ring=glyphs().ring), "$warning"
        case Stage.LOST:
            wait = max(0, round((connection.retry_at or clock) - clock))
            return phrase("{lost} lost (retry in {wait} s)", lost=glyphs().lost, wait=wait), "bold reverse $error"
        case Stage.CLOSED:
            return phrase("{cross} closed", cross=glyphs().cross), "bold reverse $error"


class Header(Note):
    """Two lines that always tell who you are, where the game stands, and what to do."""

    DEFAULT_CSS = """
    Header { height: 2; background: $panel; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def draw(self, look: Look, clock: float, now: int, sending: int = 0) -> None:
        """Draws it as of now."""
        between = ("  " + glyphs().between + "  ", "$quiet")
        left = look.left(now)
        time: list[Content | tuple[str, str]] = []
        if left is not None and look.status in ("running", "setup"):
            style = "bold reverse $warning" if left <= SOON and not look.paused else "bold"
            clock_words = [duration(left)] if left or not look.paused else []  # a phase without a clock can be paused too
            time = [(" " + " ".join([*clock_words, *(["paused"] if look.paused else [])]), style)]
        words, style = connection_words(look.glance.connection, clock)
        where = say(look.turn_words, between, str(look.phase.get("label", "")), *time)
        state = say((words, style))
        # What is wrong with the connection comes first, so that a narrow window cannot cut it off.
        live = look.glance.connection.stage in (Stage.LIVE, Stage.RECORD)
        first = Content.assemble(
            owner(look, look.you), between, *((where, between, state) if live else (state, between, where))
        )
        wanted = look.wanted()
        second: list[Content | tuple[str, str]] = [(f"{glyphs().arrow} ", "bold $accent"), (wanted, "bold")]
        if sending:
            second.append((phrase("   sending {sending}…", sending=sending), "$warning"))
        self.show(Content("\n").join([first, say(*second)]))


@frozen
class Tab:
    """A tab: its page, number key, letter, word, and how many things there are new or to do."""

    id: str
    key: str
    label: str
    count: int = 0


class Tabs(Note):
    """The row of tabs; the number is the key. Clicking works too."""

    DEFAULT_CSS = """
    Tabs { height: 1; background: $surface; padding: 0 1; text-wrap: nowrap; text-overflow: clip; }
    """

    def draw(self, tabs: Sequence[Tab], active: str, width: int) -> None:
        """Draws the row for a width."""
        parts: list[Content] = []
        for room in (2, 1, 0, -1):
            parts = [self._tab(tab, tab.id == active, room) for tab in tabs]
            if sum(part.cell_length for part in parts) + 2 <= width:
                break
        self.show(Content("").join(parts))

    @staticmethod
    def _tab(tab: Tab, active: bool, room: int) -> Content:
        """`room`: 2 roomy, 1 tight, 0 with labels cut short, -1 shorter still."""
        label = tab.label if room > 0 or active else tab.label[: 4 + room]
        count = f"{glyphs().dot}{tab.count}" if tab.count else ""
        lead = " " if room == 2 else ""
        content = say(
            (f"{lead}{tab.key}", "bold" if active else "$quiet"),
            (f" {label}", "bold" if active else ""),
            (count, "bold $accent"),
            " ",
        )
        if active:
            content = content.stylize("reverse")
        return content.stylize(Style.from_meta({"@click": f"screen.show('{tab.id}')"}))
