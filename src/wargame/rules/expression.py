"""Expressions checked: entry points, bound names and named values. The walk over one expression is in `visit`."""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Callable, Mapping

from attrs import define, evolve, field, frozen

from wargame.rules.limits import MOST_STEPS, Budget
from wargame.rules.names import Layout, parameters
from wargame.rules.program import NOBODY, Site
from wargame.rules.reach import Cost, refs
from wargame.rules.syntax import Source, parse, source_of
from wargame.rules.tree import Const, Expr, Group, Ref, Rows, Type, Value
from wargame.scenario.node import Mark, Scalar
from wargame.scenario.problem import Problem, Report
from wargame.scenario.text import EMPTY, Text

NUMBER, TRUTH, OWNER, AREA = Type.NUMBER, Type.TRUTH, Type.OWNER, Type.AREA
PARAMETER_KINDS = {"seat": OWNER, "owner": OWNER, "faction": OWNER, "area": AREA, "number": NUMBER}
MOST_VALUES = 16
MOST_PARAMETERS = 8
MOST_GUESSED = 4  # parameters whose kinds are found from their use: each makes three times as many tries


class Wrong(Exception):  # noqa: N818 - not an error of the program: unwinds after a problem has been reported
    """A problem has been reported; there is no tree."""


@frozen
class Scope:
    """What names mean here beyond the scenario's own; `dice`: whether effects-only functions may stand here."""

    names: Mapping[str, Expr] = field(factory=dict)
    me: Ref | None = None
    dice: bool = False
    path: str = ""
    label: Text = EMPTY

    def bind(self, *refs: Ref) -> Scope:
        """The scope with more names."""
        return evolve(self, names={**self.names, **{ref.name: ref for ref in refs}})

    def at(self, *steps: str | int) -> Scope:
        """The scope of something further down, for the names of what is rolled there."""
        path = ".".join((self.path, *map(str, steps))).strip(".")
        return Scope(self.names, self.me, self.dice, path, self.label)

    def keys(self) -> tuple[Ref, ...]:
        """The bound seats, areas, ... that tell one roll here from another."""
        return tuple(expr for expr in self.names.values() if isinstance(expr, Ref) and expr.type is not NUMBER)


@define
class Book:
    """What checking gives out numbers for."""

    sites: list[Site] = field(factory=list)
    names: dict[str, int] = field(factory=dict)
    news: list[Text] = field(factory=list)
    locals: int = 0

    def site(self, path: str, label: Text) -> Site:
        """A place where dice are rolled; names are unique."""
        name, number = path, 1
        while name in self.names:
            number += 1
            name = f"{path}.{number}"
        site = Site(len(self.sites), name, label)
        self.names[name] = site.index
        self.sites.append(site)
        return site

    def copy(self) -> Book:
        """A book to try things in."""
        return Book(list(self.sites), dict(self.names), list(self.news), self.locals)


@define
class Checker:
    """Checks expressions against a layout; keeps the named values and effect groups made so far."""

    layout: Layout
    report: Report
    book: Book = field(factory=Book)
    values: dict[str, Value | None] = field(factory=dict)
    groups: dict[str, Group | None] = field(factory=dict)
    busy: list[str] = field(factory=list)  # values and groups being checked, outermost first
    used: set[str] = field(factory=set)  # values, groups, cards, ... that something refers to
    tests: list[tuple[Expr, Mark, int, str]] = field(factory=list)  # conditions, for the warnings
    cost: Cost = field(factory=Cost)
    budget: Budget = field(factory=Budget)

    # ------------------------------------------------------------ entry points

    def number(self, scalar: Scalar, scope: Scope) -> Expr | None:
        """A number-valued expression."""
        return self.expression(source_of(scalar), scope, NUMBER)

    def condition(self, scalar: Scalar, scope: Scope, what: str = "") -> Expr | None:
        """A condition; remembered for the warnings about conditions that always or never hold."""
        test = self.expression(source_of(scalar), scope, TRUTH)
        if test is not None and not isinstance(test, Const):
            self.tests.append((test, scalar.mark, max(1, len(scalar.text)), what))
        return test

    def any_type(self, scalar: Scalar, scope: Scope) -> Expr | None:
        """An expression of whatever type it has."""
        return self.expression(source_of(scalar), scope, None)

    def expression(self, source: Source, scope: Scope, want: Type | None, tree: ast.expr | None = None) -> Expr | None:
        """Parses (unless the `tree` is given) and checks; None when problems have been reported."""
        from wargame.rules.visit import Visit

        tree = tree or parse(source, self.report)
        if tree is None:
            return None
        try:
            visit = Visit(self, source, scope)
            expr = visit.visit(tree)
            found = visit.want(expr, want, tree) if want is not None else expr
        except Wrong:
            return None
        steps = self.cost.of(found)
        self.budget.spend(steps)
        if steps > MOST_STEPS:
            message = f"This can take {steps:,} steps; {MOST_STEPS:,} is the most."
            hint = "use fewer loops inside loops, and fewer values made from values"
            self.report.error(source.mark, "too_big", message, hint, max(1, len(source.text)) if source.inline else 1)
            return None
        return found

    # ------------------------------------------------------------ names that are bound

    def ref(self, name: str, type_: Type, members: Rows, *, scope: Scope | None = None, whole: bool = True) -> Ref:
        """A new bound name; unique in its function."""
        taken = set()
        if scope is not None:
            taken = {ref.local for ref in scope.names.values() if isinstance(ref, Ref)}
        local, number = f"r_{name}", 1
        while local in taken:
            number += 1
            local = f"r_{name}_{number}"
        return Ref(name, local, members, type=type_, whole=whole)

    def me(self, seats: Rows) -> Ref:
        """The acting seat."""
        return Ref("me", "me", seats, type=OWNER, whole=True)

    def may_bind(self, name: str, mark: Mark) -> bool:
        """Whether a bound name hides nothing that is declared."""
        other = self.layout.declared.get(name)
        if name in ("me", "turn", "turns", "true", "false", "seats", "areas", "agreements", "here"):
            other = "a word of the language"
        if other is None:
            return True
        self.report.error(mark, "name_taken", f"`{name}` is already {other}.", "choose another name here", len(name))
        return False

    # ------------------------------------------------------------ named values

    def value(self, name: str) -> Value | None:
        """A named value, checked at its first use."""
        if name in self.values:
            return self.values[name]
        key = self.layout.value_keys[name]
        scalar = self.layout.scenario.values[key]
        if name in self.busy:
            chain = " -> ".join([*self.busy[self.busy.index(name) :], name])
            self.report.error(scalar.mark, "recursion", f"`{name}` is made from itself ({chain}).")
            self.values[name] = None
            return None
        if len(self.busy) >= MOST_VALUES:
            self.report.error(scalar.mark, "too_deep", f"Values are made from each other more than {MOST_VALUES} deep here.")
            self.values[name] = None
            return None
        self.busy.append(name)
        try:
            for inner in re.findall(r"[a-z]\w*", scalar.text):  # first, so that trying kinds tries nothing twice
                if self.layout.declared.get(inner) == "a value":
                    self.value(inner)
            made = self.with_parameters(key, scalar.mark, lambda checker, params, me: checker.value_body(scalar, params, me))
        finally:
            self.busy.pop()
        if made is None or (name in self.values and self.values[name] is None):
            self.values[name] = None
            return None
        params, body = made
        assert isinstance(body, Expr)
        self.values[name] = Value(name, params, body, "me" in refs(body))
        return self.values[name]

    def value_body(self, scalar: Scalar, params: tuple[Ref, ...], me: Ref) -> Expr | None:
        """The expression of a named value."""
        return self.any_type(scalar, Scope({param.name: param for param in params}, me))

    def with_parameters(
        self, key: str, mark: Mark, check: Callable[[Checker, tuple[Ref, ...], Ref], object | None]
    ) -> tuple[tuple[Ref, ...], object] | None:
        """Checks a body under the kinds its parameters are declared to have, or the first kinds under which it is right."""
        parsed = parameters(key)
        if parsed is None:
            return None
        if len(parsed[1]) > MOST_PARAMETERS or sum(not kind for _, kind in parsed[1]) > MOST_GUESSED:
            message = f"`{parsed[0]}` has {len(parsed[1])} parameters; {MOST_PARAMETERS} is the most"
            message += f", and {MOST_GUESSED} whose kind is not written."
            self.report.error(mark, "too_big", message, f"write the kinds: `{parsed[0]}(org: seat, place: area, n: number)`")
            return None
        wanted: list[tuple[Type, ...]] = []
        for param, kind in parsed[1]:
            if not self.may_bind(param, mark):
                return None
            if kind and kind not in PARAMETER_KINDS:
                self.report.error(
                    mark, "parameter_kind", f"`{kind}` is no kind of parameter.", "write seat, owner, area or number"
                )
                return None
            wanted.append((PARAMETER_KINDS[kind],) if kind else (OWNER, AREA, NUMBER))
        me = self.me((*self.layout.seats, NOBODY))
        best: list[Problem] | None = None
        for types in itertools.product(*wanted):
            params = tuple(self._parameter(name, type_) for (name, _), type_ in zip(parsed[1], types, strict=True))
            attempt = evolve(
                self,
                report=Report(),
                book=self.book.copy(),
                values=dict(self.values),
                groups=dict(self.groups),
                busy=list(self.busy),
                used=set(self.used),
                tests=list(self.tests),
            )
            body = check(attempt, params, me)
            if body is not None and not attempt.report.failed:
                self.book, self.used, self.tests = attempt.book, attempt.used, attempt.tests
                self.values.update(attempt.values)
                self.groups.update(attempt.groups)
                self.report.problems.extend(attempt.report.problems)
                return params, body
            if best is None or len(attempt.report.problems) < len(best):
                best = attempt.report.problems
        self.report.problems.extend(best or ())
        return None

    def _parameter(self, name: str, type_: Type) -> Ref:
        if type_ is OWNER:
            return self.ref(name, type_, (*range(len(self.layout.owners)), NOBODY))
        if type_ is AREA:
            return self.ref(name, type_, (*range(len(self.layout.areas)), NOBODY))
        return self.ref(name, type_, (), whole=False)
