"""A rehearsal tells how long a game takes people: the busiest seat sets the pace, clocks cut, the same seeds give the same."""

from __future__ import annotations

from attrs import evolve

from tests.support.play import program_of
from wargame.analysis.rehearsal.pace import paces
from wargame.analysis.rehearsal.rehearse import Rehearsal, Spread, branches
from wargame.rules.program import Program

USUAL = paces()["usual"]


def rehearsed(program: Program, games: int = 3, **more: object) -> Rehearsal:
    return Rehearsal(program, program.seats, USUAL, **more).run(games)  # type: ignore[arg-type]


def test_the_same_seeds_give_the_same_figures() -> None:
    """To the last digit; another seed gives others."""
    program = program_of("bridge_week")
    assert rehearsed(program).plain() == rehearsed(program).plain()
    other = Rehearsal(program, program.seats, USUAL).run(3, seed=77)
    assert other.plain() != rehearsed(program).plain()


def test_clocks_cut_and_no_lap_is_longer_than_its_clock_allows() -> None:
    """A timed game is never longer than an untimed one; what a clock cuts takes the clock and what is told after it."""
    program = program_of("bridge_week")
    timed, untimed = rehearsed(program), rehearsed(program, timed=False)
    assert timed.minutes.median <= untimed.minutes.median
    for lap in timed.laps():
        told = 15 * USUAL.headline + USUAL.changeover
        assert lap.seconds <= (min(lap.needed, lap.clock) if lap.clock else lap.needed) + told
    assert all(lap.clock == 0 for lap in untimed.laps())


def test_a_slow_class_and_a_large_team_take_longer() -> None:
    """Pace and team size move the minutes the way they must."""
    program = program_of("bridge_week")
    usual = rehearsed(program, timed=False).minutes.median
    slow = Rehearsal(program, program.seats, paces()["slow"], timed=False).run(3).minutes.median
    teams = rehearsed(program, timed=False, members=dict.fromkeys(program.seats, 5)).minutes.median
    assert slow > usual
    assert teams > usual


def test_hesitation_is_about_one() -> None:
    """Its median is 1, and without spread it is exactly that."""
    drawn = sorted(USUAL.hesitation("test", number) for number in range(2_001))
    assert 0.95 < drawn[1_000] < 1.05
    assert evolve(USUAL, spread=0.0).hesitation("x") == 1


def test_what_never_happens_is_found() -> None:
    """A card that no rule can deal is listed; coverage is the share of games in which a card of the objective came."""
    program = program_of("everything")
    found = rehearsed(program)
    dealt = frozenset[str]().union(*(game.dealt for game in found.games))
    assert not dealt & set(found.never_dealt())
    for name, cards in branches(program).items():
        assert found.share(cards) == sum(bool(cards & game.dealt) for game in found.games) / 3, name


def test_quantiles() -> None:
    """Between two values a quantile lies in proportion; of one value all are it."""
    assert Spread.of([4.0]) == Spread(4, 4, 4)
    assert Spread.of(range(11)) == Spread(1, 5, 9)
