"""Whoever sits down for the first time is never caught in a field, knows what is wanted, and loses nothing."""

from __future__ import annotations

from typing import Any

import pytest
from textual.content import Content

from tests.client import sample
from tests.client.sample_board import SEATS
from tests.client.scripted import ScriptedDoor
from wargame.client.door import Connection, Glance, People, Stage
from wargame.client.look import Look, to_place
from wargame.client.tui.dialogs.confirm import Confirm
from wargame.client.tui.panes.deals import most_given
from wargame.client.tui.panes.end import number
from wargame.client.tui.panes.floor import chance_of
from wargame.client.tui.widgets.brief import paragraphs
from wargame.client.tui.widgets.tilemap import piece_groups, tile_head

Make = Any
Shown = Any
SMALL = (80, 24)


def washington(phase: str, **changes: Any) -> ScriptedDoor:
    door = ScriptedDoor("washington", sample.catalog(), {**sample.view(phase=phase), **changes}, sample.offers(phase))
    door.answers = sample.answers
    if phase == "floor":
        door.mirror.data["motion"] = sample.MOTION
    return door


def setup() -> ScriptedDoor:
    door = washington("setup", status="setup", turn=0)
    door.offers = sample.offers(status="setup")
    return door


async def test_keys_never_go_to_a_field_that_is_gone(client: Make, shown: Shown) -> None:
    door = washington("desk")
    app = client(door)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("3")
        await pilot.pause()
        await pilot.press("y")
        await pilot.pause()
        assert app.focused.id == "rationale"
        door.feed(["set", "cards", {}], ["set", "phase", "rooms"], offers=sample.offers("rooms"))
        await pilot.pause()
        await pilot.pause()
        assert all(node.display for node in app.focused.ancestors_with_self if hasattr(node, "display"))
        await pilot.press("e")
        await pilot.pause()
        assert "Seal what you have entered?" in shown(app)


async def test_letters_are_commands_in_a_line_for_digits(client: Make, shown: Shown) -> None:
    app = client(washington("desk"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("3")
        await pilot.pause()
        await pilot.press("p", "4", "0", "e")
        await pilot.pause()
        assert "Seal what you have entered?" in shown(app)
        await pilot.press("escape")
        assert app.screen.query_one("#belief").value == "40"


async def test_the_footer_tells_how_to_get_out_of_a_text(client: Make, shown: Shown) -> None:
    app = client(washington("desk"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("3")
        await pilot.pause()
        assert "a answer" in shown(app).splitlines()[-1]
        await pilot.press("y")
        await pilot.pause()
        assert "Esc back" in shown(app).splitlines()[-1]
        await pilot.press("escape")
        await pilot.pause()
        assert "a answer" in shown(app).splitlines()[-1]


async def test_a_card_that_is_settled_shows_what_was_answered(client: Make, shown: Shown) -> None:
    door = washington("rooms")
    card = door.mirror.data["cards"]["7"]
    door.mirror.data["feed"].append(
        {"kind": "response", "turn": 3, "card": card["id"], "stance": "hold", "head": "Mexico City: We look ourselves"}
    )
    app = client(door)
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.press("3")
        await pilot.pause()
        text = shown(app)
        assert "WHAT WAS ANSWERED" in text
        assert "■ hold  Mexico City: We look ourselves" in text
        assert "Your reasons" not in text


async def test_marked_areas_are_entered_at_once_and_sealed_later(client: Make, shown: Shown) -> None:
    door = setup()
    place = next(offer for offer in door.offers if offer["do"] == "place")
    app = client(door)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await pilot.pause()
        app.screen.query_one("#decisions").go(f"place:{place['placement']}:{place['areas'][0]}")
        await pilot.press("enter")
        await pilot.pause()
        body = {"do": "place", "placement": place["placement"], "areas": [place["areas"][0]]}
        assert door.commands == [(body, (0, "setup"))]


def test_no_more_is_wanted_than_there_is_room_for() -> None:
    offer = {"do": "place", "placement": "sites", "count": 3, "areas": ["ford", "mill"], "ok": True}
    assert to_place(offer) == 2
    data = {**sample.view(phase="setup"), "status": "setup", "turn": 0, "setup": {"placements": {"sites": ["ford", "mill"]}}}
    offers = [offer, {"do": "seal", "ok": True}]
    look = Look(Glance(Connection(Stage.LIVE), sample.catalog(), data, offers, you="washington"))
    assert look.wanted() == "all decided, not sealed: press e when done"


async def test_the_briefing_comes_up_once_in_the_first_turn(client: Make, shown: Shown) -> None:
    door = washington("desk", turn=1)
    async with client(door).run_test(size=SMALL) as pilot:
        await pilot.pause()
        await pilot.pause()
        text = shown(pilot.app)
        assert "You are The White House." in text
        assert "10-18 of 45" in text
        assert "A breach" in text  # a deduction has no most
    async with client(door).run_test(size=SMALL) as pilot:
        await pilot.pause()
        await pilot.pause()
        assert "You are The White House." not in shown(pilot.app)


async def test_what_the_facilitator_announces_comes_up_wherever_one_is(client: Make) -> None:
    door = washington("desk")
    app = client(door)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("2")
        await pilot.pause()
        door.feed(["push", "messages", {"from": None, "to": None, "text": "Two [b]minutes", "turn": 3, "phase": "desk"}])
        door.feed(["push", "messages", {"from": "mexico_city", "to": None, "text": "Hm.", "turn": 3, "phase": "desk"}])
        await pilot.pause()
        assert [(note.message, note.markup) for note in app._notifications] == [("Two [b]minutes", False)]
        await pilot.press("5")
        await pilot.pause()
        assert "The facilitator: Two [b]minutes" in "\n".join(strip.text for strip in app.screen._compositor.render_strips())


async def test_a_turn_in_short_and_a_track_in_full(client: Make, shown: Shown) -> None:
    app = client(washington("desk"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("8")
        await pilot.pause()
        assert "Escalation ladder: 3 ▶ 4" in shown(app)
        await pilot.press("1")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        text = shown(app)
        assert "turn 2: 3, turn 3: 3; now 4" in text
        assert "CJNG marches on Zamora" in text


async def test_the_floor_tells_the_chance_and_what_lobbying_does(client: Make, shown: Shown) -> None:
    app = client(washington("floor"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("7")
        await pilot.pause()
        await pilot.pause()
        assert "aye 52-61%" in shown(app)
        footer = shown(app).splitlines()[-1]
        assert "v veto" in footer
        assert "y aye" not in footer  # this seat has no bloc
        await pilot.press("plus", "plus")
        await pilot.pause()
        text = shown(app)
        assert "aye 58-67%" in text
        assert "costs 2 political capital, moves every lean by +6%" in text
        assert "not entered yet: press a" in text


def test_the_chance_of_enough_ayes() -> None:
    assert chance_of([(2, 100), (3, 0)], 2) == 100
    assert chance_of([(2, 100), (3, 0)], 3) == 0
    assert chance_of([(2, 50)], 1) == 75
    assert chance_of([(2, 50)], 2) == 25
    assert chance_of([], 0) == 100


async def test_empty_seats_can_be_given_to_computers_when_the_game_starts(client: Make, shown: Shown) -> None:
    door = ScriptedDoor("white_cell", sample.catalog("white_cell"), sample.view("white_cell"), [{"do": "start", "ok": True}])
    door.mirror.data.update(status="lobby", turn=0, phase="setup")
    seats = [seat for seat, *_ in SEATS]
    door.room = People([{"person": "p", "name": "Ana", "seat": seats[0], "connected": True, "bot": False}], False, [])
    app = client(door)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await pilot.press("a")
        await pilot.pause()
        assert "computers play the empty seats" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.pause()
        assert [body["seat"] for body in door.managed if body["what"] == "bot"] == seats[1:]
        assert door.commands[-1][0] == {"do": "start"}


async def test_a_channel_with_two_others(client: Make, shown: Shown) -> None:
    door = washington("desk")
    app = client(door)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("5")
        await pilot.pause()
        app.screen.query_one("#channels").go("mexico_city")
        await pilot.pause()
        await pilot.press("x")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press(*"hello", "enter")
        await pilot.pause()
        body = door.commands[-1][0]
        assert body["text"] == "hello"
        assert len(body["to"]) == 2
        assert "mexico_city" in body["to"]


@pytest.mark.parametrize(("value", "words"), [(0.0, "0"), (-0.0, "0"), (15.0, "15"), (7.8, "7.8"), (-1.5, "-1.5"), (3, "3")])
def test_numbers_of_the_result(value: float, words: str) -> None:
    assert number(value) == words


def test_the_limit_of_a_gift_is_the_one_for_its_taker() -> None:
    offer = {"to": ["a", "b"], "limit": 2, "limits": {"a": 2, "b": 1}}
    assert (most_given(offer, "b"), most_given({"to": ["b"], "limit": 2}, "b")) == (1, 2)


def test_emphasis_is_not_shown_as_asterisks() -> None:
    assert paragraphs("*Build up* in **secret**; 2 * 3 * 4") == [(False, "Build up in secret; 2 * 3 * 4")]


def test_a_long_name_goes_on_beside_its_tile_only_where_there_is_room() -> None:
    look = Look(Glance(Connection(Stage.LIVE), sample.catalog(), sample.view(), [], you="washington"))
    assert tile_head(look, "jalisco", 8, False).plain == look.name("jalisco")[:8]
    wide = tile_head(look, "jalisco", 8, False, spill=9).plain
    assert wide.startswith(look.name("jalisco")[:12])
    assert len(wide) <= 17


def test_the_holder_of_an_area_stands_first_with_a_mark() -> None:
    look = Look(Glance(Connection(Stage.LIVE), sample.catalog(), sample.view(), [], you="washington"))
    words = [words for words, _ in piece_groups(look, "jalisco")]
    assert words[0].startswith(look.letter(look.control("jalisco")))
    assert [each.endswith("*") for each in words] == [True] + [False] * (len(words) - 1)
    assert not any(words.endswith("*") for words, _ in piece_groups(look, "michoacan"))


async def test_what_was_said_counts_as_new_until_its_channel_was_up(client: Make, shown: Shown) -> None:
    """Opening the page of messages reads one channel, not all."""
    door = washington("desk")
    app = client(door)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert "5 Talk●2" in shown(app)
        await pilot.press("5")
        await pilot.pause()
        await pilot.pause()
        assert "5 Talk●1" in shown(app)
        app.screen.query_one("#channels").go("mexico_city")
        await pilot.pause()
        door.tell()
        await pilot.pause()
        assert "●" not in shown(app).splitlines()[2].partition("Talk")[2][:2]


async def test_one_question_at_a_time(client: Any) -> None:
    """Keys that come faster than a question opens put no second one on top: that one is called off."""
    app = client(washington("desk"))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        answers: list[object] = []

        async def ask(title: str) -> None:
            answers.append(await app.push_screen_wait(Confirm(title, Content("?"), "do it")))

        app.run_worker(ask("First?"))
        app.run_worker(ask("Second?"))
        await pilot.pause()
        assert sum(isinstance(screen, Confirm) for screen in app.screen_stack) == 1
        assert answers == [None]
        await pilot.press("escape")
        await pilot.pause()
        assert not any(isinstance(screen, Confirm) for screen in app.screen_stack)
