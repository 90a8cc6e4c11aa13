"""A card reaches whom it is addressed to, once, and what it does hangs on nothing but the card."""

from __future__ import annotations

from tests.support.hands import Hands, kinds
from wargame.engine.events import AnswerRevealed, CardDealt


def test_a_card_that_asks_nobody_is_dealt_to_those_who_read_it() -> None:
    """An addressee without options reads; nobody is waited for because of it."""
    table = Hands("odd").to("rooms")
    mood, waiting = table["mood"], table.game.active()
    events = table.done("white_cell", "fire", card="drill")
    assert kinds(events) == ["CardDealt"]
    assert (table["mood"], table.game.active()) == (mood - 1, waiting)
    card = next(card for card in table.view("anna")["cards"].values() if card["id"] == "drill")
    assert (card["answer"], card["options"]) == (None, [])


def test_a_private_card_that_asks_nobody_is_read_by_its_addressees_alone() -> None:
    """`seen_by: addressees` holds for those who only read, too."""
    table = Hands("odd").to("rooms")
    table.done("white_cell", "fire", card="secret_note")
    readers = {who for who in ("anna", "bert", "cleo", "judge", "public", "white_cell") if _reads(table, who, "secret_note")}
    assert readers == {"anna", "judge", "white_cell"}


def _reads(table: Hands, who: str, card: str) -> bool:
    return any(each["id"] == card for each in table.view(who)["cards"].values())


def test_the_contingency_card_that_only_informs_can_be_fired() -> None:
    """The flagship's `quiet_year` asks nobody; it must not be refused for that."""
    table = Hands("five_questions").to("rooms")
    assert "CardDealt" in kinds(table.done("white_cell", "fire", card="quiet_year"))


def test_a_card_for_nobody_in_the_game_is_refused_and_leaves_no_trace() -> None:
    """The observers are not playing, so a card to them alone has nobody to reach."""
    table = Hands("odd", played=("anna", "bert", "cleo")).to("rooms")
    before = list(table.state.board)
    assert table.refused("white_cell", "fire", card="rumour", bound={"who": "judge"}).code == "bad_target"
    assert table.state.board == before


def test_a_name_on_a_card_is_bound_to_what_the_card_was_written_for() -> None:
    """A card about armed groups cannot be about Congress: its effects would write to numbers that Congress does not have."""
    table = Hands("five_questions").to("rooms")
    before = list(table.state.board)
    refused = table.refused("white_cell", "fire", card="tortilla_tax", bound={"target": "congress"})
    assert refused.reason == "That cannot be the target of this card."
    assert table.state.board == before


def test_each_addressee_reads_its_own_text() -> None:
    """`texts` by seat, by the bound name, and the common text for all others."""
    table = Hands("odd").to("rooms")
    table.done("white_cell", "fire", card="rumour", bound={"who": "bert"})
    texts = {who: [c["text"] for c in table.view(who)["cards"].values() if c["id"] == "rumour"] for who in ("bert", "judge")}
    assert texts["bert"][-1] == "They talk about you."
    assert texts["judge"][-1] == "They talk."
    assert "Somebody talks about Bert." in [c["text"] for c in table.view("white_cell")["cards"].values()]


def test_the_luck_of_a_card_does_not_hang_on_what_else_was_dealt() -> None:
    """One table gets another card first; the same card then binds and rolls the same."""
    bound = []
    for other in (False, True):
        table = Hands("odd", 5).to("rooms")
        if other:
            table.done("white_cell", "fire", card="drill")
        events = table.done("white_cell", "fire", card="rumour")
        bound.append(next(event.bindings for event in events if isinstance(event, CardDealt)))
    assert bound[0] == bound[1]


def test_the_same_card_twice_in_a_turn_is_two_cards() -> None:
    """Both are answered, each with its own luck and number."""
    table = Hands("odd").to("rooms")
    for _ in range(2):
        table.done("white_cell", "fire", card="vote_now")
    numbers = [number for number, card in table.view("bert")["cards"].items() if card["id"] == "vote_now"]
    assert len(set(numbers)) == len(numbers) >= 2
    for number in numbers:
        table.do("bert", "respond", card=number, option="pass")
    events = table.done("white_cell", "advance")
    assert sum(isinstance(event, AnswerRevealed) for event in events) >= 2


def test_an_answer_that_can_no_longer_be_paid_gives_way_to_the_default() -> None:
    """The option needs three coins when the phase ends, not only when it was drafted."""
    table = Hands("odd").to("rooms")
    table.done("white_cell", "fire", card="vote_now")
    number = next(number for number, card in table.view("bert")["cards"].items() if card["id"] == "vote_now")
    table.done("bert", "respond", card=number, option="push")
    table["bert.coin"] = 0
    revealed = [event for event in table.done("white_cell", "advance") if isinstance(event, AnswerRevealed)]
    assert any(event.defaulted and event.seat == table.seat("bert") for event in revealed)


def test_firing_a_card_leaves_the_plan_as_it_was() -> None:
    """A card fired by hand does not take its scheduled twin off the schedule."""
    table = Hands("odd").to("rooms")
    table.orders("judge", "audit")
    table.to("moves")
    planned = table.state.schedule
    assert [table.program.cards[entry.card].id for entry in planned] == ["rumour"]
    table.done("white_cell", "fire", card="rumour")
    assert table.state.schedule == planned


def test_a_contingency_card_arms_itself_and_is_put_away_when_fired() -> None:
    """The white cell alone sees that it waits."""
    table = Hands("odd").to("desk", 2)
    assert _status(table, "arestless") == "armed"
    table.done("white_cell", "fire", card="restless")
    assert _status(table, "arestless") == "released"


def _status(table: Hands, entry: str) -> str:
    return next(str(each["status"]) for each in table.view("white_cell")["msel"] if each["entry"] == entry)


def test_a_deck_deals_each_card_once() -> None:
    """Three turns draw one card a turn from a deck of two."""
    table = Hands("odd", 9)
    dealt = []
    while not table.game.over:
        dealt += [
            event.card
            for event in table.done("white_cell", "advance")
            if isinstance(event, CardDealt) and event.reason == "deck"
        ]
    assert len(dealt) == len(set(dealt)) == 2
