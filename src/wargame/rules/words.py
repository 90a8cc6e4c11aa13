"""Expressions in words, for people who play: labels instead of names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import field, frozen

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

    def with_bound(self, bound: Mapping[str, int]) -> Speaker:
        """The same, with what bound names stand for."""
        return Speaker(self.slots, self.owners, self.areas, self.scenario, self.language, bound, self.viewer)

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
                return "you" if expr.local == "me" else f"the {expr.name.replace('_', ' ')}"
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
        if isinstance(whose, Ref) and whose.local == "me" and "me" not in self.bound:
            label = f"your {label}"
            return label if len(place.keys) == 1 else f"{label} in {self.member(place.keys[0])}"
        if len(place.keys) == 2:
            return f"{label} of {self.member(whose)} in {self.member(place.keys[0])}"
        word = "in" if place.keys[0].type is Type.AREA else "of"
        return f"{label} {word} {self.member(place.keys[0])}"

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
                return f"{expr.part.replace('_', ' ')} of {self.member(expr.key)}"
            case Ref():
                return self.member(expr) if expr.type is not Type.NUMBER else expr.name.replace("_", " ")
            case Negate():
                return f"minus {self.say(expr.item)}"
            case Binary():
                return f"{self._term(expr.left)} {_sign(expr.op)} {self._term(expr.right)}"
            case Compare():
                return self._compare(expr, expr.op)
            case Logic():
                return f" {expr.op} ".join(self._clause(item, expr.op) for item in expr.items)
            case Not():
                return self.negated(expr.item)
            case Choose():
                return f"{self.say(expr.yes)} if {self.say(expr.test)}, else {self.say(expr.no)}"
            case Call():
                return f"{expr.name}({', '.join(self.say(arg) for arg in expr.args)})"
            case Fold():
                return self._fold(expr)
            case ValueCall():
                if size(expr.value.body) <= SMALL_VALUE and not expr.args:
                    said = self.say(expr.value.body)
                    return f"({said})" if isinstance(expr.value.body, (Logic, Choose)) else said
                words = expr.value.name.replace("_", " ")
                return f"{words} of {', '.join(self._argument(arg) for arg in expr.args)}" if expr.args else words
            case Start():
                return f"{self.say(expr.item)} at the start"
            case Dice():
                return self._dice(expr)
            case Member():
                return f"{self.member(expr.item)} is {'not ' if expr.negated else ''}one of {expr.words.replace('_', ' ')}"
            case Touch():
                return f"{self.member(expr.one)} borders on {self.member(expr.other)}"
            case Exists():
                return f"there is {self.member(expr.item)}"
            case Party():
                return f"{self.member(expr.seat)} is a party of {self.member(expr.agreement)}"
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
            case ValueCall() if size(expr.value.body) <= SMALL_VALUE and not expr.args:
                said = self.negated(expr.value.body)
                return f"({said})" if isinstance(expr.value.body, Logic) else said
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
            return number(expr.value)
        return self.member(expr)

    def _compare(self, expr: Compare, op: str) -> str:
        if expr.left.type is Type.OPTION:
            return f"{self.cell(expr.left) if isinstance(expr.left, (Read, Cell)) else ''} {SIGNS[op]} “{self._option(expr)}”"
        since = _since(expr.left)
        if since is not None and isinstance(expr.right, Const):
            return f"the turns since {self.slot(since)} are {SIGNS[op].removeprefix('is ')} {number(expr.right.value)}"
        return f"{self._term(expr.left)} {SIGNS[op]} {self._term(expr.right)}"

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
                return f"the number of times of “{self.slot(slot)}”"
            if self.slots[slot].family is Family.GIVEN and isinstance(expr, Read):
                return f"the number of times {self.owner(self.slots[slot].owner)} ordered “{self.slot(slot)}”"
        said = self.say(expr)
        return f"({said})" if isinstance(expr, (Binary, Choose)) else said

    def _clause(self, item: Expr, outer: str) -> str:
        said = self.say(item)
        return f"({said})" if isinstance(item, Logic) and item.op != outer else said

    def _argument(self, expr: Expr) -> str:
        return self.member(expr) if expr.type is not Type.NUMBER else self.say(expr)

    def _fold(self, expr: Fold) -> str:
        words = expr.domain.words.replace("_", " ")
        among = f"among {words}"
        inner = self.with_bound({name: value for name, value in self.bound.items() if name != expr.var.local})
        where = f" where {inner.say(expr.test)}" if expr.test is not None else ""
        match expr.name:
            case "count":
                return f"the number of {words}{where}"
            case "sum":
                return f"the sum of {inner.say(expr.body)} {among}{where}"
            case "any":
                return f"for some {expr.var.name.replace('_', ' ')} {among}{where}, {inner.say(expr.body)}"
            case "all":
                return f"for every {expr.var.name.replace('_', ' ')} {among}{where}, {inner.say(expr.body)}"
            case "max" | "highest":
                return (
                    f"the highest {inner.say(expr.body)} {among}{where}"
                    if expr.name == "max"
                    else self._best(expr, inner, "most")
                )
            case "min":
                return f"the lowest {inner.say(expr.body)} {among}{where}"
            case "lowest":
                return self._best(expr, inner, "least")
        return f"the first {among}{where}"

    def _best(self, expr: Fold, inner: Speaker, most: str) -> str:
        where = f" where {inner.say(expr.test)}" if expr.test is not None else ""
        what = self._part(expr.body.part) if isinstance(expr.body, (Cell, Fixed)) else inner.say(expr.body)
        return f"the {self._one_of(expr.domain)} with the {most} {what}{where}"

    def _part(self, part: str) -> str:
        """What players call a number that many seats or areas have."""
        label = next((slot.label.get(self.language) for slot in self.slots if slot.part == part), "")
        return (label or part.replace("_", " ")).lower()

    def _one_of(self, domain: Domain) -> str:
        """What players call a member of a domain: by the kind of the seats where they are of one."""
        if domain.type is Type.OWNER and domain.members:
            seats = list(self.scenario.seats.values())
            kinds = {seats[member].kind for member in domain.members if member < len(seats)}
            kind = kinds.pop() if len(kinds) == 1 else None
            if kind is not None and len(domain.members) <= len(seats):
                return self.scenario.seat_kinds[kind.text].label.get(self.language).lower() or kind.text
        return "area" if domain.type is Type.AREA else domain.words.replace("_", " ")

    def _dice(self, expr: Dice) -> str:
        if expr.name == "die" and expr.amount is not None:
            return f"1 to {self.say(expr.amount)} at random"
        if expr.name == "chance" and expr.amount is not None:
            return f"a chance of {self.say(expr.amount)} per cent comes up"
        words = expr.domain.words.replace("_", " ") if expr.domain is not None else "them"
        return f"one of {words} at random"


def _flat(rows: object) -> list[int]:
    if isinstance(rows, int):
        return [rows]
    found: list[int] = []
    for row in rows if isinstance(rows, tuple) else ():
        found.extend(_flat(row))
    return found


def _since(expr: Expr) -> int | None:
    """The slot of the card, where an expression is `turns_since(card)`."""
    if isinstance(expr, Choose) and isinstance(expr.no, Binary) and isinstance(expr.no.right, Read):
        return expr.no.right.slot
    return None


def _sign(op: str) -> str:
    return {"+": "+", "-": "−", "*": "×", "/": "÷", "//": "÷ (rounded down)"}[op]


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
