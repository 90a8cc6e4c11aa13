"""Every way a connection can fail has one sentence that says what to do."""

from __future__ import annotations

import socket

import pytest
from websockets.exceptions import InvalidMessage

from wargame.client.address import Address
from wargame.client.trouble import explain, farewell

PLACE = Address("table.example", 8765)


@pytest.mark.parametrize(
    ("problem", "was_in", "words", "final"),
    [
        (ConnectionRefusedError(), False, "check that the table is open and the port is right", False),
        (ConnectionRefusedError(), True, "your drafts are safe", False),
        (socket.gaierror(), False, "check the spelling", False),
        (TimeoutError(), False, "firewall", False),
        (OSError(), False, "check that you are connected", False),
        (InvalidMessage("x"), False, "check the port", True),
        (ValueError(), True, "connecting afresh", False),
    ],
)
def test_errors(problem: Exception, was_in: bool, words: str, final: bool) -> None:
    trouble = explain(problem, PLACE, was_in=was_in)
    assert words in trouble.words
    assert trouble.final is final


@pytest.mark.parametrize("code", ["restart", "slow", "timeout", "too_fast", "busy"])
def test_passing_troubles_are_tried_again(code: str) -> None:
    assert not farewell(code, "Wait.").final


@pytest.mark.parametrize(
    "code",
    [
        "version",
        "code",
        "token",
        "secret",
        "replaced",
        "refused",
        "locked",
        "full",
        "kicked",
        "forbidden",
        "malformed",
        "unheard_of",
    ],
)
def test_final_ones_are_not(code: str) -> None:
    trouble = farewell(code, "")
    assert trouble.final
    assert trouble.words.endswith(".")


def test_the_words_of_an_unknown_goodbye_are_kept() -> None:
    assert farewell("unheard_of", "The roof is on fire.").words == "The roof is on fire."
