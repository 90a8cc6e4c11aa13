"""A plan says who plays what in few words, and another process makes the same of it."""

from __future__ import annotations

import pickle

import pytest

from tests.support.play import program_of
from wargame.analysis.sweep.plan import Chunk, Plan, code_digest, play_chunk
from wargame.rules.program import Program


@pytest.fixture
def program() -> Program:
    return program_of("five_questions")


def test_seats_no_game_can_do_without_play_beside_the_people(program: Program) -> None:
    plan = Plan.of(program, "random", ("washington", "congress"), seed=1, games=1)
    assert "hemisphere" not in plan.bots
    assert set(plan.bots) == {seat for seat in program.seats if not program.scenario.seats[seat].optional}
    assert "hemisphere" in Plan.of(program, "random", program.seats, seed=1, games=1).bots


def test_the_spec_names_the_odd_ones_out(program: Program) -> None:
    people = program.seats[:6]
    assert Plan.of(program, "random", people, seed=1, games=1).spec == "random"
    assert Plan.of(program, "*=random, cjng=one-ply", people, seed=1, games=1).spec == "cjng=one-ply,*=random"
    assert Plan.of(program, "random", people, seed=1, games=1).with_bots("one-ply").spec == "one-ply"


def test_a_spec_that_makes_no_sense_is_refused_in_a_sentence(program: Program) -> None:
    with pytest.raises(ValueError, match="There is no seat `hemisphere` in play"):
        Plan.of(program, "hemisphere=random,*=one-ply", program.seats[:6], seed=1, games=1)


def test_a_plan_sent_elsewhere_plays_the_same_games() -> None:
    program = program_of("bridge_week")
    plan = Plan.of(program, "random", program.seats, seed=1, games=5)
    sent = pickle.loads(pickle.dumps(plan.plain())).compiled()
    assert play_chunk(sent, Chunk(3, 2)) == play_chunk(plan, Chunk(3, 2))
    assert sent.name == plan.name


def test_the_code_has_one_digest() -> None:
    assert len(code_digest()) == 64
