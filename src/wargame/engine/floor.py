"""The floor: a motion is debated, lobbied for, and voted on."""

from __future__ import annotations

from wargame.engine import events as e
from wargame.engine.legality import lobby_room
from wargame.engine.state import FloorDraft
from wargame.engine.work import Work
from wargame.rules.execution import round_half_away
from wargame.rules.program import NOBODY, Body, Motion

LEAST_LEAN = 2
MOST_LEAN = 97


def table_motion(work: Work) -> bool:
    """Puts the next waiting motion on the floor; false when there is none."""
    if not work.state.motions:
        return False
    motion, by = work.state.motions[0]
    work.emit(e.MotionTabled(motion, by))
    return True


def resolve(work: Work) -> None:
    """Takes the lobbying points, rolls every free vote, and carries out what the result does."""
    state = work.state
    if state.motion is None:
        return
    index, by = state.motion
    motion = work.program.motions[index]
    body = motion.body
    lobby = _lobby(work, body)
    paid = work.write([(work.program.main_resource[seat], state.board[work.program.main_resource[seat]] - abs(points))
                       for seat, points in lobby])  # fmt: skip
    shift = body.per_point * sum(points for _, points in lobby)
    blocs = tuple(_bloc_vote(work, motion, place, shift) for place in range(len(body.blocs)))
    ayes = sum(bloc.ayes for bloc in blocs)
    vetoed = _vetoed(work, motion)
    needed = motion.veto_ayes if vetoed else motion.ayes
    passed = ayes >= needed if state.outcome is None else state.outcome
    effects = motion.passes if passed else motion.fails
    done = work.run(effects, body.speaker, (), f"motion|{index}")
    work.emit(e.MotionVoted(index, by, lobby, blocs, ayes, needed, vetoed, passed, work.merged(paid, done)))


def _lobby(work: Work, body: Body) -> tuple[tuple[int, int], ...]:
    points = []
    for seat in sorted(set(body.lobbyists)):
        wanted = work.state.floor.get(seat, FloorDraft()).lobby
        room = lobby_room(work.program, work.state, seat)
        given = max(-room, min(room, wanted))
        if given:
            points.append((seat, given))
    return tuple(points)


def vote_purpose(motion: int, bloc: str, member: int) -> tuple[object, ...]:
    """What the die of a bloc's member is for, within the turn."""
    return "motion", motion, bloc, member


def _bloc_vote(work: Work, motion: Motion, place: int, shift: int) -> e.BlocVote:
    state = work.state
    bloc = motion.body.blocs[place]
    lean = motion.leans[place]
    if bloc.seat != NOBODY and state.played[bloc.seat]:
        position = state.floor.get(bloc.seat, FloorDraft()).position
        aye = position is not False
        return e.BlocVote(place, 100 if aye else 0, (), bloc.votes if aye else 0)
    raw = lean(state.board, motion.body.speaker) if lean is not None else 50
    chance = min(MOST_LEAN, max(LEAST_LEAN, round_half_away(raw) + shift))
    rolls = tuple(work.percent(bloc.id, *vote_purpose(motion.index, bloc.id, member)) for member in range(bloc.votes))
    return e.BlocVote(place, chance, rolls, sum(roll <= chance for roll in rolls))


def _vetoed(work: Work, motion: Motion) -> bool:
    state = work.state
    if motion.veto_by == NOBODY or not state.played[motion.veto_by]:
        return False
    if motion.veto_when is not None and not motion.veto_when(state.board, motion.veto_by):
        return False
    return state.floor.get(motion.veto_by, FloorDraft()).veto
