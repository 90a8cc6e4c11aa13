"""What a tree can touch: the slots it reads, whom a name can stand for, how big it is and how long it can run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wargame.rules.program import NOBODY, VOID
from wargame.rules.tree import (
    Announce,
    Binary,
    Block,
    Call,
    Cell,
    Choose,
    Compare,
    Const,
    Dice,
    Do,
    Domain,
    Each,
    Effect,
    EndAgreement,
    Exists,
    Expr,
    Fixed,
    Fold,
    Group,
    Inject,
    Let,
    Logic,
    Member,
    Negate,
    Not,
    Outcomes,
    Party,
    Pieces,
    Read,
    Ref,
    RollFor,
    Rows,
    Start,
    Touch,
    Transfer,
    Value,
    ValueCall,
    When,
    Write,
)

Env = Mapping[str, Rows]  # local name -> what it can stand for
NOTHING: Env = {}
LEAVES = (Const, Read, Ref)  # most parts are one of these, and have none themselves


def parts(expr: Expr) -> tuple[Expr, ...]:
    """The expressions right below one, loops' bodies included, bodies of named values not."""
    if isinstance(expr, LEAVES):
        return ()
    match expr:
        case Cell():
            return expr.keys
        case Fixed():
            return (expr.key,)
        case Negate() | Not() | Start() | Exists() | Member():
            return (expr.item,)
        case Binary() | Compare():
            return (expr.left, expr.right)
        case Logic():
            return expr.items
        case Choose():
            return (expr.test, expr.yes, expr.no)
        case Call() | ValueCall():
            return expr.args
        case Touch():
            return (expr.one, expr.other)
        case Party():
            return (expr.agreement, expr.seat)
        case Fold():
            return _present(expr.domain.near, expr.test, expr.body)
        case Dice():
            near = expr.domain.near if expr.domain is not None else None
            return _present(expr.amount, near, expr.test, expr.weight)
        case _:
            return ()


def _present(*items: Expr | None) -> tuple[Expr, ...]:
    return tuple(item for item in items if item is not None)


def possible(expr: Expr, env: Env = NOTHING) -> Rows:
    """What an owner-, area- or agreement-valued expression can stand for, NOBODY included where it can be nobody."""
    match expr:
        case Const():
            return (int(expr.value),)
        case Ref():
            return env.get(expr.local, expr.members)
        case Choose():
            return tuple(dict.fromkeys(possible(expr.yes, env) + possible(expr.no, env)))
        case Fold():
            return (*_of_domain(expr.domain, env), NOBODY)
        case Dice() if expr.domain is not None:
            return (*_of_domain(expr.domain, env), NOBODY)
        case ValueCall():
            return possible(expr.value.body, _inside(expr, env))
        case Start():
            return possible(expr.item, env)
        case _:
            return ()


def _of_domain(domain: Domain, env: Env) -> Rows:
    if domain.near is None:
        return domain.members
    near = possible(domain.near, env)
    if len(near) == 1 and domain.around:
        return domain.around[near[0]]
    return domain.members


def _inside(call: ValueCall, env: Env) -> dict[str, Rows]:
    inner = {param.local: possible(arg, env) for param, arg in zip(call.value.params, call.args, strict=True)}
    if "me" in env:
        inner["me"] = env["me"]
    return inner


def cells(place: Cell, env: Env = NOTHING) -> Rows:
    """The slots that a table read can land on; the void is left out."""
    keys = [possible(key, env) for key in place.keys]
    found: dict[int, None] = {}
    for first in keys[0]:
        row = place.rows[first]
        if isinstance(row, int):
            found[row] = None
        else:
            found.update(dict.fromkeys(row[second] for second in keys[1]))
    found.pop(VOID, None)
    return tuple(found)


def reads(expr: Expr, env: Env = NOTHING) -> frozenset[int]:
    """Every slot that the value can depend on (the board as it started is no slot)."""
    found: set[int] = set()
    _reads(expr, env, found)
    found.discard(VOID)
    return frozenset(found)


def _reads(expr: Expr, env: Env, found: set[int]) -> None:
    match expr:
        case Read():
            found.add(expr.slot)
        case Cell():
            found.update(cells(expr, env))
            for key in expr.keys:
                _reads(key, env, found)
        case Start():
            return
        case Fold() | Dice():
            inner = env
            if expr.domain is not None and expr.var is not None:
                inner = {**env, expr.var.local: _of_domain(expr.domain, env)}
                found.update(expr.domain.optional.values())
            for part in parts(expr):
                _reads(part, inner, found)
        case ValueCall():
            for arg in expr.args:
                _reads(arg, env, found)
            _reads(expr.value.body, _inside(expr, env), found)
        case _:
            for part in parts(expr):
                _reads(part, env, found)


def walk(expr: Expr, *, inside: bool = False) -> Iterator[Expr]:
    """The expression and everything below it; with `inside`, the bodies of named values too."""
    yield expr
    for part in parts(expr):
        yield from walk(part, inside=inside)
    if inside and isinstance(expr, ValueCall):
        yield from walk(expr.value.body, inside=True)


def refs(expr: Expr) -> frozenset[str]:
    """The local names an expression uses that it does not bind itself."""
    match expr:
        case Ref():
            return frozenset((expr.local,))
        case ValueCall():
            used = frozenset(("me",)) if expr.value.me else frozenset()
            return used.union(*(refs(arg) for arg in expr.args))
        case Fold() | Dice():
            inner = frozenset[str]().union(*(refs(part) for part in parts(expr)))
            if isinstance(expr, Dice):
                inner |= {ref.local for ref in expr.refs}
            return inner - {expr.var.local} if expr.var is not None else inner
        case _:
            return frozenset[str]().union(*(refs(part) for part in parts(expr)))


def size(expr: Expr) -> int:
    """How many nodes the expression has, bodies of named values not counted."""
    return 1 + sum(size(part) for part in parts(expr))


def has_dice(expr: Expr) -> bool:
    """Whether dice are rolled in it."""
    return isinstance(expr, Dice) or any(map(has_dice, parts(expr)))


class Cost:
    """An upper bound on the steps a tree can take; shared named values and groups are measured once.

    `leaving`: by agreement, the steps that ending it can take.
    """

    def __init__(self) -> None:
        self._values: dict[Value, int] = {}
        self._groups: dict[Group, int] = {}
        self._outputs: dict[Group, int] = {}
        self.leaving: dict[int, int] = {}

    def of(self, expr: Expr) -> int:
        """Steps of an expression."""
        if isinstance(expr, LEAVES):
            return 1
        match expr:
            case ValueCall():
                key = expr.value
                if key not in self._values:
                    self._values[key] = self.of(expr.value.body)
                return 1 + self._values[key] + sum(self.of(arg) for arg in expr.args)
            case Fold() | Dice() if expr.domain is not None:
                return 1 + max(1, len(expr.domain.members)) * sum(self.of(part) for part in parts(expr))
            case _:
                return 1 + sum(self.of(part) for part in parts(expr))

    def block(self, block: Block) -> int:
        """Steps of effects."""
        return sum(self.effect(effect) for effect in block)

    def effect(self, effect: Effect) -> int:
        """Steps of one effect."""
        own = 1
        for expr in expressions(effect):
            own += self.of(expr)
        match effect:
            case Write():
                return own
            case Each():
                return own + max(1, len(effect.domain.members)) * (self.block(effect.body) + 1)
            case Do():
                key = effect.group
                if key not in self._groups:
                    self._groups[key] = self.block(effect.group.body)
                return own + self._groups[key]
            case EndAgreement():
                return own + max((self.leaving.get(one, 0) for one in possible(effect.agreement)), default=0)
            case _:
                return own + sum(self.block(block) for block in blocks(effect))

    def output(self, block: Block) -> int:
        """An upper bound on what effects hand to the engine one by one: rolls, news, cards to come."""
        return sum(map(self._output, block))

    def _output(self, effect: Effect) -> int:
        own = int(isinstance(effect, (RollFor, Outcomes, Announce, Inject)))
        for expr in expressions(effect):
            own += has_dice(expr)
        match effect:
            case Write():
                return own
            case Each():
                return own + max(1, len(effect.domain.members)) * self.output(effect.body)
            case Do():
                key = effect.group
                if key not in self._outputs:
                    self._outputs[key] = self.output(effect.group.body)
                return own + self._outputs[key]
            case _:
                return own + max((self.output(block) for block in blocks(effect)), default=0)


def expressions(effect: Effect) -> tuple[Expr, ...]:
    """The expressions that stand in an effect itself, not in the effects below it."""
    match effect:
        case Write():  # as most are
            found = (effect.place, effect.amount)
            return found if effect.owner is None else (*found, effect.owner)
        case EndAgreement():
            return (effect.agreement,)
        case RollFor():
            return (effect.need,)
        case When():
            return (effect.test,)
        case Outcomes():
            return tuple(row.weight for row in effect.rows)
        case Each():
            return _present(effect.domain.near, effect.test)
        case Let():
            return (effect.value,)
        case Do():
            return effect.args
        case Inject():
            return _present(effect.delay, *effect.bindings)
        case Announce():
            return (*(effect.audience or ()), *effect.names)
        case Pieces():
            return _present(effect.owner, effect.source, effect.goal, effect.count)
        case Transfer():
            return (effect.giver, effect.taker, effect.amount)
        case _:
            return ()


def blocks(effect: Effect) -> tuple[Block, ...]:
    """The lists of effects right below an effect; bodies of groups are not."""
    match effect:
        case RollFor():
            return (effect.success, effect.failure)
        case When():
            return (effect.then, effect.otherwise)
        case Outcomes():
            return tuple(row.effects for row in effect.rows)
        case Each():
            return (effect.body,)
        case Let():
            return (effect.body, effect.otherwise)
        case _:
            return ()


def each_effect(block: Block) -> Iterator[Effect]:
    """Every effect of a block, depth first; bodies of groups are not entered."""
    for effect in block:
        yield effect
        for below in blocks(effect):
            yield from each_effect(below)


def all_effects(block: Block) -> Iterator[Effect]:
    """Every effect of a block, and of the effect groups it calls, each group once."""
    entered: set[int] = set()
    queue = [block]
    while queue:
        for effect in each_effect(queue.pop()):
            yield effect
            if isinstance(effect, Do) and id(effect.group) not in entered:
                entered.add(id(effect.group))
                queue.append(effect.group.body)


def each_expression(block: Block) -> Iterator[Expr]:
    """Every whole expression that stands in a block."""
    for effect in each_effect(block):
        yield from expressions(effect)
