"""Every choice says who made it, why, what they expected, and what followed; also that nobody made it."""

from __future__ import annotations

from tests.support.chronicles import played_chronicle
from tests.support.kept import Kept
from tests.support.paper import Page
from wargame.analysis.debrief.choices import choices, lasting
from wargame.analysis.debrief.naming import names_of
from wargame.analysis.debrief.record import read


def test_an_answer_with_all_that_was_said() -> None:
    game = Kept()
    game.to("desk")
    card = game.card("letter", target="reds")
    game.answer("north", card, "answer", rationale="They <will> blink.", belief=70)
    row = game.last
    game.to("rooms")
    words = Page(choices(*game.told()).text).text
    for part in (
        "Northland: Answer ▲ escalate",
        "Card: A Letter to The Reds",
        f"Decided byAna §{row}",
        "WhyThey <will> blink.",
        "Expected70 % that the other side escalates",
        "Time taken1 s",
        "Instead ofWait; Pay",
        "Tension +1 → 4",
        "nobody: there was no answer in time, and the default stood",
    ):
        assert part in words, part


def test_a_team_is_named_with_how_it_agreed() -> None:
    game = Kept()
    game.team("assembly", "p3", "p4", "p5")
    game.to("rooms")
    game.done("assembly/p4", "orders", orders=[{"action": "brief", "targets": [], "rationale": ""}])
    number = game.state.teams[game.seat("assembly")].suggestions[0].number
    game.done("assembly/p5", "object", number=number, why="Too early.")
    game.done("assembly/p3", "endorse", number=number)
    game.to("rooms", turn=2)
    words = Page(choices(*game.told()).text).text
    assert "Dmitri, for the team: by majority; for it" in words
    assert "against it Élodie (“Too early.”)" in words


def test_every_choice_of_a_game_is_there() -> None:
    chronicle = played_chronicle("skirmish", 1)
    record = read(chronicle)
    page = Page(choices(record, names_of(chronicle)).text)
    found = [each["id"] or "" for tag, each in page.elements if tag == "article"]
    assert sorted(found) == sorted(f"a{act.number}" for act in record.acts)


def test_times_are_minutes_and_seconds() -> None:
    assert [lasting(each) for each in (0.4, 59.6, 61, 600)] == ["0 s", "1 min 0 s", "1 min 1 s", "10 min 0 s"]
