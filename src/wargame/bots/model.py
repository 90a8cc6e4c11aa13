"""A model of the game for looking ahead: what the rules do to an imagined board, phase by phase, given what the seats do.

It carries out the compiled rules of the program in the order of the game, and leaves out what concerns no board: who sees what,
the time, words. Left out besides: agreements that others might sign or leave and that come out, gifts, secret choices opened
again, cards that wait for the facilitator, and lobbying by others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeAlias

from attrs import define, field, frozen

from wargame.bots.foresight import Deed, Throw
from wargame.rules.execution import Deal, round_half_away
from wargame.rules.program import NOBODY, Action, Addressee, Board, Card, Effects, Motion, Phase, Program
from wargame.scenario.model import PhaseKind, Pool

Order: TypeAlias = tuple[Action, tuple[int, ...]]  # with its targets

LEAN = (2, 97)  # per cent within which a bloc's chance to vote aye lies

_MASK = (1 << 64) - 1


def mixed(*keys: int) -> int:
    """A number from 0 to 2**64 - 1 that looks drawn by lot and is always the same for the same keys."""
    number = 0x9E3779B97F4A7C15
    for key in keys:
        number = ((number ^ key) * 0xD6E8FEB86659FD93) & _MASK
        number ^= number >> 32
    return ((number * 0xD6E8FEB86659FD93) & _MASK) ^ (number >> 29)


@define(eq=False)
class Dice(Throw):
    """Dice for a purpose, `keys`; their number is worked out when the first is thrown."""

    keys: tuple[int, ...] = ()
    fresh: bool = False

    def begin(self, keys: tuple[int, ...]) -> None:
        """Makes ready for another run."""
        self.clear()
        self.keys = self.purpose = keys
        self.fresh = True

    def _index(self, site: int, count: int, refs: tuple[int, ...]) -> int:
        if self.fresh:
            self.number = mixed(*self.keys)
            self.fresh = False
        return super()._index(site, count, refs)


@frozen
class Held:
    """A card on the table."""

    card: int
    bindings: tuple[int, ...]
    to: tuple[tuple[int, int], ...]  # seat, place among the addressees


@frozen
class Stand:
    """What a seat does about a motion."""

    aye: bool = True
    lobby: int = 0
    veto: bool = False


class Players(Protocol):
    """Says what seats do in a world."""

    def answer(self, world: World, held: Held, seat: int, addressee: Addressee) -> int:
        """The index of the option that the seat takes, which may turn out to be closed."""
        ...

    def orders(self, world: World, seat: int, count: int) -> Sequence[Order]:
        """At most `count` orders."""
        ...

    def stand(self, world: World, motion: Motion, seat: int) -> Stand:
        """What the seat does about the motion on the floor."""
        ...


@define(eq=False)
class World:
    """An imagined game: a board and what is under way. `luck` (0 to 2**64 - 1) decides all its dice."""

    program: Program
    board: Board
    played: Sequence[bool]
    luck: int
    hand: list[Held] = field(factory=list)
    coming: list[tuple[int, Deal]] = field(factory=list)  # turn when it is due
    motions: list[int] = field(factory=list)
    ended: int | None = None  # the ending that came; -1: the last turn is over
    turn: int = field(init=False)
    _turns_luck: int = field(init=False)
    _x: Dice = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._x = Dice(b"", "", recording=False)
        self._enter(self.board[self.program.turn_slot])

    def _enter(self, turn: int) -> None:
        self.turn = self.board[self.program.turn_slot] = turn
        self._turns_luck = mixed(self.luck, turn)

    def lot(self, *keys: int) -> int:
        """A number from 0 to 2**64 - 1 for a purpose in this turn."""
        return mixed(self._turns_luck, *keys)

    def percent(self, *keys: int) -> int:
        """1 to 100, for a purpose in this turn."""
        return (self.lot(*keys) * 100 >> 64) + 1

    def run(self, effects: Effects | None, me: int, refs: tuple[int, ...], *keys: int) -> None:
        """Runs effects on the board, with dice for a purpose in this turn."""
        if effects is not None:
            effects(self.board, self._begin(*keys), me, *refs)
            self._take()

    def do(self, deed: Deed) -> None:
        """Carries out a deed at once."""
        deed(self.board, self._begin(0))
        self._take()

    def _begin(self, *keys: int) -> Dice:
        x = self._x
        x.begin((self._turns_luck, *keys))
        return x

    def _take(self) -> None:
        """What the effects asked for besides."""
        x = self._x
        if x.deals:
            self.coming += [(self.turn + deal.delay, deal) for deal in x.deals]
        if x.motions:
            self.motions += [motion for motion in dict.fromkeys(x.motions) if motion not in self.motions]
        if x.ending >= 0 and self.ended is None:
            self.ended = x.ending

    # The course of the game.

    def play(self, phase: int, first: Players, then: Players, turns: int) -> None:
        """Ends the phase with what `first` does in it, and goes on with `then` to the end of this turn and of `turns` more."""
        phases = self.program.phases
        last = self.turn + turns
        self._finish(phases[phase], first)
        while self.ended is None:
            for each in phases[phase + 1 :]:
                self._deal_turn(each)
                self._finish(each, then)
                if self.ended is not None:
                    return
            self.hand = []
            if self.turn >= self.program.scenario.turns.count:
                self.ended = NOBODY
            if self.ended is not None or self.turn >= last:
                return
            self._enter(self.turn + 1)
            phase = -1

    def _finish(self, phase: Phase, players: Players) -> None:
        for copy, held in enumerate(self.hand):
            self._answer(held, copy, players)
        if phase.kind is PhaseKind.ORDERS:
            self._orders(phase.model.orders, players)
        elif phase.kind is PhaseKind.TURNS:
            for seat, plays in enumerate(self.played):
                if plays:
                    for times, order in enumerate(players.orders(self, seat, phase.model.orders)):
                        if self._pays(seat, order):
                            self._carry_out(seat, order, times)
        elif phase.kind is PhaseKind.FLOOR and self.motions:
            self._vote(self.program.motions[self.motions.pop(0)], players)
        self.hand = []
        for count, step in enumerate(phase.steps):
            if self.ended is not None:
                return
            if step.name == "effects":
                self.run(step.run, NOBODY, (), 1, phase.index, count)
            else:
                _STEPS[step.name](self)

    # Cards.

    def _answer(self, held: Held, copy: int, players: Players) -> None:
        card = self.program.cards[held.card]
        for seat, place in held.to:
            addressee = card.addressees[place]
            option = addressee.options[players.answer(self, held, seat, addressee)]
            if not all(reason.test(self.board, seat, *held.bindings) for reason in option.reasons):
                option = addressee.options[addressee.default]
            self.run(option.run, seat, held.bindings, 2, held.card, copy, seat)

    def _deal_turn(self, phase: Phase) -> None:
        if phase.kind is not PhaseKind.CARDS:
            return
        most, model, turn = phase.model.cards, phase.model, self.turn
        chained = most if model.cards_with_chained is None else model.cards_with_chained
        dealt = 0
        waiting: list[tuple[int, Deal]] = []
        for due, deal in self.coming:
            card = self.program.cards[deal.card]
            if due > turn or dealt >= chained:
                waiting.append((due, deal))
            elif not self._spent(card) and self._since(card) >= card.cooldown:
                dealt += self._deal(card, deal.bindings, scheduled=True)
        self.coming = waiting
        for pool in (Pool.TRIGGER, Pool.RANDOM):
            ready = [card for card in self.program.drawn_from[pool] if dealt < most and self._comes(card)]
            for card in sorted(ready, key=lambda card: self.lot(3, card.index)):
                if dealt < most:
                    dealt += self._deal(card, (), scheduled=False)
        if model.draw:
            rest = [card for card in self.program.drawn_from[Pool.DECK] if not self.board[card.fired]]
            for card in sorted(rest, key=lambda card: self.lot(3, card.index))[: model.draw]:
                self._deal(card, (), scheduled=False)

    def _comes(self, card: Card) -> bool:
        if not card.turns[0] <= self.turn <= card.turns[1] or self._spent(card) or self._since(card) < max(1, card.cooldown):
            return False
        if not card.when(self.board, NOBODY):
            return False
        return self.percent(4, card.index) <= round_half_away(card.chance(self.board, NOBODY))

    def _spent(self, card: Card) -> bool:
        return card.once and self.board[card.fired] > 0

    def _since(self, card: Card) -> int:
        return self.turn - self.board[card.dealt_on] if self.board[card.fired] else 1_000_000

    def _deal(self, card: Card, given: Sequence[int | None], *, scheduled: bool) -> bool:
        x = self._begin(5, card.index, len(self.hand))
        bindings: list[int] = []
        for index, bind in enumerate(card.binds):
            value = given[index] if index < len(given) else None
            if value is None:
                value = bind(self.board, x, NOBODY, *bindings) if bind is not None else NOBODY
            bindings.append(value)
        bound = tuple(bindings)
        to = card.answered_by(bound, self.played)
        if card.addressees and not to:
            return False
        for effects in (None if scheduled else card.on_trigger, card.on_deal):
            if effects is not None:
                effects(self.board, x, NOBODY, *bound)
        self._take()
        self.board[card.fired] = min(self.board[card.fired] + 1, self.program.slots[card.fired].hi)
        self.board[card.dealt_on] = self.turn
        self.hand.append(Held(card.index, bound, to))
        return True

    # Orders.

    def _orders(self, count: int, players: Players) -> None:
        queue: list[tuple[int, int, int, int, Order]] = []
        for seat, plays in enumerate(self.played):
            if plays:
                for times, order in enumerate(players.orders(self, seat, count)):
                    if self._pays(seat, order):
                        lot = self.lot(6, seat, order[0].index, *order[1])
                        queue.append((order[0].model.order, lot, seat, times, order))
        for _, _, seat, times, order in sorted(queue, key=lambda each: each[:4]):
            self._carry_out(seat, order, times)

    def _pays(self, seat: int, order: Order) -> bool:
        cost = order[0].costs.get(seat, ())
        if any(self.board[slot] < amount for slot, amount in cost):
            return False
        for slot, amount in cost:
            self.board[slot] -= amount
        return True

    def _carry_out(self, seat: int, order: Order, times: int) -> None:
        """Carries out an order that was paid for, or gives the cost back."""
        action, targets = order
        if not self.possible(seat, order):
            for slot, amount in action.costs.get(seat, ()):
                self.board[slot] += amount
            return
        self.board[action.given[seat]] += 1
        self.run(action.run, seat, targets, 7, seat, action.index, times, *targets)

    def possible(self, seat: int, order: Order) -> bool:
        """Whether the conditions of an order hold now, whatever it costs."""
        (action, targets), board = order, self.board
        if action.model.once and board[action.given[seat]] > 0:
            return False
        return all(reason.test(board, seat) for reason in action.reasons) and all(
            reason.test(board, seat, *targets) for reason in action.target_reasons
        )

    # The floor.

    def _vote(self, motion: Motion, players: Players) -> None:
        board, body = self.board, motion.body
        voters = {bloc.seat for bloc in body.blocs} | set(body.lobbyists) | {motion.veto_by}
        stands = {seat: players.stand(self, motion, seat) for seat in sorted(voters) if seat != NOBODY and self.played[seat]}
        shift = 0
        for seat in sorted(set(body.lobbyists) & stands.keys()):
            purse = self.program.main_resource[seat]
            points = max(-board[purse], min(board[purse], stands[seat].lobby))
            board[purse] -= abs(points)
            shift += body.per_point * points
        ayes = 0
        for place, bloc in enumerate(body.blocs):
            lean = motion.leans[place]
            if bloc.seat in stands:
                ayes += bloc.votes * stands[bloc.seat].aye
                continue
            raw = lean(board, body.speaker) if lean is not None else 50
            chance = min(LEAN[1], max(LEAN[0], round_half_away(raw) + shift))
            ayes += sum(self.percent(8, motion.index, place, member) <= chance for member in range(bloc.votes))
        veto = motion.veto_by in stands and stands[motion.veto_by].veto
        if veto and motion.veto_when is not None:
            veto = motion.veto_when(board, motion.veto_by)
        passed = ayes >= (motion.veto_ayes if veto else motion.ayes)
        self.run(motion.passes if passed else motion.fails, body.speaker, (), 9, motion.index)

    # What runs by itself.

    def _write(self, writes: Iterable[tuple[int, int]]) -> None:
        for index, value in writes:
            slot = self.program.slots[index]
            self.board[index] = min(slot.hi, max(slot.lo, value))

    def _income(self) -> None:
        if self.turn > 1:
            board = self.board
            self._write(
                [
                    (income.slot, board[income.slot] + round_half_away(income.amount(board, income.seat)))
                    for income in self.program.incomes
                    if self.played[income.seat]
                ]
            )

    def _clocks(self) -> None:
        for number, clock in enumerate(self.program.clocks):
            left = self.board[clock.slot]
            if left > 0:
                self._write([(clock.slot, left - clock.tick)])
                if self.board[clock.slot] == 0:
                    self.run(clock.at_zero, NOBODY, (), 10, number)

    def _agreements(self) -> None:
        for agreement in self.program.agreements:
            if not self.board[agreement.slot]:
                continue
            self.run(agreement.each_turn, agreement.parties[0], (), 11, agreement.index)
            if agreement.ends_when is not None and agreement.ends_when(self.board, NOBODY):
                self.board[agreement.slot] = 0
                self.run(agreement.on_leave, agreement.parties[0], (), 12, agreement.index)

    def _expiries(self) -> None:
        self._write([(slot, 0) for slot in self.program.expiring])

    def _endings(self) -> None:
        for ending in self.program.endings:
            if ending.when is not None and ending.when(self.board, NOBODY):
                self.ended = ending.index
                return


_STEPS = {
    "income": World._income,
    "clocks": World._clocks,
    "agreements": World._agreements,
    "expiries": World._expiries,
    "endings": World._endings,
}
