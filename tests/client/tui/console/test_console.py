"""The facilitator sees what waits and does it with an explicit yes, at 80x24 and at 120x40, and sees why a key is off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.client import sample_class
from tests.client.scripted import ScriptedDoor
from wargame.client.tui.app import ClientApp

SIZES = [(80, 24), (120, 40)]
Make = Callable[..., ClientApp]
Shown = Callable[[Any], str]

PAGES = {
    "1": ["Eva", "wants CJNG", "40 s", "Armed", "▶ WH  ● Ana, ○ Ben  3 min", "Before this phase ends", "is not done"],
    "2": ["All tables", "Table 1  here", "Table 2", "1 proposal, 1 armed card, 1"],
    "3": ["KZQM-3WPA", "At the door", "● Ana  captain", "● Cem  muted", "Table 2", "4 players, 3 connected"],
    "4": ["Armed: one key", "contingency", "Turn 3: April  (now)", "planned 2", "planned 4", "Nobody opened a channel."],
    "5": ["/ to search", "The Tariff Letter", "Missing at the Resort", "What does victory look"],
    "6": ["injects:", "to: [washington]", "It can be played.", "A bridge is closed."],
    "7": ["Waiting", "We send the general", "because They trust him.", "Gus: 30 in 100", "Mean: 40 in 100"],
    "8": ["All messages", "MX to all: We are all still at the table.", "MX to WH: Can we speak"],
    "9": ["What does victory look like?", "Who decides on force?", "Cem  MX  quiet", "The White-Shirt March"],
    "0": ["Turn 3", "Crisis desk", "Turn 2", "Rooms"],
    "y": ["As The White House sees it", "Political capital 6", "y View as"],
    "s": ["Escalation ladder", "s Situation"],
}  # fmt: skip


async def settle(pilot: Any) -> None:
    """Lets answers come and screens be drawn."""
    for _ in range(4):
        await pilot.pause()


@pytest.fixture
def desk() -> ScriptedDoor:
    return sample_class.facilitator()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("key", list(PAGES))
async def test_a_page_shows_what_matters(
    key: str, size: tuple[int, int], desk: ScriptedDoor, client: Make, shown: Shown
) -> None:
    app = client(desk)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press(key)
        await settle(pilot)
        text = shown(app)
        assert [word for word in PAGES[key] if word.casefold() not in text.casefold()] == []
        lines = text.splitlines()
        assert len(lines) == size[1]
        assert "? help" in lines[-1]


async def test_every_digit_letter_and_function_key_leads_to_the_same_page(desk: ScriptedDoor, client: Make) -> None:
    app = client(desk)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        for sheet in app.screen.sheets():  # type: ignore[attr-defined]
            for key in sheet.keys:
                await pilot.press("escape", "2" if sheet.id == "desk" else "1", key)
                await settle(pilot)
                assert app.screen.active == sheet.id, key  # type: ignore[attr-defined]


async def test_no_key_of_a_page_takes_one_that_works_everywhere(desk: ScriptedDoor, client: Make) -> None:
    """What the help page says of the keys that work everywhere is so on every page of the facilitator's."""
    app = client(desk)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        screen: Any = app.screen
        everywhere = {key for command in screen.GENERAL for key in command.keys}
        everywhere |= {key for sheet in screen.sheets() for key in sheet.keys}
        for sheet in screen.sheets():
            if sheet.pane.startswith("console."):
                await pilot.press(sheet.keys[0])
                await settle(pilot)
                own = {key for command in screen.pane.COMMANDS for key in command.keys}
                assert own & everywhere == set(), sheet.id


async def test_somebody_is_let_in_to_a_seat_of_a_table(desk: ScriptedDoor, client: Make, shown: Shown) -> None:
    app = client(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("down", "enter")
        await settle(pilot)
        assert "Let Eva in?" in shown(app)
        await pilot.press("enter")
        await settle(pilot)
        assert desk.managed[-1] == {"what": "approve", "request": "r1", "seat": "cjng", "table": sample_class.TABLE}


async def test_one_key_and_a_yes_deal_an_armed_card(desk: ScriptedDoor, client: Make, shown: Shown) -> None:
    app = client(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.screen.pane.query_one("#list").go("card:akidnapping")  # type: ignore[attr-defined]
        await pilot.press("enter", "enter")
        await settle(pilot)
        assert "Deal this card now?" in shown(app)
        assert desk.commands == []
        await pilot.press("enter")
        await settle(pilot)
        assert desk.commands == [({"do": "release", "entry": "akidnapping"}, (3, "desk"))]


async def test_the_end_of_a_phase_is_asked_for_with_what_is_open(desk: ScriptedDoor, client: Make, shown: Shown) -> None:
    app = client(desk)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("9", "a")
        await settle(pilot)
        for words in ("End “Crisis desk” now?", "Mexico City is not done", "waits for a ruling", "waits for your yes"):
            assert words in shown(app)
        await pilot.press("escape")
        await settle(pilot)
        assert desk.commands == []


async def test_the_start_says_who_is_still_at_the_door(desk: ScriptedDoor, client: Make, shown: Shown) -> None:
    desk.mirror.data.update(status="lobby", turn=0, phase="setup")
    desk.offers = [{"do": "start", "ok": True}]
    app = client(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "Let them in first, then press a" in " ".join(line[40:].strip() for line in shown(app).splitlines())
        await pilot.press("a")
        await settle(pilot)
        assert "Still at the door: Eva, Max" in shown(app)


async def test_a_card_is_held_with_a_reason_whose_draft_is_kept(desk: ScriptedDoor, client: Make, shown: Shown) -> None:
    app = client(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("4")
        await settle(pilot)
        app.screen.pane.query_one("#list").go("entry:s2")  # type: ignore[attr-defined]
        await pilot.press("enter", "down", "enter")
        await settle(pilot)
        await pilot.press(*"Too", "escape", "enter", "down", "enter")
        await settle(pilot)
        await pilot.press(*" early", "enter")
        await settle(pilot)
        assert desk.commands == [({"do": "hold", "entry": "s2", "reason": "Too early"}, (3, "desk"))]
        assert len(app.drafts or ()) == 0


async def test_plus_moves_a_planned_card_and_leaves_one_that_is_out(desk: ScriptedDoor, client: Make) -> None:
    app = client(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("4")
        await settle(pilot)
        for row in ("entry:s2", "entry:s1"):
            app.screen.pane.query_one("#list").go(row)  # type: ignore[attr-defined]
            await pilot.press("plus")
            await settle(pilot)
        assert desk.commands == [({"do": "retime", "entry": "s2", "turn": 6}, (3, "desk"))]


async def test_a_card_on_the_table_is_corrected(desk: ScriptedDoor, client: Make) -> None:
    app = client(desk)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("4")
        await settle(pilot)
        app.screen.pane.query_one("#list").go("entry:s1")  # type: ignore[attr-defined]
        await pilot.press("enter", "enter")
        await settle(pilot)
        await pilot.press(*" (new)", "tab", "tab", *"A slip", "enter")
        await settle(pilot)
        body = {"do": "correct", "card": "9", "title": "The White-Shirt March (new)", "reason": "A slip"}
        assert desk.commands == [({**body, "text": "Business and families fill the avenue."}, (3, "desk"))]


async def test_a_ruling_starts_at_the_mean_of_the_estimates_and_shows_what_follows(
    desk: ScriptedDoor, client: Make, shown: Shown
) -> None:
    app = client(desk)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("7", "enter", "enter")
        await settle(pilot)
        assert "mean of 2 estimates: 40" in shown(app)
        await pilot.press("enter", *"escalation +1", "tab", "tab", *"He is received.", "ctrl+s")
        await settle(pilot)
        for words in ("Roll and rule?", "40 in 100", "Escalation ladder +1", "He is received."):
            assert words in shown(app)
        assert desk.commands == []
        await pilot.press("enter")
        await settle(pilot)
        expected = {"do": "rule", "number": 11, "odds": 40, "success": "escalation +1", "failure": ""}
        assert desk.commands == [({**expected, "ruling": "He is received.", "ruling_fails": ""}, (3, "desk"))]


async def test_a_form_says_what_is_missing_and_sends_nothing(desk: ScriptedDoor, client: Make, shown: Shown) -> None:
    app = client(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("7", "enter", "enter")
        await settle(pilot)
        await pilot.press("9", "9", "9", "ctrl+s")
        await settle(pilot)
        assert "Odds in 100" in shown(app)
        assert "Write a whole number from 0" in shown(app)
        assert desk.commands == []


async def test_a_card_of_ones_own_is_checked_kept_and_put_on_the_shelf(desk: ScriptedDoor, client: Make, shown: Shown) -> None:
    app = client(desk)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("6")
        await settle(pilot)
        source: Any = app.screen.query_one("#page-write #source")
        await pilot.press("enter")
        source.text = "injects:\n  my_card: {}\n"
        await settle(pilot)
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert "line 2, column 1: A card needs a title." in shown(app)
        assert desk.commands == []
        assert app.draft("adhoc.card") == "injects:\n  my_card: {}\n"
        source.text = "injects:\n  my_card: {title: A bridge}\n"
        await settle(pilot)
        await pilot.press("ctrl+s")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert desk.commands == [({"do": "write", "source": "injects:\n  my_card: {title: A bridge}\n"}, (3, "desk"))]
        assert app.draft("adhoc.card") == ""


async def test_what_arrives_never_touches_what_is_written(desk: ScriptedDoor, client: Make, shown: Shown) -> None:
    app = client(desk)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("6", "enter")
        await settle(pilot)
        source: Any = app.screen.query_one("#page-write #source")
        source.text = "half a"
        told = {"from": "cjng", "to": None, "turn": 4, "phase": "desk"}
        desk.feed(["set", "turn", 4], ["push", "messages", {**told, "text": "Hello"}])
        await settle(pilot)
        assert (source.text, app.focused) == ("half a", source)
        await pilot.press("escape", "8")
        await settle(pilot)
        await pilot.press("down", "down", "enter", *"Dear")
        desk.feed(["push", "messages", {**told, "text": "Again"}])
        await settle(pilot)
        assert app.focused is not None
        assert app.focused.value == "Dear"  # type: ignore[attr-defined]
        assert "CJNG to all: Again" not in shown(app)  # only what concerns the seat that is written to
        await pilot.press("enter")
        await settle(pilot)
        assert desk.commands[-1][0] == {"do": "say", "to": ["washington"], "text": "Dear"}


async def test_messages_are_searched(desk: ScriptedDoor, client: Make, shown: Shown) -> None:
    app = client(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("8")
        await settle(pilot)
        await pilot.press("slash", *"speak")
        await settle(pilot)
        text = shown(app)
        assert "Can we speak" in text
        assert "still at the table" not in text


async def test_another_table_is_gone_to_and_its_pages_are_new(desk: ScriptedDoor, client: Make) -> None:
    app = client(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        await settle(pilot)
        before = app.screen
        app.screen.pane.query_one("#list").go(f"table:{sample_class.OTHER}")  # type: ignore[attr-defined]
        await pilot.press("enter")
        await settle(pilot)
        assert desk.table == sample_class.OTHER
        assert app.screen is not before
        assert app.screen.active == "tables"  # type: ignore[attr-defined]


async def test_something_is_said_at_all_tables(desk: ScriptedDoor, client: Make) -> None:
    app = client(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("2", "plus", "down", "down", "enter"):
            await pilot.press(key)
            await settle(pilot)
        await pilot.press(*"Break", "enter")
        await settle(pilot)
        assert desk.managed[-1] == {"what": "all", "body": {"do": "announce", "text": "Break"}}


async def test_a_stop_signal_is_large_and_names_nobody(desk: ScriptedDoor, client: Make, shown: Shown) -> None:
    tables = [{**desk.classroom.tables[0], "stop": True}, desk.classroom.tables[1]]
    desk.classroom = sample_class.classroom(tables=tables)
    app = client(desk)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        desk.tell("classroom")
        await pilot.press("9")
        await settle(pilot)
        banner = "Somebody asks to stop at this table."
        assert banner in shown(app)
        await pilot.press("1")
        await settle(pilot)
        app.screen.pane.query_one("#list").go("stop")  # type: ignore[attr-defined]
        await settle(pilot)
        assert "do not ask" in shown(app)
        await pilot.press("enter", "enter")
        await settle(pilot)
        assert desk.managed[-1] == {"what": "stop_clear"}


async def test_going_back_asks_with_words_for_what_is_undone(desk: ScriptedDoor, client: Make, shown: Shown) -> None:
    app = client(desk)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("0")
        await settle(pilot)
        app.screen.pane.query_one("#list").go("at:9")  # type: ignore[attr-defined]
        await pilot.press("enter", "enter")
        await settle(pilot)
        for words in ("Rewind to Rooms, turn 2", "takes back 1 phase", "TOLD SINCE THEN", "marches on Zamora"):
            assert words in shown(app)
        await pilot.press(*"A slip", "enter")
        await settle(pilot)
        assert {"what": "rewind", "to": 9, "reason": "A slip"} in desk.managed


async def test_an_order_for_a_seat_is_one_of_its_own_offers(desk: ScriptedDoor, client: Make, shown: Shown) -> None:
    app = client(desk)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("v", "down", "down", "enter")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "What does The White House do?" in shown(app)
        await pilot.press(*"resort", "enter")
        await settle(pilot)
        await pilot.press("down", "enter")
        await settle(pilot)
        await pilot.press(*"On paper", "enter")
        await settle(pilot)
        body = {"do": "respond", "card": "7", "option": "lead", "rationale": "", "belief": None}
        expected = {"do": "act", "seat": "washington", "body": body, "reason": "On paper"}
        assert desk.commands == [(expected, (3, "desk"))]


async def test_somebody_quiet_gets_a_private_nudge(desk: ScriptedDoor, client: Make) -> None:
    app = client(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("9")
        await settle(pilot)
        app.screen.pane.query_one("#list").go("person:p3")  # type: ignore[attr-defined]
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        body = desk.commands[-1][0]
        assert (body["do"], body["to"]) == ("say", ["mexico_city"])
        assert body["text"].startswith("Cem: ")


@pytest.mark.parametrize(("key", "words"), [("a", "evaluator"), ("p", "evaluator"), ("u", "evaluator")])
async def test_a_right_that_does_not_reach_says_so(
    key: str, words: str, desk: ScriptedDoor, client: Make, shown: Shown
) -> None:
    desk.right = "evaluator"
    app = client(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press(key)
        await settle(pilot)
        assert [words in note.message for note in app._notifications] == [True]
        assert desk.commands == []
        await pilot.press("7", "enter", "enter")
        await settle(pilot)
        assert "Not now: " in shown(app)
        await pilot.press("down", "enter")
        await settle(pilot)
        await pilot.press(*"35", "enter")
        await settle(pilot)
        assert desk.commands == [({"do": "estimate", "number": 11, "percent": 35}, (3, "desk"))]


async def test_names_typed_by_people_are_never_markup(desk: ScriptedDoor, client: Make, shown: Shown) -> None:
    nasty = "[/][@click=app.quit]x\u202e"
    people = [{**person, "name": nasty} for person in desk.classroom.people]
    lobby = [{**each, "name": nasty} for each in desk.classroom.lobby]
    desk.classroom = sample_class.classroom(people=people, lobby=lobby)
    desk.mirror.data["petitions"] = [{**each, "what": nasty} for each in sample_class.petitions()]
    app = client(desk)
    async with app.run_test(size=(120, 40)) as pilot:
        for key in ("1", "2", "3", "7", "9"):
            await pilot.press(key)
            await settle(pilot)
            assert "\u202e" not in shown(app)
        assert "[/][@click=app.quit]x" in shown(app) or app.screen.active == "meters"  # type: ignore[attr-defined]
