"""What the parts of the compiler share: checking, making functions, and keeping for later what needs the functions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias, TypeVar

from attrs import define, field

from wargame.rules.codegen import Module
from wargame.rules.effects import EffectChecker
from wargame.rules.emit import EffectModule
from wargame.rules.expression import Checker, Scope
from wargame.rules.limits import MOST_STEPS
from wargame.rules.names import Layout
from wargame.rules.program import NOBODY, Code, Kind, Reason, Variable
from wargame.rules.reach import Cost, reads, refs
from wargame.rules.sight import Sights
from wargame.rules.tree import KIND_OF, Block, Const, Expr, Ref, Type
from wargame.scenario.model import Requirement
from wargame.scenario.node import Mark, Node, Scalar
from wargame.scenario.problem import Report
from wargame.scenario.text import EMPTY, Text

T = TypeVar("T")
Lookup: TypeAlias = Callable[[str], Callable[..., Any]]  # a generated function by its name
Later: TypeAlias = Callable[[Lookup], T]  # makes a part of the program once the functions are there

MOST_OUTPUT = 2_000  # rolls, news and cards to come that one list of effects may hand to the engine
ALWAYS = Const(1, type=Type.TRUTH, whole=True)


@define
class Builder:
    """The state of one compilation."""

    layout: Layout
    report: Report
    structure: Report  # what a loader checks as well
    checker: Checker
    effects: EffectChecker
    sights: Sights
    module: Module
    emitter: EffectModule
    trees: dict[str, object] = field(factory=dict)  # what each function was made from, by its name (`Program.trees`)
    # For the warnings, by where it stands (`injects.flood.on_deal`): effects; conditions, with whom each holds back.
    blocks: dict[str, Block] = field(factory=dict)
    needs: dict[str, list[tuple[Expr, Sequence[int]]]] = field(factory=dict)
    aimed: dict[str, tuple[Type, ...]] = field(factory=dict)  # by action, what its targets are
    chances: dict[str, Expr] = field(factory=dict)  # by card
    incomes: list[tuple[int, int, Expr]] = field(factory=list)  # seat, slot, amount

    @property
    def cost(self) -> Cost:
        """What expressions and effects take."""
        return self.checker.cost

    # ------------------------------------------------------------ making functions

    def function(self, expr: Expr, params: Sequence[Ref] = (), *, dice: bool = False) -> str:
        """The name of a function `(b, [x,] me, *params)` of an expression."""
        name = self.module.expression(expr, params, dice=dice)
        self.trees[name] = expr
        return name

    def number(
        self, scalar: Scalar | None, scope: Scope, params: Sequence[Ref] = (), *, default: float = 0
    ) -> tuple[str, Expr]:
        """A number-valued function and its tree; the default where nothing stands or something is wrong."""
        expr = self.checker.number(scalar, scope) if scalar is not None else None
        found = Const(default, whole=isinstance(default, int)) if expr is None else expr
        return self.function(found, params), found

    def test(self, scalar: Scalar | None, scope: Scope, params: Sequence[Ref] = (), what: str = "") -> tuple[str, Expr]:
        """A condition and its tree; always true where nothing stands."""
        expr = self.checker.condition(scalar, scope, what) if scalar is not None else None
        found = ALWAYS if expr is None else expr
        return self.function(found, params), found

    def block(self, node: Node | None, scope: Scope, params: Sequence[Ref] = ()) -> tuple[str, Code, Block]:
        """Effects as a function `(b, x, me, *params)`, as what can be described, and as a tree."""
        block = self.effects.block(node, scope)
        if node is not None:
            self.within_budget(self.cost.block(block), node.mark)
            self.within_budget(self.cost.output(block), node.mark, MOST_OUTPUT, "make {} rolls, news and cards to come")
        name = self.emitter.function(block, params)
        self.trees[name] = params, block
        self.blocks[scope.path] = block
        return name, Code((params, block), variables(params)), block

    def maybe(self, node: Node | None, scope: Scope, params: Sequence[Ref] = ()) -> tuple[str | None, Code]:
        """Effects that may be missing."""
        if node is None:
            return None, Code((params, ()), variables(params))
        name, code, _ = self.block(node, scope, params)
        return name, code

    def within_budget(self, count: int, mark: Mark, most: int = MOST_STEPS, does: str = "take {} steps") -> None:
        """Refuses what could take too long: loops in loops, groups that call groups many times."""
        if count > most:
            message = f"This can {does.format(f'{count:,}')}; {most:,} is the most."
            self.report.error(mark, "too_big", message, "use fewer loops inside loops")

    # ------------------------------------------------------------ conditions that hold seats back

    def reasons(
        self,
        requires: Iterable[Requirement],
        seats: Sequence[int],
        scope: Scope,
        params: Sequence[Ref],
        *,
        bare: bool = False,
    ) -> list[tuple[Expr, Later[Reason], bool]]:
        """Requirements as (condition, reason, whether it names a parameter), each checked for what it would tell.

        `bare`: the function of a condition that names no parameter takes none.
        """
        found = []
        for requirement in requires:
            affected: Sequence[int] = seats
            only = NOBODY
            if requirement.for_ is not None:
                affected = self.layout.seats_named([requirement.for_], self.structure, "whose key it holds back")
                only = affected[0] if len(affected) == 1 else NOBODY
            inner = Scope(scope.names, self.checker.me(tuple(affected)), scope.dice, scope.path, scope.label)
            name, test = self.test(requirement.when, inner, params, "requirement")
            self.no_peeking(test, affected, requirement.when)
            self.need(scope.path, test, affected)
            if bare and not refs(test).intersection(param.local for param in params):
                name = self.function(test)
            found.append(self.reason(name, test, requirement.otherwise, params, only))
        return found

    def reason(
        self, name: str, test: Expr, words: Text, params: Sequence[Ref], seat: int = NOBODY
    ) -> tuple[Expr, Later[Reason], bool]:
        """A reason over a condition that is already a function."""
        from wargame.rules.words import needs

        said = words or needs(self.layout, test)
        named = bool(refs(test).intersection(param.local for param in params))
        return test, lambda get: Reason(get(name), said, seat), named

    def need(self, path: str, test: Expr, seats: Sequence[int] = ()) -> None:
        """Remembers a condition that holds back what stands there."""
        self.needs.setdefault(path, []).append((test, seats))

    def steps(self) -> set[str]:
        """The built-in steps that some phase takes."""
        return {step.text for phase in self.layout.scenario.phases for step in phase.do if isinstance(step, Scalar)}

    def no_peeking(self, test: Expr, seats: Sequence[int], scalar: Scalar) -> None:
        """A condition that a seat can try out may read only what the seat sees exactly at all times."""
        self.checker.budget.spend(self.cost.of(test) * len(seats))
        for seat in seats:
            hidden = [slot for slot in sorted(reads(test, {"me": (seat,)})) if not self.sights.exact(seat, slot)]
            if hidden:
                slot = self.layout.slots[hidden[0]]
                more = f" and {len(hidden) - 1} more" if len(hidden) > 1 else ""
                title = self.layout.owners[seat]
                message = (
                    f"This depends on `{slot.name}`{more}, which `{title}` does not always see exactly: "
                    f"being refused, or not, would tell."
                )
                hint = "test it in the effects instead, or let the seat see it"
                self.report.error(scalar.mark, "peeks", message, hint, max(1, len(scalar.text)) if scalar.inline else 1)
                return


def variables(params: Sequence[Ref], labels: dict[str, Text] | None = None) -> tuple[Variable, ...]:
    """Bound names as the program tells them."""
    return tuple(
        Variable(param.name, KIND_OF.get(param.type, Kind.NUMBER), (labels or {}).get(param.name, EMPTY), param.members)
        for param in params
    )
