"""The page is whole, says where everything comes from, and holds nobody's words but as words."""

from __future__ import annotations

import re
from functools import cache

import pytest
from attrs import evolve

from tests.support.balance import HOSTILE
from tests.support.chronicles import BOSS, bots_chronicle, played_chronicle
from tests.support.kept import Kept, agreed_and_noted
from tests.support.paper import Page
from wargame.analysis.chronicle import Chronicle, made
from wargame.analysis.debrief.page import debrief_page
from wargame.analysis.html import Html, clean
from wargame.analysis.page.document import Part

GAMES = [("everything", 1), ("odd", 2), ("skirmish", 1), ("bridge_week", 1)]


@cache
def page_of(chronicle: Chronicle, anonymous: bool = False) -> str:
    return debrief_page(chronicle, version="1.2.3", anonymous=anonymous)


def cut(chronicle: Chronicle, rows: int) -> Chronicle:
    """The chronicle as it stood after so many rows."""
    return made(chronicle.game, chronicle.name, chronicle.base, chronicle.entries[:rows], chronicle.people)


@pytest.mark.parametrize(("name", "number"), GAMES)
def test_every_link_leads_somewhere_and_every_row_is_in_the_journal(name: str, number: int) -> None:
    chronicle = played_chronicle(name, number)
    html = page_of(chronicle)
    page = Page(html)
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = [attributes["href"] or "" for tag, attributes in page.elements if tag == "a"]
    assert links
    assert {link.removeprefix("#") for link in links} <= set(ids)
    rows = {int(number) for number in re.findall(r">§(\d+)<", html)}
    assert rows
    assert rows <= {entry.seq for entry in chronicle.entries}


@pytest.mark.parametrize(("name", "number"), GAMES)
def test_a_game_cut_short_anywhere_is_told_as_far_as_it_came(name: str, number: int) -> None:
    chronicle = played_chronicle(name, number)
    count = len(chronicle.entries)
    for rows in (0, 1, 2, count // 3, count // 2, count - 1):
        part = cut(chronicle, rows)
        words = Page(debrief_page(part, version="1")).text
        assert part.complete or "broke off" in words or "never started" in words


def test_the_same_game_gives_the_same_page() -> None:
    chronicle = played_chronicle("everything", 1)
    assert debrief_page(chronicle, version="1") == debrief_page(chronicle, version="1")


def test_a_long_game_stays_under_two_megabytes() -> None:
    page = page_of(bots_chronicle("five_questions", 2))
    assert len(page.encode()) < 2_000_000


def test_who_of_a_team_was_for_it_is_left_out_where_nobody_is_named() -> None:
    game = agreed_and_noted()
    named, nameless = page_of(game), page_of(game, anonymous=True)
    assert "For it: Carla, Dmitri" in Page(named).text
    assert not [member.name for member in game.people.values() if member.name in nameless]


def test_anonymous_people_are_numbered() -> None:
    chronicle = played_chronicle("everything", 2)
    named, nameless = page_of(chronicle), page_of(chronicle, anonymous=True)
    for member in chronicle.people.values():
        name = member.name
        pattern = rf"{re.escape(name)}(?![a-z])"
        assert re.search(pattern, Page(named).text) or member.seat == "white_cell", name
        assert not re.search(pattern, Page(nameless).text), name
    assert "Player 1" in nameless
    assert BOSS[1] not in nameless


def test_words_of_people_are_never_markup() -> None:
    game = Kept()
    game.to("desk")
    card = game.card("letter", target="reds")
    game.answer("north", card, "answer", rationale=HOSTILE, belief=10)
    game.to("rooms")
    game.done("south", "say", to=["north"], text=HOSTILE)
    game.done("north", "propose", agreement="pact", side_terms=HOSTILE)
    game.done("south", "petition", what=HOSTILE[:80], because=[HOSTILE[:80]], against="")
    game.done("white_cell", "override", slot="tension", value=5, reason=HOSTILE)
    chronicle = game.chronicle
    people = {person: evolve(member, name=HOSTILE) for person, member in chronicle.people.items()}
    html = page_of(evolve(chronicle, people=people, name=HOSTILE))
    page = Page(html)
    plain = " ".join(clean(HOSTILE).split())
    assert page.text.count(plain) >= 5
    calm = Page(page_of(chronicle))
    assert {tag for tag, _ in page.elements} == {tag for tag, _ in calm.elements}
    assert len(re.findall("<script", html)) == len(re.findall("<script", page_of(chronicle)))


def test_further_parts_are_placed_before_the_last() -> None:
    html = debrief_page(
        Kept().chronicle, version="1", extra=[Part("more", "More", Html("<p>Here.</p>"), script="'use strict';")]
    )
    sections = re.findall(r'<section id="([^"]+)"', html)
    assert sections[-2:] == ["more", "made"]
