"""A question is answered from what the viewer knows, or refused in words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.play import program_of, seed_of
from wargame.engine.catalog import catalog
from wargame.engine.commands import Advance, Override, Refused
from wargame.engine.game import Game
from wargame.engine.offers import offers
from wargame.engine.questions import answer
from wargame.engine.view import view

PROGRAM = program_of("everything")
NORTH, SOUTH, REDS = (PROGRAM.seats.index(name) for name in ("north", "south", "reds"))


def in_rooms() -> Game:
    game = Game.started(PROGRAM, seed_of(5))
    while game.state.phase_id(PROGRAM) != "rooms":
        game.run_house(Advance())
    return game


def told(game: Game, viewer: int, **question: Any) -> dict[str, Any]:
    reply = answer(PROGRAM, game.state, viewer, {"what": "preview", **question})
    assert isinstance(reply, dict), reply
    return reply


def test_odds_are_exact_where_all_is_seen_and_a_range_where_not() -> None:
    """The raid hangs on intelligence, which the acting seat sees; the fight on a rival's strength, which it does not."""
    game = in_rooms()
    game.run_house(Override(PROGRAM.slot_of["intel"], 5, "test"))
    lines = told(game, NORTH, action="raid", targets=["reds"])["lines"]
    assert any(words == "60%: The raid" for _, _, words in lines)
    fight = told(game, REDS, action="contest", targets=["town", "blues"])["lines"]
    assert any("-" in words and words.endswith("The fight") for _, _, words in fight)


def test_motions_tell_leans_and_what_follows() -> None:
    """The chance of each free vote, and the effects of passing and failing."""
    reply = told(in_rooms(), SOUTH, motion="authority_bill")
    assert reply["leans"].keys() == {"hawks", "doves"}
    assert all(2 <= lo <= hi <= 97 for lo, hi in reply["leans"].values())
    assert reply["passes"]
    assert reply["fails"]


def test_the_own_score_as_far_as_it_can_be_known() -> None:
    """Bounds hold for every part; spectators have none."""
    game = in_rooms()
    reply = answer(PROGRAM, game.state, NORTH, {"what": "score"})
    assert isinstance(reply, dict)
    assert all(part["value"][0] <= part["value"][1] for part in reply["parts"])
    assert reply["total"][0] <= reply["total"][1]
    assert isinstance(answer(PROGRAM, game.state, PROGRAM.public, {"what": "score"}), Refused)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"what": "preview", "action": "deploy", "targets": ["hills"]}, "not_offered"),
        ({"what": "preview", "action": "raid", "targets": ["north"]}, "bad_target"),
        ({"what": "preview", "action": "raid"}, "bad_target"),
        ({"what": "preview", "agreement": "truce"}, "unknown"),
        ({"what": "preview", "motion": 3}, "unknown"),
        ({"what": "preview", "card": "99"}, "unknown"),
        ({"what": "secrets"}, "unknown"),
        ("score", "malformed"),
    ],
)
def test_other_questions_are_refused(body: Any, code: str) -> None:
    """Another seat's menu, impossible targets, agreements one may not know of, and nonsense."""
    reply = answer(PROGRAM, in_rooms().state, NORTH, body)
    assert isinstance(reply, Refused)
    assert reply.code == code


@settings(max_examples=150, deadline=None)
@given(
    body=st.dictionaries(
        st.sampled_from(["what", "action", "targets", "card", "agreement", "motion"]),
        st.none() | st.integers() | st.text(max_size=8) | st.lists(st.text(max_size=5), max_size=3) | st.just("preview"),
    ),
    viewer=st.integers(0, PROGRAM.viewers - 1),
)
def test_anything_asked_is_answered_or_refused(body: Any, viewer: int) -> None:
    """No question raises."""
    assert isinstance(answer(PROGRAM, GAME.state, viewer, body), dict | Refused)


GAME = in_rooms()


@pytest.mark.parametrize("seat", ["north", "reds", "public"])
def test_the_facilitator_sees_exactly_what_a_seat_is_told(seat: str) -> None:
    """The picture is the seat's own view and offers, and nobody but the white cell may ask for it."""
    game = in_rooms()
    viewer = PROGRAM.public if seat == "public" else PROGRAM.seats.index(seat)
    asked = {"what": "view_as", "seat": seat}
    shown = answer(PROGRAM, game.state, PROGRAM.white_cell, asked)
    assert shown == {"view": view(PROGRAM, game.state, viewer), "offers": offers(PROGRAM, game.state, viewer)}
    for other in (*range(len(PROGRAM.seats)), PROGRAM.public):
        refused = answer(PROGRAM, game.state, other, asked)
        assert isinstance(refused, Refused)
        assert refused.code == "forbidden"


@pytest.mark.parametrize("seat", ["nobody", None, 3, ["north"], "white_cell"])
def test_there_is_no_picture_of_what_is_no_seat(seat: Any) -> None:
    refused = answer(PROGRAM, in_rooms().state, PROGRAM.white_cell, {"what": "view_as", "seat": seat})
    assert isinstance(refused, Refused)


def test_the_facilitator_s_catalog_names_every_order_and_whom_a_card_can_name() -> None:
    """Drafts are told by label, and a card is fired only for those that `fire` takes."""
    mine = catalog(PROGRAM, PROGRAM.white_cell)
    assert {each["id"] for each in mine["actions"]} == {action.id for action in PROGRAM.actions if action.seats}
    for entry, card in zip(mine["cards"], PROGRAM.cards, strict=True):
        for told_, variable in zip(entry["variables"], card.variables, strict=True):
            assert len(told_["members"]) == len(variable.members)
    assert catalog(PROGRAM, PROGRAM.public)["actions"] == []


def test_endings_are_told_to_the_facilitator_alone() -> None:
    """A player must not read in a list how it can end."""
    endings = [{"id": each.id, "title": str(each.model.title)} for each in PROGRAM.endings]
    assert catalog(PROGRAM, PROGRAM.white_cell)["endings"] == endings != []
    assert all(catalog(PROGRAM, viewer)["endings"] == [] for viewer in range(PROGRAM.white_cell))
