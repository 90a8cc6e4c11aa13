"""Random play of a scenario through offers and plain command bodies, as over the wire."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from attrs import evolve

from wargame.engine.commands import Command, Refused
from wargame.engine.events import Event
from wargame.engine.game import Game
from wargame.engine.legality import kind_of
from wargame.engine.msel import msel
from wargame.engine.offers import offers
from wargame.engine.parse import parse
from wargame.rules.compile import build
from wargame.rules.program import Family, Kind, Program
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
        case "petition":
            return {"do": do, "what": "We talk.", "because": ["They listen."], "against": ""}
        case "endorse" | "withdraw":
            return {"do": do, "number": offer["number"]}
        case "object":
            return {"do": do, "number": offer["number"], "why": rng.choice(["", "Too soon."])}
        case "dissent":
            return {"do": do, "number": offer["number"], "text": "No."}
        case "note":
            return {"do": do, "fact": "We talked.", "anonymous": rng.random() < 0.5}
        case "vote":
            return {"do": do, "number": offer["number"]}
        case _:
            return {"do": do}


def seat_command(game: Game, seat: int, rng: Random) -> tuple[dict[str, Any], Command] | None:
    """One thing the seat may do now."""
    from wargame.engine.view import order_of

    program, state = game.program, game.state
    open_ = [offer for offer in offers(program, state, seat) if offer["ok"]]
    # Being done comes up often enough for games to end; leaving and talking not too often.
    usual = {"seal": 4, "leave": 0.2, "say": 0.3, "reopen": 0.2, "decline": 0.5, "petition": 0.2, "note": 0.2}
    weights = [usual.get(offer["do"], 1) for offer in open_]
    if not open_:
        return None
    offer = rng.choices(open_, weights)[0]
    draft = [order_of(program, order) for order in state.orders.get(seat, ())]
    body = body_of(offer, rng, draft, at_once=one_by_one(game))
    assert body is not None
    return body, parsed(game, seat, body)


HAND = ("hold", "unhold", "release", "retime", "shift", "skip", "plan", "recall", "correct", "act", "outcome")


def _hand_body(game: Game, rng: Random, do: str) -> dict[str, Any]:
    """What the facilitator may do with the time-line, with cards on the table and with outcomes, possible or not."""
    program, state = game.program, game.state
    lines = [each["entry"] for each in msel(program, state, program.white_cell)] or ["s0"]
    hand = [str(each.number) for each in state.hand] or ["0"]
    turn = rng.randint(max(1, state.turn - 1), state.turn + 3)
    match do:
        case "plan":
            return {"card": rng.choice(program.cards).id, "turn": turn}
        case "recall":
            return {"card": rng.choice(hand), "reason": "By mistake.", "undo": rng.random() < 0.6}
        case "correct":
            return {"card": rng.choice(hand), "title": rng.choice(["", "Anew"]), "text": "Other words.", "reason": "A mistake."}
        case "act":
            seat = rng.randrange(len(program.seats))
            made = seat_command(game, seat, rng)
            return {"seat": program.seats[seat], "body": made[0] if made else {"do": "seal"}, "reason": "They asked for it."}
        case "outcome":
            return {"passed": rng.random() < 0.5, "reason": "It has to be."}
        case "end":
            ending = rng.choice([None, *(each.id for each in program.endings)])
            return {"ending": ending, "reason": "The bell."}
        case "retime":
            return {"entry": rng.choice(lines), "turn": turn}
        case "shift":
            return {"entry": rng.choice(lines), "turns": rng.randint(-2, 2)}
        case "hold" | "skip":
            return {"entry": rng.choice(lines), "reason": "Not now."}
        case _:
            return {"entry": rng.choice(lines)}


def _made_up(program: Program, rng: Random, do: str) -> dict[str, Any]:
    """Something that happens, or a card, that moves a number of this scenario, with a roll."""
    slot = rng.choice([slot for slot in program.slots if slot.family in (Family.TRACK, Family.RESOURCE)]).name
    effects = f'[{slot} +1, {{roll: 50, success: [{slot} -1, {{news: "It turned."}}]}}]'
    if do == "happen":
        return {"text": "It rains.", "effects": f"- {slot} +1\n- roll: 50\n  success: [{slot} -1]", "reason": "To see."}
    name, who = f"made_up_{len(program.written)}", rng.choice(program.seats)
    options = f"[{{id: nod, stance: hold, label: Nod, effects: {effects}}}]"
    return {"source": f"injects: {{{name}: {{title: Made up, to: [{who}], choices: {{{who}: {{options: {options}}}}}}}}}"}


def house_command(game: Game, rng: Random, *, made_up: bool = False) -> tuple[dict[str, Any], Command]:
    """Something the facilitator may do now; `made_up`: also to write cards and to let things happen."""
    program, state = game.program, game.state
    kinds = ["pause", "resume", "announce"]
    kinds += ["extend"] if state.timed else []
    kinds += ["advance"] if rng.random() < 0.2 else []
    if state.status == "running":
        kinds += ["fire", "override", *HAND]
        kinds += ["end"] if rng.random() < 0.02 else []
        kinds += ["happen", "write"] if made_up and rng.random() < 0.6 else []
    asked = [each.number for each in state.petitions if each.status in ("waiting", "held")]
    kinds += ["estimate", "defer", "rule", "turn_down"] if asked else []
    kinds += ["board", "note"]
    do = rng.choice(kinds)
    body: dict[str, Any] = {"do": do}
    if do in ("estimate", "defer", "rule", "turn_down"):
        body["number"] = rng.choice(asked)
        further: dict[str, dict[str, Any]] = {
            "estimate": {"percent": rng.randint(0, 100)},
            "defer": {"reason": "Later."},
            "rule": {"odds": 50, "success": "", "failure": "", "ruling": "So be it.", "public": rng.random() < 0.5},
            "turn_down": {"ruling": "No."},
        }
        body |= further[do]
        if do == "rule" and made_up:
            body |= dict.fromkeys(("success", "failure"), _made_up(program, rng, "happen")["effects"])
    elif do == "board":
        body["open"] = rng.random() < 0.5
    elif do == "note":
        body |= {"fact": "They talked.", "private": rng.random() < 0.5}
    elif do == "fire":
        card = rng.choice(program.cards)
        members = {Kind.OWNER: program.owners, Kind.AREA: program.areas}
        named = [variable for variable in card.variables if variable.kind in members and rng.random() < 0.5]
        body |= {"card": card.id, "bound": {each.name: rng.choice(members[each.kind]) for each in named}}
    elif do in ("happen", "write"):
        body |= _made_up(program, rng, do)
    elif do in (*HAND, "end"):
        body |= _hand_body(game, rng, do)
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

    def __init__(
        self, name: str, number: int, *, house: float = 0.05, played: tuple[str, ...] = (), made_up: bool = False
    ) -> None:
        self.rng = Random(number)
        self.game = Game.started(program_of(name), seed_of(number), played)
        self.moves: list[tuple[int, dict[str, Any]]] = []
        self.house = house
        self.made_up = made_up
        self.persons: dict[int, str] = {}  # by viewer: who commands, where a host would say

    def step(self) -> tuple[Command, tuple[Event, ...] | Refused] | None:
        """Plays one command; None when nobody can do anything."""
        game = self.game
        if game.over:
            return None
        if game.state.paused and self.rng.random() < 0.5:
            body: dict[str, Any] = {"do": "resume"}
            command = parsed(game, game.program.white_cell, body)
        elif self.rng.random() < self.house:
            body, command = house_command(game, self.rng, made_up=self.made_up)
        else:
            waiting = game.active() or tuple(range(len(game.program.seats)))
            made = seat_command(game, self.rng.choice(waiting), self.rng)
            if made is None:
                return None
            body, command = made
        self.moves.append((command.who, body))
        command = self.sent(command)
        return command, game.execute(command)

    def sent(self, command: Command) -> Command:
        """The command as a host gives it to the engine."""
        return evolve(command, person=self.persons.get(command.who, ""))

    def finish(self, most: int = 20_000) -> int:
        """Plays to the end; the number of commands it took. Fails when it takes more than `most`."""
        for count in range(most):
            if self.game.over:
                return count
            self.step()
        raise AssertionError(f"not over after {most} commands")
