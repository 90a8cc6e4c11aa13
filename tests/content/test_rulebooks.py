"""Every rulebook stands alone, explains itself, and knows nothing about any one crisis."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from wargame.scenario.load import load

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("area_control", "crisis_turns", "escalation_ladder", "war_powers")
FORBIDDEN = re.compile(
    r"mexic|cartel|washington|congress|fentanyl|sinaloa|chapitos|mayiza|cjng|tariff|white house|\bus\b|\bu\.s\.|american|drug",
    re.IGNORECASE,
)


def test_all_are_looked_at() -> None:
    assert tuple(sorted(folder.name for folder in (ROOT / "rulebooks").iterdir() if folder.is_dir())) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_names_no_party_of_any_crisis(name: str) -> None:
    for file in sorted((ROOT / "rulebooks" / name).rglob("*")):
        if file.is_file():
            assert FORBIDDEN.findall(file.read_text(encoding="utf-8")) == [], file


@pytest.mark.parametrize("name", NAMES)
def test_loads_alone(name: str) -> None:
    loaded = load(ROOT / "rulebooks" / name)
    assert [str(problem) for problem in loaded.report.sorted()] == []


@pytest.mark.parametrize("name", NAMES)
def test_is_described(name: str) -> None:
    prose = (ROOT / "rulebooks" / name / "rulebook.md").read_text(encoding="utf-8")
    for part in ("**Roles.**", "**What it adds.**", "**How to bind it.**"):
        assert part in prose, part


@pytest.mark.parametrize("name", NAMES)
def test_two_scenarios_use_it(name: str) -> None:
    users = []
    for folder in sorted((ROOT / "scenarios").iterdir()):
        scenario = load(folder).scenario
        if scenario is not None and name in [each.name for each in scenario.rulebooks]:
            users.append(folder.name)
    assert len(users) >= 2
