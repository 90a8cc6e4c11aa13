"""Tests that a designer wrote: checked, and compiled to `wargame.rules.trial`.

Names on the board are resolved as everywhere in the rules; what a test does is a map with one verb, like an effect.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeVar

from attrs import frozen

from wargame.rules.builder import Builder, Later, Lookup
from wargame.rules.expression import Scope, Wrong
from wargame.rules.names import Layout
from wargame.rules.program import NOBODY, Family
from wargame.rules.shorthand import places_of
from wargame.rules.syntax import Source, parse, source_of
from wargame.rules.tree import Const, Read, Ref, Type
from wargame.rules.trial import (
    CardDeed,
    Deed,
    EffectsDeed,
    Ends,
    Expectation,
    Fall,
    Falls,
    Holds,
    IsDealt,
    IsRefused,
    IsSaid,
    IsScheduled,
    LeaveDeed,
    OrderDeed,
    PhaseDeed,
    SignDeed,
    StepDeed,
    Term,
    Trial,
    TriggerDeed,
    VoteDeed,
)
from wargame.rules.visit import BEFORE, Visit
from wargame.rules.why import leaves, sides, terms
from wargame.scenario import model as source
from wargame.scenario.model import Pool
from wargame.scenario.node import Map, Node, Scalar, Seq
from wargame.scenario.problem import suggest
from wargame.scenario.reuse import named
from wargame.scenario.scalars import as_bool, as_int, as_span, described, shown, width

T = TypeVar("T")

MOST_DEEDS = 40
STEPS = ("income", "clocks", "agreements", "expiries", "endings")
# Verb -> the other keys that it takes; `note` may stand anywhere.
DEEDS: Mapping[str, tuple[str, ...]] = {
    "order": ("by", "at"),
    "card": ("with", "answers"),
    "trigger": (),
    "sign": (),
    "leave": ("by",),
    "vote": ("ayes", "against", "lobby", "veto"),
    "phase": (),
    "step": (),
    "do": ("by",),
}
EXPECTED = ("refused", "dealt", "scheduled", "ends", "news", "not")
WAS = Ref("was", "was", type=Type.NUMBER)  # the board as it was, as a parameter


def build_trials(builder: Builder) -> list[Later[Trial]]:
    """All tests, in declared order; those with problems are left out."""
    found = []
    for name, model in builder.layout.scenario.tests.items():
        try:
            found.append(_Reader(builder, name, model).trial())
        except Wrong:
            continue
    return found


@frozen
class _Reader:
    builder: Builder
    name: str
    model: source.Trial

    @property
    def layout(self) -> Layout:
        return self.builder.layout

    @property
    def scenario(self) -> source.Scenario:
        return self.builder.layout.scenario

    def wrong(self, node: Node, code: str, message: str, hint: str = "") -> Wrong:
        """Reports a problem; to be raised."""
        self.builder.report.error(node.mark, code, message, hint, width(node))
        return Wrong()

    def each(self, items: Sequence[Node], read: Callable[[Node], T]) -> list[T]:
        """All of several, so that the problems of each are reported."""
        found: list[T] = []
        failed = False
        for item in items:
            try:
                found.append(read(item))
            except Wrong:
                failed = True
        if failed:
            raise Wrong
        return found

    def trial(self) -> Later[Trial]:
        model = self.model
        when = () if model.when is None else model.when.items if isinstance(model.when, Seq) else (model.when,)
        if len(when) > MOST_DEEDS:
            raise self.wrong(when[MOST_DEEDS], "too_big", f"A test can do {MOST_DEEDS} things; this does {len(when)}.")
        parts: list[Callable[[], object]] = [
            lambda: self.given(model.given),
            lambda: self.falls(model.dice),
            lambda: self.each(when, self.deed),
            lambda: self.each(model.then, self.expectation),
        ]
        read: list[object] = []
        for part in parts:
            try:
                read.append(part())
            except Wrong:
                continue
        if not model.then:
            raise self.wrong(Scalar(self.name, model.mark), "missing_key", f"The test `{self.name}` expects nothing.")
        if len(read) < len(parts):
            raise Wrong
        given, falls, deeds, expected = read
        assert isinstance(given, tuple)
        assert isinstance(falls, Falls)
        assert isinstance(deeds, list)
        assert isinstance(expected, list)
        return lambda get: Trial(
            name=self.name,
            mark=model.mark,
            turn=model.turn,
            given=given,
            falls=falls,
            deeds=tuple(deed(get) for deed in deeds),
            expected=tuple(one(get) for one in expected),
        )

    # ------------------------------------------------------------ given

    def given(self, node: Node | None) -> tuple[tuple[int, int], ...]:
        if node is None:
            return ()
        entries = self.map(node, "given", "escalation: 3")
        pairs = self.each([key for key, _ in entries], lambda key: self.setting(key, entries.get(_text(key))))
        return tuple(pair for found in pairs for pair in found)

    def setting(self, key: Node, value: Node | None) -> list[tuple[int, int]]:
        assert isinstance(key, Scalar)
        found = self.slots(key)
        return [(slot, self.value_of(slot, key, value)) for slot in found]

    def slots(self, key: Scalar) -> list[int]:
        """The slots that a name on the board stands for."""
        place = source_of(key)
        tree = parse(place, self.builder.report)
        if tree is None:
            raise Wrong
        visit = Visit(self.builder.checker, place, Scope())
        if isinstance(tree, ast.Attribute) and visit.holder(tree.value).many:
            return [one.slot for one in places_of(visit, tree)[0] if isinstance(one, Read)]
        expr = visit.visit(tree)
        if isinstance(expr, Const) and expr.type is Type.AGREEMENT:
            return [self.layout.agreement_slots[int(expr.value)]]
        if not isinstance(expr, Read):
            hint = "it is a constant" if isinstance(expr, Const) else "name a number, a fact, a choice or pieces"
            raise self.wrong(key, "not_writable", f"{shown(key.text)} is nothing that stands on the board.", hint)
        if expr.slot == self.layout.turn_slot:
            raise self.wrong(key, "not_writable", "The turn is no part of the board.", "write `turn:` beside `given:`")
        return [expr.slot]

    def value_of(self, index: int, key: Scalar, node: Node | None) -> int:
        slot = self.layout.slots[index]
        if slot.family in (Family.CHOICE, Family.AGENDA):
            options = self.layout.options_of(index)
            return options.index(self.name_in(node, options, f"option of {shown(key.text)}", key))
        read = node if isinstance(node, Scalar) else None
        if self.layout.is_truth(index):
            truth = as_bool(read) if read is not None else None
            if truth is None:
                raise self.wrong(node or key, "wrong_type", f"{shown(key.text)} holds or not: write `true` or `false`.")
            return int(truth)
        number = self.whole(node)
        if number is None:
            raise self.wrong(node or key, "wrong_type", f"{shown(key.text)} needs a whole number here.")
        if not slot.lo <= number <= slot.hi:
            message = f"{shown(key.text)} is {number}, outside its range {slot.lo} to {slot.hi}."
            raise self.wrong(node or key, "out_of_range", message)
        return number

    # ------------------------------------------------------------ parts of deeds and expectations

    def whole(self, node: Node | None) -> int | None:
        """The whole number that stands there, or that the parameter named there stands for."""
        if not isinstance(node, Scalar):
            return None
        number = as_int(node)
        return named(self.layout.numbers, node) if number is None else number

    def map(self, node: Node | None, what: str, example: str) -> Map:
        if isinstance(node, Map):
            return node
        found = described(node) if node is not None else "nothing"
        message = f"`{what}` is a map like `{{{example}}}`, not {found}."
        raise self.wrong(node or Scalar("", self.model.mark), "wrong_type", message)

    def verb(self, node: Node, verbs: Collection[str], what: str) -> tuple[Map, str]:
        """The one verb of a map."""
        if not isinstance(node, Map) or not node.entries:
            message = f"Here {what} belongs, not {described(node)}."
            raise self.wrong(node, "wrong_type", message, f"there are: {', '.join(verbs)}")
        found = [key for key, _ in node if key.text in verbs]
        if not found:
            key = node.entries[0][0]
            hint = suggest(key.text, verbs) or f"there are: {', '.join(verbs)}"
            raise self.wrong(key, "unknown_key", f"{shown(key.text)} is not {what}.", hint)
        return node, found[0].text

    def scalar(self, node: Map, key: str) -> Scalar:
        value = node.get(key)
        if isinstance(value, Scalar):
            return value
        if value is None:
            raise self.wrong(node, "missing_key", f"`{key}` is missing here.")
        raise self.wrong(value, "wrong_type", f"`{key}` takes one name, not {described(value)}.")

    def name_in(self, node: Node | None, known: Collection[str], what: str, place: Node) -> str:
        """A name that has to be among the known."""
        if isinstance(node, Scalar) and node.text in known:
            return node.text
        if not isinstance(node, Scalar):
            raise self.wrong(node or place, "wrong_type", f"Here the name of one {what} belongs.")
        hint = suggest(node.text, known) or (f"there are: {', '.join(known)}" if known and len(known) <= 20 else "")
        raise self.wrong(node, "unknown_name", f"There is no {what} {shown(node.text)}.", hint)

    def number(self, node: Map, key: str, known: Collection[str], what: str) -> int:
        """The number of an entry that a key names."""
        return list(known).index(self.name_in(node.get(key), known, what, node))

    def seat(self, node: Node | None, place: Node) -> int:
        if not isinstance(node, Scalar):
            raise self.wrong(node or place, "wrong_type", "Here the name of one seat belongs.", "`by: SEAT` says who does it")
        before = len(self.builder.report.problems)
        seats = self.layout.seats_named([node], self.builder.report, "who does it")
        if len(seats) == 1:
            return seats[0]
        if len(self.builder.report.problems) == before:
            names = ", ".join(f"`{self.layout.owners[seat]}`" for seat in seats)
            raise self.wrong(node, "several", f"`{node.text}` is several seats at once: {names}.", "name one of them")
        raise Wrong

    def member(self, node: Node, type_: Type) -> int:
        """The seat, area or agreement that a name stands for."""
        if not isinstance(node, Scalar):
            raise self.wrong(node, "wrong_type", f"Here {type_.value} belongs, not {described(node)}.")
        expr = self.builder.checker.expression(source_of(node), Scope(), type_)
        if not isinstance(expr, Const):
            if expr is not None:
                self.wrong(node, "wrong_type", f"{shown(node.text)} depends on the board; here a name belongs.")
            raise Wrong
        return int(expr.value)

    def keyed(self, node: Map, key: str, example: str) -> list[tuple[Scalar, Node]]:
        value = node.get(key)
        return [] if value is None else list(self.map(value, key, example))

    # ------------------------------------------------------------ when

    def deed(self, node: Node) -> Later[Deed]:
        found, verb = self.verb(node, DEEDS, "something that a test can do")
        for key, _ in found:
            if key.text != verb and key.text not in DEEDS[verb]:
                hint = suggest(key.text, DEEDS[verb]) or (f"it takes: {', '.join(DEEDS[verb])}" if DEEDS[verb] else "")
                raise self.wrong(key, "unknown_key", f"`{verb}` takes no {shown(key.text)} in a test.", hint)
        return _DEEDS[verb](self, found, found.get(verb) or found)

    def order(self, node: Map, value: Node) -> Later[Deed]:
        action = self.number(node, "order", self.scenario.actions, "action")
        name = list(self.scenario.actions)[action]
        at = node.get("at")
        aimed = () if at is None else at.items if isinstance(at, Seq) else (at,)
        types = self.builder.aimed.get(name, ())
        if len(aimed) != len(types):
            wanted = ", ".join(self.scenario.actions[name].targets) or "no target"
            raise self.wrong(at or value, "arguments", f"`{name}` is aimed at {wanted}; here stand {len(aimed)} names.")
        targets = tuple(self.member(one, type_) for one, type_ in zip(aimed, types, strict=True))
        seat = self.seat(node.get("by"), value)
        return _made(OrderDeed(mark=value.mark, width=width(value), seat=seat, action=action, targets=targets))

    def card(self, node: Map, value: Node) -> Later[Deed]:
        card = self.number(node, "card", self.scenario.injects, "card")
        name = list(self.scenario.injects)[card]
        variables = self.builder.effects.card_variables.get(name, ())
        names = [variable.name for variable in variables]
        bound: dict[str, int] = {}
        for key, member in self.keyed(node, "with", "target: SEAT"):
            place = names.index(self.name_in(key, names, f"bound name of the card `{name}`", node))
            bound[key.text] = self.member(member, variables[place].type)
        answers = []
        for key, option in self.keyed(node, "answers", "SEAT: OPTION"):
            seat = self.seat(key, node)
            open_ = [each.id for choice in self.scenario.injects[name].choices.values() for each in choice.options]
            answers.append((seat, self.name_in(option, dict.fromkeys(open_), "option", key)))
        deed = CardDeed(
            mark=value.mark,
            width=width(value),
            card=card,
            bindings=tuple(bound.get(variable.name) for variable in variables),
            answers=tuple(answers),
        )
        return _made(deed)

    def trigger(self, node: Map, value: Node) -> Later[Deed]:
        card = self.number(node, "trigger", self.scenario.injects, "card")
        pool = list(self.scenario.injects.values())[card].pool
        if pool not in (Pool.TRIGGER, Pool.RANDOM):
            message = f"A card of the pool `{pool.value}` has no trigger to ask."
            raise self.wrong(value, "wrong_type", message, "deal it: `card: NAME`")
        return _made(TriggerDeed(mark=value.mark, width=width(value), card=card))

    def sign(self, node: Map, value: Node) -> Later[Deed]:
        agreement = self.number(node, "sign", self.scenario.agreements, "agreement")
        return _made(SignDeed(mark=value.mark, width=width(value), agreement=agreement))

    def leave(self, node: Map, value: Node) -> Later[Deed]:
        agreement = self.number(node, "leave", self.scenario.agreements, "agreement")
        seat = self.seat(node.get("by"), value)
        return _made(LeaveDeed(mark=value.mark, width=width(value), agreement=agreement, seat=seat))

    def vote(self, node: Map, value: Node) -> Later[Deed]:
        motion = self.number(node, "vote", self.scenario.motions, "motion")
        entry = list(self.scenario.motions.values())[motion]
        blocs = self.scenario.bodies[entry.body.text].blocs if entry.body.text in self.scenario.bodies else {}
        ayes = {}
        for key, count in self.keyed(node, "ayes", "BLOC: 2"):
            bloc = self.name_in(key, blocs, "bloc", node)
            if blocs[bloc].seat is not None:
                raise self.wrong(key, "bad_value", f"The bloc `{bloc}` votes as its seat says.", "`against: [SEAT]` votes no")
            ayes[bloc] = self.count(count, 0, blocs[bloc].votes)
        lobby = [
            (self.seat(key, node), self.count(points, -1000, 1000)) for key, points in self.keyed(node, "lobby", "SEAT: 2")
        ]
        against = node.get("against")
        nays = () if against is None else against.items if isinstance(against, Seq) else (against,)
        veto = node.get("veto")
        said = as_bool(veto) if isinstance(veto, Scalar) else None
        if veto is not None and said is None:
            raise self.wrong(veto, "wrong_type", f"`veto` is `true` or `false`, not {described(veto)}.")
        deed = VoteDeed(
            mark=value.mark,
            width=width(value),
            motion=motion,
            ayes=ayes,
            against=tuple(self.seat(one, node) for one in nays),
            lobby=tuple(lobby),
            veto=said is not False,
        )
        return _made(deed)

    def count(self, node: Node, lo: int, hi: int) -> int:
        number = self.whole(node)
        if number is None or not lo <= number <= hi:
            raise self.wrong(node, "out_of_range", f"Here a whole number from {lo} to {hi} belongs, not {described(node)}.")
        return number

    def phase(self, node: Map, value: Node) -> Later[Deed]:
        phase = self.number(node, "phase", [phase.id for phase in self.scenario.phases], "phase")
        return _made(PhaseDeed(mark=value.mark, width=width(value), phase=phase))

    def step(self, node: Map, value: Node) -> Later[Deed]:
        return _made(StepDeed(mark=value.mark, width=width(value), name=self.name_in(value, STEPS, "step", node)))

    def do(self, node: Map, value: Node) -> Later[Deed]:
        by = node.get("by")
        seat = NOBODY if by is None else self.seat(by, value)
        me = None if by is None else self.builder.checker.me((seat,))
        effects = value if isinstance(value, Seq) else Seq((value,), value.mark)
        before = len(self.builder.report.problems)
        run, _, _ = self.builder.block(effects, Scope({}, me, True, f"tests.{self.name}"))
        if len(self.builder.report.problems) > before:
            raise Wrong
        return lambda get: EffectsDeed(mark=value.mark, width=width(value), run=get(run), seat=seat)

    # ------------------------------------------------------------ dice

    def falls(self, node: Node | None) -> Falls:
        if node is None:
            return Falls(mark=self.model.mark)
        if not isinstance(node, Map):
            items = node.items if isinstance(node, Seq) else (node,)
            return Falls(mark=node.mark, listed=tuple(self.each(items, self.fall)))
        labelled: dict[str, tuple[Fall, ...]] = {}
        others = None
        for key, value in node:
            if key.text == "others":
                others = self.count(value, 1, 1_000_000)
            else:
                labelled[key.text] = tuple(self.each(value.items if isinstance(value, Seq) else (value,), self.fall))
        return Falls(mark=node.mark, labelled=labelled, others=others)

    def fall(self, node: Node) -> Fall:
        number = self.whole(node)
        if number is not None:
            return number
        if not isinstance(node, Scalar):
            hint = "who or what is picked at random is told by its name"
            raise self.wrong(node, "wrong_type", f"A roll is a whole number, not {described(node)}.", hint)
        return self.name_in(node, [*self.layout.owners, *self.layout.areas], "seat, faction or area", node)

    # ------------------------------------------------------------ then

    def expectation(self, node: Node, negated: bool = False) -> Later[Expectation]:
        if isinstance(node, Scalar):
            return self.holds(node, negated)
        found, verb = self.verb(node, EXPECTED, "something that a test can expect")
        for key, _ in found:
            if key.text != verb:
                raise self.wrong(key, "unknown_key", f"`{verb}` takes no {shown(key.text)} in a test.", "make two lines of it")
        value = found.get(verb) or found
        if verb == "not":
            return self.expectation(value, not negated)
        if not isinstance(value, Scalar):
            raise self.wrong(value, "wrong_type", f"`{verb}` takes one text, not {described(value)}.")
        return _made(self.told(verb, found, value, negated))

    def told(self, verb: str, node: Map, value: Scalar, negated: bool) -> Expectation:
        mark, wide = value.mark, width(value)
        if verb == "refused":
            words = "" if as_bool(value) else value.text
            return IsRefused(mark=mark, width=wide, negated=negated, words=words)
        if verb == "news":
            return IsSaid(mark=mark, width=wide, negated=negated, words=value.text)
        if verb == "ends":
            ending = self.number(node, "ends", self.scenario.endings, "ending")
            return Ends(mark=mark, width=wide, negated=negated, ending=ending)
        name, _, rest = value.text.partition(" in ")
        cards = self.scenario.injects
        card = list(cards).index(self.name_in(Scalar(name.strip(), mark), cards, "card", value))
        if verb == "dealt":
            return IsDealt(mark=mark, width=wide, negated=negated, card=card)
        delay = as_span(Scalar(rest.strip())) if rest else None
        if rest and delay is None:
            raise self.wrong(value, "wrong_type", f"{shown(rest)} is no number of turns.", "write `CARD` or `CARD in 2`")
        return IsScheduled(mark=mark, width=wide, negated=negated, card=card, delay=None if delay is None else delay[0])

    def holds(self, node: Scalar, negated: bool) -> Later[Expectation]:
        place = source_of(node)
        before = Scope({BEFORE: WAS})
        test = self.builder.checker.expression(place, before, Type.TRUTH)
        tree = parse(place, self.builder.report)
        if test is None or tree is None:
            raise Wrong
        name = self.builder.function(test, (WAS,))
        terms = self.terms(tree, place, before)

        def make(get: Lookup) -> Expectation:
            told = tuple(term(get) for term in terms)
            words = " ".join(node.text.split())
            return Holds(mark=node.mark, width=width(node), negated=negated, words=words, test=get(name), terms=told)

        return make

    def terms(self, tree: ast.expr, place: Source, scope: Scope) -> list[Later[Term]]:
        """The parts of a condition that are worth telling."""
        nodes = [side for leaf in leaves(tree) for side in sides(leaf)]
        return terms(self.builder, nodes, Visit(self.builder.checker, place, scope), (WAS,))


_DEEDS: Mapping[str, Callable[[_Reader, Map, Node], Later[Deed]]] = {
    "order": _Reader.order,
    "card": _Reader.card,
    "trigger": _Reader.trigger,
    "sign": _Reader.sign,
    "leave": _Reader.leave,
    "vote": _Reader.vote,
    "phase": _Reader.phase,
    "step": _Reader.step,
    "do": _Reader.do,
}
assert set(_DEEDS) == set(DEEDS)


def _made(thing: T) -> Later[T]:
    """What needs no function, as what is made once the functions are there."""
    return lambda get: thing


def _text(node: Node) -> str:
    return node.text if isinstance(node, Scalar) else ""
