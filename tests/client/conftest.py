"""What the client's tests share: a scripted game, and the screen as text."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.app import App

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.client import sample
from tests.client.scripted import ScriptedDoor
from wargame.client.keyboard import use_keys
from wargame.client.speech import speak
from wargame.client.tui.app import ClientApp
from wargame.client.tui.ascii import draw_bars
from wargame.client.tui.paint import use_ascii


def screen_text(app: App[Any]) -> str:
    """What the terminal shows, one line a row."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


@pytest.fixture
def shown() -> Callable[[App[Any]], str]:
    return screen_text


@pytest.fixture
def door() -> ScriptedDoor:
    """Washington at the crisis desk in turn 3."""
    made = ScriptedDoor("washington", sample.catalog(), sample.view(), sample.offers())
    made.answers = sample.answers
    return made


@pytest.fixture
def client(tmp_path: Path) -> Callable[..., ClientApp]:
    """Makes an app whose drafts go to a folder of the test."""

    def make(door: ScriptedDoor | None, **more: Any) -> ClientApp:
        return ClientApp(door, folder=tmp_path, **more)

    return make


@pytest.fixture(autouse=True)
def signs() -> Any:
    yield
    use_ascii(False)
    draw_bars(False)
    speak("")
    use_keys({})
