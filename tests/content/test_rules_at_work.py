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

    def free(self, action: str, seat: str) -> bool:
        """Whether nothing but targets and cost holds an order back."""
        found = self.program.actions[self.program.action_index[action]]
        return all(reason.test(self.board, self.seat(seat)) for reason in found.reasons)

    def upkeep(self, phase: str) -> None:
        """Runs the effects that a phase has of its own."""
        self.last = self.execution()
        for step in next(one for one in self.program.phases if one.id == phase).steps:
            if step.run is not None:
                step.run(self.board, self.last, NO_ONE)

    def cards(self) -> list[tuple[str, int]]:
        """The cards asked for by what was done last, and in how many turns."""
        return [(self.program.cards[deal.card].id, deal.delay) for deal in self.last.deals]

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


def test_a_month_of_drift(table: Table) -> None:
    table.upkeep("close")
    assert table["fentanyl_flow"] == 70  # 70 half-way to 69.5
    assert table["violence"] == 59  # 60 by 0.4 to 58, two contested areas
    assert table["trade"] == 71
    assert table["mexican_support"] == 61
    assert table["us_support"] == 52
    assert table["hemispheric_hedging"] == 35  # a low ladder
    assert (table["overdoses"], table["displaced"], table["violence_months"]) == (30, 4, 0)


def test_the_ladder_rises_by_three_at_most_and_falls_when_left_alone(table: Table) -> None:
    table.upkeep("news")
    table.upkeep("desk")
    table["escalation"] = 8
    table.upkeep("close")
    assert table["escalation"] == 5
    table.upkeep("news")
    table.upkeep("desk")
    table.upkeep("close")
    assert table["escalation"] == 4


def test_the_ladder_keeps_its_lowest_rung(table: Table) -> None:
    table["escalation"] = 1
    table.upkeep("news")
    table.upkeep("desk")
    table.upkeep("close")
    assert table["escalation"] == 1


def test_force_starts_the_clock_and_sends_the_bill(table: Table) -> None:
    table["core_designated"] = 1
    table.order("strike", "washington", "sinaloa", "mayiza")
    assert (table["war_powers"], table["unauthorized_hostilities"], table["sovereignty_incidents"]) == (60, 1, 1)
    assert ("sovereignty_breach", 1) in table.cards()
    table["war_powers"] = 30
    table.order("strike", "washington", "sinaloa", "mayiza")
    assert table["war_powers"] == 30


def test_authorized_force_does_not_start_the_clock(table: Table) -> None:
    table["narrow_authorization"] = 1
    table.order("blockade_ports", "washington")
    assert (table["war_powers"], table["unauthorized_hostilities"]) == (0, 0)


def test_consent_spares_the_incident_but_not_the_clock(table: Table) -> None:
    table["joint_ops"] = 1
    table.order("raid", "washington", "cjng")
    assert (table["sovereignty_incidents"], table["war_powers"]) == (0, 60)


def test_a_vetoed_target_is_called_off_and_refunded(table: Table) -> None:
    table["joint_ops"] = 1
    before = list(table.board)
    table.order("veto_target", "mexico_city", "cjng")
    table.order("raid", "washington", "cjng")
    assert table["washington.capital"] == before[table.program.slot_of["washington.capital"]] + 3
    assert table["escalation"] == 2
    table.upkeep("close")
    assert table["cjng.vetoed"] == 0


def test_force_is_locked_by_ban_pause_and_pledge(table: Table) -> None:
    table["core_designated"] = 1
    assert table.free("strike", "washington")
    table["operations_banned"] = 1
    assert not table.free("strike", "washington")
    table["narrow_authorization"] = 1
    assert table.free("strike", "washington")
    table["operational_pause"] = 2
    assert not table.free("strike", "washington")
    table["operational_pause"] = 0
    table["consent_pledge"] = 1
    assert not table.free("strike", "washington")
    table["joint_ops"] = 1
    assert table.free("strike", "washington")


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


def test_partners_may_not_contest_each_other(table: Table) -> None:
    assert ("sinaloa", "mayiza") in table.legal("contest", "chapitos")
    truce = table.program.agreements[table.program.agreement_index["truce"]]
    assert truce.on_sign is not None
    assert truce.on_leave is not None
    truce.on_sign(table.board, table.execution(), NO_ONE)
    assert ("sinaloa", "mayiza") not in table.legal("contest", "chapitos")
    assert ("sinaloa", "chapitos") not in table.legal("contest", "mayiza")
    assert ("baja", "chapitos") in table.legal("contest", "cjng")
    truce.on_leave(table.board, table.execution(), NO_ONE)
    assert ("sinaloa", "mayiza") in table.legal("contest", "chapitos")


def test_a_contest_moves_presence_or_costs_strength() -> None:
    won = lucky("contest", "chapitos", "baja", "mayiza", wanted="baja.chapitos.presence", by=1)
    assert (won["baja.mayiza.presence"], won["mayiza.strength"], won["chapitos.cash"]) == (1, 5, 7)
    lost = lucky("contest", "chapitos", "baja", "mayiza", wanted="chapitos.strength", by=-1)
    assert (lost["baja.chapitos.presence"], lost["baja.mayiza.presence"]) == (1, 2)


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


def test_sites_are_rebuilt_up_to_three(table: Table) -> None:
    for _ in range(5):
        table.order("invest", "cjng")
    assert sum(table[f"{area}.cjng.site"] for area in table.program.areas) == 3


def test_a_splinter_leaves_something_behind() -> None:
    table = lucky("raid", "washington", "cjng", wanted="splinters", by=1)
    assert table["jalisco.other_groups.presence"] == 1
    assert table["jalisco.cjng.presence"] == 2
    assert ("splinter_group", 1) in table.cards()


def test_a_unit_driven_off_leaves_the_game() -> None:
    table = lucky("show_of_force", "cjng", "jalisco", wanted="jalisco.mexico_city.units", by=-1)
    assert table["reserve_units"] == 4


def test_reserves_run_out(table: Table) -> None:
    for _ in range(4):
        assert table.free("deploy_forces", "mexico_city")
        table.order("deploy_forces", "mexico_city", "gulf_coast")
    assert not table.free("deploy_forces", "mexico_city")


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
