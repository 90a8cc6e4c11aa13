"""Deliberation: what members of a team suggest becomes what their seat does, once the team has agreed.

Where two or more people are at a seat no single one of them binds it. What one of them does is laid on the team's table;
when the team has agreed by its rule (`wargame.engine.team.agreed`) it is adopted and carried out, through the same
legality as if a single player had done it. What is no longer possible by then falls, with the reason.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

from wargame.engine import bodies, team
from wargame.engine import commands as c
from wargame.engine import events as e
from wargame.engine.commands import Command, Refused
from wargame.engine.legality import mover_of
from wargame.engine.parse import parse
from wargame.engine.players import perform
from wargame.engine.state import Suggestion, Team
from wargame.engine.work import Work
from wargame.scenario.model import TeamRule

MOST_OPEN = 30  # suggestions of a seat: each member has its share of them, the newest replace the oldest
LEAST_OWN = 3
LONGEST = 8_000  # characters of one suggestion
MOST_MEMBERS = 40
STANDING = ("card", "orders", "order", "floor", "choice", "placement")  # subjects that a phase ends with or without


def take(work: Work, seat: int, body: Any) -> Refused | None:
    """Carries out what somebody at a seat does; as a suggestion, where the others have to agree."""
    voice = _VOICES.get(type(body))
    if voice is not None:
        return voice(work, seat, body)
    if type(body) in bodies.BINDING and team.deliberates(work.state, seat):
        return _suggest(work, seat, body)
    return perform(work, seat, body)


def _suggest(work: Work, seat: int, body: Any) -> Refused | None:
    program, state, person = work.program, work.state, work.person
    stranger = team.member_block(state, seat, person)
    if stranger is not None:
        return stranger
    plain = bodies.plain(program, body)
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    if len(text) > LONGEST:
        return Refused(
            "too_long",
            "That is {count} characters long; the most for a suggestion to your team is {most}.",
            {"count": len(text), "most": LONGEST},
        )
    block = _tried(work, seat, body)
    if block is not None:
        return block
    about = bodies.about(plain)
    twin = next((made for made in state.teams[seat].suggestions if _same(made, plain, person)), None)
    for made in state.teams[seat].suggestions:
        if made.person == person and made.about == about and made is not twin:
            work.emit(e.Withdrawn(seat, made.number, person))
    if twin is not None:
        # Two who want the same are for one suggestion, not for two; and who clicks twice still wants it.
        work.emit(e.Endorsed(seat, twin.number, person))
    else:
        _make_room(work, seat, person)
        rule = team.rule_of(program, seat)
        due = work.at + rule.delay * 1000 if rule.rule is TeamRule.OBJECTION else None
        number = work.state.teams[seat].count + 1
        work.emit(e.Suggested(seat, number, person, about, bodies.words(program, state, seat, body), text, due))
    consider(work, seat)
    return None


def _same(made: Suggestion, plain: bodies.Plain, person: str) -> bool:
    """Whether a suggestion says the same; reasons that somebody else has given are not to be lost."""
    known = json.loads(made.body)
    return bool(known == plain) or (
        made.person != person and bodies.gist(known) == bodies.gist(plain) and not bodies.reasons(plain)
    )


def _make_room(work: Work, seat: int, person: str) -> None:
    members = work.state.teams[seat]
    own = [made for made in members.suggestions if made.person == person]
    most = max(LEAST_OWN, MOST_OPEN // len(members.members))
    for made in own[: len(own) - most + 1]:
        work.emit(e.Withdrawn(seat, made.number, person))


def _tried(work: Work, seat: int, body: Any) -> Refused | None:
    """Why the seat could not do it now."""
    return perform(Work(work.program, work.state.fork(), work.at), seat, body)


def _endorse(work: Work, seat: int, body: c.Endorse) -> Refused | None:
    made = team.numbered(work.state, seat, body.number)
    block = team.endorse_block(work.state, seat, made, work.person)
    if block is not None:
        return block
    work.emit(e.Endorsed(seat, body.number, work.person))
    if team.deliberates(work.state, seat):
        consider(work, seat)
    elif not work.state.held(seat, _of(work, seat, body.number)):
        _adopt(work, seat, _of(work, seat, body.number), "alone")
    return None


def _object(work: Work, seat: int, body: c.Object) -> Refused | None:
    made = team.numbered(work.state, seat, body.number)
    block = team.object_block(work.state, seat, made, work.person)
    if block is None:
        work.emit(e.Objected(seat, body.number, work.person, body.why))
    return block


def _withdraw(work: Work, seat: int, body: c.Withdraw) -> Refused | None:
    made = team.numbered(work.state, seat, body.number)
    block = team.withdraw_block(work.state, seat, made, work.person)
    if block is None:
        work.emit(e.Withdrawn(seat, body.number, work.person))
    return block


_VOICES: dict[type[Any], Callable[[Work, int, Any], Refused | None]] = {
    c.Endorse: _endorse,
    c.Object: _object,
    c.Withdraw: _withdraw,
}


def _of(work: Work, seat: int, number: int) -> Suggestion:
    made = team.numbered(work.state, seat, number)
    assert made is not None, "it is on the table"
    return made


# Agreeing


def consider(work: Work, seat: int) -> bool:
    """Adopts what the team has agreed on by now, oldest first; whether there was anything."""
    done = False
    for number in [made.number for made in work.state.teams[seat].suggestions]:
        made = team.numbered(work.state, seat, number)
        if made is None or work.state.held(seat, made):
            continue
        how = team.agreed(work.program, work.state, seat, made, work.at)
        if how:
            _adopt(work, seat, made, how)
            done = True
    if done and seat not in work.state.sealed:
        consider(work, seat)  # what waited for the seat to be open again
    return done


def _adopt(work: Work, seat: int, made: Suggestion, how: str) -> bool:
    """Does what was suggested; where that is no longer possible it falls. Whether it was done."""
    state = work.state
    command = parse(work.program, seat, json.loads(made.body), turn=state.turn, phase=state.phase_id(work.program), at=work.at)
    block = command if isinstance(command, Refused) else _tried(work, seat, command.body)
    if block is not None:
        work.emit(e.Dropped(seat, made.number, made.words, block.said(work.program.words)))
        return False
    assert isinstance(command, Command), "a refusal was dealt with"
    members = state.teams[seat]
    names = tuple(team.name_of(members, person) for person in made.endorsed)
    work.emit(e.Adopted(seat, made.number, how, names, len(members.present), made.words))
    perform(work, seat, command.body)
    return True


def mature(work: Work) -> bool:
    """Adopts what nobody has objected to in time; whether there was anything."""
    done = [consider(work, seat) for seat in sorted(work.state.teams) if _due(work, seat)]
    return any(done)


def _due(work: Work, seat: int) -> bool:
    return any(made.due is not None and made.due <= work.at for made in work.state.teams[seat].suggestions)


def stand(work: Work) -> None:
    """At the end of a phase: where a team that is not done has left something open, what most of it want is done."""
    for seat in sorted(work.state.teams):
        if seat in work.state.sealed or not work.state.played[seat]:
            continue
        ranked = sorted(work.state.teams[seat].suggestions, key=lambda made: (-len(made.endorsed), made.number))
        for made in ranked:
            kind = made.about.partition(" ")[0]
            still = team.numbered(work.state, seat, made.number)
            if kind in STANDING and still is not None and not _settled(work, seat, made):
                _adopt(work, seat, still, "deadline")


def _settled(work: Work, seat: int, made: Suggestion) -> bool:
    """Whether the seat has decided on the subject of a suggestion."""
    state, program = work.state, work.program
    body = json.loads(made.body)
    match body["do"]:
        case "respond":
            return (int(body["card"]), seat) in state.answers
        case "orders":
            return seat in state.orders
        case "order":
            return mover_of(program, state) != seat
        case "floor":
            return seat in state.floor
        case "choose":
            chosen = next(choice.index for choice in program.choices if choice.id == body["choice"])
            return chosen in state.chosen and chosen not in state.opened
    placement = next(each.index for each in program.placements if each.id == body["placement"])
    return (placement, seat) in state.placed


# The people


def set_team(work: Work, body: c.SetTeam) -> Refused | None:
    """Takes down who the people of a seat are. What a member who has gone was alone for falls."""
    state, program = work.state, work.program
    if state.status == "over":
        return Refused("over", "The game is over.")
    if not 0 <= body.seat < len(program.seats):
        return Refused("unknown", "There is no such seat.")
    if len(body.members) > MOST_MEMBERS:
        return Refused("not_allowed", "At most {most} people share a seat.", {"most": MOST_MEMBERS})
    before = state.teams.get(body.seat, Team((), (), ""))
    here = {person for person, _ in body.members}
    for made in before.suggestions:
        if here.isdisjoint(made.endorsed):
            work.emit(e.Dropped(body.seat, made.number, made.words, "Whoever suggested it has left the seat."))
    members = _with_leanings(work, body, before)
    present = tuple(person for person, _ in body.members if person in body.present)
    captain = next((each for each in (body.captain, before.captain) if each in here), "")
    captain = captain or next((person for person, _ in body.members), "")
    work.emit(e.TeamSet(body.seat, members, present, captain))
    if not state.paused and team.deliberates(state, body.seat):
        consider(work, body.seat)
    return None


def _with_leanings(work: Work, body: c.SetTeam, before: Team) -> tuple[tuple[str, str, int], ...]:
    """Members keep their leanings; who is new gets the first of those that fewest have."""
    count = len(work.program.scenario.seats[work.program.seats[body.seat]].leanings)
    had = {person: leaning for person, _, leaning in before.members}
    taken = Counter(had[person] for person, _ in body.members if person in had)
    made = []
    for person, name in body.members:
        if person in had:
            leaning = had[person]
        else:
            leaning = min(range(count), key=lambda each: (taken[each], each)) if count else -1
            taken[leaning] += 1
        made.append((person, name, leaning))
    return tuple(made)


def stop_delays(work: Work) -> None:
    """The clock is stopped: so is the time to object."""
    if any(made.due is not None for each in work.state.teams.values() for made in each.suggestions):
        work.emit(e.DelaysStopped(work.at))


def resume_delays(work: Work) -> None:
    """It goes on; what the teams have agreed on by people coming and going meanwhile is done."""
    if any(made.left is not None for each in work.state.teams.values() for made in each.suggestions):
        work.emit(e.DelaysResumed(work.at))
    for seat in sorted(work.state.teams):
        if team.deliberates(work.state, seat):
            consider(work, seat)
