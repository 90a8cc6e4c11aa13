"""What is read out has no columns, no signs that only an eye reads, and no empty lines."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.client import sample, sample_class
from tests.client.plain.typist import sitting
from tests.client.scripted import ScriptedDoor
from wargame.client.plain.run import VERBS
from wargame.client.plain.spoken import spoken, time_words


def test_columns_become_commas_and_indents_stay() -> None:
    assert spoken("Strength    medium   up 2\n\n  Dice: 40 in 100\n      3   of 5") == [
        "Strength, medium, up 2",
        "  Dice: 40 in 100",
        "3, of 5",
    ]


def test_a_turn_is_no_fraction_and_a_dot_between_no_dot() -> None:
    assert spoken("Turn 3/8: April  ·  Rooms") == ["Turn 3 of 8: April; Rooms"]


def test_ascii_on_demand() -> None:
    assert spoken("“Yes” – then…", ascii_only=True) == ['"Yes" - then...']


@given(st.text())
def test_no_line_is_empty_or_holds_a_control_character(text: str) -> None:
    for line in spoken(text):
        assert line.strip()
        assert all(unicodedata.category(letter) not in ("Cc", "Zl", "Zp") for letter in line)


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0 seconds"), (1, "1 second"), (60, "1 minute"), (125, "2 minutes 5 seconds")]
)
def test_time_is_told_in_words(seconds: int, words: str) -> None:
    assert time_words(seconds) == words


DRAWN = range(0x2190, 0x2C00)  # arrows, boxes, blocks, geometric shapes, dingbats


def player(phase: str = "desk") -> ScriptedDoor:
    door = ScriptedDoor("washington", sample.catalog(), sample.view(phase=phase), sample.offers(phase))
    door.answers = sample.answers
    return door


@pytest.mark.parametrize("who", ["washington", "white_cell"])
async def test_no_command_draws_anything_or_fails(who: str, tmp_path: Path) -> None:
    """Every command there is, as it is typed alone, then with a number, with Enter to all that it asks."""
    door = player() if who == "washington" else sample_class.facilitator()
    async with sitting(door, tmp_path) as sat:
        for verb in VERBS:
            if verb.allowed(sat.client.look) and verb.name not in ("quit", "wait"):
                await sat.typist.type(verb.name, "", "", "", "", "", "", "")
                await sat.typist.type(f"{verb.name} 1", "", "", "", "", "", "", "")
        for line in sat.typist.said:
            assert "went wrong" not in line, line
            assert "\x1b" not in line
            drawn = [letter for letter in line if ord(letter) in DRAWN]
            assert not drawn, line
