"""Clocks, agreements and endings do what the scenario says at the time it says."""

from __future__ import annotations

from tests.support.hands import Hands, kinds
from wargame.engine.events import AgreementLeaked, GameEnded, Upkeep


def sign(table: Hands, agreement: str, *parties: str) -> None:
    table.done(parties[0], "propose", agreement=agreement)
    for party in parties[1:]:
        table.done(party, "sign", agreement=agreement)


def test_a_clock_counts_down_and_fires_once() -> None:
    """15 days a turn off 5 that are left: it runs out in turn 2, is stopped, and what it brings comes that turn."""
    table = Hands("odd").to("rooms")
    table["fuse"] = 5
    table["heat"] = 0
    while table.state.turn == 1:
        events = table.done("white_cell", "advance")
    clocks = [event for event in events if isinstance(event, Upkeep) and event.what == "clock"]
    assert [event.name for event in clocks] == ["fuse", "fuse"]
    assert any(card["id"] == "drill" for card in table.view("cleo")["cards"].values())


def test_turn_one_starts_without_income() -> None:
    """Income comes from the second turn on."""
    table = Hands("odd")
    start = table["anna.coin"]
    table.to("rooms")
    first = table["anna.coin"]
    table.to("desk", 2)
    assert first - start in (0, 1)  # 1: a fair was dealt
    assert table["anna.coin"] >= first


def test_what_leaving_takes_and_gives_back_in_one_go_never_went() -> None:
    """Leaving the peace hides the grudges and opens the books, which shows them: sight must end as the board says."""
    table = Hands("odd").to("rooms")
    sign(table, "peace", "anna", "bert")
    assert table.sees("cleo", "anna.grudge") == [2, 1, None]
    table.done("bert", "leave", agreement="peace")
    assert table["open_books"] == 1
    assert table.sees("cleo", "anna.grudge") == [2, 1, None]


def test_leaving_can_end_another_agreement_with_its_own_leaving() -> None:
    """The toll ends the hush, whose leaving lowers the mood."""
    table = Hands("odd").to("rooms")
    sign(table, "hush", "bert", "cleo")
    table["anna.coin"] = 9
    sign(table, "toll", "anna", "bert", "cleo")
    mood = table["mood"]
    table.done("anna", "leave", agreement="toll")
    assert table["hush"] == table["toll"] == 0
    assert table["mood"] == mood - 1


def test_a_secret_agreement_that_has_come_out_is_secret_again_when_signed_anew() -> None:
    """Whoever learned of the first one does not learn of the second by that."""
    for number in range(50):
        table = Hands("odd", number).to("rooms")
        sign(table, "hush", "bert", "cleo")
        assert table.sees("anna", "hush") is None
        leaked = False
        while (table.phase, table.state.turn) != ("rooms", 2) and not table.game.over:
            table["heat"] = 0
            leaked |= any(isinstance(event, AgreementLeaked) for event in table.done("white_cell", "advance"))
        if leaked:
            break
    assert table.sees("anna", "hush") == [2, 1, None]
    table.done("bert", "leave", agreement="hush")
    table["heat"] = 0
    table.to("rooms", 3)
    assert table.sees("anna", "hush") == [0, [2, 0], 2]
    sign(table, "hush", "bert", "cleo")
    assert table["hush"] == 1
    assert table.sees("anna", "hush") == [0, [2, 0], 2]
    assert "hush" not in table.view("anna")["agreements"]


def test_an_agreement_lapses_by_its_own_condition() -> None:
    """The hush ends when it gets hot, at the close."""
    table = Hands("odd").to("rooms")
    sign(table, "hush", "bert", "cleo")
    table["heat"] = 7
    table.to("moves")
    assert table["hush"] == 1
    table.to("desk", 2)
    assert table["hush"] == 0


def test_an_effect_that_ends_the_game_ends_it_at_once() -> None:
    """A card that calls an ending as it is dealt is the last thing that happens; nobody is asked to answer it."""
    table = Hands("odd").to("rooms")
    events = table.done("white_cell", "fire", card="end_of_all")
    assert kinds(events)[-1] == "GameEnded"
    assert table.game.over
    assert table.view("anna")["result"]["ending"]["id"] == "ruin"


def test_an_order_in_turn_that_ends_the_game_ends_it_at_once() -> None:
    """The others do not move any more."""
    table = Hands("odd").to("moves")
    table["heat"] = 5
    table["bert.coin"] = 5
    table.done("anna", "seal")
    assert isinstance(table.done("bert", "order", action="blow_up", targets=[])[-1], GameEnded)


def test_sealed_orders_are_all_carried_out_before_the_game_ends() -> None:
    """Orders of one phase happen together, so one that ends the game does not swallow the others."""
    table = Hands("odd").to("rooms")
    table["heat"] = 5
    table["bert.coin"] = 5
    table.orders("bert", "blow_up")
    table.orders("judge", "close_books")
    table.sealed()
    assert table.game.over
    assert table["given.close_books.judge"] == 1


def test_a_condition_ends_the_game_at_the_step_of_endings() -> None:
    """Not before: within the turn it may still cool down."""
    table = Hands("odd").to("rooms")
    table["heat"] = 9
    table.to("moves")
    assert not table.game.over
    while table.state.turn == 1 and not table.game.over:
        table.done("white_cell", "advance")
    assert table.view("anna")["result"]["ending"]["id"] == "blaze"
