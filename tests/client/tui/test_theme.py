"""Everything on every screen stands out from what is beneath it: text 4.5 to 1, signs and bars 3 to 1, in every theme.

Lines and frames are left out: they only divide what is told apart by its place anyway.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product

import pytest
from textual.color import Color

from tests.client.tui.tour import STOPS, Stop, painted, ratio
from wargame.client.run import THEME_NAMES
from wargame.client.tui.app import ClientApp
from wargame.client.tui.theme import THEMES
from wargame.client.tui.widgets.tilemap import TINT

Make = Callable[..., ClientApp]
FRAME = re.compile(r"[\s\u2500-\u257f▔▁▊▎▏▌▐]+")
LETTERS = re.compile(r"\w")
TEXT, SIGN = 4.5, 3.0


def test_contrast_is_measured_as_the_rule_says() -> None:
    assert ratio(Color.parse("#000000"), Color.parse("#ffffff")) == pytest.approx(21)
    assert ratio(Color.parse("#777777"), Color.parse("#ffffff")) == pytest.approx(4.48, abs=0.01)
    assert ratio(Color.parse("#ff0000"), Color.parse("#ff0000")) == 1


@pytest.mark.parametrize("name", THEME_NAMES)
def test_every_colour_of_a_theme_stands_out_from_every_ground(name: str) -> None:
    theme, variables = THEMES[name], THEMES[name].variables
    grounds = {each: Color.parse(str(getattr(theme, each))) for each in ("background", "surface", "panel", "boost")}
    grounds["cursor"] = Color.parse(variables["cursor"])
    told = {each: Color.parse(str(getattr(theme, each))) for each in ("foreground", "secondary", "accent", "warning", "error")}
    told |= {each: Color.parse(color) for each, color in variables.items() if each.startswith(("quiet", "stance-", "seat-"))}
    seats = {each: color for each, color in told.items() if each.startswith("seat-")}
    tiles = {f"tile of {each}": grounds["panel"].blend(color, TINT / 100) for each, color in seats.items()}
    pairs = [*product(told.items(), grounds.items()), *product(seats.items(), tiles.items())]
    faint = {(word, ground): ratio(front, back) for (word, front), (ground, back) in pairs if ratio(front, back) < TEXT}
    assert faint == {}


def faint(app: ClientApp) -> list[str]:
    """What does not stand out enough, with its colours."""
    found = {}
    for text, front, back in painted(app):
        if FRAME.fullmatch(text):
            continue
        least = TEXT if LETTERS.search(text) else SIGN
        if ratio(front, back) < least - 0.005:
            found[front.hex, back.hex] = f"{text.strip()[:30]!r} {front.hex} on {back.hex}: {ratio(front, back):.2f}"
    return list(found.values())


@pytest.mark.parametrize("stop", STOPS, ids=lambda stop: stop.name)
async def test_nothing_on_a_screen_is_faint(stop: Stop, client: Make) -> None:
    app = client(stop.door())
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        for key in stop.keys:
            await pilot.press(key)
            await pilot.pause()
        told = []
        for name in THEME_NAMES:
            app.theme = THEMES[name].name
            await pilot.pause()
            told += [f"{name}: {each}" for each in faint(app)]
        assert told == []
