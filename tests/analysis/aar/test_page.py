"""The report is filled with what the journal shows, leaves blank what it cannot know, and can be finished in a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.browser import CONTRASTS, OUTSIDE, UNFOLD, Browser, chromium
from tests.support.chronicles import bots_chronicle, played_chronicle
from wargame.analysis.aar.page import aar_page, aar_parts
from wargame.analysis.chronicle import Chronicle
from wargame.analysis.debrief.naming import names_of


@pytest.fixture(scope="module")
def game() -> Chronicle:
    return bots_chronicle("bridge_week")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as driver:
        yield driver


def test_every_part_of_the_form_is_there(game: Chronicle) -> None:
    page = aar_page(game, version="0")
    for heading in ("Exercise overview", "Analysis of core capabilities", "Appendix A", "Appendix B", "feedback form"):
        assert heading in page
    for column in ("Corrective action", "Capability element", "Point of contact", "Completion date"):
        assert column in page


def test_it_is_the_same_every_time_and_a_part_of_the_debrief(game: Chronicle) -> None:
    assert aar_page(game, version="0") == aar_page(game, version="0")
    (part,) = aar_parts(game, names_of(game))
    assert part.id == "aar"
    assert part.body


def test_every_row_it_names_is_a_row_of_the_journal(game: Chronicle) -> None:
    (part,) = aar_parts(game, names_of(game))
    named = {int(found) for found in re.findall(r"§(\d+)", part.body.text)}
    assert named
    assert named <= {entry.seq for entry in game.live}


def test_words_of_people_are_no_markup() -> None:
    page = aar_page(played_chronicle("everything"), version="0")
    assert "<worse>" not in page


def test_nobody_is_named_where_nobody_shall_be(game: Chronicle) -> None:
    page = aar_page(game, version="0", anonymous=True)
    assert not [member.name for member in game.people.values() if len(member.name) > 3 and member.name in page]


def test_it_can_be_filled_in_and_saved_and_opened_again(game: Chronicle, browser: Browser, tmp_path: Path) -> None:
    place = tmp_path / "aar.html"
    place.write_text(aar_page(game, version="0"), encoding="utf-8")
    browser.open(place)
    blanks = browser.run("return document.querySelectorAll('.aar [contenteditable]').length")
    assert blanks > 20
    # The page is caught on its way to the disk: where downloads go is the browser's.
    saved = browser.run(
        """
        document.querySelector(".blank[aria-label='Sponsor']").textContent = "A school <b>here</b>";
        const parts = []; const Own = window.Blob;
        window.Blob = function (content, options) { parts.push(...content); return new Own(content, options); };
        document.querySelector(".aar .save").click();
        return parts.join("");
        """
    )
    again = tmp_path / "again.html"
    again.write_text(saved, encoding="utf-8")
    browser.open(again)
    assert browser.run("return document.querySelector(\".blank[aria-label='Sponsor']\").textContent") == "A school <b>here</b>"
    assert browser.run("return document.querySelectorAll('.aar [contenteditable]').length") == blanks
    assert browser.run("return document.querySelectorAll('.aar .save').length") == 1
    assert browser.run("return document.querySelectorAll('.aar b b').length") == 0
    assert len(browser.requests()) == 1
    assert browser.complaints() == []


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (400, True)])
def test_it_can_be_read(game: Chronicle, browser: Browser, tmp_path: Path, width: int, dark: bool) -> None:
    place = tmp_path / "aar.html"
    place.write_text(aar_page(game, version="0"), encoding="utf-8")
    browser.open(place, width=width, dark=dark)
    browser.run(UNFOLD)
    assert browser.run(OUTSIDE) == []
    assert browser.run(CONTRASTS)["text"][0][0] >= 4.5
