"""What is told first is most lopsided or most certain; too few choices tell nothing."""

from __future__ import annotations

from typing import Any

from tests.support.sweeps import numbers_of
from wargame.analysis.sweep.findings import ENOUGH, FEW, choices, paying, questions


def option(label: str, chosen: int, share: float, gain: tuple[float, float, float] | None = None) -> dict[str, Any]:
    mean, low, high = gain or (None, None, None)
    return {"label": label, "chosen": chosen, "share": share, "gain_over_others": {"mean": mean, "low": low, "high": high}}


def numbers(*cards: tuple[str, int, dict[str, Any]]) -> dict[str, Any]:
    return {
        "cards": {title: {"title": title, "choices": {"north": {"choices": n, "options": told}}} for title, n, told in cards},
        "actions": {"north": {}},
    }


def test_the_most_lopsided_question_comes_first_and_rare_ones_last() -> None:
    even = {"a": option("A", 50, 0.5), "b": option("B", 50, 0.5)}
    tilted = {"a": option("A", 10, 0.1), "b": option("B", 90, 0.9)}
    found = questions(numbers(("Rare", FEW - 1, tilted), ("Even", 100, even), ("Tilted", 100, tilted)))
    assert [each.title for each in found] == ["Tilted", "Even", "Rare"]
    assert [each.lopsided for each in found] == [0.9, 0.5, 0.0]
    assert found[0].most["label"] == "B"


def test_a_card_with_one_answer_asks_nothing() -> None:
    assert questions(numbers(("One", 100, {"a": option("A", 100, 1.0)}))) == []


def test_what_pays_is_certain_and_was_chosen_often() -> None:
    told = {
        "best": option("Best", ENOUGH, 0.2, (5.0, 1.0, 9.0)),
        "good": option("Good", ENOUGH, 0.2, (2.0, 0.5, 3.5)),
        "vague": option("Vague", ENOUGH, 0.2, (4.0, -1.0, 9.0)),
        "rare": option("Rare", ENOUGH - 1, 0.2, (9.0, 8.0, 10.0)),
        "worst": option("Worst", ENOUGH, 0.2, (-6.0, -9.0, -3.0)),
        "bad": option("Bad", ENOUGH, 0.2, (-1.0, -1.5, -0.5)),
        "unknown": option("Unknown", ENOUGH, 0.2),
    }
    found = paying(numbers(("Card", 300, told)))
    assert [each.told["label"] for each in found.more] == ["Best", "Good"]
    assert [each.told["label"] for each in found.less] == ["Worst", "Bad"]
    assert (found.compared, found.found, found.by_chance) == (5, 4, 0)


def test_every_order_and_answer_of_a_sweep_is_looked_at() -> None:
    swept = numbers_of("skirmish")
    orders = sum(len(mine) for mine in swept["actions"].values())
    options = [len(each["options"]) for card in swept["cards"].values() for each in card["choices"].values()]
    assert len(list(choices(swept))) == orders + sum(number for number in options if number > 1)
