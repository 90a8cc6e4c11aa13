"""Keys that a person has chosen work, and the footer, the help and the palette show them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from tests.client.scripted import ScriptedDoor
from wargame.client.keyboard import use_keys
from wargame.client.keymap import unsent
from wargame.client.run import own_keys
from wargame.client.tui.app import ClientApp
from wargame.client.tui.keys import pages, read, sheet_of_keys

Make = Callable[..., ClientApp]
Shown = Callable[[Any], str]


@pytest.fixture(autouse=True)
def usual() -> Iterator[None]:
    yield
    use_keys({})


def test_an_id_is_one_command_and_its_keys_are_sent_by_terminals() -> None:
    usual: dict[str, set[tuple[str, ...]]] = {}
    for page in pages():
        for command, keys in page.keys.items():
            usual.setdefault(command, set()).add(keys)
    assert {command: keys for command, keys in usual.items() if len(keys) > 1} == {}
    assert {key: unsent(key) for (keys,) in usual.values() for key in keys if unsent(key)} == {}


def test_the_printed_file_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "keys.yaml"
    file.write_text(sheet_of_keys({}), encoding="utf-8")
    keys, problems = read(file)
    assert problems == []
    usual = {command: keys for page in pages() for command, keys in page.keys.items()}
    assert keys == usual


async def test_a_chosen_key_does_what_the_usual_one_did(client: Make, door: ScriptedDoor, shown: Shown) -> None:
    use_keys({"tab.map": ("N",), "help": ("exclamation_mark",), "situation.explain": ("Z",)})
    app = client(door)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "Z explain" in shown(app).splitlines()[-1]
        assert "! help" in shown(app).splitlines()[-1]
        await pilot.press("2")
        await pilot.pause()
        assert "Held by" not in shown(app)
        await pilot.press("N")
        await pilot.pause()
        assert "Held by" in shown(app)
        await pilot.press("question_mark")
        await pilot.pause()
        assert "On this page".upper() not in shown(app)
        await pilot.press("exclamation_mark")
        await pilot.pause()
        assert "N  " in shown(app)
        assert "ON THIS PAGE" in shown(app)


async def test_the_palette_tells_the_chosen_key(client: Make, door: ScriptedDoor, shown: Shown) -> None:
    use_keys({"tab.map": ("N",)})
    app = client(door)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.press("ctrl+p")
        await pilot.pause()
        app.screen.query_one(Input).value = "pieces"
        await pilot.pause(0.3)
        assert "who holds them, pieces (N)" in shown(app)


def test_a_file_that_cannot_be_used_is_told_and_the_usual_keys_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARGAME_CONFIG", str(tmp_path))
    assert own_keys() == ""
    (tmp_path / "keys.yaml").write_text("seel: x\n", encoding="utf-8")
    assert "`wargame keys` tells why" in own_keys()
    (tmp_path / "keys.yaml").write_text("orders.add: Y\n", encoding="utf-8")
    assert own_keys() == ""
