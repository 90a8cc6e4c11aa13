"""Everything on the facilitator's pages does on a real server what it says, and says in a sentence why where it does not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.client.tui.console.conftest import Class, Console, in_class
from wargame.engine import events as e


def line(console: Console, card: str) -> Any:
    """The line of a card on the time-line."""
    return next(each for each in console.data["msel"] if each["card"] == card)


def person(console: Console, name: str) -> Any:
    """Somebody of the class, as the console knows."""
    return next((each for each in console.app.look.glance.classroom.people if each["name"] == name), {})


@in_class
async def test_the_plan_is_held_moved_shifted_skipped_and_added_to(school: Class) -> None:
    await school.to("desk")
    console = await school.console()
    held = next(each for each in console.data["msel"] if each["status"] == "planned")
    entry = held["entry"]

    def now() -> Any:
        return next(each for each in console.data["msel"] if each["entry"] == entry)

    await console.page("4", f"entry:{entry}")
    await console.press("enter")
    await console.choose("Hold it back")
    await console.write("Not yet")
    await console.until(lambda: now()["status"] == "held")
    assert now()["reason"] == "Not yet"
    await console.row(f"entry:{entry}")
    await console.press("enter")
    await console.choose("Let it come as planned")
    await console.until(lambda: now()["status"] == "planned")
    await console.row(f"entry:{entry}")
    await console.press("enter")
    await console.choose("Another turn")
    await console.fill(turn="3") if console.app.screen.query("#field-turn") else await console.write("3")
    await console.until(lambda: now()["due"] == 3)
    assert now()["planned"] == held["planned"]
    await console.row(f"entry:{entry}")
    await console.press("enter")
    await console.choose("Shift it")
    await console.fill(turns="-1")
    await console.until(lambda: now()["due"] == 2)
    await console.row(f"entry:{entry}")
    await console.press("enter")
    await console.choose("Skip it")
    await console.write("No time")
    await console.until(lambda: now()["status"] == "skipped")
    await console.page("5", "card:shelf_card")
    await console.press("enter")
    await console.choose("Plan it")
    await console.write("2")
    await console.until(lambda: any(each["card"] == "shelf_card" for each in console.data["msel"]))
    assert (line(console, "shelf_card")["planned"], line(console, "shelf_card")["by"]) == (2, "facilitator")


@in_class
async def test_a_card_is_fired_corrected_and_recalled_from_the_desk(school: Class) -> None:
    await school.to("desk")
    console = await school.console()
    await console.page("5", "card:shelf_card")
    await console.press("enter")
    await console.choose("Fire it now")
    await console.yes()
    await console.until(lambda: any(card["id"] == "shelf_card" for card in console.data["cards"].values()))
    number = next(number for number, card in console.data["cards"].items() if card["id"] == "shelf_card")
    await console.page("1", f"table:{number}")
    await console.press("enter")
    await console.choose("Correct its words")
    await console.fill(title="From the Shelf, mended", reason="A slip")
    await console.until(lambda: console.data["cards"][number]["corrected"])
    assert console.data["cards"][number]["title"] == "From the Shelf, mended"
    await console.row(f"table:{number}")
    await console.press("enter")
    await console.choose("Recall it, and undo")
    await console.write("The wrong card")
    await console.until(lambda: number not in console.data["cards"])
    assert [event.reason for event in await school.events(e.CardRecalled)] == ["The wrong card"]


@in_class
async def test_an_armed_card_is_dealt_by_one_key_from_any_page(school: Class) -> None:
    await school.to("desk", turn=2)
    console = await school.console(size=(80, 24))

    def armed() -> list[Any]:
        return [each for each in console.data["msel"] if each["status"] == "armed"]

    assert armed()
    await console.page("9")
    while armed():
        first = armed()[0]
        await console.until(lambda: f"Y deals {first['title']}" in console.shown)  # noqa: B023
        await console.press("Y")
        await console.told(f"Dealt: {first['title']}.")
        assert any(card["id"] == first["card"] for card in console.data["cards"].values())
    assert "Y deals" not in console.shown
    await console.press("Y")
    await console.told("No card is armed.")


@in_class
async def test_something_happens_a_seat_is_acted_for_and_a_vote_is_decided(school: Class) -> None:
    await school.to("rooms")
    console = await school.console()
    tension = next(each.index for each in school.made.tables[0].table.game.program.slots if each.name == "tension")
    before = school.state().board[tension]
    await console.press("v")
    await console.choose("Let something happen")
    await console.fill(text="A bridge falls.", effects="tension +1; call_vote authority_bill", reason="They sat still")
    await console.yes()
    await console.until(lambda: any(story["head"] == "A bridge falls." for story in console.data["feed"]))
    assert [event.text for event in await school.events(e.Happened)] == ["A bridge falls."]
    assert school.state().board[tension] == before + 1
    await console.press("v")
    await console.choose("Act for a seat")
    await console.choose("Southland")
    await console.choose("Order: Talk")
    await console.write("Handed in on paper")
    await console.until(lambda: (console.data["drafts"].get("south") or {}).get("orders"))
    assert [event.reason for event in await school.events(e.OnBehalf)] == ["Handed in on paper"]
    await school.to("floor")
    await console.until(lambda: console.data["motion"])
    await console.press("v")
    await console.choose("Decide the vote")
    await console.choose("It passes")
    await console.write("For the lesson")
    await console.until(lambda: console.data["outcome"] is True)
    await school.to("desk", turn=2)
    assert [event.passed for event in await school.events(e.MotionVoted)] == [True]


@in_class
async def test_the_game_ends_with_an_ending_of_the_scenarios(school: Class) -> None:
    await school.to("rooms")
    console = await school.console()
    await console.press("v")
    await console.choose("End the game")
    await console.choose("War")
    await console.write("The bell rings")
    await console.until(lambda: console.app.look.status == "over")
    assert console.data["result"]["ending"]["id"] == "war"
    assert [event.reason for event in await school.events(e.EndCalled)] == ["The bell rings"]


@in_class
async def test_proposals_are_estimated_held_ruled_on_and_turned_down(school: Class) -> None:
    await school.to("rooms")
    ana = await school.player("Ana", "north")
    console = await school.console()
    for what in ("We block the road.", "We buy the paper."):
        body = {"do": "petition", "what": what, "because": ["It is ours."], "against": ""}
        assert (await ana.do(body, seen=(1, "rooms"))).ok
    await console.until(lambda: len(console.data["petitions"]) == 2)
    road, paper = (each["number"] for each in console.data["petitions"])

    def now(number: int) -> Any:
        return next(each for each in console.data["petitions"] if each["number"] == number)

    await console.page("7", f"petition:{road}")
    await console.press("enter")
    await console.choose("Say how likely")
    await console.write("35")
    await console.until(lambda: [each["percent"] for each in now(road)["estimates"]] == [35])
    await console.row(f"petition:{road}")
    await console.press("enter")
    await console.choose("Take it upstairs")
    await console.write("It goes upstairs")
    await console.until(lambda: now(road)["status"] == "held")
    await console.row(f"petition:{paper}")
    await console.press("enter")
    await console.choose("Turn it down")
    await console.write("Nobody sells.")
    await console.until(lambda: now(paper)["status"] == "turned_down")
    await console.row(f"petition:{road}")
    await console.press("enter")
    await console.choose("Rule on it")
    await console.fill(odds="100", success="tension +1", ruling="The road is closed.")
    await console.yes()
    await console.until(lambda: now(road)["status"] == "ruled")
    assert (now(road)["odds"], now(road)["success"]) == (100, True)


@in_class
async def test_people_are_muted_renamed_made_captain_moved_and_sent_away(school: Class) -> None:
    await school.to("rooms")
    ana, _ben = await school.player("Ana", "north"), await school.player("Ben", "north")
    console = await school.console()
    await console.until(lambda: person(console, "Ana") and person(console, "Ben"))
    which = person(console, "Ana")["person"]

    async def act(words: str) -> None:
        await console.page("3", f"person:{which}")
        await console.press("enter")
        await console.choose(words)

    await act("Mute")
    await console.until(lambda: person(console, "Ana")["muted"])
    refused = await ana.do({"do": "say", "to": None, "text": "Hello"}, seen=(1, "rooms"))
    assert (refused.ok, refused.code) == (False, "muted")
    await act("Unmute")
    await console.until(lambda: not person(console, "Ana")["muted"])
    await act("Change the name")
    await console.write("Anna")
    await console.until(lambda: person(console, "Anna"))
    await act("Make captain")
    await console.until(lambda: person(console, "Anna")["captain"])
    await act("Give another seat")
    await console.choose("Table 1: Southland")
    await console.until(lambda: person(console, "Anna")["seat"] == "south")
    await act("Give another seat")
    await console.choose("Table 2: Southland")
    await console.until(lambda: person(console, "Anna")["table"] == school.made.tables[1].game)
    await console.until(lambda: ana.glance().table == school.made.tables[1].game)
    await act("Close the place")
    await console.yes()
    await console.until(lambda: not person(console, "Anna"))
    await console.until(lambda: ana.glance().connection.code == "kicked")


@in_class
async def test_the_class_is_locked_invited_to_extended_and_told(school: Class) -> None:
    await school.to("rooms")
    await school.to("rooms", table=1)
    console = await school.console()
    await console.page("3")
    await console.press("L")
    await console.until(lambda: console.app.look.glance.classroom.locked)
    await console.press("I")
    await console.choose("evaluator")
    text = await console.notice()
    secret = text.partition("--secret ")[2].split()[0]
    assert f"wargame join 127.0.0.1:{school.server.port} --secret {secret}" in text
    helper = await school.console("Ida", secret)
    assert helper.app.look.right == "evaluator"
    await console.press("x")
    await console.choose("By itself")
    await console.fill(seconds="30", times="2")
    await console.until(lambda: tuple(console.app.look.glance.classroom.auto_extend) == (30, 2))
    await console.page("2")
    await console.press("plus")
    await console.choose("Announce to all")
    await console.write("Five minutes more")
    await console.until(lambda: any(each["text"] == "Five minutes more" for each in console.data["messages"]))
    for words, paused in (("Pause all", True), ("Let all go on", False)):
        await console.press("plus")
        await console.choose(words)
        await console.until(lambda: [(school.state(table).left is not None) for table in (0, 1)] == [paused] * 2)  # noqa: B023
    await console.press("plus")
    await console.choose("One more table")
    await console.until(lambda: len(console.app.look.glance.classroom.tables) == 3)


@in_class
async def test_notes_are_written_read_and_voted_for(school: Class) -> None:
    await school.to("rooms")
    ana = await school.player("Ana", "north")
    console = await school.console(size=(80, 24))
    await console.page("4")
    await console.press("O")
    await console.fill(False, fact="They never asked")
    await console.press("O")
    await console.until(lambda: console.app.screen.query("#field-fact"))
    assert console.app.screen.query_one("#field-fact").text == "They never asked"  # type: ignore[attr-defined]
    await console.fill(so_what="Nobody knew", change="Ask first")
    await console.told("facilitators alone read it")
    await console.until(lambda: len(console.data["board"]["notes"]) == 1)
    note = console.data["board"]["notes"][0]
    assert (note["private"], note["fact"], note["change"]) == (True, "They never asked", "Ask first")
    assert len(console.app.drafts or ()) == 0
    assert ana.glance().data["board"] == {"open": False, "notes": []}
    await console.page("G", "board")
    await console.press("enter")
    await console.yes()
    await console.until(lambda: console.data["board"]["open"])
    body = {"do": "note", "fact": "We were late", "so_what": "", "change": "", "objective": "", "anonymous": True}
    assert (await ana.do(body, seen=(1, "rooms"))).ok
    await console.until(lambda: len(console.data["board"]["notes"]) == 2)
    await console.row("note:1")
    await console.press("enter")
    await console.until(lambda: console.data["board"]["notes"][-1]["votes"] == 1)
    await console.until(lambda: "1 vote" in console.shown)
    assert "no name" in console.shown
    await console.press("enter")
    await console.until(lambda: console.data["board"]["notes"][-1]["votes"] == 0)


@in_class
async def test_an_evaluator_notes_and_cannot_open_the_board(school: Class) -> None:
    await school.to("rooms")
    secret = await school.made.invite("evaluator")
    console = await school.console("Ida", secret)
    await console.press("O")
    await console.fill(fact="Good questions")
    await console.until(lambda: console.data["board"]["notes"])
    await console.page("G", "board")
    await console.press("enter")
    await console.told("As an evaluator you take notes")
    assert not console.data["board"]["open"]
    await console.until(lambda: "Ida" in console.shown or console.app.screen.pane.chosen == "board")  # type: ignore[attr-defined]
    await console.row("note:-1")
    assert "Ida" in console.shown


@pytest.mark.parametrize(
    ("first", "second", "words"), [("pause", "pause", "paused already"), ("resume", "resume", "goes on already")]
)
@in_class
async def test_of_two_facilitators_with_one_mind_the_second_is_told_how_it_is(
    school: Class, first: str, second: str, words: str
) -> None:
    await school.to("rooms")
    one, two = await school.console("Gus"), await school.console("Ida")
    if first == "resume":
        assert await one.app.send({"do": "pause"}, (1, "rooms"))
        await two.until(lambda: two.app.look.paused)
    seen = two.app.look.seen
    assert await one.app.send({"do": first}, seen)
    await two.app.send({"do": second}, seen)
    assert words in await two.notice()


@in_class
async def test_a_phase_is_ended_once_though_two_facilitators_end_it(school: Class) -> None:
    """The second had the question on the screen while the first said yes; the next phase must not be lost."""
    await school.to("desk")
    one, two = await school.console("Gus"), await school.console("Ida")
    for console in (one, two):
        await console.press("a")
        await console.until(lambda: console.app.screen.is_modal)  # noqa: B023
    await one.yes()
    await one.until(lambda: one.data["phase"] == "rooms")
    await two.yes()
    assert "it is turn 1, Rooms and orders now" in await two.notice()
    assert school.state().phase_id(school.made.tables[0].table.game.program) == "rooms"


@in_class
async def test_how_to_join_has_the_code_the_command_and_a_picture(school: Class) -> None:
    console = await school.console(size=(80, 24))
    await console.press("z")
    await console.until(lambda: console.app.screen.is_modal and console.app.screen.query("#picture"))
    text = console.shown
    assert len(text.splitlines()) == 24
    assert " ".join(school.made.code) in text
    assert f"{school.made.code}@127.0.0.1:{school.server.port}" in text
    assert sum("█" in row for row in text.splitlines()) >= 14
    assert "Esc close" in text


@in_class
async def test_somebody_is_let_in_and_a_computer_plays_an_empty_seat(school: Class) -> None:
    console = await school.console(size=(80, 24))
    eva = await school.knock("Eva")
    await console.until(lambda: console.app.look.glance.classroom.lobby)
    request = console.app.look.glance.classroom.lobby[0]["request"]
    await console.page("1", f"door:{request}")
    await console.press("enter")
    await console.choose("Table 1: Southland")
    await console.until(lambda: eva.glance().you == "south")
    await console.page("3", f"seat:{school.made.tables[0].game}:north")
    await console.press("enter")
    await console.choose("Let a computer play it")
    await console.until(
        lambda: any(each["seat"] == "north" and each["bot"] for each in console.app.look.glance.classroom.people)
    )


@in_class
async def test_the_game_goes_back_forks_and_two_tables_are_compared(school: Class) -> None:
    await school.to("rooms")
    console = await school.console()
    await console.page("0")
    await console.until(lambda: console.app.screen.pane.answer.get("boundaries"))  # type: ignore[attr-defined]
    found = {each["phase"]: each["seq"] for each in console.app.screen.pane.answer["boundaries"]}  # type: ignore[attr-defined]
    await console.row(f"at:{found['rooms']}")
    await console.press("enter")
    await console.choose("One more table from here; its people stay")
    await console.until(lambda: len(console.app.look.glance.classroom.tables) == 3)
    await console.row(f"at:{found['desk']}")
    await console.press("enter")
    await console.choose("Rewind the game to here")
    await console.write("Once more")
    await console.until(lambda: console.data["phase"] == "desk")
    assert console.app.look.paused
    assert [event.reason for event in await school.events(e.Rewound)] == ["Once more"]
    await console.press("C")
    await console.choose("Table 3")
    assert "Table 1" in (await console.notice())
