"""The walk over one expression: from Python's syntax tree to the typed tree, with every name resolved."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable

from attrs import evolve, frozen

from wargame.rules.expression import AREA, NUMBER, OWNER, TRUTH, Checker, Scope, Wrong
from wargame.rules.names import Layout
from wargame.rules.program import VOID
from wargame.rules.reach import cells, possible
from wargame.rules.syntax import Source
from wargame.rules.tree import (
    Binary,
    Cell,
    Choose,
    Compare,
    Const,
    Expr,
    Fixed,
    Fold,
    Grid,
    Logic,
    Member,
    Negate,
    Not,
    Read,
    Ref,
    Rows,
    Touch,
    Type,
    ValueCall,
    Words,
)
from wargame.scenario.problem import suggest

COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
BEFORE = "before"  # among the names of a scope: `before(...)` may stand there
ARITHMETIC: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//"}


@frozen
class Holder:
    """What stands before a dot: owners, areas, or owners in areas; `many` where it is every one of several."""

    areas: tuple[Expr, ...] | None
    owners: tuple[Expr, ...] | None
    many: bool
    words: str
    optional: bool = False  # some of the owners may be out of play


@frozen
class Visit:
    """The walk over one expression's syntax tree."""

    checker: Checker
    source: Source
    scope: Scope

    @property
    def layout(self) -> Layout:
        """The scenario's layout."""
        return self.checker.layout

    def inside(self, scope: Scope) -> Visit:
        """The same walk with other names."""
        return Visit(self.checker, self.source, scope)

    def wrong(self, node: ast.AST, code: str, message: str, hint: str = "") -> Wrong:
        """Reports a problem at a node; to be raised."""
        self.checker.report.error(self.source.of(node), code, message, hint, self.source.width(node))
        return Wrong()

    def wrong_attribute(self, node: ast.Attribute, code: str, message: str, hint: str = "") -> Wrong:
        """Reports a problem at what stands behind a dot."""
        end = self.source.column(node) + self.source.width(node)
        self.checker.report.error(self.source.at(end - len(node.attr)), code, message, hint, len(node.attr))
        return Wrong()

    def all(self, nodes: Iterable[ast.expr], check: Callable[[ast.expr], Expr]) -> tuple[Expr, ...]:
        """Checks several parts, so that the problems of all of them are reported."""
        found: list[Expr] = []
        failed = False
        for node in nodes:
            try:
                found.append(check(node))
            except Wrong:
                failed = True
        if failed:
            raise Wrong
        return tuple(found)

    def marked(self, expr: Expr, node: ast.AST) -> Expr:
        """A tree just made, with the place it came from."""
        return expr.placed(*self.source.spot(node))

    # ------------------------------------------------------------ types

    def number(self, node: ast.expr) -> Expr:
        """A part that must be a number."""
        return self.want(self.visit(node), NUMBER, node)

    def truth(self, node: ast.expr) -> Expr:
        """A part that must be yes or no."""
        return self.want(self.visit(node), TRUTH, node)

    def want(self, expr: Expr, type_: Type, node: ast.expr) -> Expr:
        """The expression as the type wanted, or a problem."""
        if expr.type is type_:
            return expr
        if type_ is TRUTH and expr.type is Type.AGREEMENT:
            return self.in_force(expr, node)
        words = f"`{self.source.snippet(node)}` is {_is(expr)}; here {type_.value} belongs."
        hint = ""
        if type_ is NUMBER and expr.type in (TRUTH, Type.AGREEMENT):
            hint = f"write `(1 if {self.source.snippet(node)} else 0)`"
        elif type_ is TRUTH and expr.type is NUMBER:
            hint = f"compare it: `{self.source.snippet(node)} > 0`"
        elif type_ is TRUTH and expr.type in (OWNER, AREA):
            hint = f"`exists({self.source.snippet(node)})` tells whether there is one"
        elif expr.type is Type.OPTION:
            hint = 'compare it with an option: `== "..."`'
        raise self.wrong(node, "type", words, hint)

    def in_force(self, expr: Expr, node: ast.expr) -> Expr:
        """An agreement read as whether it is in force."""
        return self.marked(self.cell(self.layout.agreement_slots, (expr,), "agreement", TRUTH), node)

    def cell(self, rows: Rows | Grid, keys: tuple[Expr, ...], part: str, type_: Type = NUMBER) -> Expr:
        """A table read; of fixed keys, the slot itself (0 where there is none)."""
        if all(isinstance(key, Const) for key in keys):
            row: int | Rows = rows[int(keys[0].value)] if isinstance(keys[0], Const) else VOID
            if not isinstance(row, int):
                assert isinstance(keys[1], Const)
                row = row[int(keys[1].value)]
            return Read(row, type=type_, whole=True) if row != VOID else Const(0, type=type_, whole=True)
        return Cell(rows, keys, part, type=type_, whole=True)

    # ------------------------------------------------------------ the walk

    def visit(self, node: ast.expr) -> Expr:
        """The typed tree of a node."""
        match node:
            case ast.Constant():
                return self.marked(self._constant(node), node)
            case ast.Name():
                found = self.name(node)
                # What a scope binds stands in other places too.
                bound = node.id == "me" or node.id in self.scope.names
                return self.marked(evolve(found) if bound else found, node)
            case ast.Attribute():
                return self.marked(self.attribute(node), node)
            case ast.UnaryOp():
                return self.marked(self._unary(node), node)
            case ast.BinOp():
                return self.marked(self._binary(node), node)
            case ast.BoolOp():
                items = self.all(node.values, self.truth)
                return self.marked(Logic("and" if isinstance(node.op, ast.And) else "or", items, whole=True), node)
            case ast.Compare():
                return self.marked(self._compare(node), node)
            case ast.IfExp():
                return self.marked(self._choose(node), node)
            case ast.Call():
                from wargame.rules.calls import call

                return self.marked(call(self, node), node)
            case ast.GeneratorExp():
                hint = "write `count(...)`, `sum(...)`, `any(...)` or the like around it"
                raise self.wrong(node, "syntax", "`... for ... in ...` stands alone here.", hint)
            case _:
                raise self.wrong(node, "syntax", "A list can only stand behind `in`.")

    def _constant(self, node: ast.Constant) -> Expr:
        if isinstance(node.value, str):
            return Words(node.value)
        assert isinstance(node.value, (int, float))
        value = node.value
        return Const(value, whole=isinstance(value, int))

    def _unary(self, node: ast.UnaryOp) -> Expr:
        if isinstance(node.op, ast.Not):
            return Not(self.truth(node.operand), whole=True)
        item = self.number(node.operand)
        if isinstance(node.op, ast.UAdd):
            return item
        if isinstance(item, Const):
            return Const(-item.value, whole=item.whole)
        return Negate(item, whole=item.whole)

    def _binary(self, node: ast.BinOp) -> Expr:
        left, right = self.all((node.left, node.right), self.number)
        op = ARITHMETIC[type(node.op)]
        if op in ("/", "//") and isinstance(right, Const) and right.value == 0:
            raise self.wrong(node.right, "divide_by_zero", "This divides by 0.")
        whole = op == "//" or (op != "/" and left.whole and right.whole)
        return Binary(op, left, right, whole=whole)

    def _choose(self, node: ast.IfExp) -> Expr:
        test = self.truth(node.test)
        yes, no = self.all((node.body, node.orelse), self.visit)
        if Type.AGREEMENT in (yes.type, no.type) and TRUTH in (yes.type, no.type):
            yes, no = self.want(yes, TRUTH, node.body), self.want(no, TRUTH, node.orelse)
        if yes.type is not no.type:
            message = f"This is {_is(yes)} in one case and {_is(no)} in the other."
            raise self.wrong(node, "type", message)
        if yes.type in (Type.TEXT, Type.OPTION):
            raise self.wrong(node, "type", "A text can only be compared.")
        return Choose(test, yes, no, type=yes.type, whole=yes.whole and no.whole)

    def _compare(self, node: ast.Compare) -> Expr:
        sides = [node.left, *node.comparators]
        tests = []
        for op, left, right in zip(node.ops, sides, sides[1:], strict=False):
            if isinstance(op, (ast.In, ast.NotIn)):
                tests.append(self._member(left, right, isinstance(op, ast.NotIn)))
            else:
                tests.append(self._pair(COMPARISONS[type(op)], left, right, node))
        return tests[0] if len(tests) == 1 else Logic("and", tuple(tests), whole=True)

    def _pair(self, op: str, left_node: ast.expr, right_node: ast.expr, node: ast.Compare) -> Expr:
        left, right = self.all((left_node, right_node), self.visit)
        if Type.AGREEMENT in (left.type, right.type) and TRUTH in (left.type, right.type):
            left, right = self.want(left, TRUTH, left_node), self.want(right, TRUTH, right_node)
        if isinstance(right, Words):
            return self.option(op, left, right, left_node, right_node)
        if isinstance(left, Words):
            return self.option(op, right, left, right_node, left_node)
        if left.type is not right.type:
            message = f"This compares {_is(left)} with {_is(right)}."
            raise self.wrong(node, "type", message, _truth_hint(left, right, self.source.snippet(left_node)))
        if left.type is Type.OPTION:
            raise self.wrong(node, "type", "A choice can only be compared with one of its options, in quotes.")
        if op not in ("==", "!=") and left.type is not NUMBER:
            raise self.wrong(node, "type", f"`{op}` compares numbers, and this is {_is(left)}.", "use `==` or `!=`")
        return Compare(op, left, right, whole=True)

    def option(self, op: str, item: Expr, words: Words, item_node: ast.expr, node: ast.expr) -> Expr:
        """A choice or agenda compared with the name of an option."""
        if item.type is not Type.OPTION:
            message = f"`{self.source.snippet(item_node)}` is {_is(item)} and cannot be compared with a text."
            raise self.wrong(node, "type", message, "names of the scenario stand without quotes")
        if op not in ("==", "!="):
            raise self.wrong(node, "type", f"`{op}` compares numbers.", "use `==` or `!=`")
        options = self._options(item)
        known = list(dict.fromkeys(name for names in options.values() for name in names))
        if words.text not in known:
            hint = suggest(words.text, known) or "there are " + ", ".join(f"`{name}`" for name in known)
            message = f'`{self.source.snippet(item_node)}` has no option "{words.text}".'
            raise self.wrong(node, "unknown_option", message, hint)
        numbers = {slot: names.index(words.text) if words.text in names else -1 for slot, names in options.items()}
        if len(set(numbers.values())) == 1:
            return Compare(op, item, Const(next(iter(numbers.values())), type=Type.OPTION, whole=True), whole=True)
        # Seats with different decks: the number of the option depends on the owner.
        assert isinstance(item, Cell)
        rows = tuple(numbers.get(slot, -1) for slot in item.rows if isinstance(slot, int))
        return Compare(op, item, Fixed(rows, item.keys[0], "agenda", type=Type.OPTION, whole=True), whole=True)

    def _options(self, item: Expr) -> dict[int, tuple[str, ...]]:
        slots = (item.slot,) if isinstance(item, Read) else cells(item) if isinstance(item, Cell) else ()
        found = {}
        for index in slots:
            found[index] = self.layout.options_of(index)
        return found

    def _member(self, left_node: ast.expr, right_node: ast.expr, negated: bool) -> Expr:
        from wargame.rules.calls import domain_of

        left = self.visit(left_node)
        if isinstance(right_node, (ast.List, ast.Tuple)) and left.type is Type.OPTION:
            tests = []
            for element in right_node.elts:
                words = self.visit(element)
                if not isinstance(words, Words):
                    raise self.wrong(element, "type", "Options stand in quotes.")
                tests.append(self.option("==", left, words, left_node, element))
            found: Expr = Logic("or", tuple(tests), whole=True)
            return Not(found, whole=True) if negated else found
        domain = domain_of(self, right_node)
        if domain.type is not left.type:
            message = f"`{self.source.snippet(left_node)}` is {_is(left)}; this is a list of something else."
            raise self.wrong(right_node, "type", message)
        if domain.near is not None:
            found = Touch(left, domain.near, self.layout.neighbours, whole=True)
            return Not(found, whole=True) if negated else found
        return Member(left, domain.members, domain.words, negated, whole=True)

    # ------------------------------------------------------------ names

    def name(self, node: ast.Name) -> Expr:
        """What a bare name stands for."""
        name, layout = node.id, self.layout
        if name in self.scope.names:
            return self.scope.names[name]
        if name == "me":
            if self.scope.me is None:
                raise self.wrong(node, "no_me", "`me` is nobody here: no seat is acting.", "name the seat")
            return self.scope.me
        if name in ("true", "false"):
            return Const(int(name == "true"), type=TRUTH, whole=True)
        if name == "turn":
            return Read(layout.turn_slot, whole=True)
        if name == "turns":
            return Const(layout.scenario.turns.count, whole=True)
        if name == "seats_in_play":
            return self._seats_in_play()
        kind = layout.declared.get(name)
        if kind in ("a track", "a flag", "a clock"):
            self.checker.used.add(name)
            return Read(layout.slot_of[name], type=TRUTH if kind == "a flag" else NUMBER, whole=True)
        if kind == "a parameter":
            return Const(layout.numbers[name], whole=True)
        if kind == "a choice":
            return Read(layout.slot_of[name], type=Type.OPTION, whole=True)
        if kind == "an agreement":
            return Const(layout.agreements.index(name), type=Type.AGREEMENT, whole=True)
        if name in layout.owner_of:
            return Const(layout.owner_of[name], type=OWNER, whole=True)
        if name in layout.area_of:
            return Const(layout.area_of[name], type=AREA, whole=True)
        if kind == "a value":
            return self.value_call(name, (), node)
        raise self._unknown(node, kind)

    def _unknown(self, node: ast.Name, kind: str | None) -> Wrong:
        name, layout = node.id, self.layout
        if name in layout.sets or name in ("seats", "areas", "agreements"):
            message = f"`{name}` stands for several at once; here one belongs."
            return self.wrong(node, "several", message, f"write `sum({name}. ...)`, or `any(... for x in {name})`")
        if kind == "an effect group":
            return self.wrong(node, "effect_in_expression", f"`{name}` is an effect group, which does something.")
        if name in layout.resources:
            return self.wrong(node, "whose", f"`{name}` belongs to a seat: say whose.", f"for example `me.{name}`")
        if name in layout.area_values or name in layout.fixed:
            return self.wrong(node, "where", f"`{name}` belongs to an area: say which.", f"for example `place.{name}`")
        if name in layout.pieces:
            return self.wrong(node, "where", f"`{name}` are pieces: say where and whose.", f"for example `place.me.{name}`")
        for section, words in (("actions", "an action: `given({})`"), ("injects", "a card: `fired({})`")):
            if name in getattr(layout.scenario, section):
                return self.wrong(node, "unknown_name", f"`{name}` is not a number or a fact.", "it is " + words.format(name))
        known = [*self.scope.names, *layout.declared, "turn", "turns", "seats_in_play"]
        if self.scope.me is not None:
            known.append("me")
        return self.wrong(node, "unknown_name", f"There is nothing named `{name}`.", suggest(name, known))

    def _seats_in_play(self) -> Expr:
        found: Expr = Const(self.layout.seat_count - len(self.layout.optional), whole=True)
        for seat in sorted(self.layout.optional):
            found = Binary("+", found, Read(self.layout.played[seat], whole=True), whole=True)
        return found

    def value_call(self, name: str, nodes: Iterable[ast.expr], node: ast.expr) -> Expr:
        """A named value with its arguments."""
        self.checker.used.add(name)
        value = self.checker.value(name)
        if value is None:
            raise Wrong
        if value.me and self.scope.me is None:
            raise self.wrong(node, "no_me", f"`{name}` speaks of `me`, and here no seat is acting.", "give it a parameter")
        args = self.arguments(name, value.params, list(nodes), node)
        return ValueCall(value, args, type=value.body.type, whole=value.body.whole)

    def arguments(self, name: str, params: tuple[Ref, ...], nodes: list[ast.expr], node: ast.expr) -> tuple[Expr, ...]:
        """Checks arguments against parameters."""
        if len(nodes) != len(params):
            wanted = ", ".join(param.name for param in params)
            message = f"`{name}` takes {_count(len(params), 'value')} in parentheses; here it has {len(nodes)}."
            raise self.wrong(node, "arguments", message, f"write `{name}({wanted})`" if params else f"write `{name}`")
        found = self.all(nodes, self.visit)
        return tuple(self.want(arg, param.type, one) for arg, param, one in zip(found, params, nodes, strict=True))

    # ------------------------------------------------------------ dots

    def attribute(self, node: ast.Attribute) -> Expr:
        """`washington.capital`, `place.me.presence`: one slot."""
        holder = self.holder(node.value)
        if holder.many:
            message = f"`{self.source.snippet(node)}` is several numbers at once; here one belongs."
            hint = f"write `sum({self.source.snippet(node)})`, `max(...)` or `min(...)`"
            raise self.wrong(node, "several", message, hint)
        return self.member(holder, node)

    def holder(self, node: ast.expr) -> Holder:
        """What stands before a dot."""
        layout = self.layout
        words = self.source.snippet(node)
        if isinstance(node, ast.Name) and node.id not in self.scope.names:
            members = layout.sets.get(node.id, layout.seats if node.id == "seats" else None)
            if members is not None:
                owners = tuple(Const(member, type=OWNER, whole=True) for member in members)
                return Holder(None, owners, True, words, bool(layout.optional.intersection(members)))
            if node.id == "areas":
                areas = tuple(Const(area, type=AREA, whole=True) for area in range(len(layout.areas)))
                return Holder(areas, None, True, words)
        if isinstance(node, ast.Attribute):
            outer = self.holder(node.value)
            if outer.owners is None:
                inner = self.holder(ast.copy_location(ast.Name(node.attr), node)) if self._names_owner(node.attr) else None
                if inner is not None and inner.owners is not None and inner.areas is None:
                    many = outer.many or inner.many
                    return Holder(outer.areas, inner.owners, many, words, inner.optional)
                known = [*layout.owner_names(), *layout.area_values, *layout.fixed]
                message = f"`{node.attr}` does not own pieces in an area."
                raise self.wrong_attribute(node, "unknown_attribute", message, suggest(node.attr, known))
            raise self.wrong_attribute(node, "unknown_attribute", f"`{node.attr}` has no parts.")
        expr = self.visit(node)
        if expr.type is OWNER:
            return Holder(None, (expr,), False, words)
        if expr.type is AREA:
            return Holder((expr,), None, False, words)
        raise self.wrong(
            node, "type", f"`{words}` is {_is(expr)}, which has no parts.", "only seats, factions and areas have parts"
        )

    def _names_owner(self, name: str) -> bool:
        bound = self.scope.names.get(name)
        if bound is not None:
            return bound.type is OWNER
        if name == "me":
            return self.scope.me is not None
        return self.layout.owners_named(name) is not None

    def member(self, holder: Holder, node: ast.Attribute) -> Expr:
        """The number that a dot leads to; a function over several must stand around where there are several."""
        part, layout = node.attr, self.layout
        if holder.owners is not None and holder.areas is not None:
            if part not in layout.pieces:
                raise self.wrong_attribute(node, "unknown_name", f"There are no pieces `{part}`.", suggest(part, layout.pieces))
            self._exists(node, holder.owners, layout.piece_owners[part], part)
            return self.cell(layout.pieces[part], (holder.areas[0], holder.owners[0]), part)
        if holder.areas is not None:
            if part in layout.area_values:
                return self.cell(layout.area_values[part], holder.areas[:1], part)
            if part in layout.fixed:
                key, rows = holder.areas[0], layout.fixed[part]
                if isinstance(key, Const):
                    return Const(rows[int(key.value)], whole=True)
                return Fixed(rows, key, part, whole=True)
            if part in layout.pieces:
                hint = f"say whose: `{holder.words}.me.{part}`"
                raise self.wrong_attribute(node, "whose", f"`{part}` are pieces of somebody.", hint)
            known = [*layout.area_values, *layout.fixed, *layout.owner_names()]
            raise self.wrong_attribute(node, "unknown_attribute", f"An area has no `{part}`.", suggest(part, known))
        assert holder.owners is not None
        return self._of_owner(holder, holder.owners, node)

    def _of_owner(self, holder: Holder, owners: tuple[Expr, ...], node: ast.Attribute) -> Expr:
        part, layout = node.attr, self.layout
        if part == "agenda" and part not in layout.resources:
            seats = [owner for owner, slot in enumerate(layout.agenda_slots) if slot != VOID]
            self._exists(node, owners, tuple(seats), part)
            return self.cell(layout.agenda_slots, owners[:1], part, Type.OPTION)
        rows = layout.resources.get(part)
        if rows is None and layout.partial and part not in layout.area_values and part not in layout.pieces:
            rows = layout.open_resource(part)
        if rows is None:
            if part in layout.pieces:
                hint = f"say where: `place.{holder.words}.{part}`, or `total({holder.words}.{part})`"
                raise self.wrong_attribute(node, "where", f"`{part}` are pieces on the map.", hint)
            known = [name for name in layout.resources if self._has(owners, layout.resources[name])]
            message = f"`{holder.words}` has no `{part}`."
            raise self.wrong_attribute(node, "unknown_attribute", message, suggest(part, known) or _list(known))
        if not self._has(owners, rows):
            known = [name for name in layout.resources if self._has(owners, layout.resources[name])]
            message = f"`{holder.words}` has no `{part}`."
            raise self.wrong_attribute(node, "unknown_attribute", message, suggest(part, known) or _list(known))
        return self.cell(rows, owners[:1], part)

    def _has(self, owners: tuple[Expr, ...], rows: Rows) -> bool:
        return any(rows[member] != VOID for owner in owners for member in possible(owner))

    def _exists(self, node: ast.Attribute, owners: tuple[Expr, ...], having: Rows, part: str) -> None:
        if not any(member in having for owner in owners for member in possible(owner)):
            names = [self.layout.owners[owner] for owner in having]
            message = f"None of those meant here has `{part}`."
            raise self.wrong_attribute(node, "unknown_attribute", message, _list(names, "it belongs to "))

    def spread(self, node: ast.Attribute, fold: str) -> Expr:
        """`sum(cartel.strength)`: a function over everything that a dotted name stands for."""
        from wargame.rules.calls import over

        holder = self.holder(node.value)
        layout = self.layout
        loops = []
        areas, owners = holder.areas, holder.owners
        if areas is not None and len(areas) != 1:
            members = tuple(int(area.value) for area in areas if isinstance(area, Const))
            var = self.checker.ref("area", AREA, members, scope=self.scope)
            loops.append((var, over(layout, AREA, members, "areas")))
            areas = (var,)
        if owners is not None and len(owners) != 1:
            members = tuple(int(owner.value) for owner in owners if isinstance(owner, Const))
            var = self.checker.ref("each", OWNER, members, scope=self.scope)
            loops.append((var, over(layout, OWNER, members, holder.words)))
            owners = (var,)
        if any(not loop[1].members for loop in loops) or not all((areas is None or areas, owners is None or owners)):
            return Const(0, whole=True)
        found = self.member(Holder(areas, owners, holder.many, holder.words), node)
        found = self.want(found, NUMBER, node)
        if not loops and fold == "sum":
            return found
        for var, domain in reversed(loops):
            found = Fold(fold, var, domain, found, None, whole=found.whole)
        return found


def _is(expr: Expr) -> str:
    if isinstance(expr, Words):
        return "a text"
    return expr.type.value


def _truth_hint(left: Expr, right: Expr, words: str) -> str:
    if {left.type, right.type} == {TRUTH, NUMBER} and left.type is TRUTH:
        return f"`{words}` is yes or no by itself: leave the comparison away"
    return ""


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number or 'no'} {word}s"


def _list(names: Iterable[str], start: str = "it has ") -> str:
    shown = [f"`{name}`" for name in names]
    return start + ", ".join(shown) if shown else ""
