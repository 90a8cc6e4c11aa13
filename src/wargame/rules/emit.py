"""From typed effects to Python source: straight lines that write to the board, and to the log where there is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

from attrs import define, evolve, field

from wargame.rules.codegen import KNOWN, Module, Writer, certain, whole_source
from wargame.rules.intervals import interval
from wargame.rules.program import VOID, Slot
from wargame.rules.reach import cells, each_effect, each_expression, possible, size, walk
from wargame.rules.tree import (
    Announce,
    Block,
    CallVote,
    Cell,
    Const,
    Dice,
    Do,
    Each,
    Effect,
    EndAgreement,
    EndGame,
    Expr,
    Fold,
    Group,
    Inject,
    Let,
    OpenChoice,
    Outcomes,
    Pieces,
    Pool,
    Ref,
    RollFor,
    Transfer,
    Type,
    When,
    Write,
)

MOST_UNROLLED = 40  # nodes that a loop of effects written out may have
SMALL_GROUP = 8  # effects of a group that is written where it is used
INDENT = "    "
SHOWN = {Type.OWNER: "owner", Type.AREA: "area", Type.NUMBER: "number"}


@define
class EffectModule:
    """What effects need beside the module: the slots, and how agreements end."""

    module: Module
    slots: Sequence[Slot]
    agreement_slots: Sequence[int]
    seats: int
    left: dict[int, str] = field(factory=dict)  # agreement -> the function of what leaving it does; empty if nothing
    leave_any: str = ""
    sizes: dict[Group, bool] = field(factory=dict)  # whether a group is small

    def function(self, block: Block, params: Sequence[Ref]) -> str:
        """A function `(b, x, me, *params)` that carries out effects; returns its name."""
        return self._define(self.module.fresh(), block, params)

    def _define(self, name: str, block: Block, params: Sequence[Ref]) -> str:
        emitter = Emitter(self, Writer(self.module))
        emitter.block(block)
        lines = emitter.lines or ["pass"]
        if "w.append(" in "".join(lines):
            lines = ["w = x.writes", *lines]
        return self.module.define(name, ["b", "x", "me", *(param.local for param in params)], lines)

    def group(self, group: Group) -> str:
        """The function of an effect group."""
        name = self.module.groups.get(id(group))
        if name is None:
            name = f"g_{group.name}"
            self.module.groups[id(group)] = name
            self.module.kept.append(group)
            self._define(name, group.body, group.params)
        return name

    def small(self, group: Group) -> bool:
        """Whether a group is written where it is used; found out once."""
        if group not in self.sizes:
            self.sizes[group] = _is_small(group)
        return self.sizes[group]

    def take_leaving(self, leaving: Mapping[int, Block]) -> None:
        """Takes in what leaving each agreement does. All have their names before the first is written: one may end another."""
        self.left.update({agreement: f"l_{agreement}" if block else "" for agreement, block in leaving.items()})
        for agreement, block in leaving.items():
            if block:
                self._define(self.left[agreement], block, ())

    def leave_one_of_all(self) -> str:
        """A function `(b, x, me, agreement)` that ends an agreement known only while the game runs."""
        if not self.leave_any:
            self.leave_any = "l_any"
            emitter = Emitter(self, Writer(self.module))
            for agreement in range(len(self.agreement_slots) - 1):
                emitter.line(f"if a == {agreement}:")
                inner = emitter.deeper()
                inner.end(agreement)
            lines = emitter.lines or ["pass"]
            self.module.define("l_any", ["b", "x", "me", "a"], ["w = x.writes", *lines])
        return self.leave_any


@define
class Emitter:
    """Writes the lines of one function."""

    effects: EffectModule
    writer: Writer
    lines: list[str] = field(factory=list)
    indent: str = ""

    @property
    def recording(self) -> bool:
        """Whether writes are logged."""
        return self.effects.module.recording

    def line(self, text: str) -> None:
        """Adds a line."""
        self.lines.append(self.indent + text)

    def deeper(self) -> Emitter:
        """The same, one step further in."""
        return Emitter(self.effects, self.writer, self.lines, self.indent + INDENT)

    def with_writer(self, writer: Writer) -> Emitter:
        """The same, with names written in another way."""
        return evolve(self, writer=writer)

    def block(self, block: Block) -> None:
        """Effects one after the other."""
        for effect in block:
            self.effect(effect)

    def below(self, block: Block) -> None:
        """Effects one step further in; at least `pass`."""
        inner = self.deeper()
        before = len(self.lines)
        inner.block(block)
        if len(self.lines) == before:
            inner.line("pass")

    def effect(self, effect: Effect) -> None:
        """One effect."""
        match effect:
            case Write():
                self._write(effect)
            case EndAgreement():
                self._end(effect)
            case RollFor():
                need, keys = self.writer.source(effect.need), self.writer.keys(effect.refs)
                call = f"x.roll({effect.site.index}, {need}, {self.writer.inputs(effect.need)}, {keys})"
                self._branch(call, effect.success, effect.failure)
            case When():
                self._branch(self.writer.source(effect.test), effect.then, effect.otherwise)
            case Outcomes():
                self._outcomes(effect)
            case Each():
                self._each(effect)
            case Let():
                self._let(effect)
            case Do():
                self._do(effect)
            case Inject():
                self._inject(effect)
            case Announce():
                self._announce(effect)
            case Pieces():
                self._pieces(effect)
            case Transfer():
                self._transfer(effect)
            case CallVote():
                self.line(f"x.motions.append({effect.motion})")
            case OpenChoice():
                self.line(f"x.opened.append({effect.choice})")
            case EndGame():
                self.line(f"x.ending = {effect.ending}")
            case _:
                raise AssertionError(effect)

    # ------------------------------------------------------------ branches and loops

    def _branch(self, test: str, yes: Block, no: Block) -> None:
        if test in KNOWN:
            self.block(yes if test == "True" else no)
            return
        if not yes and no:
            self.line(f"if not ({test}):")
            self.below(no)
            return
        self.line(f"if {test}:")
        self.below(yes)
        if no:
            self.line("else:")
            self.below(no)

    def _outcomes(self, effect: Outcomes) -> None:
        weights = [row.weight for row in effect.rows]
        keys = self.writer.keys(effect.refs)
        if all(isinstance(weight, Const) and weight.whole and weight.value > 0 for weight in weights):
            bounds = tuple(accumulate(int(weight.value) for weight in weights if isinstance(weight, Const)))
            self.line(f"k = x.face({effect.site.index}, {bounds!r}, {keys})")
        else:
            comma = "," if len(weights) == 1 else ""
            self.line(f"k = x.table({effect.site.index}, ({', '.join(map(self.writer.source, weights))}{comma}), {keys})")
        word = "if"
        for number, row in enumerate(effect.rows):
            if row.effects:
                self.line(f"{word} k == {number}:")
                self.below(row.effects)
                word = "elif"

    def _each(self, effect: Each) -> None:
        domain, var = effect.domain, effect.var
        members = domain.members
        if domain.near is not None:
            near = self.writer.member(domain.near)
            members = () if near is None else domain.around[near]
        if (domain.near is None or members) and len(members) * (_weight(effect.body) + 1) <= MOST_UNROLLED:
            for member in members:
                inner = self.with_writer(self.writer.bound(var.local, member))
                tests = [f"b[{domain.optional[member]}]"] if member in domain.optional else []
                if effect.test is not None:
                    tests.append(inner.writer.source(effect.test))
                if "False" in tests:
                    continue
                tests = [test for test in tests if test != "True"]
                if tests:
                    inner.line(f"if {' and '.join(tests)}:")
                    inner.below(effect.body)
                else:
                    inner.block(effect.body)
            return
        source = self.writer.module.table(members)
        if domain.near is not None:
            source = f"{self.writer.module.table(domain.around)}[{self.writer.source(domain.near)}]"
        self.line(f"for {var.local} in {source}:")
        tests = self.writer.conditions(domain, var, effect.test)
        if tests:
            inner = self.deeper()
            inner.line(f"if {' and '.join(tests)}:")
            inner.below(effect.body)
        else:
            self.below(effect.body)

    def _let(self, effect: Let) -> None:
        self.line(f"{effect.var.local} = {self.writer.source(effect.value)}")
        members = effect.var.type in (Type.OWNER, Type.AREA, Type.AGREEMENT)
        if not members or certain(effect.value, self.writer):
            self.block(effect.body)
        else:
            self._branch(f"{effect.var.local} >= 0", effect.body, effect.otherwise)

    def _do(self, effect: Do) -> None:
        group = effect.group
        args = [self.writer.source(arg) for arg in effect.args]
        if self.effects.small(group) and all(isinstance(arg, (Const, Ref)) for arg in effect.args):
            names: dict[str, str | int] = {}
            if "me" in self.writer.names:
                names["me"] = self.writer.names["me"]
            for param, arg, source in zip(group.params, effect.args, args, strict=True):
                member = self.writer.member(arg) if param.type is not Type.NUMBER else None
                names[param.local] = source if member is None else member
            self.with_writer(evolve(self.writer, names=names)).block(group.body)
            return
        me = str(self.writer.names.get("me", "me"))
        self.line(f"{self.effects.group(group)}({', '.join(['b', 'x', me, *args])})")

    # ------------------------------------------------------------ writing to slots

    def _store(self, slot: str, old: str, new: str) -> None:
        self.lines.append(f"{self.indent}b[{slot}] = {new}")
        if self.effects.module.recording:
            self.lines.append(f"{self.indent}w.append(({slot}, {old}, {new}))")

    def _write(self, effect: Write) -> None:
        if effect.played:
            self.line(f"if b[{effect.played}]:")
            self.deeper()._write(evolve(effect, played=VOID))
            return
        slot = self.writer.slot(effect.place)
        if slot == "0":
            return
        if slot.isdigit():
            entry = self.effects.slots[int(slot)]
            self._write_slot(effect, slot, str(entry.lo), str(entry.hi), (entry.lo, entry.hi))
            return
        assert isinstance(effect.place, Cell)
        entries = [self.effects.slots[index] for index in cells(effect.place, self.writer.known().members)]
        if not entries:
            return
        self.line(f"s = {slot}")
        inner = self
        if not self._surely_there(effect.place):
            self.line("if s:")
            inner = self.deeper()
        ranges = {(entry.lo, entry.hi) for entry in entries}
        lo, hi = max(entry.lo for entry in entries), min(entry.hi for entry in entries)
        if len(ranges) == 1:
            inner._write_slot(effect, "s", str(lo), str(hi), (lo, hi))
        else:
            table = self.writer.module.table
            low = table(tuple(entry.lo for entry in self.effects.slots))
            high = table(tuple(entry.hi for entry in self.effects.slots))
            inner._write_slot(effect, "s", f"{low}[s]", f"{high}[s]", (lo, hi))

    def _surely_there(self, place: Cell) -> bool:
        members = self.writer.known().members
        keys = [possible(key, members) for key in place.keys]
        for first in keys[0]:
            row = place.rows[first]
            if isinstance(row, int):
                if row == VOID:
                    return False
            elif any(row[second] == VOID for second in keys[1]):
                return False
        return True

    def _write_slot(self, effect: Write, slot: str, low: str, high: str, inner: tuple[int, int]) -> None:
        """`low` and `high` are the bounds as source; `inner` are bounds that every slot it can be has at least."""
        amount = effect.amount
        if effect.place.type is Type.TRUTH:
            self._write_truth(slot, amount)
            return
        fixed = int(amount.value) if isinstance(amount, Const) and amount.whole else None
        if fixed is not None and effect.op != "=" and effect.pool is None and slot.isdigit():
            self._add_fixed(slot, fixed if effect.op == "+" else -fixed, inner)
            return
        source = self.writer.source(amount)
        lo, hi = interval(amount, self.writer.known())
        self.line(f"o = b[{slot}]")
        if effect.op == "=":
            self.line(f"n = {source}" if amount.whole else f"n = {self.writer.rounded(source)}")
            under, over = lo < inner[0], hi > inner[1]
        else:
            total = f"o {effect.op} {source}"
            self.line(f"n = {total}" if amount.whole else f"n = {self.writer.rounded(total)}")
            under, over = (lo < 0, hi > 0) if effect.op == "+" else (hi > 0, lo < 0)
        if under:
            self.line(f"if n < {low}:")
            self.deeper().line(f"n = {low}")
        if over:
            self.line(f"{'elif' if under else 'if'} n > {high}:")
            self.deeper().line(f"n = {high}")
            if effect.pool is not None and effect.owner is not None:
                self._within_pool(effect.pool, effect.owner)
        elif effect.pool is not None and effect.owner is not None and effect.op == "=":
            self._within_pool(effect.pool, effect.owner)
        self.line("if n != o:")
        self.deeper()._store(slot, "o", "n")

    def _within_pool(self, pool: Pool, owner: Expr) -> None:
        self.line("if n > o:")
        inner = self.deeper()
        inner.line(f"m = o + {self._left(pool, owner)}")
        inner.line("if n > m:")
        inner.deeper().line("n = m if m > o else o")

    def _left(self, pool: Pool, owner: Expr) -> str:
        """How many more pieces the pool holds."""
        member = self.writer.member(owner)
        if member is not None:
            total = " - ".join(f"b[{slot}]" for slot in pool.slots[member])
            return f"{pool.limit} - {total}" if total else str(pool.limit)
        table = self.writer.module.table(pool.slots)
        return f"{pool.limit} - sum([b[i] for i in {table}[{self.writer.source(owner)}]])"

    def _write_truth(self, slot: str, amount: Expr) -> None:
        if isinstance(amount, Const):
            value = int(amount.value)
            self.line(f"if {'not ' if value else ''}b[{slot}]:")
            self.deeper()._store(slot, str(1 - value), str(value))
            return
        self.line(f"o = b[{slot}]")
        self.line(f"n = 1 if {self.writer.source(amount)} else 0")
        self.line("if n != o:")
        self.deeper()._store(slot, "o", "n")

    def _add_fixed(self, slot: str, amount: int, bounds: tuple[int, int]) -> None:
        if amount == 0:
            return
        lo, hi = bounds
        end, sign = (hi, "<") if amount > 0 else (lo, ">")
        last = end - amount  # the last value that is not clamped
        self.line(f"o = b[{slot}]")
        self.line(f"if o {sign} {end}:")
        inner = self.deeper()
        step = f"o + {amount}" if amount > 0 else f"o - {-amount}"
        if abs(amount) == 1:
            inner.line(f"n = {step}")
        elif lo <= last <= hi:
            inner.line(f"n = {step} if o {sign}= {last} else {end}")
        else:
            inner.line(f"n = {end}")
        inner._store(slot, "o", "n")

    # ------------------------------------------------------------ the rest

    def _end(self, effect: EndAgreement) -> None:
        agreement = self.writer.member(effect.agreement)
        if agreement is not None:
            self.end(agreement)
            return
        me = str(self.writer.names.get("me", "me"))
        self.line(f"{self.effects.leave_one_of_all()}(b, x, {me}, {self.writer.source(effect.agreement)})")

    def end(self, agreement: int) -> None:
        """Takes an agreement out of force, with its leaving effects."""
        slot = self.effects.agreement_slots[agreement]
        self.line(f"if b[{slot}]:")
        inner = self.deeper()
        inner._store(str(slot), "1", "0")
        leave = self.effects.left.get(agreement)
        if leave:
            inner.line(f"{leave}(b, x, {self.writer.names.get('me', 'me')})")

    def _inject(self, effect: Inject) -> None:
        delay = whole_source(self.writer, effect.delay)
        if not (isinstance(effect.delay, Const) and effect.delay.value >= 0):
            delay = f"max(0, {delay})"
        bindings = ", ".join("None" if binding is None else self.writer.source(binding) for binding in effect.bindings)
        comma = "," if len(effect.bindings) == 1 else ""
        self.line(f"x.deals.append(Deal({effect.card}, {delay}, ({bindings}{comma})))")

    def _announce(self, effect: Announce) -> None:
        audience = "None"
        if effect.audience is not None:
            members = [self.writer.member(seat) for seat in effect.audience]
            fixed = list(dict.fromkeys(member for member in members if member is not None and member < self.effects.seats))
            audience = repr(tuple(fixed))
            for seat, member in zip(effect.audience, members, strict=True):
                if member is None:
                    name = self.writer.source(seat)
                    audience += (
                        f" + (({name},) if 0 <= {name} < {self.effects.seats} and {name} not in {tuple(fixed)!r} else ())"
                    )
        names = ""
        for ref in effect.names:
            value = whole_source(self.writer, ref) if ref.type is Type.NUMBER else self.writer.source(ref)
            names += f"({ref.name!r}, {SHOWN[ref.type]!r}, {value}), "
        self.line(f"x.news.append(News({effect.number}, {audience}, ({names.rstrip()})))")

    def _slot_at(self, effect: Pieces, area: Expr) -> str:
        return self.writer.slot(Cell(effect.grid, (area, effect.owner), effect.piece, whole=True))

    def _pieces(self, effect: Pieces) -> None:
        self.line(f"m = {whole_source(self.writer, effect.count)}")
        there = []
        if effect.source is not None:
            self.line(f"s = {self._slot_at(effect, effect.source)}")
            lo = min(self.effects.slots[slot].lo for row in effect.grid for slot in row if slot)
            self.line(f"o = b[s]{f' - {lo}' if lo > 0 else f' + {-lo}' if lo < 0 else ''}")
            self.line("if m > o:")
            self.deeper().line("m = o")
            there.append("s")
        if effect.goal is not None:
            self.line(f"t = {self._slot_at(effect, effect.goal)}")
            self.line(f"o = {effect.hi} - b[t]")
            self.line("if m > o:")
            self.deeper().line("m = o")
            there.append("t")
        if effect.pool is not None:
            self.line(f"o = {self._left(effect.pool, effect.owner)}")
            self.line("if m > o:")
            self.deeper().line("m = o")
        different = " and s != t" if len(there) == 2 else ""
        self.line(f"if m > 0 and {' and '.join(there)}{different}:")
        inner = self.deeper()
        for slot, sign in (("s", "-"), ("t", "+")):
            if slot in there:
                inner.line(f"o = b[{slot}]")
                inner.line(f"n = o {sign} m")
                inner._store(slot, "o", "n")

    def _transfer(self, effect: Transfer) -> None:
        writer, table = self.writer, self.writer.module.table
        self.line(f"m = {whole_source(writer, effect.amount)}")
        self.line(f"s = {writer.slot(Cell(effect.rows, (effect.giver,), effect.part, whole=True))}")
        self.line(f"t = {writer.slot(Cell(effect.rows, (effect.taker,), effect.part, whole=True))}")
        low = table(tuple(entry.lo for entry in self.effects.slots))
        high = table(tuple(entry.hi for entry in self.effects.slots))
        self.line(f"o = min(b[s] - {low}[s], {high}[t] - b[t])")
        self.line("if m > o:")
        self.deeper().line("m = o")
        self.line("if m > 0 and s and t and s != t:")
        inner = self.deeper()
        for slot, sign in (("s", "-"), ("t", "+")):
            inner.line(f"o = b[{slot}]")
            inner.line(f"n = o {sign} m")
            inner._store(slot, "o", "n")


def _weight(block: Block) -> int:
    return sum(1 for _ in each_effect(block)) + sum(size(expr) for expr in each_expression(block)) // 2


def _is_small(group: Group) -> bool:
    """Whether a group can be written where it is used: few effects that bind no names of their own."""
    inner = list(each_effect(group.body))
    if len(inner) > SMALL_GROUP or any(isinstance(effect, (Let, Each, Do)) for effect in inner):
        return False
    return not any(isinstance(part, (Fold, Dice)) for expr in each_expression(group.body) for part in walk(expr))
