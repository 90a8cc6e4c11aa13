"""Every shipped scenario is free of problems, keeps to offices and abstract words, and gives each seat something to read and to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from wargame.rules.compile import build
from wargame.rules.program import Program
from wargame.scenario.load import load
from wargame.scenario.model import Scenario

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("bridge_week", "five_questions", "skirmish")


def scenario(name: str) -> Scenario:
    loaded = load(ROOT / "scenarios" / name)
    assert [str(problem) for problem in loaded.report.sorted()] == []
    assert loaded.scenario is not None
    return loaded.scenario


def test_all_are_looked_at() -> None:
    assert tuple(sorted(folder.name for folder in (ROOT / "scenarios").iterdir() if folder.is_dir())) == NAMES


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
            assert len(set(stances)) == len(stances) == 3, card_id
            assert not [option.id for option in choice.options if re.search(r"right|wrong|best|worst|good|bad", option.id)], card_id
