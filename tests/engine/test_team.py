"""People who share a seat decide together: no click of one binds it, and nobody else learns that they deliberate."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.hands import Hands, kinds
from wargame.engine import events as e
from wargame.engine.commands import Endorse, Refused, SetTeam, house
from wargame.engine.deliberation import LONGEST, MOST_OPEN
from wargame.engine.players import perform
from wargame.engine.story import story
from wargame.engine.work import Work

PEOPLE = ("ann", "bob", "cyd", "dee")


def desk(seat: str = "assembly", *people: str, timed: bool = False) -> Hands:
    """A card for north and the assembly is on the table, and these people are at the seat."""
    table = Hands("everything", timed=timed).to("desk")
    table.done("white_cell", "fire", card="exposed", bound={})
    table.team(seat, *(people or PEOPLE))
    return table


def number_of(table: Hands, card: str = "exposed") -> str:
    """The number of a card on the table."""
    return next(str(number) for number, each in table.view("white_cell")["cards"].items() if each["id"] == card)


def answer(table: Hands, who: str, option: str, **fields: Any) -> tuple[e.Event, ...]:
    """Somebody answers the card."""
    return table.done(who, "respond", card=number_of(table), option=option, **fields)


def answered(table: Hands, seat: str) -> bool:
    """Whether the seat has an answer."""
    return any(member == table.seat(seat) for _, member in table.state.answers)


def suggestions(table: Hands, seat: str = "assembly") -> list[dict[str, Any]]:
    """What lies on the seat's table."""
    found: list[dict[str, Any]] = table.view(seat)["team"]["suggestions"]
    return found


def stories(table: Hands, events: tuple[e.Event, ...], who: str) -> list[dict[str, Any]]:
    """What the viewer reads of these events."""
    told = [story(table.program, table.state, event, table.seat(who)) for event in events]
    return [each for each in told if each is not None]


# Alone and together


def test_a_seat_of_one_plays_as_ever() -> None:
    """One person who is there binds the seat, whether or not others belong to it."""
    table = desk("assembly", "ann")
    assert kinds(answer(table, "assembly/ann", "probe")) == ["AnswerDrafted"]
    table.team("assembly", "ann", "bob", away="bob")
    assert kinds(answer(table, "assembly/ann", "shrug")) == ["AnswerDrafted"]
    assert not table.view("assembly")["team"]["together"]


def test_one_click_of_a_team_binds_nothing() -> None:
    """What one of two does is a suggestion in words; the seat has not answered."""
    table = desk("assembly", "ann", "bob")
    assert kinds(answer(table, "assembly/ann", "probe", rationale="They lie.")) == ["Suggested"]
    assert not answered(table, "assembly")
    (made,) = suggestions(table)
    assert made["words"] == "Answer 'Exposed': Probe"
    assert made["about"] == f"card {number_of(table)}"
    assert made["body"]["rationale"] == "They lie."
    assert (made["by"], made["endorsed"], made["needs"]) == ("Ann", ["Ann"], "one more has to endorse it")


def test_what_is_not_possible_cannot_be_suggested() -> None:
    """A suggestion goes through the same legality as an order."""
    table = desk()
    assert table.refused("assembly/ann", "orders", orders=[]).code == "not_offered"
    assert table.refused("assembly/ann", "seal").reason.startswith("Answer the card first")
    assert suggestions(table) == []


def test_talking_and_proposing_are_everybodys_own() -> None:
    """What binds nobody needs no endorsement."""
    table = desk()
    assert kinds(table.done("assembly/ann", "say", text="Hello.")) == ["Said"]
    asked = table.done("assembly/ann", "petition", what="We adjourn.", because=["We may."], against="")
    assert kinds(asked) == ["Petitioned"]


def test_who_is_no_member_has_no_voice() -> None:
    """Somebody whom the host has not seated binds nothing and endorses nothing."""
    table = desk()
    answer(table, "assembly/ann", "probe")
    assert table.refused("assembly/eve", "respond", card=number_of(table), option="probe").code == "forbidden"
    assert table.refused("assembly/eve", "endorse", number=1).code == "forbidden"
    assert table.refused("assembly/eve", "object", number=1, why="").code == "forbidden"


# The rules


def test_a_majority_of_those_present_adopts() -> None:
    """More than half: three of four; the suggester's own voice counts, and the seat reads who decided."""
    table = desk()
    answer(table, "assembly/ann", "probe")
    table.done("assembly/bob", "endorse", number=1)
    assert not answered(table, "assembly")
    assert suggestions(table)[0]["needs"] == "one more has to endorse it"
    events = table.done("assembly/cyd", "endorse", number=1)
    assert kinds(events) == ["Endorsed", "Adopted", "AnswerDrafted"]
    assert answered(table, "assembly")
    assert suggestions(table) == []
    (told,) = [each for each in stories(table, events, "assembly") if each["kind"] == "team"]
    assert told["head"] == "Adopted 3 of 4: Answer 'Exposed': Probe"
    assert told["lines"] == [["note", "For it: Ann, Bob, Cyd"]]


def test_two_who_click_the_same_are_for_one_suggestion() -> None:
    """Two members clicking at once neither bind the seat twice nor split their votes; a reason of one's own is kept."""
    table = desk("assembly", "ann", "bob", "cyd", "dee", "eli")
    answer(table, "assembly/ann", "probe", rationale="They lie.")
    assert kinds(answer(table, "assembly/bob", "probe")) == ["Endorsed"]
    assert kinds(answer(table, "assembly/ann", "probe", rationale="They lie.")) == ["Endorsed"]  # clicked twice: as it was
    assert kinds(answer(table, "assembly/cyd", "probe", rationale="For the record.")) == ["Suggested"]
    assert [len(made["endorsed"]) for made in suggestions(table)] == [2, 1]
    assert not answered(table, "assembly")


def test_a_second_suggestion_replaces_the_own_first_on_that_subject() -> None:
    """Who changes their mind has one voice, and another subject is another matter."""
    table = desk()
    answer(table, "assembly/ann", "probe")
    assert kinds(answer(table, "assembly/ann", "shrug")) == ["Withdrawn", "Suggested"]
    assert [made["words"] for made in suggestions(table)] == ["Answer 'Exposed': Shrug"]
    answer(table, "assembly/bob", "probe")
    assert len(suggestions(table)) == 2


def test_what_is_adopted_settles_its_subject() -> None:
    """Rivals fall with it, so that no smaller number can undo it when the time is up."""
    table = desk()
    answer(table, "assembly/ann", "probe")
    answer(table, "assembly/bob", "shrug")
    table.done("assembly/cyd", "endorse", number=1)
    table.done("assembly/dee", "endorse", number=1)
    assert suggestions(table) == []
    answer(table, "assembly/bob", "shrug")
    events = table.done("white_cell", "advance")
    assert [event.answer.option for event in events if isinstance(event, e.AnswerRevealed)][-1] == 0  # probe


def test_the_captain_decides_but_not_alone() -> None:
    """What others suggest needs the captain; what the captain suggests needs one other."""
    table = desk("north", "ann", "bob", "cyd")
    answer(table, "north/bob", "own")
    table.done("north/cyd", "endorse", number=1)
    assert not answered(table, "north")
    assert suggestions(table, "north")[0]["needs"] == "Ann has to endorse it"
    assert "Adopted" in kinds(table.done("north/ann", "endorse", number=1))
    answer(table, "north/ann", "deny")
    assert suggestions(table, "north")[0]["needs"] == "one other member has to endorse it"
    assert "Adopted" in kinds(table.done("north/bob", "endorse", number=2))


def test_while_the_captain_is_away_the_next_stands_in() -> None:
    """And the captain is captain again on coming back."""
    table = desk("north", "ann", "bob", "cyd")
    table.team("north", "ann", "bob", "cyd", away="ann")
    assert table.view("north")["team"]["captain"] == "bob"
    answer(table, "north/cyd", "own")
    assert "Adopted" in kinds(table.done("north/bob", "endorse", number=1))
    table.team("north", "ann", "bob", "cyd")
    assert table.view("north")["team"]["captain"] == "ann"
    table.team("north", "ann", "bob", "cyd", captain="cyd")
    assert table.view("north")["team"]["captain"] == "cyd"


def test_nobody_objects_in_time() -> None:
    """Where the rule is `objection` a suggestion stands once its delay has passed; the host is told when to look."""
    table = Hands("everything", timed=False).to("rooms")
    table.team("south", "ann", "bob")
    table.at = 1_000
    table.done("south/ann", "propose", agreement="pact", side_terms="")
    assert table.state.wake == suggestions(table, "south")[0]["due"] == 21_000
    table.at = 20_999
    assert isinstance(table.tick(), Refused)
    table.at = 21_000
    events = table.tick()
    assert isinstance(events, tuple)
    assert kinds(events) == ["Adopted", "AgreementProposed"]
    assert stories(table, events, "south")[0]["head"] == "Nobody objected: Propose Sharing pact"
    assert table.state.wake is None


def test_an_objection_makes_it_a_matter_of_majority() -> None:
    """The reason is read by the team; time alone does nothing then, and who objects may come round."""
    table = Hands("everything").to("rooms")
    table.team("south", "ann", "bob")
    table.done("south/ann", "propose", agreement="pact", side_terms="")
    table.done("south/bob", "object", number=1, why="Too early.")
    (made,) = suggestions(table, "south")
    assert (made["objected"], made["due"]) == ([{"name": "Bob", "why": "Too early."}], None)
    table.at = 1_000_000
    assert isinstance(table.tick(), Refused)
    assert "Adopted" in kinds(table.done("south/bob", "endorse", number=1))


def test_a_pause_stops_the_time_to_object() -> None:
    """What was left of it is left when the game goes on."""
    table = Hands("everything").to("rooms")
    table.team("south", "ann", "bob")
    table.done("south/ann", "propose", agreement="pact", side_terms="")
    table.at = 15_000
    table.done("white_cell", "pause")
    assert table.state.wake is None
    table.at = 500_000
    assert table.refused("south/bob", "object", number=1, why="").code == "paused"
    table.done("white_cell", "resume")
    assert table.state.wake == 505_000


# Changing one's mind


def test_who_suggested_it_takes_it_back() -> None:
    """Nobody else does; and what is gone cannot be endorsed."""
    table = desk()
    answer(table, "assembly/ann", "probe")
    assert table.refused("assembly/bob", "withdraw", number=1).code == "not_allowed"
    assert table.refused("assembly/ann", "object", number=1, why="").code == "not_allowed"
    table.done("assembly/ann", "withdraw", number=1)
    assert table.refused("assembly/bob", "endorse", number=1).code == "unknown"
    assert table.refused("assembly/bob", "endorse", number=999).code == "unknown"


def test_a_voice_counts_once() -> None:
    """Endorsing twice is refused, and an objection takes the own endorsement back."""
    table = desk()
    answer(table, "assembly/ann", "probe")
    table.done("assembly/bob", "endorse", number=1)
    assert table.refused("assembly/bob", "endorse", number=1).code == "not_allowed"
    table.done("assembly/bob", "object", number=1, why="On reflection.")
    assert table.refused("assembly/bob", "object", number=1, why="").code == "not_allowed"
    assert suggestions(table)[0]["endorsed"] == ["Ann"]


# Being done


def test_being_done_is_a_suggestion_too() -> None:
    """One member is not done for all; each who is done endorses, and so it is with not being done after all."""
    table = desk("assembly", "ann", "bob", "cyd")
    answer(table, "assembly/ann", "probe")
    answer(table, "assembly/bob", "probe")
    assert kinds(table.done("assembly/ann", "seal")) == ["Suggested"]
    assert table.view("public")["sealed"] == []
    assert kinds(table.done("assembly/bob", "seal")) == ["Endorsed", "Adopted", "Sealed"]
    assert table.view("public")["sealed"] == ["assembly"]
    table.done("assembly/cyd", "reopen")
    assert table.view("public")["sealed"] == ["assembly"]
    assert "Reopened" in kinds(table.done("assembly/bob", "reopen"))


def test_a_suggestion_waits_while_the_seat_is_done() -> None:
    """It can be endorsed meanwhile and is adopted when the seat reopens."""
    table = desk("assembly", "ann", "bob", "cyd")
    answer(table, "assembly/ann", "probe")
    answer(table, "assembly/bob", "probe")
    answer(table, "assembly/cyd", "shrug")
    waiting = suggestions(table)[0]["number"]
    table.done("assembly/ann", "seal")
    table.done("assembly/bob", "seal")
    assert kinds(table.done("assembly/ann", "endorse", number=waiting)) == ["Endorsed"]
    table.done("assembly/ann", "reopen")
    events = table.done("assembly/cyd", "reopen")
    assert kinds(events) == ["Endorsed", "Adopted", "Reopened", "Adopted", "AnswerDrafted"]


# The end of a phase


def test_at_the_deadline_the_leading_suggestion_stands() -> None:
    """The one that most endorse, the earliest of equals; the story says so."""
    table = desk()
    answer(table, "assembly/ann", "probe")
    answer(table, "assembly/bob", "shrug")
    table.done("assembly/cyd", "endorse", number=2)
    events = table.done("white_cell", "advance")
    (adopted,) = [event for event in events if isinstance(event, e.Adopted)]
    assert (adopted.number, adopted.how, adopted.endorsers) == (2, "deadline", ("Bob", "Cyd"))
    assert "AnswerDrafted" in kinds(events)
    assert suggestions(table) == []


def test_the_clock_does_the_same() -> None:
    """Whether the facilitator ends the phase or its time is up."""
    table = desk(timed=True)
    answer(table, "assembly/ann", "shrug")
    assert table.state.deadline is not None
    table.at = table.state.deadline
    events = table.tick()
    assert isinstance(events, tuple)
    assert any(isinstance(event, e.Adopted) and event.how == "deadline" for event in events)


def test_a_team_that_is_done_lets_nothing_stand() -> None:
    """It has decided what it does and does not do."""
    table = Hands("everything").to("rooms")
    table.team("assembly", "ann", "bob")
    action = next(each["action"] for each in table.offers("assembly", "order") if each["ok"] and not each["targets"])
    table.done("assembly/ann", "orders", orders=[{"action": action, "targets": [], "rationale": ""}])
    table.done("assembly/ann", "seal")
    table.done("assembly/bob", "seal")
    events = table.done("white_cell", "advance")
    assert not any(isinstance(event, e.OrderDone) and event.seat == table.seat("assembly") for event in events)


def test_what_stands_is_possible() -> None:
    """Of what most want, what can no longer be done falls, and the next stands."""
    table = Hands("everything").to("rooms")
    table.team("south", "ann", "bob", "cyd")
    table["south.capital"] = 6
    plain = [each for each in table.offers("south", "order") if each["ok"] and not each["targets"]]
    costly = [each for each in plain if any(each["cost"].values())]
    free = [each for each in plain if not any(each["cost"].values())]
    table.done("south/ann", "orders", orders=[{"action": costly[0]["action"], "targets": [], "rationale": ""}])
    table.done("south/bob", "object", number=1, why="Dear.")
    table.done("south/bob", "orders", orders=[{"action": each["action"], "targets": [], "rationale": ""} for each in free[:1]])
    table["south.capital"] = 0
    events = table.done("white_cell", "advance")
    fallen = [event for event in events if isinstance(event, e.Dropped)]
    assert [event.number for event in fallen] == [1]
    assert "left" in fallen[0].reason
    assert [event.number for event in events if isinstance(event, e.Adopted)] == [2]


def test_secret_choices_and_placements_stand_too() -> None:
    """Before turn 1 the leading suggestions are taken before anything is left to chance."""
    table = Hands("everything")
    table.team("north", "ann", "bob")
    table.team("reds", "cyd", "dee")
    table.done("north/bob", "choose", choice="aim", option="crush")
    areas = table.offers("reds", "place")[0]["areas"]
    table.done("reds/dee", "place", placement="caches", areas=areas[:1])
    events = table.done("white_cell", "advance")
    assert [event.how for event in events if isinstance(event, e.Adopted)] == ["deadline", "deadline"]
    choice = next(each for each in table.program.choices if each.id == "aim")
    assert table.state.board[choice.slot] == choice.options.index("crush")


# People come and go


def test_a_member_who_leaves_in_the_middle_of_a_vote() -> None:
    """The majority is of those who are there: two of four is none, two of three is one."""
    table = desk()
    answer(table, "assembly/ann", "probe")
    table.done("assembly/bob", "endorse", number=1)
    events = table.team("assembly", *PEOPLE, away="dee")
    assert kinds(events) == ["TeamSet", "Adopted", "AnswerDrafted"]


def test_who_left_does_not_count_for_the_majority() -> None:
    """An endorsement of somebody who is not there does not make one, and counts again when they come back."""
    table = desk()
    answer(table, "assembly/ann", "probe")
    table.done("assembly/bob", "endorse", number=1)
    assert kinds(table.team("assembly", *PEOPLE, away="bob")) == ["TeamSet"]
    assert kinds(table.team("assembly", *PEOPLE, away="dee")) == ["TeamSet", "Adopted", "AnswerDrafted"]


def test_whoever_is_moved_away_takes_the_own_voice_along() -> None:
    """What nobody else was for falls with a word; what others endorsed goes over to them."""
    table = desk()
    answer(table, "assembly/ann", "probe")
    answer(table, "assembly/bob", "shrug")
    table.done("assembly/cyd", "endorse", number=2)
    events = table.team("assembly", "cyd", "dee", "eli", "fay")
    assert kinds(events) == ["Dropped", "TeamSet"]
    (made,) = suggestions(table)
    assert (made["by"], made["endorsed"]) == ("Cyd", ["Cyd"])
    table.done("assembly/cyd", "withdraw", number=2)


def test_when_one_is_left_nothing_is_adopted_by_itself() -> None:
    """The last one there decides by clicking, alone."""
    table = desk("assembly", "ann", "bob", "cyd")
    answer(table, "assembly/ann", "probe")
    answer(table, "assembly/bob", "shrug")
    assert kinds(table.team("assembly", "ann", "bob", "cyd", away="bob cyd")) == ["TeamSet"]
    events = table.done("assembly/ann", "endorse", number=2)
    assert [event.how for event in events if isinstance(event, e.Adopted)] == ["alone"]


def test_members_stand_for_different_things() -> None:
    """Leanings are dealt out one to each, kept by who stays; who is new gets the first of those that fewest have."""
    table = desk("assembly", "ann", "bob", "cyd", "dee")

    def labels() -> dict[str, str]:
        return {each["name"]: each["leaning"]["label"] for each in table.view("assembly")["team"]["members"]}

    assert labels() == {"Ann": "The coast", "Bob": "The hills", "Cyd": "The towns", "Dee": "The coast"}
    table.team("assembly", "bob", "cyd", "eli", "dee")
    assert labels() == {"Bob": "The hills", "Cyd": "The towns", "Eli": "The coast", "Dee": "The coast"}
    assert table.view("assembly")["team"]["members"][1]["leaning"] == {"label": "The towns", "text": ""}


def test_people_of_a_seat_are_set_only_while_there_is_a_game() -> None:
    """After the end nothing is decided any more, and only the host says who people are."""
    table = desk()
    for _ in range(200):
        if table.game.over:
            break
        table.done("white_cell", "advance")
    over = table.game.execute(house(table.program, SetTeam(0, (("ann", "Ann"),), ("ann",)), 0))
    assert isinstance(over, Refused)
    assert table.refused("white_cell", "set_team").code == "unknown"


# Who knows


def test_nobody_else_learns_of_it() -> None:
    """Not that there is a team, not what it suggests, not how often: the views of all others stay the same."""
    table = desk("assembly", "ann")
    others = [*(seat for seat in table.program.seats if seat != "assembly"), "public"]
    before = [table.view(seat) for seat in others]
    table.team("assembly", *PEOPLE)
    answer(table, "assembly/ann", "probe")
    answer(table, "assembly/bob", "shrug")
    table.done("assembly/cyd", "object", number=1, why="No.")
    assert [table.view(seat) for seat in others] == before
    assert before[0]["team"] == {}
    assert list(table.view("white_cell")["team"]) == ["assembly"]
    assert table.view("white_cell")["team"]["assembly"] == table.view("assembly")["team"]


# Hostile members


@pytest.mark.parametrize(
    ("do", "fields", "code"),
    [
        ("endorse", {}, "malformed"),
        ("endorse", {"number": "1"}, "malformed"),
        ("endorse", {"number": True}, "malformed"),
        ("endorse", {"number": 2**63}, "malformed"),
        ("endorse", {"number": 1, "person": "bob"}, "malformed"),
        ("object", {"number": 1, "why": "x" * 100_000}, "too_long"),
        ("object", {"number": 1, "why": ["no"]}, "malformed"),
        ("withdraw", {"number": -5}, "unknown"),
    ],
)
def test_odd_bodies_are_refused(do: str, fields: dict[str, Any], code: str) -> None:
    """Whatever a member sends ends in a sentence."""
    table = desk()
    refused = table.refused("assembly/ann", do, **fields)
    assert refused.code == code
    assert refused.reason


def test_a_member_can_fill_only_an_own_share_of_the_table() -> None:
    """The newest of somebody's suggestions replace the oldest; those of others stay; and none is longer than a page."""
    table = Hands("everything").to("rooms")
    table.team("north", *PEOPLE)
    long = [{"action": table.offers("north", "order")[0]["action"], "targets": [], "rationale": "x" * 2_000}] * 5
    assert table.refused("north/ann", "orders", orders=long).code in ("too_long", "malformed", "bad_target", "not_allowed")
    table.done("north/bob", "propose", agreement="pact", side_terms="ours")
    for _ in range(40):
        for agreement in ("pact", "truce"):
            table.do("north/ann", "propose", agreement=agreement, side_terms="x" * 2_000)
        table.do("north/ann", "seal")
        table.do("north/ann", "orders", orders=[])
    mine = [made for made in suggestions(table, "north") if made["person"] == "ann"]
    assert len(mine) <= MOST_OPEN // len(PEOPLE)
    assert any(made["person"] == "bob" for made in suggestions(table, "north"))
    assert all(len(str(made["body"])) < LONGEST for made in suggestions(table, "north"))


def test_what_people_do_is_nothing_that_can_be_done_for_a_seat() -> None:
    """An endorsement has a person behind it: it is refused to whoever acts on behalf of a seat."""
    table = desk()
    refused = perform(Work(table.program, table.state.fork()), table.seat("assembly"), Endorse(1))
    assert refused is not None
