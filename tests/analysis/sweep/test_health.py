"""Each target is met or missed by its figure alone, ends included; few deals judge nothing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.sweeps import numbers_of
from wargame.analysis.sweep.health import ENOUGH_DEALS, health
from wargame.analysis.sweep.targets import Balance, Targets


def judged(numbers: dict[str, Any], balance: Balance | None = None, *, quick: bool = False) -> dict[tuple[str, str], Any]:
    found = health(numbers, balance or Balance(), quick=quick)
    assert found["met"] == all(each["met"] for each in found["targets"])
    return {(each["measure"], each["of"]): each for each in found["targets"]}


@pytest.fixture
def numbers() -> dict[str, Any]:
    return numbers_of("five_questions")


@pytest.mark.parametrize(("share", "met"), [(0.14, False), (0.15, True), (0.35, True), (0.351, False)])
def test_a_mandate_share_is_met_within_its_span(numbers: dict[str, Any], share: float, met: bool) -> None:
    numbers["seats"]["congress"]["mandate"]["share"] = share
    assert judged(numbers)["mandate", "congress"]["met"] is met


@pytest.mark.parametrize(("share", "met"), [(0.12, True), (0.4, True), (0.41, False)])
def test_quick_spans_are_wider_and_few(numbers: dict[str, Any], share: float, met: bool) -> None:
    numbers["seats"]["congress"]["mandate"]["share"] = share
    found = judged(numbers, quick=True)
    assert found["mandate", "congress"]["met"] is met
    assert {measure for measure, _ in found} <= {"mandate", "option", "catastrophes"}


def option(numbers: dict[str, Any], choices: int, chosen: int, open_then: int) -> None:
    for card in numbers["cards"].values():
        for choice in card["choices"].values():
            choice["choices"] = 0
            for told in choice["options"].values():
                told["open"] = 0
    choice = numbers["cards"]["tariff_response"]["choices"]["washington"]
    choice["choices"] = choices
    told = next(iter(choice["options"].values()))
    told.update(chosen=chosen, open=open_then, share=chosen / choices, share_when_open=chosen / open_then)
    for other in list(choice["options"].values())[1:]:
        other.update(open=choices, chosen=0, share=0.3, share_when_open=0.3)


def missed_options(numbers: dict[str, Any]) -> list[Any]:
    return [each for (measure, _), each in judged(numbers).items() if measure == "option" and not each["met"]]


def test_an_option_chosen_too_often_is_missed(numbers: dict[str, Any]) -> None:
    option(numbers, 100, 76, 100)
    [missed] = missed_options(numbers)
    assert missed["figure"] == 76
    option(numbers, 100, 75, 100)
    assert missed_options(numbers) == []


def test_an_option_seldom_chosen_is_judged_where_it_was_open(numbers: dict[str, Any]) -> None:
    option(numbers, 1000, 4, 100)
    [missed] = missed_options(numbers)
    assert missed["figure"] == 4
    option(numbers, 1000, 5, 100)
    assert missed_options(numbers) == []


def test_few_deals_judge_nothing(numbers: dict[str, Any]) -> None:
    option(numbers, ENOUGH_DEALS - 1, ENOUGH_DEALS - 1, ENOUGH_DEALS - 1)
    assert missed_options(numbers) == []


def test_a_correlation_is_judged_either_way(numbers: dict[str, Any]) -> None:
    for figure, met in ((0.35, True), (-0.35, True), (0.36, False), (-0.36, False)):
        numbers["seats"]["cjng"]["escalation_correlation"] = figure
        assert judged(numbers)["correlation", "cjng"]["met"] is met


def test_a_seat_may_have_targets_of_its_own(numbers: dict[str, Any]) -> None:
    numbers["seats"]["cjng"]["stances"] = {"escalate": 0.55, "hold": 0.25, "deescalate": 0.2}
    assert not judged(numbers)["stance", "cjng"]["met"]
    own = Balance(full=Targets(seats={"cjng": {"stance": (0, 60)}}))
    assert judged(numbers, own)["stance", "cjng"]["met"]


def test_secret_choices_too_far_apart_are_missed(numbers: dict[str, Any]) -> None:
    options = numbers["seats"]["washington"]["choices"]["objective"]["options"]
    for told, mean in zip(options.values(), (50.0, 55.0, 58.5), strict=True):
        told["without_catastrophe"].update(games=30, mean=mean)
    found = judged(numbers)["choice_scores", "washington.objective"]
    assert found["figure"] == 8.5
    assert not found["met"]


def test_required_cards_have_to_be_seen(numbers: dict[str, Any]) -> None:
    assert not any(measure == "required" for measure, _ in judged({**numbers, "cards": {}}))
    card = numbers["cards"]["tourist_kidnapping"]
    card["required"] = True
    card["games"]["share"] = 0.19
    assert not judged(numbers)["required", "tourist_kidnapping"]["met"]


def test_a_game_without_catastrophes_is_not_asked_for_them(numbers: dict[str, Any]) -> None:
    for ending in numbers["endings"]:
        ending["catastrophe"] = False
    assert ("catastrophes", "") not in judged(numbers)
