"""Random play finds nothing wrong with what ships, and what it finds can be played again from its file."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.support.play import program_of
from wargame.analysis import fuzz
from wargame.analysis.fuzz import Fault, Inspector, play, replay
from wargame.analysis.playout import Playout, Sent
from wargame.engine.state import State
from wargame.rules.program import Family, Program


@pytest.fixture
def program() -> Program:
    return program_of("bridge_week")


@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_random_games_hold_every_invariant(program: Program, seed: str) -> None:
    fault = play(program, seed)
    assert fault is None, fault.error


def test_a_board_out_of_bounds_is_a_fault(program: Program) -> None:
    inspector = Inspector(program)
    state = State.fresh(program)
    inspector.inspect(state)
    slot = next(slot for slot in program.slots if slot.family is Family.TRACK)
    state.board[slot.index] = slot.hi + 1
    with pytest.raises(fuzz.FaultError, match=f"{slot.name} is {slot.hi + 1}"):
        inspector.inspect(state)


def test_a_mirror_that_lags_is_a_fault(program: Program) -> None:
    inspector = Inspector(program)
    state = State.fresh(program)
    state.turn = 3
    with pytest.raises(fuzz.FaultError, match="`turn`"):
        inspector.inspect(state)


def test_a_fault_is_found_saved_and_played_again(program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    advance = Playout.advance

    def stumble(self: Playout, sent: Sent) -> object:
        if sent.turn >= 2:
            raise RuntimeError("a stumble")
        return carry(self, sent)

    carry = Playout.send
    monkeypatch.setattr(Playout, "send", stumble)
    fault = play(program, "5")
    assert fault is not None
    assert fault.error == "RuntimeError: a stumble"
    assert fault.sent
    path = tmp_path / "fault.json"
    fault.save(path)
    assert Fault.read(path) == fault
    monkeypatch.setattr(Playout, "send", carry)
    assert Playout.advance is advance
    assert replay(Fault.read(path), program) is None
    shown = CliRunner().invoke(fuzz.main, ["replay", str(path)])
    assert shown.exit_code == 0, shown.output
    assert "All is well now." in shown.output


def test_a_file_that_is_no_fault_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text("[]", encoding="utf-8")
    shown = CliRunner().invoke(fuzz.main, ["replay", str(path)])
    assert shown.exit_code == 2
    assert "is not a fault" in shown.output


def test_the_command_plays_games_and_says_so() -> None:
    shown = CliRunner().invoke(fuzz.main, ["run", "bridge_week", "--games", "2"])
    assert shown.exit_code == 0, shown.output
    assert "2 games of bridge_week: no fault found." in shown.output
