"""Bots of every level play whole games, take nothing that was not offered, and do the same again with the same seed."""

from __future__ import annotations

import re
from hashlib import sha256

import click
import pytest
from click.testing import CliRunner

from wargame.analysis.playout import Playout
from wargame.bots.levels import parse_spec, seat_bot
from wargame.bots.names import LEVELS
from wargame.cli.demo import demo
from wargame.cli.preview import preview
from wargame.cli.report import balance
from wargame.cli.simulate import simulate
from wargame.engine.dump import dump
from wargame.rules.program import Program
from wargame.scenario.model import Stance

EXCUSED = {"stale_phase", "sealed"}


def played(program: Program, level: str, seed: str) -> Playout:
    game = Playout(program, {seat: seat_bot(level, program, seat, seed) for seat in program.seats})
    game.start(sha256(seed.encode()).digest())
    game.play()
    return game


@pytest.mark.parametrize("level", LEVELS)
def test_a_game_comes_to_its_end_and_nothing_offered_is_refused(program: Program, level: str) -> None:
    for seed in ("1",) if level == "search" else ("1", "2", "3"):
        game = played(program, level, seed)
        assert game.state.status == "over"
        assert [(sent.body, refused.reason) for sent, refused in game.refused if refused.code not in EXCUSED] == []


@pytest.mark.parametrize("level", LEVELS)
def test_the_same_seed_plays_the_same_game(bridge_week: Program, level: str) -> None:
    first, second = played(bridge_week, level, "9"), played(bridge_week, level, "9")
    assert first.sent == second.sent
    assert dump(first.state) == dump(second.state)


@pytest.mark.parametrize("level", LEVELS)
def test_another_seed_plays_another_game(bridge_week: Program, level: str) -> None:
    assert played(bridge_week, level, "1").sent != played(bridge_week, level, "2").sent


def test_all_that_can_be_done_is_done_at_random_sooner_or_later(bridge_week: Program) -> None:
    done: set[str] = set()
    for seed in range(20):
        done |= {sent.body["do"] for sent in played(bridge_week, "random", str(seed)).sent}
    assert {"respond", "orders", "propose", "sign", "decline", "seal"} <= done


def test_the_one_ply_bot_says_why(bridge_week: Program) -> None:
    bodies = [sent.body for sent in played(bridge_week, "one-ply", "4").sent]
    reasons = [body["rationale"] for body in bodies if body["do"] == "respond"]
    reasons += [order["rationale"] for body in bodies if body["do"] == "orders" for order in body["orders"]]
    assert reasons
    assert all(reason.endswith(".") and len(reason) < 200 for reason in reasons)


def test_an_unknown_level_is_named() -> None:
    with pytest.raises(ValueError, match="genius"):
        seat_bot("genius", None, "washington", "1")  # type: ignore[arg-type]


SEATS = ("north", "south", "east")


def test_a_spec_names_one_level_for_all_or_pairs() -> None:
    assert parse_spec("random", SEATS) == dict.fromkeys(SEATS, "random")
    pairs = parse_spec("south = random, *=one-ply", SEATS)
    assert pairs == {"north": "one-ply", "south": "random", "east": "one-ply"}
    assert list(pairs) == list(SEATS)
    assert parse_spec("*=random", SEATS) == dict.fromkeys(SEATS, "random")


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        ("", "There is no bot called ``."),
        ("one-pli", "There is no bot called `one-pli`. Did you mean `one-ply`?"),
        ("north=hero,*=random", "There is no bot called `hero`."),
        ("nort=random,*=random", "There is no seat `nort` in play. Did you mean `north`?"),
        ("north=random", "No bot is named for south, east."),
        ("north=random,north=one-ply,*=random", "`north` is given bots twice."),
        ("random,north=one-ply", "`random` says no seat."),
    ],
)
def test_a_spec_that_makes_no_sense_is_refused_in_a_sentence(spec: str, words: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(words)}"):
        parse_spec(spec, SEATS)


def test_a_hawk_escalates_more_than_a_dove_and_what_answers_in_kind_is_between(bridge_week: Program) -> None:
    def escalated(level: str) -> int:
        games = [played(bridge_week, level, str(seed)) for seed in range(4)]
        orders = [order for game in games for sent in game.sent if sent.body["do"] == "orders" for order in sent.body["orders"]]
        stances = [bridge_week.actions[bridge_week.action_index[order["action"]]].model.stance for order in orders]
        return stances.count(Stance.ESCALATE) - stances.count(Stance.DEESCALATE)

    assert escalated("hawk") > escalated("tit-for-tat") > escalated("dove")


@pytest.mark.parametrize("command", [simulate, demo, preview, balance])
def test_every_level_is_listed_by_the_commands_that_take_one(command: click.Command) -> None:
    told = CliRunner().invoke(command, ["--help"]).output
    assert [level for level in LEVELS if level not in told] == []
