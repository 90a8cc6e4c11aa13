"""The documents of a scenario: whole pages that fetch nothing, and as PDF complete, inside their sheets, on either paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from weasyprint import HTML

from tests.support.paper import Page, program
from tests.support.rules import BASE, compiled
from wargame.analysis.paper.sheets import KINDS, contents, sheets, write_pdf

NAMES = ("five_questions", "bridge_week", "skirmish", "everything")


@pytest.mark.parametrize("name", NAMES)
def test_pages_are_whole_and_fetch_nothing(name: str) -> None:
    """Elements are closed, no script runs, and nothing points anywhere; a title and a language are said."""
    game = program(name)
    made = list(sheets(game))
    assert [sheet.name for sheet in made if sheet.kind == "seats"] == [f"seat-{seat}" for seat in game.seats]
    for sheet in made:
        page = Page(sheet.html)
        tags = {tag for tag, _ in page.elements}
        assert not tags & {"script", "link", "img", "iframe", "object", "a"}
        assert not any({"src", "href", "onload", "onclick"} & set(attributes) for _, attributes in page.elements)
        assert "url(" not in sheet.html
        assert "@import" not in sheet.html
        assert ("html", {"lang": "en"}) in page.elements
        assert str(game.scenario.title) in page.text


def test_kinds_are_chosen_and_empty_ones_left_out() -> None:
    """Only what is asked for is made, and nothing for a scenario that has none of it."""
    assert [sheet.name for sheet in sheets(program("skirmish"), kinds=("cards", "rules"))] == ["rules", "cards"]
    bare = compiled(BASE)
    assert {sheet.kind for sheet in sheets(bare)} == set(KINDS) - {"cards"} - (set() if bare.agendas else {"agendas"})


def test_contents_lead_to_the_files() -> None:
    """The list of sheets links to each file beside it, and to its PDF where there is one."""
    made = list(sheets(program("skirmish")))
    page = Page(contents(program("skirmish"), made, "a4", "en", pdf=True))
    links = [attributes["href"] for tag, attributes in page.elements if tag == "a"]
    assert links == [f"{sheet.name}.{ending}" for sheet in made for ending in ("html", "pdf")]


def test_text_of_a_scenario_is_no_markup() -> None:
    """A title full of markup is shown as it stands."""
    game = compiled(BASE.replace("title: Small", "title: '<script>alert(1)</script></style>'"))
    for sheet in sheets(game):
        assert "<script" not in sheet.html
        assert sheet.html.count("</style>") == 1


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_pdf_holds_its_sheet(paper: str, tmp_path: Path) -> None:
    """The paper's size, a reasonable number of pages, and the last card with its last answer."""
    game = program("skirmish")
    (sheet,) = sheets(game, paper, ("cards",))
    count = write_pdf(sheet.html, tmp_path / "cards.pdf")
    reader = PdfReader(tmp_path / "cards.pdf")
    assert len(reader.pages) == count
    assert 1 <= count <= len(game.cards)
    width, height = (float(side) for side in reader.pages[0].mediabox[2:])
    assert (round(width), round(height)) == ((595, 842) if paper == "a4" else (612, 792))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for card in game.cards:
        assert str(card.model.title) in text
    assert str(game.cards[-1].addressees[-1].options[-1].model.label) in text


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize(("name", "kind"), [("five_questions", "cards"), ("skirmish", "rules"), ("everything", "white-cell")])
def test_nothing_runs_over_its_sheet(name: str, kind: str, paper: str) -> None:
    """Every line of text lies within the margins, and no card is parted between two sheets."""
    game = program(name)
    (sheet,) = sheets(game, paper, (kind,))
    document = HTML(string=sheet.html).render()
    starts = []
    for page in document.pages:
        box: Any = page._page_box
        right, bottom = box.width + box.margin_left, box.height + box.margin_top
        for part in box.descendants():
            if type(part).__name__ == "TextBox" and part.position_y < bottom:
                assert part.position_x + part.width <= right + 1, part.text
                assert part.position_y + part.height <= bottom + 1, part.text
            if getattr(part, "element", None) is not None and part.element.get("class") == "card" and part.element_tag == "div":
                starts.append(part.element)
    assert len(starts) == len(set(starts)) == (len(game.cards) if kind == "cards" else 0)


def test_the_sheet_of_a_turn_is_one_page() -> None:
    """A seat with a long menu and many agreements hands in one sheet a turn."""
    game = program("five_questions")
    sheet = next(sheet for sheet in sheets(game, "letter", ("seats",)) if sheet.name == "seat-washington")
    document = HTML(string=sheet.html).render()
    turns = game.scenario.turns.count
    last = [" ".join(part.text for part in _texts(page)) for page in document.pages[-turns:]]
    assert all(f"Turn {number}:" in text and "Why, in" in text for number, text in enumerate(last, start=1))


def _texts(page: Any) -> list[Any]:
    return [part for part in page._page_box.descendants() if type(part).__name__ == "TextBox"]
