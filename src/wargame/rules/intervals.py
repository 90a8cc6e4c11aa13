"""Between what numbers an expression can lie, given between what numbers the slots do."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from attrs import field, frozen

from wargame.rules.execution import round_half_away
from wargame.rules.program import NOBODY, VOID, Slot
from wargame.rules.reach import possible
from wargame.rules.tree import (
    Binary,
    Call,
    Cell,
    Choose,
    Compare,
    Const,
    Dice,
    Domain,
    Exists,
    Expr,
    Fixed,
    Fold,
    Grid,
    Logic,
    Member,
    Negate,
    Not,
    Party,
    Read,
    Ref,
    Rows,
    Start,
    Touch,
    Type,
    ValueCall,
)

Interval: TypeAlias = tuple[float, float]
Known: TypeAlias = Callable[[int], tuple[int, int]]
INFINITE: Interval = (-math.inf, math.inf)
UNSURE: Interval = (0, 1)
YES: Interval = (1, 1)
NO: Interval = (0, 0)
MEMBERS = (Type.OWNER, Type.AREA, Type.AGREEMENT)


@frozen
class Ranges:
    """What is known: of slots, of bound members, of bound numbers; and the board as the scenario starts."""

    known: Known
    start: Sequence[int]
    members: Mapping[str, Rows] = field(factory=dict)
    numbers: Mapping[str, Interval] = field(factory=dict)
    _hulls: dict[object, tuple[object, Interval]] = field(factory=dict, eq=False, repr=False)  # of tables, for `known`

    def knowing(self, known: Known) -> Ranges:
        """The same with other slots known."""
        return Ranges(known, self.start, self.members, self.numbers)

    def hull(self, place: Cell) -> Interval:
        """The least and the greatest of all slots that a place can be; worked out once for each table."""
        keys = tuple(possible(key, self.members) for key in place.keys)
        found = self._hulls.get((id(place.rows), keys))
        if found is None:
            # The table is kept with it, so that no other takes its identity.
            found = place.rows, _hull([self.known(slot) for slot in _cells(place.rows, keys)])
            self._hulls[id(place.rows), keys] = found
        return found[1]

    def bind(self, local: str, members: Rows) -> Ranges:
        """The same with a name that stands for one of some members."""
        return self.among({**self.members, local: members}, self.numbers)

    def bind_number(self, local: str, number: Interval) -> Ranges:
        """The same with a name that stands for a number."""
        return self.among(self.members, {**self.numbers, local: number})

    def among(self, members: Mapping[str, Rows], numbers: Mapping[str, Interval]) -> Ranges:
        """The same of the slots, with other bound names."""
        return Ranges(self.known, self.start, members, numbers, self._hulls)


class Starts(Sequence[int]):
    """The board as the scenario starts; a view of the slots, which grow where a rulebook alone supposes resources."""

    def __init__(self, slots: Sequence[Slot]) -> None:
        self._slots = slots

    def __len__(self) -> int:
        return len(self._slots)

    def __getitem__(self, index: Any) -> Any:
        return self._slots[index].start


def whole_board(slots: Sequence[Slot]) -> Ranges:
    """Nothing known but the ranges of the slots."""
    return Ranges(lambda slot: (slots[slot].lo, slots[slot].hi), Starts(slots))


def interval(expr: Expr, ranges: Ranges) -> Interval:
    """The least and the greatest value; truths are 0 and 1. Never too narrow, sometimes too wide."""
    match expr:
        case Const():
            return (expr.value, expr.value)
        case Read():
            return ranges.known(expr.slot)
        case Cell():
            return ranges.hull(expr)
        case Fixed():
            return _hull([(expr.rows[key], expr.rows[key]) for key in possible(expr.key, ranges.members)])
        case Ref():
            return ranges.numbers.get(expr.local, (expr.lo, expr.hi) if expr.type is Type.NUMBER else UNSURE)
        case Negate():
            lo, hi = interval(expr.item, ranges)
            return (-hi, -lo)
        case Binary():
            return _arithmetic(expr.op, interval(expr.left, ranges), interval(expr.right, ranges), expr.right.whole)
        case Compare():
            return _compare(expr, ranges)
        case Logic():
            return _logic(expr.op, [interval(item, ranges) for item in expr.items])
        case Not():
            lo, hi = interval(expr.item, ranges)
            return (1 - hi, 1 - lo)
        case Choose():
            return _choose(expr, ranges)
        case Call():
            return _call(expr.name, [interval(arg, ranges) for arg in expr.args])
        case Fold():
            return _fold(expr, ranges)
        case ValueCall():
            return interval(expr.value.body, inside(expr, ranges))
        case Start() if expr.board != "S":
            return interval(expr.item, ranges)
        case Start():
            return interval(expr.item, ranges.knowing(lambda slot: (ranges.start[slot], ranges.start[slot])))
        case Dice():
            return _dice(expr, ranges)
        case Member() | Touch() | Exists() | Party():
            return _about_members(expr, ranges)
        case _:
            return INFINITE


def inside(call: ValueCall, ranges: Ranges) -> Ranges:
    """What is known inside a named value."""
    members = {"me": ranges.members["me"]} if "me" in ranges.members else {}
    numbers = {}
    for param, arg in zip(call.value.params, call.args, strict=True):
        if param.type in MEMBERS:
            members[param.local] = possible(arg, ranges.members)
        else:
            numbers[param.local] = interval(arg, ranges)
    return ranges.among(members, numbers)


def _cells(rows: Rows | Grid, keys: Sequence[Rows]) -> list[int]:
    found = []
    for first in keys[0]:
        row = rows[first]
        if isinstance(row, int):
            found.append(row)
        else:
            found.extend([row[second] for second in keys[1]])
    return found or [VOID]


def _hull(intervals: Sequence[Interval]) -> Interval:
    if not intervals:
        return NO
    return (min(lo for lo, _ in intervals), max(hi for _, hi in intervals))


def _times(one: float, other: float) -> float:
    return 0.0 if one == 0 or other == 0 else one * other


def _arithmetic(op: str, left: Interval, right: Interval, whole: bool) -> Interval:
    if op == "+":
        return (left[0] + right[0], left[1] + right[1])
    if op == "-":
        return (left[0] - right[1], left[1] - right[0])
    if op == "*":
        corners = [_times(one, other) for one in left for other in right]
        return (min(corners), max(corners))
    found = []
    if right[0] <= 0 <= right[1]:
        found.append(NO)
        if not whole and (right[0] < 0 or right[1] > 0):
            return INFINITE
        ends = [(max(1, right[0]), right[1])] if right[1] >= 1 else []
        ends += [(right[0], min(-1, right[1]))] if right[0] <= -1 else []
    else:
        ends = [right]
    for lo, hi in ends:
        corners = [_quotient(one, other) for one in left for other in (lo, hi)]
        found.append((min(corners), max(corners)))
    hull = _hull(found)
    return (_floor(hull[0]), _floor(hull[1])) if op == "//" else hull


def _quotient(one: float, other: float) -> float:
    if math.isinf(other):
        return 0.0 if not math.isinf(one) else math.copysign(math.inf, one * other)
    return one / other


def _floor(number: float) -> float:
    return number if math.isinf(number) else math.floor(number)


def _truth(surely: bool, never: bool) -> Interval:
    return YES if surely else NO if never else UNSURE


def _compare(expr: Compare, ranges: Ranges) -> Interval:
    if expr.left.type in MEMBERS:
        left, right = possible(expr.left, ranges.members), possible(expr.right, ranges.members)
        same = len(set(left)) == 1 and set(left) == set(right)
        apart = not set(left).intersection(right)
        return _truth(same, apart) if expr.op == "==" else _truth(apart, same)
    (left_lo, left_hi), (right_lo, right_hi) = interval(expr.left, ranges), interval(expr.right, ranges)
    match expr.op:
        case "<":
            return _truth(left_hi < right_lo, left_lo >= right_hi)
        case "<=":
            return _truth(left_hi <= right_lo, left_lo > right_hi)
        case ">":
            return _truth(left_lo > right_hi, left_hi <= right_lo)
        case ">=":
            return _truth(left_lo >= right_hi, left_hi < right_lo)
    equal = left_lo == left_hi == right_lo == right_hi
    apart = left_hi < right_lo or right_hi < left_lo
    return _truth(equal, apart) if expr.op == "==" else _truth(apart, equal)


def _logic(op: str, items: Sequence[Interval]) -> Interval:
    pick = min if op == "and" else max
    return (pick(lo for lo, _ in items), pick(hi for _, hi in items))


def _choose(expr: Choose, ranges: Ranges) -> Interval:
    test = interval(expr.test, ranges)
    if test == YES:
        return interval(expr.yes, ranges)
    if test == NO:
        return interval(expr.no, ranges)
    return _hull([interval(expr.yes, ranges), interval(expr.no, ranges)])


def scaled(x: float, worst: float, best: float) -> float:
    """0 at worst, 1 at best, linear between, clamped; where both are the same, 1 from there on."""
    if worst == best:
        return 1.0 if x >= best else 0.0
    part = (x - worst) / (best - worst)
    return 0.0 if part <= 0 else 1.0 if part >= 1 else part


def _call(name: str, args: Sequence[Interval]) -> Interval:
    lo, hi = args[0]
    match name:
        case "min":
            return (min(arg[0] for arg in args), min(arg[1] for arg in args))
        case "max":
            return (max(arg[0] for arg in args), max(arg[1] for arg in args))
        case "abs":
            return (0 if lo <= 0 <= hi else min(abs(lo), abs(hi)), max(abs(lo), abs(hi)))
        case "round":
            return (lo if math.isinf(lo) else round_half_away(lo), hi if math.isinf(hi) else round_half_away(hi))
        case "floor":
            return (_floor(lo), _floor(hi))
        case "ceil":
            return (lo if math.isinf(lo) else math.ceil(lo), hi if math.isinf(hi) else math.ceil(hi))
        case "clamp":
            low, high = args[1], args[2]
            return (min(max(lo, low[0]), high[0]), min(max(hi, low[1]), high[1]))
    worst, best = args[1], args[2]
    if worst[0] == worst[1] and best[0] == best[1] and not (math.isinf(lo) or math.isinf(hi)):
        ends = (scaled(lo, worst[0], best[0]), scaled(hi, worst[0], best[0]))
        return (min(ends), max(ends))
    return UNSURE


def members_of(domain: Domain, ranges: Ranges) -> list[tuple[int, Interval]]:
    """Who can be in a domain, each with whether it is."""
    if domain.near is not None:
        near = possible(domain.near, ranges.members)
        if len(near) == 1:
            return [(member, YES) for member in domain.around[near[0]]]
        return [
            (member, _truth(all(member in domain.around[one] for one in near), False))
            for member in domain.members
            if any(member in domain.around[one] for one in near)
        ]
    return [(member, ranges.known(domain.optional[member]) if member in domain.optional else YES) for member in domain.members]


def _fold(expr: Fold, ranges: Ranges) -> Interval:
    rows: list[tuple[Interval, Interval]] = []
    for member, inside_domain in members_of(expr.domain, ranges):
        inner = ranges.bind(expr.var.local, (member,))
        test = inside_domain if expr.test is None else _logic("and", [inside_domain, interval(expr.test, inner)])
        if test != NO:
            body = interval(expr.body, inner) if expr.body.type not in MEMBERS else YES
            rows.append((test, body))
    match expr.name:
        case "count":
            return (sum(test[0] for test, _ in rows), sum(test[1] for test, _ in rows))
        case "sum":
            lo = hi = 0.0
            for test, body in rows:
                low, high = body if test == YES else _hull([NO, body])
                lo, hi = lo + low, hi + high
            return (lo, hi)
        case "any":
            return _logic("or", [NO, *(_logic("and", [test, body]) for test, body in rows)])
        case "all":
            return _logic("and", [YES, *(_logic("or", [(1 - test[1], 1 - test[0]), body]) for test, body in rows)])
        case "max":
            return _extreme(rows)
        case "min":
            lo, hi = _extreme([(test, (-body[1], -body[0])) for test, body in rows])
            return (-hi, -lo)
    return INFINITE


def _extreme(rows: Sequence[tuple[Interval, Interval]]) -> Interval:
    """The greatest of those that are in; 0 when nobody is."""
    if not rows:
        return NO
    sure = [body for test, body in rows if test == YES]
    hi = max(body[1] for _, body in rows)
    if sure:
        return (max(body[0] for body in sure), hi)
    return (min(0, *(body[0] for _, body in rows)), max(0, hi))


def _dice(expr: Dice, ranges: Ranges) -> Interval:
    if expr.name == "die" and expr.amount is not None:
        return (1, max(1, interval(expr.amount, ranges)[1]))
    return UNSURE if expr.name == "chance" else INFINITE


def _about_members(expr: Expr, ranges: Ranges) -> Interval:
    match expr:
        case Member():
            found = possible(expr.item, ranges.members)
            inside_all = all(member in expr.members for member in found)
            inside_none = not any(member in expr.members for member in found)
            return _truth(inside_none, inside_all) if expr.negated else _truth(inside_all, inside_none)
        case Touch():
            pairs = [
                (one, other) for one in possible(expr.one, ranges.members) for other in possible(expr.other, ranges.members)
            ]
            near = [other in expr.around[one] for one, other in pairs]
            return _truth(all(near), not any(near))
        case Exists():
            found = possible(expr.item, ranges.members)
            return _truth(NOBODY not in found, set(found) == {NOBODY})
        case Party():
            seats, agreements = possible(expr.seat, ranges.members), possible(expr.agreement, ranges.members)
            party = [seat in expr.parties[agreement] for seat in seats for agreement in agreements]
            return _truth(all(party), not any(party))
    return UNSURE


def spread_of(expr: Expr, ranges: Ranges) -> tuple[int, int]:
    """The interval after storing: rounded half away from zero, kept finite."""
    lo, hi = interval(expr, ranges)
    return (round_half_away(max(-1e9, lo)), round_half_away(min(1e9, hi)))


# ---------------------------------------------------------------- conditions

OPPOSITE = {"<": ">=", ">=": "<", ">": "<=", "<=": ">", "==": "!=", "!=": "=="}
MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "==", "!=": "!="}


def verdict(test: Expr, ranges: Ranges) -> Interval:
    """Whether a condition always holds (YES), never (NO) or sometimes (UNSURE); its parts are seen together, so
    `x > 3 and x < 2` is NO."""
    plain = interval(test, ranges)
    if plain in (YES, NO):
        return plain
    return _truth(narrowed(test, ranges, holds=False) is None, narrowed(test, ranges, holds=True) is None)


def narrowed(test: Expr, ranges: Ranges, *, holds: bool) -> Ranges | None:
    """What is known where a condition holds, or where it does not; None where that cannot be.

    Never too narrow: where nothing can be said of a slot it is as it was.
    """
    match test:
        case Not():
            return narrowed(test.item, ranges, holds=not holds)
        case Logic() if (test.op == "and") is holds:
            found: Ranges | None = ranges
            for item in test.items:
                found = narrowed(item, found, holds=holds) if found is not None else None
            return found
        case Logic():
            ways = [way for item in test.items if (way := narrowed(item, ranges, holds=holds)) is not None]
            return None if not ways else ways[0] if len(ways) == 1 else ranges
        case ValueCall() if test.type is Type.TRUTH:
            within = narrowed(test.value.body, inside(test, ranges), holds=holds)
            return None if within is None else ranges.knowing(within.known)
        case Compare() if test.left.type not in MEMBERS:
            return _compared(test.op if holds else OPPOSITE[test.op], test.left, test.right, ranges)
        case Read() | Cell() if (slot := _only_slot(test, ranges)) is not None:
            return _limited(ranges, slot, (1, math.inf) if holds else (0, 0))
    return None if interval(test, ranges) == (NO if holds else YES) else ranges


def _compared(op: str, left: Expr, right: Expr, ranges: Ranges) -> Ranges | None:
    found: Ranges | None = ranges
    for sign, one, other in ((op, left, right), (MIRRORED[op], right, left)):
        if found is None:
            return None
        lo, hi = interval(other, found)
        slot = _only_slot(one, found)
        if slot is not None:
            found = _limited(found, slot, _allowed(sign, found.known(slot), lo, hi))
        elif _allowed(sign, interval(one, found), lo, hi)[0] == math.inf:
            return None
    return found


def _allowed(op: str, own: Interval, lo: float, hi: float) -> Interval:
    """The whole numbers a slot can be that compares so with something between `lo` and `hi`; all of them infinite if none.
    For what is no slot only whether there are any counts."""
    none = (math.inf, -math.inf)
    match op:
        case "<":
            return none if own[0] >= hi else (-math.inf, hi if math.isinf(hi) else math.ceil(hi) - 1)
        case "<=":
            return none if own[0] > hi else (-math.inf, _floor(hi))
        case ">":
            return none if own[1] <= lo else (lo if math.isinf(lo) else math.floor(lo) + 1, math.inf)
        case ">=":
            return none if own[1] < lo else (lo if math.isinf(lo) else math.ceil(lo), math.inf)
        case "==":
            return none if own[0] > hi or own[1] < lo else (lo, hi)
    if lo != hi:
        return INFINITE
    if own == (lo, hi):
        return none
    return (own[0] + 1 if own[0] == lo else -math.inf, own[1] - 1 if own[1] == lo else math.inf)


def _only_slot(expr: Expr, ranges: Ranges) -> int | None:
    """The slot that an expression reads, where it can be but one."""
    if isinstance(expr, Read):
        return expr.slot
    if isinstance(expr, Cell):
        found = set(_cells(expr.rows, [possible(key, ranges.members) for key in expr.keys]))
        return found.pop() if len(found) == 1 else None
    return None


def _limited(ranges: Ranges, slot: int, limits: Interval) -> Ranges | None:
    lo, hi = ranges.known(slot)
    low, high = max(lo, limits[0]), min(hi, limits[1])
    if low > high:
        return None
    if (low, high) == (lo, hi):
        return ranges
    before, least, most = ranges.known, math.ceil(low), math.floor(high)
    return ranges.knowing(lambda index: (least, most) if index == slot else before(index))
