"""What can be found wrong with a scenario without understanding its expressions: names, bounds, the board.

`check` covers the whole scenario; menus, cards, votes and phases are in `check_play`, lengths of texts in `check_texts`.
"""

from __future__ import annotations

import keyword
from collections.abc import Mapping, Sequence

from wargame.scenario import model
from wargame.scenario.allow import check_allowances
from wargame.scenario.check_play import check_play, repeated
from wargame.scenario.check_texts import check_texts
from wargame.scenario.files import RULEBOOKS
from wargame.scenario.lookup import Lookup, Step
from wargame.scenario.node import Map
from wargame.scenario.problem import Report

# Words of the expression and effect language; a name like one of them could never be written.
_WORDS = """
    me here owner before seats areas agreements turn turns seats_in_play in_play fired given turns_since start min max abs round
    floor ceil clamp scale count sum any all highest lowest first adjacent neighbours owners exists die chance random random_by
    total party true false set clear inject end call_vote stop_clock start_clock open end_game
"""
RESERVED = frozenset(_WORDS.split()) | frozenset(keyword.kwlist)

# The sections whose names share one name space, and what an entry of each is called.
SHARED = {
    "parameters": "parameter",
    "tracks": "track",
    "flags": "flag",
    "clocks": "clock",
    "seats": "seat",
    "seat_kinds": "seat kind",
    "roles": "role",
    "factions": "faction",
    "areas": "area",
    "values": "value",
    "effect_groups": "effect group",
    "agreements": "agreement",
    "choices": "choice",
}


def check(scenario: model.Scenario, root: Map, report: Report, *, partial: bool = False) -> None:
    """Reports what is wrong with the scenario that was structured from `root`. `partial`: a rulebook alone."""
    look = Lookup(scenario, root, report, partial)
    _names(look)
    _parameters(look)
    _turns(look)
    _roles(look)
    _seats(look)
    for name, track in scenario.tracks.items():
        _quantity(look, track, "tracks", name)
    _clocks(look)
    _pieces(look)
    _area_values(look)
    _areas(look)
    check_play(look)
    check_texts(look)
    check_allowances(look)


def _names(look: Lookup) -> None:
    named = [
        (look.place(section, written), written.partition("(")[0].strip(), what)
        for section, what in SHARED.items()
        for written in getattr(look.scenario, section)
    ]
    # Whoever stands further down is told to choose another name, and a scenario rather than its rulebook.
    named.sort(key=lambda entry: (not entry[0][0].file.startswith(f"{RULEBOOKS}/"), entry[0][0]))
    taken: dict[str, str] = {}
    for place, name, what in named:
        if name in RESERVED:
            look.error(place, "reserved_name", f"`{name}` is a word of the language.", "choose another name")
        elif name in taken:
            look.error(place, "name_taken", f"`{name}` is already the name of a {taken[name]}.", "one name means one thing")
        else:
            taken[name] = what


def _parameters(look: Lookup) -> None:
    for name, entry in look.scenario.parameters.items():
        bounds = entry.range
        if entry.default is not None and not bounds.lo <= entry.default <= bounds.hi:
            message = f"The parameter `{name}` can be {bounds.lo} to {bounds.hi}, not {entry.default}."
            look.error(look.value("parameters", name, "default"), "out_of_range", message)


def _turns(look: Lookup) -> None:
    turns = look.scenario.turns
    if turns.labels and len(turns.labels) != turns.count:
        message = f"There are {len(turns.labels)} labels for {turns.count} turns."
        look.error(look.place("turns", "labels"), "turn_labels", message, "give one for each turn, or none")
    languages = look.scenario.languages
    for index in repeated(languages):
        look.error(look.value("languages", index), "bad_value", f"The language `{languages[index]}` stands twice.")


def _roles(look: Lookup) -> None:
    scenario = look.scenario
    players: dict[str, list[str]] = {role: [] for role in scenario.roles}
    plays: list[tuple[str, str, Sequence[str]]] = [
        *(("seat_kinds", name, kind.plays) for name, kind in scenario.seat_kinds.items()),
        *(("seats", name, seat.plays) for name, seat in scenario.seats.items()),
    ]
    for section, name, roles in plays:
        for index, role in enumerate(roles):
            if not look.unknown(role, scenario.roles, "role", look.value(section, name, "plays", index)):
                players[role].append(name)
    if look.partial:
        return
    for name, entry in scenario.roles.items():
        seats = look.sides.get(name, ())
        if not seats:
            message = f"Nobody plays the role `{name}`."
            look.error(look.place("roles", name), "role", message, f"give a seat or kind `plays: {name}`")
        elif len(seats) > 1 and not entry.many:
            message = f"The role `{name}` is played by {' and '.join(seats)}; it is for one seat."
            look.error(look.place("roles", name), "role", message, "declare it `many: true` if several may play it")


def _seats(look: Lookup) -> None:
    scenario = look.scenario
    if not scenario.seats and look.root.get("seats") is not None and not look.partial:
        look.error(look.place("seats"), "no_seats", "Nobody plays: there are no seats.", "a seat needs a title and a briefing")
    for kind, entry in scenario.seat_kinds.items():
        for name, resource in entry.resources.items():
            _quantity(look, resource, "seat_kinds", kind, "resources", name)
    for seat, side in scenario.seats.items():
        if side.kind is not None:
            look.known([side.kind], scenario.seat_kinds, "seat kind")
        for name, resource in side.resources.items():
            _quantity(look, resource, "seats", seat, "resources", name)
        resources = look.resources(seat)
        for name, start in side.start.items():
            if not look.unknown(name, resources, f"resource of `{seat}` named", look.place("seats", seat, "start", name)):
                _within(look, start, resources[name].range, "seats", seat, "start", name)


def _within(look: Lookup, number: int, bounds: model.Range, *path: Step) -> None:
    if not bounds.lo <= number <= bounds.hi:
        said = ".".join(str(step) for step in path)
        message = f"`{said}` is {number}, outside its range {bounds.lo} to {bounds.hi}."
        look.error(look.value(*path), "out_of_range", message)


def _quantity(look: Lookup, entry: model.Quantity, *path: Step) -> None:
    if entry.start is not None:
        _within(look, entry.start, entry.range, *path, "start")
    _bands(look, entry.bands, entry.range, *path)


def _bands(look: Lookup, bands: Sequence[model.Band], bounds: model.Range, *path: Step) -> None:
    """Bands cover the range, each number once. They come in ascending order."""
    if not bands:
        return
    name = ".".join(str(step) for step in path)
    place = look.place(*path, "bands")
    expected = bounds.lo
    for band in bands:
        span = f"{band.lo}-{band.hi}" if band.lo != band.hi else f"{band.lo}"
        if band.lo < bounds.lo or band.hi > bounds.hi:
            look.error(place, "bands", f"The band {span} of `{name}` leaves its range {bounds.lo} to {bounds.hi}.")
            return
        if band.lo < expected:
            look.error(place, "bands", f"The band {span} of `{name}` overlaps the one before it.")
            return
        if band.lo > expected:
            gap = f"{expected}-{band.lo - 1}" if band.lo - 1 > expected else f"{expected}"
            look.error(place, "bands", f"No band of `{name}` holds {gap}.", "every number of the range needs a name")
            return
        expected = band.hi + 1
    if expected <= bounds.hi:
        gap = f"{expected}-{bounds.hi}" if bounds.hi > expected else f"{expected}"
        look.error(place, "bands", f"No band of `{name}` holds {gap}.", "every number of the range needs a name")


def _clocks(look: Lookup) -> None:
    for name, clock in look.scenario.clocks.items():
        _within(look, clock.start, model.Range(lo=0, hi=clock.max), "clocks", name, "start")


def _pieces(look: Lookup) -> None:
    scenario = look.scenario
    owners = [*look.sides, *scenario.factions]
    for name, piece in scenario.pieces.items():
        look.known(piece.of, owners, "seat, kind, role or faction")
        _quantity(look, piece, "pieces", name)
        if piece.range.lo != 0:
            message = f"The range of the piece `{name}` must begin at 0: a place may hold none."
            look.error(look.place("pieces", name, "range"), "out_of_range", message)


def _area_values(look: Lookup) -> None:
    for name, entry in look.scenario.area_values.items():
        if entry.range is None:
            if not entry.fixed:
                message = f"`area_values.{name}` needs a `range`, or `fixed: true`."
                look.error(look.place("area_values", name), "missing_key", message)
            continue
        _within(look, entry.start, entry.range, "area_values", name, "start")
        _bands(look, entry.bands, entry.range, "area_values", name)


def _areas(look: Lookup) -> None:
    scenario = look.scenario
    tiles: dict[tuple[int, int], str] = {}
    for name, area in scenario.areas.items():
        other = tiles.setdefault(area.at, name)
        if other != name:
            column, row = area.at
            message = f"`{name}` lies on the same tile as `{other}` (column {column}, row {row})."
            look.error(
                look.place("areas", name, "at"), "tile_taken", message, "give each area a tile of its own: `at: [column, row]`"
            )
        for neighbour in look.known(area.adjacent, scenario.areas, "area"):
            if neighbour == name:
                look.error(look.place("areas", name, "adjacent"), "bad_value", f"`{name}` is named as adjacent to itself.")
        for value, number in area.values.items():
            if not look.unknown(value, scenario.area_values, "area value", look.place("areas", name, "values", value)):
                bounds = scenario.area_values[value].range
                if bounds is not None:
                    _within(look, number, bounds, "areas", name, "values", value)
        for piece, counts in area.pieces.items():
            if not look.unknown(piece, scenario.pieces, "piece", look.place("areas", name, "pieces", piece)):
                _standing(look, name, piece, counts)


def _standing(look: Lookup, area: str, piece: str, counts: Mapping[str, int]) -> None:
    """The pieces that stand in an area at the start."""
    entry = look.scenario.pieces[piece]
    allowed = [name.text for name in entry.of]
    members = {*look.seats_of(allowed), *allowed}
    for owner, count in counts.items():
        place = look.place("areas", area, "pieces", piece, owner)
        if look.unknown(owner, [*look.scenario.seats, *look.scenario.factions], "seat or faction", place):
            continue
        if owner not in members:
            look.error(place, "owner", f"`{owner}` has no pieces `{piece}`; they are of {', '.join(allowed)}.")
            continue
        _within(look, count, entry.range, "areas", area, "pieces", piece, owner)
