"""For any expression and board: compiled code agrees with a plain reading of the text, and the interval encloses the value."""

from __future__ import annotations

import math
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.rules import BASE, compiled
from wargame.rules.codegen import Module
from wargame.rules.execution import round_half_away
from wargame.rules.expression import Checker, Scope
from wargame.rules.intervals import NO, YES, Ranges, interval, narrowed, scaled, verdict, whole_board
from wargame.rules.numbering import lay_out
from wargame.rules.program import Family
from wargame.scenario.node import NOWHERE, Scalar
from wargame.scenario.problem import Report

PROGRAM = compiled(BASE)
LAYOUT = lay_out(PROGRAM.scenario, Report())
CARTELS = ("chapitos", "mayiza")
AREAS = ("baja", "sonora", "sinaloa")
READ = (Family.TRACK, Family.FLAG, Family.CLOCK, Family.RESOURCE, Family.AREA, Family.PIECE, Family.AGREEMENT)

# ---------------------------------------------------------------- texts

NUMBERS = st.sampled_from(
    """
    0; 1; 3; 2.5; escalation; support; mood; powers; me.cash; me.heat; mayiza.strength; baja.plaza; sonora.watch;
    sonora.me.presence; sum(cartel.heat); max(cartel.strength); total(me.presence); start(me.heat); seats_in_play;
    highest(o.heat for o in cartel).cash; sum(a.watch for a in areas if a.me.presence >= 1);
    count(n for n in neighbours(sonora) if n.mayiza.presence > 0); max(o.heat for o in cartel if o.cash > 6);
    min(a.plaza * a.me.presence for a in areas); sum(sum(n.watch for n in neighbours(a)) / 3 for a in areas)
    """.replace("\n", " ").split(";")
).map(str.strip)
TRUTHS = st.sampled_from(
    """
    ban; tariffs; dialogue; me == chapitos; in_play(hemisphere); any(o.heat > 4 for o in cartel); true;
    all(o.cash > 2 for o in cartel if o != me); adjacent(baja, sonora); exists(first(o for o in cartel if o.heat > 5));
    party(dialogue, me); me in [chapitos, washington]; any(a for a in agreements if party(a, me))
    """.replace("\n", " ").split(";")
).map(str.strip)


def _numbers(children: st.SearchStrategy[str], truths: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    binary = st.tuples(children, st.sampled_from("+-*"), children).map(lambda one: f"({one[0]} {one[1]} {one[2]})")
    divided = st.tuples(children, st.sampled_from(["/", "//"]), st.sampled_from(["2", "3", "-4", "(escalation + 1)"])).map(
        lambda one: f"({one[0]} {one[1]} {one[2]})"
    )
    called = st.tuples(st.sampled_from(["abs", "round", "floor", "ceil"]), children).map(lambda one: f"{one[0]}({one[1]})")
    most = st.tuples(st.sampled_from(["min", "max"]), children, children).map(lambda one: f"{one[0]}({one[1]}, {one[2]})")
    clamped = children.map(lambda one: f"clamp({one}, -3, 12)")
    scales = children.map(lambda one: f"scale({one}, 20, 3)")
    chosen = st.tuples(children, truths, children).map(lambda one: f"({one[0]} if {one[1]} else {one[2]})")
    return st.one_of(binary, divided, called, most, clamped, scales, chosen, children.map(lambda one: f"(-{one})"))


def _truths(numbers: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    compared = st.tuples(numbers, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), numbers).map(
        lambda one: f"({one[0]} {one[1]} {one[2]})"
    )
    flat = st.one_of(TRUTHS, compared)
    both = st.tuples(flat, st.sampled_from(["and", "or"]), flat).map(lambda one: f"({one[0]} {one[1]} {one[2]})")
    return st.one_of(flat, both, flat.map(lambda one: f"(not {one})"))


EXPRESSIONS = st.recursive(NUMBERS, lambda children: _numbers(children, _truths(children)), max_leaves=8)
TESTS = _truths(NUMBERS)


@st.composite
def boards(draw: st.DrawFn) -> list[int]:
    """A board within its ranges."""
    board = list(PROGRAM.start)
    for slot in PROGRAM.slots:
        if slot.family in READ or slot.name == "played.hemisphere":
            board[slot.index] = draw(st.integers(slot.lo, slot.hi))
    return board


# ---------------------------------------------------------------- a plain reading


class Side:
    """A seat or faction, for a plain reading of the text by Python itself."""

    def __init__(self, name: str, numbers: dict[str, int]) -> None:
        self.name = name
        self.__dict__.update(numbers)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Side) and other.name == self.name

    def __hash__(self) -> int:
        return hash(self.name)


def reading(text: str, board: list[int], me: str) -> float:
    """The value of the text by Python's own evaluation over objects that look like the board."""

    def at(name: str) -> int:
        return board[PROGRAM.slot_of[name]]

    parts = dict.fromkeys(CARTELS, ("cash", "strength", "heat")) | {
        "washington": ("capital",),
        "hemisphere": ("influence",),
    }
    sides = {seat: Side(seat, {part: at(f"{seat}.{part}") for part in names}) for seat, names in parts.items()}
    nobody = Side("nobody", dict.fromkeys(("cash", "strength", "heat"), 0))
    areas = {}
    for name in AREAS:
        holders = {owner: SimpleNamespace(presence=at(f"{name}.{owner}.presence")) for owner in (*CARTELS, "others")}
        plaza = PROGRAM.scenario.areas[name].values.get("plaza", 1)
        areas[name] = SimpleNamespace(watch=at(f"{name}.watch"), plaza=plaza, me=holders.get(me), **holders)
    near = {"baja": ["sonora"], "sonora": ["baja", "sinaloa"], "sinaloa": ["sonora"]}

    def best(pairs: Iterable[tuple[float, Side]]) -> Side:
        return max(pairs, key=lambda pair: pair[0])[1]

    cartel = [sides[name] for name in CARTELS]
    agreements = [("dialogue", ("washington", "chapitos")), ("truce", CARTELS)]
    texts = {
        "sum(cartel.heat)": sum(one.heat for one in cartel),  # type: ignore[attr-defined]
        "max(cartel.strength)": max(one.strength for one in cartel),  # type: ignore[attr-defined]
        "total(me.presence)": sum(at(f"{area}.{me}.presence") for area in AREAS),
        "start(me.heat)": PROGRAM.start[PROGRAM.slot_of[f"{me}.heat"]],
        "highest(o.heat for o in cartel).cash": best((one.heat, one) for one in cartel).cash,  # type: ignore[attr-defined]
        "any(a for a in agreements if party(a, me))": any(at(name) for name, parties in agreements if me in parties),
        "exists(first(o for o in cartel if o.heat > 5))": any(one.heat > 5 for one in cartel),  # type: ignore[attr-defined]
        "party(dialogue, me)": me == "chapitos",
    }
    names: dict[str, Any] = {}
    for number, (part, value) in enumerate(texts.items()):
        text = text.replace(part, f"t{number}")
        names[f"t{number}"] = value

    def most(*items: Any) -> Any:
        return max(items[0], default=0) if len(items) == 1 else max(items)

    def least(*items: Any) -> Any:
        return min(items[0], default=0) if len(items) == 1 else min(items)

    names |= {slot.name: board[slot.index] for slot in PROGRAM.slots if slot.name.isidentifier()}
    names |= sides | areas | {"cartel": cartel, "areas": list(areas.values()), "me": sides[me], "nobody": nobody, "true": True}
    names |= {"round": round_half_away, "floor": math.floor, "ceil": math.ceil, "max": most, "min": least}
    names |= {"clamp": lambda x, lo, hi: min(max(x, lo), hi), "scale": scaled, "count": lambda items: len(list(items))}
    names |= {"adjacent": lambda one, other: True, "seats_in_play": 3 + at("played.hemisphere")}
    names |= {"in_play": lambda side: bool(at(f"played.{side.name}"))}
    around = {id(area): [areas[other] for other in near[name]] for name, area in areas.items()}
    names["neighbours"] = lambda area: around[id(area)]
    # `count(n for ...)` gives members; a plain reading counts them.
    return float(eval(text, {"__builtins__": {"abs": abs, "any": any, "all": all, "sum": sum}} | names))


def compile_(text: str, me: str) -> tuple[Any, Any]:
    """The typed tree of an expression and its function."""
    report = Report()
    checker = Checker(LAYOUT, report)
    tree = checker.number(Scalar(text, NOWHERE), Scope({}, checker.me((LAYOUT.owner_of[me],))))
    assert tree is not None, (text, report.problems)
    module = Module(whole_board(LAYOUT.slots))
    name = module.expression(tree, ())
    return tree, module.link()(name)


@settings(max_examples=250, deadline=None)
@given(
    text=EXPRESSIONS, board=boards(), me=st.sampled_from(CARTELS), widths=st.lists(st.integers(0, 3), min_size=1, max_size=7)
)
def test_code_and_intervals_agree_with_a_plain_reading(text: str, board: list[int], me: str, widths: list[int]) -> None:
    """The compiled value is that of the text; the interval of a known board is the value; a wider one encloses it."""
    tree, function = compile_(text, me)
    seat = LAYOUT.owner_of[me]
    value = function(board, seat)
    assert value == pytest.approx(reading(text, board, me), abs=1e-9), text
    assert not tree.whole or isinstance(value, int)
    exact = Ranges(lambda slot: (board[slot], board[slot]), PROGRAM.start, {"me": (seat,)})
    lo, hi = interval(tree, exact)
    assert lo <= value <= hi, text

    def known(slot: int) -> tuple[int, int]:
        width = widths[slot % len(widths)]
        entry = PROGRAM.slots[slot]
        return max(entry.lo, board[slot] - width), min(entry.hi, board[slot] + width)

    lo, hi = interval(tree, Ranges(known, PROGRAM.start, {"me": (seat,)}))
    assert lo <= value <= hi, text
    lo, hi = interval(tree, whole_board(PROGRAM.slots))
    assert lo <= value <= hi, text


@pytest.mark.parametrize("text", ["scale(escalation, mood, 2)", "5 / mood", "5 // mood", "escalation / (mood + 0.5)"])
def test_edges(text: str) -> None:
    """Divisors that pass through 0 and scales without length are enclosed on the whole range."""
    tree, function = compile_(text, "chapitos")
    lo, hi = interval(tree, whole_board(PROGRAM.slots))
    board = list(PROGRAM.start)
    for mood in range(-5, 6):
        for escalation in range(11):
            board[PROGRAM.slot_of["mood"]], board[PROGRAM.slot_of["escalation"]] = mood, escalation
            assert lo <= function(board, 1) <= hi


@settings(max_examples=250, deadline=None)
@given(text=TESTS, board=boards(), me=st.sampled_from(CARTELS), widths=st.lists(st.integers(0, 3), min_size=1, max_size=7))
def test_a_verdict_holds_on_every_board_within(text: str, board: list[int], me: str, widths: list[int]) -> None:
    """What always holds holds on this board, what never holds does not; what is known where it holds has this board in it."""
    report = Report()
    seat = LAYOUT.owner_of[me]
    checker = Checker(LAYOUT, report)
    tree = checker.condition(Scalar(text, NOWHERE), Scope({}, checker.me((seat,))))
    assert tree is not None, (text, report.problems)
    holds = bool(reading(text, board, me))

    def known(slot: int) -> tuple[int, int]:
        width = widths[slot % len(widths)]
        entry = PROGRAM.slots[slot]
        return max(entry.lo, board[slot] - width), min(entry.hi, board[slot] + width)

    ranges = Ranges(known, PROGRAM.start, {"me": (seat,)})
    assert verdict(tree, ranges) != (NO if holds else YES), text
    within = narrowed(tree, ranges, holds=holds)
    assert within is not None, text
    assert all(lo <= board[slot] <= hi for slot in range(len(board)) for lo, hi in [within.known(slot)]), text
