"""What the rulebooks and the flagship's own rules do to the board is what the brief says they do."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from wargame.rules.compile import build
from wargame.rules.execution import Execution
from wargame.rules.program import NOBODY, Board, Program
from wargame.scenario.load import load

ROOT = Path(__file__).resolve().parents[2]
NO_ONE = NOBODY


@cache
def compiled() -> Program:
    loaded = load(ROOT / "scenarios" / "five_questions")
    assert loaded.scenario is not None
    program = build(loaded.scenario, loaded.report)
    assert program is not None
    return program


class Table:
    """A board with names, and the means to do something to it."""

    def __init__(self, seed: int = 1) -> None:
        self.program = compiled()
        self.board: Board = list(self.program.start)
        self.seed = seed
        self.last = self.execution()

    def execution(self) -> Execution:
        return Execution(seed=self.seed.to_bytes(32, "little"), purpose="test")

    def __getitem__(self, name: str) -> int:
        return self.board[self.program.slot_of[name]]

    def __setitem__(self, name: str, value: int) -> None:
        self.board[self.program.slot_of[name]] = value

    def seat(self, name: str) -> int:
        return self.program.owners.index(name)

    def order(self, action: str, seat: str, *targets: str) -> None:
        """Carries an order out."""
        found = self.program.actions[self.program.action_index[action]]
        numbers = [
            self.program.owners.index(name) if name in self.program.owners else self.program.areas.index(name)
            for name in targets
        ]
        self.last = self.execution()
        found.run(self.board, self.last, self.seat(seat), *numbers)

    def legal(self, action: str, seat: str) -> set[tuple[str, ...]]:
        """The targets that an order may name."""
        found = self.program.actions[self.program.action_index[action]]
        kinds = [variable.kind.name for variable in found.variables]
        names = {"OWNER": self.program.owners, "AREA": self.program.areas}
        return {
            tuple(names[kind][number] for kind, number in zip(kinds, numbers, strict=True))
            for numbers in found.targets(self.board, self.seat(seat))
        }

    def score(self, seat: str) -> dict[str, float]:
        number = self.seat(seat)
        return {part.model.label.get(): part.value(self.board, number) for part in self.program.scores[number]}


@pytest.fixture
def table() -> Table:
    return Table()


def lucky(action: str, seat: str, *targets: str, wanted: str, by: int) -> Table:
    """A table where the dice let an order change a number by as much as is wanted."""
    for seed in range(200):
        table = Table(seed)
        before = table[wanted]
        table.order(action, seat, *targets)
        if table[wanted] - before == by:
            return table
    raise AssertionError(f"{action} never changes {wanted} by {by}")


def test_income_comes_from_business_rackets_and_areas(table: Table) -> None:
    amounts = {}
    table.board[table.program.turn_slot] = 2
    for income in table.program.incomes:
        amounts[table.program.slots[income.slot].name] = income.amount(table.board, income.seat)
    # Plaza values at the start: 5.25, 4.5 and 10.25.
    assert amounts["chapitos.cash"] == 4
    assert amounts["mayiza.cash"] == 4
    assert amounts["cjng.cash"] == 6
    assert (amounts["washington.capital"], amounts["mexico_city.capital"], amounts["congress.floor_time"]) == (4, 3, 2)


def test_the_first_turn_starts_without_income(table: Table) -> None:
    table.board[table.program.turn_slot] = 1
    assert {income.amount(table.board, income.seat) for income in table.program.incomes} == {0}


def test_us_soil_is_out_of_bounds(table: Table) -> None:
    home = {"us_homeland", "border_west", "border_east"}
    for action, seat in (
        ("strike", "washington"),
        ("watch_area", "washington"),
        ("deploy_forces", "mexico_city"),
        ("contest", "cjng"),
    ):
        places = {targets[0] for targets in table.legal(action, seat)}
        assert places, action
        assert not places & home, action


def test_watching_finds_what_is_there() -> None:
    for seed in range(50):
        table = Table(seed)
        table["sinaloa.mayiza.site"] = 1
        table["baja.mayiza.site"] = 1
        table["jalisco.cjng.site"] = 1
        table.order("watch_area", "washington", "sinaloa")
        assert table["sinaloa.watch"] == 2
        if table["sinaloa.mayiza.found"]:
            # Strong there: one more of its sites comes to light. Not there at all: nothing of the other group does.
            assert table["baja.mayiza.found"] == 1
            assert table["jalisco.cjng.found"] == 0
            return
    raise AssertionError("the watch never finds anything")


def test_dispersing_keeps_the_number_of_sites() -> None:
    stayed = 0
    for seed in range(60):
        table = Table(seed)
        for area in ("jalisco", "bajio", "pacific_ports"):
            table[f"{area}.cjng.site"] = 1
        table["jalisco.cjng.found"] = 1
        table.order("disperse_sites", "cjng")
        sites = [area for area in table.program.areas if table[f"{area}.cjng.site"]]
        found = [area for area in table.program.areas if table[f"{area}.cjng.found"]]
        assert len(sites) == 3
        assert set(found) <= set(sites)
        stayed += len(found)
    assert 10 <= stayed <= 40  # about 24 of 60


def test_a_unit_driven_off_leaves_the_game() -> None:
    table = lucky("show_of_force", "cjng", "jalisco", wanted="jalisco.mexico_city.units", by=-1)
    assert table["reserve_units"] == 4


def test_only_the_chosen_objective_counts(table: Table) -> None:
    names = [choice.id for choice in table.program.choices]
    objective = table.program.choices[names.index("objective")]
    for number, option in enumerate(objective.options):
        table.board[objective.slot] = number
        table["fentanyl_flow"], table["violence"] = 30, 40
        table["cjng.strength"] = 0
        parts = {label: value for label, value in table.score("washington").items() if label.startswith("Objective")}
        assert [label for label, value in parts.items() if value] == [f"Objective: {option}"]


def test_a_cartel_is_judged_against_its_own_start(table: Table) -> None:
    for seat in ("chapitos", "mayiza", "cjng"):
        parts = table.score(seat)
        assert parts["Business"] == pytest.approx(10)
        assert parts["Survival"] == pytest.approx(10)
        assert parts["Territory"] == pytest.approx(8)


def test_seeing_grows_with_trust(table: Table) -> None:
    sight = {(one.viewer, one.slot): one for one in table.program.dynamic_sight}
    washington, congress, mexico = (table.seat(name) for name in ("washington", "congress", "mexico_city"))
    strength = sight[washington, table.program.slot_of["cjng.strength"]]
    assert strength.level(table.board) == 1
    table["intel"] = 7
    assert strength.level(table.board) == 2
    covert = sight[congress, table.program.slot_of["covert_operations"]]
    assert covert.level(table.board) == 0
    table["briefed"] = 1
    assert covert.level(table.board) == 2
    found = sight[mexico, table.program.slot_of["jalisco.cjng.site"]]
    table["jalisco.cjng.site"] = table["jalisco.cjng.found"] = 1
    assert found.level(table.board) == 0
    table["isr_share_quiet"] = 1
    assert found.level(table.board) == 2


def test_a_group_does_not_know_what_is_known_about_it(table: Table) -> None:
    cjng = table.seat("cjng")
    dynamic = {(one.viewer, one.slot) for one in table.program.dynamic_sight}
    for name in ("cjng.leads", "jalisco.cjng.found", "jalisco.watch", "intel", "security_capacity", "truce", "chapitos.cash"):
        slot = table.program.slot_of[name]
        assert table.program.sight[cjng][slot] == 0, name
        assert (cjng, slot) not in dynamic, name
    for name in ("cjng.cash", "infiltration", "jalisco.cjng.site"):
        assert table.program.sight[cjng][table.program.slot_of[name]] == 2, name
