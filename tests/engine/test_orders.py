"""Orders are paid together, carried out in bands, and given back when they have become impossible."""

from __future__ import annotations

from tests.support.hands import Hands
from wargame.engine.events import OrderDone


def done(table: Hands) -> list[tuple[str, str]]:
    return [
        (table.program.actions[event.order.action].id, event.status)
        for event in table.done("white_cell", "advance")
        if isinstance(event, OrderDone)
    ]


def test_bands_decide_not_arrival() -> None:
    """The suit is of band 6, the closing of the books of band 7, whoever drafted first."""
    table = Hands("odd").to("rooms")
    table.orders("judge", "close_books")
    table.orders("anna", "sue")
    assert done(table) == [("sue", "done"), ("close_books", "done")]


def test_what_cannot_be_paid_any_more_is_not_carried_out() -> None:
    """Money taken after drafting: the first order that can be paid is, the other is not."""
    table = Hands("odd").to("rooms")
    table["anna.coin"] = 3
    table.orders("anna", "gamble", "sue")
    table["anna.coin"] = 2
    assert sorted(done(table)) == [("gamble", "done"), ("sue", "unpaid")]


def test_an_order_whose_condition_is_gone_is_given_its_cost_back() -> None:
    """It cooled down between drafting and resolving."""
    table = Hands("odd").to("rooms")
    table["heat"] = 5
    table["bert.coin"] = 5
    table.orders("bert", "blow_up")
    table["heat"] = 1
    assert done(table) == [("blow_up", "refunded")]
    assert table["bert.coin"] == 5


def test_a_gift_brings_no_more_than_fits_and_takes_no_more_than_is_there() -> None:
    """Cleo holds 8 of 9, so one coin passes; Anna keeps the other."""
    table = Hands("odd").to("rooms")
    table["cleo.coin"] = 8
    table["anna.coin"] = 4
    table.done("anna", "orders", orders=[{"action": "gift", "targets": ["cleo"], "rationale": ""}])
    table.done("white_cell", "advance")
    assert (table["anna.coin"], table["cleo.coin"]) == (3, 9)


def test_an_agreement_can_be_a_target() -> None:
    """Only one's own, with the reason in words for others."""
    table = Hands("odd").to("rooms")
    offer = next(each for each in table.offers("anna", "order") if each["action"] == "spoil")
    assert offer["choices"] == [["peace"], ["toll"]]
    assert offer["blocked"] == [[["hush"], "It is not yours."]]
    table.done("anna", "orders", orders=[{"action": "spoil", "targets": ["peace"], "rationale": ""}])
    assert done(table) == [("spoil", "done")]
