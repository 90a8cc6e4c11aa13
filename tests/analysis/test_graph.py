"""The graph names every card, marks what leads nowhere, fits a terminal, and is drawn as one file that fetches nothing."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from tests.support.play import program_of
from wargame.analysis.graph import graph
from wargame.analysis.graph_svg import draw
from wargame.analysis.graph_text import COLUMNS, tell, tell_about

NAMES = ("five_questions", "skirmish", "everything")


@pytest.mark.parametrize("name", NAMES)
def test_every_card_is_there(name: str) -> None:
    """In the text and in the picture, by its name."""
    program = program_of(name)
    made = graph(program)
    text, picture = "\n".join(tell(made)), draw(made)
    for card in program.cards:
        assert f"({card.id})" in text
        assert f"({card.id})" in picture


@pytest.mark.parametrize("name", NAMES)
def test_the_text_fits_the_terminal(name: str) -> None:
    """No line is longer than the columns promised."""
    assert max(map(len, tell(graph(program_of(name))))) <= COLUMNS


@pytest.mark.parametrize("name", NAMES)
def test_the_picture_stands_alone(name: str) -> None:
    """Well formed, with a title, and without an address that anything could be fetched from."""
    picture = draw(graph(program_of(name)))
    root = ElementTree.fromstring(picture)
    assert root.get("role") == "img"
    assert root[0].tag.endswith("title")
    assert root[0].text
    assert re.findall(r'(?:href|src|url\()="?([^"#)]+)', picture) == []
    assert [address for address in re.findall(r"https?://[^\"' ]+", picture) if "w3.org" not in address] == []


def test_dead_ends_are_told() -> None:
    """A fact that nothing can set is marked, and said once more at the end."""
    made = graph(program_of("skirmish"))
    assert made.things["flags.narrow_authorization"].dead == "nothing sets it"
    text = tell(made)
    assert "✗ Narrow authorization in force (fact narrow_authorization): nothing sets it" in text[text.index("Dead ends") :]


def test_one_thing_is_told_with_what_it_brings() -> None:
    """About a card: what asks for it, the answer that brings the next card, and that card."""
    made = graph(program_of("five_questions"))
    lines = tell_about(made, made.things["injects.tariff_ultimatum"])
    assert lines[0].startswith("The Tariff Letter (tariff_ultimatum)")
    assert any("brings card Deadline Day at the Bridges after 1 turn" in line for line in lines)
    assert any(line.startswith("Deadline Day at the Bridges (tariff_response)") for line in lines)
