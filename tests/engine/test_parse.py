"""A command's body is read strictly: anything that is not one is refused with a code and a reason, never an exception."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.play import program_of
from wargame.engine import commands as c
from wargame.engine import parse as reading
from wargame.engine.commands import Command, Refused
from wargame.engine.parse import parse
from wargame.engine.state import FloorDraft, Order

PROGRAM = program_of("everything")
NORTH = PROGRAM.seats.index("north")
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
VERBS = st.sampled_from([*reading.PLAYER, *reading.HOUSE, "start", ""])
KEYS = st.sampled_from(
    ["card", "option", "orders", "action", "targets", "agreement", "to", "text", "amount", "lobby", "position", "slot", "value"]
)


def read(body: Any, who: int = NORTH) -> Command | Refused:
    return parse(PROGRAM, who, body, turn=1, phase="rooms")


@settings(max_examples=400, deadline=None)
@given(
    body=PLAIN | st.builds(lambda do, rest: {"do": do, **rest}, VERBS, st.dictionaries(KEYS, PLAIN, max_size=4)),
    who=st.integers(0, PROGRAM.viewers - 1),
)
def test_any_body_is_read_or_refused(body: Any, who: int) -> None:
    """Whatever a client sends gives a command or a refusal with a reason."""
    outcome = read(body, who)
    if isinstance(outcome, Refused):
        assert outcome.code
        assert outcome.reason
    else:
        assert outcome.who == who


@pytest.mark.parametrize(
    ("body", "made"),
    [
        ({"do": "seal"}, c.Seal()),
        (
            {"do": "orders", "orders": [{"action": "raid", "targets": ["reds"], "rationale": "Now."}]},
            c.GiveOrders((Order(PROGRAM.action_index["raid"], (PROGRAM.owners.index("reds"),), "Now."),)),
        ),
        ({"do": "floor", "lobby": -2, "position": "nay", "veto": False}, c.TakeFloor(FloorDraft(-2, False, False))),
        ({"do": "say", "to": None, "text": "All of you."}, c.Say(None, "All of you.")),
        ({"do": "choose", "choice": "aim", "option": "settle"}, c.Choose(0, 2)),
    ],
)
def test_bodies_are_read(body: dict[str, Any], made: c.Body) -> None:
    """A body as the protocol has it becomes the command it says."""
    assert read(body) == Command(NORTH, made, 1, "rooms")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"do": "fly"}, "unknown"),
        ({"do": "seal", "seat": "south"}, "malformed"),
        ({"do": "advance"}, "forbidden"),
        ({"do": "orders", "orders": [{"action": "raid", "targets": []}]}, "bad_target"),
        ({"do": "orders", "orders": [{"action": "raid", "targets": ["atlantis"]}]}, "unknown"),
        ({"do": "orders", "orders": [{"action": "raid", "targets": ["reds"], "seat": "south"}]}, "malformed"),
        ({"do": "orders", "orders": [{}] * 50}, "malformed"),
        ({"do": "respond", "card": "²", "option": "x"}, "unknown"),
        ({"do": "respond", "card": "0", "option": "x", "belief": True}, "malformed"),
        ({"do": "respond", "card": "0", "option": "x", "belief": 101}, "malformed"),
        ({"do": "say", "to": None, "text": "x" * 2_001}, "too_long"),
        ({"do": "say", "to": None, "text": "  "}, "malformed"),
        ({"do": "transfer", "to": "south", "amount": -1}, "malformed"),
        ({"do": "floor", "lobby": 0, "position": "maybe", "veto": True}, "malformed"),
        ("seal", "malformed"),
        ({}, "malformed"),
    ],
)
def test_bodies_are_refused(body: Any, code: str) -> None:
    """What is no command is refused with the code that says why."""
    outcome = read(body)
    assert isinstance(outcome, Refused)
    assert outcome.code == code


def test_an_override_needs_a_reason() -> None:
    """The facilitator's hand on a value is never without a reason."""
    outcome = read({"do": "override", "slot": "tension", "value": 4, "reason": " "}, PROGRAM.white_cell)
    assert isinstance(outcome, Refused)
    assert "reason" in outcome.reason


def test_spectators_cannot_act() -> None:
    """The public viewer has no commands."""
    outcome = read({"do": "say", "to": None, "text": "Hello"}, PROGRAM.public)
    assert outcome == Refused("forbidden", "Spectators watch; they cannot act.")
