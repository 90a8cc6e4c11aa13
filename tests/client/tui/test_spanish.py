"""A person who reads Spanish finds no English of ours on any screen; another's table speaks as it will."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.client.tui.test_ascii import told
from tests.client.tui.tour import STOPS, Stop, washington
from wargame.client.speech import language_wanted, speak, spoken
from wargame.client.tui.app import ClientApp
from wargame.words import words_of

Make = Callable[..., ClientApp]
Shown = Callable[[Any], str]
WHOLE = {  # sentences of two words and more that stand in a row on a screen, and are others in Spanish
    english: re.compile(rf"(?<![\w.]){re.escape(english)}(?![\w])")
    for english, words in words_of("es").sentences.items()
    if english.count(" ") and english != words and "{" not in english and "\n" not in english and len(english) < 60
}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    yield
    speak("")


@pytest.mark.parametrize("stop", STOPS[::3], ids=lambda stop: stop.name)
async def test_no_english_of_ours_is_left_on_a_screen(stop: Stop, client: Make, shown: Shown) -> None:
    speak("es", by_choice=True)
    door = stop.door()
    app = client(door)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        for key in stop.keys:
            await pilot.press(key)
            await pilot.pause()
        text, theirs = shown(app), told(door)
        assert [words for words, pattern in WHOLE.items() if pattern.search(text) and words not in theirs] == []


async def test_the_table_s_language_is_spoken_where_nobody_chose_one(client: Make, shown: Shown) -> None:
    door = washington()
    door.catalog["scenario"]["language"] = "es"
    app = client(door)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.pause()
        assert spoken() == "es"
        assert "Situación" in shown(app)
    speak("en", by_choice=True)
    app = client(door)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert spoken() == "en"


@pytest.mark.parametrize(
    ("asked", "environment", "language"),
    [
        ("es", {"WARGAME_LANGUAGE": "en"}, "es"),
        ("", {"WARGAME_LANGUAGE": "es", "LANG": "en_US.UTF-8"}, "es"),
        ("", {"LANG": "es_MX.UTF-8"}, "es"),
        ("", {"LC_ALL": "C.UTF-8", "LANG": "es_MX.UTF-8"}, ""),
        ("", {"LANG": "fr_FR.UTF-8"}, "en"),
        ("", {}, ""),
    ],
)
def test_the_language_wanted(asked: str, environment: dict[str, str], language: str) -> None:
    assert language_wanted(asked, environment) == language
