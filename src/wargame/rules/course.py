"""What can come about in a game of a scenario: which cards, orders, answers, agreements and votes, and how far slots move.

A fixpoint from the start of the game: a slot's range grows by what can be done to it, and what can be done grows with the
ranges. It errs on one side only: what is said never to happen never does, unless a facilitator makes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import define, field, frozen

from wargame.rules.builder import Builder
from wargame.rules.intervals import NO, YES, Known, Ranges, interval, spread_of, verdict
from wargame.rules.program import VOID, Family
from wargame.rules.reach import cells, possible
from wargame.rules.tree import (
    CallVote,
    Const,
    Do,
    Each,
    Effect,
    Expr,
    Inject,
    Let,
    Outcomes,
    Pieces,
    Read,
    RollFor,
    Rows,
    Transfer,
    When,
    Write,
)
from wargame.scenario.model import Inject as Card
from wargame.scenario.model import PhaseKind, Pool

PATIENCE = 4  # times that a stored value may widen a slot before the slot counts as free in its whole range
FREE = (Family.FIRED, Family.DEALT_ON, Family.ARMED, Family.CHOICE, Family.AGENDA)  # a facilitator or a seat decides


@frozen
class Why:
    """What keeps a thing from happening, as half a sentence, and the expression that is to blame, if it is one."""

    words: str
    expr: Expr | None = None


@define(eq=False)
class Course:
    """The fixpoint. `happens` and `moved` say what is found; `why_not` says what keeps a thing from happening.

    Things are named by where they stand: `injects.flood`, `actions.raid`, `injects.flood.choices.north.wait`,
    `agreements.truce`, `motions.war`. What is `assumed` happens whatever its conditions say; `everything` assumes all. Slots
    that are `untouched` by any effect, of which a warning of its own tells, are taken to be free, so that nothing follows.
    """

    builder: Builder
    assumed: frozenset[str] = frozenset()
    everything: bool = False
    untouched: frozenset[int] = frozenset()
    lo: list[int] = field(init=False)
    hi: list[int] = field(init=False)
    happens: set[str] = field(init=False, factory=set)
    called: set[str] = field(init=False, factory=set)  # cards and motions that something in the game asks for
    ranges: Ranges = field(init=False)
    _cards: list[str] = field(init=False)
    _motions: list[str] = field(init=False)
    _pending: list[Effect] = field(init=False, factory=list)
    _taken: set[tuple[int, int]] = field(init=False, factory=set)  # branches entered, by effect and number
    _widened: dict[int, int] = field(init=False, factory=dict)
    _grown: bool = field(init=False, default=False)

    def __attrs_post_init__(self) -> None:
        free = [slot.family in FREE or slot.index in self.untouched for slot in self.builder.layout.slots]
        slots = list(zip(self.builder.layout.slots, free, strict=True))
        self.lo = [slot.lo if is_free else slot.start for slot, is_free in slots]
        self.hi = [slot.hi if is_free else slot.start for slot, is_free in slots]
        self._cards = list(self.builder.layout.scenario.injects)
        self._motions = list(self.builder.layout.scenario.motions)
        self._look()
        self._begin()
        self._grown = True
        while self._grown:
            self._grown = False
            self._look()
            self._pass()

    def _look(self) -> None:
        """Takes the ranges of slots as they are now; what is worked out from them meanwhile may lag behind by one pass."""
        lo, hi = self.lo, self.hi  # not `self`, which would keep itself alive
        self.ranges = self.builder.module.ranges.knowing(lambda slot: (lo[slot], hi[slot]))

    def moved(self, slot: int) -> bool:
        """Whether a slot can ever be something else than at the start."""
        return self.lo[slot] < self.hi[slot] and slot not in self.untouched

    def failing(self, path: str, window: Ranges | None = None, *, everybody: bool = False) -> Expr | None:
        """The first condition on what stands there that can never hold, for any of those concerned (or for all of them, where
        it has to hold for `everybody`); None if all can."""
        ranges = window or self.ranges
        for test, seats in self.builder.needs.get(path, ()):
            if verdict(test, ranges) == NO:  # for all of them at once, which is quick
                return test
            able = (verdict(test, ranges.bind("me", (seat,))) != NO for seat in seats)
            if seats and not (all(able) if everybody else any(able)):
                return test
        return None

    def window(self, card: Card, known: Known) -> Known:
        """What is known while a card's own condition is asked: the turns it may come in."""
        layout = self.builder.layout
        turns = card.trigger.turns
        last = layout.scenario.turns.count
        first, last = (turns.lo, min(turns.hi, last)) if turns is not None else (1, last)
        return lambda slot: (first, last) if slot == layout.turn_slot else known(slot)

    # ------------------------------------------------------------ what keeps things from happening

    def why_not(self, path: str) -> Why | None:
        """Why a thing cannot happen; None if it can."""
        section, _, rest = path.partition(".")
        name = rest.partition(".")[0]
        if section == "injects" and name != rest:
            return self._never(self.failing(path))
        if section == "injects":
            return self._why_not_card(name)
        if section == "actions":
            return self._why_not_action(name)
        if section == "agreements":
            return self._why_not_agreement(name)
        return None if path in self.called else Why("no vote on it is ever called")

    def _never(self, test: Expr | None, more: str = "") -> Why | None:
        return None if test is None else Why(f"this never holds{more}", test)

    def _why_not_card(self, name: str) -> Why | None:
        card = self.builder.layout.scenario.injects[name]
        if f"injects.{name}" in self.called or card.pool in (Pool.SHELF, Pool.DECK):
            return None
        if card.pool is Pool.CHAINED:
            return Why("nothing that can happen schedules it")
        path = f"injects.{name}"
        window = self.ranges.knowing(self.window(card, self.ranges.known))
        test = self.failing(path, window)
        if test is not None:
            within = card.trigger.turns is not None and self.failing(path) is None
            return self._never(test, " in the turns it may come in" if within else "")
        chance = self.builder.chances[name]
        return Why("its chance is never above 0", chance) if interval(chance, window)[1] < 0.5 else None

    def _why_not_action(self, name: str) -> Why | None:
        seats = [seat for seat, slot in enumerate(self.builder.layout.given[name]) if slot != VOID]
        test = self.failing(f"actions.{name}") if seats else None
        if test is None and seats and len(self.too_poor(name)) == len(seats):
            return Why("nobody can ever pay for it")
        return self._never(test)

    def costs(self, name: str) -> Iterator[tuple[int, int, int]]:
        """What an action costs: seat, resource slot, amount."""
        layout = self.builder.layout
        cost = layout.scenario.actions[name].cost
        for seat, given in enumerate(layout.given[name][:-1]):
            if given == VOID:
                continue
            if isinstance(cost, int):
                yield seat, layout.main_resource[seat], cost
            else:
                for part, amount in cost.items():
                    yield seat, layout.resources[part][seat], amount

    def too_poor(self, name: str) -> dict[int, tuple[int, int]]:
        """The seats that can never pay for an action, each with the resource slot and the amount it lacks."""
        return {seat: (slot, amount) for seat, slot, amount in self.costs(name) if slot and amount > self.hi[slot]}

    def _shares(self, name: str) -> list[tuple[int, int]]:
        """What an agreement costs: resource slot and amount."""
        layout = self.builder.layout
        found = []
        for key, amount in layout.scenario.agreements[name].cost.items():
            found += [(layout.main_resource[owner], amount) for owner in layout.owners_named(key) or ()]
        return found

    def _why_not_agreement(self, name: str) -> Why | None:
        test = self.failing(f"agreements.{name}", everybody=True)
        if test is not None:
            return self._never(test)
        for slot, amount in self._shares(name):
            if slot and amount > self.hi[slot]:
                return Why(f"it costs {amount}, more than `{self.builder.layout.slots[slot].name}` can ever be")
        return None

    # ------------------------------------------------------------ the start of the game

    def _begin(self) -> None:
        builder, layout = self.builder, self.builder.layout
        self._widen(layout.turn_slot, 1, max(1, layout.scenario.turns.count))
        for seat in layout.optional:
            self._widen(layout.played[seat], 0, 1)
        for placement in layout.scenario.placements.values():
            seats = {seat for name in placement.seats for seat in layout.owners_named(name.text) or ()}
            for row in layout.pieces.get(placement.piece.text, ())[:-1]:
                for seat in seats:
                    self._widen(row[seat], self.lo[row[seat]], layout.slots[row[seat]].hi)
        for path, block in builder.blocks.items():
            if path.startswith("phases."):
                self._pending.extend(block)
        steps = self.builder.steps()
        if "income" in steps and layout.scenario.turns.count > 1:
            for seat, slot, amount in builder.incomes:
                place = Read(slot, whole=True)
                self._pending.append(Write(place, "+", amount, played=layout.played[seat]))
        if "expiries" in steps:
            for name, flag in layout.scenario.flags.items():
                if flag.expires == "turn_end":
                    self._pending.append(Write(Read(layout.slot_of[name]), "=", Const(0)))
        for group in layout.scenario.transfers.groups if layout.scenario.transfers.limit else ():
            for seat in {seat for name in group for seat in layout.owners_named(name.text) or ()}:
                slot = layout.main_resource[seat]
                self._widen(slot, layout.slots[slot].lo, layout.slots[slot].hi)

    # ------------------------------------------------------------ one pass over all that is still open

    def _pass(self) -> None:
        scenario = self.builder.layout.scenario
        for name, card in scenario.injects.items():
            if self._begins(f"injects.{name}"):
                self._enter(f"injects.{name}.on_deal")
                self._enter(f"injects.{name}.on_trigger")
            if f"injects.{name}" in self.happens:
                for path, standard in answers(name, card):
                    if path not in self.happens and (standard or self._can(path)):
                        self._start(path)
                        self._enter(path)
        for name, action in scenario.actions.items():
            if self._begins(f"actions.{name}"):
                self._enter(f"actions.{name}.effects")
                most = 1 if action.once else self._most_orders()
                for seat, slot, amount in self.costs(name):
                    self._pay(slot, amount)
                    self._widen(self.builder.layout.given[name][seat], 0, most)
        for index, name in enumerate(scenario.agreements):
            if self._begins(f"agreements.{name}"):
                self._agree(index, name)
        for name, motion in scenario.motions.items():
            if self._begins(f"motions.{name}"):
                self._enter(f"motions.{name}.passes")
                self._enter(f"motions.{name}.fails")
                body = scenario.bodies.get(motion.body.text)
                for scalar in body.lobby.seats if body is not None else ():
                    for seat in self.builder.layout.owners_named(scalar.text) or ():
                        self._pay(self.builder.layout.main_resource[seat], 1)
        if "clocks" in self.builder.steps():
            self._clocks()
        before, self._pending = self._pending, []
        self._pending.extend([effect for effect in before if not self._done(effect)])

    def _can(self, path: str) -> bool:
        return self.everything or path in self.assumed or not self.why_not(path)

    def _begins(self, path: str) -> bool:
        """Whether a thing is found to happen only now."""
        if path in self.happens or not self._can(path):
            return False
        self._start(path)
        return True

    def _start(self, path: str) -> None:
        self.happens.add(path)
        self._grown = True

    def _enter(self, path: str) -> None:
        self._pending.extend(self.builder.blocks.get(path, ()))

    def _most_orders(self) -> int:
        scenario = self.builder.layout.scenario
        return scenario.turns.count * sum(
            phase.orders for phase in scenario.phases if phase.kind in (PhaseKind.ORDERS, PhaseKind.TURNS)
        )

    def _pay(self, slot: int, amount: int) -> None:
        if slot and amount:
            self._widen(slot, max(0, self.builder.layout.slots[slot].lo), self.hi[slot])

    def _agree(self, index: int, name: str) -> None:
        for slot, amount in self._shares(name):
            self._pay(slot, amount)
        self._widen(self.builder.layout.agreement_slots[index], 0, 1)
        for part in ("on_sign", "on_leak", "each_turn"):
            self._enter(f"agreements.{name}.{part}")
        self._enter(f"agreements.{name}.on_leave")

    def _clocks(self) -> None:
        layout = self.builder.layout
        for name in layout.scenario.clocks:
            slot = layout.slot_of[name]
            if self.hi[slot] > 0 and (slot, -1) not in self._taken:
                self._taken.add((slot, -1))
                self._widen(slot, 0, self.hi[slot])
                self._enter(f"clocks.{name}.at_zero")
                self._grown = True

    # ------------------------------------------------------------ effects

    def _done(self, effect: Effect) -> bool:
        """Takes an effect as far as it goes by now; whether there is nothing more to come of it."""
        match effect:
            case Write():
                return self._write(effect)
            case When():
                test = verdict(effect.test, self.ranges)
                branches = [(test != NO, effect.then), (test != YES, effect.otherwise)]
            case RollFor():
                branches = [(True, effect.success), (True, effect.failure)]
            case Outcomes():
                branches = [(interval(row.weight, self.ranges)[1] > 0, row.effects) for row in effect.rows]
            case Each():
                empty = effect.test is not None and verdict(effect.test, self.ranges) == NO
                branches = [(not empty, effect.body)]
            case Let():
                branches = [(True, effect.body), (True, effect.otherwise)]
            case Do():
                if not self._took(id(effect.group), 0):
                    self._pending.extend(effect.group.body)
                return True
            case Pieces():
                return self._pieces(effect)
            case Transfer():
                return self._transfer(effect)
            case _:
                self._call(effect)
                return True
        left = 0
        for number, (opens, block) in enumerate(branches):
            if opens and not self._took(id(effect), number):
                self._pending.extend(block)
            left += not opens
        return left == 0

    def _took(self, key: int, number: int) -> bool:
        """Whether a branch has been entered before; remembers that it has been now."""
        if (key, number) in self._taken:
            return True
        self._taken.add((key, number))
        self._grown = True
        return False

    def _call(self, effect: Effect) -> None:
        match effect:
            case Inject():
                name = f"injects.{self._cards[effect.card]}"
            case CallVote():
                name = f"motions.{self._motions[effect.motion]}"
            case _:
                return  # the rest moves nothing; leaving an agreement is reckoned with as soon as it can be signed
        if name not in self.called:
            self.called.add(name)
            self._grown = True

    def _write(self, effect: Write) -> bool:
        amount = interval(effect.amount, self.ranges)
        places = (effect.place.slot,) if isinstance(effect.place, Read) else cells(effect.place)
        slots = self.builder.layout.slots
        if effect.op == "=":
            least, most = spread_of(effect.amount, self.ranges)
            for slot in places:
                entry = slots[slot]
                low, high = (min(entry.hi, max(entry.lo, value)) for value in (least, most))
                if low < self.lo[slot] or high > self.hi[slot]:
                    self._widened[slot] = self._widened.get(slot, 0) + 1
                    free = self._widened[slot] > PATIENCE
                    if free:  # each round could add one more: as far as it goes, then
                        low = entry.lo if low < self.lo[slot] else low
                        high = entry.hi if high > self.hi[slot] else high
                    self._widen(slot, low, high)
        else:
            down, up = (amount[0] < 0, amount[1] > 0) if effect.op == "+" else (amount[1] > 0, amount[0] < 0)
            for slot in places:
                self._move(slot, down=down, up=up)
        if isinstance(effect.amount, Const):
            return True
        return all((self.lo[slot], self.hi[slot]) == (slots[slot].lo, slots[slot].hi) for slot in places)

    def _pieces(self, effect: Pieces) -> bool:
        if interval(effect.count, self.ranges)[1] < 0.5:
            return False
        owners = possible(effect.owner)
        for area, down in ((effect.source, True), (effect.goal, False)):
            if area is not None:
                self._move_all(effect.grid, possible(area), owners, down=down)
        return True

    def _move_all(self, grid: Sequence[Rows], areas: Rows, owners: Rows, *, down: bool) -> None:
        for area in areas:
            for owner in owners:
                self._move(grid[area][owner], down=down, up=not down)

    def _transfer(self, effect: Transfer) -> bool:
        if interval(effect.amount, self.ranges)[1] < 0.5:
            return False
        for side, down in ((effect.giver, True), (effect.taker, False)):
            for seat in possible(side):
                self._move(effect.rows[seat], down=down, up=not down)
        return True

    def _move(self, slot: int, *, down: bool, up: bool) -> None:
        """A slot can be brought down or up again and again, so as far as its range goes."""
        entry = self.builder.layout.slots[slot]
        self._widen(slot, entry.lo if down else self.lo[slot], entry.hi if up else self.hi[slot])

    def _widen(self, slot: int, low: int, high: int) -> None:
        if slot != VOID and (low < self.lo[slot] or high > self.hi[slot]):
            self.lo[slot] = min(low, self.lo[slot])
            self.hi[slot] = max(high, self.hi[slot])
            self._grown = True


def answers(name: str, card: Card) -> Iterator[tuple[str, bool]]:
    """The answers to a card by where they stand, each with whether it is taken when nobody answers, open or not."""
    from wargame.rules.cards import standard

    for key, choice in card.choices.items():
        if choice.options:
            default = standard(choice)
            for number, option in enumerate(choice.options):
                yield f"injects.{name}.choices.{key}.{option.id}", number == default


def things(builder: Builder) -> Iterable[str]:
    """Everything that can happen or not, by where it stands; answers to cards come after their card."""
    scenario = builder.layout.scenario
    for name, card in scenario.injects.items():
        yield f"injects.{name}"
        for path, _ in answers(name, card):
            yield path
    for section in ("actions", "agreements", "motions"):
        for name in getattr(scenario, section):
            yield f"{section}.{name}"
