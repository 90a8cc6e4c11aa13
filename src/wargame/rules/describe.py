"""What effects would do, in words, as far as a viewer can know; and between what bounds numbers lie for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple, TypeAlias

from attrs import define, evolve, field

from wargame.rules.execution import LEAST_CHANCE, MOST_CHANCE, round_half_away
from wargame.rules.intervals import NO, YES, Interval, Ranges, inside, interval, members_of, spread_of
from wargame.rules.program import NOBODY, VOID, Code, Family, Program
from wargame.rules.reach import cells, possible
from wargame.rules.tree import (
    Announce,
    Block,
    CallVote,
    Cell,
    Dice,
    Do,
    Each,
    Effect,
    EndAgreement,
    EndGame,
    Expr,
    Fold,
    Inject,
    Let,
    OpenChoice,
    Outcomes,
    Pieces,
    Read,
    Ref,
    RollFor,
    Transfer,
    Type,
    ValueCall,
    When,
    Write,
)
from wargame.rules.words import Speaker, and_list, number, speaker_of, words

Line: TypeAlias = tuple[int, str, str]  # indent, tone (change, roll, why, note), text
Known: TypeAlias = Callable[[int], tuple[int, int]]
__all__ = ["PartBounds", "describe", "number_bounds", "odds", "score_bounds", "words"]
MEMBERS = (Type.OWNER, Type.AREA, Type.AGREEMENT)
MOST_LINES = 80
MOST_NESTED = 12
MOST_APART = 6  # members of a loop that are told one by one
FAR = 10**8


class PartBounds(NamedTuple):
    """Between what bounds a component of a score lies for its seat."""

    label: str
    lo: float
    hi: float
    most: int | None
    words: str


def describe(
    program: Program, code: Code, known: Known, me: int, refs: tuple[int | None, ...], language: str | None = None
) -> list[Line]:
    """What effects do, as (indent, tone, text).

    `known` gives what the viewer knows of each slot, as a closed interval; `me` is the acting seat, `refs` what the
    code's variables are bound to. A branch known not to be taken is left out, one known to be taken is told plainly.
    """
    params, block = effects_of(code)
    bound = {"me": me}
    for param, value in zip(params, refs, strict=False):
        if value is not None:
            bound[param.local] = value
    ranges = Ranges(known, program.start, {name: (value,) for name, value in bound.items()})
    teller = Teller(program, speaker_of(program, language, bound), ranges)
    teller.block(block)
    return teller.lines


def odds(program: Program, need: Expr, known: Known, me: int, refs: Sequence[tuple[Ref, int]] = ()) -> tuple[int, int]:
    """The least and the greatest chance of a percent roll, clamped as rolls are."""
    members = {"me": (me,), **{ref.local: (value,) for ref, value in refs}}
    return chances(interval(need, Ranges(known, program.start, members)))


def number_bounds(program: Program, tree: object, known: Known, me: int) -> tuple[float, float]:
    """Between what numbers an expression of the program lies."""
    assert isinstance(tree, Expr)
    return interval(tree, Ranges(known, program.start, {"me": (me,)}))


def score_bounds(program: Program, seat: int, known: Known) -> list[PartBounds]:
    """Between what bounds each component of a seat's score lies, its agenda last (if it knows which it has)."""
    found = []
    for part in program.scores[seat]:
        lo, hi = number_bounds(program, part.tree, known, seat)
        found.append(PartBounds(str(part.model.label), lo, hi, part.model.max, str(part.model.words)))
    for deck in program.agendas:
        first, last = known(deck.slot)
        if deck.seat == seat and first == last and 0 <= first < len(deck.agendas):
            model = deck.agendas[first][1]
            lo, hi = number_bounds(program, deck.trees[first], known, seat)
            found.append(PartBounds(f"Agenda: {model.label}", lo, hi, model.max, str(model.text)))
    return found


def effects_of(code: Code) -> tuple[tuple[Ref, ...], Block]:
    """The parameters and the effects of a piece of code."""
    if code.tree is None:
        return (), ()
    assert isinstance(code.tree, tuple)
    params, block = code.tree
    return params, block


def chances(need: Interval) -> tuple[int, int]:
    """The least and the greatest chance that a percent roll can have, clamped as rolls are."""

    def clamp(value: float) -> int:
        return min(MOST_CHANCE, max(LEAST_CHANCE, round_half_away(min(FAR, max(-FAR, value)))))

    return clamp(need[0]), clamp(need[1])


def percent(chances: tuple[int, int]) -> str:
    """`47%` or `35-60%`."""
    lo, hi = chances
    return f"{lo}%" if lo == hi else f"{lo}-{hi}%"


def amount_words(lo: float, hi: float, sign: str) -> str:
    """`+2`, `−1`, `+1 to +4`; empty where nothing changes."""
    if sign == "-":
        lo, hi = -hi, -lo
    if lo == hi:
        return _signed(lo) if lo else ""
    if abs(lo) >= FAR or abs(hi) >= FAR:
        return "changes"
    return f"{_signed(lo)} to {_signed(hi)}"


def _signed(value: float) -> str:
    return f"+{number(value)}" if value > 0 else f"−{number(-value)}" if value < 0 else "0"


@define
class Teller:
    """Tells effects one after the other."""

    program: Program
    speaker: Speaker
    ranges: Ranges
    indent: int = 0
    lines: list[Line] = field(factory=list)
    depth: int = 0
    most_lines: ClassVar[int] = MOST_LINES

    def say(self, tone: str, text: str) -> None:
        """Adds a line, with a capital at its start."""
        line = (self.indent, tone, text[:1].upper() + text[1:])
        if len(self.lines) < self.most_lines and not (self.lines and self.lines[-1] == line):
            self.lines.append(line)

    def deeper(self) -> Teller:
        """The same, one step further in."""
        return evolve(self, indent=self.indent + 1, depth=self.depth + 1)

    def binding(self, ref: Ref, members: tuple[int, ...]) -> Teller:
        """The same, with a name bound to one of some members."""
        ranges = self.ranges.bind(ref.local, members)
        if len(members) != 1:
            return evolve(self, ranges=ranges)
        return evolve(self, ranges=ranges, speaker=self.speaker.with_bound({**self.speaker.bound, ref.local: members[0]}))

    def block(self, block: Block) -> None:
        """Effects in order; the same change for several seats is told once."""
        if self.depth > MOST_NESTED:
            return
        index = 0
        while index < len(block):
            run = _run(block, index)
            if len(run) > 1 and self._together(run):
                index += len(run)
                continue
            self.effect(block[index])
            index += 1

    def effect(self, effect: Effect) -> None:
        """One effect."""
        match effect:
            case Write():
                self._write(effect)
            case EndAgreement():
                self._end(effect)
            case RollFor():
                before = len(self.lines)
                self.say("roll", self.roll(effect.need, effect.site.label.get(self.speaker.language)))
                self.deeper().block(effect.success)
                self._otherwise(effect.failure)
                if len(self.lines) == before + 1:
                    self.lines.pop()
            case When():
                self._when(effect)
            case Outcomes():
                self.outcomes(effect)
            case Each():
                self.each(effect)
            case Let():
                self._let(effect)
            case Do():
                self.group(effect)
            case Inject():
                self.inject(effect)
            case Announce():
                self.announce(effect)
            case Pieces():
                self._pieces(effect)
            case Transfer():
                self._transfer(effect)
            case CallVote():
                label = self.program.motions[effect.motion].model.label.get(self.speaker.language)
                self.say("change", f"A vote is called: {label}")
            case OpenChoice():
                label = self.program.choices[effect.choice].model.label.get(self.speaker.language)
                self.say("change", f"{label} can be chosen again")
            case EndGame():
                title = self.program.endings[effect.ending].model.title.get(self.speaker.language)
                self.say("change", f"The game ends: {title}")

    # ------------------------------------------------------------ how numbers, odds and what follows are told

    def change(self, amount: Expr, op: str) -> str:
        """What is added or taken away, with its sign; empty where nothing is."""
        return amount_words(*spread_of(amount, self.ranges), op)

    def count(self, amount: Expr) -> str:
        """How many are moved, placed or removed."""
        lo, hi = spread_of(amount, self.ranges)
        return number(lo) if lo == hi else f"{number(max(0, lo))} to {number(hi)}"

    def stored(self, amount: Expr, bounds: tuple[int, int]) -> str:
        """What a number is set to; `bounds` are its own."""
        lo, hi = spread_of(amount, self.ranges)
        lo, hi = max(lo, bounds[0]), min(hi, bounds[1])
        return number(lo) if lo == hi else f"{number(lo)} to {number(hi)}"

    def roll(self, need: Expr, label: str) -> str:
        """The head of a percent roll."""
        return f"{percent(chances(interval(need, self.ranges)))}: {label}".rstrip()

    def chance(self, amount: Expr) -> str:
        """The head of a branch that comes up by chance."""
        lo, hi = interval(amount, self.ranges)
        return f"{percent((round_half_away(max(0, lo)), round_half_away(min(100, hi))))}:"

    def inject(self, effect: Inject) -> None:
        """A card that follows keeps its title to itself."""
        self.say("note", "A card may follow.")

    def announce(self, effect: Announce) -> None:
        """Who reads news; not what they read."""
        if effect.audience is None:
            self.say("note", "News for everybody")
        elif effect.audience:
            self.say("note", f"News for {and_list([self.speaker.member(seat) for seat in effect.audience])}")

    # ------------------------------------------------------------ changes

    def _together(self, run: Sequence[Write]) -> bool:
        """`cartel.heat +1`: one line for all, where the change is the same for all."""
        places = [write.place for write in run if isinstance(write.place, Read)]
        slots = [self.program.slots[place.slot] for place in places]
        changes = {self.change(write.amount, write.op) for write in run}
        if len(places) != len(run) or len(changes) != 1 or run[0].op == "=" or len({slot.label.get() for slot in slots}) != 1:
            return False
        change = changes.pop()
        who = [self.speaker.owner(slot.owner) for slot in slots if slot.owner != NOBODY]
        if len(who) != len(slots) or any(slot.area != NOBODY for slot in slots):
            return False
        if change:
            self.say("change", f"{slots[0].label.get(self.speaker.language)} of {and_list(who)} {change}")
        return True

    def _write(self, effect: Write) -> None:
        label = self.speaker.cell(effect.place)
        if label == "nothing":
            return
        if effect.place.type is Type.TRUTH:
            test = interval(effect.amount, self.ranges)
            if test == YES:
                self.say("change", f"“{label}” from now on")
            elif test == NO:
                self.say("change", f"“{label}” no longer")
            else:
                self.say("change", f"“{label}” if {self.speaker.say(effect.amount)}")
            return
        if effect.op != "=":
            change = self.change(effect.amount, effect.op)
            if change:
                self.say("change", f"{label} {change}")
            return
        clock = isinstance(effect.place, Read) and self.program.slots[effect.place.slot].family is Family.CLOCK
        value = self.stored(effect.amount, self._bounds(effect.place))
        unit = ""
        if clock and isinstance(effect.place, Read):
            unit = self.program.slots[effect.place.slot].unit.get(self.speaker.language)
        if clock and value == "0":
            self.say("change", f"{label} stops")
        else:
            self.say("change", f"{label} {'starts at' if clock else 'becomes'} {value} {unit}".rstrip())

    def _bounds(self, place: Read | Cell) -> tuple[int, int]:
        if isinstance(place, Read):
            slot = self.program.slots[place.slot]
            return slot.lo, slot.hi
        slots = [self.program.slots[index] for index in cells(place, self.ranges.members)]
        return min((slot.lo for slot in slots), default=0), max((slot.hi for slot in slots), default=0)

    def _end(self, effect: EndAgreement) -> None:
        found = [one for one in self.resolve(effect.agreement) if one != NOBODY]
        if len(found) != 1:
            self.say("change", f"{self.speaker.member(effect.agreement)} ends")
            return
        agreement = self.program.agreements[found[0]]
        in_force = self.ranges.known(agreement.slot)
        if in_force == NO:
            return
        label = agreement.model.label.get(self.speaker.language)
        inner = self
        if in_force == YES:
            self.say("change", f"{label} ends")
        else:
            self.say("why", f"If {label} is in force:")
            inner = self.deeper()
            inner.say("change", f"{label} ends")
        evolve(inner, depth=inner.depth + 4).block(effects_of(agreement.code_leave)[1])

    def _pieces(self, effect: Pieces) -> None:
        count = self.count(effect.count)
        what = self.speaker.owned(effect.label.get(self.speaker.language), effect.owner)
        if effect.source is not None and effect.goal is not None:
            source, goal = self.speaker.member(effect.source), self.speaker.member(effect.goal)
            self.say("change", f"{count} {what} from {source} to {goal}")
        elif effect.goal is not None:
            self.say("change", f"{what} in {self.speaker.member(effect.goal)} +{count}")
        elif effect.source is not None:
            self.say("change", f"{what} in {self.speaker.member(effect.source)} −{count}")

    def _transfer(self, effect: Transfer) -> None:
        count = self.count(effect.amount)
        slot = next((slot for slot in effect.rows if slot != VOID), VOID)
        label = self.program.slots[slot].label.get(self.speaker.language)
        giver, taker = self.speaker.member(effect.giver), self.speaker.member(effect.taker)
        self.say("change", f"{count} {label} from {giver} to {taker}")

    # ------------------------------------------------------------ branches and loops

    def _otherwise(self, block: Block) -> None:
        before = len(self.lines)
        self.say("roll", "Otherwise:")
        self.deeper().block(block)
        if len(self.lines) == before + 1:
            self.lines.pop()

    def _when(self, effect: When) -> None:
        test = interval(effect.test, self.ranges)
        if test == YES:
            self.block(effect.then)
            return
        if test == NO:
            self.block(effect.otherwise)
            return
        if isinstance(effect.test, Dice) and effect.test.name == "chance" and effect.test.amount is not None:
            tone, head = "roll", self.chance(effect.test.amount)
        else:
            tone, head = "why", f"If {self.speaker.say(effect.test)}:"
        before = len(self.lines)
        self.say(tone, head)
        self.deeper().block(effect.then)
        if len(self.lines) > before + 1:
            self._otherwise(effect.otherwise)
            return
        del self.lines[before:]  # nothing to tell if it holds: the other way round
        self.say("why", f"If {self.speaker.negated(effect.test)}:")
        self.deeper().block(effect.otherwise)
        if len(self.lines) == before + 1:
            self.lines.pop()

    def outcomes(self, effect: Outcomes) -> None:
        """A weighted table, with the share of each row."""
        weights = [interval(row.weight, self.ranges) for row in effect.rows]
        weights = [(max(0.0, lo), max(0.0, hi)) for lo, hi in weights]
        label = effect.site.label.get(self.speaker.language)
        self.say("roll", f"One of these: {label}" if label else "One of these:")
        inner = self.deeper()
        for number_, row in enumerate(effect.rows):
            others_lo = sum(weight[0] for index, weight in enumerate(weights) if index != number_)
            others_hi = sum(weight[1] for index, weight in enumerate(weights) if index != number_)
            chances = (_share(weights[number_][0], others_hi), _share(weights[number_][1], others_lo))
            if chances[1] > 0:
                inner.say("roll", f"{percent(chances)}: {row.label.get(self.speaker.language)}".rstrip())
                inner.deeper().block(row.effects)

    def each(self, effect: Each) -> None:
        """A loop: member by member where they are few and known, else once for all."""
        members = [(member, sure) for member, sure in members_of(effect.domain, self.ranges) if sure != NO]
        rows = []
        for member, sure in members:
            inner = self.binding(effect.var, (member,))
            test = YES if effect.test is None else interval(effect.test, inner.ranges)
            if test != NO:
                rows.append((inner, test == YES and sure == YES))
        if not rows:
            return
        if len(rows) <= MOST_APART and (all(sure for _, sure in rows) or effect.test is None):
            for inner, _ in rows:
                inner.block(effect.body)
            return
        self.loop(effect, tuple(member for member, _ in members))

    def loop(self, effect: Each, members: tuple[int, ...]) -> None:
        """A loop told once for all its members."""
        before = len(self.lines)
        self.say("why", f"For each {self.speaker.one_of(effect.domain)}{self._where(effect)}:")
        self.binding(effect.var, members).deeper().block(effect.body)
        if len(self.lines) == before + 1:
            self.lines.pop()

    def _where(self, effect: Each) -> str:
        """The condition of a loop, and what its member is called below."""
        name = f" (the {effect.var.name.replace('_', ' ')})"
        if effect.test is None:
            return name
        return f"{name} where {self.speaker.calling(effect.var, 'it').say(effect.test)}"

    def _let(self, effect: Let) -> None:
        if effect.var.type not in MEMBERS:
            ranges = self.ranges.bind_number(effect.var.local, interval(effect.value, self.ranges))
            evolve(self, ranges=ranges).block(effect.body)
            return
        found = self.resolve(effect.value)
        somebody = tuple(member for member in found if member != NOBODY)
        if not somebody:
            self.block(effect.otherwise)
        elif len(found) == 1:
            self.binding(effect.var, somebody).block(effect.body)
        else:
            before = len(self.lines)
            self.say("why", f"For {self.speaker.say(effect.value)} (the {effect.var.name.replace('_', ' ')}):")
            self.binding(effect.var, somebody).deeper().block(effect.body)
            if len(self.lines) == before + 1:
                self.lines.pop()
            if NOBODY in found:
                self._otherwise(effect.otherwise)

    def group(self, effect: Do) -> None:
        """An effect group is told as its effects."""
        bound = {"me": self.speaker.bound["me"]} if "me" in self.speaker.bound else {}
        members = {"me": self.ranges.members["me"]} if "me" in self.ranges.members else {}
        numbers = {}
        called = {}
        for param, arg in zip(effect.group.params, effect.args, strict=True):
            if param.type in MEMBERS:
                found = self.resolve(arg)
                members[param.local] = found
                if len(found) == 1:
                    bound[param.local] = found[0]
                else:
                    called[param.local] = self.speaker.member(arg)
            else:
                numbers[param.local] = interval(arg, self.ranges)
        ranges = evolve(self.ranges, members=members, numbers=numbers)
        speaker = evolve(self.speaker, bound=bound, called=called)
        evolve(self, ranges=ranges, speaker=speaker, depth=self.depth + 1).block(effect.group.body)

    # ------------------------------------------------------------ who it can be

    def resolve(self, expr: Expr, ranges: Ranges | None = None) -> tuple[int, ...]:
        """Whom an expression can stand for, as far as the viewer knows: of the highest, only those that can be it."""
        at = self.ranges if ranges is None else ranges
        if isinstance(expr, ValueCall):
            return self.resolve(expr.value.body, inside(expr, at))
        if isinstance(expr, Fold) and expr.name in ("highest", "lowest", "first"):
            return _best(expr, at)
        return possible(expr, at.members)


def _best(expr: Fold, ranges: Ranges) -> tuple[int, ...]:
    rows: list[tuple[int, bool, Interval]] = []
    for member, sure in members_of(expr.domain, ranges):
        inner = ranges.bind(expr.var.local, (member,))
        test = sure if expr.test is None else min(sure, interval(expr.test, inner))
        if test != NO:
            lo, hi = interval(expr.body, inner) if expr.body.type not in MEMBERS else (0, 0)
            value = (-hi, -lo) if expr.name == "lowest" else (lo, hi)
            rows.append((member, test == YES, value))
    found = []
    for index, (member, _, value) in enumerate(rows):
        beaten = any(
            sure and (other[0] > value[1] or (other[0] >= value[1] and place < index))
            for place, (_, sure, other) in enumerate(rows)
            if place != index
        )
        if not beaten:
            found.append(member)
    return (*found, *(() if any(sure for _, sure, _ in rows) else (NOBODY,)))


def _run(block: Block, start: int) -> list[Write]:
    """The writes from here on that were one effect for a whole kind."""
    found: list[Write] = []
    for effect in block[start:]:
        if not isinstance(effect, Write) or (found and (effect.mark != found[0].mark or effect.amount is not found[0].amount)):
            break
        found.append(effect)
    return found


def _share(weight: float, others: float) -> int:
    return round(100 * weight / (weight + others)) if weight + others else 0
