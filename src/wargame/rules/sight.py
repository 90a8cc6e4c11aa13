"""Who sees what: `seen_by` of every section to levels of sight, fixed ones and ones that depend on the board."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import define, evolve, field, frozen

from wargame.rules.expression import Checker, Scope
from wargame.rules.limits import EFFECT, MOST_SIGHTS, TooBig
from wargame.rules.names import Layout
from wargame.rules.program import NOBODY, Band, Family, Sight, Slot
from wargame.rules.reach import reads
from wargame.rules.syntax import source_of
from wargame.rules.tree import Const, Expr, Type
from wargame.scenario.node import NOWHERE, Map, Mark, Node, Scalar
from wargame.scenario.problem import Report, suggest
from wargame.scenario.text import Text

LEVELS = {"hidden": Sight.HIDDEN, "band": Sight.BAND, "exact": Sight.EXACT}
WORDS = ("all", "nobody", "owner", "public_band")
THIRDS = (Text({"en": "low", "es": "bajo"}), Text({"en": "medium", "es": "medio"}), Text({"en": "high", "es": "alto"}))


@frozen
class Level:
    """A level of sight and when it holds."""

    level: Sight
    test: Expr


@frozen
class Depends:
    """A viewer's sight of a slot where it depends on the board: best level first."""

    viewer: int
    slot: int
    levels: tuple[Level, ...]

    def reads(self) -> frozenset[int]:
        """The slots whose change may change it."""
        return frozenset().union(*(reads(level.test) for level in self.levels))


@define
class Sights:
    """Levels by viewer and slot; for those that depend on the board, see `depends`."""

    fixed: list[bytearray]
    depends: list[Depends] = field(factory=list)
    dynamic: set[tuple[int, int]] = field(factory=set)

    def exact(self, viewer: int, slot: int) -> bool:
        """Whether a viewer sees a slot exactly whatever happens; what a rulebook alone supposes is seen by all."""
        levels = self.fixed[viewer]
        return (viewer, slot) not in self.dynamic and (slot >= len(levels) or levels[slot] == Sight.EXACT)

    def ever(self, viewer: int, slot: int) -> bool:
        """Whether a viewer can come to see a slot at all."""
        return (viewer, slot) in self.dynamic or self.fixed[viewer][slot] != Sight.HIDDEN


def see(checker: Checker) -> Sights:
    """Works out the sight of all viewers; gives bands to slots that are seen as bands."""
    layout = checker.layout
    public, viewers = layout.seat_count, layout.seat_count + 2
    if len(layout.slots) * viewers > MOST_SIGHTS:
        message = f"The board would hold {len(layout.slots):,} numbers for {viewers} viewers."
        raise TooBig(message, "leave out seats, or pieces, or actions: each seat counts the orders it gave")
    sights = Sights([bytearray([Sight.EXACT]) * len(layout.slots) for _ in range(viewers)])
    rules = _Rules(checker, sights)
    for slot in list(layout.slots):
        node = _seen_by(layout, slot)
        if node is not None or slot.family in (
            Family.TRACK,
            Family.FLAG,
            Family.CLOCK,
            Family.RESOURCE,
            Family.AREA,
            Family.PIECE,
        ):
            rules.apply(slot, node)
        elif slot.family in (Family.CHOICE, Family.AGENDA, Family.GIVEN):
            rules.only(slot, (slot.owner,))
        elif slot.family is Family.AGREEMENT:
            agreement = layout.scenario.agreements[slot.name]
            if agreement.secret is not False and agreement.secret != 0:
                rules.only(slot, layout.parties[layout.agreements.index(slot.name)])
        elif slot.family in (Family.FIRED, Family.DEALT_ON, Family.ARMED):
            rules.only(slot, ())
    banded = {one.slot for one in sights.depends if any(level.level is Sight.BAND for level in one.levels)}
    banded.update(index for row in sights.fixed[: public + 1] for index, level in enumerate(row) if level == Sight.BAND)
    for index in sorted(banded):
        _band(checker, layout.slots[index])
    assert public + 2 == viewers
    return sights


def _seen_by(layout: Layout, slot: Slot) -> Node | None:
    scenario = layout.scenario
    match slot.family:
        case Family.TRACK:
            return scenario.tracks[slot.part].seen_by
        case Family.FLAG:
            return scenario.flags[slot.part].seen_by
        case Family.CLOCK:
            return scenario.clocks[slot.part].seen_by
        case Family.AREA:
            return scenario.area_values[slot.part].seen_by
        case Family.PIECE:
            return scenario.pieces[slot.part].seen_by
        case Family.CHOICE:
            return scenario.choices[slot.part].seen_by
        case Family.RESOURCE:
            name = layout.owners[slot.owner]
            seat = scenario.seats.get(name)
            kind = scenario.seat_kinds.get(layout.kind_of_seat.get(slot.owner, ""))
            for holder in (seat, kind):
                if holder is not None and slot.part in holder.resources:
                    return holder.resources[slot.part].seen_by
    return None


@frozen
class _Rules:
    checker: Checker
    sights: Sights

    @property
    def layout(self) -> Layout:
        return self.checker.layout

    @property
    def report(self) -> Report:
        return self.checker.report

    def set(self, slot: Slot, viewers: Iterable[int], level: Sight) -> None:
        for viewer in viewers:
            self.sights.fixed[viewer][slot.index] = level

    def only(self, slot: Slot, seats: Sequence[int]) -> None:
        """Exact for some seats, hidden from all others."""
        self.set(slot, range(self.layout.seat_count + 1), Sight.HIDDEN)
        self.set(slot, [seat for seat in seats if 0 <= seat < self.layout.seat_count], Sight.EXACT)

    def apply(self, slot: Slot, node: Node | None) -> None:
        if node is None:
            return
        if isinstance(node, Scalar):
            self._word(slot, node)
        elif isinstance(node, Map):
            self._map(slot, node)
        else:
            hint = "write `{washington: exact, ...}`"
            self.report.error(
                node.mark, "seen_by", "`seen_by` is a word, or a map that says of each seat how well it sees this.", hint
            )

    def _word(self, slot: Slot, word: Scalar) -> None:
        everyone = range(self.layout.seat_count + 1)
        owned = 0 <= slot.owner < self.layout.seat_count
        if word.text not in WORDS:
            hint = suggest(word.text, WORDS) or "it is `all`, `nobody`, `owner`, `public_band` or a map"
            self.report.error(word.mark, "seen_by", f"`{word.text}` does not say who sees it.", hint, len(word.text))
        elif word.text == "owner" and slot.owner == NOBODY:
            message = f"`{slot.name}` belongs to no seat, so it has no owner to see it."
            self.report.error(word.mark, "no_owner", message, "name the seats", len(word.text))
        elif word.text == "nobody":
            self.only(slot, ())
        elif word.text == "owner":
            self.only(slot, (slot.owner,))
        elif word.text == "public_band":
            self.set(slot, everyone, Sight.BAND)
            if owned:
                self.set(slot, (slot.owner,), Sight.EXACT)

    def _map(self, slot: Slot, node: Map) -> None:
        layout = self.layout
        entries: dict[str, tuple[Level, ...]] = {}
        for key, value in node:
            if not self._known_key(slot, key):
                continue
            entries[key.text] = self._levels(slot, value)
        for viewer in range(layout.seat_count + 1):
            levels = self._for(slot, viewer, entries)
            fixed = [level for level in levels if isinstance(level.test, Const)]
            sure = max((level.level for level in fixed if level.test.value), default=Sight.HIDDEN)  # type: ignore[attr-defined]
            self.set(slot, (viewer,), sure)
            open_ = tuple(level for level in levels if not isinstance(level.test, Const) and level.level > sure)
            if open_:
                always = Const(1, type=Type.TRUTH, whole=True)
                self.checker.budget.spend(EFFECT)
                self.sights.depends.append(Depends(viewer, slot.index, (*open_, Level(sure, always))))
                self.sights.dynamic.add((viewer, slot.index))

    def _known_key(self, slot: Slot, key: Scalar) -> bool:
        if key.text == "others":
            return True
        if key.text == "owner":
            if slot.owner != NOBODY:
                return True
            self.report.error(
                key.mark, "no_owner", f"`{slot.name}` belongs to no seat, so it has no owner.", "name the seats", 5
            )
            return False
        owners = self.layout.owners_named(key.text)
        if owners is not None and all(owner < self.layout.seat_count for owner in owners):
            return True
        known = [*(name for name in self.layout.owner_names() if name not in self.layout.scenario.factions), "owner", "others"]
        hint = suggest(key.text, known)
        self.report.error(key.mark, "unknown_name", f"There is no seat, kind or role `{key.text}`.", hint, len(key.text))
        return False

    def _for(self, slot: Slot, viewer: int, entries: Mapping[str, tuple[Level, ...]]) -> tuple[Level, ...]:
        """The entry that speaks of a viewer most closely: as owner, by name, by kind, by role, as one of the others."""
        layout = self.layout
        if viewer < layout.seat_count:
            if slot.owner == viewer and "owner" in entries:
                return entries["owner"]
            names = layout.names_of(viewer)
            kind = layout.kind_of_seat.get(viewer)
            closest = [*names, *([kind] if kind else []), *layout.roles_of_seat.get(viewer, ()), "seats"]
            for name in closest:
                if name in entries:
                    return entries[name]
        return entries.get("others", ())

    def _levels(self, slot: Slot, value: Node) -> tuple[Level, ...]:
        always = Const(1, type=Type.TRUTH, whole=True)
        if isinstance(value, Scalar):
            level = LEVELS.get(value.text)
            if level is None:
                hint = suggest(value.text, LEVELS) or "it is `exact`, `band` or `hidden`"
                self.report.error(
                    value.mark, "seen_by", f"`{value.text}` does not say how well it is seen.", hint, len(value.text)
                )
                return ()
            return (Level(level, always),)
        if not isinstance(value, Map):
            self.report.error(value.mark, "seen_by", "Here `exact`, `band`, `hidden` or a map of conditions belongs.")
            return ()
        scope = self._scope(slot)
        found = []
        for key, condition in value:
            level = LEVELS.get(key.text)
            if level is None or not isinstance(condition, Scalar):
                hint = suggest(key.text, LEVELS) or "write `{exact: CONDITION, band: CONDITION}`"
                self.report.error(key.mark, "seen_by", f"`{key.text}` does not say how well it is seen.", hint, len(key.text))
                continue
            test = self.checker.expression(source_of(condition), scope, Type.TRUTH)
            if test is not None:
                found.append(Level(level, test))
        return tuple(sorted(found, key=lambda level: -level.level))

    def _scope(self, slot: Slot) -> Scope:
        names: dict[str, Expr] = {}
        if slot.area != NOBODY:
            names["here"] = Const(slot.area, type=Type.AREA, whole=True)
        if slot.owner != NOBODY:
            names["owner"] = Const(slot.owner, type=Type.OWNER, whole=True)
        return Scope(names)


def _band(checker: Checker, slot: Slot) -> None:
    """A slot that someone may see as a band gets bands where its designer gave it none (the loader checks the others)."""
    layout = checker.layout
    index = slot.index
    mark = _mark(layout, slot)
    if layout.is_truth(index) or slot.family is Family.CHOICE:
        checker.report.error(
            mark, "no_bands", f"`{slot.name}` is yes or no: it has no bands to be seen as.", "use `exact` or `hidden`"
        )
        return
    if not slot.bands:
        layout.slots[index] = evolve(slot, bands=thirds(slot.lo, slot.hi, layout.scenario.languages[0]))


def _mark(layout: Layout, slot: Slot) -> Mark:
    node = _seen_by(layout, slot)
    return node.mark if node is not None else NOWHERE


def thirds(lo: int, hi: int, language: str) -> tuple[Band, ...]:
    """Low, medium and high for a number without bands of its own (fewer where it has fewer values)."""
    count = min(3, hi - lo + 1)
    chosen = {1: THIRDS[1:2], 2: (THIRDS[0], THIRDS[2]), 3: THIRDS}[count]
    names = [Text({language: name.get(language)}) for name in chosen]
    edges = [lo + (hi - lo + 1) * part // count for part in range(count + 1)]
    return tuple(Band(edges[part], edges[part + 1] - 1, names[part]) for part in range(count))
