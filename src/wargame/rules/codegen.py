"""From typed expressions to Python source, and from that source to functions.

One module text is made for a scenario. Tables are named tuples at its top, named values and effect groups are functions,
everything the engine calls is a function `f0`, `f1`, ... The text depends on nothing but the scenario.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from attrs import define, evolve, field, frozen

from wargame.rules.intervals import Ranges, interval
from wargame.rules.limits import TooBig
from wargame.rules.program import NOBODY
from wargame.rules.reach import has_dice, possible, reads, refs, size, walk
from wargame.rules.runtime import NAMESPACE
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
SIGNS = {"==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
MEMBERS = (Type.OWNER, Type.AREA, Type.AGREEMENT)
SMALL_VALUE = 14  # named values up to this size are written where they are used
MOST_UNROLLED = 96  # nodes that a loop written out may have
MOST_SWIFT = 2000  # the same where text may be long
SMALL_SWIFT = 60
NOTHING: Mapping[str, str | int] = {}
MOST_SOURCE = 4_000_000  # characters of generated text


@define
class Module:
    """The text being made."""

    ranges: Ranges  # of the whole board
    recording: bool = True
    swift: bool = False  # whether to write longer text that runs faster: for functions that are called very often
    prefix: str = "f"  # of the names of functions that the engine calls; a module of further rules has one of its own
    tables: dict[object, str] = field(factory=dict)
    head: list[str] = field(factory=list)
    lines: list[str] = field(factory=list)
    values: dict[object, str] = field(factory=dict)
    groups: dict[int, str] = field(factory=dict)
    constants: dict[str, str] = field(factory=dict)
    kept: list[object] = field(factory=list)  # keeps what is known by identity alive
    count: int = 0
    temps: int = 0
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
        text = "\n    ".join([f"def {name}({', '.join(params)}):", *body])
        self.length += len(text)
        if self.length > MOST_SOURCE:
            raise TooBig
        self.lines.append(text)
        return name

    def fresh(self) -> str:
        """A name for a function that the engine calls."""
        self.count += 1
        return f"{self.prefix}{self.count - 1}"

    def expression(self, expr: Expr, params: Sequence[Ref], *, dice: bool = False, me: bool = True) -> str:
        """A function `(b, [x,] [me,] *params)` that gives the value of an expression; returns its name."""
        writer = Writer(self)
        source = writer.source(expr)
        if expr.type is Type.TRUTH and not _is_bool(expr):
            source = f"({source}) != 0"
        names = ["b", *(["x"] if dice else []), *(["me"] if me else []), *(param.local for param in params)]
        return self.define(self.fresh(), names, [f"return {source}"])

    def value(self, value: Value, names: Mapping[str, str | int] = NOTHING) -> str:
        """The function of a named value, with `names` (of its parameters and `me`) bound once and for all."""
        key = (id(value), tuple(names.items()))
        name = self.values.get(key)
        if name is None:
            name = "_".join(["v", value.name, *(str(member).replace("-", "m") for member in names.values())])
            self.values[key] = name
            self.kept.append(value)
            locals_ = [*(["me"] if value.me else []), *(param.local for param in value.params)]
            params = ["b", *(local for local in locals_ if local not in names)]
            self.define(name, params, [f"return {Writer(self, names=names).source(value.body)}"])
        return name

    def constant(self, source: str) -> str:
        """The name of what is worked out once, when the text is run."""
        name = self.constants.get(source)
        if name is None:
            name = self.constants[source] = f"C{len(self.constants)}"
        return name

    def temp(self) -> str:
        """A name for a value in the middle of an expression."""
        self.temps += 1
        return f"t{self.temps}"

    def text(self) -> str:
        """The whole source."""
        constants = [f"{name} = {source}" for source, name in self.constants.items()]
        return "\n".join(["# Generated from a scenario; see wargame.rules.codegen.", *self.head, *self.lines, *constants, ""])

    def link(self) -> Callable[[str], Callable[..., Any]]:
        """Runs the text; returns the lookup of its functions by name."""
        namespace = dict(NAMESPACE)
        namespace["S"] = tuple(self.ranges.start)
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
    iterable: bool = False  # whether this stands where a loop says what it runs over: no name may be given there

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
                source = evolve(self, board=expr.board).source(expr.item)
                bound = expr.board == "S" and all(isinstance(self.names.get(local), int) for local in refs(expr.item))
                return self.module.constant(source) if self.module.swift and bound else source
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
        left, right = self.source(expr.left), self.source(expr.right)
        if self.module.swift and expr.op in SIGNS and left.isdigit() and right.isdigit():
            return str(SIGNS[expr.op](int(left), int(right)))
        return f"({left} {expr.op} {right})"

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
                return self.rounded(args[0])
            case "clamp" if self.swift and all(isinstance(arg, Const) for arg in expr.args[1:]):
                return self._within(args[0], args[1], args[2])
            case "min" | "max" if self.swift and len(args) == 2:
                one, other = self.module.temp(), self.module.temp()
                sign = "<" if expr.name == "min" else ">"
                if isinstance(expr.args[0], Const):
                    return f"({other} if ({other} := {args[1]}) {sign} {args[0]} else {args[0]})"
                return f"({other} if ({other} := {args[1]}) {sign} ({one} := {args[0]}) else {one})"
            case "scale":
                worst, best = expr.args[1:]
                if isinstance(worst, Const) and isinstance(best, Const) and worst.value != best.value:
                    # The same arithmetic as `scaled`, without the call.
                    if self.swift:
                        return self._within(f"({args[0]} - {args[1]}) / ({args[2]} - {args[1]})", "0.0", "1.0")
                    return f"min(max(({args[0]} - {args[1]}) / ({args[2]} - {args[1]}), 0.0), 1.0)"
                return f"scale({', '.join(args)})"
            case _:
                return f"{expr.name}({', '.join(args)})"

    @property
    def swift(self) -> bool:
        """Whether names may be given in the middle of an expression to save calls."""
        return self.module.swift and not self.iterable

    def rounded(self, source: str) -> str:
        """The source of a number to the nearest whole one."""
        if not self.swift:
            return f"round_({source})"
        name = self.module.temp()
        return f"(int({name} + 0.5) if ({name} := {source}) >= 0 else -int(0.5 - {name}))"

    def _within(self, source: str, low: str, high: str) -> str:
        name = self.module.temp()
        return f"({low} if ({name} := {source}) < {low} else {high} if {name} > {high} else {name})"

    # ------------------------------------------------------------ loops

    def domain(self, domain: Domain, var: Ref, test: Expr | None) -> str:
        """`for r in ... if ...` of a comprehension."""
        if domain.near is None:
            head = f"for {var.local} in {self.module.table(domain.members)}"
        else:
            near = evolve(self, iterable=True).source(domain.near)
            head = f"for {var.local} in {self.module.table(domain.around)}[{near}]"
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
            most = MOST_SWIFT if self.module.swift else MOST_UNROLLED
            if len(members) * (weight + nested) <= most and not has_dice(expr):
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
                if not expr.body.whole and not bare and not self.module.swift:
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
        small = SMALL_SWIFT if self.module.swift else SMALL_VALUE
        if simple and size(value.body) <= small and not any(isinstance(part, Fold) for part in walk(value.body)):
            names: dict[str, str | int] = {}
            if "me" in self.names:
                names["me"] = self.names["me"]
            for param, arg, source in zip(value.params, expr.args, args, strict=True):
                member = self.member(arg) if param.type is not Type.NUMBER else None
                names[param.local] = source if member is None else member
            return evolve(self, names=names).source(value.body)
        me = [str(self.names.get("me", "me"))] if value.me else []
        if self.module.swift:
            return self._known_value(expr, args)
        return f"{self.module.value(value)}({', '.join([self.board, *me, *args])})"

    def _known_value(self, expr: ValueCall, args: Sequence[str]) -> str:
        """A named value at work, in a function of its own for those that it is about where they are known."""
        value = expr.value
        names: dict[str, str | int] = {}
        rest = []
        if value.me:
            me = self.names.get("me", "me")
            if isinstance(me, int):
                names["me"] = me
            else:
                rest.append(me)
        for param, arg, source in zip(value.params, expr.args, args, strict=True):
            member = self.member(arg) if param.type is not Type.NUMBER else None
            if member is not None:
                names[param.local] = member
            else:
                rest.append(source)
        return f"{self.module.value(value, names)}({', '.join([self.board, *rest])})"

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
