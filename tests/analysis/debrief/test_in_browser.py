"""Opened by a double click the debrief is whole: nothing fetched, no complaint, the dice checked by its own script."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b, sha256
from pathlib import Path

import pytest

from tests.support.browser import CONTRASTS, OUTSIDE, UNFOLD, Browser, chromium
from tests.support.chronicles import bots_chronicle, played_chronicle
from wargame.analysis.chronicle import Chronicle
from wargame.analysis.debrief.page import debrief_page
from wargame.analysis.debrief.record import read
from wargame.rules.dice import draw

CHECK = "document.querySelector('.checking button').click(); return document.querySelector('.checking p').textContent"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def chronicle() -> Chronicle:
    return bots_chronicle("five_questions", 2)


@pytest.fixture(scope="module")
def page(chronicle: Chronicle, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "the debrief & more.html"
    path.write_text(debrief_page(chronicle, version="1.2.3"), encoding="utf-8")
    return path


def test_it_opens_alone_with_a_table_of_contents(browser: Browser, page: Path) -> None:
    browser.open(page)
    assert browser.requests() == [page.as_uri()]
    assert browser.complaints() == []
    links = browser.run("return [...document.querySelectorAll('nav a')].map((each) => each.hash.slice(1))")
    assert links == browser.run("return [...document.querySelectorAll('section[id]')].map((each) => each.id)")
    assert browser.run("return [...document.querySelectorAll('svg')].every((each) => each.querySelector('title').textContent)")


def test_the_scripts_hashes_are_those_of_the_standard(browser: Browser, page: Path) -> None:
    """Keyed BLAKE2b around the length of a block, and SHA-256 around that of its padding, as hashlib has them."""
    browser.open(page)
    key = bytes(range(32))
    texts = ["", "a", "3|order|1|é", "x" * 127, "y" * 128, "z" * 129, "q" * 500]
    hashes = browser.run(
        f"const c = document.querySelector('[data-seed]').check, key = c.unhex('{key.hex()}');"
        f"return {texts!r}.map((text) => [c.blake2b(c.bytes(text), key, 8), c.blake2b(c.bytes(text), new Uint8Array(0), 64), "
        "c.sha256(c.bytes(text)), c.draw(key, text, 100)])"
    )
    for text, found in zip(texts, hashes, strict=True):
        data = text.encode()
        assert found == [
            blake2b(data, key=key, digest_size=8).hexdigest(),
            blake2b(data).hexdigest(),
            sha256(data).hexdigest(),
            draw(key, text, 100),
        ]
    for length in (55, 56, 63, 64, 119, 120):
        text = "w" * length
        shown = browser.run(f"const c = document.querySelector('[data-seed]').check; return c.sha256(c.bytes('{text}'))")
        assert shown == sha256(text.encode()).hexdigest()


def test_the_button_checks_every_roll(browser: Browser, page: Path, chronicle: Chronicle) -> None:
    browser.open(page)
    count = len(read(chronicle).rolls)
    assert count > 20
    assert (
        browser.run(CHECK)
        == f"✓ The seed is the one that was promised at the start. ✓ {count} of {count} rolls follow from it."
    )
    marks = browser.run("return [...document.querySelectorAll('tr[data-p] td:last-child')].map((each) => each.textContent)")
    assert marks == ["✓"] * count


def test_a_roll_or_seed_that_was_changed_is_found(browser: Browser, page: Path) -> None:
    browser.open(page)
    browser.run("const row = document.querySelector('tr[data-p]'); row.dataset.r = Number(row.dataset.r) + 1; return null")
    verdict = browser.run(CHECK)
    assert "✓ The seed is" in verdict
    assert "✗" in verdict
    assert browser.run("return document.querySelectorAll('tr.wrong').length") == 1
    browser.run("const p = document.querySelector('[data-seed]'); p.dataset.seed = '11'.repeat(32); return null")
    assert "is NOT the one that was promised" in browser.run(CHECK)


def test_tables_by_weight_are_checked_too(browser: Browser, tmp_path: Path) -> None:
    """A game in which a table with weights of the moment was rolled on."""
    games = (played_chronicle("odd", number) for number in range(1, 9))
    chronicle = next(each for each in games if any(roll.weights for roll in read(each).rolls))
    path = tmp_path / "odd.html"
    path.write_text(debrief_page(chronicle, version="1"), encoding="utf-8")
    browser.open(path)
    count = len(read(chronicle).rolls)
    assert browser.run(CHECK).endswith(f"✓ {count} of {count} rolls follow from it.")


def test_two_seats_are_compared_at_a_turn(browser: Browser, page: Path) -> None:
    """What the script shows is what the keys of the rows say; without a turn's news there is less than with it."""
    browser.open(page)
    ask = """
      const [a, b, t] = document.querySelectorAll('.asking select');
      [a.value, b.value, t.value] = arguments[0]; a.dispatchEvent(new Event('change'));
      return [...document.querySelectorAll('tr[data-k]')].filter((row) => !row.hidden).map((row) => row.dataset.k);
    """
    early = browser.driver.execute_script(ask, ["3", "0", "1"])
    late = browser.driver.execute_script(ask, ["3", "0", "3"])
    assert 0 < len(early) < len(late)
    for keys in late:
        mine, theirs = keys.split(",")[3], keys.split(",")[0]
        assert mine != ""
        assert int(mine.split("-")[0]) <= 3
        assert theirs == "" or int(theirs.split("-")[0]) > 3 or int(theirs.split("-")[1]) <= 3
    said = browser.run("return document.querySelector('.asking + p').textContent")
    assert f" knew {len(late)} things that " in said


@pytest.mark.parametrize("width", [400, 1280])
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
    browser.run(CHECK)
    found = browser.run(CONTRASTS)
    assert found["texts"] > 1000
    assert found["text"][0][0] >= 4.5, found["text"]
    assert found["line"][0][0] >= 3.0, found["line"]


def test_it_can_be_read_without_its_scripts(browser: Browser, page: Path) -> None:
    browser.open(page, script=False)
    words = browser.driver.find_element("css selector", "body").text
    for part in ("The story", "Who knew what when", "Every choice"):
        assert part in words
    assert "Check the seed" not in words


def test_keys_reach_everything_that_can_be_pressed(browser: Browser, page: Path) -> None:
    browser.open(page)
    assert browser.run(
        "return [...document.querySelectorAll('button, select, summary, a[href], input')].every((each) => each.tabIndex >= 0)"
    )
    assert browser.run("return document.querySelectorAll('[onclick], [tabindex=\"-1\"]').length") == 0
