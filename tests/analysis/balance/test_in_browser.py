"""Opened by a double click in a real browser the page is whole: nothing fetched, no complaint, nothing out of sight."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.balance import HOSTILE, hostile, judged_numbers
from tests.support.browser import CONTRASTS, OUTSIDE, UNFOLD, Browser, chromium
from wargame.analysis.balance.naming import percent
from wargame.analysis.balance.page import balance_page
from wargame.analysis.html import clean

LEAST_CONTRAST = {"text": 4.5, "line": 3.0}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def numbers() -> dict[str, Any]:
    return judged_numbers("five_questions")


@pytest.fixture(scope="module")
def page(numbers: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "five questions & more.html"
    path.write_text(balance_page(numbers, "1.2.3"), encoding="utf-8")
    return path


def test_it_opens_alone_and_says_what_the_numbers_say(browser: Browser, page: Path, numbers: dict[str, Any]) -> None:
    browser.open(page)
    assert browser.requests() == [page.as_uri()]
    assert browser.complaints() == []
    assert browser.driver.title == f"{numbers['scenario']['title']}: how it plays"
    met = sum(target["met"] for target in numbers["health"]["targets"])
    tiles = browser.run("return [...document.querySelectorAll('dd')].map((each) => each.textContent)")
    assert tiles[0] == f"{met} of {len(numbers['health']['targets'])}"
    assert tiles[2] == percent(numbers["catastrophes"]["share"])
    links = browser.run("return [...document.querySelectorAll('nav a')].map((each) => [each.hash.slice(1), each.textContent])")
    heads = browser.run(
        "return [...document.querySelectorAll('section[id]')].map((each) => [each.id, each.children[0].textContent])"
    )
    assert links == heads
    rows = browser.run("return [...document.querySelectorAll('#cards tbody tr')].map((row) => row.cells[1].textContent)")
    assert rows == [percent(share) for share in sorted((c["games"]["share"] for c in numbers["cards"].values()), reverse=True)]
    assert browser.run("return [...document.querySelectorAll('svg')].every((each) => each.querySelector('title').textContent)")


def test_tables_sort_by_figure_and_by_name(browser: Browser, page: Path) -> None:
    browser.open(page)
    column = "return [...document.querySelectorAll('#cards tbody tr')].map((row) => row.cells[%d].%s)"
    head = "document.querySelectorAll('#cards thead button')[%d].click(); return null"
    before = browser.run(column % (2, "dataset.v"))
    browser.run(head % 2)
    down = [float(value) for value in browser.run(column % (2, "dataset.v"))]
    assert down == sorted((float(value) for value in before), reverse=True)
    browser.run(head % 2)
    assert [float(value) for value in browser.run(column % (2, "dataset.v"))] == down[::-1]
    browser.run(head % 0)
    names = browser.run(column % (0, "textContent.toLowerCase()"))
    assert names == browser.run(f"return {names!r}.sort((a, b) => a.localeCompare(b))")
    assert browser.run("return document.querySelectorAll('#cards th[aria-sort]').length") == 1


def test_searching_hides_what_is_not_meant(browser: Browser, page: Path, numbers: dict[str, Any]) -> None:
    browser.open(page)
    title = next(iter(numbers["cards"].values()))["title"]
    browser.run(
        f"const field = document.querySelector('#cards input'); field.value = {title!r}.toUpperCase(); "
        "field.dispatchEvent(new Event('input')); return null"
    )
    shown = "return [...document.querySelectorAll('#cards tbody tr')].filter((row) => row.offsetHeight).length"
    assert browser.run(shown) == sum(title in card["title"] for card in numbers["cards"].values())


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_is_out_of_sight(browser: Browser, page: Path, width: int) -> None:
    """Also with everything unfolded."""
    browser.open(page, width=width)
    browser.run(UNFOLD)
    assert browser.run("return [document.documentElement.scrollWidth, innerWidth]") == [width, width]
    assert browser.run(OUTSIDE) == []


@pytest.mark.parametrize("dark", [False, True])
def test_everything_can_be_told_from_its_ground(browser: Browser, page: Path, dark: bool) -> None:
    browser.open(page, dark=dark)
    browser.run(UNFOLD)
    assert browser.run("return getComputedStyle(document.body).backgroundColor") == (
        "rgb(20, 23, 27)" if dark else "rgb(255, 255, 255)"
    )
    found = browser.run(CONTRASTS)
    assert found["texts"] > 1000
    assert found["lines"] > 100
    for kind, least in LEAST_CONTRAST.items():
        assert found[kind][0][0] >= least, found[kind]


def test_it_can_be_read_without_its_script(browser: Browser, page: Path) -> None:
    """Parts and figures are there; what would do nothing is not."""
    browser.open(page, script=False)
    words = browser.driver.find_element("css selector", "body").text
    assert "Is it fair?" in words
    assert "What never happened" in words
    assert "Search" not in words


def test_it_prints_on_a_few_sheets(browser: Browser, page: Path, tmp_path: Path) -> None:
    from pypdf import PdfReader

    browser.open(page, dark=True)
    browser.pdf(tmp_path / "page.pdf")
    sheets = PdfReader(tmp_path / "page.pdf").pages
    assert 5 <= len(sheets) <= 40
    assert [round(float(side)) for side in sheets[0].mediabox[2:]] == [595, 842]  # A4
    assert "Is it fair?" in sheets[0].extract_text()


def test_markup_of_a_designer_does_nothing(browser: Browser, tmp_path: Path) -> None:
    numbers = hostile(judged_numbers("bridge_week"))
    path = tmp_path / "hostile.html"
    path.write_text(balance_page(numbers, "1"), encoding="utf-8")
    browser.open(path, width=360)
    assert browser.driver.title.startswith("<script>document.title='taken'</script>")
    assert browser.requests() == [path.as_uri()]
    assert browser.complaints() == []
    assert " ".join(clean(HOSTILE).split()) in browser.run(
        "return document.querySelector('h1').textContent.replace(/\\s+/g, ' ')"
    )
    assert browser.run("return [document.images.length, document.scripts.length]") == [0, 1]
    browser.run(UNFOLD)
    assert browser.run("return document.documentElement.scrollWidth") == 360
