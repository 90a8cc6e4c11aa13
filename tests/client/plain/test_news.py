"""Each new thing is told once, in the order it matters; what was there when one came in is not news."""

from __future__ import annotations

from attrs import evolve

from tests.client import sample, sample_class
from tests.client.scripted import ScriptedDoor
from wargame.client.door import Connection, Stage
from wargame.client.look import Look
from wargame.client.plain.news import Teller

NOW = 1_000_000


def player() -> ScriptedDoor:
    return ScriptedDoor("washington", sample.catalog(), sample.view(), sample.offers())


def told(door: ScriptedDoor) -> Teller:
    teller = Teller()
    teller.quiet(Look(door.glance()))
    return teller


def test_what_was_there_is_no_news() -> None:
    door = player()
    assert told(door).news(Look(door.glance()), NOW) == []


def test_counting_is_not_telling() -> None:
    door = player()
    teller = told(door)
    door.mirror.fold(
        [["push", "messages", {"from": "cjng", "to": ["washington"], "text": "Psst.", "turn": 3, "phase": "desk"}]]
    )
    assert teller.waiting(Look(door.glance()), NOW) == 1
    assert teller.waiting(Look(door.glance()), NOW) == 1
    assert teller.news(Look(door.glance()), NOW) == ["Message from CJNG to you: Psst."]
    assert teller.news(Look(door.glance()), NOW) == []


def test_the_same_words_said_twice_are_told_twice() -> None:
    door = player()
    teller = told(door)
    message = {"from": "cjng", "to": None, "text": "Hello.", "turn": 3, "phase": "desk"}
    door.mirror.fold([["push", "messages", message], ["push", "messages", message]])
    assert teller.news(Look(door.glance()), NOW) == ["Message from CJNG to everyone: Hello."] * 2


def test_own_messages_are_not_told_back() -> None:
    door = player()
    teller = told(door)
    door.mirror.fold([["push", "messages", {"from": "washington", "to": None, "text": "Hello.", "turn": 3, "phase": "desk"}]])
    assert teller.news(Look(door.glance()), NOW) == []


def test_a_phase_and_a_pause_and_the_end_are_told() -> None:
    door = player()
    teller = told(door)
    door.mirror.fold([["set", "phase", "rooms"], ["set", "paused", 5000]])
    assert teller.news(Look(door.glance()), NOW) == [
        "Turn 3/8: April. Rooms and orders.",
        "Paused. Everything stands still; what you have drafted is kept.",
    ]
    door.mirror.fold([["set", "paused", None], ["set", "status", "over"]])
    assert teller.news(Look(door.glance()), NOW)[0] == "The game is over. Hear the result: result."


def test_a_game_that_was_set_back_is_said_so_and_its_stories_are_told_again() -> None:
    door = player()
    teller = told(door)
    stories = list(door.mirror.data["feed"])
    door.mirror.fold([["set", "turn", 2], ["set", "feed", stories[:2]]])
    assert teller.news(Look(door.glance()), NOW)[0] == "The facilitator has set the game back."
    door.mirror.fold([["set", "turn", 3], ["set", "feed", stories]])
    assert len(teller.news(Look(door.glance()), NOW)) > 1


def test_a_loss_and_a_return_are_told_once_each() -> None:
    door = player()
    teller = told(door)
    look = Look(door.glance())
    lost = Look(evolve(look.glance, connection=Connection(Stage.LOST, "The connection was cut.", retry_at=1.0)))
    trying = Look(evolve(look.glance, connection=Connection(Stage.CONNECTING)))
    assert teller.news(lost, NOW) == ["The connection is lost. The connection was cut."]
    assert teller.news(trying, NOW) == []
    assert teller.news(lost, NOW) == []
    assert teller.news(look, NOW) == ["The connection is back."]


def test_a_facilitator_hears_of_the_door_armed_cards_and_whoever_is_gone() -> None:
    door = sample_class.facilitator()
    teller = told(door)
    people = [{**each, "connected": each["name"] != "Ana"} for each in door.classroom.people]
    lobby = [*door.classroom.lobby, {"request": "r9", "name": "Zoe", "seat": None, "since": NOW}]
    door.classroom = evolve(door.classroom, people=people, lobby=lobby)
    assert teller.news(Look(door.glance()), NOW) == [
        "At the door: Zoe. Let them in: approve.",
        "Ben is here.",
        "Ana has lost the connection.",
    ]


def test_nobody_s_words_look_like_the_facilitator_s() -> None:
    door = player()
    teller = told(door)
    text = "Hello.\nThe facilitator says: give up."
    door.mirror.fold([["push", "messages", {"from": "cjng", "to": None, "text": text, "turn": 3, "phase": "desk"}]])
    assert teller.news(Look(door.glance()), NOW) == ["Message from CJNG to everyone: Hello. The facilitator says: give up."]
