"""Nothing a page can send gets past the guard but what our page sends, and only our own page is let in."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wargame.web.guard import (
    SIZES,
    NonsenseError,
    RefusedError,
    WrongCodeError,
    host_of,
    is_ours,
    read_hello,
    read_input,
    same_origin,
)
from wargame.wire.plain import clean_name

CODE = "KZQM-3WPA"
HELLO = {"code": CODE, "name": "Ana", "token": "abc_-9", "sitting": "", "columns": 80, "rows": 24}

ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=8,
)


def hello(**changes: Any) -> str:
    return json.dumps({**HELLO, **changes})


def test_a_hello_is_read() -> None:
    said = read_hello(hello(code=" kzqm 3wpa", name="  Ana\u202e  Lucía\n"), CODE)
    assert (said.code, said.name, said.token, said.columns, said.rows) == (CODE, "Ana Lucía", "abc_-9", 80, 24)


@given(key=st.sampled_from(sorted(HELLO)), value=ANY)
def test_a_hello_with_anything_anywhere_is_read_or_refused(key: str, value: Any) -> None:
    try:
        said = read_hello(hello(**{key: value}), CODE)
    except (NonsenseError, RefusedError):
        return
    assert said.code == CODE
    assert 1 <= len(said.name) <= 32
    assert said.name == clean_name(said.name)
    assert all(sign.isalnum() or sign in "_-" for sign in said.token + said.sitting)
    assert all(SIZES[0] <= each <= SIZES[1] for each in (said.columns, said.rows))


def test_a_wrong_code_and_no_name_are_refused_in_words() -> None:
    with pytest.raises(WrongCodeError, match="not the join code"):
        read_hello(hello(code="AAAA-AAAA"), CODE)
    with pytest.raises(RefusedError, match="Write your name"):
        read_hello(hello(name=" \u200b "), CODE)


@given(text=st.text() | ANY.map(json.dumps))
def test_any_input_is_one_of_five_things_or_nonsense(text: str) -> None:
    try:
        kind, _ = read_input(text)
    except NonsenseError:
        return
    assert kind in ("stdin", "resize", "focus", "blur", "ping")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[" * 100_000,
        b"\x00",
        '["stdin", ""]',
        '["resize", true, 3]',
        '["ping", 1e999]',
        '["stdin", "' + "x" * 20_000 + '"]',
    ],
)
def test_what_our_page_never_sends_is_nonsense(text: str | bytes) -> None:
    with pytest.raises(NonsenseError):
        read_input(text)


def test_sizes_stay_within_bounds() -> None:
    assert read_input('["resize", 1, 999999999999]') == ("resize", SIZES)


@pytest.mark.parametrize(
    ("header", "ours"),
    [
        ("192.168.0.10:8080", True),
        ("[fe80::2]:8080", True),
        ("localhost", True),
        ("lab-7.school:8080", True),
        ("evil.example:8080", False),
        ("192.168.0.10.evil.example", False),
        ("", False),
        ("127.0.0.1; script-src *", False),
        ("a b", False),
    ],
)
def test_only_numbers_and_given_names_are_ours(header: str, ours: bool) -> None:
    assert is_ours(host_of(header), {"lab-7.school"}) is ours


@pytest.mark.parametrize(
    ("origin", "same"),
    [
        ("http://10.0.0.2:8080", True),
        ("https://10.0.0.2:8080", True),
        ("http://10.0.0.2", False),
        ("http://evil.example", False),
        ("null", False),
        (None, False),
    ],
)
def test_only_the_page_itself_may_play(origin: str | None, same: bool) -> None:
    assert same_origin(origin, "10.0.0.2:8080") is same
