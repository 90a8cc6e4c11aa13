"""Scalars mean what YAML 1.2 says and nothing else, and what is shown of them is printable."""

from __future__ import annotations

import pytest

from wargame.scenario.node import Map, Scalar, Seq
from wargame.scenario.scalars import as_bool, as_int, as_span, as_text, bool_hint, described, printable, shown


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("-7", -7), ("+7", 7), ("010", 10), ("0o10", 8), ("0xff", 255)])
def test_whole_numbers(text: str, number: int) -> None:
    """Decimal, octal with `0o`, hexadecimal with `0x`; a leading 0 means nothing."""
    assert as_int(Scalar(text)) == number


@pytest.mark.parametrize("text", ["12:30", "1_000", "1.0", "1e3", "", "-", "ten", "0b1", "9" * 5000, "٣"])
def test_what_is_no_whole_number(text: str) -> None:
    """Sexagesimal, underscores, fractions and thousands of digits are not whole numbers."""
    assert as_int(Scalar(text)) is None


def test_quotes_make_text() -> None:
    """What stands in quotes is text, whatever it looks like."""
    for text in ("1", "true", "~", "", "1.5"):
        scalar = Scalar(text, quoted=True)
        assert (as_int(scalar), as_bool(scalar), as_text(scalar)) == (None, None, text)


def test_only_true_and_false_are_booleans() -> None:
    """`yes`, `no`, `on`, `off` and `True` are text."""
    assert as_bool(Scalar("true")) is True
    assert as_bool(Scalar("false")) is False
    for text in ("yes", "no", "on", "off", "True", "FALSE", "y", "n", "1", "0"):
        assert as_bool(Scalar(text)) is None
    for text in ("yes", "no", "on", "12:30", "2025-02-01"):
        assert as_text(Scalar(text)) == text


@pytest.mark.parametrize("text", ["1", "-1", "1.5", ".5", "1e9", "true", "false", "null", "~", "", ".inf", "0x1"])
def test_what_is_no_text(text: str) -> None:
    """Numbers, truth values and null need quotes to be text."""
    assert as_text(Scalar(text)) is None


@pytest.mark.parametrize(
    ("text", "span"), [("3-7", (3, 7)), ("5", (5, 5)), ("-3--1", (-3, -1)), ("0 - 3", (0, 3)), ("3-", None), ("a-b", None)]
)
def test_spans(text: str, span: tuple[int, int] | None) -> None:
    """`3-7` or `5`, also below zero."""
    assert as_span(Scalar(text)) == span


def test_hints_for_old_habits() -> None:
    """Who writes `no` or `True` where a truth value belongs is told what to write."""
    assert bool_hint(Scalar("no")) == "write `false`"
    assert bool_hint(Scalar("True")) == "write `true`"
    assert bool_hint(Scalar("true", quoted=True)) == "write `true` without quotes"
    assert bool_hint(Scalar("maybe")) == ""


def test_what_is_shown_is_printable_and_short() -> None:
    """Escape sequences, direction marks and long texts do not reach a terminal."""
    assert printable("a\x1b[2Jb\u202ec\x9b") == "a�[2Jb�c�"
    assert shown("x" * 500) == f"`{'x' * 39}…`"
    assert shown("two\nlines") == "`two lines`"


def test_descriptions() -> None:
    """A message says what stands there in words."""
    assert described(Map(())) == "a map"
    assert described(Seq(())) == "a list"
    assert described(Scalar("")) == "nothing"
    assert described(Scalar("", quoted=True)) == "the text ``"
    assert described(Scalar("12:30")) == "the text `12:30`"
    assert described(Scalar("12")) == "the whole number `12`"
    assert described(Scalar("1.5")) == "the number `1.5`"
    assert described(Scalar("true")) == "`true`"
