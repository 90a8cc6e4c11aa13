"""Numbering a scenario: slots, owners, areas and all that is counted, in declared order."""

from __future__ import annotations

import keyword
from collections.abc import Mapping

from attrs import evolve

from wargame.rules.names import Layout, label_of, parameters
from wargame.rules.program import NEVER, NOBODY, VOID, Family
from wargame.rules.tree import Rows
from wargame.scenario import model as source
from wargame.scenario.node import NOWHERE, Mark
from wargame.scenario.problem import Report, suggest
from wargame.scenario.text import EMPTY, Text, text

STAND_IN_TURNS = 12
MOST_TIMES = 9999  # counters of what happened stop here
_RESERVED = """
    me here owner before turn turns seats_in_play in_play fired given turns_since start min max abs round floor ceil clamp scale
    count sum any all highest lowest first adjacent exists total die chance random random_by neighbours owners seats areas
    agreements party true false
"""
RESERVED = frozenset(_RESERVED.split())


def with_stand_ins(scenario: source.Scenario) -> source.Scenario:
    """A rulebook alone with what a scenario would have: some turns, and a phase of each kind that seats act in."""
    missing = [
        source.Phase(id=kind.value, label=text(kind.value.capitalize()), kind=kind)
        for kind in (source.PhaseKind.CARDS, source.PhaseKind.ORDERS, source.PhaseKind.FLOOR)
        if all(phase.kind is not kind and phase.id != kind.value for phase in scenario.phases)
    ]
    turns = source.Turns(count=STAND_IN_TURNS) if scenario.turns.mark == NOWHERE else scenario.turns
    return evolve(scenario, phases=(*scenario.phases, *missing), turns=turns)


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


def _declare(layout: Layout, report: Report) -> None:
    scenario = layout.scenario
    sections: tuple[tuple[str, Mapping[str, source.Entry]], ...] = (
        ("a parameter", scenario.parameters),
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
                report.error(mark, "bad_name", f"`{key}` is not a name with parameters.", "write it like `plaza(org)`")
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
                report.error(seat.kind.mark, "unknown_name", f"There is no kind of seat `{seat.kind.text}`.", hint)
            else:
                kinds[seat.kind.text].append(number)
                layout.kind_of_seat[number] = seat.kind.text
                roles.extend(kind.plays)
        for role in dict.fromkeys(roles):
            if role in plays:
                plays[role].append(number)
            elif not layout.partial:
                hint = suggest(role, plays)
                report.error(seat.mark, "unknown_name", f"`{name}` plays `{role}`, which no rulebook declares as a role.", hint)
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
        report.error(entry.mark, "role", f"Nobody plays the role `{role}`.", f"give a seat or kind `plays: {role}`")
    if entry.many:
        layout.sets.setdefault(role, members)
        return
    if len(members) > 1:
        names = " and ".join(layout.owners[member] for member in members)
        report.error(entry.mark, "role", f"The role `{role}` is for one seat, but {names} play it.")
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
                report.error(other.mark, "unknown_name", f"There is no area `{other.text}`.", hint, len(other.text))
            elif number == layout.area_of[name]:
                report.error(other.mark, "bad_value", f"`{name}` is adjacent to itself.", "", len(other.text))
            else:
                touching[layout.area_of[name]].add(number)
                touching[number].add(layout.area_of[name])
    layout.neighbours = (*(tuple(sorted(row)) for row in touching), ())


def within(report: Report, mark: Mark, what: str, value: int, lo: int, hi: int) -> int:
    """Checks a start value; returns one inside the range."""
    if lo <= value <= hi:
        return value
    report.error(mark, "out_of_range", f"{what} starts at {value}, outside its range of {lo} to {hi}.")
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
                report.error(entry.mark, "unknown_name", message, suggest(part, resources))
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
        for scalar in piece.of:
            members = layout.owners_named(scalar.text)
            if members is None:
                hint = suggest(scalar.text, layout.owner_names())
                message = f"There is no seat, kind or faction `{scalar.text}`."
                report.error(scalar.mark, "unknown_name", message, hint, len(scalar.text))
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
                report.error(area.mark, "unknown_name", f"`{name}` has a value `{part}`, which `area_values` lacks.", hint)
        for part in area.pieces:
            if part not in scenario.pieces:
                report.error(
                    area.mark,
                    "unknown_name",
                    f"`{name}` has pieces `{part}`, which `pieces` lacks.",
                    suggest(part, scenario.pieces),
                )


def _counts(layout: Layout, report: Report, area: source.Area | None, part: str, owners: list[int]) -> dict[int, int]:
    counts: dict[int, int] = {}
    if area is None:
        return counts
    for owner, count in area.pieces.get(part, {}).items():
        members = layout.owners_named(owner) or ()
        if not members or any(member not in owners for member in members):
            known = [layout.owners[one] for one in owners]
            report.error(area.mark, "owner", f"`{owner}` cannot own `{part}`.", suggest(owner, known))
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
        if len(parties[-1]) < 2 and not layout.partial:
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
            report.error(
                mark, "unknown_name", f"There is no seat or kind `{deck}` (agendas).", suggest(deck, layout.owner_names())
            )
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
                f"given.{name}.{layout.owners[seat]}",
                Family.GIVEN,
                label_of(name, action.label),
                MOST_TIMES,
                owner=seat,
                part=name,
            )
        layout.given[name] = tuple(rows)
    for name, card in scenario.injects.items():
        lay_card(layout, name, card)
    played = []
    for seat in layout.seats:
        played.append(
            layout.plain(
                f"played.{layout.owners[seat]}", Family.PLAYED, layout.owner_labels[seat], 1, 1, owner=seat, part="played"
            )
        )
    layout.played = (*played, *[VOID] * (width - len(played)))


def lay_card(layout: Layout, name: str, card: source.Inject) -> None:
    """The slots of a card: how often and when it was dealt, and whether it waits for the facilitator."""
    title = label_of(name, card.title)
    layout.fired[name] = layout.plain(f"fired.{name}", Family.FIRED, title, MOST_TIMES, part=name)
    layout.dealt_on[name] = layout.plain(
        f"dealt_on.{name}", Family.DEALT_ON, title, max(1, layout.scenario.turns.count), NEVER, NEVER, part=name
    )
    armed = card.pool is source.Pool.CONTINGENCY
    layout.armed[name] = layout.plain(f"armed.{name}", Family.ARMED, title, 1, part=name) if armed else VOID
