"""A file of keys gives commands other keys, or says of every mistake in it where it stands and what to write instead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.keys import _character_to_key

from wargame.client.keyboard import SIGNS
from wargame.client.keymap import Page, key_called, keys_file, read_keys, unsent
from wargame.scenario.problem import Report

PAGES = (
    Page("orders", {"seal": ("e",), "help": ("question_mark", "f10"), "orders.add": ("a",), "orders.remove": ("x", "delete")}),
    Page("floor", {"seal": ("e",), "help": ("question_mark", "f10"), "floor.aye": ("e", "y"), "floor.nay": ("x",)}),
)


def read(text: str) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    report = Report()
    keys = read_keys(text.encode(), "keys.yaml", PAGES, report)
    return dict(keys), [f"{each.mark} {each.message} {each.hint}" for each in report.sorted()]


def test_a_key_or_a_list_of_keys_replaces_those_of_a_command() -> None:
    assert read("seal: E\norders.add: [a, Insert]\nhelp: '!'\nfloor.nay: ^N\n") == (
        {"seal": ("E",), "orders.add": ("a", "insert"), "help": ("exclamation_mark",), "floor.nay": ("ctrl+n",)},
        [],
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("seel: E", "keys.yaml:1:1 There is no command `seel`. did you mean `seal`?"),
        ("seal: a", "keys.yaml:1:7 `a` is the key of `orders.add`, too (orders). give `orders.add` another key"),
        ("floor.nay: F\nfloor.aye: F", "keys.yaml:1:12 `F` is the key of `floor.aye`, too (floor)."),
        ("seal: ctrl+i", "keys.yaml:1:7 The text `ctrl+i` cannot be a key here: a terminal sends Tab for it."),
        ("seal: super+e", "keys.yaml:1:7 The text `super+e` cannot be a key here: terminals do not send it"),
        ("seal: Escpe", "keys.yaml:1:7 The text `Escpe` cannot be a key here: terminals do not send it"),
        ("seal: pagedwn", "did you mean `pagedown`?"),
        ("seal: ctrl+q", "it always leaves the client"),
        ("seal: []", "keys.yaml:1:7 A command has 1 to 5 keys; here stand 0."),
        ("seal: {a: b}", "keys.yaml:1:7 Here stands a map; it needs a key"),
        ("seal:", "it needs a key"),
        ("- seal", "keys.yaml:1:1"),
        ("seal: [e", "keys.yaml:1:"),
        ("", "keys.yaml:1:1"),
    ],
)
def test_a_mistake_is_told_where_it_stands(text: str, told: str) -> None:
    assert any(told in each for each in read(text)[1]), read(text)[1]


def test_all_mistakes_are_told_at_once() -> None:
    assert len(read("seel: x\nhelp: ctrl+i\nfloor.aye: x\n")[1]) == 3


def test_two_commands_may_change_their_keys_with_each_other() -> None:
    assert read("orders.add: x\norders.remove: a")[1] == []


def test_what_is_usually_so_may_stay_so() -> None:
    """`e` is the key of two commands on the floor already: the page's own goes first."""
    assert read("seal: e")[1] == []


def test_commands_of_different_pages_may_have_one_key() -> None:
    assert read("orders.add: y")[1] == []


def test_the_file_to_begin_with_reads_as_it_is() -> None:
    keys, told = read(keys_file(PAGES, {"help": ("'", '"', "colon")}, {"seal": "Done: with this phase # now"}))
    assert told == []
    assert keys["help"] == ("apostrophe", "quotation_mark", "colon")
    assert keys["orders.remove"] == ("x", "delete")


def test_signs_are_called_as_the_toolkit_calls_them() -> None:
    assert {sign: _character_to_key(sign) for sign in SIGNS} == SIGNS


@given(st.text(max_size=12))
def test_any_text_is_a_key_or_is_not_in_a_sentence(text: str) -> None:
    assert isinstance(unsent(key_called(text)), str)


@given(st.binary(max_size=80))
def test_a_file_of_anything_ends_in_sentences(data: bytes) -> None:
    report = Report()
    keys = read_keys(data, "keys.yaml", PAGES, report)
    assert keys or report.problems or data.strip()
