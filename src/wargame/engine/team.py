"""Teams: several people in one seat, what they suggest, and when a suggestion is agreed on.

A team is what the state keeps of the people of a seat and of what lies on their table. `wargame.engine.deliberation` makes
and adopts suggestions. Nobody outside the seat but the white cell learns anything of this: not that there is a team, not
what is suggested, not how often.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from attrs import evolve

from wargame.engine import events as e
from wargame.engine.commands import Refused
from wargame.engine.state import State, Suggestion, Team
from wargame.rules.program import Program
from wargame.scenario import model

Op = list[Any]
GONE = Refused("unknown", "That is not on your team's table any more.")
STRANGER = Refused("forbidden", "You are not one of the people of this seat.")


def rule_of(program: Program, seat: int) -> model.Team:
    """How the people of the seat decide."""
    scenario = program.scenario
    return scenario.seats[program.seats[seat]].team or scenario.team


def deliberates(state: State, seat: int) -> bool:
    """Whether what somebody does in the seat is a suggestion to others: two or more are there."""
    team = state.teams.get(seat)
    return team is not None and len(team.present) >= 2


def leader(team: Team) -> str:
    """Who decides as captain now: the captain, or whoever comes first of those present while the captain is away."""
    if team.captain in team.present or not team.present:
        return team.captain
    return next((person for person, _, _ in team.members if person in team.present), team.captain)


def name_of(team: Team, person: str) -> str:
    """What a member is called."""
    return next((name for number, name, _ in team.members if number == person), person)


def agreed(program: Program, state: State, seat: int, made: Suggestion, at: int) -> str:
    """How the team has agreed on a suggestion by this moment: majority, captain or objection; empty while it has not."""
    team = state.teams[seat]
    rule = rule_of(program, seat).rule
    if rule is model.TeamRule.CAPTAIN:
        return "captain" if leader(team) in made.endorsed and len(made.endorsed) >= 2 else ""
    backers = sum(person in team.present for person in made.endorsed)
    if backers >= 2 and 2 * backers > len(team.present):
        return "majority"
    return "objection" if made.due is not None and at >= made.due and not made.objected else ""


def missing(program: Program, state: State, seat: int, made: Suggestion) -> str:
    """What a suggestion still wants, in words. It may wait for the seat besides, which is done with the phase."""
    team = state.teams[seat]
    rule = rule_of(program, seat).rule
    if rule is model.TeamRule.CAPTAIN:
        lead = leader(team)
        return (
            program.phrase("one other member has to endorse it")
            if lead in made.endorsed
            else program.phrase("{name} has to endorse it", name=name_of(team, lead))
        )
    backers = sum(person in team.present for person in made.endorsed)
    more = max(2, len(team.present) // 2 + 1) - backers
    if made.due is not None or made.left is not None:
        return program.phrase("stands unless somebody objects")
    return (
        program.phrase("{more} more of {count} have to endorse it", more=more, count=len(team.present))
        if more > 1
        else program.phrase("one more has to endorse it")
    )


# Legality: what a member may do with a suggestion


def numbered(state: State, seat: int, number: int) -> Suggestion | None:
    """A suggestion on the seat's table."""
    team = state.teams.get(seat)
    return next((each for each in team.suggestions if each.number == number), None) if team is not None else None


def member_block(state: State, seat: int, person: str) -> Refused | None:
    """Why somebody has no voice in the seat."""
    team = state.teams.get(seat)
    return STRANGER if team is None or all(person != each for each, _, _ in team.members) else None


def endorse_block(state: State, seat: int, made: Suggestion | None, person: str) -> Refused | None:
    """Why the person cannot endorse it."""
    if made is None:
        return GONE
    if person in made.endorsed:
        return Refused("not_allowed", "You are for it already.")
    return member_block(state, seat, person)


def object_block(state: State, seat: int, made: Suggestion | None, person: str) -> Refused | None:
    """Why the person cannot object to it."""
    if made is None:
        return GONE
    if any(person == each for each, _ in made.objected):
        return Refused("not_allowed", "You have objected to it already.")
    if person == made.person:
        return Refused("not_allowed", "It is your own; take it back instead.")
    return member_block(state, seat, person)


def withdraw_block(state: State, seat: int, made: Suggestion | None, person: str) -> Refused | None:
    """Why the person cannot take it back."""
    if made is None:
        return GONE
    if person != made.person:
        return Refused("not_allowed", "Only whoever suggested it can take it back.")
    return member_block(state, seat, person)


BLOCKS: dict[str, Callable[[State, int, Suggestion | None, str], Refused | None]] = {
    "endorse": endorse_block,
    "object": object_block,
    "withdraw": withdraw_block,
}


def offered(state: State, seat: int, do: str) -> list[tuple[Suggestion, list[str]]]:
    """The suggestions on the seat's table with the members who can `endorse`, `object` to or `withdraw` each."""
    members = state.teams.get(seat)
    if members is None:
        return []
    return [
        (made, [person for person, _, _ in members.members if BLOCKS[do](state, seat, made, person) is None])
        for made in members.suggestions
    ]


# Folding


def _changed(state: State, seat: int, number: int, **fields: Any) -> None:
    team = state.teams[seat]
    changed = tuple(evolve(each, **fields) if each.number == number else each for each in team.suggestions)
    state.teams = {**state.teams, seat: evolve(team, suggestions=changed)}


def _team_set(program: Program, state: State, event: e.TeamSet) -> None:
    """Who has left the seat for good takes the own voices along; what others endorse goes over to the first of them."""
    before = state.teams.get(event.seat, Team((), (), ""))
    here = {person for person, _, _ in event.members}
    kept = []
    for made in before.suggestions:
        endorsed = tuple(person for person in made.endorsed if person in here)
        if endorsed:
            objected = tuple(each for each in made.objected if each[0] in here)
            kept.append(evolve(made, person=endorsed[0], endorsed=endorsed, objected=objected))
    team = Team(event.members, event.present, event.captain, tuple(kept), before.count)
    state.teams = {**state.teams, event.seat: team}


def _suggested(program: Program, state: State, event: e.Suggested) -> None:
    team = state.teams[event.seat]
    made = Suggestion(event.number, event.person, event.about, event.words, event.body, (event.person,), due=event.due)
    count = max(team.count, event.number)
    state.teams = {**state.teams, event.seat: evolve(team, suggestions=(*team.suggestions, made), count=count)}


def _endorsed(program: Program, state: State, event: e.Endorsed) -> None:
    made = numbered(state, event.seat, event.number)
    assert made is not None, "what is endorsed is on the table"
    if event.person not in made.endorsed:
        objected = tuple(each for each in made.objected if each[0] != event.person)
        _changed(state, event.seat, event.number, endorsed=(*made.endorsed, event.person), objected=objected)


def _objected(program: Program, state: State, event: e.Objected) -> None:
    made = numbered(state, event.seat, event.number)
    assert made is not None, "what is objected to is on the table"
    endorsed = tuple(person for person in made.endorsed if person != event.person)
    objected = (*made.objected, (event.person, event.why))
    _changed(state, event.seat, event.number, endorsed=endorsed, objected=objected, due=None, left=None)


def _gone(program: Program, state: State, event: e.Withdrawn | e.Dropped) -> None:
    team = state.teams[event.seat]
    rest = tuple(each for each in team.suggestions if each.number != event.number)
    state.teams = {**state.teams, event.seat: evolve(team, suggestions=rest)}


def _adopted(program: Program, state: State, event: e.Adopted) -> None:
    """It settles its subject: what else lies on the table about that goes with it."""
    team = state.teams[event.seat]
    about = next(each.about for each in team.suggestions if each.number == event.number)
    rest = tuple(each for each in team.suggestions if each.about != about)
    state.teams = {**state.teams, event.seat: evolve(team, suggestions=rest)}


def _each(state: State, change: Callable[[Suggestion], Suggestion]) -> None:
    state.teams = {seat: evolve(team, suggestions=tuple(map(change, team.suggestions))) for seat, team in state.teams.items()}


def _delays_stopped(program: Program, state: State, event: e.DelaysStopped) -> None:
    _each(state, lambda made: made if made.due is None else evolve(made, due=None, left=max(0, made.due - event.at)))


def _delays_resumed(program: Program, state: State, event: e.DelaysResumed) -> None:
    _each(state, lambda made: made if made.left is None else evolve(made, due=event.at + made.left, left=None))


def cleared(state: State) -> None:
    """Takes everything off the teams' tables: another phase begins, or the game is over."""
    if any(team.suggestions for team in state.teams.values()):
        state.teams = {seat: evolve(team, suggestions=()) for seat, team in state.teams.items()}


FOLDS: dict[type[Any], Callable[[Program, State, Any], None]] = {
    e.TeamSet: _team_set,
    e.Suggested: _suggested,
    e.Endorsed: _endorsed,
    e.Objected: _objected,
    e.Withdrawn: _gone,
    e.Dropped: _gone,
    e.Adopted: _adopted,
    e.DelaysStopped: _delays_stopped,
    e.DelaysResumed: _delays_resumed,
}


# What is known of it


def team(program: Program, state: State, viewer: int) -> dict[str, Any]:
    """The team of the viewer's seat; those of all seats by id for the white cell; nothing where there is none."""
    if viewer == program.white_cell:
        return {program.seats[seat]: _team_of(program, state, seat) for seat in sorted(state.teams)}
    return _team_of(program, state, viewer) if viewer in state.teams else {}


def _team_of(program: Program, state: State, seat: int) -> dict[str, Any]:
    team = state.teams[seat]
    leanings = list(program.scenario.seats[program.seats[seat]].leanings.values())
    names = {person: name for person, name, _ in team.members}
    return {
        "rule": rule_of(program, seat).rule.value,
        "captain": leader(team),
        "together": deliberates(state, seat),
        "members": [
            {
                "person": person,
                "name": name,
                "leaning": {"label": str(leanings[leaning].label), "text": str(leanings[leaning].text)}
                if 0 <= leaning < len(leanings)
                else None,
                "present": person in team.present,
            }
            for person, name, leaning in team.members
        ],
        "suggestions": [
            {
                "number": made.number,
                "by": names[made.person],
                "person": made.person,
                "about": made.about,
                "words": made.words,
                "body": json.loads(made.body),
                "endorsed": [names[person] for person in made.endorsed],
                "objected": [{"name": names[person], "why": why} for person, why in made.objected],
                "needs": missing(program, state, seat, made),
                "due": made.due,
            }
            for made in team.suggestions
        ],
    }


def project(program: Program, state: State, event: Any, viewer: int, ops: list[Op]) -> None:
    """The team anew for its seat and the white cell; where the clock stopped or goes on, every team."""
    seat = getattr(event, "seat", viewer)
    if viewer == program.white_cell and seat in state.teams:
        ops.append(["put", "team", program.seats[seat], _team_of(program, state, seat)])
    elif viewer == seat:
        project_all(program, state, viewer, ops)


def project_all(program: Program, state: State, viewer: int, ops: list[Op]) -> None:
    """The team of the viewer, or for the white cell all of them, anew."""
    if viewer in state.teams or (viewer == program.white_cell and state.teams):
        ops.append(["set", "team", team(program, state, viewer)])
