"""Numbers add up: shares to one, choices to what was open, turns to games; and all of it is JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.sweeps import numbers_of, swept
from wargame.rules.program import Family


@pytest.fixture(params=["bridge_week", "five_questions", "skirmish", "everything"])
def numbers(request: pytest.FixtureRequest) -> dict[str, Any]:
    return numbers_of(request.param)


def test_it_is_plain_data(numbers: dict[str, Any]) -> None:
    assert json.loads(json.dumps(numbers, allow_nan=False)) == numbers


def test_shares_of_endings_and_mandates_add_up(numbers: dict[str, Any]) -> None:
    games = numbers["games"]
    assert sum(ending["games"] for ending in numbers["endings"]) == games
    for ending in numbers["endings"]:
        assert sum(ending["by_turn"]) == ending["games"]
    assert sum(numbers["together"]["seats_that_meet"]) == pytest.approx(1, abs=0.001)
    assert numbers["together"]["seats_that_meet"][0] == numbers["nobody"]["share"]
    tops = sum(numbers["seats"][seat]["top"]["share"] for seat in numbers["people"])
    # A catastrophe leaves nobody on top.
    assert tops >= 1 - numbers["catastrophes"]["share"] - 0.001


def test_scores_lie_in_their_histograms(numbers: dict[str, Any]) -> None:
    for told in numbers["seats"].values():
        score = told["score"]
        assert sum(score["histogram"]) == numbers["games"]
        assert score["p5"] <= score["p25"] <= score["p50"] <= score["p75"] <= score["p95"]
        middle = sum(points * times for points, times in enumerate(score["histogram"])) / numbers["games"]
        assert score["mean"] == pytest.approx(middle, abs=0.51)
        assert score["low"] <= score["mean"] <= score["high"]


def test_options_share_the_choices_of_their_card(numbers: dict[str, Any]) -> None:
    for card in numbers["cards"].values():
        assert card["times"] == sum(card["by_turn"])
        for choice in card["choices"].values():
            options = choice["options"].values()
            assert sum(option["chosen"] for option in options) == choice["choices"]
            if choice["choices"]:
                assert sum(option["share"] for option in options) == pytest.approx(1, abs=0.001)


def test_nothing_is_chosen_more_often_than_it_was_open(numbers: dict[str, Any]) -> None:
    choices = [
        option for card in numbers["cards"].values() for key in card["choices"].values() for option in key["options"].values()
    ]
    choices += [told for actions in numbers["actions"].values() for told in actions.values()]
    for told in choices:
        assert told["chosen"] <= told["open"]
        assert sum(told["by_turn"]) == told["chosen"]
        assert (told["gain"]["mean"] is None) == (told["chosen"] == 0)
        if told["chosen"]:
            assert told["share_when_open"] == pytest.approx(told["chosen"] / told["open"], abs=1e-4)


def test_secret_choices_share_the_games(numbers: dict[str, Any]) -> None:
    for told in numbers["seats"].values():
        kinds = [choice["options"] for choice in told["choices"].values()] + [told["agendas"]]
        for options in kinds:
            if options:
                assert sum(option["games"] for option in options.values()) == numbers["games"]


def test_tracks_begin_as_declared_and_stay_in_range(numbers: dict[str, Any]) -> None:
    for told in numbers["tracks"].values():
        low, high = told["range"]
        assert all(low <= each["p5"] <= each["p50"] <= each["p95"] <= high for each in told["turns"])
        assert low <= told["reached"][0] <= told["reached"][1] <= high
        assert [each["games"] for each in told["turns"][1:]] == [games for games in numbers["turns"]["played"] if games]


def test_what_never_happened_is_what_has_no_count(numbers: dict[str, Any]) -> None:
    never = numbers["never"]
    assert all(numbers["cards"][card]["times"] == 0 for card in never["cards"])
    unchosen = {(each["seat"], each["order"]) for each in never["orders"]}
    for seat, actions in numbers["actions"].items():
        for name, told in actions.items():
            assert ((seat, name) in unchosen) == (told["chosen"] == 0)
    assert all(numbers["agreements"][name]["signed"] == 0 for name in never["agreements"])
    bands = {(each["track"], each["band"]) for each in never["bands"]}
    for name, track in numbers["tracks"].items():
        for band in track["bands"]:
            assert band["reached"] == ((name, band["name"]) not in bands)


def test_flags_that_were_never_set_are_named() -> None:
    plan, tally = swept("five_questions")
    names = [slot.name for slot in plan.program.slots if slot.family is Family.FLAG]
    never = numbers_of("five_questions")["never"]["flags"]
    assert set(never) < set(names)
    assert all(tally.at("reached", name, place=1) > 0 for name in names if name not in never)


def test_seats_beside_the_people_are_told_but_not_judged() -> None:
    numbers = numbers_of("bridge_week", people=1)
    first, *others = numbers["seats"].values()
    assert first["people"]
    assert first["top"]["share"] == 1
    assert others
    assert all(not told["people"] and told["top"] is None and told["mandate"]["share"] is not None for told in others)
    assert len(numbers["together"]["seats_that_meet"]) == 2
