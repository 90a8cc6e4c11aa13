"""Chronicles without a server: a game as a class would have left it, with people, reasons, beliefs and messages."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Any

from attrs import evolve

from tests.support.play import house_command, parsed, program_of, seat_command, seed_of
from tests.support.teams import TeamPlay
from wargame.analysis.chronicle import Chronicle, Entry, Log, made
from wargame.analysis.playout import Playout
from wargame.bots.levels import seat_bot
from wargame.engine.apply import apply
from wargame.engine.commands import Command, Refused, SetTeam, Start, house
from wargame.engine.events import Event, Forked, Rewound
from wargame.engine.game import Game
from wargame.engine.history import boundaries, time_left
from wargame.engine.parse import parse
from wargame.engine.state import State
from wargame.rules.program import Program

NAMES = ("Ana", "Bruno", "Carla", "Dmitri", "Élodie", "Farid", "Greta", "Hugo", "Inés", "Jun", "Kofi", "Lena")
BOSS = ("g1", "Ms. Ortiz")
REASONS = (
    "We cannot be seen to give way first.",
    "It buys us a turn, and costs little.",
    "They will read silence as consent.",
    "The numbers are <worse> than the briefing says & we know it.",
    "=SUM(we were told to wait)",
)
WORDS = ("Can we talk before the vote?", "No. <b>Not</b> this time.", "Agreed, if you go first.")


def class_of_people(program: Program, most: int = 3) -> dict[str, tuple[tuple[str, str], ...]]:
    """One to `most` people at every seat, and a facilitator."""
    people: dict[str, tuple[tuple[str, str], ...]] = {}
    number = 0
    for place, seat in enumerate(program.seats):
        members = []
        for _ in range(1 + place % most):
            number += 1
            members.append((f"p{number}", NAMES[(number - 1) % len(NAMES)] + ("" if number <= len(NAMES) else f" {number}")))
        people[seat] = tuple(members)
    people["white_cell"] = (BOSS,)
    return people


@cache
def played_chronicle(name: str = "everything", number: int = 1, *, rewinds: int = 1, most: int = 4_000) -> Chronicle:
    """A random game of people: several at some seats, reasons and beliefs, messages, the facilitator's hand (cards fired,
    values set), and so many times going back. The same arguments give the same chronicle."""
    program = program_of(name)
    rng = Random(number)
    log = Log(program, class_of_people(program))
    game = Game(program, State.fresh(program))

    def take(command: Command) -> bool:
        events = game.execute(command)
        if isinstance(events, Refused):
            return False
        log.take(command, events)
        return True

    assert take(house(program, Start(seed_of(number), program.seats, timed=False)))
    goes_back = [60 * (each + 1) for each in range(rewinds)]
    for count in range(most):
        if game.over:
            break
        if goes_back and count == goes_back[0]:
            goes_back.pop(0)
            game = go_back(log, game, rng)
        if game.state.paused:
            take(parsed(game, program.white_cell, {"do": "resume"}))
        elif rng.random() < 0.06:
            _, command = house_command(game, rng)
            take(evolve(command, person=BOSS[0]))
        else:
            waiting = game.active() or tuple(range(len(program.seats)))
            sent = seat_command(game, rng.choice(waiting), rng)
            if sent is not None:
                body, command = sent
                take(parse_again(game, command, reasoned(body, rng)))
    assert game.over, f"not over after {most} commands"
    return log.chronicle(f"{name}-{number}")


def parse_again(game: Game, command: Command, body: dict[str, Any]) -> Command:
    """The command with another body."""
    return parsed(game, command.who, body)


def reasoned(body: dict[str, Any], rng: Random) -> dict[str, Any]:
    """The body with reasons, as people give them."""
    match body["do"]:
        case "respond":
            return {**body, "rationale": rng.choice(REASONS), "belief": rng.choice([None, 10, 30, 50, 70, 90])}
        case "order":
            return {**body, "rationale": rng.choice(REASONS)}
        case "orders":
            return {**body, "orders": [{**order, "rationale": rng.choice(REASONS)} for order in body["orders"]]}
        case "propose":
            return {**body, "side_terms": "And we say nothing to the press."}
        case "say":
            return {**body, "text": rng.choice(WORDS)}
        case _:
            return body


def go_back(log: Log, game: Game, rng: Random) -> Game:
    """Sets the game back to a phase's beginning, as the facilitator would; the game as it is then."""
    chronicle = log.chronicle()
    where = rng.choice(chronicle.boundaries)
    kept = [entry for entry in chronicle.live if entry.seq <= where.seq]
    back = replayed(game.program, kept)
    event = Rewound(where.seq, time_left(back.state, kept[-1].at), "Let us try that once more.")
    apply(game.program, back.state, event)
    log.row(game.program.white_cell, (event,), *BOSS)
    return back


def fork_of(chronicle: Chronicle, turn: int) -> Chronicle:
    """Another table of the class, which goes on from where a turn began and broke off at once."""
    at = next(each.seq for each in chronicle.boundaries if each.turn == turn)
    kept = [entry for entry in chronicle.live if entry.seq <= at]
    event = Forked(chronicle.game, at, chronicle.name, 0)
    own = Entry(at + 1, kept[-1].at, chronicle.program.white_cell, *BOSS, (event,))
    return made(f"{chronicle.game}-fork", "Table 2", chronicle.base, [*kept, own], chronicle.people, chronicle.group)


def replayed(program: Program, entries: list[Entry]) -> Game:
    """The game that these entries tell."""
    return Game.replayed(program, (event for entry in entries for event in entry.events))


@cache
def classroom_chronicle(name: str = "everything", number: int = 1, *, most: int = 4_000) -> Chronicle:
    """A random game of teams whose people come and go, with what a facilitator makes up: cards, things that happen, and rulings
    on proposals with effects."""
    program = program_of(name)
    people = {
        seat: tuple((f"p{place}-{each}", f"P{place}-{each}") for each in range(5)) for place, seat in enumerate(program.seats)
    }
    play = _Kept(name, number, Log(program, people | {"white_cell": (BOSS,)}))
    for _ in range(most):
        if play.game.over:
            return play.log.chronicle(f"{name}-class-{number}")
        play.step()
    raise AssertionError(f"not over after {most} commands")


class _Kept(TeamPlay):
    """`TeamPlay` whose rows are kept."""

    def __init__(self, name: str, number: int, log: Log) -> None:
        self.log = log
        start = house(log.program, Start(seed_of(number), (), timed=False))
        self._take((start, Game(log.program, State.fresh(log.program)).execute(start)))
        super().__init__(name, number, made_up=True, house=0.15)

    def seat_people(self, seat: int) -> tuple[Command, tuple[Event, ...] | Refused]:
        return self._take(super().seat_people(seat))

    def step(self) -> tuple[Command, tuple[Event, ...] | Refused] | None:
        done = super().step()
        if done is not None and not isinstance(done[0].body, SetTeam):
            self._take(done)
        return done

    def _take(self, done: tuple[Command, tuple[Event, ...] | Refused]) -> tuple[Command, tuple[Event, ...] | Refused]:
        command, events = done
        if not isinstance(events, Refused):
            self.log.take(command, events)
        return done


@cache
def bots_chronicle(name: str = "five_questions", number: int = 1, level: str = "one-ply") -> Chronicle:
    """A sensible game by bots, told as if people had played it: reasons, messages between phases, two values set by hand."""
    program = program_of(name)
    rng = Random(number)
    seats = [seat for seat in program.seats if not program.scenario.seats[seat].optional]
    log = Log(program, class_of_people(program))
    bots = {seat: seat_bot(level, program, seat, str(number)) for seat in seats}
    playout = Playout(program, bots, record=log.take)
    playout.start(seed_of(number))

    def by_hand(who: int, body: dict[str, Any]) -> None:
        state = playout.state
        command = parse(program, who, body, turn=state.turn, phase=state.phase_id(program))
        assert isinstance(command, Command), command
        playout.carry(command)

    for phase in range(200):
        moment = playout.moment
        playout.play_until(lambda before=moment: playout.moment != before)  # type: ignore[misc]
        if playout.state.status != "running":
            break
        sender, other = rng.sample(seats, 2)
        by_hand(program.seats.index(sender), {"do": "say", "to": [other], "text": rng.choice(REASONS)})
        if phase in (2, 7):
            slot = next(slot for slot in program.slots if slot.shown and slot.hi - slot.lo > 3)
            value = min(slot.hi, playout.state.board[slot.index] + 1)
            by_hand(program.white_cell, {"do": "override", "slot": slot.name, "value": value, "reason": "A slip at the table."})
    assert playout.state.status == "over"
    return log.chronicle(f"{name}-bots-{number}")


def boundary_rows(chronicle: Chronicle) -> list[int]:
    """The rows that one can go back to."""
    return [each.seq for each in boundaries((entry.seq, entry.events) for entry in chronicle.live)]
