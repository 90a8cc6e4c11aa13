"""The map as tiles on a grid, with a cursor."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import ScrollableContainer
from textual.content import Content
from textual.geometry import Region
from textual.message import Message

from wargame.client.look import Look
from wargame.client.tui.paint import fit, glyphs, piece_sign, plain, say
from wargame.client.tui.widgets.note import Note

LEAST_WIDTH, MOST_WIDTH = 8, 20
LEAST_HEIGHT, MOST_HEIGHT = 3, 5
TINT = 12  # how much of its owner's colour a tile takes, in 100


class TileMap(ScrollableContainer, can_focus=True):
    """Tiles by column and row. Arrows move to the nearest tile in a direction; a click chooses one."""

    DEFAULT_CSS = """
    TileMap { height: 1fr; width: 1fr; scrollbar-size: 1 1; }
    TileMap Note { width: auto; text-wrap: nowrap; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "go(0, -1)", show=False),
        Binding("down", "go(0, 1)", show=False),
        Binding("left", "go(-1, 0)", show=False),
        Binding("right", "go(1, 0)", show=False),
    ]

    class Moved(Message):
        """The cursor is on another tile."""

        def __init__(self, area: str) -> None:
            super().__init__()
            self.area = area

    def __init__(self, id: str | None = None, *, cursor: bool = True) -> None:  # noqa: A002
        super().__init__(id=id)
        self.can_focus = cursor  # without one it is only looked at, whole: nobody scrolls it
        self.at: dict[str, tuple[int, int]] = {}
        self.chosen = ""
        self._look: Look | None = None
        self._note = Note()

    def compose(self) -> ComposeResult:
        """The tiles."""
        yield self._note

    def draw(self, look: Look) -> None:
        """Takes in what is known."""
        self._look = look
        self.at = place_tiles(look.catalog.get("areas", ()))
        if self.can_focus and self.chosen not in self.at:
            self.chosen = next(iter(self.at), "")
        self._paint()

    def on_resize(self, event: events.Resize) -> None:
        """The tiles take the room there is."""
        self._paint()

    @property
    def tile(self) -> tuple[int, int]:
        """Width and height of a tile, gap included."""
        columns = max((column for column, _ in self.at.values()), default=0) + 1
        rows = max((row for _, row in self.at.values()), default=0) + 1
        width = min(MOST_WIDTH, max(LEAST_WIDTH, self.size.width // columns))
        height = min(MOST_HEIGHT, max(LEAST_HEIGHT if self.can_focus else 2, self.size.height // rows))
        return width, height

    def _paint(self) -> None:
        look = self._look
        if look is None or not self.size.width:
            return
        width, height = self.tile
        columns = max((column for column, _ in self.at.values()), default=0) + 1
        rows = max((row for _, row in self.at.values()), default=0) + 1
        by_place = {place: area for area, place in self.at.items()}
        lines: list[Content] = []
        for row in range(rows):
            rest: list[list[Content]] = [[] for _ in range(height)]
            for column in range(columns):
                area = by_place.get((column, row))
                if area is None:
                    painted = [say(" " * width)] * height
                else:
                    painted = [part + " " for part in tile_lines(look, area, width - 1, height, area == self.chosen)]
                for line, part in zip(rest, painted, strict=True):
                    line.append(part)
                if area is not None and column + 1 < columns and (column + 1, row) not in by_place:
                    painted[0] = tile_head(look, area, width - 1, area == self.chosen, spill=width)
                    rest[0][-1] = painted[0]
                elif area is None and column and (column - 1, row) in by_place:
                    rest[0][-1] = say(" " * max(0, width * 2 - rest[0][-2].cell_length))
            lines += [Content("").join(line) for line in rest]
        self._note.show(Content("\n").join(lines))

    def action_go(self, across: int, down: int) -> None:
        """To the nearest tile in a direction."""
        here = self.at.get(self.chosen)
        if here is None:
            return
        best: tuple[int, str] | None = None
        for area, (column, row) in self.at.items():
            ahead = (column - here[0]) * across + (row - here[1]) * down
            aside = abs((column - here[0]) * down) + abs((row - here[1]) * across)
            if ahead > 0 and (best is None or ahead * 2 + aside * 3 < best[0]):
                best = (ahead * 2 + aside * 3, area)
        if best is not None:
            self.choose(best[1])

    def choose(self, area: str) -> None:
        """Puts the cursor on an area."""
        if area not in self.at:
            return
        self.chosen = area
        self._paint()
        width, height = self.tile
        column, row = self.at[area]
        self.scroll_to_region(Region(column * width, row * height, width, height), animate=False, force=True)
        self.post_message(self.Moved(area))

    def on_click(self, event: events.Click) -> None:
        """Chooses the tile under the pointer."""
        width, height = self.tile
        place = ((event.x + round(self.scroll_x)) // width, (event.y + round(self.scroll_y)) // height)
        area = next((area for area, each in self.at.items() if each == place), None)
        if area is not None:
            self.choose(area)


def place_tiles(areas: object) -> dict[str, tuple[int, int]]:
    """Where each area stands; areas on the same place move to the next free one."""
    taken: dict[tuple[int, int], str] = {}
    for area in areas if isinstance(areas, list | tuple) else ():
        column, row = area.get("at") or (0, 0)
        while (column, row) in taken:
            column += 1
        taken[column, row] = str(area["id"])
    return {area: place for place, area in taken.items()}


def tile_lines(look: Look, area: str, width: int, height: int, chosen: bool) -> list[Content]:
    """A tile: its name, who holds it, pieces by glyph and owner."""
    holder = look.control(area)
    tint = f"$seat-{look.color(holder) % 10}" if holder is not None else "$foreground"
    base = f"on {tint} {TINT}%" if holder is not None else "on $panel"
    lines = [tile_head(look, area, width, chosen)]
    groups = piece_groups(look, area)
    body: list[list[tuple[str, str]]] = []
    line: list[tuple[str, str]] = []
    used = 1
    for words, style in groups:
        if used + len(words) + 1 > width and line:
            body.append(line)
            line, used = [], 1
        line.append((words + " ", style))
        used += len(words) + 1
    body.append(line)
    for parts in body[: height - 2 if height > 3 else height - 1]:
        content = say((" ", base), *((words, f"{style} {base}") for words, style in parts))
        lines.append(content + say((" " * max(0, width - content.cell_length), base)))
    while len(lines) < height - 1:
        lines.append(say((" " * width, base)))
    if len(lines) < height:
        lines.append(say((glyphs().rule * width if height > 3 else " " * width, "$panel" if height > 3 else base)))
    return [each[:width] for each in lines[:height]]


def tile_head(look: Look, area: str, width: int, chosen: bool, spill: int = 0) -> Content:
    """The name of a tile in its width; `spill`: how much further a long name may go, where nothing lies beside the tile."""
    holder = look.control(area)
    base = f"on $seat-{look.color(holder) % 10} {TINT}%" if holder is not None else "on $panel"
    mark = "" if width < 10 else glyphs().arrow if chosen else " "
    style = "bold reverse" if chosen else "bold"
    name = plain(f"{mark}{look.name(area)}")
    most = width + spill
    if len(name) > width and not spill:
        return say((fit(name, width) if width > 10 else name[:width], f"{style} {base}"))
    head = say((fit(name, most).rstrip() if len(name) > width else fit(name, width), f"{style} {base}"))
    return head + " " * max(0, width + (1 if spill else 0) - head.cell_length)


def piece_groups(look: Look, area: str) -> list[tuple[str, str]]:
    """Pieces in an area as short texts: owner's letters and glyphs; `?` where only something is known."""
    glyph = {str(piece["id"]): piece_sign(piece) for piece in look.catalog.get("pieces", ())}
    first = next(iter(glyph), "")
    groups: dict[str, str] = {}
    for reading in look.readings("piece", area=area):
        if not reading.value and reading.exact is not None:
            continue
        if not reading.known:
            continue
        who, part = str(reading.slot.get("owner")), str(reading.slot.get("part"))
        count = reading.exact
        sign = glyph.get(part, "?")
        amount = "?" if count is None else str(count) if part == first or count > 1 else ""
        groups[who] = (
            groups.get(who, look.letter(who)) + ("" if part == first else sign) + amount + ("'" if reading.stale else "")
        )
    holder = look.control(area)
    first_come = sorted(groups.items(), key=lambda group: group[0] != holder)
    return [(words + ("*" if who == holder else ""), f"bold $seat-{look.color(who) % 10}") for who, words in first_come]
