"""Every shipped scenario is free of problems, gives each seat something to read and to do, and can be played to its end."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from wargame.analysis.simulate import play_one, required_seats
from wargame.rules.compile import build
from wargame.rules.program import Program
from wargame.scenario.load import load
from wargame.scenario.model import Scenario

ROOT = Path(__file__).resolve().parents[2]
NAMES = sorted(folder.name for folder in (ROOT / "scenarios").iterdir() if folder.is_dir())


def scenario(name: str) -> Scenario:
    loaded = load(ROOT / "scenarios" / name)
    assert [str(problem) for problem in loaded.report.sorted()] == []
    assert loaded.scenario is not None
    return loaded.scenario


def test_all_are_looked_at() -> None:
    assert {"blackout", "bridge_week", "five_questions", "practice", "skirmish", "strait"} <= set(NAMES)


def program(name: str) -> Program:
    loaded = load(ROOT / "scenarios" / name)
    assert loaded.scenario is not None
    built = build(loaded.scenario, loaded.report)
    assert [str(problem) for problem in loaded.report.sorted()] == []
    assert built is not None
    return built


@pytest.mark.parametrize("name", NAMES)
def test_every_seat_has_a_menu_and_a_score(name: str) -> None:
    built = program(name)
    for number, seat in enumerate(built.seats):
        assert len(built.menus[number]) >= 3, seat
        assert built.scores[number], seat


def ended(numbers: Mapping[str, Any]) -> bool:
    """Whether a game came to an ending, or to its last turn."""
    [ending] = [ending for ending in numbers["endings"] if ending["games"]]
    return ending["id"] is not None or numbers["turns"]["mean"] == numbers["turns"]["most"]


def ordered(numbers: Mapping[str, Any]) -> bool:
    """Whether every seat in it gave an order that was carried out."""
    return all(any(told["done"] for told in actions.values()) for actions in numbers["actions"].values())


@pytest.mark.parametrize("everybody", [False, True], ids=["six", "seven"])
def test_the_flagship_can_be_played_to_its_end(everybody: bool) -> None:
    built = program("five_questions")
    seats = built.seats if everybody else required_seats(built)
    assert len(seats) == (7 if everybody else 6)
    numbers = play_one(built, "random", "7", seats)
    assert ended(numbers)
    assert set(numbers["seats"]) == set(seats)
    assert all(0 <= told["score"]["mean"] <= 100 for told in numbers["seats"].values())
    assert any(card["times"] for card in numbers["cards"].values())
    assert ordered(numbers)


@pytest.mark.parametrize("name", ["bridge_week", "skirmish", "strait"])
def test_the_small_ones_can_be_played_to_their_end(name: str) -> None:
    built = program(name)
    numbers = play_one(built, "random", "7", built.seats)
    assert ended(numbers)
    assert ordered(numbers)


@pytest.mark.parametrize("name", NAMES)
def test_says_what_it_is(name: str) -> None:
    found = scenario(name)
    assert all((found.title, found.summary, found.content_note))
    for seat in found.seats.values():
        assert seat.briefing.get().startswith("# "), seat.title
        assert seat.short, seat.title


@pytest.mark.parametrize("name", NAMES)
def test_options_are_labelled_by_stance_not_by_worth(name: str) -> None:
    for card_id, card in scenario(name).injects.items():
        for choice in card.choices.values():
            stances = [option.stance for option in choice.options]
            assert len(set(stances)) == 3, card_id
            assert not [option.id for option in choice.options if re.search(r"right|wrong|best|worst|good|bad", option.id)], (
                card_id
            )
