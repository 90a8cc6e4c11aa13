"""Expressions in words, for people who play: labels instead of names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeGuard

from attrs import evolve, field, frozen

from wargame.rules.names import Layout
from wargame.rules.program import NOBODY, VOID, Family, Program, Slot
from wargame.rules.reach import size
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
    ValueCall,
)
from wargame.scenario import model as source
from wargame.scenario.text import Text

SIGNS = {"==": "is", "!=": "is not", "<": "is below", "<=": "is at most", ">": "is above", ">=": "is at least"}
OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
STRENGTH = {"+": 1, "-": 1, "*": 2, "/": 2, "//": 2}
ROUNDED = {"ceil": "up", "floor": "down", "round": "to the nearest"}
SMALL_VALUE = 9  # named values up to this size are said in full


@frozen
class Speaker:
    """Names of everything, in a language. `bound`: what bound names stand for; -1 is nobody."""

    slots: Sequence[Slot]
    owners: Sequence[Text]
    areas: Sequence[Text]
    scenario: source.Scenario
    language: str | None = None
    bound: Mapping[str, int] = field(factory=dict)
    viewer: int = NOBODY  # the seat that is spoken to
    called: Mapping[str, str] = field(factory=dict)  # what bound names are called: `every cartel`, `it`

    def with_bound(self, bound: Mapping[str, int]) -> Speaker:
        """The same, with what bound names stand for."""
        return evolve(self, bound=bound)

    def calling(self, ref: Ref, phrase: str) -> Speaker:
        """The same, with what a bound name is called, whatever it stands for."""
        bound = {name: value for name, value in self.bound.items() if name != ref.local}
        return evolve(self, bound=bound, called={**self.called, ref.local: phrase})

    # ------------------------------------------------------------ names

    def slot(self, index: int) -> str:
        """`Escalation ladder`, `Cash of Los Chapitos`, `Presence of CJNG in Sonora`."""
        slot = self.slots[index]
        label = slot.label.get(self.language)
        if slot.family is Family.AGENDA:
            return f"the agenda of {self.owner(slot.owner)}"
        if slot.family is Family.PLAYED:
            return f"{self.owner(slot.owner)} is in play"
        if slot.owner != NOBODY and slot.family in (Family.RESOURCE, Family.PIECE):
            label += f" of {self.owner(slot.owner)}"
        if slot.area != NOBODY:
            label += f" in {self.area(slot.area)}"
        return label

    def owner(self, number: int) -> str:
        """The name of a seat or faction."""
        return self.owners[number].get(self.language) if number != NOBODY else "nobody"

    def area(self, number: int) -> str:
        """The name of an area."""
        return self.areas[number].get(self.language) if number != NOBODY else "nowhere"

    def agreement(self, number: int) -> str:
        """The label of an agreement."""
        return list(self.scenario.agreements.values())[number].label.get(self.language)

    def member(self, expr: Expr) -> str:
        """A seat, area or agreement."""
        if isinstance(expr, Ref):
            known = self.bound.get(expr.local)
            if known is None:
                return self.called.get(expr.local) or ("you" if expr.local == "me" else f"the {expr.name.replace('_', ' ')}")
            return self.number_of(expr.type, known)
        if isinstance(expr, Const):
            return self.number_of(expr.type, int(expr.value))
        return self.say(expr)

    def number_of(self, type_: Type, number: int) -> str:
        """The name of a member of a type."""
        if type_ is Type.AREA:
            return self.area(number)
        return self.agreement(number) if type_ is Type.AGREEMENT else self.owner(number)

    def cell(self, place: Read | Cell) -> str:
        """The number that is read or written."""
        if isinstance(place, Read):
            return self.slot(place.slot)
        known = [self._known(key) for key in place.keys]
        rows: object = place.rows
        for number in known:
            rows = rows[number] if isinstance(rows, tuple) and number is not None else rows
        if isinstance(rows, int):
            return self.slot(rows) if rows != VOID else "nothing"
        any_slot = next((slot for slot in _flat(place.rows) if slot), VOID)
        if place.part == "given":
            return f"how often {self.slots[any_slot].label.get(self.language)} was ordered"
        label = (
            self.slots[any_slot].label.get(self.language) if self.slots[any_slot].family is not Family.AGENDA else "the agenda"
        )
        whose = place.keys[-1]
        if len(place.keys) == 2:
            return f"{self.owned(label, whose)} in {self.member(place.keys[0])}"
        return f"{label} in {self.member(whose)}" if whose.type is Type.AREA else self.owned(label, whose)

    def owned(self, label: str, whose: Expr) -> str:
        """`Cash of Chapitos`, `your Cash`."""
        who = self.member(whose)
        return f"your {label}" if who == "you" else f"{label} of {who}"

    def _known(self, expr: Expr) -> int | None:
        if isinstance(expr, Const):
            return int(expr.value)
        return self.bound.get(expr.local) if isinstance(expr, Ref) else None

    # ------------------------------------------------------------ expressions

    def say(self, expr: Expr) -> str:
        """The expression as a phrase; conditions as a clause that can follow `if`."""
        match expr:
            case Const():
                return self._const(expr)
            case Read() | Cell():
                return self._truth(expr, True) if expr.type is Type.TRUTH else self.cell(expr)
            case Fixed():
                return f"{self._part(expr.part)} of {self.member(expr.key)}"
            case Ref():
                return self.member(expr) if expr.type is not Type.NUMBER else expr.name.replace("_", " ")
            case Negate():
                return f"minus {self.say(expr.item)}"
            case Binary():
                return self._binary(expr)
            case Compare():
                return self._compare(expr, expr.op)
            case Logic():
                return f" {expr.op} ".join(self._clause(item, expr.op) for item in expr.items)
            case Not():
                return self.negated(expr.item)
            case Choose():
                return f"{self.say(expr.yes)} if {self.say(expr.test)}, else {self.say(expr.no)}"
            case Call():
                return self._call(expr)
            case Fold():
                return self._fold(expr)
            case ValueCall():
                small = small_body(expr)
                return self.say(small) if small is not None else self._value(expr, True)
            case Start():
                return f"{self.say(expr.item)} at the start"
            case Dice():
                return self._dice(expr)
            case Member():
                who = self.member(expr.item)
                return f"{who} {_verb(who)} {'not ' if expr.negated else ''}one of {expr.words.replace('_', ' ')}"
            case Touch():
                return f"{self.member(expr.one)} borders on {self.member(expr.other)}"
            case Exists():
                return f"there is {self.member(expr.item)}"
            case Party():
                who = self.member(expr.seat)
                return f"{who} {_verb(who)} a party of {self.member(expr.agreement)}"
        return "something"

    def negated(self, expr: Expr) -> str:
        """The opposite of a condition, as a clause."""
        match expr:
            case Compare():
                return self._compare(expr, OPPOSITE[expr.op])
            case Not():
                return self.say(expr.item)
            case Read() | Cell():
                return self._truth(expr, False)
            case Logic():
                word = "or" if expr.op == "and" else "and"
                return f" {word} ".join(
                    f"({self.negated(item)})" if isinstance(item, Logic) else self.negated(item) for item in expr.items
                )
            case ValueCall():
                small = small_body(expr)
                return self.negated(small) if small is not None else self._value(expr, False)
            case Touch():
                return f"{self.member(expr.one)} does not border on {self.member(expr.other)}"
            case Exists():
                return f"there is no {self.member(expr.item)}"
            case _:
                return f"not ({self.say(expr)})"

    def _truth(self, expr: Read | Cell, holds: bool) -> str:
        slot = expr.slot if isinstance(expr, Read) else next((slot for slot in _flat(expr.rows) if slot), VOID)
        family = self.slots[slot].family
        no = "" if holds else "not "
        if family is Family.AGREEMENT:
            words = self.cell(expr) if isinstance(expr, Read) else self.member(expr.keys[0])
            return f"{words} is {no}in force"
        if family is Family.PLAYED:
            words = self.owner(self.slots[slot].owner) if isinstance(expr, Read) else self.member(expr.keys[0])
            return f"{words} is {no}in play"
        return f"“{self.cell(expr)}” holds" if holds else f"“{self.cell(expr)}” does not hold"

    def _const(self, expr: Const) -> str:
        if expr.type is Type.TRUTH:
            return "always" if expr.value else "never"
        if expr.type is Type.NUMBER:
            return number(expr.value).replace("-", "−")
        return self.member(expr)

    def _compare(self, expr: Compare, op: str) -> str:
        if expr.left.type is Type.OPTION:
            return f"{self.cell(expr.left) if isinstance(expr.left, (Read, Cell)) else ''} {SIGNS[op]} “{self._option(expr)}”"
        happened = self._happened(expr, op)
        if happened:
            return happened
        since = _since(expr.left)
        if since is not None and isinstance(expr.right, Const):
            return f"the turns since {self.slot(since)} are {SIGNS[op].removeprefix('is ')} {number(expr.right.value)}"
        left = self._plain(expr.left)
        verb = "are" if left == "you" or (isinstance(expr.left, (Read, Cell)) and self._plural(expr.left)) else "is"
        return f"{left} {verb}{SIGNS[op].removeprefix('is')} {self._plain(expr.right)}"

    def _happened(self, expr: Compare, op: str) -> str:
        """`fired(card) >= 1` and its like: that something has or has not happened."""
        if not isinstance(expr.left, Read) or not isinstance(expr.right, Const):
            return ""
        slot = self.slots[expr.left.slot]
        yes = (op, expr.right.value) in ((">", 0), (">=", 1), ("!=", 0))
        no = (op, expr.right.value) in (("<=", 0), ("<", 1), ("==", 0))
        if not yes and not no:
            return ""
        has = "has" if yes else "has not"
        if slot.family is Family.FIRED:
            return f"“{self.slot(slot.index)}” {has} been dealt"
        if slot.family is Family.GIVEN:
            return f"{self.owner(slot.owner)} {has} ordered “{self.slot(slot.index)}”"
        return ""

    def _plural(self, place: Read | Cell) -> bool:
        """Whether a label reads as more than one by its last word: `Splinter groups`, but not `Pact with the Clubs`."""
        slot = place.slot if isinstance(place, Read) else next((one for one in _flat(place.rows) if one), VOID)
        label = self.slots[slot].label.get(self.language)
        english = self.language is None or self.language.startswith("en")
        last = label.rpartition(" ")[2]
        return english and last.islower() and last.endswith("s") and not last.endswith(("ss", "us", "is"))

    def _option(self, expr: Compare) -> str:
        if not isinstance(expr.right, Const) or not isinstance(expr.left, Read):
            return "that"
        slot = self.slots[expr.left.slot]
        index = int(expr.right.value)
        if slot.family is Family.CHOICE:
            return list(self.scenario.choices[slot.part].options.values())[index].label.get(self.language)
        return "that"

    def _term(self, expr: Expr) -> str:
        if isinstance(expr, (Read, Cell)):
            slot = expr.slot if isinstance(expr, Read) else next((one for one in _flat(expr.rows) if one), VOID)
            if self.slots[slot].family is Family.FIRED:
                return f"the number of times “{self.slot(slot)}” was dealt"
            if self.slots[slot].family is Family.GIVEN and isinstance(expr, Read):
                return f"the number of times {self.owner(self.slots[slot].owner)} ordered “{self.slot(slot)}”"
        said = self.say(expr)
        return f"({said})" if _loose(expr) else said

    def _binary(self, expr: Binary) -> str:
        leaves = _summands(expr)
        if any(isinstance(leaf, Read) and self.slots[leaf.slot].family is Family.PLAYED for leaf in leaves):
            others = [leaf for leaf in leaves if not (isinstance(leaf, Read) and self.slots[leaf.slot].family is Family.PLAYED)]
            if all(isinstance(leaf, Const) for leaf in others):
                return "the number of seats in play"
        if expr.op == "-" and isinstance(expr.left, Const) and not expr.left.value:
            return f"minus {self._term(expr.right)}"
        left, right = self._side(expr.left, expr.op), self._side(expr.right, expr.op, right=True)
        return f"{left} {_sign(expr.op)} {right}" + (", rounded down" if expr.op == "//" else "")

    def _side(self, expr: Expr, op: str, *, right: bool = False) -> str:
        """An operand, in parentheses where it would be misread without."""
        if isinstance(expr, Binary) and expr.op != "//":
            inner, outer = STRENGTH[expr.op], STRENGTH[op]
            if inner > outer or (inner == outer and not (right and op in "-/")):
                return self.say(expr)
        return self._term(expr)

    def _call(self, expr: Call) -> str:
        args = [self._term(arg) for arg in expr.args] if expr.name == "scale" else [self._plain(arg) for arg in expr.args]
        match expr.name, args:
            case "scale", (x, worst, best):
                return f"progress of {x} from {worst} to {best}"
            case "clamp", (x, lo, hi):
                return f"{x}, kept between {lo} and {hi}"
            case "abs", (x,):
                return f"{x} without its sign"
            case (("round" | "floor" | "ceil"), (x,)):
                return f"{x}, rounded {ROUNDED[expr.name]}"
            case (("min" | "max"), (one, other)) if _is_number(one) or _is_number(other):
                x, bound = (other, one) if _is_number(one) else (one, other)
                return f"{x}, {'at most' if expr.name == 'min' else 'at least'} {bound}"
            case (("min" | "max"), _):
                return f"the {'smallest' if expr.name == 'min' else 'largest'} of {and_list(args)}"
        return f"{expr.name} of {and_list(args)}"

    def _plain(self, expr: Expr) -> str:
        """An operand where arithmetic cannot be misread: beside words."""
        return self.say(expr) if isinstance(expr, Binary) else self._term(expr)

    def _value(self, expr: ValueCall, holds: bool) -> str:
        """A named value by its name, with what it is asked about."""
        words = expr.value.name.replace("_", " ")
        about = and_list([self._argument(arg) for arg in expr.args]) if expr.args else ""
        if expr.type is Type.TRUTH:
            verb = "holds" if holds else "does not hold"
            return f"“{words}” {verb} for {about}" if about else f"“{words}” {verb}"
        if about == "you":
            return f"your {words}"
        return f"{words} of {about}" if about else words

    def _clause(self, item: Expr, outer: str) -> str:
        said = self.say(item)
        inner = small_body(item) if isinstance(item, ValueCall) else item
        return f"({said})" if isinstance(inner, Logic) and inner.op != outer else said

    def _argument(self, expr: Expr) -> str:
        return self.member(expr) if expr.type is not Type.NUMBER else self.say(expr)

    def _fold(self, expr: Fold) -> str:
        one, many = self.one_of(expr.domain), self._many_of(expr.domain)
        inner = self.calling(expr.var, self._pronoun(expr.var))
        where = f" where {inner.say(expr.test)}" if expr.test is not None else ""
        if expr.test is None and isinstance(expr.body, (Cell, Fixed)):
            every = self.calling(expr.var, f"every {one}").say(expr.body)
            if expr.name == "sum":
                return f"the sum of {every}"
            if expr.name in ("max", "min"):
                any_one = self.calling(expr.var, f"any {one}").say(expr.body)
                return f"the {'highest' if expr.name == 'max' else 'lowest'} {any_one}"
        match expr.name:
            case "count":
                return f"the number of {many}{where}"
            case "sum":
                return f"the sum, over every {one}{where}, of {inner._term(expr.body)}"
            case "any":
                return f"for some {one}{where}, {inner.say(expr.body)}"
            case "all":
                return f"for every {one}{where}, {inner.say(expr.body)}"
            case "max" | "min":
                most = "highest" if expr.name == "max" else "lowest"
                return f"the {most}, over every {one}{where}, of {inner._term(expr.body)}"
            case "highest" | "lowest":
                return self._best(expr, inner, "most" if expr.name == "highest" else "least")
        return f"the first {one}{where}"

    def _pronoun(self, ref: Ref) -> str:
        """`it` in the outermost loop, the bound name inside another."""
        return f"the {ref.name.replace('_', ' ')}" if "it" in self.called.values() else "it"

    def _best(self, expr: Fold, inner: Speaker, most: str) -> str:
        where = f" where {inner.say(expr.test)}" if expr.test is not None else ""
        what = self._part(expr.body.part) if _own(expr.body, expr.var) else inner.say(expr.body)
        return f"the {self.one_of(expr.domain)} with the {most} {what}{where}"

    def _part(self, part: str) -> str:
        """What players call a number that many seats or areas have."""
        label = next((slot.label.get(self.language) for slot in self.slots if slot.part == part), "")
        if not label and part in self.scenario.area_values:
            label = self.scenario.area_values[part].label.get(self.language)
        return (label or part.replace("_", " ")).lower()

    def one_of(self, domain: Domain) -> str:
        """What players call a member of a domain: by the kind of the seats where they are of one."""
        if domain.near is not None:
            return f"area next to {self.member(domain.near)}"
        if domain.type is Type.OWNER and domain.members:
            seats = list(self.scenario.seats.values())
            kinds = {seats[member].kind if member < len(seats) else None for member in domain.members}
            names = {kind.text for kind in kinds if kind is not None}
            if None not in kinds and len(names) == 1:
                name = names.pop()
                return self.scenario.seat_kinds[name].label.get(self.language).lower() or name
            owners = re.fullmatch(r"owners\((\w+)\)", domain.words)
            if owners is not None:
                return f"owner of {self._part(owners.group(1))}"
            if domain.words == "seats":
                return "seat"
        if domain.type is Type.AGREEMENT:
            return "agreement"
        near = re.fullmatch(r"neighbours\((\w+)\)", domain.words)
        if near is not None and near.group(1) in self.scenario.areas:
            return f"area next to {self.scenario.areas[near.group(1)].label.get(self.language)}"
        return "area" if domain.type is Type.AREA else domain.words.replace("_", " ")

    def _many_of(self, domain: Domain) -> str:
        first, _, rest = self.one_of(domain).partition(" ")
        many = first if first.endswith("s") else f"{first}s"
        return f"{many} {rest}" if rest else many

    def _dice(self, expr: Dice) -> str:
        if expr.name == "die" and expr.amount is not None:
            return f"1 to {self.say(expr.amount)} at random"
        if expr.name == "chance" and expr.amount is not None:
            return f"a chance of {self.say(expr.amount)} per cent comes up"
        if expr.domain is None or expr.var is None:
            return "one of them at random"
        inner = self.calling(expr.var, self._pronoun(expr.var))
        where = f" where {inner.say(expr.test)}" if expr.test is not None else ""
        weight = f", weighted by {inner.say(expr.weight)}" if expr.weight is not None else ""
        return f"one {self.one_of(expr.domain)} at random{where}{weight}"


def _flat(rows: object) -> list[int]:
    if isinstance(rows, int):
        return [rows]
    found: list[int] = []
    for row in rows if isinstance(rows, tuple) else ():
        found.extend(_flat(row))
    return found


def small_body(expr: ValueCall) -> Expr | None:
    """What a named value stands for, where it is short enough to be said instead of its name."""
    return expr.value.body if size(expr.value.body) <= SMALL_VALUE and not expr.args else None


def _loose(expr: Expr) -> bool:
    """Whether a phrase would run into what stands beside it."""
    if isinstance(expr, ValueCall):
        small = small_body(expr)
        return small is not None and _loose(small)
    if isinstance(expr, Fold):
        return expr.test is not None or (expr.name in ("sum", "max", "min") and not isinstance(expr.body, (Cell, Fixed)))
    return isinstance(expr, (Binary, Choose)) or (isinstance(expr, Call) and expr.name != "scale")


def _own(expr: Expr, var: Ref) -> TypeGuard[Cell | Fixed]:
    """Whether a number is one that the loop's member has itself: `org.heat` for `org`."""
    if isinstance(expr, Fixed):
        return isinstance(expr.key, Ref) and expr.key.local == var.local
    return isinstance(expr, Cell) and len(expr.keys) == 1 and isinstance(expr.keys[0], Ref) and expr.keys[0].local == var.local


def _summands(expr: Expr) -> list[Expr]:
    return [*_summands(expr.left), *_summands(expr.right)] if isinstance(expr, Binary) and expr.op == "+" else [expr]


def _is_number(said: str) -> bool:
    return said.replace("−", "").replace(".", "").isdigit()


def and_list(parts: Sequence[str]) -> str:
    """`a, b and c`."""
    return ", ".join(parts[:-1]) + " and " + parts[-1] if len(parts) > 1 else "".join(parts)


def _verb(who: str) -> str:
    return "are" if who == "you" else "is"


def _since(expr: Expr) -> int | None:
    """The slot of the card, where an expression is `turns_since(card)`."""
    if isinstance(expr, Choose) and isinstance(expr.no, Binary) and isinstance(expr.no.right, Read):
        return expr.no.right.slot
    return None


def _sign(op: str) -> str:
    return {"+": "+", "-": "−", "*": "×", "/": "÷", "//": "÷"}[op]


def number(value: float) -> str:
    """A number without a needless decimal point."""
    return str(int(value)) if value == int(value) else f"{value:g}"


def speaker_of(program: Program, language: str | None = None, bound: Mapping[str, int] | None = None) -> Speaker:
    """The names of a program."""
    areas = [
        program.scenario.areas[name].label if name in program.scenario.areas else Text({"en": name}) for name in program.areas
    ]
    return Speaker(program.slots, program.owner_labels, areas, program.scenario, language, bound or {})


def words(program: Program, expression: Expr, language: str | None = None) -> str:
    """A condition or a number in words."""
    return speaker_of(program, language).say(expression)


def needs(layout: Layout, test: Expr) -> Text:
    """What to tell a seat that a condition holds back, where its designer says nothing."""
    said = Speaker(layout.slots, layout.owner_labels, layout.area_labels, layout.scenario).say(test)
    return Text({layout.scenario.languages[0]: f"Only if {said}."})
