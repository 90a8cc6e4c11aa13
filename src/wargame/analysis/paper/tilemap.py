"""The map as an inline picture: tiles by column and row, lines between areas that touch, pieces as a viewer may know them."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from wargame.analysis.html import NOTHING, Html, el
from wargame.rules.program import Family, Sight

if TYPE_CHECKING:
    from wargame.analysis.paper.book import Book

WIDTH, HEIGHT, GAP = 108, 64, 16
LINE = 11
LABEL_SIGNS = 17  # letters in a line of a tile
MOST_LABEL_LINES = 2
MOST_PIECE_LINES = 3


def tile_map(book: Book, viewer: int) -> Html:
    """The map at the start as a viewer sees it; nothing for a scenario without one."""
    program = book.program
    areas = list(program.scenario.areas.values())
    if not areas:
        return NOTHING
    left, top = min(area.at[0] for area in areas), min(area.at[1] for area in areas)
    places = [(area.at[0] - left, area.at[1] - top) for area in areas]
    columns = max(column for column, _ in places) + 1
    rows = max(row for _, row in places) + 1
    middle = [(GAP + column * (WIDTH + GAP) + WIDTH / 2, GAP + row * (HEIGHT + GAP) + HEIGHT / 2) for column, row in places]
    links = [
        el(
            "line",
            x1=middle[one][0],
            y1=middle[one][1],
            x2=middle[other][0],
            y2=middle[other][1],
            stroke="#777",
            stroke_width=2,
        )
        for one in range(len(areas))
        for other in program.neighbours[one]
        if one < other
    ]
    tiles = [_tile(book, viewer, number, str(area.label), *middle[number]) for number, area in enumerate(areas)]
    width, height = GAP + columns * (WIDTH + GAP), GAP + rows * (HEIGHT + GAP)
    title = f"Map of {program.scenario.title}: {len(areas)} areas; a line joins areas that touch."
    return el(
        "svg",
        el("title", title),
        links,
        tiles,
        role="img",
        viewBox=f"0 0 {width} {height}",
        class_="map",
        xmlns="http://www.w3.org/2000/svg",
        style=f"max-width: {width * 0.32:.0f}mm",
    )


def _tile(book: Book, viewer: int, area: int, label: str, x: float, y: float) -> Html:
    left, top = x - WIDTH / 2, y - HEIGHT / 2
    names = wrap(label, LABEL_SIGNS)[:MOST_LABEL_LINES]
    below = wrap(", ".join(_pieces(book, viewer, area)), LABEL_SIGNS + 3)[:MOST_PIECE_LINES]
    return el(
        "g",
        el("rect", x=left, y=top, width=WIDTH, height=HEIGHT, rx=6, fill="#fff", stroke="#222", stroke_width=1.4),
        [
            el("text", line, x=x, y=top + 14 + LINE * number, text_anchor="middle", font_size=11, font_weight="bold")
            for number, line in enumerate(names)
        ],
        [
            el("text", line, x=x, y=top + 16 + LINE * (len(names) + number), text_anchor="middle", font_size=9.5)
            for number, line in enumerate(below)
        ],
    )


def _pieces(book: Book, viewer: int, area: int) -> list[str]:
    """`HE ●2`: pieces by owner, as far as the viewer sees them exactly."""
    program, scenario = book.program, book.program.scenario
    found = []
    for slot in program.slots:
        if slot.family is not Family.PIECE or slot.area != area or not slot.start:
            continue
        if program.sight[viewer][slot.index] == Sight.EXACT:
            owner = program.owners[slot.owner]
            short = book.short(slot.owner) if slot.owner < len(program.seats) else owner[:2].upper()
            found.append(f"{short} {scenario.pieces[slot.part].glyph or ''}{slot.start}")
    return found
