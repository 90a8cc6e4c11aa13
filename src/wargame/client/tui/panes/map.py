"""The map: tiles with who holds them, and everything known of the one under the cursor."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from wargame.client.look import Look
from wargame.client.speech import phrase
from wargame.client.tui.command import Command
from wargame.client.tui.paint import Page, fit, owner, piece_sign
from wargame.client.tui.panes.base import Pane
from wargame.client.tui.panes.situation import aged, as_known
from wargame.client.tui.widgets.note import Note, Reader
from wargame.client.tui.widgets.tilemap import TileMap, piece_groups


class MapPane(Pane):
    """Tiles and a detail column."""

    DEFAULT_CSS = """
    MapPane #map-side { width: 1fr; }
    MapPane #legend { height: auto; max-height: 2; padding: 0 1; }
    MapPane #area { width: 26; border-left: tall $panel; }
    .-wide MapPane #area { width: 34; }
    """
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("map.move", ("up", "down", "left", "right"), "move", "Move from tile to tile", ""),
    )
    ABOUT = (
        "A tile has the colour of the owner with most pieces there, who stands first with a *; a tie or nobody leaves it "
        "grey. Letters are owners, the number after them "
        "is how many pieces; other kinds of pieces have a sign. ' marks what you knew last and may have changed."
    )
    MAIN = "#map"

    def compose(self) -> ComposeResult:
        """Tiles, legend, detail."""
        with Horizontal():
            with Vertical(id="map-side"):
                yield TileMap(id="map")
                yield Note(id="legend")
            yield Reader(id="area")

    def draw(self, look: Look) -> None:
        """Draws all of it."""
        self.query_one(TileMap).draw(look)
        owners = [*look.seats, *look.catalog.get("factions", ())]
        used = {str(reading.slot.get("owner")) for reading in look.readings("piece")}
        parts = [
            owner(look, one["id"], f"{look.letter(one['id'])} {legend_name(look, str(one['id']))}  ")
            for one in owners
            if one["id"] in used
        ]
        page = Page().line(*parts)
        self.tell("#legend", page.content)
        self._detail(look)

    def on_tile_map_moved(self, event: TileMap.Moved) -> None:
        """Tells about the tile."""
        event.stop()
        if self.look is not None:
            self._detail(self.look)

    def _detail(self, look: Look) -> None:
        self.query_one("#area", Reader).show(area_page(look, self.query_one(TileMap).chosen).content)


def legend_name(look: Look, who: str) -> str:
    """A short name that says more than the letters on the tiles."""
    short = look.short(who)
    return fit(look.title(who), 16).rstrip() if short.upper() == look.letter(who) else short


def area_page(look: Look, area: str, tiles: bool = True) -> Page:
    """Everything known of an area. `tiles`: its neighbours as their tiles show them, else by name alone."""
    page = Page()
    entry = next((each for each in look.catalog.get("areas", ()) if each["id"] == area), None)
    if entry is None:
        return page.line((phrase("This game has no map."), "$quiet"))
    page.line((str(entry["label"]), "bold $accent"))
    holder = look.control(area)
    page.line(phrase("Held by "), owner(look, holder) if holder else (phrase("nobody alone"), "$quiet"))
    values = {str(each["id"]): str(each["label"]) for each in look.catalog.get("area_values", ())}
    for value, number in (entry.get("values") or {}).items():
        page.line(f"{values.get(value, value)} ", (str(number), "bold"))
    for reading in look.readings("area", area=area):
        page.line(
            f"{values.get(str(reading.slot.get('part')), reading.slot['label'])} ", (reading.words, "bold"), aged(reading)
        )
    pieces = {str(each["id"]): each for each in look.catalog.get("pieces", ())}
    page.heading(phrase("Pieces"))
    found = False
    for reading in look.readings("piece", area=area):
        piece = pieces.get(str(reading.slot.get("part")), {"label": reading.slot["label"], "glyph": "?"})
        if reading.known and reading.value:
            found = True
            sign = piece_sign(piece)
            count = reading.words
            page.line(
                (f"{sign} {count} ", "bold"),
                owner(look, reading.slot.get("owner"), look.short(reading.slot.get("owner"))),
                f" {str(piece['label']).lower()}",
                aged(reading),
            )
    if not found:
        page.line((phrase("none that you know of"), "$quiet"))
    unknown = sorted(
        {
            phrase(
                "{lower} of {short}",
                lower=look.name(reading.slot.get("part")).lower(),
                short=look.short(reading.slot.get("owner")),
            )
            for reading in look.readings("piece", area=area)
            if as_known(reading).startswith("not")
        }
    )
    if unknown:
        page.gap().line((phrase("You cannot see: ") + ", ".join(unknown), "$quiet"))
    page.heading(phrase("Next to"))
    for other in entry.get("adjacent") or ():
        words = " ".join(words for words, _ in piece_groups(look, other)) if tiles else ""
        page.line(look.name(other), (f"  {words}", "$quiet"))
    return page
