"""The page says what the numbers say, in the order a teacher asks, and takes every text as text."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from tests.support.balance import hostile, judged_numbers
from tests.support.paper import Page
from wargame.analysis.balance.fair import close, verdict
from wargame.analysis.balance.method import command_of
from wargame.analysis.balance.naming import percent, typeset
from wargame.analysis.balance.page import balance_page

NAMES = ("bridge_week", "skirmish", "five_questions")
PARTS = ["fair", "winners", "endings", "choices", "orders", "cards", "tracks", "deals", "minutes", "never", "made"]


@pytest.mark.parametrize("name", NAMES)
def test_everything_that_was_counted_is_told(name: str) -> None:
    """Every seat, card, order, agreement, vote, moving track and ending that came, with its main figure."""
    numbers = judged_numbers(name)
    page = Page(balance_page(numbers, "9.9"))
    text = page.text
    wanted = [seat["title"] for seat in numbers["seats"].values()]
    wanted += [card["title"] for card in numbers["cards"].values()]
    wanted += [each["label"] for actions in numbers["actions"].values() for each in actions.values()]
    wanted += [each["label"] for kind in ("agreements", "motions", "tracks") for each in numbers[kind].values()]
    wanted += [each["title"] for each in numbers["endings"] if each["games"]]
    wanted += [target["words"] for target in numbers["health"]["targets"]]
    wanted += [percent(numbers["catastrophes"]["share"]), "wargame 9.9", command_of(numbers)]
    assert [each for each in wanted if " ".join(each.split()) not in text] == []
    parts = [attributes["id"] for tag, attributes in page.elements if tag == "section" and "id" in attributes]
    assert parts == [part for part in PARTS if part in parts]
    assert {"fair", "winners", "endings", "orders", "tracks", "minutes", "made"} <= set(parts)


def test_the_same_numbers_make_the_same_page() -> None:
    assert balance_page(judged_numbers("skirmish"), "1") == balance_page(judged_numbers("skirmish"), "1")


@pytest.mark.parametrize("name", NAMES)
def test_markup_in_texts_is_text(name: str) -> None:
    """No element more than without it, no control character, and the words are there to be read."""
    numbers = judged_numbers(name)
    plain, html = Page(balance_page(numbers, "1")), balance_page(hostile(numbers), "1")
    told = Page(html)
    assert [tag for tag, _ in told.elements].count("script") == 1
    assert sorted({tag for tag, _ in told.elements}) == sorted({tag for tag, _ in plain.elements})
    assert "<img src=x onerror=alert(1)>" in told.text
    assert not {"\x1b", "\u202e"} & set(html)


def test_every_picture_has_a_title() -> None:
    html = balance_page(judged_numbers("five_questions"), "1")
    pictures = html.split("<svg ")[1:]
    assert pictures
    for each in pictures:
        tree = ET.fromstring("<svg " + each.split("</svg>")[0] + "</svg>")
        assert tree.get("role") == "img"
        assert (tree.findtext("title") or "").strip()


def test_the_page_is_no_larger_than_a_photograph() -> None:
    assert len(balance_page(judged_numbers("five_questions"), "1").encode()) < 700_000


def test_the_verdict_counts_what_is_missed() -> None:
    numbers = judged_numbers("bridge_week")
    targets = numbers["health"]["targets"]
    for target in targets:
        target["met"] = True
    assert verdict(numbers) == f"Yes, by its targets: all {len(targets)} are met."
    targets[0]["met"] = False
    chance = "; 1 of them so narrowly that it may be chance" if close(targets[0], numbers) else ""
    assert verdict(numbers) == f"Not yet: 1 of {len(targets)} targets are missed{chance}."
    text = Page(balance_page(numbers, "1")).text
    assert "✗ missed" in text
    assert f"{len(targets) - 1} of {len(targets)}" in text


def test_a_target_is_close_where_an_edge_lies_within_the_interval() -> None:
    numbers = judged_numbers("bridge_week")
    seat = numbers["people"][0]
    target = {"measure": "mandate", "of": seat, "low": 15, "high": 35}
    for low, high, expected in ((0.1, 0.2, True), (0.2, 0.3, False), (0.3, 0.4, True), (0.5, 0.9, False)):
        numbers["seats"][seat]["mandate"] = {"share": (low + high) / 2, "low": low, "high": high}
        assert close(target, numbers) is expected
    assert not close({"measure": "stance", "of": seat, "low": 0, "high": 50}, numbers)


def test_answers_that_are_none_are_tagged() -> None:
    """One that nearly everybody gives and one that hardly anybody does, where enough were asked."""
    numbers = judged_numbers("bridge_week")
    numbers["health"]["targets"] = [each for each in numbers["health"]["targets"] if each["measure"] != "option"]
    card = next(card for card in numbers["cards"].values() if any(len(c["options"]) > 1 for c in card["choices"].values()))
    choice = next(choice for choice in card["choices"].values() if len(choice["options"]) > 1)
    numbers["cards"] = {"only": {**card, "choices": {"north": choice}}}
    for answers, expected in ((100, 1), (30, 0)):
        choice["choices"] = answers
        for place, told in enumerate(choice["options"].values()):
            chosen = answers - 1 if place == 0 else int(place == 1)
            told |= {"open": answers, "chosen": chosen, "share": chosen / answers, "share_when_open": chosen / answers}
        html = balance_page(numbers, "1")
        assert html.count('<span class="tag">nearly always</span></th>') == expected
        assert html.count('<span class="tag">hardly ever</span></th>') == expected * (len(choice["options"]) - 1)


def test_what_was_compared_with_other_bots_is_told() -> None:
    numbers = judged_numbers("bridge_week")
    seat = numbers["people"][0]
    gain = {"mean": 3.25, "low": 1.0, "high": 5.5}
    numbers["against"] = {
        "bots": "dove",
        "seats": {seat: {"level": "random", "against": "dove", "gain": gain, "mandate": 0.5, "mandate_against": 0.25}},
        "options": [],
        "orders": [
            {"seat": seat, "order": "x", "label": "An order of note", "share": 0.9, "share_against": 0.1, "difference": 0.8}
            | {"low": 0.7, "high": 0.9}
        ],
    }
    text = Page(balance_page(numbers, "1")).text
    assert "The same games by dove bots" in text
    assert "An order of note" in text
    assert "+3.2 (+1.0 to +5.5) points with random instead of dove bots" in text
    assert "--against dove" in text


def test_figures_are_typeset() -> None:
    assert typeset("-1.5 (-2.0 to +0.1), 15-35 % by one-ply") == "−1.5 (−2.0 to +0.1), 15–35\xa0% by one-ply"
