"""Where only ASCII may be drawn, nothing of the client's own is drawn with anything else; words of the scenario stay."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.client.tui.tour import STOPS, Stop
from wargame.client.speech import speak
from wargame.client.tui.app import ClientApp

Make = Callable[..., ClientApp]
Shown = Callable[[Any], str]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    yield
    speak("")


def told(door: Any) -> str:
    """Every text that the server could send."""
    return repr((door.catalog, door.mirror.data, door.classroom, door.answers)) if door is not None else ""


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("stop", STOPS[::2], ids=lambda stop: stop.name)
async def test_only_ascii_is_drawn(stop: Stop, language: str, client: Make, shown: Shown) -> None:
    speak(language, by_choice=True)
    door = stop.door()
    app = client(door, ascii_only=True)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        for key in stop.keys:
            await pilot.press(key)
            await pilot.pause()
        theirs = {sign for sign in told(door) if sign.isalpha()}
        odd = {sign: line for line in shown(app).splitlines() for sign in line if not sign.isascii() and sign not in theirs}
        assert odd == {}
