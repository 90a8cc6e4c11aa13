"""Effects checked and typed: lists of short strings and of mappings with one verb, to the trees of `wargame.rules.tree`."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate

from attrs import define, evolve, field, frozen

from wargame.rules.calls import loop
from wargame.rules.expression import Checker, Scope, Wrong
from wargame.rules.limits import EFFECT
from wargame.rules.names import Layout
from wargame.rules.program import NOBODY
from wargame.rules.reach import each_effect, each_expression, possible, refs
from wargame.rules.shorthand import short
from wargame.rules.syntax import Source, parse, source_of
from wargame.rules.tree import (
    Announce,
    Block,
    Const,
    Do,
    Each,
    Effect,
    Expr,
    Group,
    Inject,
    Let,
    Outcome,
    Outcomes,
    Pieces,
    Pool,
    Ref,
    RollFor,
    Transfer,
    Type,
    When,
)
from wargame.rules.visit import Visit
from wargame.scenario.files import RULEBOOKS
from wargame.scenario.node import Map, Mark, Node, Scalar, Seq
from wargame.scenario.problem import suggest
from wargame.scenario.text import EMPTY, Text, with_numbers

NUMBER, OWNER, AREA = Type.NUMBER, Type.OWNER, Type.AREA
MOST_NESTING = 24
MOST_GROUPS = 8
MOST_EFFECTS = 200  # in one list
MOST_OUTCOMES = 50
SHOWN = (NUMBER, OWNER, AREA)  # what news can show
PLACEHOLDER = re.compile(r"\{(\w+)\}")
# In the order in which they are looked for: `do` also belongs to `each` and `let`.
VERBS: Mapping[str, tuple[str, ...]] = {
    "roll": ("label", "success", "failure"),
    "when": ("then", "else"),
    "outcomes": ("label",),
    "each": ("do",),
    "let": ("be", "do", "otherwise"),
    "news": ("to",),
    "inject": ("in", "with"),
    "move": ("of", "from", "to", "count"),
    "place": ("of", "in", "count"),
    "remove": ("of", "in", "count"),
    "transfer": ("of", "from", "to"),
    "do": (),
}
SHORTS = ["set", "clear", "inject", "end", "call_vote", "start_clock", "stop_clock", "open", "end_game"]


@frozen
class CardVariable:
    """A bound name of a card, as the effects that schedule the card need to know it."""

    name: str
    type: Type


@define
class EffectChecker:
    """Checks effect lists; keeps what it needs to know of cards."""

    checker: Checker
    card_variables: Mapping[str, tuple[CardVariable, ...]] = field(factory=dict)

    @property
    def layout(self) -> Layout:
        """The scenario's layout."""
        return self.checker.layout

    def error(self, mark: Mark, code: str, message: str, hint: str = "", width: int = 1) -> None:
        """Reports a problem."""
        self.checker.report.error(mark, code, message, hint, width)

    # ------------------------------------------------------------ lists

    def block(self, node: Node | None, scope: Scope, depth: int = 0) -> Block:
        """A list of effects; those with problems are left out."""
        if node is None:
            return ()
        if not isinstance(node, Seq):
            self.error(node.mark, "wrong_type", "Effects are a list.", "write `[...]` around it, or `- ` before each")
            return ()
        if depth > MOST_NESTING:
            self.error(node.mark, "too_deep", "Effects are nested too deeply here.", "make an effect group of the inner ones")
            return ()
        if len(node.items) > MOST_EFFECTS:
            self.error(node.mark, "too_big", f"A list of effects can have {MOST_EFFECTS} entries; this has {len(node.items)}.")
            return ()
        found: list[Effect] = []
        for number, item in enumerate(node.items):
            made = self.effect(item, scope.at(number), depth)
            self.checker.budget.spend(EFFECT * len(made))
            found.extend(made)
        return tuple(found)

    def effect(self, node: Node, scope: Scope, depth: int) -> Sequence[Effect]:
        """One entry of a list; a whole-kind effect becomes several."""
        try:
            if isinstance(node, Scalar):
                return short(self, source_of(node), scope)
            if isinstance(node, Seq):
                self.error(node.mark, "wrong_type", "A list stands here where an effect belongs.", "take the inner `- ` away")
                return ()
            return self._mapping(node, scope, depth)
        except Wrong:
            return ()

    def _mapping(self, node: Map, scope: Scope, depth: int) -> Sequence[Effect]:
        keys = [key.text for key, _ in node]
        verbs = [verb for verb in VERBS if verb in keys]
        if not verbs:
            self._unknown_verb(node)
            return ()
        verb = verbs[0]
        for key, _ in node:
            if key.text != verb and key.text not in VERBS[verb]:
                if key.text in VERBS:
                    self.error(
                        key.mark,
                        "two_verbs",
                        f"`{verb}` and `{key.text}` stand in one effect.",
                        "make two effects of it",
                        len(key.text),
                    )
                else:
                    hint = suggest(key.text, VERBS[verb]) or (
                        "it takes " + ", ".join(f"`{name}`" for name in VERBS[verb]) if VERBS[verb] else ""
                    )
                    self.error(key.mark, "unknown_key", f"`{verb}` takes no `{key.text}`.", hint, len(key.text))
                raise Wrong
        return _MAPPINGS[verb](self, node, scope, depth)

    def _unknown_verb(self, node: Map) -> None:
        known = "known are " + ", ".join(f"`{verb}`" for verb in VERBS)
        if not node.entries:
            self.error(node.mark, "empty", "This effect is empty.", known)
            return
        key = node.entries[0][0]
        hint = suggest(key.text, VERBS) or known
        if key.text in SHORTS:
            hint = f"write it as one text: `- {key.text} ...`"
        self.error(key.mark, "unknown_effect", f"`{key.text}` is no effect.", hint, len(key.text))

    # ------------------------------------------------------------ parts

    def scalar(self, node: Map, key: str, *, default: str | None = None) -> Scalar:
        """The plain entry of a key; its absence is a problem unless there is a default."""
        value = node.get(key)
        if value is None and default is not None:
            return Scalar(default, node.mark, inline=False)
        if isinstance(value, Scalar):
            return value
        mark = value.mark if value is not None else node.mark
        message = f"`{key}` is missing here." if value is None else f"`{key}` takes one expression."
        self.error(mark, "missing_key" if value is None else "wrong_type", message)
        raise Wrong

    def expression(self, scalar: Scalar, scope: Scope, want: Type | None) -> Expr:
        """An expression, or Wrong."""
        found = self.checker.expression(source_of(scalar), scope, want)
        if found is None:
            raise Wrong
        return found

    def text(self, node: Node | None) -> Text:
        """A text for people."""
        if node is None:
            return EMPTY
        languages = self.layout.scenario.languages
        numbers = self.layout.numbers
        if isinstance(node, Scalar):
            return Text({languages[0]: with_numbers(node.text, numbers)}, node.mark)
        if isinstance(node, Map):
            found = {}
            for key, value in node:
                # A rulebook may speak more languages than the scenario on it.
                if key.text not in languages and not key.mark.file.startswith(f"{RULEBOOKS}/"):
                    hint = suggest(key.text, languages)
                    self.error(key.mark, "unknown_language", f"`{key.text}` is not among the languages.", hint, len(key.text))
                if isinstance(value, Scalar):
                    found[key.text] = with_numbers(value.text, numbers)
            # What comes first is what is shown.
            return Text({each: found[each] for each in [*languages, *found] if each in found}, node.mark)
        self.error(node.mark, "wrong_type", "Here a text belongs.")
        return EMPTY

    def labelled(self, node: Map, scope: Scope) -> Text:
        """The label of a roll: its own, or that of what it stands in."""
        return self.text(node.get("label")) or scope.label

    def group(self, name: str) -> Group | None:
        """A named effect group, checked at its first use."""
        checker = self.checker
        if name in checker.groups:
            return checker.groups[name]
        key = self.layout.group_keys[name]
        node = self.layout.scenario.effect_groups[key]
        if name in checker.busy:
            chain = " -> ".join([*checker.busy[checker.busy.index(name) :], name])
            self.error(node.mark, "recursion", f"The effect group `{name}` calls itself ({chain}).")
            checker.groups[name] = None
            return None
        if len(checker.busy) >= MOST_GROUPS:
            self.error(
                node.mark, "too_deep", f"Effect groups call each other more than {MOST_GROUPS} deep: {', '.join(checker.busy)}."
            )
            checker.groups[name] = None
            return None
        checker.busy.append(name)
        try:
            for inner in self._mentioned(node):  # first, so that trying the kinds of parameters tries nothing twice
                self.group(inner)
            if name in checker.groups:  # it calls itself
                return checker.groups[name]
            made = checker.with_parameters(key, node.mark, lambda inner, params, me: self._body(inner, name, node, params, me))
        finally:
            checker.busy.pop()
        if made is None:
            checker.groups[name] = None
            return None
        params, body = made
        assert isinstance(body, tuple)
        speaks = any("me" in refs(expr) for expr in each_expression(body))
        speaks = speaks or any(isinstance(effect, Do) and effect.group.me for effect in each_effect(body))
        checker.groups[name] = Group(name, params, body, speaks)
        return checker.groups[name]

    def _mentioned(self, node: Node) -> list[str]:
        names = self.layout.group_keys
        found: dict[str, None] = {}
        queue: list[Node] = [node]
        while queue:
            one = queue.pop()
            if isinstance(one, Scalar):
                word = one.text.partition("(")[0].strip()
                if word in names:
                    found[word] = None
            elif isinstance(one, Seq):
                queue.extend(one.items)
            else:
                queue.extend(value for key, value in one if key.text != "news")
        return list(found)

    def _body(self, checker: Checker, name: str, node: Node, params: tuple[Ref, ...], me: Ref) -> Block | None:
        label = Text({self.layout.scenario.languages[0]: name.replace("_", " ").capitalize()})
        scope = Scope({param.name: param for param in params}, me, True, f"effect_groups.{name}", label)
        inner = EffectChecker(checker, self.card_variables)
        block = inner.block(node, scope)
        return None if checker.report.failed else block

    def do(self, source: Source, scope: Scope) -> Effect:
        """`civilian_harm`, `splinter(target)`."""
        tree = parse(source, self.checker.report)
        if tree is None:
            raise Wrong
        visit = Visit(self.checker, source, scope)
        name = tree.id if isinstance(tree, ast.Name) else ""
        if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name):
            name = tree.func.id
        if name not in self.layout.group_keys:
            raise self._no_effect(visit, tree, name, list(self.layout.group_keys))
        self.checker.used.add(name)
        group = self.group(name)
        if group is None:
            raise Wrong
        if group.me and scope.me is None:
            raise visit.wrong(tree, "no_me", f"`{name}` speaks of `me`, and here no seat is acting.", "give it a parameter")
        nodes = tree.args if isinstance(tree, ast.Call) else []
        return Do(group, visit.arguments(name, group.params, nodes, tree), mark=source.mark)

    def _no_effect(self, visit: Visit, tree: object, name: str, groups: list[str]) -> Wrong:
        assert isinstance(tree, ast.expr)
        kind = self.layout.declared.get(name)
        hint = (
            suggest(name, [*groups, *SHORTS]) if name else "an effect looks like `escalation +2`, `set flag` or `group(target)`"
        )
        if kind == "a flag":
            hint = f"write `set {name}` or `clear {name}`"
        elif kind in ("a track", "a clock"):
            hint = f"write `{name} +1`, `{name} -1` or `{name} = 1`"
        elif kind == "an agreement":
            hint = f"write `end {name}`"
        elif name in self.layout.scenario.injects:
            hint = f"write `inject {name}`"
        elif name in self.layout.scenario.motions:
            hint = f"write `call_vote {name}`"
        elif name in VERBS:
            hint = f"write it as a map: `- {name}: ...`"
        close = re.fullmatch(r"\s*([a-z][\w.]*)([+-]) ?(\d+)\s*", visit.source.text)
        if close is not None:
            hint = f"write `{close[1]} {close[2]}{close[3]}`, with a space before the `{close[2]}`"
        return visit.wrong(tree, "unknown_effect", f"`{visit.source.text.strip()}` is no effect.", hint)

    def bindings(self, card: str, scope: Scope, given: Mapping[str, Expr]) -> tuple[Expr | None, ...]:
        """What a scheduled card's names are bound to: as given, else the bound name of the same name and kind."""
        found: list[Expr | None] = []
        for variable in self.card_variables.get(card, ()):
            expr = given.get(variable.name)
            if expr is None:
                same = scope.names.get(variable.name)
                expr = same if same is not None and same.type is variable.type else None
            found.append(expr)
        return tuple(found)

    def pool(self, piece: str) -> Pool | None:
        """The limit on a piece, if it has one."""
        entry = self.layout.scenario.pieces[piece]
        if entry.pool is None:
            return None
        grid = self.layout.pieces[piece]
        owners = len(self.layout.owners)
        by_owner = [tuple(row[owner] for row in grid[:-1] if row[owner]) for owner in range(owners)]
        return Pool((*by_owner, ()), entry.pool)


# ---------------------------------------------------------------- mappings


def _roll(self: EffectChecker, node: Map, scope: Scope, depth: int) -> Sequence[Effect]:
    label = self.labelled(node, scope)
    need = self.checker.number(self.scalar(node, "roll"), Scope(scope.names, scope.me, True, scope.path, label))
    site = self.checker.book.site(f"{scope.path}.roll", label)
    success = self.block(node.get("success"), scope.at("success"), depth + 1)
    failure = self.block(node.get("failure"), scope.at("failure"), depth + 1)
    if node.get("success") is None and node.get("failure") is None:
        self.error(node.mark, "missing_key", "This roll changes nothing.", "give it `success:` or `failure:`")
    if need is None:
        raise Wrong
    return (RollFor(site, scope.keys(), need, success, failure, mark=node.mark),)


def _when(self: EffectChecker, node: Map, scope: Scope, depth: int) -> Sequence[Effect]:
    test = self.checker.condition(self.scalar(node, "when"), scope)
    then = self.block(node.get("then"), scope.at("then"), depth + 1)
    otherwise = self.block(node.get("else"), scope.at("else"), depth + 1)
    if node.get("then") is None and node.get("else") is None:
        self.error(node.mark, "missing_key", "This branch does nothing.", "give it `then:` or `else:`")
    if test is None:
        raise Wrong
    return (When(test, then, otherwise, mark=node.mark),)


def _outcomes(self: EffectChecker, node: Map, scope: Scope, depth: int) -> Sequence[Effect]:
    rows = node.get("outcomes")
    if not isinstance(rows, Seq) or not 1 <= len(rows.items) <= MOST_OUTCOMES:
        self.error(rows.mark if rows else node.mark, "wrong_type", f"`outcomes` is a list of 1 to {MOST_OUTCOMES} rows.")
        raise Wrong
    site = self.checker.book.site(f"{scope.path}.outcomes", self.labelled(node, scope))
    found = []
    for number, row in enumerate(rows.items):
        if not isinstance(row, Map):
            self.error(row.mark, "wrong_type", "A row is `{weight: ..., label: ..., effects: [...]}`.")
            continue
        for key, _ in row:
            if key.text not in ("weight", "label", "effects"):
                hint = suggest(key.text, ("weight", "label", "effects"))
                self.error(key.mark, "unknown_key", f"A row of outcomes takes no `{key.text}`.", hint, len(key.text))
        weight = self.checker.number(self.scalar(row, "weight", default="1"), scope)
        effects = self.block(row.get("effects"), scope.at("outcomes", number), depth + 1)
        if weight is not None:
            found.append(Outcome(weight, self.text(row.get("label")), effects))
    if all(isinstance(row.weight, Const) and row.weight.whole and row.weight.value > 0 for row in found):
        highest = accumulate(int(row.weight.value) for row in found if isinstance(row.weight, Const))
        site = evolve(site, rows=tuple(zip(highest, (row.label for row in found), strict=True)))
        self.checker.book.sites[site.index] = site
    return (Outcomes(site, scope.keys(), tuple(found), mark=node.mark),)


def _each(self: EffectChecker, node: Map, scope: Scope, depth: int) -> Sequence[Effect]:
    scalar = self.scalar(node, "each")
    prefix = "all(true for "
    # Parsed as the loop it looks like; the prefix is taken off the columns again.
    mark = scalar.mark.shifted(-len(prefix)) if scalar.inline else scalar.mark
    source = Source(prefix + scalar.text.strip() + ")", mark, scalar.inline)
    tree = parse(source, self.checker.report)
    if not (isinstance(tree, ast.Call) and len(tree.args) == 1 and isinstance(tree.args[0], ast.GeneratorExp)):
        if tree is not None:
            self.error(
                scalar.mark,
                "syntax",
                "`each` goes through several seats or areas, and this does not say which.",
                "write it like `each: org in cartel if org.heat > 3`",
            )
        raise Wrong
    visit = Visit(self.checker, source, scope)
    var, domain, test, inner = loop(visit, tree.args[0].generators[0], tree)
    body = self.block(node.get("do"), inner.scope.at("do"), depth + 1)
    if node.get("do") is None:
        self.error(node.mark, "missing_key", "`do` is missing here.", "what to do for each goes under `do:`")
    return (Each(var, domain, test, body, mark=node.mark),)


def _let(self: EffectChecker, node: Map, scope: Scope, depth: int) -> Sequence[Effect]:
    name = self.scalar(node, "let")
    if not re.fullmatch(r"[a-z]\w*", name.text):
        self.error(
            name.mark, "syntax", f"`{name.text}` is not a name.", "a name is small letters, digits and `_`", len(name.text)
        )
        raise Wrong
    if not self.checker.may_bind(name.text, name.mark):
        raise Wrong
    value = self.expression(self.scalar(node, "be"), scope, None)
    if value.type in (Type.TEXT, Type.OPTION):
        self.error(name.mark, "type", f"`{name.text}` would be {value.type.value}, which cannot be kept.")
        raise Wrong
    members = possible(value)
    var = self.checker.ref(
        name.text, value.type, tuple(member for member in members if member != NOBODY), scope=scope, whole=value.whole
    )
    if node.get("otherwise") is not None and NOBODY not in members:
        mark = node.key("otherwise")
        self.error(
            mark.mark if mark else node.mark, "never_nobody", f"`{name.text}` is never empty, so `otherwise` never happens."
        )
    body = self.block(node.get("do"), scope.bind(var).at("do"), depth + 1)
    otherwise = self.block(node.get("otherwise"), scope.at("otherwise"), depth + 1)
    return (Let(var, value, body, otherwise, mark=node.mark),)


def _news(self: EffectChecker, node: Map, scope: Scope, depth: int) -> Sequence[Effect]:
    text = self.text(node.get("news"))
    names: dict[str, Ref] = {}
    bound: dict[str, Ref] = {name: expr for name, expr in scope.names.items() if isinstance(expr, Ref) and expr.type in SHOWN}
    if scope.me is not None:
        bound["me"] = scope.me
    for words in text.by_language.values():
        for match in PLACEHOLDER.finditer(words):
            ref = bound.get(match.group(1))
            if ref is None:
                hint = suggest(match.group(1), bound)
                message = f"`{{{match.group(1)}}}` in this text is no bound name; it is shown as it stands."
                self.checker.report.warning(text.mark, "unknown_placeholder", message, hint)
            else:
                names[ref.name] = ref
    audience: tuple[Expr, ...] | None = None
    to = node.get("to")
    if to is not None and not (isinstance(to, Scalar) and to.text == "all"):
        audience = _audience(self, to, scope)
    self.checker.book.news.append(text)
    return (Announce(text, len(self.checker.book.news) - 1, audience, tuple(names.values()), mark=node.mark),)


def _audience(self: EffectChecker, to: Node, scope: Scope) -> tuple[Expr, ...]:
    items = to.items if isinstance(to, Seq) else (to,)
    found: list[Expr] = []
    for item in items:
        if not isinstance(item, Scalar):
            self.error(item.mark, "wrong_type", "`to` is a list of seats.")
            continue
        bound = scope.names.get(item.text) or (scope.me if item.text == "me" else None)
        if bound is not None and bound.type is OWNER:
            found.append(bound)
            continue
        seats = self.layout.seats_named([item], self.checker.report, "who reads this")
        found.extend(Const(seat, type=OWNER, whole=True) for seat in seats)
    return tuple(found)


def _inject(self: EffectChecker, node: Map, scope: Scope, depth: int) -> Sequence[Effect]:
    name = self.scalar(node, "inject")
    card = known_card(self, name.text, name.mark)
    delay = self.expression(self.scalar(node, "in", default="0"), scope, NUMBER)
    given: dict[str, Expr] = {}
    bindings = node.get("with")
    variables = {variable.name: variable for variable in self.card_variables.get(name.text, ())}
    if bindings is not None and not isinstance(bindings, Map):
        self.error(bindings.mark, "wrong_type", "`with` is a map like `{target: hottest}`.")
    for key, value in bindings if isinstance(bindings, Map) else ():
        if key.text not in variables:
            hint = suggest(key.text, variables) or (f"declare it under `bind` of `{name.text}`")
            self.error(key.mark, "unknown_name", f"The card `{name.text}` binds no `{key.text}`.", hint, len(key.text))
        elif isinstance(value, Scalar):
            expr = self.checker.expression(source_of(value), scope, variables[key.text].type)
            if expr is not None:
                given[key.text] = expr
        else:
            self.error(value.mark, "wrong_type", "Here one expression belongs.")
    return (Inject(card, delay, self.bindings(name.text, scope, given), mark=node.mark),)


def known_card(self: EffectChecker, name: str, mark: Mark) -> int:
    """The number of a card."""
    numbers = self.layout.card_numbers
    if name not in numbers:
        self.error(mark, "unknown_name", f"There is no card `{name}`.", suggest(name, numbers), len(name))
        raise Wrong
    self.checker.used.add(f"card {name}")
    return numbers[name]


def _do(self: EffectChecker, node: Map, scope: Scope, depth: int) -> Sequence[Effect]:
    return (self.do(source_of(self.scalar(node, "do")), scope),)


def _pieces(self: EffectChecker, node: Map, scope: Scope, depth: int) -> Sequence[Effect]:
    verb = next(verb for verb in ("move", "place", "remove") if node.get(verb) is not None)
    name = self.scalar(node, verb)
    piece = self.layout.scenario.pieces.get(name.text)
    if piece is None:
        hint = suggest(name.text, self.layout.scenario.pieces)
        self.error(name.mark, "unknown_name", f"There are no pieces `{name.text}`.", hint, len(name.text))
        raise Wrong
    owners = self.layout.piece_owners[name.text]
    alone = self.layout.owners[owners[0]] if len(owners) == 1 else None
    owner = self.expression(self.scalar(node, "of", default=alone), scope, OWNER)
    if not any(member in owners for member in possible(owner)):
        self.error(node.mark, "owner", f"None of those meant by `of` can own `{name.text}`.")
        raise Wrong
    source = goal = None
    if verb == "move":
        source = self.expression(self.scalar(node, "from"), scope, AREA)
        goal = self.expression(self.scalar(node, "to"), scope, AREA)
    elif verb == "place":
        goal = self.expression(self.scalar(node, "in"), scope, AREA)
    else:
        source = self.expression(self.scalar(node, "in"), scope, AREA)
    count = self.expression(self.scalar(node, "count", default="1"), scope, NUMBER)
    pool = self.pool(name.text) if verb == "place" else None
    grid = self.layout.pieces[name.text]
    label = self.layout.slots[next(row[owners[0]] for row in grid)].label if owners else EMPTY
    return (Pieces(name.text, label, grid, owner, source, goal, count, piece.range.hi, pool, mark=node.mark),)


def _transfer(self: EffectChecker, node: Map, scope: Scope, depth: int) -> Sequence[Effect]:
    amount = self.expression(self.scalar(node, "transfer"), scope, NUMBER)
    part = self.scalar(node, "of")
    rows = self.layout.resources.get(part.text)
    if rows is None:
        hint = suggest(part.text, self.layout.resources)
        self.error(part.mark, "unknown_name", f"No seat has `{part.text}`.", hint, len(part.text))
        raise Wrong
    giver = self.expression(self.scalar(node, "from"), scope, OWNER)
    taker = self.expression(self.scalar(node, "to"), scope, OWNER)
    for owner, word in ((giver, "from"), (taker, "to")):
        if not any(rows[member] for member in possible(owner)):
            self.error(node.mark, "unknown_attribute", f"None of those meant by `{word}` has `{part.text}`.")
            raise Wrong
    return (Transfer(part.text, rows, giver, taker, amount, mark=node.mark),)


_MAPPINGS: Mapping[str, Callable[[EffectChecker, Map, Scope, int], Sequence[Effect]]] = {
    "roll": _roll,
    "when": _when,
    "outcomes": _outcomes,
    "each": _each,
    "let": _let,
    "news": _news,
    "inject": _inject,
    "do": _do,
    "move": _pieces,
    "place": _pieces,
    "remove": _pieces,
    "transfer": _transfer,
}
assert set(_MAPPINGS) == set(VERBS)
