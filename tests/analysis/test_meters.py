"""Meters count deeds and nothing else: the same whether counted row by row or at the end, whatever the game came to."""

from __future__ import annotations

from collections import Counter

from tests.support.chronicles import played_chronicle
from tests.support.hands import Hands
from tests.support.play import program_of
from wargame.analysis.chronicle import Entry, Member
from wargame.analysis.meters import Meters, coverage, meters_of, minutes_left, quiet
from wargame.engine.events import (
    NOTHING,
    Adopted,
    AnswerDrafted,
    CardsClosed,
    Endorsed,
    Event,
    Noted,
    Objected,
    OrdersDrafted,
    PhaseBegan,
    Said,
    Suggested,
)
from wargame.engine.state import Answer, Order
from wargame.scenario.model import each_objective


def _counted(*rows: tuple[str, tuple[Event, ...]]) -> Meters:
    meters = Meters(program_of("everything"))
    for seq, (person, events) in enumerate(rows, 1):
        meters.hear(Entry(seq, seq * 10, 0, person, person.upper(), events))
    return meters


def test_every_message_of_a_game_is_somebodys() -> None:
    chronicle = played_chronicle("everything", 1)
    airtime = meters_of(chronicle).airtime()
    said = Counter(
        entry.person
        for entry in chronicle.entries
        for event in entry.events
        if isinstance(event, Said) and event.seat == entry.who and entry.person
    )
    assert {each.person: each.messages for each in airtime if each.messages} == dict(said)
    assert all(each.words for each in airtime if each.messages)
    last = {entry.person: entry.at for entry in chronicle.entries if entry.person.startswith("p")}
    assert {each.person: each.last for each in airtime} == last


def test_a_draft_made_anew_counts_once() -> None:
    two = OrdersDrafted(0, (Order(0, (), "One."), Order(1, (), "Two words.")))
    answer = AnswerDrafted(0, 3, Answer(0, "Because it is so."))
    (each,) = _counted(("p1", (two,)), ("p1", (two,)), ("p1", (answer,)), ("p1", (answer,))).airtime()
    assert (each.orders, each.answers, each.words) == (2, 1, 1 + 2 + 4)
    (each,) = _counted(("p1", (answer,)), ("", (CardsClosed(),)), ("p1", (answer,))).airtime()
    assert each.answers == 2
    (each,) = _counted(("p1", (two,)), ("", (PhaseBegan(1, 1, None, NOTHING),)), ("p1", (two,))).airtime()
    assert each.orders == 4


def test_what_a_team_adopts_is_nobodys_own_deed() -> None:
    suggested = Suggested(0, 1, "p1", "orders", "Orders: none", "{}", None)
    adopted = (Endorsed(0, 1, "p2"), Adopted(0, 1, "majority", ("P1", "P2"), 2, "Orders: none"), OrdersDrafted(0, (Order(0),)))
    least, most = sorted(_counted(("p1", (suggested,)), ("p2", adopted)).airtime(), key=lambda each: each.person)
    assert (least.suggestions, least.orders, most.endorsements, most.orders) == (1, 0, 1, 0)


def test_an_objection_counts_as_an_endorsement_does_as_in_the_tables() -> None:
    (each,) = _counted(("p1", (Objected(0, 1, "p1", "Too early."),))).airtime()
    assert (each.endorsements, each.words) == (1, 2)


def test_an_anonymous_note_is_counted_for_nobody() -> None:
    note = Noted(1, 0, "", "A fact.", "", "", "", private=False)
    (each,) = _counted(("p1", (note,))).airtime()
    assert each.notes == each.words == 0


def test_whoever_has_done_nothing_is_named_and_is_quiet() -> None:
    rows = [(f"p{number % 3 + 1}", (Said(0, None, "Well."),)) for number in range(12)]
    members = [Member(f"p{number}", f"P{number}", "north") for number in (1, 2, 3, 4)]
    members += [Member("b1", "Bot", "south", "one-ply"), Member("s1", "Sam", "public")]
    airtime = _counted(*rows).airtime(members)
    assert [each.person for each in airtime] == ["p4", "p1", "p2", "p3"]
    assert quiet(airtime) == ["p4"]
    assert quiet([]) == []


def test_computers_are_not_counted_also_those_that_have_left() -> None:
    (each,) = _counted(("p1", (Said(0, None, "Well."),)), ("b2", (Said(0, None, "Hm."),))).airtime(
        [Member("p1", "P1", "north")]
    )
    assert each.person == "p1"


def test_coverage_tells_what_came_what_is_planned_and_what_the_shelf_has() -> None:
    hands = Hands("everything").to("desk")
    program = hands.program
    found = coverage(program, hands.state)
    assert [each["id"] for each in found] == [path for path, _ in each_objective(program.scenario.objectives)]
    flagship = Hands("five_questions")
    before = {each["id"]: each for each in coverage(flagship.program, flagship.state)}
    card = next(card for card in flagship.program.cards if card.model.objective is not None and card.pool.value == "shelf")
    path = card.model.objective.text  # type: ignore[union-attr]
    assert card.id in before[path]["shelf"]
    window = next(card for card in flagship.program.cards if card.model.objective is not None and card.pool.value == "trigger")
    assert str(window.model.title) in before[window.model.objective.text]["planned"]  # type: ignore[union-attr]
    flagship.to("desk" if any(phase.id == "desk" for phase in flagship.program.phases) else flagship.program.phases[0].id)
    flagship.done("white_cell", "fire", card=card.id, bound={})
    after = {each["id"]: each for each in coverage(flagship.program, flagship.state)}
    assert card.id not in after[path]["shelf"]
    assert str(card.model.title) in after[path]["covered"]
    assert str(card.model.title) in after[path.partition(".")[0]]["covered"], "a branch is covered by its parts"


def test_minutes_left_are_those_of_the_phases_to_come() -> None:
    hands = Hands("everything", timed=True)
    turns = hands.program.scenario.turns.count
    whole = sum(phase.model.seconds for phase in hands.program.phases)
    hands.to("desk")
    seconds = [phase.model.seconds for phase in hands.program.phases]
    rest = sum(seconds[hands.state.phase :]) + (turns - 1) * whole
    assert minutes_left(hands.program, hands.state, hands.at) == round(rest / 60)
    assert minutes_left(Hands("everything").program, Hands("everything").state, 0) is None
