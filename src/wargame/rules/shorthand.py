"""Short effects: `escalation +2`, `set tariffs`, `inject card in 2`, `splinter(target)`."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from wargame.rules.expression import Scope, Wrong
from wargame.rules.program import VOID
from wargame.rules.syntax import Source, parse
from wargame.rules.tree import (
    CallVote,
    Cell,
    Const,
    Effect,
    EndAgreement,
    EndGame,
    Expr,
    Inject,
    OpenChoice,
    Read,
    Type,
    Write,
)
from wargame.rules.visit import Holder, Visit
from wargame.scenario.problem import suggest

if TYPE_CHECKING:
    from wargame.rules.effects import EffectChecker

WRITE = re.compile(
    r"\s*(?P<place>[A-Za-z_][\w.]*(?:\([^()]*\)[\w.]*)?)(?P<op>\s+[-+]=?|\s*(?<![=!<>])=(?!=))\s*(?P<amount>\S.*)", re.DOTALL
)
WORD = re.compile(r"\s*([a-z_]+)\s+(\S.*)", re.DOTALL)
INJECT = re.compile(r"(?P<card>\w+)(?:\s+in\s+(?P<delay>\S.*))?", re.DOTALL)
START = re.compile(r"(?P<clock>\w+)(?:\s+at\s+(?P<units>\S.*))?", re.DOTALL)
NUMBER, TRUTH, OWNER = Type.NUMBER, Type.TRUTH, Type.OWNER


def cut(source: Source, start: int, end: int | None = None) -> Source:
    """A part of a text that remembers its place."""
    piece = source.text[start:end]
    return Source(piece.rstrip(), source.at(start), source.inline)


def short(effects: EffectChecker, source: Source, scope: Scope) -> Sequence[Effect]:
    """A short effect; one for a whole kind becomes one for each seat."""
    words = WORD.fullmatch(source.text)
    if words is not None and words.group(1) in SHORT:
        return SHORT[words.group(1)](effects, cut(source, words.start(2)), scope)
    write = WRITE.fullmatch(source.text)
    if write is not None:
        return _write(effects, source, write, scope)
    return (effects.do(cut(source, len(source.text) - len(source.text.lstrip())), scope),)


def _write(effects: EffectChecker, source: Source, match: re.Match[str], scope: Scope) -> Sequence[Effect]:
    op = match.group("op").strip()
    if len(op) == 2:
        place, amount = match.group("place"), match.group("amount")
        hint = f"write `{place} {op[0]}{amount}`"
        effects.error(source.at(match.end("op") - 2), "operator", f"`{op}` is not part of the language.", hint, 2)
        raise Wrong
    place_source = cut(source, match.start("place"), match.end("place"))
    tree = parse(place_source, effects.checker.report)
    if tree is None:
        raise Wrong
    visit = Visit(effects.checker, place_source, scope)
    places, holder = places_of(visit, tree)
    truth = places[0].type is TRUTH
    if truth and op != "=":
        name = place_source.text
        raise visit.wrong(
            tree, "type", f"`{name}` is yes or no: nothing can be added to it.", f"write `set {name}` or `clear {name}`"
        )
    given = cut(source, match.start("amount"))
    subtracted = parse(given, effects.checker.report) if op == "-" else None
    tree_given = _all_taken_away(given, subtracted) if subtracted is not None else None
    amount = effects.checker.expression(given, scope, TRUTH if truth else NUMBER, tree_given)
    if amount is None:
        raise Wrong
    pool = owner = None
    if holder is not None and holder.areas is not None and holder.owners is not None and isinstance(tree, ast.Attribute):
        pool = effects.pool(tree.attr)
    found = []
    for place in places:
        effects.checker.used.add(f"write {_slot_names(effects, place)}")
        if pool is not None:
            owner = place.keys[1] if isinstance(place, Cell) else _owner(effects, place)
        found.append(Write(place, op, amount, pool, owner, _played(effects, place, holder), mark=source.mark))
    return found


def _all_taken_away(source: Source, tree: ast.expr) -> ast.expr:
    """What `x - a - b + c` takes from x, as everybody reads it: `a + b - c`. Parentheses keep what stands in them."""
    return tree if source.text[: tree.col_offset].strip() else _turned(tree)


def _turned(node: ast.expr) -> ast.expr:
    if not (isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub))):
        return node
    left = _turned(node.left) if node.left.col_offset == node.col_offset else node.left
    op: ast.operator = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
    return ast.copy_location(ast.BinOp(left, op, node.right), node)


def _slot_names(effects: EffectChecker, place: Read | Cell) -> str:
    return effects.layout.slots[place.slot].name if isinstance(place, Read) else place.part


def _owner(effects: EffectChecker, place: Read) -> Expr:
    return Const(effects.layout.slots[place.slot].owner, type=OWNER, whole=True)


def _played(effects: EffectChecker, place: Read | Cell, holder: Holder | None) -> int:
    if holder is None or not (holder.many and holder.optional) or not isinstance(place, Read):
        return VOID
    owner = effects.layout.slots[place.slot].owner
    return effects.layout.played[owner] if owner in effects.layout.optional else VOID


def places_of(visit: Visit, tree: ast.expr) -> tuple[list[Read | Cell], Holder | None]:
    """The slots that an effect's left side stands for."""
    if isinstance(tree, ast.Attribute):
        holder = visit.holder(tree.value)
        found: list[Read | Cell] = []
        last: Expr | None = None
        for area in holder.areas if holder.areas is not None else (None,):
            for owner in holder.owners if holder.owners is not None else (None,):
                one = Holder(
                    (area,) if area is not None else None, (owner,) if owner is not None else None, False, holder.words
                )
                last = visit.marked(visit.member(one, tree), tree) if not holder.many else _some(visit, one, tree)
                if isinstance(last, (Read, Cell)) and last.type is not Type.OPTION:
                    found.append(last)
        if not found:
            raise _not_writable(visit, tree, last)
        return found, holder
    expr = visit.visit(tree)
    if isinstance(expr, Read) and expr.type in (NUMBER, TRUTH) and expr.slot != visit.layout.turn_slot:
        return [expr], None
    raise _not_writable(visit, tree, expr)


def _some(visit: Visit, holder: Holder, tree: ast.Attribute) -> Expr | None:
    """The slot of one of several, which need not all have it."""
    if holder.areas is None and holder.owners is not None and isinstance(holder.owners[0], Const):
        rows = visit.layout.resources.get(tree.attr)
        if rows is not None and rows[int(holder.owners[0].value)] == VOID:
            return None
    return visit.marked(visit.member(holder, tree), tree)


def _not_writable(visit: Visit, tree: ast.expr, expr: Expr | None) -> Wrong:
    words = visit.source.text
    hint = ""
    if expr is not None and expr.type is Type.AGREEMENT:
        hint = f"seats sign agreements; an effect can `end {words}`"
    elif expr is not None and expr.type is Type.OPTION:
        hint = f"an effect can `open {words}` again"
    elif expr is not None and expr.type in (Type.OWNER, Type.AREA):
        hint = f"name one of its numbers: `{words}. ...`"
    elif isinstance(expr, Const):
        hint = "it is a constant"
    return visit.wrong(tree, "not_writable", f"`{words}` cannot be changed by an effect.", hint)


def _declared(effects: EffectChecker, source: Source, kind: str, section: str) -> str:
    name = source.text.strip()
    known = getattr(effects.layout.scenario, section)
    if name not in known:
        word = kind.partition(" ")[2]
        hint = suggest(name, known)
        effects.error(source.mark, "unknown_name", f"There is no {word} `{name}`.", hint, max(1, len(name)))
        raise Wrong
    return name


def _flag(value: int) -> Callable[[EffectChecker, Source, Scope], Sequence[Effect]]:
    def made(effects: EffectChecker, source: Source, scope: Scope) -> Sequence[Effect]:
        name = _declared(effects, source, "a flag", "flags")
        effects.checker.used.add(f"write {name}")
        place = Read(effects.layout.slot_of[name], type=TRUTH, whole=True)
        return (Write(place, "=", Const(value, type=TRUTH, whole=True), mark=source.mark),)

    return made


def _inject(effects: EffectChecker, source: Source, scope: Scope) -> Sequence[Effect]:
    from wargame.rules.effects import known_card

    match = INJECT.fullmatch(source.text)
    if match is None:
        effects.error(source.mark, "syntax", "This does not schedule a card.", "write `inject card` or `inject card in 2`")
        raise Wrong
    card = known_card(effects, match.group("card"), source.mark)
    delay: Expr | None = Const(0, whole=True)
    if match.group("delay") is not None:
        delay = effects.checker.expression(cut(source, match.start("delay")), scope, NUMBER)
    if delay is None:
        raise Wrong
    return (Inject(card, delay, effects.bindings(match.group("card"), scope, {}), mark=source.mark),)


def _end(effects: EffectChecker, source: Source, scope: Scope) -> Sequence[Effect]:
    agreement = effects.checker.expression(source, scope, None)
    if agreement is None:
        raise Wrong
    if agreement.type is not Type.AGREEMENT:
        hint = suggest(source.text, effects.layout.agreements)
        effects.error(source.mark, "type", f"`{source.text}` is {agreement.type.value}; only an agreement can be ended.", hint)
        raise Wrong
    return (EndAgreement(agreement, mark=source.mark),)


def _call_vote(effects: EffectChecker, source: Source, scope: Scope) -> Sequence[Effect]:
    name = _declared(effects, source, "a motion", "motions")
    effects.checker.used.add(f"motion {name}")
    return (CallVote(list(effects.layout.scenario.motions).index(name), mark=source.mark),)


def _open(effects: EffectChecker, source: Source, scope: Scope) -> Sequence[Effect]:
    name = _declared(effects, source, "a choice", "choices")
    return (OpenChoice(list(effects.layout.choices).index(name), mark=source.mark),)


def _end_game(effects: EffectChecker, source: Source, scope: Scope) -> Sequence[Effect]:
    name = _declared(effects, source, "an ending", "endings")
    effects.checker.used.add(f"ending {name}")
    return (EndGame(list(effects.layout.scenario.endings).index(name), mark=source.mark),)


def _stop_clock(effects: EffectChecker, source: Source, scope: Scope) -> Sequence[Effect]:
    name = _declared(effects, source, "a clock", "clocks")
    effects.checker.used.add(f"write {name}")
    return (Write(Read(effects.layout.slot_of[name], whole=True), "=", Const(0, whole=True), mark=source.mark),)


def _start_clock(effects: EffectChecker, source: Source, scope: Scope) -> Sequence[Effect]:
    match = START.fullmatch(source.text)
    name = match.group("clock") if match is not None else source.text
    _declared(effects, cut(source, 0, len(name)), "a clock", "clocks")
    effects.checker.used.add(f"write {name}")
    clock = effects.layout.scenario.clocks[name]
    units: Expr | None = Const(clock.max, whole=True)
    if match is not None and match.group("units") is not None:
        units = effects.checker.expression(cut(source, match.start("units")), scope, NUMBER)
    if units is None:
        raise Wrong
    return (Write(Read(effects.layout.slot_of[name], whole=True), "=", units, mark=source.mark),)


SHORT: Mapping[str, Callable[[EffectChecker, Source, Scope], Sequence[Effect]]] = {
    "set": _flag(1),
    "clear": _flag(0),
    "inject": _inject,
    "end": _end,
    "call_vote": _call_vote,
    "open": _open,
    "end_game": _end_game,
    "stop_clock": _stop_clock,
    "start_clock": _start_clock,
}
