"""The map is a picture with a title, a tile for every area, and pieces as its viewer may know them."""

from __future__ import annotations

from tests.support.paper import Page, program
from tests.support.rules import BASE, compiled
from wargame.analysis.paper.book import Book
from wargame.analysis.paper.tilemap import tile_map


def test_tiles_and_lines() -> None:
    """As many tiles as areas, as many lines as pairs that touch, every label, and words for who cannot see it."""
    game = program("skirmish")
    page = Page(tile_map(Book(game), game.public).text)
    tags = [tag for tag, _ in page.elements]
    assert tags.count("rect") == len(game.areas)
    assert tags.count("line") == sum(map(len, game.neighbours)) // 2
    assert all(str(area.label) in page.text for area in game.scenario.areas.values())
    assert page.elements[0][1]["role"] == "img"
    assert "Map of The Tern Valley" in page.text


def test_hidden_pieces_show_only_to_who_sees_them() -> None:
    """A piece that a seat does not see is on no tile of its map."""
    text = BASE.replace("units: {label: Units, of: [washington], range: [0, 9], pool: 4}",
                        "units: {label: Units, of: [washington], range: [0, 9], pool: 4, seen_by: owner}")  # fmt: skip
    game = compiled(text)
    assert "WA 2" in Page(tile_map(Book(game), 0).text).text
    assert "WA 2" not in Page(tile_map(Book(game), 1).text).text
