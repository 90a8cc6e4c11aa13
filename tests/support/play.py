"""Random play of a scenario through offers and plain command bodies, as over the wire."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from wargame.engine.commands import Command, Refused
from wargame.engine.events import Event
from wargame.engine.game import Game
from wargame.engine.legality import kind_of
from wargame.engine.offers import offers
from wargame.engine.parse import parse
from wargame.rules.compile import build
from wargame.rules.program import Kind, Program
from wargame.scenario.load import load, load_sources
from wargame.scenario.model import PhaseKind
from wargame.scenario.shipped import find_scenario

HERE = Path(__file__).parent
SHIPPED = ("five_questions", "skirmish", "bridge_week")
HERE_ONLY = ("everything", "odd")  # test scenarios: a bit of everything, and the language's odd corners
ALL = (*HERE_ONLY, *SHIPPED)


@cache
def program_of(name: str) -> Program:
    """The compiled scenario: a test scenario, or a shipped one."""
    if name in HERE_ONLY:
        loaded = load_sources({"scenario.yaml": (HERE / f"{name}.yaml").read_text()})
    else:
        loaded = load(find_scenario(name))
    assert loaded.scenario is not None, loaded.report.sorted()
    program = build(loaded.scenario, loaded.report)
    assert program is not None, loaded.report.sorted()
    return program


def seed_of(number: int) -> bytes:
    """A game seed."""
    return number.to_bytes(32, "little")


def one_by_one(game: Game) -> bool:
    """Whether seats give orders in turn now, each carried out at once."""
    return kind_of(game.program, game.state) is PhaseKind.TURNS


def body_of(offer: dict[str, Any], rng: Random, draft: list[dict[str, Any]], *, at_once: bool = False) -> dict[str, Any] | None:
    """A command body that takes the offer up; `at_once`: in a phase where seats give orders in turn."""
    do = offer["do"]
    match do:
        case "choose":
            return {"do": do, "choice": offer["choice"], "option": rng.choice(offer["options"])["id"]}
        case "place":
            count = min(offer["count"], len(offer["areas"]))
            return {"do": do, "placement": offer["placement"], "areas": rng.sample(offer["areas"], count)}
        case "respond":
            open_ = [option["id"] for option in offer["options"] if option["ok"]]
            belief = rng.choice([None, rng.randint(0, 100)])
            return {"do": do, "card": offer["card"], "option": rng.choice(open_), "rationale": "Because.", "belief": belief}
        case "order":
            targets = rng.choice(offer["choices"]) if offer["targets"] else []
            order = {"action": offer["action"], "targets": targets, "rationale": ""}
            return {"do": "order", **order} if at_once else {"do": "orders", "orders": [*draft, order]}
        case "propose":
            return {"do": do, "agreement": offer["agreement"], "side_terms": ""}
        case "sign" | "decline" | "leave":
            return {"do": do, "agreement": offer["agreement"]}
        case "transfer":
            return {"do": do, "to": rng.choice(offer["to"]), "amount": 1}
        case "floor":
            position = rng.choice(["aye", "nay", None]) if offer["position"] else None
            lo, hi = offer["lobby"]
            return {
                "do": do,
                "lobby": rng.randint(lo, hi),
                "position": position,
                "veto": not offer["veto"] or rng.random() < 0.5,
            }
        case "say":
            return {"do": do, "to": rng.choice([None, [rng.choice(offer["to"])]]), "text": "Hello."}
        case _:
            return {"do": do}


def seat_command(game: Game, seat: int, rng: Random) -> tuple[dict[str, Any], Command] | None:
    """One thing the seat may do now."""
    from wargame.engine.view import order_of

    program, state = game.program, game.state
    open_ = [offer for offer in offers(program, state, seat) if offer["ok"]]
    # Being done comes up often enough for games to end; leaving and talking not too often.
    weights = [{"seal": 4, "leave": 0.2, "say": 0.3, "reopen": 0.2, "decline": 0.5}.get(offer["do"], 1) for offer in open_]
    if not open_:
        return None
    offer = rng.choices(open_, weights)[0]
    draft = [order_of(program, order) for order in state.orders.get(seat, ())]
    body = body_of(offer, rng, draft, at_once=one_by_one(game))
    assert body is not None
    return body, parsed(game, seat, body)


def house_command(game: Game, rng: Random) -> tuple[dict[str, Any], Command]:
    """Something the facilitator may do now."""
    program, state = game.program, game.state
    kinds = ["pause", "resume", "announce"]
    kinds += ["extend"] if state.timed else []
    kinds += ["advance"] if rng.random() < 0.2 else []
    if state.status == "running":
        kinds += ["fire", "override", "cancel"]
    do = rng.choice(kinds)
    body: dict[str, Any] = {"do": do}
    if do == "fire":
        card = rng.choice(program.cards)
        members = {Kind.OWNER: program.owners, Kind.AREA: program.areas}
        named = [variable for variable in card.variables if variable.kind in members and rng.random() < 0.5]
        body |= {"card": card.id, "bound": {each.name: rng.choice(members[each.kind]) for each in named}}
    elif do == "cancel":
        body |= {"card": rng.choice(program.cards).id, "reason": "no"}
    elif do == "override":
        slot = rng.choice([slot for slot in program.slots if slot.shown])
        body |= {"slot": slot.name, "value": rng.randint(slot.lo, slot.hi), "reason": "For the test."}
    elif do == "extend":
        body |= {"seconds": rng.choice([-600, -5, 20])}
    elif do == "announce":
        body |= {"text": "Listen."}
    return body, parsed(game, program.white_cell, body)


def parsed(game: Game, who: int, body: dict[str, Any]) -> Command:
    """The command in a body that must be well-formed."""
    command = parse(game.program, who, body, turn=game.state.turn, phase=game.state.phase_id(game.program))
    assert isinstance(command, Command), (body, command)
    return command


class RandomPlay:
    """Steps through a game; every step is one command of somebody. `moves` are the commands, `events` what came of them."""

    def __init__(self, name: str, number: int, *, house: float = 0.05, played: tuple[str, ...] = ()) -> None:
        self.rng = Random(number)
        self.game = Game.started(program_of(name), seed_of(number), played)
        self.moves: list[tuple[int, dict[str, Any]]] = []
        self.house = house

    def step(self) -> tuple[Command, tuple[Event, ...] | Refused] | None:
        """Plays one command; None when nobody can do anything."""
        game = self.game
        if game.over:
            return None
        if game.state.paused:
            body: dict[str, Any] = {"do": "resume"}
            command = parsed(game, game.program.white_cell, body)
        elif self.rng.random() < self.house:
            body, command = house_command(game, self.rng)
        else:
            waiting = game.active() or tuple(range(len(game.program.seats)))
            made = seat_command(game, self.rng.choice(waiting), self.rng)
            if made is None:
                return None
            body, command = made
        self.moves.append((command.who, body))
        return command, game.execute(command)

    def finish(self, most: int = 20_000) -> int:
        """Plays to the end; the number of commands it took. Fails when it takes more than `most`."""
        for count in range(most):
            if self.game.over:
                return count
            self.step()
        raise AssertionError(f"not over after {most} commands")
