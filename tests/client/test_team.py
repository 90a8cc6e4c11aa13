"""A member knows of the team who is there, what waits for their word, and what became of what they did."""

from __future__ import annotations

from typing import Any

import pytest

from tests.client import sample
from tests.client.sample_team import answer, member, team, voices
from wargame.client.door import Connection, Glance, Stage
from wargame.client.look import Look
from wargame.client.team import Team, told


def known(*suggestions: dict[str, Any], person: str = "p1", **more: Any) -> Team:
    data = {**sample.view(), "team": team(*suggestions, **more)}
    return Team.of(
        Look(Glance(Connection(Stage.LIVE), sample.catalog(), data, voices(*suggestions), you="washington", person=person))
    )


def test_who_has_a_seat_alone_has_no_team() -> None:
    alone = Team.of(Look(Glance(Connection(Stage.LIVE), sample.catalog(), sample.view(), [], you="washington")))
    assert (alone.members, alone.together, alone.verb("seal it")) == ((), False, "seal it")


def test_a_suggestion_of_another_waits_for_my_word_until_i_give_it() -> None:
    other, backed, mine = answer(), answer(number=2, endorsed=["Ben", "Ann"]), answer("p1", number=3)
    found = known(other, backed, mine)
    assert [each["number"] for each in found.wanting] == [1]
    assert found.backs(backed)
    assert found.is_mine(mine)
    assert found.may("withdraw", mine)
    assert not found.may("withdraw", other)
    assert found.own("card 7") == mine


def test_the_most_endorsed_on_a_subject_comes_first() -> None:
    assert [each["number"] for each in known(answer(), answer(number=2, endorsed=["Ben", "Cem"])).about("card 7")] == [2, 1]


@pytest.mark.parametrize(
    ("rule", "endorsed", "present", "enough"),
    [
        ("majority", ["Ben"], "p1 p2 p3", True),
        ("majority", ["Cem"], "p1 p2", False),  # who is away does not count
        ("captain", ["Ben"], "p1 p2 p3", True),
        ("captain", ["Cem"], "p1 p2 p3", False),
    ],
)
def test_whether_my_word_is_the_last_that_it_needs(rule: str, endorsed: list[str], present: str, enough: bool) -> None:
    made = answer("p2" if "Ben" in endorsed else "p3", endorsed=endorsed)
    assert known(made, rule=rule, present=present).enough(made) is enough


def test_time_left_is_told_where_silence_is_consent() -> None:
    made = answer(due=1_012_500, needs="stands unless somebody objects")
    assert known(made).state(made, 1_000_000) == "1 of 3; stands unless somebody objects, 13 s left"


def test_what_became_of_a_command() -> None:
    nothing, mine, theirs = known(), answer("p1"), answer()
    assert told(nothing, known(mine), "Answered.") == "Put to your team: 1 of 3; one more has to endorse it."
    both = answer(endorsed=["Ben", "Ann"], needs="two more have to")
    assert told(known(theirs), known(both), "Answered.") == "You are for what Ben suggested: 2 of 3; two more have to."
    assert told(known(theirs), known(), "Answered.") == ""  # the story of the adoption says it
    assert told(known(mine), known(mine), "Answered.") == "It lies on your team's table already."
    assert told(known(present="p1"), known(present="p1"), "Answered.") == "Answered."


def test_what_waits_for_my_word_is_wanted_first() -> None:
    assert Look(member(answer()).glance()).wanted().startswith("1 suggestion waits for your word (press 9) · ")
    assert "suggestion" not in Look(member(answer("p1")).glance()).wanted()
