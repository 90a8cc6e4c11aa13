"""From typed expressions to Python source, and from that source to functions.

One module text is made for a scenario. Tables are named tuples at its top, named values and effect groups are functions,
everything the engine calls is a function `f0`, `f1`, ... The text depends on nothing but the scenario.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from attrs import define, evolve, field, frozen

from wargame.rules.execution import Deal, News, round_half_away
from wargame.rules.intervals import Ranges, interval, scaled
from wargame.rules.program import NOBODY
from wargame.rules.reach import has_dice, possible, reads, size, walk
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
    Logic,
    Member,
    Negate,
    Not,
    Party,
    Read,
    Ref,
    Start,
    Touch,
    Type,
    Value,
    ValueCall,
    Words,
)

KNOWN = ("True", "False")
MEMBERS = (Type.OWNER, Type.AREA, Type.AGREEMENT)
SMALL_VALUE = 14  # named values up to this size are written where they are used
MOST_UNROLLED = 96  # nodes that a loop written out may have
MOST_SOURCE = 4_000_000  # characters of generated text


def _first_best(pairs: Sequence[tuple[float, int]]) -> int:
    best = NOBODY
    top = -math.inf
    for value, member in pairs:
        if value > top or best == NOBODY:
            best, top = member, value
    return best


def _first_worst(pairs: Sequence[tuple[float, int]]) -> int:
    best = NOBODY
    top = math.inf
    for value, member in pairs:
        if value < top or best == NOBODY:
            best, top = member, value
    return best


def _added(numbers: Iterable[float]) -> float:
    # Not `sum`, which adds reals in another way from Python 3.12 on.
    total = 0.0
    for number in numbers:
        total = total + number
    return total


def _divide(one: float, other: float) -> float:
    return one / other if other else 0.0


def _divide_whole(one: float, other: float) -> int:
    if not other:
        return 0
    if isinstance(one, int) and isinstance(other, int):
        return one // other
    return math.floor(one / other)


def _clamp(x: float, lo: float, hi: float) -> float:
    return min(max(x, lo), hi)


NAMESPACE: Mapping[str, object] = {
    "__builtins__": {},
    "min": min,
    "max": max,
    "abs": abs,
    "sum": sum,
    "len": len,
    "any": any,
    "all": all,
    "round_": round_half_away,
    "floor": math.floor,
    "ceil": math.ceil,
    "clamp": _clamp,
    "scale": scaled,
    "added": _added,
    "div": _divide,
    "idiv": _divide_whole,
    "highest": _first_best,
    "lowest": _first_worst,
    "Deal": Deal,
    "News": News,
}


class TooBig(Exception):  # noqa: N818 - caught and reported as a problem of the scenario
    """The generated text would be too long."""


@define
class Module:
    """The text being made."""

    ranges: Ranges  # of the whole board
    recording: bool = True
    tables: dict[object, str] = field(factory=dict)
    head: list[str] = field(factory=list)
    lines: list[str] = field(factory=list)
    values: dict[int, str] = field(factory=dict)
    groups: dict[int, str] = field(factory=dict)
    kept: list[object] = field(factory=list)  # keeps what is known by identity alive
    count: int = 0
    length: int = 0

    def table(self, rows: object) -> str:
        """The name of a constant tuple."""
        name = self.tables.get(rows)
        if name is None:
            name = f"T{len(self.tables)}"
            self.tables[rows] = name
            self.head.append(f"{name} = {rows!r}")
        return name

    def define(self, name: str, params: Sequence[str], body: Iterable[str]) -> str:
        """Adds a function; returns its name."""
        text = [f"def {name}({', '.join(params)}):", *("    " + line for line in body)]
        self.length += sum(map(len, text))
        if self.length > MOST_SOURCE:
            raise TooBig
        self.lines.extend(text)
        return name

    def fresh(self) -> str:
        """A name for a function that the engine calls."""
        self.count += 1
        return f"f{self.count - 1}"

    def expression(self, expr: Expr, params: Sequence[Ref], *, dice: bool = False, me: bool = True) -> str:
        """A function `(b, [x,] [me,] *params)` that gives the value of an expression; returns its name."""
        writer = Writer(self)
        source = writer.source(expr)
        if expr.type is Type.TRUTH and not _is_bool(expr):
            source = f"({source}) != 0"
        names = ["b", *(["x"] if dice else []), *(["me"] if me else []), *(param.local for param in params)]
        return self.define(self.fresh(), names, [f"return {source}"])

    def value(self, value: Value) -> str:
        """The function of a named value."""
        name = self.values.get(id(value))
        if name is None:
            name = f"v_{value.name}"
            self.values[id(value)] = name
            self.kept.append(value)
            names = ["b", *(["me"] if value.me else []), *(param.local for param in value.params)]
            self.define(name, names, [f"return {Writer(self).source(value.body)}"])
        return name

    def text(self) -> str:
        """The whole source."""
        return "\n".join(["# Generated from a scenario; see wargame.rules.codegen.", *self.head, *self.lines, ""])

    def link(self) -> Callable[[str], Callable[..., Any]]:
        """Runs the text; returns the lookup of its functions by name."""
        namespace = dict(NAMESPACE)
        namespace["S"] = self.ranges.start
        exec(compile(self.text(), "<scenario>", "exec"), namespace)

        def function(name: str) -> Callable[..., Any]:
            found = namespace[name]
            assert callable(found)
            return found

        return function


def _is_bool(expr: Expr) -> bool:
    match expr:
        case Compare() | Not() | Touch() | Exists() | Party() | Member():
            return True
        case Logic():
            return all(_is_bool(item) for item in expr.items)
        case Fold():
            return expr.name in ("any", "all")
        case _:
            return False


@frozen
class Writer:
    """Writes one expression as source. `names`: what bound names are written as; a whole number where it is known."""

    module: Module
    board: str = "b"
    names: Mapping[str, str | int] = field(factory=dict)

    def bound(self, local: str, source: str | int) -> Writer:
        """The writer with a name written in another way."""
        return evolve(self, names={**self.names, local: source})

    def known(self) -> Ranges:
        """What is known of bound names here."""
        ranges = self.module.ranges
        for local, source in self.names.items():
            if isinstance(source, int):
                ranges = ranges.bind(local, (source,))
        return ranges

    def member(self, expr: Expr) -> int | None:
        """The owner or area that an expression stands for, if it is known."""
        match expr:
            case Const():
                return int(expr.value)
            case Ref():
                source = self.names.get(expr.local)
                return source if isinstance(source, int) else None
            case _:
                return None

    def source(self, expr: Expr) -> str:
        """The Python source of an expression."""
        match expr:
            case Const():
                if expr.type is Type.TRUTH:
                    return str(bool(expr.value))
                return repr(int(expr.value)) if expr.whole else repr(float(expr.value))
            case Read():
                return f"{self.board}[{expr.slot}]"
            case Cell():
                return self._cell(expr)
            case Fixed():
                member = self.member(expr.key)
                if member is not None:
                    return repr(expr.rows[member])
                return f"{self.module.table(expr.rows)}[{self.source(expr.key)}]"
            case Ref():
                return str(self.names.get(expr.local, expr.local))
            case Negate():
                return f"(-{self.source(expr.item)})"
            case Binary():
                return self._binary(expr)
            case Compare():
                return self._compare(expr)
            case Logic():
                return self._logic(expr)
            case Not():
                item = self.source(expr.item)
                return {"True": "False", "False": "True"}.get(item, f"(not {item})")
            case Choose():
                test = self.source(expr.test)
                if test in KNOWN:
                    return self.source(expr.yes if test == "True" else expr.no)
                return f"({self.source(expr.yes)} if {test} else {self.source(expr.no)})"
            case Call():
                return self._call(expr)
            case Fold():
                return self._fold(expr)
            case ValueCall():
                return self._value(expr)
            case Start():
                return evolve(self, board=expr.board).source(expr.item)
            case Dice():
                return self._dice(expr)
            case Member():
                member = self.member(expr.item)
                if member is not None:
                    return str((member in expr.members) != expr.negated)
                word = "not in" if expr.negated else "in"
                return f"({self.source(expr.item)} {word} {expr.members!r})"
            case Exists():
                return f"({self.source(expr.item)} >= 0)"
            case Touch():
                one, other = self.member(expr.one), self.member(expr.other)
                if one is not None and other is not None:
                    return str(other in expr.around[one])
                return f"({self.source(expr.other)} in {self.module.table(expr.around)}[{self.source(expr.one)}])"
            case Party():
                return f"({self.source(expr.seat)} in {self.module.table(expr.parties)}[{self.source(expr.agreement)}])"
            case Words():
                raise AssertionError("texts are only compared, and comparing turns them into numbers")
        raise AssertionError(expr)

    def _compare(self, expr: Compare) -> str:
        one, other = self.member(expr.left), self.member(expr.right)
        if expr.left.type in MEMBERS and one is not None and other is not None:
            return str((one == other) == (expr.op == "=="))
        return f"({self.source(expr.left)} {expr.op} {self.source(expr.right)})"

    def _logic(self, expr: Logic) -> str:
        """What is known already is left away, and so is what cannot matter any more."""
        ends, idle = ("False", "True") if expr.op == "and" else ("True", "False")
        items = [source for source in map(self.source, expr.items) if source != idle]
        if ends in items:
            items = [ends]
        if len(items) < 2:
            return items[0] if items else idle
        return "(" + f" {expr.op} ".join(items) + ")"

    def _cell(self, expr: Cell) -> str:
        first = self.member(expr.keys[0])
        if len(expr.keys) == 1:
            assert isinstance(expr.rows[0], int)
            if first is not None:
                return self._slot(expr.rows[first])
            return f"{self.board}[{self.slot(expr)}]"
        second = self.member(expr.keys[1])
        if first is not None and second is not None:
            row = expr.rows[first]
            assert isinstance(row, tuple)
            return self._slot(row[second])
        return f"{self.board}[{self.slot(expr)}]"

    def _slot(self, slot: object) -> str:
        return f"{self.board}[{slot}]" if slot else "0"

    def slot(self, expr: Read | Cell) -> str:
        """The source of the number of the slot that is read."""
        if isinstance(expr, Read):
            return str(expr.slot)
        known = [self.member(key) for key in expr.keys]
        if len(expr.keys) == 1:
            if known[0] is not None:
                return str(expr.rows[known[0]])
            return f"{self.module.table(expr.rows)}[{self.source(expr.keys[0])}]"
        rows, (first, second) = expr.rows, known
        if first is not None:
            row = rows[first]
            assert isinstance(row, tuple)
            if second is not None:
                return str(row[second])
            return f"{self.module.table(row)}[{self.source(expr.keys[1])}]"
        if second is not None:
            column = tuple(row[second] for row in rows if isinstance(row, tuple))
            return f"{self.module.table(column)}[{self.source(expr.keys[0])}]"
        return f"{self.module.table(rows)}[{self.source(expr.keys[0])}][{self.source(expr.keys[1])}]"

    def _binary(self, expr: Binary) -> str:
        left, right = self.source(expr.left), self.source(expr.right)
        if expr.op in ("+", "-", "*"):
            return f"({left} {expr.op} {right})"
        lo, hi = interval(expr.right, self.known())
        safe = lo > 0 or hi < 0
        if expr.op == "/":
            return f"({left} / {right})" if safe else f"div({left}, {right})"
        if safe and expr.left.whole and expr.right.whole:
            return f"({left} // {right})"
        return f"idiv({left}, {right})"

    def _call(self, expr: Call) -> str:
        args = [self.source(arg) for arg in expr.args]
        match expr.name:
            case "round" | "floor" | "ceil" if expr.args[0].whole:
                return args[0]
            case "round":
                return f"round_({args[0]})"
            case "scale":
                worst, best = expr.args[1:]
                if isinstance(worst, Const) and isinstance(best, Const) and worst.value != best.value:
                    # The same arithmetic as `scaled`, without the call.
                    return f"min(max(({args[0]} - {args[1]}) / ({args[2]} - {args[1]}), 0.0), 1.0)"
                return f"scale({', '.join(args)})"
            case _:
                return f"{expr.name}({', '.join(args)})"

    # ------------------------------------------------------------ loops

    def domain(self, domain: Domain, var: Ref, test: Expr | None) -> str:
        """`for r in ... if ...` of a comprehension."""
        if domain.near is None:
            head = f"for {var.local} in {self.module.table(domain.members)}"
        else:
            head = f"for {var.local} in {self.module.table(domain.around)}[{self.source(domain.near)}]"
        for condition in self.conditions(domain, var, test):
            head += f" if {condition}"
        return head

    def conditions(self, domain: Domain, var: Ref, test: Expr | None) -> list[str]:
        """Whether a member is in play, and the loop's own condition."""
        found = []
        if domain.optional:
            width = max(domain.members) + 1
            # 0 for members that are always in play.
            rows = tuple(domain.optional.get(member, 0) for member in range(width))
            table = self.module.table(rows)
            found.append(f"(not {table}[{var.local}] or {self.board}[{table}[{var.local}]])")
        if test is not None:
            found.append(self.source(test))
        return found

    def _members(self, domain: Domain) -> tuple[int, ...] | None:
        if domain.near is not None:
            near = self.member(domain.near)
            return None if near is None else domain.around[near]
        return domain.members

    def _fold(self, expr: Fold) -> str:
        members = self._members(expr.domain)
        weight = size(expr.body) + (size(expr.test) if expr.test is not None else 0)
        if members is not None and expr.name in ("sum", "count", "any", "all", "max", "min"):
            nested = sum(len(part.domain.members) * size(part) for part in walk(expr.body) if isinstance(part, Fold))
            if len(members) * (weight + nested) <= MOST_UNROLLED and not has_dice(expr):
                unrolled = self._unrolled(expr, members)
                if unrolled is not None:
                    return unrolled
        loop = self.domain(expr.domain, expr.var, expr.test)
        body = self.source(expr.body)
        match expr.name:
            case "count":
                return f"len([1 {loop}])"
            case "sum":
                return f"{'sum' if expr.body.whole else 'added'}([{body} {loop}])"
            case "any" | "all":
                return f"{expr.name}([{body} {loop}])"
            case "max" | "min":
                return f"{expr.name}([{body} {loop}], default=0)"
            case "first":
                return f"([{body} {loop}] + [-1])[0]"
            case _:
                return f"{expr.name}([({body}, {expr.var.local}) {loop}])"

    def _unrolled(self, expr: Fold, members: tuple[int, ...]) -> str | None:
        terms = []
        bare = expr.test is None and not expr.domain.optional
        for member in members:
            inner = self.bound(expr.var.local, member)
            tests = [inner.source(expr.test)] if expr.test is not None else []
            if "False" in tests:
                continue
            tests = [test for test in tests if test != "True"]
            if member in expr.domain.optional:
                tests.insert(0, f"{self.board}[{expr.domain.optional[member]}]")
            terms.append((" and ".join(tests), inner.source(expr.body)))
        match expr.name:
            case "count":
                parts = [f"(1 if {test} else 0)" if test else "1" for test, _ in terms]
                return "(" + " + ".join(parts) + ")" if parts else "0"
            case "sum":
                if not expr.body.whole and not bare:
                    return None
                zero = "" if expr.body.whole else "0.0 + "
                parts = [f"({body} if {test} else 0)" if test else body for test, body in terms]
                return "(" + zero + " + ".join(parts) + ")" if parts else "0"
            case "any":
                parts = [f"({test} and {body})" if test else body for test, body in terms]
                return "(True if (" + " or ".join(parts) + ") else False)" if parts else "False"
            case "all":
                parts = [f"(not ({test}) or {body})" if test else body for test, body in terms]
                return "(True if (" + " and ".join(parts) + ") else False)" if parts else "True"
            case _:
                if not bare or not terms:
                    return None
                return f"{expr.name}({', '.join(body for _, body in terms)})" if len(terms) > 1 else terms[0][1]

    # ------------------------------------------------------------ named values and dice

    def _value(self, expr: ValueCall) -> str:
        value = expr.value
        args = [self.source(arg) for arg in expr.args]
        simple = all(isinstance(arg, (Const, Ref, Read)) for arg in expr.args)
        if simple and size(value.body) <= SMALL_VALUE and not any(isinstance(part, Fold) for part in walk(value.body)):
            names: dict[str, str | int] = {}
            if "me" in self.names:
                names["me"] = self.names["me"]
            for param, arg, source in zip(value.params, expr.args, args, strict=True):
                member = self.member(arg) if param.type is not Type.NUMBER else None
                names[param.local] = source if member is None else member
            return evolve(self, names=names).source(value.body)
        me = [str(self.names.get("me", "me"))] if value.me else []
        return f"{self.module.value(value)}({', '.join([self.board, *me, *args])})"

    def keys(self, refs: Sequence[Ref]) -> str:
        """The bound names that key a roll, as a tuple."""
        names = [str(self.names.get(ref.local, ref.local)) for ref in refs]
        return "(" + ", ".join(names) + ("," if len(names) == 1 else "") + ")"

    def _dice(self, expr: Dice) -> str:
        site, keys = expr.site.index, self.keys(expr.refs)
        if expr.amount is not None:
            amount = self.source(expr.amount)
            if expr.name == "die":
                return f"x.die({site}, {amount if expr.amount.whole else f'round_({amount})'}, {keys})"
            return f"x.chance({site}, {amount}, {self.inputs(expr.amount)}, {keys})"
        assert expr.domain is not None
        assert expr.var is not None
        loop = self.domain(expr.domain, expr.var, expr.test)
        members = f"[{expr.var.local} {loop}]"
        if expr.weight is None:
            return f"x.pick({site}, {members}, {keys})"
        weights = f"[{self.source(expr.weight)} {loop}]"
        return f"x.pick_by({site}, {members}, {weights}, {keys})"

    def inputs(self, expr: Expr) -> str:
        """The slots that a chance is computed from, as a tuple; through tables the ones really read where that is simple."""
        fixed: set[int] = set()
        found: dict[str, None] = {}
        self._inputs(expr, fixed, found)
        parts = [str(slot) for slot in sorted(fixed)] + list(found)
        if not parts:
            return "()"
        source = "(" + ", ".join(parts) + ("," if len(parts) == 1 else "") + ")"
        return source if found else self.module.table(tuple(sorted(fixed)))

    def _inputs(self, expr: Expr, fixed: set[int], found: dict[str, None]) -> None:
        match expr:
            case Cell() if all(isinstance(key, (Const, Ref)) for key in expr.keys):
                source = self.slot(expr)
                if source.isdigit():
                    fixed.add(int(source))
                else:
                    found[source] = None
            case Binary():
                self._inputs(expr.left, fixed, found)
                self._inputs(expr.right, fixed, found)
            case Choose():
                for part in (expr.test, expr.yes, expr.no):
                    self._inputs(part, fixed, found)
            case Logic():
                for part in expr.items:
                    self._inputs(part, fixed, found)
            case Compare():
                self._inputs(expr.left, fixed, found)
                self._inputs(expr.right, fixed, found)
            case _:
                fixed.update(reads(expr, {name: (source,) for name, source in self.names.items() if isinstance(source, int)}))


def whole_source(writer: Writer, expr: Expr) -> str:
    """The source of an expression rounded to a whole number."""
    source = writer.source(expr)
    return source if expr.whole else f"round_({source})"


def certain(expr: Expr, writer: Writer) -> bool:
    """Whether a member-valued expression is somebody for sure."""
    members = possible(expr, writer.known().members)
    return bool(members) and NOBODY not in members
