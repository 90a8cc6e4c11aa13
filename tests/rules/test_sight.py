"""`seen_by` says for every viewer how well it sees each slot, whatever depends on the board following the board."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.support.rules import BASE, Table, compiled, tried
from wargame.rules.program import Sight

HIDDEN, BAND, EXACT = Sight.HIDDEN, Sight.BAND, Sight.EXACT
# viewers: washington, chapitos, mayiza, hemisphere, the public, the white cell


def levels(seen_by: str, changes: Mapping[str, int] | None = None) -> list[int]:
    """How the six viewers see Chapitos' strength under a `seen_by`."""
    text = BASE.replace("strength: {", f"strength: {{seen_by: {seen_by}, ", 1)
    table = Table(text)
    for name, value in (changes or {}).items():
        table[name] = value
    slot = table.program.slot_of["chapitos.strength"]
    found = [row[slot] for row in table.program.sight]
    for one in table.program.dynamic_sight:
        if one.slot == slot:
            found[one.viewer] = one.level(table.board)
    return found


@pytest.mark.parametrize(
    ("seen_by", "wanted"),
    [
        ("all", [EXACT] * 6),
        ("nobody", [HIDDEN] * 5 + [EXACT]),
        ("owner", [HIDDEN, EXACT, HIDDEN, HIDDEN, HIDDEN, EXACT]),
        ("public_band", [BAND, EXACT, BAND, BAND, BAND, EXACT]),
        ("{washington: exact}", [EXACT, HIDDEN, HIDDEN, HIDDEN, HIDDEN, EXACT]),
        ("{owner: exact, cartel: band}", [HIDDEN, EXACT, BAND, HIDDEN, HIDDEN, EXACT]),
        ("{owner: exact, others: band}", [BAND, EXACT, BAND, BAND, BAND, EXACT]),
        ("{others: exact, washington: hidden}", [HIDDEN, EXACT, EXACT, EXACT, EXACT, EXACT]),
        ("{cartel: band, mayiza: exact}", [HIDDEN, BAND, EXACT, HIDDEN, HIDDEN, EXACT]),
        ("{washington: {exact: false, band: true}}", [BAND, HIDDEN, HIDDEN, HIDDEN, HIDDEN, EXACT]),
    ],
)
def test_fixed_levels(seen_by: str, wanted: list[int]) -> None:
    """The closest entry decides: owner, name, kind, others; seats not named see nothing; the white cell sees all."""
    assert levels(seen_by) == wanted


def test_levels_that_depend_on_the_board() -> None:
    """The best level whose condition holds; conditions may speak of the owner."""
    rule = "{washington: {exact: owner.heat >= 5, band: tariffs}}"
    assert levels(rule)[0] == HIDDEN
    assert levels(rule, {"tariffs": 1})[0] == BAND
    assert levels(rule, {"tariffs": 1, "chapitos.heat": 5})[0] == EXACT
    program = compiled(BASE.replace("strength: {", f"strength: {{seen_by: {rule}, ", 1))
    watched = {program.slots[slot].name for slot in program.sight_reads}
    assert watched == {"tariffs", "chapitos.heat", "mayiza.heat"}


def test_here_and_owner_of_pieces() -> None:
    """A piece's `here` is its area and `owner` whose it is."""
    rule = "{owner: exact, washington: {exact: here.watch >= 1 and here.owner.presence >= 2}}"
    table = Table(BASE.replace("label: Presence,", f"label: Presence, seen_by: {rule},"))
    slot = table.program.slot_of["baja.chapitos.presence"]
    one = next(one for one in table.program.dynamic_sight if (one.viewer, one.slot) == (0, slot))
    assert one.level(table.board) == HIDDEN
    table["baja.watch"] = 1
    assert one.level(table.board) == EXACT
    table["baja.chapitos.presence"] = 1
    assert one.level(table.board) == HIDDEN


def test_secrets_of_the_engine() -> None:
    """Choices and agendas are their owner's, orders given the seat's own, what was dealt nobody's, turn and play all's."""
    extra = "actions: {act: {seat: cartel, label: Act}}\ninjects: {c: {title: C, pool: contingency}}\n"
    program = compiled(BASE + extra)

    def seen(name: str) -> list[int]:
        return [row[program.slot_of[name]] for row in program.sight]

    own = [HIDDEN, EXACT, HIDDEN, HIDDEN, HIDDEN, EXACT]
    none = [HIDDEN] * 5 + [EXACT]
    assert seen("objective") == [EXACT, *none[1:]]
    assert seen("agenda.chapitos") == seen("given.act.chapitos") == own
    assert seen("fired.c") == seen("dealt_on.c") == seen("armed.c") == none
    assert seen("turn") == seen("played.hemisphere") == seen("dialogue") == [EXACT] * 6


def test_secret_agreements_are_known_to_their_parties() -> None:
    """Nobody else learns of a secret agreement."""
    program = compiled(BASE.replace("label: Truce,", "label: Truce, secret: true,"))
    assert [row[program.slot_of["truce"]] for row in program.sight] == [HIDDEN, EXACT, EXACT, HIDDEN, HIDDEN, EXACT]


def test_bands_for_what_has_none() -> None:
    """A number that is seen as a band and has none gets thirds that cover it without gaps."""
    program = compiled(BASE.replace("strength: {", "strength: {seen_by: public_band, ", 1))
    bands = program.slots[program.slot_of["chapitos.strength"]].bands
    assert [(band.lo, band.hi, str(band.name)) for band in bands] == [(0, 3, "low"), (4, 7, "medium"), (8, 12, "high")]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("strength: {", "strength: {seen_by: everyone, ", "seen_by"),
        ("strength: {", "strength: {seen_by: [washington], ", "seen_by"),
        ("strength: {", "strength: {seen_by: {washingtn: exact}, ", "unknown_name"),
        ("strength: {", "strength: {seen_by: {others: clearly}, ", "seen_by"),
        ("strength: {", "strength: {seen_by: {others: {exact: heat > 3}}, ", "whose"),
        ("label: Support,", "label: Support, seen_by: owner,", "no_owner"),
        ("label: Support,", "label: Support, seen_by: {owner: exact},", "no_owner"),
        ("label: Tariffs in force", "label: Tariffs in force, seen_by: public_band", "no_bands"),
    ],
)
def test_problem(old: str, new: str, code: str) -> None:
    """A `seen_by` that says nothing is refused."""
    program, problems = tried(BASE.replace(old, new, 1))
    assert program is None
    assert code in {problem.code for problem in problems}, problems
