"""What seats would probably do in an imagined game: each the best it sees one step ahead, give or take."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from random import Random

from attrs import define, field

from wargame.bots.foresight import Deed, Foresight
from wargame.bots.model import Held, Order, Stand, World
from wargame.rules.execution import Execution
from wargame.rules.program import Addressee, Board, Effects, Motion, Program

SPREAD = 1.5  # points by which a seat's wishes differ from what it sees: as those of bots that look one step ahead
SEEN = 64  # orders that a seat thinks of
LIKED = 10  # orders that it may come back to, the best of them
CAUTION = 0.6  # how much it fears endings, as a share
LEAST = 0.3  # points a motion must cost a seat before it vetoes

# The lots of a soft-max: what is drawn from a seat's wishes by adding one to each and taking the greatest. Rounded, because the
# last bit of a logarithm differs between machines.
_LOTS = tuple(round(-SPREAD * math.log(-math.log((number + 0.5) / 1024)), 3) for number in range(1024))


@define(eq=False)
class Minds:
    """Foresight for every seat of a program, made when first asked for."""

    program: Program
    seed: int
    _known: dict[int, Foresight] = field(init=False, factory=dict)

    def of(self, seat: int) -> Foresight:
        """The foresight of a seat."""
        found = self._known.get(seat)
        if found is None:
            found = self._known[seat] = Foresight(self.program, seat, CAUTION, self.seed)
        return found


@define(eq=False)
class Habits:
    """What the seats of one imagined game do. They like what looked good on the board as it was first imagined (`board`), so
    that it need not be worked out again whenever the game is played on. Only the seat that imagines it all, `thinker`, looks
    anew in later turns: what an order opens to it is what the order may be worth giving for."""

    minds: Minds
    board: Board
    thinker: int
    _tables: dict[int, list[tuple[float, Order]]] = field(init=False, factory=dict)
    _gains: dict[tuple[int, int, tuple[int, ...]], float] = field(init=False, factory=dict)
    _answers: dict[tuple[int, ...], list[float]] = field(init=False, factory=dict)
    _stakes: dict[tuple[int, int], float] = field(init=False, factory=dict)
    _wishes: dict[tuple[int, int, int], list[Order]] = field(init=False, factory=dict)

    def answer(self, world: World, held: Held, seat: int, addressee: Addressee) -> int:
        """The option that looks best, give or take."""
        place = world.program.cards[held.card].addressees.index(addressee)
        key = (held.card, seat, place, *held.bindings)
        worths = self._answers.get(key)
        if worths is None:
            deeds = [_deed(option.run, seat, held.bindings) for option in addressee.options]
            worths = self._answers[key] = self.minds.of(seat).compare(world.board, deeds)
        wishes = [worth + _LOTS[world.lot(20, held.card, seat, number) >> 54] for number, worth in enumerate(worths)]
        return wishes.index(max(wishes))

    def orders(self, world: World, seat: int, count: int) -> Sequence[Order]:
        """Those that look best and can be paid together, give or take."""
        if seat == self.thinker and world.turn > self.board[world.program.turn_slot]:
            wished = self._wished(world, seat, self._looked(seat, world.board))
        else:
            key = (world.luck, world.turn, seat)
            known = self._wishes.get(key)
            wished = self._wishes[key] = self._wished(world, seat, self._liked(seat)) if known is None else known
        picked: list[Order] = []
        spent: dict[int, int] = {}
        for order in wished:
            if len(picked) == count:
                break
            price = order[0].costs.get(seat, ())
            if any(world.board[slot] - spent.get(slot, 0) < amount for slot, amount in price):
                continue
            if not all(_together(order, other) for other in picked) or not world.possible(seat, order):
                continue
            for slot, amount in price:
                spent[slot] = spent.get(slot, 0) + amount
            picked.append(order)
        return picked

    def stand(self, world: World, motion: Motion, seat: int) -> Stand:
        """For what it gains by."""
        key = (motion.index, seat)
        stake = self._stakes.get(key)
        if stake is None:
            deeds = [_deed(effects, motion.body.speaker, ()) for effects in (motion.passes, motion.fails)]
            passed, failed = self.minds.of(seat).compare(world.board, deeds)
            stake = self._stakes[key] = passed - failed
        stake += _LOTS[world.lot(22, motion.index, seat) >> 54] - _LOTS[512]
        return Stand(aye=stake > 0, veto=stake < -LEAST)

    def _liked(self, seat: int) -> list[tuple[float, Order]]:
        """What the seat likes on the board as it was first imagined."""
        table = self._tables.get(seat)
        if table is None:
            table = self._tables[seat] = self._looked(seat, self.board)
        return table

    def _wished(self, world: World, seat: int, table: Sequence[tuple[float, Order]]) -> list[Order]:
        """What the seat wishes for in this turn more than for nothing, most first."""
        # Ten bits make a lot, so twelve come of two numbers.
        bits = world.lot(21, seat) << 64 | world.lot(23, seat)
        least = _LOTS[bits & 1023]
        wishes = [(gain + _LOTS[bits >> 10 * number & 1023], order) for number, (gain, order) in enumerate(table, 1)]
        return [order for wish, order in sorted(wishes, key=lambda each: -each[0]) if wish > least]

    def _looked(self, seat: int, board: Board) -> list[tuple[float, Order]]:
        """The orders that the seat likes on a board, with what they would gain. That is looked at once, when they are first
        possible."""
        program, gains = self.minds.program, self._gains
        found = program.listings[seat](board)
        if len(found) > SEEN:
            found = Random(len(found)).sample(found, SEEN)
        orders = [(program.actions[index], targets) for index, targets in found]
        new = [order for order in orders if (seat, order[0].index, order[1]) not in gains]
        if new:
            deeds: list[Deed | None] = [None, *(_order(order, seat) for order in new)]
            before, *worths = self.minds.of(seat).compare(board, deeds)
            for (action, targets), worth in zip(new, worths, strict=True):
                gains[seat, action.index, targets] = worth - before
        table = [(gains[seat, order[0].index, order[1]], order) for order in orders]
        return sorted(table, key=lambda each: -each[0])[:LIKED]


def _together(one: Order, other: Order) -> bool:
    """Whether two orders of a seat may stand in one draft: not the same twice, and of a menu one that takes no target."""
    if one[0] is other[0]:
        return bool(one[1]) and one[1] != other[1] and not one[0].model.once
    menus = [str(order[0].model.menu) for order in (one, other) if not order[1]]
    return len(menus) < 2 or not menus[0] or menus[0] != menus[1]


def _deed(effects: Effects | None, seat: int, refs: tuple[int, ...]) -> Deed:
    return partial(_do, effects, seat, refs)


def _do(effects: Effects | None, seat: int, refs: tuple[int, ...], board: Board, execution: Execution) -> None:
    if effects is not None:
        effects(board, execution, seat, *refs)


def _order(order: Order, seat: int) -> Deed:
    action, targets = order
    price = action.costs.get(seat, ())

    def deed(board: Board, execution: Execution) -> None:
        for slot, amount in price:
            board[slot] -= amount
        action.run(board, execution, seat, *targets)

    return deed
