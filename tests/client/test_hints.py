"""A hint names the key that its command has, by itself or as the person chose it; in the line mode the word to type."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from wargame.client.hints import KEYS, how, use_lines
from wargame.client.keyboard import key_name, use_keys
from wargame.client.tui.keys import pages


@pytest.fixture(autouse=True)
def usual() -> Iterator[None]:
    yield
    use_keys({})
    use_lines(False)


def test_every_hint_names_a_key_of_a_command_there_is() -> None:
    """The first one; but for the result, whose first key the console has for another page."""
    usual = {command: keys for page in pages() for command, keys in page.keys.items()}
    assert {name: (hint.command, hint.usual) for name, hint in KEYS.items() if usual[hint.command][0] != hint.usual} == {
        "ending": ("tab.end", "g")
    }
    assert "g" in usual["tab.end"]


def test_a_chosen_key_is_the_one_that_is_told() -> None:
    assert how("done") == "press e"
    use_keys({"seal": ("exclamation_mark",)})
    assert how("done") == "press !"
    assert how("floor") == "press 7, ! when done"


def test_in_the_line_mode_words_are_typed() -> None:
    use_lines(True)
    assert how("done") == "type done"
    assert how("leave") == "type quit"


def test_keys_are_shown_as_people_call_them() -> None:
    assert [key_name(key) for key in ("f5", "ctrl+p", "full_stop", "enter", "E")] == ["F5", "^p", ".", "Enter", "E"]
