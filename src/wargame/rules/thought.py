"""What a seat can work out about a board: its score, how near an end is, and what the rules do by themselves until then.

The functions are written anew for each seat from the trees of its program, and hold no more than its score depends on: rules
that change nothing it is scored by are left out, and nothing is logged. They are for looking ahead many times, not for play.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from attrs import define, evolve, field, frozen

from wargame.rules.codegen import Module, Writer
from wargame.rules.emit import EffectModule
from wargame.rules.execution import Execution
from wargame.rules.intervals import whole_board
from wargame.rules.program import NOBODY, VOID, Board, Program
from wargame.rules.reach import blocks, cells, expressions, possible, reads
from wargame.rules.tree import (
    Block,
    Cell,
    Do,
    Each,
    Effect,
    EndAgreement,
    Expr,
    Group,
    Let,
    Outcomes,
    Pieces,
    RollFor,
    Transfer,
    When,
    Write,
)


@frozen
class Thought:
    """What a seat can work out."""

    worth: Callable[[Board], float]  # its score, with the agenda that the board gives it
    drift: Callable[[Board, Execution], None]  # carries out a turn of what runs by itself, as far as the worth depends on it
    # The slots that worth and drift depend on, in order. The seat's main resource is one if drift can change it.
    reads: tuple[int, ...]
    feared: Callable[[Board], bool]  # whether an ending that spares nobody has come
    fears: frozenset[int]  # the slots that this depends on


def think(program: Program, seat: int) -> Thought:
    """What the seat can work out; made once for a program."""
    known = program.thoughts.get(seat)
    if not isinstance(known, Thought):
        known = program.thoughts[seat] = _think(program, seat)
    return known


def _think(program: Program, seat: int) -> Thought:
    module = Module(whole_board(program.slots), recording=False, swift=True)
    writer = Writer(module).bound("me", seat)
    needed = {program.turn_slot}
    parts = [part.tree for part in program.scores[seat] if isinstance(part.tree, Expr)]
    lines = [f"n = {' + '.join(['0.0', *map(writer.source, parts)])}"]
    for deck in program.agendas:
        if deck.seat == seat:
            needed.add(deck.slot)
            lines.append(f"a = b[{deck.slot}]")
            for number, tree in enumerate(deck.trees):
                if isinstance(tree, Expr):
                    parts.append(tree)
                    lines += [f"if a == {number}:", f"    return n + {writer.source(tree)}"]
    worth = module.define("worth", ["b"], [*lines, "return n"])
    kept = _Slice(program, needed.union(*(reads(part, {"me": (seat,)}) for part in parts)) - {VOID})
    running = list(_running(program))
    kept.settle(running)
    saved = _Slice(program, {program.main_resource[seat]})
    if saved.settle(running):
        kept.needed |= saved.needed
        kept.settle(running)
    drift = _drift(program, module, kept, running)
    endings = [ending.when for ending in program.endings if ending.when is not None and ending.model.catastrophe]
    ends = [tree for tree in map(program.tree, endings) if isinstance(tree, Expr)]
    feared = module.define("feared", ["b"], [f"return {' or '.join(map(Writer(module).source, ends)) or 'False'}"])
    get = module.link()
    fears: frozenset[int] = frozenset().union(*map(reads, ends))
    return Thought(get(worth), get(drift), tuple(sorted(kept.needed)), get(feared), fears)


def _running(program: Program) -> Iterator[tuple[int, int, Block]]:
    """What runs by itself in a turn, in order: (slot that must be 1, or VOID; who acts; effects)."""
    for agreement in program.agreements:
        tree = program.tree(agreement.each_turn) if agreement.each_turn is not None else None
        if isinstance(tree, tuple):
            yield agreement.slot, agreement.parties[0], tree[1]
    for phase in program.phases:
        for step in phase.steps:
            tree = program.tree(step.run) if step.run is not None else None
            if isinstance(tree, tuple):
                yield VOID, NOBODY, tree[1]


def _drift(program: Program, module: Module, kept: _Slice, running: Iterable[tuple[int, int, Block]]) -> str:
    emitter = EffectModule(module, program.slots, [*(each.slot for each in program.agreements), VOID], len(program.seats))
    emitter.take_leaving({agreement.index: kept.block(kept.leaving(agreement.index)) for agreement in program.agreements})
    lines = []
    for slot, me, block in running:
        left = kept.block(block)
        if left:
            if slot != VOID:
                lines.append(f"if b[{slot}]:")
            lines.append(f"{'    ' if slot != VOID else ''}{emitter.function(left, ())}(b, x, {me})")
    return module.define("drift", ["b", "x"], lines or ["pass"])


@define
class _Slice:
    """Effects without those that change nothing needed. `needed` grows by what the effects that are kept read."""

    program: Program
    needed: set[int]
    _groups: dict[int, bool] = field(init=False, factory=dict)  # group -> whether anything of it is kept
    _pruned: dict[int, Group] = field(init=False, factory=dict)

    def settle(self, running: Sequence[tuple[int, int, Block]]) -> bool:
        """Finds all that is needed, however long the chain; whether anything of what runs is kept."""
        before, some = -1, False
        while len(self.needed) != before:
            before = len(self.needed)
            self._groups.clear()
            for slot, _, block in running:
                if self._keeps(block):
                    some = True
                    self.needed |= {slot} - {VOID}
        return some

    def leaving(self, agreement: int) -> Block:
        """What leaving an agreement does."""
        tree: Any = self.program.agreements[agreement].code_leave.tree
        block: Block = tree[1] if isinstance(tree, tuple) else ()
        return block

    def block(self, block: Block) -> Block:
        """The effects that are kept, each without what is not kept below it."""
        return tuple(self._without(effect) for effect in block if self._kept(effect))

    def _keeps(self, block: Block) -> bool:
        # All are asked, since each adds to what is needed.
        kept = [self._kept(effect) for effect in block]
        return True in kept

    def _kept(self, effect: Effect) -> bool:
        match effect:
            case Do():
                key = id(effect.group)
                if key not in self._groups:
                    self._groups[key] = self._keeps(effect.group.body)
                kept = self._groups[key]
            case Write() | EndAgreement() | Pieces() | Transfer():
                touched = self._touched(effect)
                kept = not self.needed.isdisjoint(touched)
                if kept:
                    self.needed |= touched
            case _:
                below = [self._keeps(block) for block in blocks(effect)]
                kept = True in below
        if kept:
            self._need(effect)
        return kept

    def _touched(self, effect: Effect) -> set[int]:
        """The slots that the effect writes, and those that say how much it may."""
        match effect:
            case Write():
                written = cells(effect.place) if isinstance(effect.place, Cell) else (effect.place.slot,)
                return set(written)
            case EndAgreement():
                found: set[int] = set()
                for agreement in possible(effect.agreement):
                    if agreement != NOBODY and self._keeps(self.leaving(agreement)):
                        found |= self.needed
                    found.add(self.program.agreements[agreement].slot)
                return found
            case Pieces():
                areas = [area for area in (effect.source, effect.goal) if area is not None]
                return {
                    slot for area in areas for slot in cells(Cell(effect.grid, (area, effect.owner), effect.piece, whole=True))
                }
            case Transfer():
                seats = (effect.giver, effect.taker)
                return {slot for seat in seats for slot in cells(Cell(effect.rows, (seat,), effect.part, whole=True))}
            case _:
                return set()

    def _need(self, effect: Effect) -> None:
        for expr in expressions(effect):
            self.needed |= reads(expr)
        match effect:
            case Write():
                self.needed.add(effect.played)
            case Each():
                self.needed.update(effect.domain.optional.values())
            case _:
                pass
        pool = effect.pool if isinstance(effect, Write | Pieces) else None
        if pool is not None:
            self.needed.update(slot for row in pool.slots for slot in row)
        self.needed.discard(VOID)

    def _without(self, effect: Effect) -> Effect:
        match effect:
            case RollFor():
                return evolve(effect, success=self.block(effect.success), failure=self.block(effect.failure))
            case When():
                return evolve(effect, then=self.block(effect.then), otherwise=self.block(effect.otherwise))
            case Outcomes():
                return evolve(effect, rows=tuple(evolve(row, effects=self.block(row.effects)) for row in effect.rows))
            case Each():
                return evolve(effect, body=self.block(effect.body))
            case Let():
                return evolve(effect, body=self.block(effect.body), otherwise=self.block(effect.otherwise))
            case Do():
                key = id(effect.group)
                if key not in self._pruned:
                    self._pruned[key] = evolve(effect.group, body=self.block(effect.group.body))
                return evolve(effect, group=self._pruned[key])
            case _:
                return effect
