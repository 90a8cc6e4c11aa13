"""Numbers read from a file are whole, or a sentence says what they lack; whatever is accepted makes a page."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.balance import judged_numbers
from tests.support.paper import Page
from tests.support.play import program_of
from wargame.analysis.balance import numbers as module
from wargame.analysis.balance.numbers import NotNumbersError, read_numbers
from wargame.analysis.balance.page import balance_page
from wargame.analysis.simulate import Simulation, judged
from wargame.analysis.sweep.plan import Plan
from wargame.analysis.sweep.targets import Balance

odd = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=5),
    st.just([]),
    st.just({}),
    st.just(10**30),
)


@pytest.mark.parametrize("name", ["bridge_week", "skirmish", "practice", "five_questions"])
def test_what_a_sweep_prints_is_accepted(name: str) -> None:
    numbers = judged_numbers(name, 4)
    assert read_numbers(json.dumps(numbers).encode()) == numbers


def test_numbers_that_compare_bots_are_accepted() -> None:
    program = program_of("bridge_week")
    plan = Plan.of(program, "random", program.seats, seed=1, games=3)
    numbers = judged(Simulation(plan, "one-ply").run(), Balance())
    assert "against" in read_numbers(json.dumps(numbers).encode())


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every container in a tree with every key or index of it."""
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    found = [(value, key) for key in keys]
    return found + [place for key in keys for place in places(value[key])]


@settings(max_examples=150)
@given(st.data())
def test_what_is_accepted_makes_a_page(data: st.DataObject) -> None:
    """Anything anywhere in the numbers replaced, or left out: a sentence, or a well-formed page."""
    numbers = judged_numbers("bridge_week", 4)
    for _ in range(data.draw(st.integers(1, 2))):
        container, key = data.draw(st.sampled_from(places(numbers)))
        if isinstance(container, dict) and data.draw(st.booleans()):
            container.pop(key, None)
        elif isinstance(container, dict) or key < len(container):
            container[key] = data.draw(odd)
    try:
        read = read_numbers(json.dumps(numbers).encode())
    except NotNumbersError as error:
        said = str(error)
    else:
        said = "."
        Page(balance_page(read if "health" in read else judged(read, Balance()), "1"))
    assert said.endswith(".")
    assert len(said) < 300


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"", "it is not JSON (line 1, column 1)"),
        (b"\xff\xfe", "it is not text in UTF-8"),
        (b"[1, 2]", "it needs `format`: 1"),
        (b'{"format": 2}', "it needs `format`: 1"),
        (b'{"format": 1}', "the whole has no `turns`"),
        (b'{"format": NaN}', "it holds what no figure can be"),
        (b"[" * 200_000, "it holds what no figure can be"),
        (b'{"format": ' + b"9" * 9000 + b"}", "it holds what no figure can be"),
    ],
)
def test_what_is_no_such_file_is_said(text: bytes, words: str) -> None:
    with pytest.raises(NotNumbersError) as caught:
        read_numbers(text)
    assert words in str(caught.value)


def test_figures_that_do_not_fit_are_said() -> None:
    """A seat of people has orders and a share of highest scores; an interval is whole or not there."""
    numbers = judged_numbers("bridge_week", 4)
    seat = numbers["people"][0]
    topless, idle, half = (json.loads(json.dumps(numbers)) for _ in range(3))
    topless["seats"][seat]["top"] = None
    del idle["actions"][seat]
    order = next(iter(numbers["actions"][seat]))
    half["actions"][seat][order]["gain_over_others"] = {"mean": 1.0, "low": None, "high": 2.0}
    said = []
    for wrong in (topless, idle, half):
        with pytest.raises(NotNumbersError) as caught:
            read_numbers(json.dumps(wrong).encode())
        said.append(str(caught.value))
    assert said == [
        f"`seats.{seat}.top` is not a map.",
        f"`actions` has no `{seat}`.",
        f"`actions.{seat}.{order}.gain_over_others` has only a part of `mean`, `low` and `high`.",
    ]


def test_a_place_is_named() -> None:
    numbers = judged_numbers("bridge_week", 4)
    seat = numbers["people"][0]
    numbers["seats"][seat]["score"]["p50"] = "high"
    with pytest.raises(NotNumbersError) as caught:
        read_numbers(json.dumps(numbers).encode())
    assert str(caught.value) == f"`seats.{seat}.score.p50` is not a number."


def test_a_file_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 1024 * 1024)
    with pytest.raises(NotNumbersError, match="larger than 1 MiB"):
        read_numbers(b" " * (1024 * 1024 + 1))
