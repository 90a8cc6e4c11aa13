"""The layout of a scenario: which slots there are, who owns what, and what every name stands for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from attrs import define, evolve, field

from wargame.rules.limits import MOST_SLOTS, TooBig
from wargame.rules.program import NOBODY, VOID, Band, Family, Slot
from wargame.rules.tree import Grid, Rows
from wargame.scenario import model as source
from wargame.scenario.node import Mark, Scalar
from wargame.scenario.problem import Report, suggest
from wargame.scenario.text import EMPTY, Text, text

OPEN_RANGE = (0, 100)  # of a resource that a rulebook alone only supposes


@define
class Layout:
    """Everything that has a name, by number. Built once by `lay_out`; only a partial layout grows afterwards."""

    scenario: source.Scenario
    partial: bool = False
    slots: list[Slot] = field(factory=list)
    slot_of: dict[str, int] = field(factory=dict)
    declared: dict[str, str] = field(factory=dict)  # name -> the section it is in, as said to people
    owners: list[str] = field(factory=list)
    owner_labels: list[Text] = field(factory=list)
    seat_count: int = 0
    owner_of: dict[str, int] = field(factory=dict)  # seats, factions, roles of one seat
    sets: dict[str, Rows] = field(factory=dict)  # kinds and roles
    optional: frozenset[int] = frozenset()
    areas: list[str] = field(factory=list)
    area_labels: list[Text] = field(factory=list)
    area_of: dict[str, int] = field(factory=dict)
    neighbours: Grid = ()
    resources: dict[str, Rows] = field(factory=dict)  # by owner, and one row more
    area_values: dict[str, Rows] = field(factory=dict)  # by area, and one row more
    fixed: dict[str, Rows] = field(factory=dict)  # the constants themselves, by area
    pieces: dict[str, Grid] = field(factory=dict)  # by area, then owner
    piece_owners: dict[str, Rows] = field(factory=dict)
    agreements: list[str] = field(factory=list)
    agreement_slots: Rows = ()
    parties: Grid = ()
    choices: dict[str, tuple[str, ...]] = field(factory=dict)  # id -> options
    agenda_slots: Rows = ()
    decks: dict[int, tuple[str, tuple[str, ...]]] = field(factory=dict)  # seat -> deck name, agendas
    given: dict[str, Rows] = field(factory=dict)  # action -> by owner, and one row more
    fired: dict[str, int] = field(factory=dict)
    dealt_on: dict[str, int] = field(factory=dict)
    armed: dict[str, int] = field(factory=dict)
    played: Rows = ()
    turn_slot: int = VOID
    kind_of_seat: dict[int, str] = field(factory=dict)
    roles_of_seat: dict[int, tuple[str, ...]] = field(factory=dict)
    main_resource: list[int] = field(factory=list)
    marks: dict[str, Mark] = field(factory=dict)

    # ------------------------------------------------------------ looking up

    @property
    def seats(self) -> Rows:
        """All seats."""
        return tuple(range(self.seat_count))

    @cached_property
    def numbers(self) -> dict[str, int]:
        """What each parameter stands for."""
        return {name: entry.value for name, entry in self.scenario.parameters.items()}

    def options_of(self, slot: int) -> tuple[str, ...]:
        """The options that the slot of a choice or an agenda tells apart."""
        entry = self.slots[slot]
        return self.choices[entry.part] if entry.family is Family.CHOICE else self.decks[entry.owner][1]

    def is_truth(self, slot: int) -> bool:
        """Whether a slot holds yes or no."""
        return self.slots[slot].family in (Family.FLAG, Family.AGREEMENT, Family.PLAYED, Family.ARMED)

    def owners_named(self, name: str) -> Rows | None:
        """The owners that a seat, faction, kind or role name stands for."""
        if name in self.owner_of:
            return (self.owner_of[name],)
        if name == "seats":
            return self.seats
        return self.sets.get(name)

    def owner_names(self) -> list[str]:
        """Every name that stands for owners."""
        return [*self.owner_of, *self.sets, "seats"]

    def seats_named(self, names: Iterable[Scalar], report: Report, what: str) -> Rows:
        """The seats that a list of seats, kinds and roles stands for, each once, in the order written."""
        found: list[int] = []
        for name in names:
            owners = self.owners_named(name.text)
            if owners is None:
                known = [one for one in self.owner_names() if one not in self.scenario.factions]
                report.error(
                    name.mark,
                    "unknown_name",
                    f"There is no seat, kind or role `{name.text}` ({what}).",
                    suggest(name.text, known),
                    len(name.text),
                )
                continue
            if any(owner >= self.seat_count for owner in owners):
                report.error(
                    name.mark, "not_a_seat", f"`{name.text}` is a faction, which nobody plays ({what}).", "", len(name.text)
                )
                continue
            found.extend(owner for owner in owners if owner not in found)
        return tuple(found)

    def open_resource(self, part: str) -> Rows:
        """A resource that a rulebook alone supposes its seats to have (partial layouts only)."""
        rows = [VOID] * (len(self.owners) + 1)
        for seat in self.seats:
            rows[seat] = self._slot(
                f"{self.owners[seat]}.{part}", Family.RESOURCE, label_of(part, EMPTY), *OPEN_RANGE, 0, owner=seat, part=part
            )
        self.resources[part] = tuple(rows)
        return self.resources[part]

    @cached_property
    def value_keys(self) -> dict[str, str]:
        """Named values by name, as they are written with their parameters."""
        return _by_name(self.scenario.values)

    @cached_property
    def group_keys(self) -> dict[str, str]:
        """Effect groups by name, as they are written with their parameters."""
        return _by_name(self.scenario.effect_groups)

    def names_of(self, owner: int) -> tuple[str, ...]:
        """The names that stand for one owner alone: its own, and roles that only it plays."""
        return self._names_by_owner.get(owner, ())

    @cached_property
    def _names_by_owner(self) -> dict[int, tuple[str, ...]]:
        found: dict[int, tuple[str, ...]] = {}
        for name, owner in self.owner_of.items():
            found[owner] = (*found.get(owner, ()), name)
        return found

    @cached_property
    def card_numbers(self) -> dict[str, int]:
        """The number of each card."""
        return {name: number for number, name in enumerate(self.scenario.injects)}

    # ------------------------------------------------------------ building

    def copy(self, scenario: source.Scenario) -> Layout:
        """The same numbers for a scenario that has more cards, whose slots can be added without touching this one."""
        return evolve(
            self,
            scenario=scenario,
            slots=list(self.slots),
            slot_of=dict(self.slot_of),
            fired=dict(self.fired),
            dealt_on=dict(self.dealt_on),
            armed=dict(self.armed),
        )

    def _slot(
        self,
        name: str,
        family: Family,
        label: Text,
        lo: int,
        hi: int,
        start: int,
        *,
        bands: Sequence[source.Band] = (),
        owner: int = NOBODY,
        area: int = NOBODY,
        part: str = "",
        help: Text = EMPTY,  # noqa: A002 - the field's name in the language
        unit: Text = EMPTY,
        group: str = "",
    ) -> int:
        index = len(self.slots)
        if index >= MOST_SLOTS:
            message = f"The board would hold more than {MOST_SLOTS:,} numbers."
            raise TooBig(message, "each area has one for each piece of each owner: leave out areas, pieces or seats")
        made = tuple(Band(band.lo, band.hi, band.name) for band in bands)
        self.slots.append(
            Slot(index, name, family, label, lo, hi, start, made, owner, area, part, help=help, unit=unit, group=group)
        )
        self.slot_of[name] = index
        return index

    def quantity(self, name: str, family: Family, part: str, entry: source.Quantity, start: int, owner: int, area: int) -> int:
        """A slot for a number that a designer declared."""
        return self._slot(
            name,
            family,
            label_of(part, entry.label),
            entry.range.lo,
            entry.range.hi,
            start,
            bands=entry.bands,
            owner=owner,
            area=area,
            part=part,
            help=entry.help,
            unit=entry.unit,
            group=entry.group,
        )

    def plain(self, name: str, family: Family, label: Text, hi: int, start: int = 0, lo: int = 0, **where: int | str) -> int:
        """A slot of the engine's own: a fact, a counter, a decision."""
        owner, part = where.get("owner", NOBODY), where.get("part", "")
        assert isinstance(owner, int)
        assert isinstance(part, str)
        return self._slot(name, family, label, lo, hi, start, owner=owner, part=part)

    def flag(self, name: str, entry: source.Flag) -> int:
        """The slot of a flag."""
        return self._slot(name, Family.FLAG, label_of(name, entry.label), 0, 1, int(entry.start), part=name, help=entry.help)

    def clock(self, name: str, entry: source.Clock) -> int:
        """The slot of a clock."""
        return self._slot(
            name,
            Family.CLOCK,
            label_of(name, entry.label),
            0,
            entry.max,
            entry.start,
            part=name,
            help=entry.help,
            unit=entry.unit,
        )

    def area_value(self, area: int, part: str, entry: source.AreaValue, start: int) -> int:
        """The slot of a value of an area."""
        bounds = entry.range or source.Range(lo=min(0, start), hi=max(100, start))
        return self._slot(
            f"{self.areas[area]}.{part}",
            Family.AREA,
            label_of(part, entry.label),
            bounds.lo,
            bounds.hi,
            start,
            bands=entry.bands,
            area=area,
            part=part,
            help=entry.help,
        )


def _by_name(keys: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key in keys:
        found.setdefault(key.partition("(")[0].strip(), key)
    return found


def label_of(name: str, label: Text) -> Text:
    """The label, or else the name made readable."""
    return label if label else text(name.replace("_", " ").capitalize())


def parameters(key: str) -> tuple[str, tuple[tuple[str, str], ...]] | None:
    """`splinter(org: owner, n)` as a name and its parameters with their kinds (empty where not written); None if malformed."""
    name, bracket, rest = key.partition("(")
    if not bracket:
        return name.strip(), ()
    if not rest.endswith(")"):
        return None
    found = []
    for part in rest[:-1].split(","):
        param, _, kind = part.partition(":")
        if not param.strip().isidentifier():
            return None
        found.append((param.strip(), kind.strip()))
    return name.strip(), tuple(found)
