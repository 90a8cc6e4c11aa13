"""The text is at most 100 columns wide, ordered by what matters, and says each seat's figures."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.sweeps import numbers_of
from wargame.analysis.simulate import judged
from wargame.analysis.sweep.targets import Balance
from wargame.analysis.sweep.telling import WIDTH, tell


@pytest.mark.parametrize("name", ["bridge_week", "five_questions", "skirmish", "everything"])
@pytest.mark.parametrize("everything", [False, True])
def test_no_line_is_wider_than_the_page(name: str, everything: bool) -> None:
    numbers = judged(numbers_of(name), Balance())
    lines = list(tell(numbers, everything=everything))
    assert max(len(line) for line in lines) <= WIDTH
    assert all(line == line.rstrip() for line in lines)


def told(numbers: dict[str, Any], *, everything: bool = False) -> str:
    return "\n".join(tell(numbers, everything=everything))


def test_every_seat_is_told_of_with_its_mandate() -> None:
    numbers = numbers_of("five_questions")
    numbers["seats"]["congress"]["mandate"] = {"share": 0.237, "low": 0.19, "high": 0.29}
    text = told(numbers)
    assert all(told["title"] in text for told in numbers["seats"].values())
    assert "24 % (19-29)" in text


def test_targets_come_first_with_figure_and_span() -> None:
    numbers = numbers_of("five_questions")
    numbers["nobody"]["share"] = 0.64
    lines = told(judged(numbers, Balance())).splitlines()
    assert lines.index("Seats") > next(place for place, line in enumerate(lines) if line.startswith("The targets: "))
    assert "  MISSED     64.0 %  No seat meets its mandate (target 10-25 %)" in lines


def test_details_are_told_on_demand() -> None:
    numbers = numbers_of("five_questions")
    short, long = told(numbers), told(numbers, everything=True)
    assert "--all" in short
    assert len(long) > 3 * len(short)
    for card in numbers["cards"]:
        assert f"({card})" in " ".join(long.split())


def test_what_never_happened_is_named() -> None:
    numbers = numbers_of("bridge_week")
    numbers["never"].update(cards=["lost_card"], orders=[{"seat": "congress", "order": "wait", "open": 3}])
    text = told(numbers)
    assert "cards: lost_card" in text
    assert "orders that were open: wait (congress)" in text


def test_against_tells_gains_and_what_differs_for_sure() -> None:
    numbers = numbers_of("bridge_week")
    seat = numbers["people"][0]
    order = {"seat": seat, "order": "wait", "share": 0.6, "share_against": 0.2, "difference": 0.4}
    numbers["against"] = {
        "bots": "random",
        "seats": {
            seat: {
                "level": "search",
                "against": "random",
                "gain": {"mean": 3.25, "low": 1.0, "high": 5.5},
                "mandate": 0.5,
                "mandate_against": 0.25,
            }
        },
        "options": [],
        "orders": [{**order, "label": "Sure", "low": 0.3, "high": 0.5}, {**order, "label": "Unsure", "low": -0.1, "high": 0.9}],
    }
    text = told(numbers)
    assert "+3.2 (+1.0 to +5.5)" in text
    assert "search instead of random, mandates 50 % instead of 25 %" in " ".join(text.split())
    assert "Sure" in text
    assert "Unsure" not in text
