"""A list becomes a scenario that passes the check and plays, and goes round: written again it plans the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.chronicles import bots_chronicle
from wargame.analysis.debrief.naming import names_of
from wargame.analysis.debrief.record import read
from wargame.analysis.fuzz import play
from wargame.analysis.msel.columns import COLUMNS
from wargame.analysis.msel.planned import Row
from wargame.analysis.msel.reading import read_list
from wargame.analysis.msel.sheet import csv_file, planned_list, played_list, xlsx_file
from wargame.analysis.msel.sheets import read_grids
from wargame.analysis.msel.skeleton import skeleton
from wargame.rules.compile import build
from wargame.rules.program import Program
from wargame.scenario.load import load
from wargame.scenario.shipped import find_scenario, shipped_scenarios

PLANNING = [column.key for column in COLUMNS if column.planning]


def compiled(folder: Path) -> Program:
    loaded = load(folder)
    assert loaded.scenario is not None, loaded.report.sorted()
    program = build(loaded.scenario, loaded.report)
    assert program is not None, loaded.report.sorted()
    assert not loaded.report.failed, loaded.report.sorted()
    return program


def made_of(rows: list[Row], folder: Path, *, xlsx: bool) -> Program:
    data = xlsx_file(rows, "A list") if xlsx else csv_file(rows)
    for path, text in skeleton("again", "Again", read_list(read_grids(data))).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return compiled(folder)


@pytest.mark.parametrize("name", shipped_scenarios())
@pytest.mark.parametrize("xlsx", [False, True], ids=["csv", "xlsx"])
def test_planning_goes_round(name: str, xlsx: bool, tmp_path: Path) -> None:
    rows = planned_list(compiled(find_scenario(name)))
    again = planned_list(made_of(rows, tmp_path, xlsx=xlsx))
    assert [{key: row.get(key, "") for key in PLANNING} for row in again] == [
        {key: row.get(key, "") for key in PLANNING} for row in rows
    ]


def test_it_plays(tmp_path: Path) -> None:
    rows = planned_list(compiled(find_scenario("bridge_week")))
    program = made_of(rows, tmp_path, xlsx=False)
    assert play(program, "1") is None


def test_a_played_list_tells_what_became_of_every_card() -> None:
    chronicle = bots_chronicle("bridge_week")
    rows = played_list(read(chronicle), names_of(chronicle))
    assert {row["status"] for row in rows} <= {"Released", "Skipped", "Recalled"}
    for row in rows:
        assert bool(row["released"]) == (row["status"] == "Released")
    said = [act for act in read(chronicle).acts if act.kind == "answer"]
    assert sum(len(row["response"].splitlines()) for row in rows) == len(said)
    assert any("(Ana)" in row["response"] for row in rows)
