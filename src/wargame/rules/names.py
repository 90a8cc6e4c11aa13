"""The layout of a scenario: which slots there are, who owns what, and what every name stands for."""

from __future__ import annotations

import keyword
from collections.abc import Iterable, Mapping, Sequence

from attrs import define, field

from wargame.rules.program import NEVER, NOBODY, VOID, Band, Family, Slot
from wargame.rules.tree import Grid, Rows
from wargame.scenario import model as source
from wargame.scenario.node import NOWHERE, Mark, Scalar
from wargame.scenario.problem import Report, suggest
from wargame.scenario.text import EMPTY, Text, text

MOST_TIMES = 9999  # counters of what happened stop here
OPEN_RANGE = (0, 100)  # of a resource that a rulebook alone only supposes
RESERVED = frozenset(
    "me here owner turn turns seats_in_play in_play fired given turns_since start min max abs round floor ceil clamp scale count sum "
    "any all highest lowest first adjacent exists total die chance random random_by neighbours owners seats areas agreements party "
    "true false seat area number agenda everyone nobody others_all".split()
)


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
                    "unknown_seat",
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

    # ------------------------------------------------------------ building

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


def label_of(name: str, label: Text) -> Text:
    """The label, or else the name made readable."""
    return label if label else text(name.replace("_", " ").capitalize())


def lay_out(scenario: source.Scenario, report: Report, *, partial: bool = False) -> Layout:
    """Numbers everything in a scenario and reports names that clash or lead nowhere.

    With `partial` (a rulebook alone) every role and empty kind gets seats to stand in for it.
    """
    layout = Layout(scenario, partial)
    layout.plain("void", Family.VOID, EMPTY, 0)
    _declare(layout, report)
    _lay_owners(layout, report)
    _lay_areas(layout, report)
    _lay_numbers(layout, report)
    _lay_map(layout, report)
    _lay_decisions(layout, report)
    _lay_counters(layout, report)
    return layout


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


def _declare(layout: Layout, report: Report) -> None:
    scenario = layout.scenario
    sections: tuple[tuple[str, Mapping[str, source.Entry]], ...] = (
        ("a track", scenario.tracks),
        ("a flag", scenario.flags),
        ("a clock", scenario.clocks),
        ("a seat", scenario.seats),
        ("a kind of seat", scenario.seat_kinds),
        ("a faction", scenario.factions),
        ("an area", scenario.areas),
        ("an agreement", scenario.agreements),
        ("a choice", scenario.choices),
        ("a role", scenario.roles),
    )
    for words, entries in sections:
        for name, entry in entries.items():
            _declare_one(layout, report, name, words, entry.mark)
    for words, keys in (
        ("a value", {key: node.mark for key, node in scenario.values.items()}),
        ("an effect group", {key: node.mark for key, node in scenario.effect_groups.items()}),
    ):
        for key, mark in keys.items():
            parsed = parameters(key)
            if parsed is None:
                report.error(mark, "signature", f"`{key}` is not a name with parameters.", "write it like `plaza(org)`")
            else:
                _declare_one(layout, report, parsed[0], words, mark)


def _declare_one(layout: Layout, report: Report, name: str, words: str, mark: Mark) -> None:
    if keyword.iskeyword(name) or name in RESERVED:
        report.error(mark, "reserved_name", f"`{name}` is a word of the language and cannot be {words}.", "choose another name")
    other = layout.declared.get(name)
    if other is None:
        layout.declared[name] = words
    elif words == "a role" and other in ("a seat", "a kind of seat"):
        pass  # a role may be called like the seat or kind that plays it
    else:
        report.error(mark, "name_taken", f"`{name}` is both {other} and {words}.", "give one of them another name")
    layout.marks.setdefault(name, mark)


def _lay_owners(layout: Layout, report: Report) -> None:
    scenario = layout.scenario
    plays: dict[str, list[int]] = {name: [] for name in scenario.roles}
    kinds: dict[str, list[int]] = {name: [] for name in scenario.seat_kinds}
    optional = set()
    for number, (name, seat) in enumerate(scenario.seats.items()):
        layout.owners.append(name)
        layout.owner_labels.append(seat.title if seat.title else label_of(name, EMPTY))
        layout.owner_of[name] = number
        if seat.optional:
            optional.add(number)
        roles = list(seat.plays)
        if seat.kind is not None:
            kind = scenario.seat_kinds.get(seat.kind.text)
            if kind is None:
                hint = suggest(seat.kind.text, scenario.seat_kinds)
                report.error(seat.kind.mark, "unknown_kind", f"There is no kind of seat `{seat.kind.text}`.", hint)
            else:
                kinds[seat.kind.text].append(number)
                layout.kind_of_seat[number] = seat.kind.text
                roles.extend(kind.plays)
        for role in dict.fromkeys(roles):
            if role in plays:
                plays[role].append(number)
            elif not layout.partial:
                hint = suggest(role, plays)
                report.error(seat.mark, "unknown_role", f"`{name}` plays `{role}`, which no rulebook declares as a role.", hint)
        layout.roles_of_seat[number] = tuple(dict.fromkeys(roles))
    if layout.partial:
        _stand_in(layout, plays, kinds)
    if layout.partial and not layout.owners:
        layout.owners.append("anybody")
        layout.owner_labels.append(label_of("anybody", EMPTY))
        layout.owner_of["anybody"] = 0
        layout.roles_of_seat[0] = ()
    layout.seat_count = len(layout.owners)
    layout.optional = frozenset(optional)
    for name, faction in scenario.factions.items():
        layout.owner_of.setdefault(name, len(layout.owners))
        layout.owners.append(name)
        layout.owner_labels.append(label_of(name, faction.label))
    for kind_name, members in kinds.items():
        layout.sets[kind_name] = tuple(members)
    for role, members in plays.items():
        _lay_role(layout, report, role, tuple(members))
    if layout.seat_count == 0:
        report.error(scenario.mark, "no_seats", "A scenario needs at least one seat.")


def _lay_role(layout: Layout, report: Report, role: str, members: Rows) -> None:
    entry = layout.scenario.roles[role]
    if not members:
        report.error(entry.mark, "role_unplayed", f"Nobody plays the role `{role}`.", f"give a seat or kind `plays: {role}`")
    if entry.many:
        layout.sets.setdefault(role, members)
        return
    if len(members) > 1:
        names = " and ".join(layout.owners[member] for member in members)
        report.error(entry.mark, "role_many", f"The role `{role}` is for one seat, but {names} play it.")
    if members:
        layout.owner_of.setdefault(role, members[0])


def _stand_in(layout: Layout, plays: dict[str, list[int]], kinds: dict[str, list[int]]) -> None:
    scenario = layout.scenario

    def seat(name: str, label: Text) -> int:
        number = len(layout.owners)
        layout.owners.append(name)
        layout.owner_labels.append(label_of(name, label))
        layout.owner_of.setdefault(name, number)
        layout.roles_of_seat[number] = ()
        return number

    for kind, members in kinds.items():
        if not members:
            entry = scenario.seat_kinds[kind]
            for suffix in ("_1", "_2"):
                number = seat(kind + suffix, entry.label)
                members.append(number)
                layout.kind_of_seat[number] = kind
                layout.roles_of_seat[number] = entry.plays
                for role in entry.plays:
                    plays.setdefault(role, []).append(number)
    for role, members in plays.items():
        if not members and role in scenario.roles:
            names = (role + "_1", role + "_2") if scenario.roles[role].many else (role,)
            for name in names:
                number = seat(name, scenario.roles[role].label)
                layout.roles_of_seat[number] = (role,)
                members.append(number)


def _lay_areas(layout: Layout, report: Report) -> None:
    scenario = layout.scenario
    for number, (name, area) in enumerate(scenario.areas.items()):
        layout.areas.append(name)
        layout.area_labels.append(label_of(name, area.label))
        layout.area_of[name] = number
    if layout.partial and not layout.areas:
        for number, name in enumerate(("area_1", "area_2")):
            layout.areas.append(name)
            layout.area_labels.append(label_of(name, EMPTY))
            layout.area_of[name] = number
    touching: list[set[int]] = [set() for _ in layout.areas]
    for name, area in scenario.areas.items():
        for other in area.adjacent:
            number = layout.area_of.get(other.text, NOBODY)
            if number == NOBODY:
                hint = suggest(other.text, layout.area_of)
                report.error(other.mark, "unknown_area", f"There is no area `{other.text}`.", hint, len(other.text))
            elif number == layout.area_of[name]:
                report.error(other.mark, "adjacent_to_itself", f"`{name}` is adjacent to itself.", "", len(other.text))
            else:
                touching[layout.area_of[name]].add(number)
                touching[number].add(layout.area_of[name])
    layout.neighbours = (*(tuple(sorted(row)) for row in touching), ())


def within(report: Report, mark: Mark, what: str, value: int, lo: int, hi: int) -> int:
    """Checks a start value; returns one inside the range."""
    if lo <= value <= hi:
        return value
    report.error(mark, "start_outside_range", f"{what} starts at {value}, outside its range of {lo} to {hi}.")
    return min(hi, max(lo, value))


def _lay_numbers(layout: Layout, report: Report) -> None:
    scenario = layout.scenario
    layout.turn_slot = layout.plain("turn", Family.TURN, text("Turn"), max(1, scenario.turns.count), 1, 1)
    for name, track in scenario.tracks.items():
        start = within(report, track.mark, f"`{name}`", _start(track), track.range.lo, track.range.hi)
        layout.quantity(name, Family.TRACK, name, track, start, NOBODY, NOBODY)
    for name, flag in scenario.flags.items():
        layout.flag(name, flag)
    for name, clock in scenario.clocks.items():
        within(report, clock.mark, f"`{name}`", clock.start, 0, clock.max)
        layout.clock(name, clock)
    rows: dict[str, list[int]] = {}
    width = len(layout.owners) + 1
    for seat in layout.seats:
        name = layout.owners[seat]
        entry = scenario.seats.get(name)
        kind = scenario.seat_kinds.get(layout.kind_of_seat.get(seat, ""))
        resources = {**(kind.resources if kind else {}), **(entry.resources if entry else {})}
        starts = entry.start if entry else {}
        main = VOID
        for part, resource in resources.items():
            given = starts.get(part)
            mark = entry.mark if entry is not None and given is not None else resource.mark
            value = within(
                report,
                mark,
                f"`{name}.{part}`",
                _start(resource) if given is None else given,
                resource.range.lo,
                resource.range.hi,
            )
            slot = layout.quantity(f"{name}.{part}", Family.RESOURCE, part, resource, value, seat, NOBODY)
            rows.setdefault(part, [VOID] * width)[seat] = slot
            main = main or slot
        layout.main_resource.append(main)
        for part in starts:
            if part not in resources and entry is not None:
                message = f"`{name}` starts with `{part}`, which is not among its resources."
                report.error(entry.mark, "unknown_resource", message, suggest(part, resources))
    layout.resources = {part: tuple(row) for part, row in rows.items()}


def _start(entry: source.Quantity) -> int:
    return entry.range.lo if entry.start is None else entry.start


def _lay_map(layout: Layout, report: Report) -> None:
    scenario = layout.scenario
    for part, entry in scenario.area_values.items():
        values = []
        for number, name in enumerate(layout.areas):
            area = scenario.areas.get(name)
            value = area.values.get(part, entry.start) if area else entry.start
            if entry.range is not None and area is not None:
                value = within(report, area.mark, f"`{name}.{part}`", value, entry.range.lo, entry.range.hi)
            values.append(value if entry.fixed else layout.area_value(number, part, entry, value))
        if entry.fixed:
            layout.fixed[part] = (*values, 0)
        else:
            layout.area_values[part] = (*values, VOID)
    for part, piece in scenario.pieces.items():
        owners: list[int] = []
        for name in piece.of:
            members = layout.owners_named(name.text)
            if members is None:
                hint = suggest(name.text, layout.owner_names())
                report.error(name.mark, "unknown_owner", f"There is no seat, kind or faction `{name.text}`.", hint, len(name.text))
            else:
                owners.extend(member for member in members if member not in owners)
        grid = []
        for number, name in enumerate(layout.areas):
            area = scenario.areas.get(name)
            counts = _counts(layout, report, area, part, owners)
            row = [VOID] * (len(layout.owners) + 1)
            for owner in owners:
                what = f"`{name}.{layout.owners[owner]}.{part}`"
                mark = area.mark if area and owner in counts else piece.mark
                start = within(report, mark, what, counts.get(owner, _start(piece)), piece.range.lo, piece.range.hi)
                row[owner] = layout.quantity(what.strip("`"), Family.PIECE, part, piece, start, owner, number)
            grid.append(tuple(row))
        layout.pieces[part] = (*grid, (VOID,) * (len(layout.owners) + 1))
        layout.piece_owners[part] = tuple(owners)
        if piece.pool is not None:
            for owner in owners:
                total = sum(layout.slots[grid[area][owner]].start for area in range(len(layout.areas)))
                if total > piece.pool:
                    message = f"The map starts with {total} `{part}` of {layout.owners[owner]}; its pool holds {piece.pool}."
                    report.error(piece.mark, "pool_exceeded", message)
    for name, area in scenario.areas.items():
        for part in area.values:
            if part not in scenario.area_values:
                hint = suggest(part, scenario.area_values)
                report.error(area.mark, "unknown_area_value", f"`{name}` has a value `{part}`, which `area_values` lacks.", hint)
        for part in area.pieces:
            if part not in scenario.pieces:
                report.error(
                    area.mark, "unknown_piece", f"`{name}` has pieces `{part}`, which `pieces` lacks.", suggest(part, scenario.pieces)
                )


def _counts(layout: Layout, report: Report, area: source.Area | None, part: str, owners: list[int]) -> dict[int, int]:
    counts: dict[int, int] = {}
    if area is None:
        return counts
    for owner, count in area.pieces.get(part, {}).items():
        members = layout.owners_named(owner) or ()
        if not members or any(member not in owners for member in members):
            known = [layout.owners[one] for one in owners]
            report.error(area.mark, "unknown_owner", f"`{owner}` cannot own `{part}`.", suggest(owner, known))
            continue
        counts.update(dict.fromkeys(members, count))
    return counts


def _lay_decisions(layout: Layout, report: Report) -> None:
    scenario = layout.scenario
    agreement_slots = []
    parties = []
    for name, agreement in scenario.agreements.items():
        layout.agreements.append(name)
        agreement_slots.append(layout.plain(name, Family.AGREEMENT, label_of(name, agreement.label), 1, part=name))
        parties.append(layout.seats_named(agreement.parties, report, f"a party of `{name}`"))
        if len(parties[-1]) < 2 and not report.failed:
            report.error(agreement.mark, "parties", f"`{name}` needs at least two parties.")
    layout.agreement_slots = (*agreement_slots, VOID)
    layout.parties = (*parties, ())
    for name, choice in scenario.choices.items():
        options = tuple(choice.options)
        start = options.index(choice.default) if choice.default in options else 0
        owner = layout.owner_of.get(choice.seat.text, NOBODY)
        layout.plain(name, Family.CHOICE, label_of(name, choice.label), max(0, len(options) - 1), start, owner=owner, part=name)
        layout.choices[name] = options
    rows = [VOID] * (len(layout.owners) + 1)
    for deck, agendas in scenario.agendas.items():
        members = layout.owners_named(deck)
        mark = next((agenda.mark for agenda in agendas.values()), NOWHERE)
        if members is None or any(member >= layout.seat_count for member in members):
            report.error(mark, "unknown_seat", f"There is no seat or kind `{deck}` (agendas).", suggest(deck, layout.owner_names()))
            continue
        for seat in members:
            if seat not in layout.decks or deck == layout.owners[seat]:
                layout.decks[seat] = (deck, tuple(agendas))
    for seat in layout.seats:
        if seat in layout.decks and layout.decks[seat][1]:
            hi = len(layout.decks[seat][1]) - 1
            rows[seat] = layout.plain(
                f"agenda.{layout.owners[seat]}", Family.AGENDA, text("Agenda"), hi, owner=seat, part="agenda"
            )
    layout.agenda_slots = tuple(rows)


def _lay_counters(layout: Layout, report: Report) -> None:
    scenario = layout.scenario
    width = len(layout.owners) + 1
    for name, action in scenario.actions.items():
        rows = [VOID] * width
        for seat in layout.seats_named(action.seat, report, f"who may order `{name}`"):
            rows[seat] = layout.plain(
                f"given.{name}.{layout.owners[seat]}", Family.GIVEN, label_of(name, action.label), MOST_TIMES, owner=seat, part=name
            )
        layout.given[name] = tuple(rows)
    for name, card in scenario.injects.items():
        title = label_of(name, card.title)
        layout.fired[name] = layout.plain(f"fired.{name}", Family.FIRED, title, MOST_TIMES, part=name)
        layout.dealt_on[name] = layout.plain(
            f"dealt_on.{name}", Family.DEALT_ON, title, max(1, scenario.turns.count), NEVER, NEVER, part=name
        )
        armed = card.pool is source.Pool.CONTINGENCY
        layout.armed[name] = layout.plain(f"armed.{name}", Family.ARMED, title, 1, part=name) if armed else VOID
    played = []
    for seat in layout.seats:
        played.append(
            layout.plain(f"played.{layout.owners[seat]}", Family.PLAYED, layout.owner_labels[seat], 1, 1, owner=seat, part="played")
        )
    layout.played = (*played, *[VOID] * (width - len(played)))
