"""What is told of an event is what the viewer may know of it, and no more."""

from __future__ import annotations

from typing import Any

from tests.support.hands import Hands
from wargame.engine.events import Event
from wargame.engine.story import story


def told(table: Hands, events: tuple[Event, ...], who: str) -> list[dict[str, Any]]:
    stories = [story(table.program, table.state, event, table.seat(who)) for event in events]
    return [each for each in stories if each is not None]


def test_what_comes_into_sight_is_told_without_what_it_was() -> None:
    """Anna's confession opens the books and deepens her grudge: the change would tell Cleo what it was before."""
    table = Hands("odd").to("rooms")
    table.orders("anna", "confess")
    events = table.done("white_cell", "advance")
    lines = {who: [line for each in told(table, events, who) for _, line in each["lines"]] for who in ("anna", "cleo")}
    assert "Anna · Grudge +2 → 3" in " ".join(lines["anna"])
    assert "Anna · Grudge: 3" in lines["cleo"]
    assert "+2" not in " ".join(line for line in lines["cleo"] if "Grudge" in line)


def test_a_covert_order_has_no_author_for_those_who_may_not_know() -> None:
    """They see at most that something moved."""
    table = Hands("odd").to("rooms")
    table.done("anna", "orders", orders=[{"action": "grab", "targets": ["bert"], "rationale": "Why not."}])
    events = table.done("white_cell", "advance")
    orders = [each for each in told(table, events, "bert") if each["kind"] == "order"]
    assert orders == []
    assert all(each["actor"] is None and each["rationale"] is None for each in told(table, events, "cleo"))
    assert [each["head"] for each in told(table, events, "anna") if each["kind"] == "order"] == ["Anna: A grab (Bert)"]


def test_a_reason_is_told_to_its_author_and_the_white_cell_alone() -> None:
    """Others read what was done, not why."""
    table = Hands("odd").to("rooms")
    table.done("anna", "orders", orders=[{"action": "gamble", "targets": [], "rationale": "I feel lucky."}])
    events = table.done("white_cell", "advance")
    reasons = {
        who: [each["rationale"] for each in told(table, events, who) if each["kind"] == "order"]
        for who in ("anna", "bert", "public", "white_cell")
    }
    assert reasons == {"anna": ["I feel lucky."], "bert": [None], "public": [None], "white_cell": ["I feel lucky."]}


def test_an_override_gives_its_reason_to_the_white_cell_only() -> None:
    """Players read that the facilitator set a value they see."""
    table = Hands("odd").to("rooms")
    events = table.done("white_cell", "override", slot="heat", value=7, reason="Between us.")
    assert ["why", "Between us."] in told(table, events, "white_cell")[0]["lines"]
    assert "Between us." not in str(told(table, events, "anna"))
    assert told(table, table.done("white_cell", "override", slot="mood", value=3, reason="Hush."), "public") == []


def test_a_private_card_is_told_to_its_readers_alone() -> None:
    """Who only reads it hears of it, too."""
    table = Hands("odd").to("rooms")
    events = table.done("white_cell", "fire", card="secret_note")
    assert [each["head"] for each in told(table, events, "judge")] == ["A Note"]
    assert all(each["card"] is None for each in told(table, events, "bert"))
