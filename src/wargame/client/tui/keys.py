"""All commands of the client by the page they work on, for the file of a person's own keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from wargame.client.keyboard import Keys, use_keys
from wargame.client.keymap import FILE, Page, keys_file, read_keys, unsent
from wargame.client.storage import config_file
from wargame.client.tui.command import Command
from wargame.client.tui.screens.game import GameScreen
from wargame.scenario.node import Mark
from wargame.scenario.problem import Problem, Report

SCREENS = {
    "player": "wargame.client.tui.screens.player:PlayerScreen",
    "console": "wargame.client.tui.screens.console:ConsoleScreen",
    "preview": "wargame.client.preview.screens:PreviewGame",
    "replay": "wargame.client.replay.screens:ReplayPlayer",
}


def pages() -> list[Page]:
    """Every page with the commands that work while it is up: its own, its screen's and the tabs."""
    return [
        Page(title, {each.id: each.usual for each in commands if each.action and not any(map(unsent, each.usual))})
        for title, commands in _pages()
    ]


def sheet_of_keys(chosen: Keys) -> str:
    """The file with every command, the keys it has now and what it does."""
    words = {each.id: each.words for _, commands in _pages() for each in commands}
    return keys_file(pages(), chosen, words)


def take_own() -> Sequence[Problem]:
    """Uses the person's own file, if there is one; what is wrong with it, and then the usual keys stay."""
    path = config_file(FILE)
    if not path.exists():
        return ()
    try:
        keys, problems = read(path)
    except OSError as problem:
        return (Problem(Mark(str(path), 1, 1), "unreadable", f"The file cannot be read: {problem.strerror or problem}."),)
    if not problems:
        use_keys(keys)
    return problems


def read(path: Path) -> tuple[Keys, Sequence[Problem]]:
    """The keys of a file and what is wrong with it. OSError where it cannot be read."""
    report = Report()
    keys = read_keys(path.read_bytes(), str(path), pages(), report)
    return keys, report.sorted()


def _pages() -> Iterator[tuple[str, Sequence[Command]]]:
    for who, place in SCREENS.items():
        kind: type[GameScreen] = _named(place)
        general = (*kind.GENERAL, *(command for _, further in kind.FURTHER for command in further))
        tabs = [sheet.command() for sheet in kind.SHEETS]
        for sheet in kind.SHEETS:
            own: Sequence[Command] = _named(f"wargame.client.tui.panes.{sheet.pane}").COMMANDS
            yield f"{who}, {sheet.label}", list({command.id: command for command in (*own, *general, *tabs)}.values())


def _named(place: str) -> Any:
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)
